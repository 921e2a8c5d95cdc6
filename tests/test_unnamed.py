"""Tests of partners that are nobody: a kind of partner, such as the media, and no organisation."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

import built
from generator.base.problem import Severity
from generator.model.value import first
from postmortems import MODEL, declared, model, record
from rows import made
from small import library, own_model, snapshot

NOBODY = """\
partners:
  - UNICEF
  - {unnamed: yes, type: media, sector: private}
  - {name: radio stations in two provinces, unnamed: yes, type: media}
  - {unnamed: yes, type: unknown}
"""


def told(title: str, partners: str, more: str = "") -> str:
    """Return a snapshot with its own partners."""
    return snapshot(title, more).replace("partners: UNICEF\n", partners)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Give the site of two cases with partners that are nobody, and of one without a name."""
    root = library(
        tmp_path_factory.mktemp("unnamed"),
        air=told("Air", NOBODY),
        sea=told("Sea", "partners:\n  - {unnamed: yes, type: community-group}\n"),
        dream=told(
            "Dream",
            "partners:\n  - {name: unknown, type: donor}\n",
            "record_type: indicative-example\n",
        ),
        fact=told("Fact", "partners:\n  - {name: unknown, type: donor}\n"),
    )
    return made(root)


def text(files: Mapping[str, bytes], path: str) -> str:
    """Return what a page says."""
    return built.read(path, files[path]).text


def test_they_are_told_on_the_page_of_their_case(files: Mapping[str, bytes]) -> None:
    """By what describes them and their kind; nothing of it is a link to a partner."""
    page = text(files, "cases/air.html")
    assert "[UNICEF](../partners/unicef.html)" in page
    assert "[Media, without a name](../type/media.html)" in page
    assert "radio stations in two provinces (Media, without a name)" in page
    assert "Without a name" in page


def test_a_name_that_nobody_gives_is_told_by_kind_of_record(files: Mapping[str, bytes]) -> None:
    """An example says that the note names nobody, any other record that nobody is named."""
    assert "Not named in the note" in text(files, "cases/dream.html")
    assert "Not named in the note" not in text(files, "cases/fact.html")
    assert "Not named" in text(files, "cases/fact.html")


def test_only_names_are_counted_and_listed(files: Mapping[str, bytes]) -> None:
    """The directory, the home page and the report count names, and state the others in words."""
    assert [path for path in files if path.startswith("partners/")] == [
        "partners/index.html",
        "partners/unicef.html",
    ]
    page = text(files, "partners/index.html")
    assert "\n1 partner from 3 case studies" in page
    assert (
        "Besides them there are 4 partners without a name: "
        "Media (2), Community group (1), kind unknown (1)." in page
    )
    assert "4 partners without a name" in text(files, "index.html")
    assert "4 partners without a name" in text(files, "report.html")


def test_their_kind_is_counted_as_any_other(files: Mapping[str, bytes]) -> None:
    """The page of the type has the case, and says who it was there."""
    page = text(files, "type/media.html")
    assert "[Air](../cases/air.html" in page
    assert "radio stations in two provinces" in page


def test_data_files_carry_them(files: Mapping[str, bytes]) -> None:
    """A row each, without a term, with what says that there is no name."""
    rows = list(csv.DictReader(files["data/partners.csv"].decode("utf-8-sig").splitlines()))
    found = [(r["case"], r["term"], r["unnamed"], r["description"], r["type"]) for r in rows]
    assert found == [
        ("air", "unicef", "", "", ""),
        ("air", "", "yes", "", "media"),
        ("air", "", "yes", "radio stations in two provinces", "media"),
        ("air", "", "yes", "", "unknown"),
        ("fact", "unknown", "", "", "donor"),
        ("sea", "", "yes", "", "community-group"),
    ]


def test_nothing_is_missing_from_them(tmp_path: Path) -> None:
    """A full record is not asked for a name that is not there, nor for consent to it."""
    more = "visibility: public\n"
    root = library(
        tmp_path,
        one=told("One", "partners:\n  - {unnamed: yes, type: media}\n", more).replace(
            "our_role: leading", "our_role: behind-the-scenes"
        ),
    )
    own_model(root)
    _, problems = built.complaints(root, tmp_path / "cache")
    assert [str(problem) for problem in problems] == []


LISTED = "is a name: content/vocabulary/partners.yml lists it"


@pytest.mark.parametrize(
    ("partners", "severity", "message"),
    [
        ("{unnamed: yes, name: UNICEF, type: media}", Severity.ERROR, f"'UNICEF' {LISTED}"),
        ("{unnamed: yes, description: unicef, type: media}", Severity.ERROR, f"'unicef' {LISTED}"),
        (
            "{unnamed: yes, name: Quartz, type: company, consent_to_name: no}",
            Severity.ERROR,
            "'consent_to_name: no' hides a name, and 'unnamed: yes' has none",
        ),
        (
            "{unnamed: yes, name: a mine, description: a quarry, type: company}",
            Severity.ERROR,
            "'name' and 'description' both describe who has no name",
        ),
        ("{unnamed: yes}", Severity.ERROR, "an entry with 'unnamed: yes' needs 'type'"),
        (
            "{unnamed: yes, name: The Quartz Company, type: company}",
            Severity.WARNING,
            "'The Quartz Company' looks like a name, because of 'Quartz'",
        ),
    ],
)
def test_a_name_is_no_description(
    tmp_path: Path, partners: str, severity: Severity, message: str
) -> None:
    """Whoever writes a name and that there is none is asked which of the two holds."""
    root = library(tmp_path, one=told("One", f"partners:\n  - UNICEF\n  - {partners}\n"))
    own_model(root)
    _, problems = built.complaints(root, tmp_path / "cache")
    assert [(p.severity, p.message) for p in problems] == [(severity, message)]


@pytest.mark.parametrize(
    "written",
    [
        "name: Quartz Ltd",
        "name: quartz ltd",
        "description: like quartz ltd",
    ],
)
def test_a_hidden_name_does_not_come_back_as_a_description(tmp_path: Path, written: str) -> None:
    """It is an error like a hidden name in any other text, so nothing is published."""
    hidden = "  - {name: Quartz Ltd, consent_to_name: no}\n"
    other = f"  - {{{written}, unnamed: yes, type: company}}\n"
    root = library(tmp_path, one=told("One", f"partners:\n{hidden}{other}"))
    own_model(root)
    _, problems = built.complaints(root, tmp_path / "cache")
    assert "hidden-name" in {p.code for p in problems if p.severity is Severity.ERROR}


def test_what_looks_like_a_name_is_an_error_in_an_anonymised_record(tmp_path: Path) -> None:
    """There it would be printed although the record names nobody; the author can allow it."""
    partners = "partners:\n  - {name: The Quartz people, unnamed: yes, type: company}\n"
    root = library(tmp_path, one=told("One", partners, "visibility: anonymised\n"))
    own_model(root)
    _, problems = built.complaints(root, tmp_path / "cache")
    assert [(p.code, p.severity) for p in problems] == [("name-as-description", Severity.ERROR)]
    allowed = told("One", partners, "visibility: anonymised\nallowed: Quartz\n")
    (root / "content/cases/one.md").write_text(allowed, "utf-8")
    assert built.complaints(root, tmp_path / "cache")[1] == ()


def test_a_flag_in_brackets_is_one_too() -> None:
    """A list of one is read as the one: what stands as the name becomes no term here either."""
    note = "---\ntitle: One\nsystems: queue\nvendors:\n  - {nobody: [yes], sort: note, %s}\n---\n"
    refused = record(note % "name: [acme]", of=model(STRANGER))
    assert refused.case
    assert refused.case.new_terms == {}
    assert first(refused.case.values, ("vendors", "name")) == ""
    assert [p.message for p in refused.problems] == [
        "'acme' is a name: content/vocabulary/vendors.yml lists it"
    ]
    hidden = record(note % "name: some, agreed: [no]", of=model(STRANGER))
    assert [p.message for p in hidden.problems] == [
        "'agreed: no' hides a name, and 'nobody: yes' has none"
    ]


STRANGER = MODEL.replace(
    "      paid: {kind: term,",
    "      nobody: {kind: term, vocabulary: answer, role: unnamed, label: Nobody, help: H.}\n"
    "      sort: {kind: term, vocabulary: size, role: entry-kind, label: Sort, help: H.}\n"
    "      paid: {kind: term,",
)
"""Another model, which has no field for a description."""


def test_another_model_has_its_own_names_for_it() -> None:
    """The site finds the fields by their roles; without one for a description a name is refused."""
    note = "---\ntitle: One\nsystems: queue\nvendors:\n  - {nobody: yes, sort: note}\n---\n"
    parsed = record(note, of=model(STRANGER))
    assert [p for p in parsed.problems if p.severity is Severity.ERROR] == []
    refused = record(note.replace("nobody: yes", "nobody: yes, name: some"), of=model(STRANGER))
    assert [p.message for p in refused.problems if p.severity is Severity.ERROR] == [
        "'name' is written, and 'nobody' says that there is none"
    ]
    assert refused.case
    assert first(refused.case.values, ("vendors", "name")) == ""


RENAMED = (
    STRANGER.replace("      nobody: {", "      nobody: {former_names: [none], ")
    .replace("      agreed: {", "      agreed: {former_names: [consent], ")
    .replace(
        "      paid: {kind: term,",
        "      told: {kind: line, role: description, former_names: [about], label: T, help: H.}\n"
        "      paid: {kind: term,",
    )
)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("about: acme", "'acme' is a name: content/vocabulary/vendors.yml lists it"),
        ("name: some, consent: no", "'agreed: no' hides a name, and 'nobody: yes' has none"),
        ("name: some, about: other", "'name' and 'about' both describe who has no name"),
    ],
)
def test_former_names_are_looked_at_like_present_ones(written: str, message: str) -> None:
    """Else an old record would print a name as a description, and no check would see it."""
    fields = f"vendors:\n  - {{none: yes, sort: note, {written}}}\n"
    note = f"---\ntitle: One\nsystems: queue\n{fields}---\n"
    found = record(note, of=model(RENAMED)).problems
    assert [p.message for p in found if p.severity is Severity.ERROR] == [message]


@pytest.mark.parametrize("taken", ["role: entry-kind, ", "key: name\n    "])
def test_a_kind_and_a_key_are_needed(taken: str) -> None:
    """Without them nothing could tell who has no name."""
    text_ = STRANGER.replace(taken, "", 1)
    messages = " ".join(problem.message for problem in declared(text_)[1])
    assert "nothing tells who has no name, nor of what kind" in messages
