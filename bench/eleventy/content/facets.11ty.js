// A page for each facet: its terms, and how many cases each has.
import { escape, page } from "../layouts/page.js";
import { slug } from "../listings.js";

export const data = {
  pagination: { data: "collections.facetPages", size: 1, alias: "listing" },
  permalink: ({ listing }) => `${listing.facet}/index.html`,
};

export const render = ({ listing: { facet, terms } }) => {
  const rows = terms.map(
    ({ term, cases }) => `<li><a href="${slug(term)}.html">${escape(term)}</a> ${cases.length}</li>\n`,
  );
  return page(facet, `<ul>\n${rows.join("")}</ul>\n`);
};
