"""Axe-core finds no fault on a page of any kind, at two widths, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from looking import EVERY_KIND, KINDS, LOOKS

LONG = {KINDS["glossary"], KINDS["contribute"]}
"""Pages of thousands of elements, which look alike: two looks of them say enough."""


@EVERY_KIND
def test_everybody_can_read_it(
    shipped: Path, page: Page, axe: Callable[[Page], str], path: str
) -> None:
    """Every kind of page is without fault, what is folded away included."""
    page.goto((shipped / path).as_uri())
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    for width, scheme in LOOKS[::3] if path in LONG else LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == "", (width, scheme)
