// A page for each 200 cases of a term: their titles and summaries.
import { escape, page } from "../layouts/page.js";

export const data = {
  pagination: { data: "collections.termPages", size: 1, alias: "listing" },
  permalink: ({ listing }) => `${listing.facet}/${listing.name}.html`,
};

export const render = ({ listing: { term, cases, next } }) => {
  const rows = cases.map(
    ({ id, data }) =>
      `<li><a href="../cases/${id}.html">${escape(data.title)}</a><p>${escape(data.summary)}</p></li>\n`,
  );
  const more = next ? `<a href="${next}.html">Next</a>\n` : "";
  return page(term, `<ul>\n${rows.join("")}</ul>\n${more}`);
};
