"""Axe-core finds no fault on a page of any kind, at two widths, in light and in dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

import built
from looking import EVERY_KIND, KINDS, LOOKS, paint, resize
from small import library, snapshot

TEXT = """
## A heading

- [ ] to do
- [x] done

1. one
   - [X] two

| a | b | |
|:--|--:|:-:|
| 1 | 2 | 3 |

~~old~~ https://example.org/a [<https://example.org/b>](https://example.org/b)
said.[^1] and[^1] so.[^2]

[^1]: By whom.
[^2]: - In a list

Term
: Meaning

> [!WARNING]
> Mind *this*.

!!! note ""
    No title.

<details>
<summary>More</summary>

```python
code
```

</details>
"""
"""All that a text may hold, but pictures."""

THOROUGHLY = {KINDS["home"], KINDS["case"], KINDS["context"]}
"""Pages of which every look is looked at: among them they have all that folds or moves."""

WIDTH = re.compile(
    r"^@media (?:screen and )?\([a-z]+-width: [^)]*\) \{\n(.*?)^\}", re.DOTALL | re.MULTILINE
)
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


def test_everybody_can_read_a_text(tmp_path: Path, page: Page, axe: Callable[[Page], str]) -> None:
    """All that Markdown makes is without fault, and breaks no rule of the page's own policy."""
    root = library(tmp_path, one=snapshot("One", body=TEXT))
    files = built.build(root, tmp_path / "cache")
    for path, content in files.items():
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.goto((tmp_path / "site/cases/one.html").as_uri())
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    assert wrong == []  # what axe itself asks for is refused later
    for width, scheme in LOOKS:
        resize(page, width)
        paint(page, scheme)
        assert axe(page) == "", (width, scheme)
    for column, side in (("left", "start"), ("right", "end"), ("center", "center")):
        expect(page.locator(f"td.align-{column}").last).to_have_css("text-align", side)
    names = page.get_by_role("img").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert [name for name in names if name in {"to do", "done"}] == ["to do", "done", "done"]
