"""The library: everything that may be published, indexed in both directions.

In come the `Case`s and plain pages that `records` read, and their `Model`. Out comes one frozen
`Library` from `collect.collect_library`: it finds the terms of a case and the cases of a term, and
holds the claims, translations and moved ids. The library of a public build holds nothing that is
withheld, but the ids of withheld records, so that links to them can be withdrawn.

`address` names the page of anything, `links` resolves the links that authors write, and
`cross_record_checks` finds the mistakes that one record alone does not show. `amend` has the
collection after an edit of a few cases, and `edited_links` tells whether it concerns other texts.

A new facet needs no code here. To add a check of all records, see `cross_record_checks`. What is
derived from one case alone goes into `derived`, so that a preview derives it once.
"""
