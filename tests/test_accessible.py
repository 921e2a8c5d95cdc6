"""Axe-core finds no fault on a page of any kind, at two widths, in light and in dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from looking import EVERY_KIND, KINDS, LOOKS, paint, resize

THOROUGHLY = {KINDS["home"], KINDS["case"], KINDS["context"]}
"""Pages of which every look is looked at: among them they have all that folds or moves."""

WIDTH = re.compile(r"@media \([a-z]+-width: [^)]*\) \{\n(.*?)^\}", re.DOTALL | re.MULTILINE)
COLOURED = re.compile(r"(?:color|background|fill|stroke|opacity)\b[a-z-]*:")


@EVERY_KIND
def test_everybody_can_read_it(
    shipped: Path, tab: Page, axe: Callable[[Page], str], path: str
) -> None:
    """Every kind of page is without fault, what is folded away included.

    Each is seen narrow and wide, light and dark; by turns narrow is light, or wide is.
    """
    tab.goto((shipped / path).as_uri())
    tab.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    turn = list(KINDS.values()).index(path) % 2
    for width, scheme in LOOKS if path in THOROUGHLY else LOOKS[2 * turn :][:2]:
        resize(tab, width)
        paint(tab, scheme)
        assert axe(tab) == "", (width, scheme)


def test_no_colour_depends_on_the_width(shipped: Path) -> None:
    """Styles for a width change no colour: two looks of a page show all the contrasts it has."""
    styles = (shipped / "assets/casebook.css").read_text("utf-8")
    found = WIDTH.findall(styles)
    queries = [line for line in styles.splitlines() if line.startswith("@media")]
    assert len(found) == len([line for line in queries if "width" in line]) > 0
    assert [line for block in found for line in block.splitlines() if COLOURED.search(line)] == []
