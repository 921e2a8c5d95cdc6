"""Findings of a library: who is compared, what the page says, and that it says no more."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner, Result

from generator.base.locale import CATALOGUES
from generator.cli.main import main
from small import CONFIG, library, own_model, snapshot

FINDING = "level=policy by success_factors"
TRUST, PEOPLE, MONEY = "trusted-relationship", "senior-sponsor", "seed-funding"


def case(title: str, factors: str, achieved: str) -> str:
    """Return a case with some factors and a policy outcome that was reached or not."""
    outcome = f"outcomes: [{{what: A law., level: policy, achieved: {achieved}}}]\n"
    text = snapshot(title, outcome if achieved else "")
    return text.replace("success_factors: trusted-relationship", f"success_factors: {factors}")


CASES = {
    "a": case("Alder", f"[{TRUST}, {MONEY}]", "full"),
    "b": case("Birch", f"[{TRUST}, {MONEY}]", "partial"),
    "c": case("Cedar", f"[{TRUST}, {MONEY}, {PEOPLE}]", "full"),
    "d": case("Dogwood", f"[{PEOPLE}]", "none"),
    "e": case("Elm", f"[{TRUST}]", "none"),
    "f": case("Fir", f"[{TRUST}, {PEOPLE}]", "none"),
    "g": case("Gum", f"[{TRUST}]", "too-early"),
    "h": case("Hazel", "unknown", "full"),
    "i": case("Ivy", f"[{TRUST}]", ""),
}
MORE = {f"x{number}": case(f"Yew {number}", f"[{PEOPLE}]", "none") for number in range(4)}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a library of which two conditions decide, in which commands are run."""
    own_model(tmp_path)
    library(tmp_path, **CASES, **MORE)
    settings = CONFIG.replace("plugins: [casebook]", "plugins:\n  - casebook:\n      findings:\n")
    (tmp_path / "site_config.yml").write_text(f"{settings}        - {FINDING}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    """Run the command with those words."""
    return CliRunner().invoke(main, list(words), prog_name="casebook")


def text_of(root: Path, path: str) -> str:
    """Return the words of a page of the built site, its blanks single."""
    done = run("build")
    assert done.exit_code == 0, done.output
    markup = (root / "site" / path).read_text("utf-8")
    document = html5lib.parse(markup, namespaceHTMLElements=False)
    main_part = document.find(".//main")
    assert main_part is not None
    return " ".join(" ".join(main_part.itertext()).split()).replace(" ,", ",")


@pytest.mark.usefixtures("here")
def test_cases_are_compared_by_families_and_the_others_are_named() -> None:
    """Reached counts in full and in part; too early, unknown and silent cases are left out."""
    (found,) = json.loads(run("analyse", "--format", "json").output)
    assert found["outcome"] == "level=policy"
    assert "money-and-time" in found["conditions"]
    with_, without = (
        {name for row in found["rows"] if row["outcome"] == side for name in row["cases"]}
        for side in (1, 0)
    )
    assert with_ == {"a", "b", "c"}
    assert without == {"d", "e", "f", *MORE}
    assert found["left_out"] == ["g", "h", "i"]


def test_the_page_says_what_the_gate_lets_through(here: Path) -> None:
    """One family tells the sides apart: the rule has its cases, its checks and no other words."""
    words = text_of(here, "findings.html")
    assert "Compared: 10 of 13" in words
    assert "With the result: 3. Without it: 7." in words
    assert "Money and time with: 3 of 3 without: 0 of 7" in words
    assert "Families named: Money and time 3 case studies fit, all with the result:" in words
    assert "all with the result: Alder Birch Cedar" in words
    assert "No rule is shown" not in words
    assert "1 case study does not say yet what came of it" not in words
    assert "2 case studies do not say yet what came of it" in words


def test_cases_that_disagree_stand_side_by_side_and_stop_the_rule(here: Path) -> None:
    """A case with the same families and another result is named, and no rule is written."""
    (here / "content/cases/z.md").write_text(case("Zelkova", f"[{TRUST}, {MONEY}]", "none"))
    words = text_of(here, "findings.html")
    assert "Same families, other result" in words
    assert "With the result: Alder Birch Without it: Zelkova" in words
    assert "No rule is shown, because:" in words
    assert "case studies with the same families have different results." in words
    assert "Families named" not in words


@pytest.mark.usefixtures("here")
def test_the_page_and_the_command_agree() -> None:
    """What the page prints as a rule is what the command prints as the shared terms."""
    (found,) = json.loads(run("analyse", "--format", "json").output)
    assert found["gate"]["formula"] is True
    assert found["gate"]["shared_terms"] == ["money-and-time"]
    assert "parsimonious: money-and-time" in run("analyse").output


def test_what_we_learn_leads_to_it(here: Path) -> None:
    """The page has its place, and where nothing is compared there is no page and no link."""
    assert "Findings" in text_of(here, "learn/index.html")
    (here / "site_config.yml").write_text(CONFIG, "utf-8")
    assert "Findings" not in text_of(here, "learn/index.html")
    assert not (here / "site/findings.html").exists()


WRONG = {
    "levels=policy by success_factors": "'levels' in 'findings' is not a facet",
    "level=polcy by success_factors": "'polcy' in 'findings' is no term of 'level'",
    "level=policy by level": "'level' in 'findings' is outcome and condition",
    "level=policy by success_factors, constraints": "has 16 conditions",
    "level by success_factors": "does not name an outcome and conditions",
    "level=policy": "does not name an outcome and conditions",
}


@pytest.mark.parametrize("setting", WRONG)
def test_a_wrong_setting_is_told_with_its_line(here: Path, setting: str) -> None:
    """The owner reads what is wrong, on which line, and what to write."""
    file = here / "site_config.yml"
    file.write_text(file.read_text("utf-8").replace(FINDING, setting), "utf-8")
    done = run("build")
    assert done.exit_code == 2
    assert WRONG[setting] in done.output
    assert re.search(r"site_config\.yml:(8|9):", done.output), done.output


@pytest.mark.usefixtures("here")
def test_the_library_can_be_asked_anything() -> None:
    """The command takes another outcome and other facets than the settings name."""
    words = ("analyse", "--outcome", "level=policy", "--conditions", "focus")
    assert "level=policy in" in run(*words).output
    done = run("analyse", "--outcome", "level=polcy", "--conditions", "focus")
    assert (done.exit_code, "did you mean 'policy'?" in done.output) == (2, True)
    assert run("analyse", "--outcome", "level", "--conditions", "focus").exit_code == 2
    assert run("analyse", "--outcome", "level=policy").exit_code == 2


CAUSAL = re.compile(r"\b(caus(?:e|es|ed|ing)|drives?|leads? to|ensures?|determines?)\b")


def test_no_sentence_of_findings_says_that_one_thing_made_another() -> None:
    """Of all messages of the page none speaks of a cause."""
    entries = (CATALOGUES / "messages.pot").read_text("utf-8").split("\n\n")
    own = [entry for entry in entries if "findings" in entry]
    assert len(own) > 20
    assert [entry for entry in own if CAUSAL.search(entry)] == []
