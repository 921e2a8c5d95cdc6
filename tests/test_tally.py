"""Every number is right: each is compared with the same number worked out a second, plain way."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest

import built
from generator.analysis.substance import FEW
from generator.analysis.tally import (
    age,
    answer_summary,
    co_occurring_terms,
    missing_fields,
    term_counts,
)
from generator.base.dates import date_in_words, last_day
from generator.library.library import Library
from generator.model.value import UNKNOWN, Value
from generator.records.checks.conditions import applies
from generator.records.filled import filled
from plainly import Plainly


@pytest.fixture(scope="module", params=["tiny", "postmortems", "shipped"])
def both(
    request: pytest.FixtureRequest,
    shipped_files: Mapping[str, bytes],
    plain: Plainly,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Plainly, Mapping[str, bytes]]:
    """Give a library read plainly, and the files of its site."""
    if request.param == "shipped":
        return plain, shipped_files
    root = built.SITES / request.param
    files = built.build(root, tmp_path_factory.mktemp("cache"))
    return Plainly(root / "content", root / "content"), files


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Give the tiny library."""
    found = built.checked(built.SITES / "tiny", tmp_path_factory.mktemp("cache")).library
    assert found is not None
    return found


def test_the_data_agree_with_the_files(both: tuple[Plainly, Mapping[str, bytes]]) -> None:
    """`library.json` names for each term of each facet exactly the cases whose files name it."""
    plain, files = both
    data = json.loads(files["data/library.json"])
    labels = {v["name"]: {t["id"]: t["label"] for t in v["terms"]} for v in data["vocabularies"]}
    found = {
        facet["name"]: {
            labels[facet["vocabulary"]][term["id"]]: set(term["cases"])
            for term in facet["terms"]
            if term["cases"]
        }
        for facet in data["facets"]
    }
    assert found == plain.index()
    assert data["counted"] == len(plain.counted())
    for facet in data["facets"]:
        for term in facet["terms"]:
            assert term["computed"]["cases"] == len(term["cases"]) == len(set(term["cases"]))


ROW = re.compile(r"^\[(?P<label>.*?)\]\((?P<to>[^)]*)\) (?P<count>\d+) of (?P<total>\d+)")
LINE = re.compile(r"^\| \[(?P<label>.*?)\]\((?P<to>[^)]*)\) \| (?P<count>\d+)\b")


LINK = re.compile(r"\[(?P<label>[^\]]*)\]\((?P<to>[^)]*)\)")


def _named_alone(plain: Plainly) -> set[str]:
    """Return the facets whose pages name small numbers of cases: countries, and directories."""
    places = plain.model.get("across", {}).get("places", "")
    return {places, "partners", "neighbours"}


def _links(text: str) -> Mapping[str, str]:
    """Return where each label of a page leads, by the first link of that name."""
    links: dict[str, str] = {}
    for found in LINK.finditer(text):
        if found["to"].startswith("#"):
            continue
        links.setdefault(found["label"], unquote(found["to"]))
    return links


def test_facet_pages_agree_with_the_files(both: tuple[Plainly, Mapping[str, bytes]]) -> None:
    """Each term is on its facet's page, and each count there is the number of cases that name it.

    Names and countries of few cases stand there without a number.
    """
    plain, files = both
    for name, terms in plain.index().items():
        path = f"{name.replace('_', '-')}/index.html"
        text = built.read(path, files[path]).text
        rows = [m for line in text.splitlines() if (m := ROW.match(line) or LINE.match(line))]
        rows = [row for row in rows if "](" not in row["label"]]  # two names that met again
        printed = {row["label"]: int(row["count"]) for row in rows}
        counts = {label: len(cases) for label, cases in terms.items()}
        assert printed.items() <= counts.items(), path
        if name not in _named_alone(plain):
            assert printed == counts, path
        assert counts.keys() <= _links(text).keys(), path
        for label, number in counts.items():
            named = rf"\[{re.escape(label)}\]\([^)]*\)(?: \|)? {number}\b"
            assert number < FEW or re.search(named, text), (path, label)
        totals = {row["total"] for row in rows if "total" in row.re.groupindex}
        assert totals <= {str(len(plain.counted()))}, path


def test_term_pages_lead_back_to_every_case(both: tuple[Plainly, Mapping[str, bytes]]) -> None:
    """The page of a term states its number, and leads to each case that names it and no other."""
    plain, files = both
    folder = plain.model.get("folder", "cases")
    for name, terms in plain.index().items():
        place = f"{name.replace('_', '-')}/index.html"
        links = _links(built.read(place, files[place]).text)
        for label, cases in terms.items():
            if len(cases) == 1 and links[label].startswith(f"../{folder}/"):
                (case,) = cases  # one case: the list leads to what it says
                assert links[label].partition("#")[0] == f"../{folder}/{case}.html"
                continue
            path = f"{place.rpartition('/')[0]}/{links[label]}"
            page = built.read(path, files[path])
            said = page.text.partition("## Indicative examples")[0]
            led = set(re.findall(rf"### \[[^\n]*?\]\(\.\./{folder}/([^)#]*)\.html", said))
            assert {unquote(id_) for id_ in led} == cases, path
            assert re.search(rf"\b{len(cases)} of {len(plain.counted())} ", page.text), path


def test_a_case_counts_once_with_its_translations(tiny: Library) -> None:
    """A translation stands under its original: it is counted nowhere, and its page says why."""
    assert tiny.counted == ("shore", "hill")
    assert tiny.examples == ("moon",)
    assert {id_: tiny.original(id_) for id_ in tiny.ids if tiny.original(id_)} == {"jardin": "hill"}
    assert {id_: tiny.translations(id_) for id_ in tiny.ids if tiny.translations(id_)} == {
        "hill": ("jardin",)
    }
    assert [tiny.is_counted(id_) for id_ in ("hill", "jardin", "moon")] == [True, False, False]


def test_unknown_is_stated_and_never_counted(tiny: Library) -> None:
    """Unknown is no term: a facet states how many cases name a term, do not know, or are silent."""
    answer_counts = tiny.answer_counts("way")
    assert (answer_counts.known, answer_counts.unknown, answer_counts.silent) == (1, 1, 0)
    assert tiny.counts("way") == {"helped": 1, "hindered": 1}
    assert tiny.counts("trade") == {"farmer": 1, "miller": 1}


def test_a_group_counts_a_case_once(tiny: Library) -> None:
    """A group counts each case once, however many of its terms, at whatever depth, it names."""
    counts = {"light": 2, "sand": 1, "dune": 1, "sand-and-sea": 1, "clay": 1}
    assert tiny.counts("soil") == counts
    assert term_counts(tiny, tiny.counted, tiny.model.facets["soil"]) == counts
    assert {term: tiny.count("soil", term) for term in counts} == counts


def test_what_occurs_together(tiny: Library) -> None:
    """A term occurs with other terms of the same cases, what is below it left out."""
    found = co_occurring_terms(tiny, tiny.model.facets["soil"], "light")
    assert {item.facet.name: dict(item.terms) for item in found}["helps"] == {
        "rain": 2, "compost": 1, "patience": 1,
    }  # fmt: skip
    assert [dict(item.terms) for item in found if item.facet.name == "soil"] == [{"clay": 1}]


def test_a_group_stands_first_in_what_occurs_together(tiny: Library) -> None:
    """A group counts each case once, with its terms below; what is above a term is left out."""
    facet = tiny.model.facets["helps"]
    found = {item.facet.name: item for item in co_occurring_terms(tiny, facet, "rain")}
    assert found["soil"].terms == (("light", 2), ("clay", 1))
    assert found["soil"].below == {"light": (("dune", 1), ("sand", 1))}
    beside_sand = co_occurring_terms(tiny, tiny.model.facets["soil"], "sand")
    assert [item.terms for item in beside_sand if item.facet.name == "soil"] == [(("clay", 1),)]


def test_same_entry_counting(tiny: Library, tmp_path: Path) -> None:
    """What divides a term's entries is read in the same entry: rain helped here, hindered there."""
    files = built.build(built.SITES / "tiny", tmp_path)
    assert "Way: helped in 1, hindered in 1, unknown in 1" in built.read(
        "helps/rain.html", files["helps/rain.html"]
    ).text.replace("\n", " ")
    assert [m.entry for m in tiny.mentions("helps", "rain")] == [0, 1, 2]


def test_answers_are_out_of_all_questions(tiny: Library) -> None:
    """A sum of answers is out of all questions; what is unknown as a whole has no sum."""
    field = tiny.model.fields["test"]
    summed = answer_summary(field, tiny.claims("hill", "test"), tiny.model)
    assert summed is not None
    assert summed.sentence == "one of three questions, one unanswered"
    assert (summed.yes, summed.no, summed.unasked, summed.excused) == (1, 1, ("time",), True)
    assert answer_summary(field, tiny.claims("shore", "test"), tiny.model) is None


def test_what_is_missing(tiny: Library) -> None:
    """What a full record needs and this one lacks is listed, in entries too; unknown will do."""
    assert [field.dotted for field in missing_fields(tiny.case("shore").values, tiny.model)] == [
        "neighbours.trade"
    ]
    assert list(missing_fields(tiny.case("hill").values, tiny.model)) == []
    assert [f.dotted for f in missing_fields(tiny.case("moon").values, tiny.model)] == [
        "neighbours"
    ]


def test_what_is_missing_follows_from_what_is_filled_in(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Whatever a record says or leaves out, `filled` tells the same of it, and no words."""
    library = built.checked(built.SHIPPED, tmp_path_factory.mktemp("cache")).library
    assert library is not None
    model, seen = library.model, set()
    for id_ in library.counted:
        values = library.case(id_).values
        for name in values:
            others = {key: value for key, value in values.items() if key != name}
            alone: dict[str, Value] = {"partners": [{"name": "care"}]}
            for said in (values, others, {**others, name: UNKNOWN}, {**others, **alone}):
                kept = filled(said, model)
                assert list(missing_fields(kept, model)) == list(missing_fields(said, model))
                assert [applies(f, kept) for f in model.fields.values()] == [
                    applies(f, said) for f in model.fields.values()
                ]
                seen.update(re.findall(r"'[^':]*'(?!:)", repr(kept)))
    assert seen == {"'…'", "'unknown'", "'bilateral'", "'care'", "'yes'"}


@pytest.mark.parametrize(
    ("updated", "due", "as_of", "months", "overdue"),
    [
        ("2026-05-01", "", "2026-05-31", 0, False),
        ("2026-05-01", "2026-05-31", "2026-06-01", 1, True),
        ("2025-12", "2026-05", "2026-05-31", 5, False),
        ("2024", "2025", "2026-01-01", 12, True),
        ("2027-01-01", "", "2026-01-01", 0, False),
        ("", "", "2026-01-01", None, False),
        ("2026-01-01", "2026-02-01", "", None, False),
        ("9999", "9999", "9999-12-31", 0, False),
    ],
)
def test_age(updated: str, due: str, as_of: str, months: int | None, *, overdue: bool) -> None:
    """A record's age is in whole months; a date without its day is the last of its days."""
    found = age(updated, due, as_of)
    assert (found.months, found.overdue) == (months, overdue)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026", "2026"),
        ("2026-11", "November 2026"),
        ("2026-11-02", "2 November 2026"),
        ("2026-13", "2026-13"),
        ("٢٠٢٦", "٢٠٢٦"),
        ("the spring of 1999", "the spring of 1999"),
        ("", ""),
    ],
)
def test_dates_are_as_precise_as_they_were_written(text: str, words: str) -> None:
    """A date is spoken in the precision in which it was written; other text stays as it is."""
    assert date_in_words(text) == words


def test_the_last_day_of_a_february() -> None:
    """A month means its last day at the latest, in a leap year too."""
    assert str(last_day("2024-02")) == "2024-02-29"
