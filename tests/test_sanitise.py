"""The sanitiser: what of an author's HTML stays."""

from __future__ import annotations

import pytest

from generator.markdown.sanitise import classes


@pytest.mark.parametrize(
    ("written", "tag", "kept"),
    [
        ("admonition note", "div", ["admonition", "note"]),
        ("admonition-title", "p", ["admonition-title"]),
        ("footnote-ref footnote-ref", "a", ["footnote-ref"]),
        ("language-c++", "code", ["language-c++"]),
        ("note", "div", []),
        ("admonition notes", "div", ["admonition"]),
        ("admonitions", "div", []),
        ("admonition-titles", "p", []),
        ("footnote-list", "div", []),
        ("card", "div", []),
        ("language-c", "div", []),
        (f"language-{'c' * 41}", "code", []),
    ],
)
def test_only_the_classes_of_texts_stay(written: str, tag: str, kept: list[str]) -> None:
    """A class stays whole or goes: one that starts like an allowed one may be the site's own."""
    assert classes(written, tag) == kept
