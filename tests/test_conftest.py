"""What tests share works: a page with known faults is found out, under a strict CSP too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head>
<body><main><h1>A page</h1><p>Words.</p>{more}</main></body></html>
"""


def test_axe_finds_what_is_there_and_nothing_else(
    browser: Browser, axe: Callable[[Page], str], tmp_path: Path
) -> None:
    """A clean page gives no text; a picture without a description gives its rule and element."""
    page = browser.new_page()
    file = tmp_path / "page.html"
    file.write_text(PAGE.format(more=""), encoding="utf-8")
    page.goto(file.as_uri())
    assert axe(page) == ""
    file.write_text(PAGE.format(more='<img src="a.png">'), encoding="utf-8")
    page.reload()
    found = axe(page)
    page.close()
    assert found.startswith("image-alt (critical): Images must have alternative text\n")
    assert '  img: <img src="a.png">\n' in found
