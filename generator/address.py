"""Owns the addresses of pages: which path of the site a case, a facet or a term has."""

from __future__ import annotations

from generator.library import Library
from generator.model.record import Facet, Field
from generator.model.value import UNKNOWN
from generator.model.vocabulary import Vocabulary

HOME = "index.html"
CONTRIBUTE = "contribute.html"
GLOSSARY = "glossary.html"
DATA = "data/index.html"
NOT_FOUND = "404.html"


def case(library: Library, id_: str) -> str:
    """Return the path of a case's page."""
    return f"{library.model.folder}/{id_}.html"


def cases(library: Library) -> str:
    """Return the path of the list of all cases."""
    return f"{library.model.folder}/index.html"


def facet(of: Facet) -> str:
    """Return the path of a facet's index."""
    return f"{of.address}/index.html"


def term(library: Library, of: Facet, id_: str) -> str:
    """Return the path of a term's page, or its place in the glossary where no case names it."""
    if id_ in library.index[of.name] or id_ in library.imagined[of.name]:
        return f"{of.address}/{library.term(of, id_).address}.html"
    return glossary(library.model.vocabularies[of.vocabulary], id_)


def glossary(vocabulary: Vocabulary, id_: str) -> str:
    """Return the place of a term in the glossary."""
    return f"{GLOSSARY}#{vocabulary.name}-{vocabulary.terms[id_].address}"


def of_value(library: Library, field: Field, id_: str) -> str:
    """Return where a term in a field leads: to its page where the field is a facet, else nowhere."""
    if id_ == UNKNOWN or id_ not in library.model.vocabularies[field.vocabulary].terms:
        return ""
    found = next((f for f in library.model.facets.values() if f.path == field.path), None)
    return term(library, found, id_) if found else ""
