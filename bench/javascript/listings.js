// The pages of facets and terms, as lists of what stands on each.
// A case is `{ id, data }`; `data` is its front matter.

const ON_A_PAGE = 200;

export const slug = (term) => term.toLowerCase().replaceAll(" ", "-");

// One entry for each facet: `{ facet, terms }`, the term with most cases first, each of them
// `{ term, cases }`.
export function facetPages(cases, facets) {
  return facets.map((facet) => {
    const byTerm = new Map();
    for (const one of cases) {
      for (const term of one.data[facet]) {
        if (!byTerm.has(term)) byTerm.set(term, []);
        byTerm.get(term).push(one);
      }
    }
    const terms = [...byTerm].map(([term, cases]) => ({ term, cases }));
    return { facet, terms: terms.sort((a, b) => b.cases.length - a.cases.length) };
  });
}

// One entry for each 200 cases of a term: `{ facet, name, term, cases, next }`. `name` is the page's
// name without `.html`; `next` is that of the page after it, undefined on a term's last page.
export function termPages(cases, facets) {
  return facetPages(cases, facets).flatMap(({ facet, terms }) =>
    terms.flatMap(({ term, cases }) => {
      const count = Math.ceil(cases.length / ON_A_PAGE);
      const name = (page) => (page === 0 ? slug(term) : `${slug(term)}-${page + 1}`);
      return Array.from({ length: count }, (_, page) => ({
        facet,
        name: name(page),
        term,
        cases: cases.slice(page * ON_A_PAGE, (page + 1) * ON_A_PAGE),
        next: page + 1 < count ? name(page + 1) : undefined,
      }));
    }),
  );
}
