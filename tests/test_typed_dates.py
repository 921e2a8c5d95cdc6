"""Tests of dates as people type them: what is offered in their place."""

from __future__ import annotations

import time

import pytest

from generator.model.typed_dates import means_going_on, possible_dates, possible_periods


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("8 February 2019", "2019-02-08"),
        ("Feb 8 2019", "2019-02-08"),
        ("Friday, 8th of Feb., 2019", "2019-02-08"),
        ("25/12/2018", "2018-12-25"),
        ("12/25/2018", "2018-12-25"),
        ("25.12.18", "2018-12-25"),
        ("2018.12.25", "2018-12-25"),
        ("2018/3/5", "2018-03-05"),
        ("20181225", "2018-12-25"),
        ("25-Dec-2018", "2018-12-25"),
        ("25Dec2018", "2018-12-25"),
        ("2018-12-25 10:30", "2018-12-25"),
        ("2018-12-25T10:30:00Z", "2018-12-25"),
        ("2018-3", "2018-03"),
        ("\u201c2018-12-25\u201d", "2018-12-25"),
        ("\xab\u202f25 mars 2018\u202f\xbb", "2018-03-25"),
        ("**2018-12-25**", "2018-12-25"),
        ("2018\\-12\\-25", "2018-12-25"),
        ("2018-12-25,", "2018-12-25"),
        ("(2018)", "2018"),
        ("2018-25-12", "2018-12-25"),
        ("3/2018", "2018-03"),
        ("Sept. 2018", "2018-09"),
        ("2018 August", "2018-08"),
        ("1er août 2018", "2018-08-01"),
        ("décembre 2018", "2018-12"),
        ("5 de marzo de 2018", "2018-03-05"),
        ("setembro de 2018", "2018-09"),
        ("3. März 2018", "2018-03-03"),
        ("Q2 2018", "2018"),
        ("T4 2018", "2018"),
        ("mi-2018", "2018"),
        ("late 2018", "2018"),
        ("début 2018", "2018"),
        ("summer 2018", "2018"),
        ("circa 2018", "2018"),
        ("~2018", "2018"),
        ("since 2018", "2018"),
        ("\uff12\uff10\uff11\uff18-\uff10\uff13-\uff10\uff15", "2018-03-05"),
        ("٢٠١٨", "2018"),
        ("2018–03–05", "2018-03-05"),
        ("03/04/2021", "2021-04-03 2021-03-04"),
        ("5/5/2021", "2021-05-05"),
        ("7.8.19", "2019-08-07 2019-07-08"),
    ],
)
def test_a_date_that_is_meant(typed: str, dates: str) -> None:
    """The date is offered as a record wants it; both, where day and month could change places."""
    assert possible_dates(typed) == dates.split()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2018-02-30",
        "31/11/2018",
        "13/2018",
        "12345",
        "1234",
        "last year",
        "March",
        "2 March",
        "2010s",
        "phase 2",
        "v2 2018",
        "2018 or 2019",
        "1/1/1",
        "30/30/2018",
        "March April 2018",
        "room 101 2018",
        "Resolution 1325",
        "7 8 March 2018",
        "a" * 100_000,
    ],
)
def test_no_date_is_guessed(typed: str) -> None:
    """What is in no calendar, or may be anything, is no date."""
    assert possible_dates(typed) == []


@pytest.mark.parametrize(
    ("typed", "periods"),
    [
        ("2015-2018", ["2015 2018"]),
        ("2015–2018", ["2015 2018"]),
        ("2015/2018", ["2015 2018"]),
        ("2015 to 2018", ["2015 2018"]),
        ("from 2015 to 2018", ["2015 2018"]),
        ("de 2015 à 2018", ["2015 2018"]),
        ("between 2015 and 2018", ["2015 2018"]),
        ("entre 2015 y 2018", ["2015 2018"]),
        ("2015-03 to 2018", ["2015-03 2018"]),
        ("March 2015 - June 2018", ["2015-03 2018-06"]),
        ("desde 2015 hasta 2018", ["2015 2018"]),
        ("since 2015", ["2015 "]),
        ("depuis mars 2015", ["2015-03 "]),
        ("2015-", ["2015 "]),
        ("2015 - ongoing", ["2015 "]),
        ("2015 à ce jour", []),
        ("2015", ["2015 "]),
        ("2015-18", ["2015 2018"]),
        ("2015-16", ["2015 2016"]),
        ("2009-10", ["2009 2010", "2009-10 "]),
        ("2015-03", ["2015-03 "]),
        ("2018-2015", []),
        ("until 2018", []),
        ("three years", []),
        ("1 - " * 50_000, []),
    ],
)
def test_a_period_that_is_meant(typed: str, periods: list[str]) -> None:
    """Start and end; no end where it goes on; two where a month could be a year."""
    assert [" ".join(pair) for pair in possible_periods(typed)] == periods


def test_words_for_an_end_that_is_still_to_come() -> None:
    """In several languages, and in any capitals."""
    going_on = ["Ongoing", "to date", "à ce jour", "en curso", "Em curso", "aujourd'hui", "LAUFEND"]
    assert all(map(means_going_on, going_on))
    assert not any(map(means_going_on, ["2018", "ended", "soon", "presently discussed", ""]))


def test_a_flood_is_passed_over_at_once() -> None:
    """A megabyte in the place of a date takes no time."""
    start = time.perf_counter()
    for text in ("1/" * 500_000, "to " * 300_000, "jan " * 250_000, " " * 1_000_000):
        assert (possible_dates(text), possible_periods(text)) == ([], [])
    assert time.perf_counter() - start < 1
