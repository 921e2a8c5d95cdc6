"""The comparison of casebook with other programs, `make bench`; no part of the site.

Two corpora (`corpus`) are given to each program (`tools`), which are run in turn (`rounds`) and
measured (`measure`, `preview`). Pages are proven whole (`proof`), and after each edit (`edits`).
The medians (`results`) are held against the goals (`goals`) and printed (`report`).
"""
