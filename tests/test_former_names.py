"""Tests of fields and organisations that had another name: old records stay as good as new ones."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from generator.base.problem import Severity
from generator.cli.main import main
from generator.exports.schema import record_schema
from generator.model.organisation import Organisation
from generator.model.value import first
from postmortems import MODEL, declared, declared_by, model, record
from small import library, own_model, snapshot

RENAMED = MODEL.replace(
    "  began: {kind: date,", "  began: {kind: date, former_names: [started, start],"
).replace("      what: {kind: text,", "      what: {kind: text, former_names: [story],")
"""A model in which a field had two names before, and one inside a list of records had one."""

NOTE = "---\ntitle: One\nsystems: queue\n{}---\n"


def test_a_former_name_is_read_and_noted_at_any_depth() -> None:
    """Values stand under the present name; each old name has a note where it was typed."""
    fields = (
        "started: 2026-01-02\ncontributing_factors:\n  - factor: load\n    story: It was full.\n"
    )
    parsed = record(NOTE.format(fields), of=model(RENAMED))
    assert parsed.case
    assert first(parsed.case.values, ("began",)) == "2026-01-02"
    assert first(parsed.case.values, ("contributing_factors", "what")) == "It was full."
    notes = [
        (p.line, p.column, p.message, p.hint) for p in parsed.problems if p.code == "former-name"
    ]
    assert notes == [
        (4, 1, "'started' is now called 'began'", "write 'began:' instead"),
        (7, 5, "'story' is now called 'what'", "write 'what:' instead"),
    ]
    assert {p.severity for p in parsed.problems if p.code == "former-name"} == {Severity.NOTE}


def test_a_slip_in_a_former_name_suggests_the_present_one() -> None:
    """The field counts as written, so that nobody is told of it twice; inside a list too."""
    fields = "startd: 2026\nsize: report\ncontributing_factors:\n  - {factor: load, storry: Full}\n"
    found = record(NOTE.format(fields), of=model(RENAMED)).problems
    hints = {p.message: p.hint for p in found}
    assert hints["a post-mortem has no field 'startd'"] == "did you mean 'began'?"
    assert hints["'contributing_factors' has no field 'storry'"] == "did you mean 'what'?"
    assert not any("needs 'began'" in message for message in hints)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("began: 2026\nstarted: 2025\n", "'started' and 'began' are the same field"),
        ("started: 2025\nbegan: 2026\n", "'began' and 'started' are the same field"),
        ("started: 2025\nstart: 2026\n", "'start' and 'started' are the same field"),
    ],
)
def test_two_names_of_one_field_are_an_error(fields: str, message: str) -> None:
    """Nobody can tell which of the two values was meant."""
    found = [
        p
        for p in record(NOTE.format(fields), of=model(RENAMED)).problems
        if p.code == "duplicate-key"
    ]
    assert [(p.message, p.line) for p in found] == [(message, 5)]
    assert found[0].hint == "keep one of the two, and call it 'began'"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ended", "the former name 'ended' is the name of a field"),
        ("began", "the former name 'began' is the name of a field"),
        ("over", "the former name 'over' is also one of 'ended'"),
        ("was-it", "'was-it' cannot have been a field's name"),
    ],
)
def test_a_former_name_belongs_to_one_field_alone(name: str, message: str) -> None:
    """Else a record could mean either."""
    text = MODEL.replace("began: {kind: date,", f"began: {{kind: date, former_names: [{name}],")
    text = text.replace("ended: {kind: date,", "ended: {kind: date, former_names: [over],")
    made, problems = declared(text)
    assert made is None
    assert message in " ".join(problem.message for problem in problems)


def test_fields_inside_other_records_may_share_a_former_name() -> None:
    """A name counts where its field stands: two lists may each have had a 'story'."""
    text = RENAMED.replace("ended: {kind: date,", "ended: {kind: date, former_names: [story],")
    assert declared(text)[1] == []


def test_the_schema_takes_each_name_and_says_which_is_old() -> None:
    """An editor accepts an old record, strikes its old keys through, and still asks for a value."""
    schema = record_schema(
        model(
            RENAMED.replace("began: {kind: date, f", "began: {kind: date, need: always, f").replace(
                "precision: day, need: report,", "precision: day,"
            )
        )
    )
    assert schema["properties"]["started"]["deprecated"] is True  # type: ignore[index]
    assert schema["properties"]["started"]["description"] == "Now called began."  # type: ignore[index]
    base = {"title": "One", "systems": "queue"}
    for name in ("began", "started", "start"):
        jsonschema.validate({**base, name: "2026-01-02"}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(base, schema)


def test_an_old_record_of_the_shipped_model_is_published_under_the_new_names(
    tmp_path: Path,
) -> None:
    """The note does not stop a strict build; columns, pages and the old addresses follow."""
    old = snapshot("Old", "care_contributes: staff-time\n").replace("our_role", "care_role")
    root = library(tmp_path, old=old, new=snapshot("New"))
    file = root / "site_config.yml"
    file.write_text(f"{file.read_text('utf-8')}strict: true\n", "utf-8")
    own_model(root)
    checked = CliRunner().invoke(main, ["check", "-f", str(file), "--format", "github"])
    assert checked.exit_code == 0, checked.output
    assert "::notice file=content/cases/old.md,line=8,col=1,title=former-name::" in checked.output
    assert (
        "'care_role' is now called 'our_role'%0Ahint: write 'our_role:' instead" in checked.output
    )
    built = CliRunner().invoke(main, ["build", "-f", str(file)])
    assert built.exit_code == 0, built.output
    site = root / "site"
    header = (site / "data/cases.csv").read_text("utf-8-sig").splitlines()[0].split(",")
    assert {"our_role", "we_contribute", "we_operate_there"} <= set(header)
    assert not [name for name in header if "care" in name]
    assert "Old" in (site / "our-role/leading.html").read_text("utf-8")
    assert "../our-role/index.html" in (site / "care-role/index.html").read_text("utf-8")
    assert "../our-role/leading.html" in (site / "care-role/leading.html").read_text("utf-8")
    schema = json.loads((site / "data/record.schema.json").read_text("utf-8"))
    assert schema["properties"]["care_role"]["deprecated"]


def test_a_former_address_is_no_redirect_where_a_page_stands(tmp_path: Path) -> None:
    """The owner's own page in the folder of old stays, and hides no other."""
    root = library(tmp_path, one=snapshot("One"))
    (root / "content/care-role").mkdir()
    (root / "content/care-role/leading.md").write_text("# Ours\n\nWords.\n", "utf-8")
    built = CliRunner().invoke(main, ["build", "-f", str(root / "site_config.yml")])
    assert built.exit_code == 0, built.output
    page = (root / "site/care-role/leading.html").read_text("utf-8")
    assert "<h1>Ours</h1>" in page
    assert "../our-role/index.html" in (root / "site/care-role/index.html").read_text("utf-8")


def test_casebook_fields_and_settings_know_former_names(tmp_path: Path) -> None:
    """Whoever asks for an old name gets the field; in the settings the new one is offered."""
    root = library(tmp_path, one=snapshot("One"))
    file = root / "site_config.yml"
    shown = CliRunner().invoke(main, ["fields", "-f", str(file), "CARE_role"])
    assert shown.exit_code == 0, shown.output
    assert "our_role  (" in shown.output
    assert "formerly: care_role" in shown.output
    text = file.read_text("utf-8").replace("[casebook]", "[{casebook: {begin: [care_role]}}]")
    file.write_text(text, "utf-8")
    checked = CliRunner().invoke(main, ["check", "-f", str(file)])
    assert checked.exit_code == 2
    assert "did you mean 'our_role'?" in checked.output


def test_links_to_terms_by_a_former_name_still_lead_there(tmp_path: Path) -> None:
    """`term:care_role/leading` is as good as `term:our_role/leading`."""
    root = library(tmp_path, one=snapshot("One", body="[first](term:care_role/leading)"))
    built = CliRunner().invoke(main, ["build", "-f", str(root / "site_config.yml")])
    assert built.exit_code == 0, built.output
    assert "../our-role/leading.html" in (root / "site/cases/one.html").read_text("utf-8")


# ---- whose library ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "label", "help_", "definition"),
    [
        ("organisation: Oxfam", "Oxfam’s role", "part that Oxfam plays", "Oxfam leads"),
        (
            "language: en",
            "Our organisation’s role",
            "part that our organisation plays",
            "Our organisation leads",
        ),
        (
            "language: fr",
            "Notre organisation’s role",
            "part that notre organisation plays",
            "Notre organisation leads",
        ),
        (
            "language: km",
            "Our organisation’s role",
            "part that our organisation plays",
            "Our organisation leads",
        ),
    ],
)
def test_the_organisation_is_named_by_one_setting(
    tmp_path: Path, option: str, label: str, help_: str, definition: str
) -> None:
    """Labels, helps and definitions say it; without a name they say 'our organisation'."""
    root = library(tmp_path, one=snapshot("One"))
    file = root / "site_config.yml"
    text = file.read_text("utf-8").replace("[casebook]", f"[{{casebook: {{{option}}}}}]")
    file.write_text(text, "utf-8")
    built = CliRunner().invoke(main, ["build", "-f", str(file)])
    assert built.exit_code == 0, built.output
    pages = {path: path.read_text("utf-8") for path in (root / "site").rglob("*.html")}
    whole = "\n".join(pages.values()).replace("&#39;", "’")
    assert label in whole
    assert help_ in whole
    assert definition in whole
    assert "{organisation" not in whole
    assert "CARE" not in (root / "site/contribute.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "named", "unnamed"),
    [
        ("{organisation} pays.", "ACME pays.", "Our organisation pays."),
        ("Who? {organisation}.", "Who? ACME.", "Who? Our organisation."),
        ("Is {organisation} there?", "Is ACME there?", "Is our organisation there?"),
        ("{value} of {organisation}", "{value} of ACME", "{value} of our organisation"),
    ],
)
def test_a_placeholder_in_a_text(text: str, named: str, unnamed: str) -> None:
    """A name stands as it is typed; 'our organisation' has a capital where a sentence begins."""
    quoted = text.replace('"', "")
    changed = MODEL.replace("help: Say it", f'help: "{quoted}"')
    assert declared_by(Organisation("ACME"), changed)[0].fields["title"].help == named  # type: ignore[union-attr]
    assert declared_by(Organisation(), changed)[0].fields["title"].help == unnamed  # type: ignore[union-attr]


@pytest.mark.parametrize("typed", ["{organization}", "{Organisation}", "{ organisation }"])
def test_another_spelling_of_the_placeholder_is_an_error(typed: str) -> None:
    """Else the page would print the braces."""
    _, (problem,) = declared(MODEL.replace("help: Say it", f'help: "Ask {typed}."'))
    assert problem.severity is Severity.ERROR
    assert problem.code == "unknown-placeholder"
    assert problem.hint == "write '{organisation}' for the name of the organisation"


def test_other_words_in_braces_are_left_alone() -> None:
    """An example may hold braces."""
    made, problems = declared(MODEL.replace("help: Say it", 'help: "As {x} or {name}."'))
    assert problems == []
    assert made
    assert made.fields["title"].help == "As {x} or {name}."


@pytest.mark.parametrize("name", ["{value}", "a}b", "two\\nlines", "x" * 81, "Unknown", "withheld"])
def test_a_name_that_could_be_read_as_something_else_is_refused(tmp_path: Path, name: str) -> None:
    """Braces would be filled a second time; unknown in a record is no name."""
    root = library(tmp_path, one=snapshot("One"))
    file = root / "site_config.yml"
    option = f'[{{casebook: {{organisation: "{name}"}}}}]'
    file.write_text(file.read_text("utf-8").replace("[casebook]", option), "utf-8")
    checked = CliRunner().invoke(main, ["check", "-f", str(file)])
    assert checked.exit_code == 2
    assert "is not the name of an organisation" in checked.output


@pytest.mark.parametrize(
    ("name", "partner", "enough"),
    [
        ("CARE", "CARE Laos", False),  # a synonym in the vocabulary of partners
        ("Oxfam", "oxfam", False),  # listed
        ("The Garden Club", "the garden club", False),  # listed nowhere
        ("The Garden Club", "CARE", True),
    ],
)
def test_the_organisation_alone_is_no_partner(
    tmp_path: Path, name: str, partner: str, *, enough: bool
) -> None:
    """Whoever's library it is: a record needs somebody besides."""
    root = library(tmp_path, one=snapshot("One").replace("UNICEF", partner))
    file = root / "site_config.yml"
    option = f"[{{casebook: {{organisation: {name}}}}}]"
    file.write_text(file.read_text("utf-8").replace("[casebook]", option), "utf-8")
    checked = CliRunner().invoke(main, ["check", "-f", str(file)])
    assert ("who else takes part?" not in checked.output) is enough
    assert (checked.exit_code == 0) is enough, checked.output
