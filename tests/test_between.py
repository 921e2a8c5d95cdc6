"""Tests of the checks over all records, with records in several languages."""

from __future__ import annotations

from built import outlined
from generator.base.problem import Problem, Severity
from generator.library.cross_record_checks import cross_record_problems
from generator.records.case import Case
from postmortems import front, model
from trouble import spent


def made(name: str, fields: str) -> Case:
    """Return the case of a note with those fields."""
    found = front(fields, name=name)
    assert found.case is not None, found.problems
    return found.case


def between(*cases: Case, unparsed_ids: tuple[str, ...] = ()) -> tuple[Problem, ...]:
    """Return the problems between some cases."""
    outlines, whole = outlined(cases, model())
    return cross_record_problems(outlines, model(), unparsed_ids, whole)


def said(*cases: Case, unparsed_ids: tuple[str, ...] = ()) -> list[str]:
    """Return what is said between some cases."""
    return [f"{p.path}:{p.line} {p.message}" for p in between(*cases, unparsed_ids=unparsed_ids)]


def test_sound_records_have_no_problems() -> None:
    """Ids in any script may be named, with their file's ending too."""
    assert said(made("ບົດຮຽນ", "see: two.md"), made("two", "see: ບົດຮຽນ")) == []


def test_names_that_differ_in_case_or_form_are_one() -> None:
    """The second file, in the order of paths, is reported; the order of reading does not matter."""
    one, two = made("Café", "size: note"), made("cafe\u0301", "size: note")
    expected = ["content/incidents/café.md:1 the id 'café' is taken by content/incidents/Café.md"]
    assert said(one, two) == said(two, one)
    assert [line.replace("cafe\u0301", "café") for line in said(one, two)] == expected


def test_records_that_cannot_be_read_exist() -> None:
    """A link to a record with a mistake in it is not a second mistake."""
    one = made("one", "see: [two, three]")
    assert said(one, unparsed_ids=("two",)) == [
        "content/incidents/one.md:3 there is no post-mortem 'three'"
    ]


def test_a_new_name_is_noted_once_unless_it_is_hidden() -> None:
    """The first record that names it gets the note; who must not be named is not to be defined."""
    cases = [
        made("one", "vendors: [{name: Zed Ltd, agreed: no}]"),
        made("two", "vendors: [Zed Ltd, Yak]"),
        made("three", "vendors: [zed-ltd, Acme Inc]"),
    ]
    problems = between(*cases)
    assert [(p.path, p.severity, p.message) for p in problems] == [
        ("content/incidents/three.md", Severity.NOTE, "new vendors: 'zed-ltd'"),
        ("content/incidents/two.md", Severity.NOTE, "new vendors: 'Yak'"),
    ]


def test_a_new_name_may_not_take_a_term_s_page() -> None:
    """`Acme!` is Acme Inc's id in another dress, but no spelling of it."""
    cases = [made("one", "vendors: ['A+']"), made("two", "vendors: [A]")]
    assert said(*cases) == [
        "content/incidents/one.md:3 new vendors: 'A+'",
        "content/incidents/two.md:3 'A' and 'A+' would share the page a.html",
    ]


def test_thousands_of_links_that_lead_nowhere_are_told_of_in_good_time() -> None:
    """The nearest name is looked for a few times, and no more."""
    cases = [made(f"number-{n}", f"see: [numer-{n}]") for n in range(400)]
    seconds, problems = spent(lambda: between(*cases))
    assert seconds < 3
    assert len(problems) == 400
    assert problems[0].hint.startswith("did you mean 'number-")
    assert problems[-1].hint == "write the name of the other file, without .md"
