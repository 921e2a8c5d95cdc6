"""A menu may lead to every page that a site has."""

from __future__ import annotations

import re
from pathlib import Path

from edited_library import build, built, write_library


def test_a_menu_may_lead_to_every_page(tmp_path: Path) -> None:
    """The check knows the pages of every kind; it refuses former addresses, and that for errors."""
    root = write_library(tmp_path / "root")
    build(root)
    files = built(root)
    pages = sorted(path for path in files if path.endswith(".html"))
    with (root / "site_config.yml").open("a", encoding="utf-8") as config:
        config.write("nav:\n" + "".join(f"  - Somewhere: {path}\n" for path in pages))
    problems = build(root).problems
    assert {problem.code for problem in problems} == {"dead-menu-entry"}
    refused = [path for problem in problems for path in re.findall(r"'(.*)'", problem.message)]
    moved = [path for path in pages if b'http-equiv="refresh"' in files[path]]
    assert len(moved) > 3
    assert sorted(refused) == sorted(["404.html", *moved])
