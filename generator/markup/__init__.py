"""Owns Markdown: an author's text in, a body of safe HTML cut at its internal links out.

A body is kept before its links are resolved; `join` puts the addresses in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from typing import Any

from markdown import Markdown
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension

from generator.markup.blocks import CommonBlocks
from generator.markup.cut import cut
from generator.markup.limits import excess
from generator.markup.link_marks import Place, Places
from generator.markup.pieces import Cut, Heading, Mark
from generator.markup.sanitise import Verdict, clean
from generator.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An internal link or picture: `target` as written, unescaped, not percent-decoded."""

    target: str
    line: int
    column: int
    image: bool
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Safe HTML in parts, one more than `links`: between two parts stands one link's address.

    `anchors` are all ids in the HTML, and `headings` name theirs, without the prefix `text-`.
    """

    parts: tuple[str, ...]
    links: tuple[Link, ...]
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]
    words: int


EMPTY = Body(parts=("",), links=(), headings=(), anchors=(), words=0)

REFUSED = {
    Verdict.UNSAFE: (
        "unsafe-link",
        "'{}' is not an address that a page may link to",
        "write a full address that begins with https://, or the name of a file or term",
    ),
    Verdict.CONTACT: (
        "contact-link",
        "'{}' is a link to a person's address or number",
        "take it out, and name a position in contact_role",
    ),
}
REMOTE_PICTURE = (
    "remote-picture",
    "the picture '{}' is not in the library",
    "put the picture beside the case and write its file name",
)
PICTURE_WITHOUT_TEXT = (
    "picture-without-text",
    "the picture '{}' has no text for people who cannot see it",
    "write ![what the picture shows](picture.jpg)",
)


def convert(
    text: str, *, path: str, first_line: int = 1, top: int = 3
) -> tuple[Body, tuple[Problem, ...]]:
    """Return the body of a Markdown text and what is wrong with it, in reading order.

    `first_line` is where the text begins in its file; `top` is what its largest headings become.
    A text too complex to read in good time gives an empty body and a problem; nothing raises.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode(errors="replace").decode()
    if found := excess(text):
        line, what = found
        return EMPTY, (_complex(path, first_line + line - 1, what),)
    try:
        shown = cut(clean(_html(text), steady="<" not in text), top=top)
    except RecursionError:
        _reader.cache_clear()
        return EMPTY, (_complex(path, first_line, "the text is nested too deeply"),)
    return _placed(shown, text, path=path, first_line=first_line)


def join(body: Body, addresses: Sequence[str | None]) -> str:
    """Return the HTML with one address for each link; None takes the link or picture out."""
    out = [body.parts[0]]
    for link, address, part in zip(body.links, addresses, body.parts[1:], strict=True):
        if address is not None:
            out += [f' {"src" if link.image else "href"}="{escape(address)}"', part]
        elif link.image:
            out[-1] = out[-1].removesuffix("<img")
            out.append(part.partition(">")[2])
        else:
            out.append(part)
    return "".join(out)


def to_json(body: Body) -> dict[str, Any]:
    """Return the body as plain lists, strings and numbers."""
    return asdict(body)


def from_json(kept: dict[str, Any]) -> Body:
    """Return the body that `to_json` made these of."""
    return Body(
        parts=tuple(kept["parts"]),
        links=tuple(Link(**link) for link in kept["links"]),
        headings=tuple(Heading(**heading) for heading in kept["headings"]),
        anchors=tuple(kept["anchors"]),
        words=kept["words"],
    )


@cache
def _reader() -> Markdown:
    """Return this process's reader: building one takes longer than reading a text."""
    return Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TITLE="Back to note {} in the text"),
            DefListExtension(),
            CommonBlocks(),
        ]
    )


def _html(text: str) -> str:
    return _reader().reset().convert(text)


def _placed(
    shown: Cut, text: str, *, path: str, first_line: int
) -> tuple[Body, tuple[Problem, ...]]:
    links: list[Link] = []
    problems: list[Problem] = []
    places = Places(text) if shown.marks else None
    for mark in shown.marks:
        place = places.take(mark.target) if places else Place(1, 1)
        line = first_line + place.line - 1
        if mark.verdict is Verdict.INTERNAL:
            links.append(
                Link(
                    target=mark.target,
                    line=line,
                    column=place.column,
                    image=mark.image,
                    alt=mark.alt,
                )
            )
        if told := _told(mark):
            code, message, hint = told
            problems.append(
                Problem(
                    path=path,
                    line=line,
                    column=place.column,
                    code=code,
                    message=message.format(mark.target),
                    hint=hint,
                )
            )
    body = Body(
        parts=shown.parts,
        links=tuple(links),
        headings=shown.headings,
        anchors=shown.anchors,
        words=shown.words,
    )
    return body, tuple(problems)


def _told(mark: Mark) -> tuple[str, str, str] | None:
    """Return code, message and hint for a link that is not as it should be."""
    if not mark.image:
        return REFUSED.get(mark.verdict)
    if mark.verdict is not Verdict.INTERNAL:
        return REMOTE_PICTURE
    return None if mark.alt else PICTURE_WITHOUT_TEXT


def _complex(path: str, line: int, what: str) -> Problem:
    return Problem(
        path=path,
        line=line,
        code="text-too-complex",
        message=what,
        hint="divide the text with blank lines and take out what is repeated",
    )
