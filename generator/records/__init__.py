"""Records: a Markdown file with YAML front matter becomes a `Case`, or problems with their lines.

In come a content folder and a `Model`. Out comes for each record a `Parsed`: its `Case` and its
`Problem`s; and for each other Markdown file a `PlainPage`. The way of a file is `case_files`,
`read_file` (with `decode`), `front_matter`, then `parse` or `plain_page`, then `checks`.

Nothing that an author can type raises an exception. Values stay as typed: this package never takes
a name out of a case. `privacy` says what of a case may be published, and `strength` how well the
evidence of a claim is.

To add a check, see `checks/__init__.py`. A new field needs no code here, since the model is data.
"""
