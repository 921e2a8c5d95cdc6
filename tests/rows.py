"""Reads rows of numbers from a page, for tests: its tables, its lists of terms, its sections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import html5lib

from crossed import words
from generator.build.assemble import assemble
from generator.hosts.config import load_site


def made(root: Path, as_of: str | None = None) -> dict[str, bytes]:
    """Return the files of the site in a folder."""
    site, problems = load_site(root / "site_config.yml")
    assert site, problems
    found = assemble(site, as_of=as_of)
    assert found.documents, [str(problem) for problem in found.problems]
    return {document.path: document.content for document in found.documents}


def tree(content: bytes) -> Any:  # noqa: ANN401 - html5lib's trees have no types
    """Return a page as elements."""
    return html5lib.parse(content.decode(), namespaceHTMLElements=False)


def table(content: bytes, name: str) -> dict[str, list[int]]:
    """Return the numbers of the table with that name, by the head of their row."""
    (found,) = [e for e in tree(content).iter("div") if e.get("aria-label") == name]
    return {
        words(row.find("./th")): [int(words(cell)) for cell in row.findall("./td")]
        for row in found.iter("tr")
        if row.findall("./td")
    }


def tally(place: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the counts of the terms listed in an element, by label."""
    return {
        words(item.find("*")): words(item.find("./span[@class='count']"))
        for listing in place.iter("ul")
        if "tally" in listing.get("class", "")
        for item in listing.findall("./li")
    }


def section(content: bytes, id_: str) -> Any:  # noqa: ANN401
    """Return the element with an id."""
    (found,) = tree(content).findall(f".//*[@id='{id_}']")
    return found
