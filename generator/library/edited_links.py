"""Whether an edit of a few cases leaves all links as they are that other texts have."""

from __future__ import annotations

from collections.abc import Mapping

from generator.library.amend import Touched
from generator.library.anchors import case_anchors
from generator.library.collection import Collection
from generator.library.resolved import Resolved


def leaves_links(
    touched: Touched,
    before: Collection,
    after: Collection,
    resolved: Mapping[str, Resolved],
    pointed_at: frozenset[str],
) -> bool:
    """Return whether the links of the edited texts are sound, and those that lead to them too.

    `resolved` are the links after the edit. `pointed_at` are the pages to a place on which a text
    leads.
    """
    folder = after.model.folder
    pages = {f"{folder}/{id_}.html": id_ for id_ in touched.ids}
    return (
        not _renames(touched, before, after)
        and not any(resolved[page].problems for page in pages)
        and all(_pictures(before, id_) == _pictures(after, id_) for id_ in pages.values())
        and all(
            _places(before, id_) == _places(after, id_)
            for page, id_ in pages.items()
            if page in pointed_at
        )
    )


def _renames(touched: Touched, before: Collection, after: Collection) -> bool:
    """Return whether a term gets a page, or has one no more: links of other texts lead to it."""
    return any(
        any(term in index[facet] for index in (before.index, before.example_index))
        != any(term in index[facet] for index in (after.index, after.example_index))
        for facet, term in touched.terms
    )


def _pictures(collection: Collection, id_: str) -> list[str]:
    return [link.target for link in collection.outlines[id_].body.links if link.image]


def _places(collection: Collection, id_: str) -> tuple[frozenset[str], frozenset[str]]:
    # Apart: a link leads to a place in the text before it leads to a section of that name.
    case = collection.outlines[id_]
    return frozenset(case.body.anchors), frozenset(case_anchors(collection, case))
