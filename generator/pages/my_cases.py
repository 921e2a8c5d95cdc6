"""The page of a reader's own list of cases, which its script keeps, shares and prints as a brief.

It holds no list itself: the address of the page does (docs/decisions/0029). What the script needs
beside the index of all cases stands in an attribute: its sentences, which fields a brief prints,
and the former ids of cases that have moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from generator.library import address
from generator.library.library import Library
from generator.model.record import Facet
from generator.pages.case_numbers import numbered_cases
from generator.pages.case_text import brief_fields
from generator.pages.finder import address_pair
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pieces import Piece, labelled
from generator.pages.script_words import script_words

OWN_KEYS: Final = frozenset({"add", "c", "t"})
"""The keys of an address that hold a list; a facet of such a name has no brief of its own."""


def my_cases_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page; where another theme draws the pages there is no index for its script."""
    library = ctx.library
    if not ctx.site.plain or not library.ids:
        return
    yield Page(
        path=address.MY_CASES,
        title=my_cases_title(library),
        template="my-cases.html",
        description=library.locale.gettext(
            "Keep %(records)s on this device, share them as a link, print them as one brief.",
            records=library.model.plural,
        ),
        context=deferred_view(_view, ctx),
    )


def my_cases_title(library: Library) -> str:
    """Return what the page is called."""
    return library.locale.gettext("My %(records)s", records=library.model.plural)


def brief_fragment(facet: Facet, term: str) -> str:
    """Return what follows the `#` at the brief of all cases of a term; empty where it has none.

    It is the choice of that term as the addresses of Find cases hold it.
    """
    return "" if facet.name in OWN_KEYS else address_pair(facet, term)


def brief_piece(ctx: SiteContext) -> Piece | None:
    """Return the link to the page that offers everything about one term, such as a country.

    The facet is the first that cases are found by and that has briefs; None where none has.
    """
    library, name = ctx.library, _chosen_by(ctx)
    if not name or not ctx.site.plain:
        return None
    noun = library.model.facets[name].noun
    words = library.locale.gettext("Everything about one %(noun)s", noun=noun)
    return Piece(words, address.MY_CASES)


def _chosen_by(ctx: SiteContext) -> str:
    """Return the facet whose terms the page offers; empty where no facet has a brief."""
    names = (name for name in (*ctx.site.begin, *ctx.library.model.facets) if name not in OWN_KEYS)
    return next(filter(ctx.library.used_terms, names), "")


def _view(ctx: SiteContext) -> dict[str, Any]:
    library, model = ctx.library, ctx.library.model
    fields = [
        [name, model.fields[name].heading, kind] for name, kind in brief_fields(model).items()
    ]
    summary, answers = model.role("summary"), model.across.responses
    advised = model.fields[answers.of].fields.get(answers.advised) if answers else None
    return {
        "data": {
            "library": ctx.site.name,
            "summary": summary.name if summary else "",
            "fields": fields,
            "chosen_by": _chosen_by(ctx),
            "obstacles": answers.of if answers else "",
            "advised": advised.label if advised else "",
            "usual": model.strength.usual_level if model.strength else None,
            "strengths": model.strength.words if model.strength else (),
            "texts": len(numbered_cases(library)) <= ctx.site.search_bodies_max,
            "moved": dict(library.current_ids),
            "site": ctx.site.url,
            "edition": library.locale.date(library.as_of) if library.as_of else "",
            "words": _words(library),
        },
    }


def _words(library: Library) -> dict[str, str]:
    """Return the sentences of the script by the name that it knows them by."""
    model, _ = library.model, library.locale.gettext
    all_records = library.locale.counted(library.number_counted, model.name, model.plural)
    words = {
        "title": my_cases_title(library),
        "empty": _("Nothing is in your list yet."),
        "find": _("Find %(records)s", records=model.plural),
        "name": _("Name of the list"),
        "of": _("%(num)s of %(all)s", num="{num}", all=all_records),
        "remove": _("Remove"),
        "removed": _("Removed: %(title)s", title="{title}"),
        "added": _("In your list now: %(title)s", title="{title}"),
        "there": _("It was in your list already: %(title)s", title="{title}"),
        "added_all": _("Added to your list: %(num)s", num="{num}"),
        "full": _("Your list is full. It holds %(num)s.", num="{num}"),
        "cut": _("Only the first %(num)s of %(all)s are here.", num="{num}", all="{all}"),
        "gone": _("No longer here: %(num)s", num="{num}"),
        "shared": _("A shared list of %(num)s: add it to yours, or only look.", num="{num}"),
        "chosen": _("A brief of %(num)s. Your own list stays as it is.", num="{num}"),
        "add_all": _("Add to my list"),
        "look": _("Only look"),
        "own": _("Open my own list: %(num)s", num="{num}"),
        "forget": _("Forget this list"),
        "sure": _("Forget it? The list is then only in links that you have shared."),
        "yes": _("Yes, forget it"),
        "no": _("No, keep it"),
        "forgotten": _("The list is forgotten."),
        "kept": _("It is kept on this device only. A copied link keeps it for good."),
        "blocked": _("This browser keeps no list. Copy the link to keep it."),
        "link": _("Copy link"),
        "copied": _("Copied"),
        "print": _("Print as one brief"),
        "loading": _("Loading %(num)s of %(all)s …", num="{num}", all="{all}"),
        "failed": _("Could not be loaded: %(num)s. Is the line broken?", num="{num}"),
        "failed_all": _("The list could not be loaded. Is the line broken?"),
        "again": _("Try again"),
        "short": _(
            "In a library of this size a brief holds summaries. The links lead to the rest."
        ),
        "brief": _("The brief"),
        "everything": _("Everything about %(term)s", term="{term}"),
        "choose": _("Everything about …"),
        "choose_note": _("Choose one, to read or to print."),
        "without": _("Without: %(name)s", name="{name}"),
        "from": _("From: %(site)s", site="{site}"),
        "edition": _("edition of %(date)s", date="{date}"),
        "example": _("Imagined. They are counted nowhere."),
        "facts": _("Facts"),
        "done": _("What was done"),
        "not_recorded": _("not recorded."),
        "worked": _("Did it work?"),
        "not_known": _("Not recorded"),
        "strength": _("How sure we are"),
        "usual": labelled(library, _("A claim without a word"), ["{word}"]),
        "level": _("Evidence %(num)s of 4", num="{num}"),
        "sources": _("Source"),
    }
    return script_words(library.locale, words)
