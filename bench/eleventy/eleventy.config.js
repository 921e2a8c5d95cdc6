// The lightest settings that give the pages compared: templates are JavaScript, the fastest that
// Eleventy has; the text of a case goes through no template language, only through markdown-it.
import { readFileSync } from "node:fs";
import footnotes from "markdown-it-footnote";
import { facetPages, termPages } from "./listings.js";

const facets = JSON.parse(readFileSync("facets.json", "utf8"));

export default function (eleventy) {
  const cases = (all) =>
    all.getFilteredByGlob("content/cases/*.md").map(({ fileSlug, data }) => ({ id: fileSlug, data }));
  eleventy.amendLibrary("md", (markdown) => markdown.use(footnotes));
  eleventy.addGlobalData("facets", facets);
  eleventy.addCollection("facetPages", (all) => facetPages(cases(all), facets));
  eleventy.addCollection("termPages", (all) => termPages(cases(all), facets));
}

export const config = {
  dir: { input: "content", includes: "../layouts", output: "site" },
  markdownTemplateEngine: false,
};
