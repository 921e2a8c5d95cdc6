"""The page on which a reader compares any two facets; its script is assets/compare.js.

Without scripts the page leads to the matrices that the configuration names, each a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.analysis.comparison import comparable_facets, has_comparison
from generator.library import address
from generator.pages.matrix import compare_title, matrices, matrix_sentence, matrix_title
from generator.pages.navigation import menu_label
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pieces import Piece, records_title
from generator.pages.redirects import redirect
from generator.pages.script_words import script_words


def compare_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page on which two facets are chosen, and that of its former address."""
    library = ctx.library
    if not has_comparison(ctx.site, library):
        return
    yield Page(
        path=address.COMPARE,
        title=compare_title(library),
        template="compare.html",
        description=library.locale.gettext(
            "How many %(records)s name two things at once, and which.",
            records=library.model.plural,
        ),
        context=deferred_view(_compare_view, ctx),
    )
    if ctx.site.matrices:
        to = Piece(compare_title(library), address.COMPARE)
        yield redirect(ctx, address.former(address.COMPARE), to)


def _compare_view(ctx: SiteContext) -> dict[str, Any]:
    """Return what the page shows: the `matrices`, and what the script reads in `compare`.

    `first` are the facets that are compared where the address names none; `lists` are the fields
    of entries, in which two facets must stand in the same entry; `totals` has for each facet how
    many groups, and terms in none, its vocabulary has, and how many terms in all.
    """
    library, pairs = ctx.library, matrices(ctx)
    facets = comparable_facets(library)
    first = pairs[0] if pairs else tuple(facets[:2])
    vocabularies = {facet.name: library.model.vocabulary_of(facet) for facet in facets}
    return {
        "matrices": [
            (matrix_title(library, r, c), address.matrix(r, c), matrix_sentence(library, r, c))
            for r, c in pairs
        ],
        "compare": {
            "first": [facet.name for facet in first],
            "lists": sorted({f.owner for f in facets if library.owner(f).entries}),
            "totals": {name: [len(v.tops), len(v.fine)] for name, v in vocabularies.items()},
            "words": _words(ctx),
        }
        if len(facets) > 1
        else None,
    }


def _words(ctx: SiteContext) -> Mapping[str, str]:
    """Return the sentences of the script by the name that it knows them by."""
    library, model = ctx.library, ctx.library.model
    locale, find = library.locale, address.cases(library)
    _ = locale.gettext
    total = locale.counted(library.number_counted, model.name, model.plural)
    words = {
        "rows": _("Rows"),
        "columns": _("Columns"),
        "swap": _("Swap"),
        "families": _("Groups"),
        "terms": _("Term by term"),
        "title": _("%(rows)s and %(columns)s", rows="{rows}", columns="{columns}"),
        "case": _("Each number counts %(records)s that name both.", records=model.plural),
        "entry": _(
            "Each number counts %(records)s that name both in the same entry of “%(list)s”.",
            records=model.plural,
            list="{list}",
        ),
        "inside": _("%(num)s of %(all)s in the table", num="{num}", all=total),
        "of": _("%(num)s of %(total)s", num="{num}", total="{total}"),
        "all_of": _("All %(num)s", num="{num}"),
        "stated": _(
            "%(name)s: told in %(known)s, unknown in %(unknown)s, nothing said in %(silent)s",
            name="{name}",
            known="{known}",
            unknown="{unknown}",
            silent="{silent}",
        ),
        "left_out": _(
            "%(name)s: %(num)s of %(total)s have no %(record)s here, and are not shown.",
            name="{name}",
            num="{num}",
            total="{total}",
            record=model.name,
        ),
        "cut": _(
            "%(name)s: the first %(num)s of %(total)s are shown. The file has all.",
            name="{name}",
            num="{num}",
            total="{total}",
        ),
        "all": _("All"),
        "none": _("none"),
        "nothing": _("No %(record)s names both yet.", record=model.name),
        "open": _("Open these in “%(page)s”", page=menu_label(ctx, find, records_title(model))),
        "more": _("Show %(num)s more", num="{num}"),
        "failed": _("This did not load. Try again."),
        "link": _("Copy link"),
        "copied": _("Copied"),
        "download": _("Download this table as CSV"),
    }
    return script_words(locale, words)
