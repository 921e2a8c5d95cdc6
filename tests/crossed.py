"""A table of two facets as a reader finds it on its page: what each cell says and leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import html5lib

Pair = tuple[str, str]


@dataclass(slots=True)
class Crossed:
    """A table of two sides: the text of each cell by its row and column, and what it leads to."""

    cells: dict[Pair, str]
    cases: dict[Pair, list[str]]
    """Ids of the cases at the place that a cell leads to; cells that lead nowhere are left out."""

    def turned(self) -> Crossed:
        """Return the table with rows and columns exchanged."""
        return Crossed(
            {(column, row): said for (row, column), said in self.cells.items()},
            {(column, row): led for (row, column), led in self.cases.items()},
        )


def words(element: Any) -> str:  # noqa: ANN401 - html5lib's trees have no types
    """Return the text of an element, blanks folded."""
    return " ".join("".join(element.itertext()).split())


def crossed(content: bytes, *, by_group: bool = False) -> Crossed:
    """Return the table of a page term by term, its groups left out; or that by group, the first."""
    tree = html5lib.parse(content.decode(), namespaceHTMLElements=False)
    tables = tree.findall(".//table")
    assert len(tables) == 2 or (len(tables) == 1 and not by_group)
    table = tables[0 if by_group else -1]
    columns = [_name(head) for head in table.findall("./thead/tr[last()]/th")]
    made = Crossed({}, {})
    for row in (row for part in ("tbody", "tfoot") for row in table.findall(f"./{part}/tr")):
        head = row.find("./th[@scope='row']")
        for column, cell in zip(columns, row.findall("./td"), strict=head is not None):
            made.cells[_name(head), column] = words(cell)
            if (link := cell.find("./a")) is not None:
                made.cases[_name(head), column] = _cases(tree, str(link.get("href")))
    return made


def _name(head: Any) -> str:  # noqa: ANN401
    """Return the label of a row or column, without its number."""
    link = head.find(".//a")
    return words(head if link is None else link)


def _cases(tree: Any, to: str) -> list[str]:  # noqa: ANN401
    (place,) = tree.findall(f".//*[@id='{to.removeprefix('#')}']")
    links = [link.get("href").partition("#")[0] for link in place.findall(".//a")]
    return [link.rpartition("/")[2].removesuffix(".html") for link in links if "cases/" in link]
