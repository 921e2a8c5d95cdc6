"""The sentences that the script of the page of all cases prints, in the language of the site."""

from __future__ import annotations

from collections.abc import Mapping

from generator.library.library import Library
from generator.pages.script_words import script_words


def find_words(library: Library) -> Mapping[str, str]:
    """Return the sentences by the name that the script knows them by."""
    locale, model = library.locale, library.model
    _ = locale.gettext
    total = locale.counted(library.number_counted, model.name, model.plural)
    words = {
        "search": _("Search"),
        "hint": _("A word or a place"),
        "filters": _("Filters"),
        "filters_on": _("Filters (%(num)s)", num="{num}"),
        "more_filters": _("More filters"),
        "close": _("Close"),
        "show": _("Show %(num)s", num="{num}"),
        "chosen": _("%(num)s chosen", num="{num}"),
        "any": _("Any of these"),
        "not": _("not"),
        "without": _("Without: %(name)s", name="{name}"),
        "all": _("All %(num)s", num="{num}"),
        "find_term": _("Find in this list"),
        "remove": _("Remove filter: %(name)s", name="{name}"),
        "clear": _("Clear all"),
        "gone": _("no longer a term: %(name)s", name="{name}"),
        "sort": _("Sort by"),
        "sort_fit": _("best fit"),
        "sort_title": _("title"),
        "sort_updated": _("newest"),
        "sort_strength": _("strongest evidence"),
        "sort_start": _("start"),
        "list": _("List"),
        "table": _("Table"),
        "title": _("Title"),
        "start": _("Start"),
        "updated": _("Updated"),
        "strength": _("Evidence"),
        "of_four": _("%(num)s of 4", num="{num}"),
        "count": _("%(num)s of %(all)s", num="{num}", all=total),
        "results": _("Results"),
        "more": _("Show %(num)s more", num="{num}"),
        "none": _("No %(record)s has all of this.", record=model.name),
        "drop": _("Without %(name)s: %(num)s", name="{name}", num="{num}"),
        "failed": _("This did not load. Try again."),
        "nothing": _("Nothing found for “%(words)s”.", words="{words}"),
        "offer": _("Did you mean %(word)s?", word="{word}"),
        "terms": _("Words that match"),
        "page": _("What it means"),
        "said": _("In the text"),
        "examples": _("Indicative examples"),
        "examples_note": _("Imagined. They are counted nowhere."),
        "link": _("Copy link"),
        "copied": _("Copied"),
        "download": _("Download these as CSV"),
        "print": _("Print these as a brief"),
        "add": _("Add to my list"),
        "noun": model.plural,
        "quoted": _("“%(words)s”", words="{words}"),
        "or": _("%(one)s or %(two)s", one="{one}", two="{two}"),
    }
    return script_words(locale, words)
