"""Owns the reader of Markdown: the library, its extensions and ours."""

from __future__ import annotations

from functools import cache

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.tables import TableExtension

from generator.markdown.blocks import CommonBlocks
from generator.markdown.notes import Notes
from generator.markdown.quick import Quick


@cache
def reader() -> Markdown:
    """Return this process's reader: building one takes longer than reading a text."""
    return build(quick=True)


def build(*, quick: bool) -> Markdown:
    """Return a new reader; with and without the shortcuts it makes the same HTML."""
    shortcuts: list[Extension] = [Quick()] if quick else []
    return Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            Notes(BACKLINK_TITLE="Back to note {} in the text"),
            DefListExtension(),
            CommonBlocks(),
            *shortcuts,
        ]
    )
