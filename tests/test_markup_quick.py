"""The shortcuts in reading Markdown change nothing: each text is read with and without them.

`CASEBOOK_FUZZ=20 pytest tests/test_markup_quick.py` reads twenty times as many texts.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from pathlib import Path

import pytest

from generator.base.problem import Problem
from generator.markdown import Body, convert
from generator.markdown.reading import build, reader
from test_markup_texts import NASTY, Writer

ROOT = Path(__file__).parent.parent
FACTOR = float(os.environ.get("CASEBOOK_FUZZ", "1"))
LOTS = 24
IN_A_LOT = max(1, round(100 * FACTOR))

ADDRESS = re.compile(
    r"""\]\(\s{0,9}(?:<(?P<angle>[^<>\n]*)>|(?P<inline>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))"""
    r"""|^[ ]{0,3}\[[^\[\]\n]*\]:[ ]*\n?[ ]*<?(?P<named>[^\s<>]+)"""
    r"""|<(?P<auto>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>"""
    r"""|<(?P<post>[^<>\s@"'=]{1,64}@[^<>\s"'=]{1,255})>"""
    r"""|\b(?:href|src)\s{0,9}=\s{0,9}(?:"""
    r"""["](?P<double>[^"\n]{0,2000})["]|'(?P<single>[^'\n]{0,2000})'|(?P<bare>[^\s"'<>]+))""",
    re.MULTILINE | re.IGNORECASE,
)
"""All addresses in one pattern."""

SCHEMES = re.compile(r"(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*):", re.IGNORECASE)
NOTE_TEXT = re.compile(r"^[ >]*\[\^([^\[\]\n]+)\]:", re.MULTILINE)
ALWAYS = re.compile("")


def schemes(text: str) -> frozenset[str]:
    """Return all that may be a scheme, each character looked at."""
    plain = re.sub(r"[\x00-\x1f]+", "", html.unescape(text))
    return frozenset(found.lower() for found in SCHEMES.findall(plain))


def has_text(note: re.Match[str], plain: str) -> bool:
    """Tell whether a note is among all texts of notes."""
    return any(found.end() == note.end() + 1 for found in NOTE_TEXT.finditer(plain))


PLAIN: dict[str, object] = {
    "reader": cache(partial(build, quick=False)),
    "limits.LINKED": ALWAYS,
    "limits._is_small": lambda *_: False,
    "link_marks._addresses": ADDRESS.finditer,
    "sanitise._schemes": schemes,
    "slips.GAP": ALWAYS,
    "slips._has_text": has_text,
}
"""What the passes do without their shortcuts."""


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[Body, tuple[Problem, ...]]]:
    """Return `convert` without shortcuts."""

    def read(text: str) -> tuple[Body, tuple[Problem, ...]]:
        with monkeypatch.context() as patch:
            for name, plain in PLAIN.items():
                module, _, attribute = f"generator.markdown.{name}".rpartition(".")
                patch.setattr(import_module(module), attribute, plain)
            return convert(text, path="a.md")

    return read


@cache
def library() -> Callable[[str], str]:
    """Return the library's own reading, with our extensions and without shortcuts."""
    plain = build(quick=False)
    return lambda text: plain.reset().convert(text)


Plainly = Callable[[str], tuple[Body, tuple[Problem, ...]]]


def assert_the_same(text: str, plainly: Plainly) -> None:
    """Fail unless a text becomes the same HTML, and the same body and problems, either way."""
    assert reader().reset().convert(text) == library()(text), repr(text)
    assert convert(text, path="a.md") == plainly(text), repr(text)


def existing() -> Iterator[object]:
    """Yield the texts of the project: its cases, their tests, its manual."""
    for folder in ("content/cases", "tests/cases", "docs", "docs/decisions"):
        for file in sorted((ROOT / folder).glob("*.md")):
            yield pytest.param(file.read_text("utf-8"), id=str(file.relative_to(ROOT)))


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_is_read_as_without_shortcuts(text: str, plainly: Plainly) -> None:
    """Marks half open, one in another, and at the edges; alone and within other text."""
    assert_the_same(text, plainly)
    assert_the_same(f"Before.\n\n{text}\n\n- {text}\n\n> {text}\n\nafter {text}", plainly)


@pytest.mark.parametrize("text", list(existing()))
def test_the_project_s_texts_are_read_as_without_shortcuts(text: str, plainly: Plainly) -> None:
    """Each text of the project, as a whole."""
    assert_the_same(text, plainly)


@pytest.mark.parametrize("lot", range(LOTS))
def test_any_text_is_read_as_without_shortcuts(lot: int, plainly: Plainly) -> None:
    """Texts made by chance, the same in each run."""
    for number in range(IN_A_LOT):
        assert_the_same(Writer(lot + LOTS * number).text(), plainly)
