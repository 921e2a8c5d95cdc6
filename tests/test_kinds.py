"""Tests of values: each kind reads what its author meant, and refuses the rest by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base.problem import Severity
from generator.model.kind import PLACEHOLDERS, is_placeholder
from generator.model.kinds import object_schema
from generator.model.value import Value, every_text, field_path, located
from postmortems import front, model

ENTRY = {"factor": "load"}

READ: dict[str, tuple[str, str, Any]] = {
    # the fields that are written, and what comes of which of them
    "text as typed": ("no_factor: NO", "no_factor", "NO"),
    "octal": ("no_factor: 012", "no_factor", "012"),
    "sexagesimal": ("no_factor: 12:30", "no_factor", "12:30"),
    "null": ("no_factor: ~", "no_factor", "~"),
    "lines of text": ("no_factor: |\n  a\n  b", "no_factor", "a\nb"),
    "one for many": ("systems: queue", "systems", ["queue"]),
    "the same twice": ("systems: [queue, Queue, queue]", "systems", ["queue"]),
    "by synonym and label": ("systems: [pg]", "systems", ["postgres"]),
    "one in a list": ("began: [2026-01-31]", "began", "2026-01-31"),
    "a year": ("ended: 2026", "ended", "2026"),
    "a month": ("ended: 2026-02", "ended", "2026-02"),
    "unknown": ("began: UNKNOWN", "began", "unknown"),
    "unknown in brackets": ("began: [unknown]", "began", "unknown"),
    "unknown among many": ("systems: [queue, unknown]", "systems", ["queue", "unknown"]),
    "a bare term": ("contributing_factors: load", "contributing_factors", [ENTRY]),
    "bare terms": ("contributing_factors: [load]", "contributing_factors", [ENTRY]),
    "unknown entries": ("contributing_factors: unknown", "contributing_factors", "unknown"),
    "an unknown entry": (
        "contributing_factors: [load, unknown]",
        "contributing_factors",
        [ENTRY, {"factor": "unknown"}],
    ),
    "a term and a text": (
        "contributing_factors:\n  - load: It rose.\n  - Deploy:",
        "contributing_factors",
        [{"factor": "load", "what": "It rose."}, {"factor": "deploy"}],
    ),
    "terms as keys": (
        "answers: {alarm: yes, rollback: unknown, runbook: {said: no}}",
        "answers",
        [
            {"question": "alarm", "said": "yes"},
            {"question": "rollback", "said": "unknown"},
            {"question": "runbook", "said": "no"},
        ],
    ),
    "new terms as keys": (
        "vendors: {Zed Ltd: {paid: yes}}",
        "vendors",
        [{"name": "zed-ltd", "paid": "yes"}],
    ),
    "records in records": (
        "contributing_factors:\n  - factor: load\n    steps:\n      - {at: 2026-01}",
        "contributing_factors",
        [{"factor": "load", "steps": [{"at": "2026-01"}]}],
    ),
    "a reference with its ending": ("see: Two_Days.md", "see", ["two-days"]),
    "blanks": ("vendors:\nno_factor: ''\nsee: []\nlogs: [{}]", "vendors", None),
}


@pytest.mark.parametrize("name", READ)
def test_a_value_is_read_as_it_was_meant(name: str) -> None:
    """Short forms give what the long ones do, and no text changes its type."""
    fields, asked, expected = READ[name]
    written = front(fields)
    assert [p.message for p in written.problems if p.severity == "error"] == []
    assert written.case is not None
    assert written.case.values.get(asked) == expected


REFUSED = {
    "a day of no month": ("began: 2026-02-30", "'2026-02-30' is not a date"),
    "year nought": ("ended: '0000'", "'0000' is not a date"),
    "full-width digits": ("ended: \uff12026", "'\uff12026' is not a date"),
    "a month for a day": ("began: 2026-02", "'2026-02' is not a day"),
    "a list in a list": ("systems: [[queue]]", "'systems' wants a term, not a list"),
    "a record for a text": ("no_factor: {a: b}", "'no_factor' wants text, not a mapping of keys"),
    "a group": ("systems: stores", "'stores' is a group of terms; name the one that fits"),
    "a noun of its own": ("systems: mainframe", "'mainframe' is not a system"),
    "a label as noun": ("contributing_factors: rain", "'rain' is not a factor"),
    "a name of signs": ("see: '!!!'", "'!!!' cannot be part of an address: it has no letter"),
    "unknown as a name": ("see: [Unknown!]", "'Unknown!' cannot be a name here"),
    "a new term of signs": ("vendors: ['!']", "'!' cannot be a term: it has no letter"),
    "a new term for nothing": ("vendors: [N/A]", "'N/A' is not a name"),
    "an address with a password": (
        "logs: [{id: a, url: 'https://me:pw@x.org'}]",
        "'https://me:pw@x.org' is not a web address",
    ),
    "an address that breaks": ("logs: [{id: a, url: 'http://[::1'}]", "is not a web address"),
    "a key of another record": ("logs: [{id: a, factor: load}]", "'logs' has no field 'factor'"),
    "a long word": (f"systems: {'x' * 500}", f"'{'x' * 59}…' is not a system"),
    "a prompt": ("no_factor: …", "'no_factor' is not filled in: it says '…'"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_by_name(name: str) -> None:
    """The first message quotes what was typed, and it is an error."""
    fields, expected = REFUSED[name]
    found = front(fields)
    assert found.problems[0].severity is Severity.ERROR
    assert expected in found.problems[0].message


def test_thousands_of_wrong_words_are_refused_in_good_time() -> None:
    """Near words are looked for a hundred times, and two hundred problems are told."""
    found = front("contributing_factors: [" + ", ".join(f"rain{n}" for n in range(1900)) + "]")
    hints = [problem.hint for problem in found.problems]
    assert len(found.problems) == 200
    assert set(hints[100:199]) == {"terms: content/vocabulary/factors.yml"}
    assert (found.problems[-1].code, found.problems[-1].severity) == ("too-many", Severity.ERROR)


def test_a_list_of_thousands_is_refused_at_once() -> None:
    """It has one problem, and nothing of it is read."""
    found = front("vendors: [" + ", ".join(f"vendor {n}" for n in range(30_000)) + "]")
    assert [(p.code, p.message) for p in found.problems] == [
        ("too-many", "'vendors' has more than 2,000 entries")
    ]


def test_places_lead_to_values_at_any_depth() -> None:
    """Every text has a place, from which its field follows."""
    values: dict[str, Value] = {"a": [{"b": ["x", "y"]}, "unknown"], "c": {"d": "z"}}
    assert list(every_text(values)) == [
        ("a.0.b.0", "x"),
        ("a.0.b.1", "y"),
        ("a.1", "unknown"),
        ("c.d", "z"),
    ]
    assert list(located(values, ("a", "b"))) == [
        ("a.0.b.0", "x"),
        ("a.0.b.1", "y"),
        ("a.1", "unknown"),
    ]
    assert field_path("a.0.b.1") == ("a", "b")


def test_a_schema_offers_the_ids_of_narrow_terms() -> None:
    """A closed vocabulary is an enumeration without its groups; an open one takes any text."""
    made = model()
    properties: Any = object_schema(made.fields, made.vocabularies)["properties"]
    one = {"enum": ["queue", "postgres", "unknown"]}
    assert properties["systems"]["anyOf"] == [
        {"type": "array", "items": {"anyOf": [one, {"const": "unknown"}]}},
        one,
        {"const": "unknown"},
    ]


SIGNS = " .!:_[]()"
ALONE = sorted(word for word in PLACEHOLDERS if word == word.strip(SIGNS))
FILLINGS = ("lorem ipsum", "[insert a name", "(à compléter)", "<tbc >", "{XXXX}", "(todo]")
UNFINISHED = st.one_of(
    st.builds("".join, st.tuples(st.text(SIGNS), st.sampled_from(ALONE), st.text(SIGNS))),
    st.builds(" ".join, st.tuples(st.text(SIGNS), st.sampled_from(FILLINGS), st.text("ab (["))),
)


@given(UNFINISHED, st.sampled_from([str, str.upper, str.title]))
def test_a_placeholder_is_known_in_any_letters(text: str, letters: Callable[[str], str]) -> None:
    """A text that only keeps a place is known by a short word alone, or by words amid others."""
    assert is_placeholder(letters(text))
