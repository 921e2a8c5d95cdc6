"""The HTML of a body, with the words that its reader of Markdown adds in the body's own language.

A record is read once and kept, whatever the language of the site; so what the reader adds for
people who listen to a page is English at first: the name of a table, the way back from a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from markupsafe import escape

from generator.base.locale import Locale
from generator.library.library import Library
from generator.library.links import body_with_links
from generator.records.case import Case
from generator.records.plain_page import PlainPage

_TABLE = re.compile(r'(<div class="table"[^<>]* aria-label=")Table (\d+)(?=")')
_TASK = re.compile(r'(<span class="task"[^<>]* aria-label=")(done|to do)(?=")')
_NOTE = re.compile(
    r'(<a [^<>]*class="footnote-backref"[^<>]* aria-label=")'
    r"(?:Back to note|Jump back to footnote) (\d+) in the text(?:, place (\d+))?(?=\")"
)
_TITLE = re.compile(r'(<p class="admonition-title">)(Note|Tip|Important|Warning|Caution)(?=</p>)')


def body_html(library: Library, record: Case | PlainPage, page: str, language: str = "") -> str:
    """Return the HTML of the body of a record on a page.

    `language` is set where it is not the site's own.
    """
    html = body_with_links(record.body, library.targets(page), page)
    locale = library.locale_of(language)
    if locale.is_english or locale.catalogue is None:
        return html
    for pattern, words in _words(locale).items():
        html = pattern.sub(partial(_put, words), html)
    return html


def _put(words: Callable[[re.Match[str]], str], match: re.Match[str]) -> str:
    """Return the tag that was found, with other words in it."""
    return match[1] + str(escape(words(match)))


def _words(locale: Locale) -> Mapping[re.Pattern[str], Callable[[re.Match[str]], str]]:
    """Return what stands for the English words, by the pattern that finds these."""
    _ = locale.gettext
    constant = {
        "done": _("done"),
        "to do": _("to do"),
        "Note": _("Note"),
        "Tip": _("Tip"),
        "Important": _("Important"),
        "Warning": _("Warning"),
        "Caution": _("Caution"),
    }

    def note(match: re.Match[str]) -> str:
        if match[3]:
            message = _("Back to note %(note)s in the text, place %(place)s")
            return message % {"note": match[2], "place": match[3]}
        return _("Back to note %(note)s in the text") % {"note": match[2]}

    return {
        _TABLE: lambda match: _("Table %(number)s") % {"number": match[2]},
        _TASK: lambda match: constant[match[2]],
        _NOTE: note,
        _TITLE: lambda match: constant[match[2]],
    }
