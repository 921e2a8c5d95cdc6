"""Owns Markdown: an author's text in, a body of safe HTML cut at its internal links out.

A body is kept before its links are resolved; `join` puts the addresses in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from generator.base.problem import Problem
from generator.markdown.cut import cut
from generator.markdown.limits import excess, overlong
from generator.markdown.link_marks import Place, Places, mask, prose
from generator.markdown.pieces import Cut, Heading, Mark, Slip
from generator.markdown.raw import SHOWN, shield, unshield
from generator.markdown.reading import reader
from generator.markdown.sanitise import Verdict, clean
from generator.markdown.slips import slips


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
    `packed` holds the parts in UTF-8, a NUL between two: many bodies are in memory at once.
    """

    packed: bytes
    links: tuple[Link, ...]
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]
    words: int

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the parts of the HTML."""
        return tuple(self.packed.decode().split("\0"))


def pack(parts: Iterable[str]) -> bytes:
    """Return parts of HTML, which holds no NUL, as a body keeps them."""
    return "\0".join(parts).encode()


EMPTY = Body(packed=b"", links=(), headings=(), anchors=(), words=0)

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
WITHOUT_ADDRESS = (
    "unsafe-link",
    "a link or a picture has no address",
    "write [words](address), or ![what it shows](picture.jpg)",
)
LINK_WITHOUT_WORDS = (
    "link-without-words",
    "the link to '{}' has no words, so nobody sees or hears it",
    "write [words]({})",
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
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(SHOWN, "\ufffd")
    text = text.encode(errors="replace").decode()
    if found := overlong(text) or excess(text, masked := mask(text)):
        line, what = found
        return EMPTY, (_complex(path, first_line + line - 1, what),)
    plain = prose(masked)
    shielded, told = shield(text, plain)
    try:
        shown = cut(clean(unshield(_html(shielded)), steady="<" not in text), top=top)
    except RecursionError:
        reader.cache_clear()
        return EMPTY, (_complex(path, first_line, "the text is nested too deeply"),)
    places = Places(masked)
    body, problems = _placed(shown, places, path=path, first_line=first_line)
    slipped = [_slipped(slip, places, path, first_line) for slip in (*told, *slips(text, plain))]
    return body, tuple(sorted((*problems, *slipped), key=lambda p: (p.line, p.column)))


def join(body: Body, addresses: Sequence[str | None]) -> str:
    """Return the HTML with one address for each link; None takes the link or picture out."""
    first, *others = body.parts
    out = [first]
    for link, address, part in zip(body.links, addresses, others, strict=True):
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
    return {
        "packed": body.packed.decode(),
        "links": [[x.target, x.line, x.column, x.image, x.alt] for x in body.links],
        "headings": [[x.level, x.id, x.text] for x in body.headings],
        "anchors": body.anchors,
        "words": body.words,
    }


def from_json(kept: dict[str, Any]) -> Body:
    """Return the body that `to_json` made these of."""
    return Body(
        packed=kept["packed"].encode(),
        links=tuple(
            Link(target=target, line=line, column=column, image=image, alt=alt)
            for target, line, column, image, alt in kept["links"]
        ),
        headings=tuple(Heading(level=n, id=id_, text=text) for n, id_, text in kept["headings"]),
        anchors=tuple(kept["anchors"]),
        words=kept["words"],
    )


def _html(text: str) -> str:
    return reader().reset().convert(text)


def _placed(
    shown: Cut, places: Places, *, path: str, first_line: int
) -> tuple[Body, list[Problem]]:
    links: list[Link] = []
    problems: list[Problem] = []
    for mark in shown.marks:
        typed, place = _found(mark, places)
        line = first_line + place.line - 1
        if mark.verdict is Verdict.INTERNAL:
            links.append(
                Link(
                    target=mark.target,
                    line=line,
                    column=place.column,
                    image=mark.image,
                    alt=mark.alt if mark.image else "",
                )
            )
        if told := _told(mark, typed):
            code, message, hint = told
            problems.append(
                Problem(
                    path=path,
                    line=line,
                    column=place.column,
                    code=code,
                    message=message.replace("{}", typed),
                    hint=hint.replace("{}", typed),
                )
            )
    body = Body(
        packed=pack(shown.parts),
        links=tuple(links),
        headings=shown.headings,
        anchors=shown.anchors,
        words=shown.words,
    )
    return body, problems


def _found(mark: Mark, places: Places) -> tuple[str, Place]:
    """Return the target of a link as it was typed, and where."""
    if mark.target:
        return mark.target, places.take(mark.target)
    return places.take_unreadable() or ("", places.take(""))


def _told(mark: Mark, typed: str) -> tuple[str, str, str] | None:
    """Return code, message and hint for a link that is not as it should be."""
    if not mark.target and not typed:
        return WITHOUT_ADDRESS
    if mark.image and mark.verdict is not Verdict.INTERNAL:
        return REMOTE_PICTURE
    if mark.image:
        return None if mark.alt else PICTURE_WITHOUT_TEXT
    if mark.verdict is Verdict.UNSAFE and any(map(str.isspace, typed)):
        code, message, _ = REFUSED[mark.verdict]
        return code, message, "there is a space in it: take it out"
    if mark.verdict in REFUSED:
        return REFUSED[mark.verdict]
    return None if mark.alt else LINK_WITHOUT_WORDS


def _slipped(slip: Slip, places: Places, path: str, first_line: int) -> Problem:
    place = places.place(slip.at)
    return Problem(
        path=path,
        line=first_line + place.line - 1,
        column=place.column,
        severity=slip.severity,
        code=slip.code,
        message=slip.message,
        hint=slip.hint,
    )


def _complex(path: str, line: int, what: str) -> Problem:
    return Problem(
        path=path,
        line=line,
        code="text-too-complex",
        message=what,
        hint="divide the text with blank lines and take out what is repeated",
    )
