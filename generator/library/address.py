"""Owns the addresses of pages: which path of the site a case, a facet or a term has."""

from __future__ import annotations

from collections.abc import Iterable

from generator.library.library import Claim, Library
from generator.model.record import Facet, Field
from generator.model.value import UNKNOWN
from generator.model.vocabulary import Vocabulary

HOME = "index.html"
CONTRIBUTE = "contribute.html"
GLOSSARY = "glossary.html"
DATA = "data/index.html"
NOT_FOUND = "404.html"
PLACES = "places.html"
TIMELINE = "timeline.html"
REPORT = "report.html"
NEWS = "news.html"
FEED = "feed.xml"
MATRICES = "matrix/index.html"
EVIDENCE_MAP = "evidence-map.html"
RESPONSES = "responses.html"
SITUATIONS = "situations/index.html"
CHALLENGES = "challenges.html"
GAPS = "gaps.html"


def case(library: Library, id_: str) -> str:
    """Return the path of a case's page."""
    return f"{library.model.folder}/{id_}.html"


def claim(library: Library, of: Claim) -> str:
    """Return the place of a claim on the page of its case; the page, where it is not shown."""
    path = case(library, of.case)
    return f"{path}#{of.anchor}" if of.anchor else path


def cases(library: Library) -> str:
    """Return the path of the list of all cases."""
    return f"{library.model.folder}/index.html"


def part(path: str, number: int) -> str:
    """Return the path of a page on which a list goes on: beside the first, in a folder of its name.

    No other page stands there: the names of records and terms hold no `/`, and none is `index`.
    """
    return path if number == 1 else f"{path.removesuffix('.html')}/{number}.html"


def facet(of: Facet) -> str:
    """Return the path of a facet's index."""
    return f"{of.address}/index.html"


def matrix(rows: Facet, columns: Facet) -> str:
    """Return the path of the matrix of two facets."""
    return f"matrix/{rows.address}-by-{columns.address}.html"


def term(library: Library, of: Facet, id_: str) -> str:
    """Return the path of a term's page, or its place in the glossary where no case names it."""
    if library.named(of, id_):
        return f"{of.address}/{library.addresses[of.vocabulary][id_]}.html"
    return glossary(library, library.model.vocabularies[of.vocabulary], id_)


def glossary(library: Library, vocabulary: Vocabulary, id_: str) -> str:
    """Return the place of a term in the glossary; of its vocabulary where it is not listed."""
    if library.explained(vocabulary, id_):
        return f"{GLOSSARY}#{vocabulary.name}-{library.addresses[vocabulary.name][id_]}"
    return f"{GLOSSARY}#{vocabulary.name}"


def situation(library: Library, facets: Iterable[Facet], ids: Iterable[str]) -> str:
    """Return the path of the page of a combination of terms, one of each facet."""
    names = [library.addresses[of.vocabulary][id_] for of, id_ in zip(facets, ids, strict=True)]
    return f"situations/{'/'.join(names)}.html"


def of_value(library: Library, field: Field, id_: str) -> str:
    """Return where a term in a field leads: to its page where the field is a facet, else nowhere.

    A term without a page of its own, such as one that a translation alone names, leads to its
    place in the glossary, and nowhere where the glossary has none.
    """
    found = library.facet_by_path.get(field.path)
    if found is None or id_ == UNKNOWN or id_ not in library.addresses[field.vocabulary]:
        return ""
    vocabulary = library.model.vocabularies[field.vocabulary]
    shown = library.named(found, id_) or library.explained(vocabulary, id_)
    return term(library, found, id_) if shown else ""
