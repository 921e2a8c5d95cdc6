"""Changing the file of a record without changing what it says: its form, its names, its slips.

In come the bytes of a file and the model. Out come the bytes as they should be, or why they stay as
they are. `rewrite.form` and `rewrite.mend` are the two ways; nothing here touches a file. The body
of a file, its line ends, its byte-order mark and all comments stay.

It promises that a file in another form reads as the same record: both are read and compared before
anything is returned. To mend one more slip, add a function to `MENDS` in `mends.py`.
"""
