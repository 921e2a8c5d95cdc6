"""What terms mean, for the pages of cases: `assets/data/definitions.js`, a call with JSON.

A case names twenty terms or so. Their definitions are loaded when a reader asks for the first, so
that no page carries them. Each facet is its folder, and by page of a term the definition.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from generator.exports.data_file import Content, DataFile, Part, json_items
from generator.library.library import Library
from generator.pages.page import SiteContext

PATH: Final = "assets/data/definitions.js"


def definitions(ctx: SiteContext) -> Iterator[DataFile]:
    """Yield the file."""
    library = ctx.library
    facets = [name for name in library.model.facets if library.used_terms(name)]
    items = json_items("facet", facets, partial(_definitions, library))
    parts = (
        Part("begin", partial(Content, b"casebook.definitions([")),
        *items,
        Part("end", partial(Content, b"\n])\n")),
    )
    yield DataFile(path=PATH, what="", parts=parts, has_rows=False)


def _definitions(library: Library, name: str) -> list[object]:
    """Return the folder of a facet, and what those of its terms mean that a record names."""
    facet = library.model.facets[name]
    terms = library.model.vocabulary_of(facet).terms
    meanings = {
        library.term_address(id_): terms[id_].definition
        for id_ in terms
        if terms[id_].definition and library.named(name, id_)
    }
    return [facet.address, meanings]
