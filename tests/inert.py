"""What in a page could run, load from elsewhere or lead a reader away: `wrongs` lists it.

A page that can only be read has no wrongs. Each wrong is the element with what is wrong about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib

RUNNING = {
    *("iframe", "frame", "object", "embed", "applet", "base", "style", "math", "portal"),
    *("foreignObject", "use", "animate", "set", "noscript", "template", "video", "audio", "source"),
}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "background", "srcset"}
IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]")
ELSEWHERE = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def wrongs(page: bytes) -> list[str]:
    """Return what in a page would run, load something from elsewhere or lead a reader away."""
    return wrongs_in(html5lib.parse(page.decode(), namespaceHTMLElements=False))


def wrongs_in(tree: Any) -> list[str]:  # noqa: ANN401 - html5lib's trees have no types
    """Return the same of a page that was parsed."""
    return [said for element in tree.iter() for said in _wrong(element)]


def _wrong(element: Any) -> Iterator[str]:  # noqa: ANN401 - html5lib's trees have no types
    if not isinstance(element.tag, str):
        return
    tag = element.tag.rpartition("}")[2]
    given = {str(name).rpartition("}")[2].lower(): value for name, value in element.items()}
    if tag in RUNNING:
        yield f"<{tag}>"
    if tag == "script" and (element.text or not _own(given.get("src", "//"))):
        yield f"<script> {given}"
    if tag in {"img", "link", "image", "input"} and not _loaded(tag, given):
        yield f"<{tag}> of elsewhere: {given}"
    for name, value in given.items():
        if name.startswith("on") or name in {"srcdoc", "style", "ping"}:
            yield f"<{tag} {name}={value!r}>"
        if name in ADDRESSES and ELSEWHERE.match(IGNORED.sub("", value)):
            yield f"<{tag} {name}={value!r}>"
    if tag == "form" and given.get("action"):
        yield f"<form action={given['action']!r}>"
    refresh = given.get("content", "") if given.get("http-equiv", "").lower() == "refresh" else ""
    if refresh and not re.fullmatch(r"\d+; ?url=[\w./%-]+(?:#[\w%-]+)?", refresh, re.IGNORECASE):
        yield f"<meta refresh {refresh!r}>"


def _own(address: str) -> bool:
    return not re.match(r"[a-z]+:|//|\\", IGNORED.sub("", address), re.IGNORECASE)


def _loaded(tag: str, given: dict[str, str]) -> bool:
    kept = {"canonical", "alternate", "license"}  # these say something and load nothing
    if tag == "link" and given.get("rel", "") in kept:
        return True
    return all(_own(given.get(name, "")) for name in ("src", "href", "srcset"))
