"""Tests of the checks of one record, with a model that nests them deeper than the shipped one."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.records.checks.declared import is_later
from postmortems import front

STEPS = "contributing_factors.steps"
CHECKED = {
    "nothing": ("size: note", []),
    "a need of a member": (
        "size: report\nbegan: 2026-01-01\ncontributing_factors: load",
        ["5:23 this entry of 'contributing_factors' needs 'fixed'"],
    ),
    "a need or another": (
        "size: report\nbegan: 2026-01-01",
        ["1:1 a report needs 'contributing_factors' or 'no_factor'"],
    ),
    "the other": ("size: report\nbegan: 2026-01-01\nno_factor: It was an accident.", []),
    "the other, unreadable": (
        "size: report\nbegan: unknown\nno_factor: {a: b}",
        ["5:12 'no_factor' wants text, not a mapping of keys to values"],
    ),
    "a need three records deep": (
        "contributing_factors:\n  - factor: load\n    steps: [{until: 2026}]",
        ["5:13 this entry of 'steps' needs 'at'"],
    ),
    "an order in the same entry alone": (
        """\
contributing_factors:
  - factor: load
    steps: [{at: 2026, until: 2027}, {at: 2029, until: 2028-12}]
  - factor: deploy
    steps: [{at: 2025, until: 2025-06}]""",
        [f"5:56 '{STEPS}.until' is 2028-12, which is before '{STEPS}.at', 2029"],
    ),
    "a value that is refused": (
        "size: drill\nvendors:\n  - {name: acme, paid: yes}\n  - {name: us, paid: no}",
        ["5:24 'yes' is paid for a drill"],
    ),
    "a warning lifted by all but us": (
        "systems: postgres\nvendors: [us, {name: acme, agreed: yes}]",
        [],
    ),
    "a warning that one lets stand": (
        "systems: postgres\nvendors: [{name: acme, agreed: yes}, {name: acme}]",
        ["3:10 a database in public"],
    ),
    "a warning with nobody to ask": ("systems: [queue, pg]", ["3:18 a database in public"]),
    "a warning that does not apply": ("systems: pg\naccess: internal", []),
    "a link to a source three records deep": (
        """\
access: anonymised
no_factor: See y.example/a.
contributing_factors:
  - {factor: load, steps: [{at: 2026, link: 'https://y.example/a/'}]}""",
        ["4:12 the address of a source must not be shown here"],
    ),
    "a person's name": (
        "access: anonymised\nreporter: Noy Example\nno_factor: Noy\u00a0Example was tired.",
        ["5:12 'Noy Example' must not be named here"],
    ),
    "a term that is also a name": (
        "vendors: [{name: queue, agreed: no}]",
        [],
    ),
}


@pytest.mark.parametrize("name", CHECKED)
def test_what_is_wrong_with_a_record(name: str) -> None:
    """All that is wrong, each in its place, and nothing else."""
    fields, expected = CHECKED[name]
    found = front(fields)
    assert [f"{p.line}:{p.column} {p.message}" for p in found.problems] == expected


def test_the_sources_of_a_record_are_listed_in_their_order() -> None:
    """The hint beside an unknown source names those there are as the file has them."""
    sources = "logs: [{id: web}, {id: chat}, {id: alarm}, {id: bill}]"
    parsed = front(f"contributing_factors: [{{factor: load, logs: wed}}]\n{sources}")
    assert [(p.message, p.hint) for p in parsed.problems] == [
        (
            "there is no source 'wed' in this record",
            "add it under 'logs:'; its sources: web, chat, alarm, bill",
        )
    ]


def test_of_each_check_no_more_is_reported_than_anybody_reads() -> None:
    """A check that finds hundreds of mistakes is cut short, and hides those of no other check."""
    ids = ", ".join(f"s{number}" for number in range(250))
    vendors = ", ".join(["{name: acme, paid: yes}"] * 250)
    steps = ", ".join(["{at: 2026, until: 2025}"] * 250)
    parsed = front(
        f"size: drill\nvendors: [{vendors}]\n"
        f"contributing_factors: [{{factor: load, logs: [{ids}], steps: [{steps}]}}]"
    )
    codes = Counter(problem.code for problem in parsed.problems)
    assert codes == {"unknown-source": 200, "out-of-order": 200, "paid-in-a-drill": 200}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2014", "2013", True),
        ("2014", "2014-01", False),
        ("2014-02", "2014", False),
        ("2014-02", "2014-01-31", True),
        ("2014-01-02", "2014-01-01", True),
        ("2014-01-01", "2014-01-01", False),
        ("unknown", "2013", False),
        ("2014", "", False),
    ],
)
def test_a_bare_year_is_any_day_of_it(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    """A date is later only where no day of it could be before the other."""
    assert is_later(one, other) is expected
