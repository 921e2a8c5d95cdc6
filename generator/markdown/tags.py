"""How tags are taken from HTML in nh3's spelling, and how they are written."""

from __future__ import annotations

import html
import re

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[^\s"=<>]+="[^"]*")*)\s*/?>')
ATTRIBUTE = re.compile(r'\s([^\s"=<>]+)="([^"]*)"')


def names(words: str) -> frozenset[str]:
    """Return the names that stand in a text, with spaces between."""
    return frozenset(words.split())


def ident(written: str) -> str:
    """Return an id as HTML allows it: without blanks."""
    return "-".join(written.split())


def bare_words(text: str) -> str:
    """Return text of HTML between tags as it reads, its blanks made one."""
    return " ".join(html.unescape(text).split())


def attributes_of(written: str) -> dict[str, str]:
    """Return the attributes of a tag, unescaped; `written` is what stands behind its name."""
    if not written:
        return {}
    return {key: html.unescape(value) for key, value in ATTRIBUTE.findall(written)}


def start_tag(name: str, attributes: dict[str, str]) -> str:
    """Return a start tag, every value escaped."""
    given = [f' {key}="{html.escape(value)}"' for key, value in attributes.items()]
    return f"<{name}{''.join(given)}>"
