"""From a `Site` to its documents: load, check, make pages; and what is kept of the last build.

What comes in: the settings, the files of the content folder, the templates, `BuildOptions`. What
goes out: an `Assembly`, which is batches of documents, or problems and no document. `assemble` is
the way through; `check_site` is its first half and all of `casebook check`. Whatever is kept, the
bytes are those of a build from nothing (`tests/test_again.py` compares them after random edits).

How a build decides what to make again (decision 0015):

1. `input_files` digests all input files; one whose size, times and inode are as before is not read.
   Where all are as before, every file of the last site is linked.
2. Where only a few case files changed, `touched` checks them alone and amends the collection of the
   last build. Else `check` looks at all records; `record_cache` has those whose files are the same.
3. `remake.plan` asks the kept questions again, and keeps each page none of whose answers changed.
   `data_files` does the same for the parts of data files.
4. The pages that are left are made, with a note of what each asks. `recall` keeps these notes, and
   `page_store` links to the new files.

So after an edit a build makes again

    nothing changed               nothing
    a word in a text              that record; its page; its part of the data
    a field of a record           that record; the pages that show it, or a number made of it
    a template, a setting         no record; every page
    the model, a vocabulary       every record; every page
    the program                   everything

What is kept of the last build is in `store`. A preview keeps a `session` in memory instead.

To add an input that every page depends on: put it into `assemble._settings`, and its file among the
places of `recall.look_at_inputs`. What some pages depend on is a question of the library.
"""
