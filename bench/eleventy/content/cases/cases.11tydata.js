// What holds for every case: its layout, its address, and the schema that its fields must pass.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { caseSchema } from "../../schema.js";

const schema = caseSchema(z, JSON.parse(readFileSync("facets.json", "utf8")));

export default {
  layout: "case.11ty.js",
  permalink: ({ page }) => `cases/${page.fileSlug}.html`,
  eleventyDataSchema: (data) => schema.parse(data),
};
