"""What is kept of the last build, on disk, so that the next one does little.

What goes in: the inputs of a build, its parsed records, its collection, what each page asked, its
files. What comes out: the same, or nothing. What is missing, torn, of another program, of another
build or not signed by this user reads as absent, and is made again; that it cannot be written stops
no build. Nothing here decides what is made again: that is `build`.

All of it lies in `.casebook-cache/`, and only what strangers may read:

    cases.sqlite       `RecordCache`: parsed records, by the digest of file and model
    last-build         `LastBuild`: the inputs, the questions of each page, the answers, the files
    last-files         size, times and inode of each file in `made/`
    last-collection    the collection in parts, so that one case can be replaced (`kept_collection`)
    last-words         the words of each case, of which the index of the search is made
    made/              `PageStore`: the files of the last site, by the keyed digest of their bytes
    spare/             the site before the last, to become the next (`output.spare`, decision 0017)

The code of templates alone lies elsewhere, with the program: `kept_code` (decision 0014). `signing`
has the key, which lies outside the folder (decision 0010). To keep more: a field of
`LastBuild`, or a file of its own in `Memory`, signed like the others.
"""
