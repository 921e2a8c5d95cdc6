// The page of a case: its fields, then its text.
import { slug } from "../listings.js";
import { escape, page } from "./page.js";

const term = (facet, name) => `<a href="../${facet}/${slug(name)}.html">${escape(name)}</a>`;

const claim = ({ facet, term, what, response, worked, influence, evidence = [] }) =>
  `<p>${facet}, ${term}: ` +
  [what, response, worked, influence, ...evidence].filter(Boolean).map(escape).join(" ") +
  "</p>\n";

const source = ({ id, kind, citation, url, date, independent }) =>
  `<p>${id}: <a href="${escape(url)}">${escape(citation)}</a> ${kind}, ${date}, ${independent}</p>\n`;

export default function ({ facets, content, ...fields }) {
  const { title, summary, date, period, claims, sources } = fields;
  const terms = facets.map(
    (facet) => `<p>${facet}: ${fields[facet].map((name) => term(facet, name)).join(" ")}</p>\n`,
  );
  return page(
    title,
    `<p>${escape(summary)}</p>
<p>${date}</p>
<p>${[period.start, period.end].filter(Boolean).join(" – ")}</p>
${terms.join("")}${claims.map(claim).join("")}${content}${sources.map(source).join("")}`,
  );
}
