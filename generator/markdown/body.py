"""A body: safe HTML split at its internal links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

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
