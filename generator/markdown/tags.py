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


def words_in(markup: str) -> str:
    """Return the text of HTML, its blanks made one."""
    return " ".join(html.unescape(TAG.sub("", markup)).split())


def accessible_text(markup: str) -> str:
    """Return the text of HTML as it is read aloud, pictures by their words."""
    pictures = (attributes_of(tag) for tag in TAG.finditer(markup) if tag[2] == "img")
    return " ".join([words_in(markup), *(given.get("alt", "") for given in pictures)]).strip()


def attributes_of(tag: re.Match[str]) -> dict[str, str]:
    """Return the attributes of a tag, unescaped."""
    return {key: html.unescape(value) for key, value in ATTRIBUTE.findall(tag[3])}


def start_tag(name: str, attributes: dict[str, str]) -> str:
    """Return a start tag, every value escaped."""
    return "".join([f"<{name}", *(f' {k}="{html.escape(v)}"' for k, v in attributes.items()), ">"])
