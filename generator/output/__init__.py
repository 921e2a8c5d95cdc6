"""Writes the documents of a site into a folder: all of them or none.

`exchange.exchange` takes the target folder and the documents, in batches. It returns how many
files are new or changed, the same, and gone. Whatever the system refuses it raises as
`CannotWrite`, with the remedy.

It promises that the target is one complete build at every moment, the old one or the new one:
if the disk is full, if a document raises, if the process is killed. It replaces only what
casebook built.

Nothing is added here for a new output format: that is a `Document` of another package.
"""
