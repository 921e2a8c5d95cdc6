"""The addresses of pages: which path of the site a case, a facet, a term or a list has.

A path is relative to the root of the site, with `/`; the place on a page comes after a `#`.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.library.collection import Claim
from generator.library.library import Library
from generator.model.record import Facet, Field
from generator.model.value import UNKNOWN
from generator.model.vocabulary import Vocabulary

HOME = "index.html"
CONTRIBUTE = "contribute.html"
GLOSSARY = "glossary.html"
DATA = "data/index.html"
DOWNLOAD = "download/index.html"
NOT_FOUND = "404.html"
STYLE = "style.html"
FORMER_PLACES = "places.html"
"""Where the countries stood before their index had the map."""
TIMELINE = "timeline.html"
REPORT = "report.html"
MY_CASES = "my-cases.html"
WRITE = "write.html"
WRITE_SHOP = "write-shop.html"
NEWS = "news.html"
FEED = "feed.xml"
COMPARE = "compare/index.html"
SUCCESSES = "successes.html"
FINDINGS = "findings.html"
EVIDENCE_MAP = "evidence-map.html"
RESPONSES = "responses.html"
PREPARE = "prepare/index.html"
LEARN = "learn/index.html"
ABOUT = "about/index.html"
SITUATIONS = "situations/index.html"
CHALLENGES = "challenges.html"
EFFORT = "what-it-takes.html"
GAPS = "gaps.html"


def case(library: Library, id_: str) -> str:
    """Return the path of a case's page."""
    return f"{library.model.folder}/{id_}.html"


def claim(library: Library, claim: Claim) -> str:
    """Return the place of a claim on the page of its case; the page where it is not shown."""
    path = case(library, claim.case)
    return f"{path}#{claim.anchor}" if claim.anchor else path


def cases(library: Library) -> str:
    """Return the path of the list of all cases."""
    return f"{library.model.folder}/index.html"


def part(path: str, number: int) -> str:
    """Return the path of one page of a long list: `a/b.html`, then `a/b/2.html`, `a/b/3.html`.

    No other page has such a path: the names of records and terms hold no `/`, and none is `index`.
    """
    return path if number == 1 else f"{path.removesuffix('.html')}/{number}.html"


def facet(facet: Facet) -> str:
    """Return the path of a facet's index."""
    return f"{facet.address}/index.html"


def matrix(rows: Facet, columns: Facet) -> str:
    """Return the path of the matrix of two facets."""
    return f"compare/{rows.address}-by-{columns.address}.html"


def former(path: str) -> str:
    """Return the path that a page below `compare/` had before: below `matrix/`."""
    return f"matrix/{path.partition('/')[2]}"


def term(library: Library, facet: Facet, id_: str) -> str:
    """Return the path of a term's page, or its place in the glossary where no case names it."""
    if library.named(facet.name, id_):
        return f"{facet.address}/{library.term_address(id_)}.html"
    return glossary(library, library.model.vocabularies[facet.vocabulary], id_)


def glossary(library: Library, vocabulary: Vocabulary, id_: str) -> str:
    """Return the place of a term in the glossary, or of its vocabulary where it is not listed."""
    if library.is_in_glossary(vocabulary, id_):
        return f"{GLOSSARY}#{vocabulary.name}-{library.term_address(id_)}"
    return f"{GLOSSARY}#{vocabulary.name}"


def meeting(library: Library, id_: str) -> str:
    """Return the path of the page before a meeting with what a term names."""
    return f"prepare/{library.term_address(id_)}.html"


def situation(library: Library, ids: Iterable[str]) -> str:
    """Return the path that the page of a combination of terms had, one of each facet."""
    return f"situations/{'/'.join(map(library.term_address, ids))}.html"


def value_address(library: Library, field: Field, id_: str) -> str:
    """Return the page of a term that stands in a field; empty where the field is no facet.

    A term without a page of its own, such as one that a translation alone names, has its place in
    the glossary; empty where the glossary does not list it.
    """
    facet = library.facet_by_path.get(field.path)
    vocabulary = library.model.vocabularies.get(field.vocabulary)
    if facet is None or vocabulary is None or id_ == UNKNOWN or id_ not in vocabulary.terms:
        return ""
    has_place = library.named(facet.name, id_) or library.is_in_glossary(vocabulary, id_)
    return term(library, facet, id_) if has_place else ""
