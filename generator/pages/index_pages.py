"""The index pages of two places of the menu: what each holds, with a sentence that says what for.

To add a page to a list, add a row, with the condition under which the site has the page and the
condition under which it is worth a link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.analysis import substance
from generator.analysis.comparison import has_comparison
from generator.analysis.lessons import is_lesson
from generator.analysis.successes import has_successes
from generator.exports.feed import newest_records
from generator.library import address
from generator.library.library import Library
from generator.pages.download import copy_title
from generator.pages.findings import (
    findings_say_something,
    findings_sentence,
    findings_title,
)
from generator.pages.matrix import compare_title
from generator.pages.my_cases import my_cases_title
from generator.pages.navigation import menu_label
from generator.pages.page import Page, SiteContext, deferred_view
from generator.pages.pieces import Piece
from generator.pages.places import is_places
from generator.pages.plain_pages import plain_links
from generator.pages.responses import responses_title
from generator.pages.successes import (
    success_links,
    successes_say_something,
    successes_title,
)
from generator.pages.term_rows import heading
from generator.pages.write import form_title
from generator.pages.write_shop import write_shop_description, write_shop_title


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A page in a list: its label, its path, a sentence, and whether it says anything yet.

    `below` are places on it worth a link of their own.
    """

    label: str
    path: str
    sentence: str
    is_telling: bool = True
    below: tuple[Piece, ...] = ()


def learn_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page that leads to all pages about what comes up across records."""
    library = ctx.library
    _ = library.locale.gettext
    yield Page(
        path=address.LEARN,
        title=menu_label(ctx, address.LEARN, _("What we learn")),
        template="index.html",
        description=_(
            "What comes up across the %(records)s, and how sure we are.",
            records=library.model.plural,
        ),
        context=deferred_view(_learn_view, ctx),
    )


def about_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page that leads to what tells of the library itself."""
    _ = ctx.library.locale.gettext
    yield Page(
        path=address.ABOUT,
        title=menu_label(ctx, address.ABOUT, _("About")),
        template="index.html",
        description=_("What this is, how to use it, and how to add to it."),
        context=deferred_view(_about_view, ctx),
    )


def _learn_view(ctx: SiteContext) -> dict[str, Any]:
    rows = learn_rows(ctx)
    return {
        "rows": [row for row in rows if row.is_telling],
        "more": any(not row.is_telling for row in rows),
    }


def _about_view(ctx: SiteContext) -> dict[str, Any]:
    return {"rows": about_rows(ctx), "more": False}


def learn_rows(ctx: SiteContext) -> list[IndexRow]:
    """Return the pages across all records that this site has, in the order to read them."""
    library = ctx.library
    return [*_lesson_rows(library), *_success_rows(library), *_finding_rows(ctx), *_table_rows(ctx)]


def thin_rows(ctx: SiteContext) -> list[IndexRow]:
    """Return the pages that say nothing yet, and that no other list leads to."""
    library = ctx.library
    facets = library.model.facets.values()
    others = [
        IndexRow(heading(library, facet), address.facet(facet), "", is_telling=False)
        for facet in facets
        if not is_lesson(library, facet)
        and not is_places(library, facet)
        and not substance.facet_says_something(library, facet)
    ]
    return [*(row for row in learn_rows(ctx) if not row.is_telling), *others]


def _lesson_rows(library: Library) -> Iterator[IndexRow]:
    """Yield what helped, what was done, and the like; obstacles stand with what was done."""
    model, _ = library.model, library.locale.gettext
    answers = model.across.responses
    for facet in model.facets.values():
        if not is_lesson(library, facet):
            continue
        telling = substance.facet_says_something(library, facet)
        if answers and answers.of == facet.owner:
            title = responses_title(library, model.fields[answers.of])
            is_told = substance.responses_say_something(library)
            yield IndexRow(title, address.RESPONSES, _("What was tried, and did it work?"), is_told)
            # That page names every obstacle, and leads to their index.
            if is_told:
                continue
        sentence = model.vocabulary_of(facet).definition or library.owner(facet).help
        yield IndexRow(heading(library, facet), address.facet(facet), sentence, telling)


def _success_rows(library: Library) -> Iterator[IndexRow]:
    """Yield the page of successes, with its parts."""
    if has_successes(library):
        yield IndexRow(
            successes_title(library),
            address.SUCCESSES,
            library.locale.gettext(
                "In %(records)s that reached something: what do they name most?",
                records=library.model.plural,
            ),
            successes_say_something(library),
            success_links(library),
        )


def _finding_rows(ctx: SiteContext) -> Iterator[IndexRow]:
    """Yield the page of findings, where the settings name some."""
    library = ctx.library
    if ctx.site.findings and library.counted:
        yield IndexRow(
            findings_title(library),
            address.FINDINGS,
            findings_sentence(library),
            findings_say_something(ctx),
        )


def _table_rows(ctx: SiteContext) -> Iterator[IndexRow]:
    library = ctx.library
    model, across, _ = library.model, library.model.across, library.locale.gettext
    plural = model.plural
    if across.challenges:
        yield IndexRow(
            model.fields[across.challenges.of].heading,
            address.CHALLENGES,
            _("Did they meet each challenge, and what did they do?"),
            substance.challenges_say_something(library),
        )
    if across.effort:
        yield IndexRow(
            _("What it takes"),
            address.EFFORT,
            _("How much time did it take, and who paid?"),
            substance.effort_says_something(library),
        )
    if library.counted:
        yield IndexRow(
            gaps_title(library),
            address.GAPS,
            _("What do the %(records)s not tell us yet?", records=plural),
        )
    if has_comparison(ctx.site, library):
        yield IndexRow(
            compare_title(library),
            address.COMPARE,
            _("How many %(records)s name both?", records=plural),
        )
    if across.places:
        facet = model.facets[across.places]
        yield IndexRow(
            heading(library, facet),
            address.facet(facet),
            _("Where are the %(records)s, and from when to when?", records=plural),
            substance.facet_says_something(library, facet),
        )
    # Where there are countries, their page has the years, and leads to the line of time.
    elif across.timeline:
        yield IndexRow(
            _("Timeline"),
            address.TIMELINE,
            _("When did each begin, and when did it end?"),
            substance.periods_say_something(library),
        )
    if library.counted:
        yield IndexRow(
            _("Report"), address.REPORT, _("All that was learned, on one page to print.")
        )


def gaps_title(library: Library) -> str:
    """Return the title of the page of gaps, to which the map of evidence belongs."""
    _ = library.locale.gettext
    if library.model.across.evidence_map:
        return _("How sure we are, and what is missing")
    return _("What is missing")


def about_rows(ctx: SiteContext) -> list[IndexRow]:
    """Return the plain pages, and those that explain the records and their data."""
    library, _ = ctx.library, ctx.library.locale.gettext
    model = library.model
    rows = [IndexRow(title, path, sentence) for title, path, sentence in plain_links(library)]
    rows += [
        IndexRow(
            contribute_title(library),
            address.CONTRIBUTE,
            _("How to begin, and what each field means."),
        ),
        *_form_row(ctx),
        IndexRow(
            write_shop_title(library.locale),
            address.WRITE_SHOP,
            write_shop_description(library.locale),
        ),
        IndexRow(_("Words explained"), address.GLOSSARY, _("What each term means.")),
        IndexRow(
            _("Data"),
            address.DATA,
            _("All %(records)s as tables, to use elsewhere.", records=model.plural),
        ),
    ]
    if ctx.copy:
        sentence = _("The whole library in one file, to read without a connection.")
        rows.append(IndexRow(copy_title(library), address.DOWNLOAD, sentence))
    if ctx.site.plain and library.ids:
        sentence = _("A list of your own, to share or to print.")
        rows.append(IndexRow(my_cases_title(library), address.MY_CASES, sentence))
    if newest_records(library):
        sentence = _("The newest %(records)s.", records=model.plural)
        rows.append(IndexRow(_("What’s new"), address.NEWS, sentence))
    return rows


def _form_row(ctx: SiteContext) -> Iterator[IndexRow]:
    """Yield the form in which a record is written, where the site has it."""
    locale = ctx.library.locale
    if ctx.site.plain:
        sentence = locale.gettext("Write in the browser, without a connection if need be.")
        yield IndexRow(form_title(locale), address.WRITE, sentence)


def contribute_title(library: Library) -> str:
    """Return the title of the page on how to write a record."""
    return library.locale.gettext("Write a %(record)s", record=library.model.name)
