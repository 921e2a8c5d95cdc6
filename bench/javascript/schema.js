// The schema of a case's front matter, for Eleventy and Astro alike.
// `z` is the program's own Zod: version 4 beside Eleventy, version 3 in Astro.

export function caseSchema(z, facets) {
  const words = z.string().min(1);
  const year = z.string().regex(/^\d{4}$/);
  const claim = z.object({
    facet: z.enum(facets),
    term: words,
    what: words,
    response: words.optional(),
    worked: z.enum(["yes", "partly", "no", "too-early"]).optional(),
    influence: z.enum(["helped", "hindered", "mixed"]).optional(),
    evidence: z.array(words).default([]),
  });
  const source = z.object({
    id: words,
    kind: words,
    citation: words,
    url: z.string().url(),
    date: year,
    independent: z.enum(["yes", "no"]),
  });
  return z.object({
    title: words.max(120),
    summary: words.max(600),
    date: z.coerce.date(),
    period: z.object({ start: year, end: year.optional() }),
    claims: z.array(claim),
    sources: z.array(source),
    ...Object.fromEntries(facets.map((facet) => [facet, z.array(words).min(1)])),
  });
}
