"""Qualitative Comparative Analysis: the printed figures of a textbook, and brute force.

`lipset_crisp.csv` and `lipset_fuzzy.csv` are Lipset's 18 European democracies between the wars, as
Rihoux & De Meur (2009) and the documentation of Dusa's QCA package print them. SURV is the survival
of democracy; DEV, URB, LIT, IND, STB are development, urbanisation, literacy, industry, stability.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.qca.analysis import analyse
from generator.analysis.qca.covers import MOST_MODELS, minimal_covers
from generator.analysis.qca.gate import clean_by_chance, clean_given_rows
from generator.analysis.qca.implicants import prime_implicants
from generator.analysis.qca.literals import Conjunction
from generator.analysis.qca.memberships import Memberships, memberships
from generator.cli.main import main

DATA = Path(__file__).parent / "data"
CRISP, FUZZY = str(DATA / "lipset_crisp.csv"), str(DATA / "lipset_fuzzy.csv")


def run(*arguments: str) -> Result:
    """Return what `casebook analyse` did."""
    return CliRunner().invoke(main, ["analyse", *arguments])


def result(*arguments: str) -> dict[str, Any]:
    """Return the JSON of an analysis."""
    done = run(*arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)
    return found


def formulas(found: dict[str, Any], solution: str) -> list[str]:
    """Return the models of a solution as analysts write them."""
    models = found["solutions"][solution]
    return [" + ".join(term["term"] for term in model["terms"]) for model in models]


def measures(found: dict[str, Any], solution: str, *names: str) -> list[list[float]]:
    """Return some measures of each term of the only model of a solution, with three digits."""
    (model,) = found["solutions"][solution]
    return [[round(term[name], 3) for name in names] for term in model["terms"]]


def whole(found: dict[str, Any], solution: str) -> list[float]:
    """Return consistency, PRI and coverage of the only model of a solution, with three digits."""
    (model,) = found["solutions"][solution]
    return [round(model[name], 3) for name in ("inclS", "pri", "covS")]


def test_the_crisp_solutions_are_those_that_were_published() -> None:
    """Formulas, coverage and the remainders used are those of the printed tables."""
    found = result(CRISP, "--outcome", "SURV")
    assert formulas(found, "conservative") == ["DEV*~URB*LIT*STB + DEV*LIT*IND*STB"]
    assert measures(found, "conservative", "inclS", "covS", "covU") == [
        [1.0, 0.5, 0.25],
        [1.0, 0.75, 0.5],
    ]
    assert whole(found, "conservative") == [1.0, 1.0, 1.0]
    assert formulas(found, "parsimonious") == ["DEV*STB"]
    assert found["solutions"]["parsimonious"][0]["remainders"] == [18, 20, 26, 28, 30]
    assert formulas(found, "intermediate") == ["DEV*LIT*STB"]


def test_the_solutions_for_the_absence_of_the_outcome_are_those_that_were_published() -> None:
    """The same for ~SURV, of which each term has its own coverage."""
    found = result(CRISP, "--outcome", "SURV", "--negate")
    assert found["outcome"] == "~SURV"
    assert formulas(found, "conservative") == ["~DEV*~URB*~IND + DEV*LIT*IND*~STB"]
    assert measures(found, "conservative", "covS") == [[0.8], [0.2]]
    assert formulas(found, "parsimonious") == ["~DEV + ~STB"]
    assert measures(found, "parsimonious", "covS", "covU") == [[0.8, 0.3], [0.7, 0.2]]


def test_necessity_is_as_published() -> None:
    """Consistency, relevance and coverage of each condition, with three digits."""
    found = result(CRISP, "--outcome", "SURV")
    assert [
        (row["condition"], *(round(row[name], 3) for name in ("inclN", "RoN", "covN")))
        for row in found["necessity"]
    ] == [
        ("DEV", 1.0, 0.8, 0.8),
        ("URB", 0.5, 0.929, 0.8),
        ("LIT", 1.0, 0.5, 0.615),
        ("IND", 0.75, 0.833, 0.75),
        ("STB", 1.0, 0.7, 0.727),
    ]


def test_the_fuzzy_solutions_are_those_that_were_published() -> None:
    """With a cut of 0.8: formulas and the three measures of each solution."""
    found = result(FUZZY, "--outcome", "SURV", "--cut", "0.8")
    assert formulas(found, "conservative") == ["DEV*URB*LIT*IND*STB + DEV*~URB*LIT*~IND*STB"]
    assert whole(found, "conservative") == [0.870, 0.843, 0.658]
    assert formulas(found, "parsimonious") == ["DEV*~IND + URB*STB"]
    assert whole(found, "parsimonious") == [0.850, 0.819, 0.714]


def test_contradictions_are_named_and_stop_the_formula() -> None:
    """Without stability the cases disagree: they are named side by side, and no formula stands."""
    found = result(CRISP, "--outcome", "SURV", "--conditions", "DEV,URB,LIT,IND")
    assert found["contradictions"] == [
        {"row": 12, "with": ["FR", "SE"], "without": ["AU"]},
        {"row": 16, "with": ["BE", "CZ", "NL", "UK"], "without": ["DE"]},
    ]
    assert found["gate"]["formula"] is False
    first = "same conditions, other outcome: FR, SE with SURV, AU without"
    second = "same conditions, other outcome: BE, CZ, NL, UK with SURV, DE without"
    assert found["gate"]["reasons"] == [f"{first}; {second}"]
    text = run(CRISP, "--outcome", "SURV", "--conditions", "DEV,URB,LIT,IND").output
    assert "No formula is shown" in text
    assert "parsimonious" not in text


def test_the_guards_have_their_checked_values() -> None:
    """The three numbers beside a formula, and the probability for other sizes."""
    found = result(CRISP, "--outcome", "SURV")["gate"]
    assert found["formula"] is True
    assert found["clean_given_rows"] == [56, 43758]
    assert found["leave_one_out"] == {"stable": 17, "of": 18, "changed_by": ["EE"]}
    assert round(clean_by_chance(10, 5), 4) == 0.4939
    assert round(clean_by_chance(20, 5), 4) == 0.0539
    assert round(clean_by_chance(6, 2), 4) == 0.1668


@given(st.integers(1, 5), st.integers(1, 2))
def test_clean_by_chance_is_the_mean_over_all_falls(cases: int, conditions: int) -> None:
    """The recursion gives what listing each way to fall on the rows gives."""
    falls = list(product(range(1 << conditions), repeat=cases))
    mean = sum(2.0 ** (len(set(fall)) - cases) for fall in falls) / len(falls)
    assert abs(clean_by_chance(cases, conditions) - mean) < 1e-12


@given(st.lists(st.integers(1, 3), min_size=1, max_size=5), st.data())
def test_clean_given_rows_counts_each_deal(sizes: list[int], data: st.DataObject) -> None:
    """The subset sums give what dealing the outcomes in each way gives."""
    number = sum(sizes)
    positives = data.draw(st.integers(0, number))
    rows = [row for row, size in enumerate(sizes) for _ in range(size)]
    deals = list(combinations(range(number), positives))
    clean = 0
    for deal in deals:
        by_row: dict[int, set[bool]] = {}
        for case, row in enumerate(rows):
            by_row.setdefault(row, set()).add(case in deal)
        clean += all(len(outcomes) == 1 for outcomes in by_row.values())
    assert clean_given_rows(sizes, positives) == (clean, len(deals))


def all_terms(conditions: int) -> Iterator[Conjunction]:
    """Yield each term over so many conditions."""
    for used in range(1 << conditions):
        for values in range(1 << conditions):
            if values & ~used == 0:
                yield Conjunction(used, values)


def brute_primes(positive: set[int], free: set[int], conditions: int) -> set[Conjunction]:
    """Return the prime implicants by looking at each term."""
    rows = range(1 << conditions)
    allowed = positive | free
    good = {t for t in all_terms(conditions) if all(r in allowed for r in rows if t.covers(r))}

    def is_within(term: Conjunction, other: Conjunction) -> bool:
        return all(other.covers(row) for row in rows if term.covers(row))

    prime = {t for t in good if not any(o != t and is_within(t, o) for o in good)}
    return {t for t in prime if any(t.covers(row) for row in positive)}


def brute_models(
    primes: Collection[Conjunction], positive: set[int]
) -> set[frozenset[Conjunction]]:
    """Return the models with fewest terms, then fewest conditions, by looking at each choice."""
    for size in range(1, len(positive) + 1):
        found = [
            frozenset(choice)
            for choice in combinations(primes, size)
            if all(any(term.covers(row) for term in choice) for row in positive)
        ]
        if found:
            least = min(sum(term.length for term in model) for model in found)
            return {model for model in found if sum(t.length for t in model) == least}
    return set()


@st.composite
def tables(draw: st.DrawFn) -> tuple[set[int], set[int], int]:
    """Return positive rows, remainders and the number of conditions, five at most."""
    conditions = draw(st.integers(1, 5))
    rows = st.integers(0, (1 << conditions) - 1)
    positive = draw(st.sets(rows, min_size=1, max_size=7))
    negative = draw(st.sets(rows, max_size=8)) - positive
    share = draw(st.sampled_from(["none", "some", "all"]))
    unseen = set(range(1 << conditions)) - positive - negative
    some = unseen if share == "all" else {row for row in unseen if row % 3}
    return positive, set() if share == "none" else some, conditions


@settings(max_examples=150, deadline=None)
@given(tables())
def test_all_ties_and_no_other_models_are_found(table: tuple[set[int], set[int], int]) -> None:
    """The minimiser finds what looking at each term and at each choice of terms finds."""
    positive, free, conditions = table
    primes = prime_implicants(positive, free, conditions)
    assert set(primes) == brute_primes(positive, free, conditions)
    found = minimal_covers(primes, positive)
    models = brute_models(primes, positive)
    assert {frozenset(model) for model in found.models} == models
    assert len(found.models) == len(models)
    assert set(found.shared) == frozenset.intersection(*models)
    assert found.truncated is False


def noise(cases: int, conditions: int) -> Memberships:
    """Return cases without any order, always the same ones."""
    chance = Random(2)  # noqa: S311 - the same noise each time
    known = []
    for number in range(cases):
        values = [float(chance.random() < 0.5) for _ in range(conditions + 1)]
        known.append((f"c{number}", values[:-1], values[-1]))
    return memberships("Y", [f"C{n}" for n in range(conditions)], known)


def test_noise_is_cut_by_a_count_and_said() -> None:
    """Sixty random cases over ten conditions end, say so, and give the same twice."""
    first, second = (analyse(noise(60, 10)) for _ in range(2))
    assert first.solutions.parsimonious.truncated is True
    assert len(first.solutions.parsimonious.models) <= MOST_MODELS
    assert "truncated" in first.gate.reasons
    assert first.gate.leave_one_out is None
    assert first.solutions == second.solutions


def test_ten_conditions_with_structure_have_one_formula() -> None:
    """Where two of ten conditions decide, they are found among them."""
    known = []
    for number in range(40):
        values = [float(number * 7919 >> place & 1) for place in range(10)]
        known.append((f"c{number}", values, min(values[0], values[3])))
    found = analyse(memberships("Y", [f"C{n}" for n in range(10)], known))
    shared = [found.notation(term) for term in found.solutions.parsimonious.shared]
    assert found.gate.reasons == () or shared != []


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("a,1,1\nb,0,1\nc,1,1\nd,0,1\ne,1,1\nf,0,1", "every case has Y"),
        ("a,1,0\nb,0,0\nc,1,0\nd,0,0\ne,1,0\nf,0,0", "no case has Y"),
        ("a,1,1\nb,0,0\nc,1,1", "3 cases; it takes 6"),
        ("a,1,1\nb,0,0\nc,1,1\nd,0,0\ne,1,0\nf,0,0", "a, c with Y, e without"),
    ],
)
def test_the_gate_says_why_it_is_shut(tmp_path: Path, rows: str, reason: str) -> None:
    """Each reason has its sentence, and the truth table stands all the same."""
    file = tmp_path / "t.csv"
    file.write_text(f"case,X,Y\n{rows}\n", "utf-8")
    done = run(str(file), "--outcome", "Y")
    assert done.exit_code == 0
    assert reason in done.output
    assert "No formula is shown" in done.output
    assert "row  X  out" in done.output


def test_ties_that_share_nothing_are_told_and_not_chosen_from(tmp_path: Path) -> None:
    """Where two formulas are equally short and have nothing in common, none is printed."""
    file = tmp_path / "t.csv"
    rows = "".join(f"a{n},1,1,1\nb{n},0,0,0\n" for n in range(4))
    file.write_text(f"case,A,B,Y\n{rows}", "utf-8")
    found = result(str(file), "--outcome", "Y")
    assert formulas(found, "parsimonious") == ["A", "B"]
    assert found["gate"]["formula"] is False
    assert found["gate"]["reasons"] == ["2 models are equally short and share no term"]
    assert found["gate"]["shared_terms"] == []


def test_unknown_and_undecided_cases_are_left_out_by_name(tmp_path: Path) -> None:
    """A case of which something is unknown, or exactly 0.5, is in no number."""
    file = tmp_path / "t.csv"
    file.write_text("case,X,Y\na,1,1\nb,?,1\nc,0.5,0\nd,0,unknown\ne,0,0\n", "utf-8")
    found = result(str(file), "--outcome", "Y")
    assert (found["cases"], found["left_out"]) == (2, ["b", "c", "d"])


def test_what_no_case_shows_has_no_consistency(tmp_path: Path) -> None:
    """X of all zeros is sufficient for nothing: the measure is missing, not 1."""
    file = tmp_path / "t.csv"
    file.write_text("case,X,Z,Y\na,0,1,1\nb,0,0,0\nc,0,1,0\n", "utf-8")
    found = result(str(file), "--outcome", "Y")
    assert found["necessity"][0] == {"condition": "X", "inclN": 0.0, "RoN": 1.0, "covN": None}
    assert "–" in run(str(file), "--outcome", "Y").output


BROKEN = {
    "": "the table has no case",
    "case,X,Y\n": "the table has no case",
    "case,X,X,Y\na,1,1,1\n": "t.csv:1:3: error: there are two columns 'X'",
    "case,X,,Y\na,1,1,1\n": "t.csv:1:3: error: this column has no name",
    "case,A*B,Y\na,1,1\n": "t.csv:1:2: error: 'A*B' cannot be told from a formula",
    "case,X,Y\na,1\n": "t.csv:2:1: error: this row has 2 cells, the first 3",
    "case,X,Y\n,1,1\n": "t.csv:2:1: error: this case has no name",
    "case,X,Y\na,1,1\na,0,1\n": "t.csv:3:1: error: 'a' is in line 2 already",
    "case,X,Y\na,1,1\nb,2,1\n": "t.csv:3:2: error: '2' is no membership",
    "case,X,Y\na,1,1\nb,nan,1\n": "t.csv:3:2: error: 'nan' is no membership",
    "case,X,Y\na,1,1\nb,-inf,1\n": "t.csv:3:2: error: '-inf' is no membership",
    'case,X,Y\na,"1,1\n': "this is no table",
}


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_table_is_told_by_line_and_column(tmp_path: Path, text: str) -> None:
    """Each mistake of a table has its place and its words, and exit code 1."""
    file = tmp_path / "t.csv"
    file.write_text(text, "utf-8")
    done = run(str(file), "--outcome", "Y")
    assert done.exit_code == 1
    assert BROKEN[text] in done.output


def test_semicolons_decimal_commas_and_a_mark_are_read(tmp_path: Path) -> None:
    """A table as a spreadsheet in French or Portuguese writes it is the same table."""
    text = Path(FUZZY).read_text("utf-8")
    file = tmp_path / "t.csv"
    file.write_text("\ufeff" + text.replace(",", ";").replace(".", ","), "utf-8")
    options = ("--outcome", "SURV", "--cut", "0.8")
    assert result(str(file), *options) == result(FUZZY, *options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--outcome", "SURF"), "there is no column 'SURF'; did you mean 'SURV'?"),
        (("--outcome", "SURV", "--conditions", "DEW"), "there is no column 'DEW'"),
        (("--outcome", "SURV", "--conditions", "DEV,DEV"), "'DEV' is named twice"),
        (("--outcome", "SURV", "--conditions", "DEV,SURV"), "'SURV' is the outcome"),
        (("--outcome", "SURV", "--expect", "SURV"), "'SURV' is no condition"),
        (("--outcome", "SURV", "--cut", "0"), "0"),
    ],
)
def test_a_wrong_option_is_told_with_the_remedy(options: tuple[str, ...], message: str) -> None:
    """An option that names nothing ends the command with exit code 2."""
    done = run(CRISP, *options)
    assert done.exit_code == 2
    assert message in done.output


def test_expectations_lead_the_intermediate_solution() -> None:
    """What is expected decides which remainders are easy, and so how short the formula gets."""
    found = result(CRISP, "--outcome", "SURV", "--expect", "IND")
    assert formulas(found, "intermediate") == formulas(found, "conservative")
    found = result(CRISP, "--outcome", "SURV", "--expect", "URB")
    assert formulas(found, "intermediate") == ["DEV*LIT*STB"]
    found = result(CRISP, "--outcome", "SURV", "--expect", "~LIT")
    assert formulas(found, "intermediate") == ["DEV*~URB*STB + DEV*IND*STB"]
