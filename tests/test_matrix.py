"""The matrices: distinct counted cases in each cell, and each cell leads to exactly its cases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import built
from crossed import crossed
from generator.build.assemble import assemble
from generator.hosts.config import load_site
from plainly import Plainly
from small import CONFIG, library, snapshot

SHIPPED = {
    ("focus", "success_factors"): "compare/focus-by-success-factors.html",
    ("contexts", "success_factors"): "compare/contexts-by-success-factors.html",
    ("constraints", "worked"): "compare/constraints-by-worked.html",
    ("sector", "constraints"): "compare/sector-by-constraints.html",
}

TWO_ENTRIES = """\
constraints:
  - {constraint: election-turnover, what: A new minister., response: Waited., worked: "yes"}
  - {constraint: shocks, what: A flood., response: Moved the meeting., worked: "no"}
"""
AGAIN = """\
constraints:
  - {constraint: shocks, what: A flood., response: Moved., worked: "no"}
  - {constraint: shocks, what: A war., response: Stayed away., worked: partly}
  - {constraint: shocks, what: A strike., response: Unknown, worked: unknown}
"""


def site(root: Path, matrices: str, **files: str) -> dict[str, bytes]:
    """Return the files of a small library with those matrices."""
    library(root, **files)
    text = CONFIG.replace("[casebook]", f"[casebook: {{matrices: [{matrices}]}}]")
    (root / "site_config.yml").write_text(text, "utf-8")
    made, problems = load_site(root / "site_config.yml")
    assert made, problems
    found = assemble(made)
    assert found.documents, found.problems
    return {document.path: document.content for document in found.documents}


@pytest.mark.parametrize("by_group", [True, False], ids=["by-group", "term-by-term"])
@pytest.mark.parametrize(("pair", "path"), SHIPPED.items(), ids=SHIPPED.values())
def test_shipped_cells_agree_with_the_files(
    shipped_files: Mapping[str, bytes],
    plain: Plainly,
    pair: tuple[str, str],
    path: str,
    *,
    by_group: bool,
) -> None:
    """Each cell prints and leads to the cases whose files hold both, and totals count each once."""
    expected = plain.pairs(*pair, by_group=by_group)
    table = crossed(shipped_files[path], by_group=by_group)
    if set(table.cases) != set(expected):
        table = table.turned()
    assert expected
    assert {pair: sorted(cases) for pair, cases in table.cases.items()} == {
        pair: sorted(cases) for pair, cases in expected.items()
    }
    for (row, column), said in table.cells.items():
        asked = {(r, c) for r, c in expected if row in (r, "All") and column in (c, "All")}
        cases = set().union(*(expected[one] for one in asked))
        assert said == (str(len(cases)) if cases else "none"), (row, column)


def test_an_entry_must_hold_both(tmp_path: Path) -> None:
    """Facets of one list meet in an entry; a case counts once in a cell and in a total."""
    example = snapshot("Dream", f"record_type: indicative-example\n{TWO_ENTRIES}")
    files = site(
        tmp_path,
        "constraints by worked",
        land=snapshot("Land", TWO_ENTRIES),
        water=snapshot("Water", AGAIN),
        wood=snapshot("Wood", "constraints: unknown\n"),
        dream=example,
    )
    table = crossed(files["compare/constraints-by-worked.html"])
    turnover, shocks = "Change after elections", "Shocks and seasons"
    assert table.cells == {
        (turnover, "Yes"): "1",
        (turnover, "Partly"): "none",
        (turnover, "No"): "none",
        (turnover, "All"): "1",
        (shocks, "Yes"): "none",
        (shocks, "Partly"): "1",
        (shocks, "No"): "2",
        (shocks, "All"): "2",
        ("All", "Yes"): "1",
        ("All", "Partly"): "1",
        ("All", "No"): "2",
        ("All", "All"): "2",
    }
    assert table.cases == {
        (turnover, "Yes"): ["land"],
        (shocks, "Partly"): ["water"],
        (shocks, "No"): ["land", "water"],
    }


def test_a_facet_by_itself_asks_for_two_terms_of_a_case(tmp_path: Path) -> None:
    """An entry names one term, so the terms of different entries of a case meet."""
    files = site(tmp_path, "constraints by constraints", land=snapshot("Land", TWO_ENTRIES))
    page = files["compare/constraints-by-constraints.html"]
    turnover, shocks = "Change after elections", "Shocks and seasons"
    assert crossed(page).cases == {
        (turnover, turnover): ["land"],
        (turnover, shocks): ["land"],
        (shocks, turnover): ["land"],
        (shocks, shocks): ["land"],
    }
    assert "in the same entry" not in built.read("compare/x.html", page).text


def test_what_is_left_out_is_said(tmp_path: Path, plain: Plainly) -> None:
    """The page tells what is unknown, and how many terms have no row or column."""
    files = site(
        tmp_path,
        "constraints by worked",
        land=snapshot("Land", TWO_ENTRIES),
        wood=snapshot("Wood", "constraints: unknown\n"),
    )
    text = built.read("compare/x.html", files["compare/constraints-by-worked.html"]).text
    groups = len({term["broader"] for term in plain.terms["constraints"] if "broader" in term})
    terms = len(plain.terms["constraints"]) - groups
    unsaid = "have no case study here, and are not shown"
    unnamed = "of them are in no case study at all."
    for line in (
        "1 of 2 case studies in the table",
        "Constraints: stated in 1, unknown in 1",
        "Did the response work? stated in 1, unknown in 1",
        f"Constraints: {groups - 2} of {groups} groups {unsaid}; {groups - 2} {unnamed}",
        f"Constraints: {terms - 2} of {terms} terms {unsaid}; {terms - 2} {unnamed}",
        f"Did the response work? 2 of 4 terms {unsaid}; 2 {unnamed}",
    ):
        assert line in text.splitlines()


def test_a_wide_table_is_turned(tmp_path: Path) -> None:
    """More columns than a page takes become rows; the ids of cells stay as they were declared."""
    factors = "track-record, policy-window, senior-sponsor, credible-evidence, local-leadership"
    more = "shared-learning, seed-funding, gender-focus, inside-allies"
    text = snapshot("Land").replace(
        "success_factors: trusted-relationship", f"success_factors: [{factors}, {more}]"
    )
    files = site(tmp_path, "focus by success_factors", land=text)
    page = files["compare/focus-by-success-factors.html"]
    table = crossed(page)
    assert ("Policy window", "Ownership of a model") in table.cases
    assert b'href="#cell-ownership-of-model-policy-window"' in page
    assert "Focus by success factor" in built.read("compare/x.html", page).text


def test_groups_stand_first_with_distinct_cases(tmp_path: Path) -> None:
    """A case counts once for a group, however many of its terms it names; the terms stand below."""
    factors = "success_factors: [seed-funding, protected-staff-time, policy-window]\n"
    land = snapshot("Land").replace("success_factors: trusted-relationship\n", factors)
    files = site(tmp_path, "focus by success_factors", land=land, water=snapshot("Water"))
    page = files["compare/focus-by-success-factors.html"]
    scaling = "Scaling up impact through advocacy"
    assert crossed(page, by_group=True).cases == {
        (scaling, "Money and time"): ["land"],
        (scaling, "Politics and law"): ["land"],
        (scaling, "Aims and trust"): ["water"],
    }
    assert crossed(page, by_group=True).cells[scaling, "All"] == "2"
    page = page[page.index(b"<main") :]
    assert page.index(b"group-advocacy-money-and-time") < page.index(b"<details")
    assert page.index(b"<details") < page.index(b'id="cell-ownership-of-model-seed-funding"')


def test_a_small_table_stands_as_declared(tmp_path: Path) -> None:
    """The first facet is that of the rows, group by group; a list names the matrices."""
    files = site(tmp_path, "focus by success_factors", land=snapshot("Land"))
    assert crossed(files["compare/focus-by-success-factors.html"]).cases == {
        ("Ownership of a model", "Trusted relationship"): ["land"]
    }
    assert b'scope="rowgroup"' in files["compare/focus-by-success-factors.html"]
    listed = built.read("compare/index.html", files["compare/index.html"])
    assert "compare/focus-by-success-factors.html" in listed.links
    assert "How many case studies name a focus and a success factor." in listed.text


def test_a_matrix_without_a_case_says_so(tmp_path: Path) -> None:
    """Where nothing holds both, there is a sentence and no table."""
    files = site(tmp_path, "constraints by worked", land=snapshot("Land"))
    page = files["compare/constraints-by-worked.html"]
    assert "No case study names both yet." in built.read("compare/x.html", page).text
    assert b"<table" not in page


def test_no_declaration_no_trace(tmp_path: Path) -> None:
    """A site that names no matrices has no page of them and no link to one."""
    files = built.build(built.SITES / "postmortems", tmp_path)
    assert not [path for path in files if path.startswith("matrix/")]
    assert not [path for path, content in files.items() if b"matrix/" in content]


MODEL = """\
name: note
plural: notes
folder: cases
fields:
  t: {kind: line, role: title, need: always, label: T, help: H.}
  a: {kind: term, vocabulary: a, facet: true, many: true, noun: a, label: A, help: H.}
  b: {kind: term, vocabulary: b, facet: true, many: true, noun: b, label: B, help: H.}
"""


def test_no_two_cells_share_an_id(tmp_path: Path) -> None:
    """Terms whose names run together, as x with y-z and x-y with z, still give two anchors."""
    content = tmp_path / "content"
    (content / "cases").mkdir(parents=True)
    (content / "vocabulary").mkdir()
    (content / "record.yml").write_text(MODEL, "utf-8")
    for name, ids in (("a", ("x", "x-y")), ("b", ("y-z", "z"))):
        terms = "".join(f"  - {{id: {id_}, label: Label {id_}}}\n" for id_ in ids)
        (content / "vocabulary" / f"{name}.yml").write_text(f"title: T\nterms:\n{terms}", "utf-8")
    (content / "cases" / "one.md").write_text("---\nt: One\na: x\nb: y-z\n---\n", "utf-8")
    (content / "cases" / "two.md").write_text("---\nt: Two\na: x-y\nb: z\n---\n", "utf-8")
    text = CONFIG.replace("[casebook]", "[casebook: {matrices: a by b}]")
    (tmp_path / "site_config.yml").write_text(text, "utf-8")
    files = built.build(tmp_path, tmp_path / "cache")
    places = built.read("m", files["compare/a-by-b.html"]).ids
    assert [id_ for id_ in places if "cell-" in id_] == ["cell-x-y-z", "cell-x-y-z-2"]
    assert crossed(files["compare/a-by-b.html"]).cases == {
        ("Label x", "Label y-z"): ["one"],
        ("Label x-y", "Label z"): ["two"],
    }
