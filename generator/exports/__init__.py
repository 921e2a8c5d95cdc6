"""Files made of a library beside its pages: CSV tables, JSON, a JSON Schema, an Atom feed.

What comes in: a `Library`, the `Site`, the related cases of each case. What goes out: `DataFile`s
(path, what it holds, rows, parts), which the data page lists and `build` writes; the feed is a
`Document`. Every file holds published values only, and its bytes depend on the library alone. A
file is made of named parts, most of them about one case, so that a build can take from the last
site those that an edit leaves alone. What the site computed is marked as such: an own key in the
JSON, `computed` in the table of columns. No cell of a CSV file starts like a formula.

To add a format: a module here with a function of the type `Format`, and its entry in
`formats.FORMATS`. To add a column: a line in `tables.columns` and one in the rows.
"""
