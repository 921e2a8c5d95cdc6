"""The small things that every other package uses; it imports none of them.

- `problem`: `Problem`, a mistake in a file, and the order in which problems are shown.
- `position`: `Position`, a line and a column of a file.
- `names`: slugs, spellings that count as one, file names, links between pages.
- `collation`: the order of titles, terms and names.
- `dates`: years, months and days as records write them.
- `document`: `Document`, one file of the site, and `Batch`, some that are made together.
- `site`: `Site`, the checked settings.
- `workers`: work on several processors.

All but `workers` are values and pure functions. What only one package needs belongs there.
"""
