"""Markdown: an author's text in, a body of safe HTML split at its internal links out.

`convert` takes a text and returns a `Body` and the problems of the text, each at its line and
column. A body is kept before its links are resolved, since a target can vanish without the text
changing; `join` puts the addresses in.

Promises: nothing that an author types raises, runs code, or reaches another host; a text is read
in time that grows with its length, or refused with a problem; no word is dropped without one.

A reader makes HTML of a text, and says where the addresses in it stand (`Draft`). To add one, write
a function that makes a `Draft` of a `MarkdownText`, and name it in `conversion.READERS`, in
`base.site` and in `hosts.options.READERS`. To add a check of what authors type, write a function in
`lints.py`.
"""

from __future__ import annotations

from generator.markdown.body import Body, Link, join, pack
from generator.markdown.conversion import convert
from generator.markdown.split import Heading

__all__ = ["Body", "Heading", "Link", "convert", "join", "pack"]
