"""From a `Site` to its documents: load, check, make pages; and what is reused from earlier builds.

What comes in: the settings, the files of the content folder, the templates, `BuildOptions`. What
goes out: an `Assembly`, which is batches of documents, or problems and no document. `assemble` is
the way through; `check_site` is its first half and all of `casebook check`. Whatever is reused, the
bytes are those of a build from nothing (`tests/test_again.py` compares them after random edits).

How a build decides what to make again. Each question is answered by comparing digests:

- Are all input files as they were? `input_files` digests them; a file whose size, times and inode
  are as before is not read. `manifest` holds the digest of the last build and what it produced.
- Is this record as it was? `record_cache` keeps parsed records by the digest of the file's path and
  text, the model and the program.
- Is this batch of pages as it was? `fingerprint` digests the library without its texts, the
  settings and the templates, and adds the texts that the batch prints. `page_cache` keeps the
  documents of a batch under this digest.
- Are the bytes of a file as they were? Then `output` links the old file into the new site.

So after an edit a build makes again

    nothing changed               nothing: the manifest fits
    a word in a text              that record; its batch of at most 50 pages; the data files
    a field of a record           that record; every page
    a template                    no record; every page
    the model, a vocabulary       every record; every page
    a setting                     no record (every one after default_visibility); every page
    the program                   everything

What is kept lies in `.casebook-cache/` and is signed (`signing`): `cases.sqlite`, `made/<digest>`,
and the manifest `made/plan`. Only what strangers may read is kept. `session` is the same for a
preview, in memory. To add an input that pages depend on: put it into `library_fingerprint`, and
its file among the places of `manifest.Manifest`.
"""
