"""Owns what is left of a text when it was read: parts, marks of links, headings, and slips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.base.problem import Severity

if TYPE_CHECKING:
    from generator.markdown.sanitise import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a body; `id` is without the prefix."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A link or picture as met in the HTML, in order, whatever became of it.

    `alt` are a picture's words for people who cannot see it, or the words of a link.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What an author typed and hardly meant: `at` counts the characters before it."""

    at: int
    code: str
    message: str
    hint: str
    severity: Severity = Severity.WARNING
