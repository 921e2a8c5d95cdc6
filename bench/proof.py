"""The proof that pages hold what was asked: without it a fast program may have left it out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from urllib.parse import urljoin, urlsplit

from bench.corpus import FACETS, STUDY, Record, sentences
from bench.edits import MARK
from bench.tools import Tool

LOOKED_AT = 20
"""So many cases are read whole, spread over the corpus."""

PARTS = {"table": 1, "tr": 6, "ol": 1, "ul": 2, "blockquote": 1, "strong": 1, "em": 1, "h2": 5}
"""At least so many of these elements are on the page of a case."""


_NOTE = re.compile(r"fn(?!ref)")
"""In the name of a note's place, as all programs give it; `fnref` leads back from it."""

_CASE = re.compile(r"""href=["']?[^"'>]*cases/(case-\d+)\.html""")


@dataclass
class _Page(HTMLParser):
    """One page: its words, its elements, and the pages and places that it links to."""

    at: str
    words: list[str] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        self.elements.append(tag)
        self.places.add(about.get("id") or "")
        if tag == "a" and (address := about.get("href")):
            self.links.append(_resolved(self.at, address))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """The words as a reader sees them."""
        return " ".join(" ".join(self.words).split())


def _resolved(at: str, address: str) -> str:
    """Return where a link leads: a path in the site with its place, or a whole address."""
    whole = urljoin(f"https://site.invalid/{at}", address)
    parts = urlsplit(whole)
    if parts.hostname != "site.invalid":
        return whole
    return normpath(parts.path.lstrip("/") or ".") + (
        f"#{parts.fragment}" if parts.fragment else ""
    )


def read(root: Path, path: str) -> _Page:
    """Return a page of a site."""
    page = _Page(path)
    page.feed((root / path).read_text("utf-8"))
    return page


def site_faults(tool: Tool, root: Path, cases: Sequence[Record]) -> list[str]:
    """Return what a site does not hold though it was asked to; nothing, if all is there."""
    step = -(-len(cases) // LOOKED_AT)
    found = [name for record in cases if not (root / (name := _case(record.id))).is_file()]
    found = [f"there is no {name}" for name in found]
    if not found:
        found += [said for record in cases[::step] for said in _case_faults(tool, root, record)]
        found += [said for facet in FACETS for said in _facet_faults(tool, root, facet, cases)]
    return found


def edit_faults(tool: Tool, root: Path, before: Record, after: Record) -> list[str]:
    """Return what a site does not say of a case after an edit; nothing, if all is there.

    Raise ValueError if no reader could tell the two cases apart.
    """
    at = _case(after.id)
    said = set(_phrases(after)).difference(_phrases(before))
    facets = [facet for facet in FACETS if after.terms[facet] != before.terms[facet]]
    if not (said or facets):
        raise ValueError(f"the edit of {after.id} changes nothing that is shown")
    text = read(root, at).text
    found = [f"{at} does not say after the edit: {one}" for one in said if one not in text]
    for facet in facets:
        listed = _listed(root, tool.facet(facet))
        terms = {*before.terms[facet], *after.terms[facet]}
        shown = {term for term in terms if after.id in _of_term(listed, term)}
        if shown != set(after.terms[facet]):
            found.append(f"the pages of {facet} list {after.id} under {sorted(shown)}")
    return found


def _phrases(record: Record) -> list[str]:
    """Return what the page of a case must say, in the order of the page."""
    claims = [claim for claims in record.claims.values() for claim in claims]
    return [
        record.title,
        record.updated[:4],
        " – ".join(year for year in record.period if year),
        *(claim.what for claim in claims),
        *(claim.response for claim in claims if claim.response),
        *(source.citation for source in record.sources),
        *(one for one in sentences() if one in record.body or one in record.summary),
        *(word for word in record.body.split() if word.startswith(MARK)),
    ]


def _case(name: str) -> str:
    return f"cases/{name}.html"


def _case_faults(tool: Tool, root: Path, record: Record) -> Iterator[str]:
    at = _case(record.id)
    page = read(root, at)
    shown = page.text
    yield from (f"{at} does not say: {one}" for one in _phrases(record) if one not in shown)
    for element, number in PARTS.items():
        if page.elements.count(element) < number:
            yield f"{at} has fewer than {number} <{element}>"
    places = [link.partition("#")[2] for link in page.links if link.startswith(f"{at}#")]
    if not any(_NOTE.search(place) for place in places):
        yield f"{at} has no link to its footnote"
    yield from (
        f"{at} links to its #{name}, which is not there"
        for name in places
        if name not in page.places
    )
    targets = {link.partition("#")[0] for link in page.links}
    wanted = [_case(link) for link in record.links] + [STUDY]
    yield from (f"{at} does not link to {target}" for target in wanted if target not in targets)
    for facet, terms in record.terms.items():
        pages = {target for target in targets if _is_term(target, tool.facet(facet))}
        if len(pages) < len(terms):
            yield f"{at} links to {len(pages)} pages of {facet}, and names {len(terms)}"
        yield from (
            f"{at} links to {name}, which is not there"
            for name in pages
            if not (root / name).is_file()
        )


def _facet_faults(tool: Tool, root: Path, facet: str, cases: Sequence[Record]) -> Iterator[str]:
    """Yield what the page of a facet and those of its terms lack."""
    folder = tool.facet(facet)
    terms = {term for record in cases for term in record.terms[facet]}
    made = {f"{folder}/{file.name}" for file in (root / folder).glob("*.html")}
    if len(made) < len(terms) + 1:
        yield f"{folder}/ has {len(made)} pages for {len(terms)} terms"
    linked = {link.partition("#")[0] for link in read(root, f"{folder}/index.html").links}
    numbers = Counter(term for record in cases for term in record.terms[facet])
    lone = sum(number == 1 for number in numbers.values())  # a list may lead to its case at once
    if len([name for name in linked if _is_term(name, folder)]) < min(len(terms) - lone, 50):
        yield f"{folder}/index.html does not link to its terms"
    listed = _listed(root, folder)
    for term in sorted(terms):
        shown = _of_term(listed, term)
        if lost := [one.id for one in cases if term in one.terms[facet] and one.id not in shown]:
            yield f"{folder}/{_slug(term)}.html lists {len(lost)} cases too few, such as {lost[0]}"


def _listed(root: Path, folder: str) -> dict[str, set[str]]:
    """Return the pages below a folder, each with the ids of the cases that it links to."""
    return {
        file.relative_to(root / folder).as_posix(): set(_CASE.findall(file.read_text("utf-8")))
        for file in (root / folder).rglob("*.html")
    }


def _of_term(listed: Mapping[str, set[str]], term: str) -> set[str]:
    """Return the ids that the page of a term links to, and its second page, and so on."""
    own = re.compile(rf"{_slug(term)}(?:[/-](?:page[/-])?\d+)?(?:/index)?\.html")
    return set().union(*(ids for path, ids in listed.items() if own.fullmatch(path)))


def _slug(term: str) -> str:
    return term.lower().replace(" ", "-")


def _is_term(path: str, folder: str) -> bool:
    return (
        path.startswith(f"{folder}/") and path.endswith(".html") and path != f"{folder}/index.html"
    )
