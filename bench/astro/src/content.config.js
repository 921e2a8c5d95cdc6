// The collection of the cases: where its files lie, and the schema that their fields must pass.
import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";
import facets from "../facets.json";
import { caseSchema } from "../schema.js";

export const collections = {
  cases: defineCollection({
    loader: glob({ pattern: "*.md", base: "./content/cases" }),
    schema: caseSchema(z, facets),
  }),
};
