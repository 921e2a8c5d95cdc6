"""A body: safe HTML split at its internal links, and the form in which a cache may keep it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from generator.markdown.split import Heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An internal link or picture: `target` as written, unescaped, not percent-decoded.

    A wiki link, which leads nowhere, is one whose target begins with `[[`.
    """

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
