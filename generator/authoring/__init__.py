"""Ways to write a record without git: forms that go out, and what comes back filled in.

What comes in: the model, and the bytes of a file that somebody filled in. What goes out: the bytes
of a form, or drafts of records. A draft keeps every word: what has no place in the model is kept
below a heading of its own. Nothing here touches a file: `cli` and `build` read and write.

`word_form` makes the form for Word. `IMPORTERS` in `importers` lists what is read back, by what the
file is: to add one, write a function that returns drafts, and put it there. A form of another
format is an entry of `FORM_FORMATS` in `generator/cli/form_formats.py`.
"""
