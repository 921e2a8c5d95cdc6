"""The edits after which a site is built again; to add one, write an entry in EDITS.

An edit takes a case and a number, and returns the case as its author saved it. Another number gives
another case, so that no build has seen it before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bench.corpus import FIRST_YEAR, LAST_DAY, LAST_YEAR, Record, terms
from bench.results import CLAIM, COUNTED, HEADING, MOVED, NEWEST, PERIOD, TITLE, WORD

MARK = "Edited"
"""A word that begins so was put into a text by an edit."""

_OPENING = "## Situation\n\n"
_HEADING = "## What we did\n"


def mark(number: int) -> str:
    """Return a word that stands in no case but an edited one."""
    return f"{MARK}{number}"


def with_word(record: Record, number: int) -> Record:
    """Return a case whose text begins with another word."""
    body = record.body.replace(_OPENING, f"{_OPENING}{mark(number)}. ", 1)
    return replace(record, body=body)


def _with_heading(record: Record, number: int) -> Record:
    return replace(record, body=record.body.replace(_HEADING, f"## {mark(number)} work\n", 1))


def _with_claim(record: Record, number: int) -> Record:
    """Return a case that says something else of its first success factor."""
    first, *others = record.claims["success_factors"]
    edited = replace(first, what=f"{mark(number)}. {first.what}")
    return replace(record, claims={**record.claims, "success_factors": [edited, *others]})


def _with_focus(record: Record, number: int) -> Record:
    """Return a case with another focus, the field that most pages count or show."""
    others = [term for term in terms("focus") if term not in record.terms["focus"]]
    return replace(record, terms={**record.terms, "focus": [others[number % len(others)]]})


def _with_period(record: Record, number: int) -> Record:
    """Return a case with other years, within those of all cases: the timeline keeps its scale."""
    end = LAST_YEAR - (record.period[1] == str(LAST_YEAR))
    return replace(record, period=(str(FIRST_YEAR + number % (end - FIRST_YEAR)), str(end)))


def _with_title(record: Record, number: int) -> Record:
    """Return a case whose title has one word more at its end, so that its place stays the same."""
    return replace(record, title=f"{record.title} {mark(number)}")


def _with_moved_title(record: Record, number: int) -> Record:
    """Return a case that comes after all others when cases are in the order of their titles."""
    return replace(record, title=f"{mark(number)}: {record.title}")


def _with_newest_date(record: Record, number: int) -> Record:
    """Return a case that was changed after all others: every page says what day it is as of."""
    return replace(record, updated=(LAST_DAY + timedelta(number + 1)).isoformat())


EDITS: Mapping[str, Callable[[Record, int], Record]] = {
    WORD: with_word,
    HEADING: _with_heading,
    CLAIM: _with_claim,
    COUNTED: _with_focus,
    PERIOD: _with_period,
    TITLE: _with_title,
    MOVED: _with_moved_title,
    NEWEST: _with_newest_date,
}
"""Every edit that is measured, in the order of the report."""
