// The first page: the facets.
import { page } from "../layouts/page.js";

export const data = { permalink: "index.html" };

export const render = ({ facets }) =>
  page("Bench", facets.map((facet) => `<p><a href="${facet}/index.html">${facet}</a></p>\n`).join(""));
