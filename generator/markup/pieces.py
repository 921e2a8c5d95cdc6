"""Owns what is left of a text when its HTML was cut: parts, marks of links, headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.markup.sanitise import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a body; `id` is without the prefix."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A link or picture as met in the HTML, in order, whatever became of it."""

    target: str
    image: bool
    alt: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """HTML around the attributes of its internal links: one part more than there are such links."""

    parts: tuple[str, ...]
    marks: tuple[Mark, ...]
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]
    words: int
