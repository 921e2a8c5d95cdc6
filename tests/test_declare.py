"""Tests of `record.yml`: a sound model, and a located message for each mistake in one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.declaration import keys_of
from generator.model.kinds import KINDS
from generator.model.record import Field
from generator.model.roles import ROLES
from postmortems import MODEL, RECORD, declared, model, terms


def test_a_model_from_another_field() -> None:
    """Nothing but the title is shared with the model that ships, at any depth."""
    made = model()
    facets = {facet.name: facet.path for facet in made.facets.values()}
    deepest = made.at("contributing_factors.steps.until")
    assert facets == {"systems": ("systems",), "vendors": ("vendors", "name")}
    assert (made.needs_of("report"), made.needs_of("")) == (
        frozenset({"always", "report"}),
        frozenset({"always"}),
    )
    assert deepest is not None
    assert deepest.path == ("contributing_factors", "steps", "until")


def test_a_model_without_kinds_strength_sections_or_checks() -> None:
    """Fields are enough."""
    made, problems = declared(
        "name: note\nplural: notes\nfields:\n"
        "  t: {kind: line, role: title, need: always, label: T, help: H.}\n"
    )
    assert problems == []
    assert made is not None
    assert made.needs_of("") == frozenset({"always"})


@pytest.mark.parametrize(
    ("number", "rest"), [(12, ""), (13, " and 1 more"), (300, " and 288 more")]
)
def test_of_very_many_known_words_the_first_are_named(number: int, rest: str) -> None:
    """Whoever names a facet that is not there is told of a dozen, and how many more there are."""
    names = [f"f{n}" for n in range(number)]
    facets = "".join(
        f"  {name}: {{kind: term, vocabulary: v, facet: true, label: L, help: H.}}\n"
        for name in names
    )
    made, problems = declared(
        "name: note\nplural: notes\noccurs_with: [quite-another]\nfields:\n"
        f"  t: {{kind: line, role: title, need: always, label: T, help: H.}}\n{facets}",
        v=terms("v", "one"),
    )
    assert made is None
    assert [problem.hint for problem in problems] == [f"known: {', '.join(names[:12])}{rest}"]


BESIDE = "  no_factor:"
MISTAKES = {
    # what is replaced, by what, and where which message is expected
    "no fields": ("fields:", "feilds:", "has an unknown key 'feilds'"),
    "no title": ("role: title, ", "", "21:3 no field has the role title"),
    "a title that may be missing": ("title, need: always", "title", "every record needs 'title'"),
    "kind missing": ("{kind: text, label: No", "{label: No", "field 'no_factor' has no 'kind'"),
    "kind unknown": ("{kind: text, label: No", "{kind: txt, label: No", "'txt' is not a known"),
    "vocabulary missing": ("vocabulary: factors, ", "", "a term needs a vocabulary"),
    "vocabulary unread": ("vocabulary: factors", "vocabulary: factor", "'factor' could not be"),
    "vocabulary of a text": (
        "{kind: text, label: No",
        "{kind: text, vocabulary: size, label: No",
        "'vocabulary' means nothing here",
    ),
    "a field named like a part": (
        "reporter: {kind: line, personal",
        "card: {kind: line, source_link",
        "field 'card': 'source_link' means nothing here",
    ),
    "max in words": ("max: 40", "max: forty", "21:55 'max' of field 'title' is not a number"),
    "max without end": ("max: 40", "max: " + "9" * 5000, "'max' of field 'title' is not a number"),
    "headings": ("strength:\n", "headings: {a: b}\nstrength:\n", "'headings' of the record model"),
    "a source's kind": ("\n  kind: kind\n", "\n  kind: kinde\n", "'kinde' in 'kind' is not known"),
    "a kind without a term": ("    note: {", "    story: {", "'story' in 'kinds' is not known"),
    "flag": ("many: yes\n    facet", "many: often\n    facet", "'many' of field 'systems' is not"),
    "precision": ("precision: day", "precision: hour", "'precision' of field 'began' cannot be"),
    "severity": ("severity: warning", "severity: deadly", "'severity' of a check cannot be"),
    "layout": ("layout: claims", "layout: claim", "'layout' of field 'contributing_factors'"),
    "layout of a text": (
        "{kind: text, label: No",
        "{kind: text, layout: table, label: No",
        "'table' is for a list of records",
    ),
    "place": ("place: panel", "place: left", "'place' of a section cannot be 'left'"),
    "section": ("section: facts", "section: fact", "'fact' is not a known section"),
    "section inside": ("role: consent", "section: facts", "'section' means nothing inside"),
    "two sections": ("place: panel}", "place: panel}\n  - {id: facts, title: F}", "two sections"),
    "need": ("need: report, label: Fixed", "need: raport, label: Fixed", "'raport' is not a known"),
    "or": ("or: no_factor", "or: no_facter", "'no_facter' is not a field beside it"),
    "or itself": ("or: no_factor", "or: contributing_factors", "'or' names the field itself"),
    "key": ("key: factor", "key: fact", "'fact' is not a field of this record"),
    "value": ("value: said", "value: sad", "'sad' is not a field of this record"),
    "key of many": ("factor: {kind: term,", "factor: {kind: term, many: yes,", "single value"),
    "two leads": ("otherwise: {kind: text,", "otherwise: {kind: text, lead: yes,", "only one of"),
    "besides": ("besides: us", "besides: them", "'them' is not a term of the key"),
    "role": ("role: visibility", "role: visible", "'visible' is not a known role"),
    "role of the wrong kind": (
        "no_factor: {kind: text",
        "no_factor: {kind: text, role: updated",
        "cannot have the role 'updated'",
    ),
    "role taken": (
        "no_factor: {kind: text",
        "no_factor: {kind: line, role: title",
        "the role 'title' is already that of 'title'",
    ),
    "role outside": ("role: visibility", "role: consent", "is for a field inside a record"),
    "role of many": ("title: {kind: line", "title: {many: yes, kind: line", "for a single value"),
    "role without its term": (
        "vocabulary: access",
        "vocabulary: answer",
        "lacks the term 'public'",
    ),
    "a facet of text": ("ended: {kind: date", "ended: {facet: yes, kind: date", "names no term"),
    "a facet like the folder": ("folder: incidents", "folder: systems", "belongs to the pages of"),
    "a facet like the site's": (
        "  systems:\n    kind",
        "  media:\n    kind",
        "the site's own pages",
    ),
    "two facets": ("paid: {kind: term,", "systems: {kind: term, facet: yes,", "belongs to facet"),
    "folder": ("folder: incidents", "folder: ../incidents", "cannot be the folder of records"),
    "folder taken": ("folder: incidents", "folder: assets", "cannot be the folder of records"),
    "type field": ("field: size", "field: siz", "'siz' in 'field' is not known"),
    "type that is no term": ("    drill: {", "    drll: {", "'drll' in 'kinds' is not known"),
    "type without kind": ("    drill: {needs: [], counts: false}\n", "", "'drill' is not among"),
    "need that nothing answers": ("needs: [report]", "needs: [report, x]", "no field answers"),
    "kinds of wrong shape": (
        "    report: {needs: [report]}",
        "    report: yes",
        "kind 'report' is",
    ),
    "sources": ("sources: logs", "sources: log", "'log' in 'sources' is not known"),
    "sources that are none": ("sources: logs", "sources: title", "is not a list of records"),
    "source id": ("  kind: kind\n", "  kind: kind\n  id: name\n", "'name' in 'id' is not known"),
    "independent": ("independent: external", "independent: kind", "a vocabulary with 'yes'"),
    "rivals": ("rivals: otherwise", "rivals: other", "'other' in 'rivals' is not known"),
    "levels": ("[none, own, one, two, all]", "[none, own]", "'levels' has 2 sentences, not 5"),
    "words": ("two, all]\n", "two, all]\n  words: [none, own]\n", "'words' has 2 texts, not 5"),
    "usual": (
        "two, all]\n",
        "two, all]\n  words: [a, b, c, d, e]\n  usual: f\n",
        "'f' in 'usual' is none of 'words'",
    ),
    "no strength": ("strength:", "strengths:", "has an unknown key 'strengths'"),
    "card": ("above: [systems]", "above: [system]", "'system' in 'above' is not known"),
    "occurs_with": ("occurs_with: [systems]", "occurs_with: [began]", "'began' in 'occurs_with'"),
    "order of no field": ("[began, ended]", "[began, end]", "there is no field 'end'"),
    "order of no date": ("[began, ended]", "[began, title]", "'title' in 'order' is not a date"),
    "order of three": ("[began, ended]", "[began]", "'order' does not name two dates"),
    "when": ("when: {size: drill}", "when: {siz: drill}", "there is no field 'siz'"),
    "when never": ("when: {size: drill}", "when: {size: drll}", "'drll' is not the id of a term"),
    "when of a list": ("when: {size: drill}", "when: [size]", "'when' of a check is not a mapping"),
    "refuses": ("refuses: ['yes']", "refuses: [yep]", "'yep' is not the id of a term"),
    "at": ("at: [vendors.paid]", "at: [vendors.pay]", "there is no field 'vendors.pay'"),
    "a check that says nothing": ("    message: a database in public\n", "", "says too little"),
    "score of": ("{of: said,", "{of: sad,", "'sad' is not a field of this record"),
    "score of a list that is none": (
        "    many: yes\n    key: question",
        "    key: question",
        "needs a list",
    ),
    "export": ("    layout: claims", "    layout: claims\n    export: cases", "cannot name a CSV"),
    "example": ("example: Postgres", "example: Oracle", "the example is refused: 'Oracle' is not"),
    "field name": ("  no_factor:", "  no-factor:", "'no-factor' cannot be a field's name"),
    "applies_unless": (
        "no_factor: {kind: text",
        "no_factor: {applies_unless: {size: x}, kind: text",
        "'x' is not the id of a term of 'size'",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_model_is_told_of_in_its_place(name: str) -> None:
    """Each mistake has a message on the line where it stands, and there is no model."""
    old, new, expected = MISTAKES[name]
    assert old in MODEL
    text = MODEL.replace(old, new, 1)
    made, problems = declared(text)
    said = [f"{p.line}:{p.column} {p.message}" for p in problems]
    assert made is None
    assert any(expected in one for one in said), said
    assert {problem.path for problem in problems} == {RECORD}


def test_a_source_needs_somewhere_to_be_listed() -> None:
    """Without strength, a field that points to sources is told of."""
    start, end = MODEL.index("strength:"), MODEL.index("sections:")
    made, problems = declared(MODEL[:start] + MODEL[end:])
    assert (made, [p.message for p in problems]) == (
        None,
        ["field 'contributing_factors.logs': there are no sources to point to"],
    )


def test_a_kind_that_the_vocabulary_adds_is_told_of() -> None:
    """A term by which kinds of record are told apart has needs of its own."""
    problems = declared(size=terms("note", "report", "drill", "essay"))[1]
    assert [p.message for p in problems] == ["'essay' is not among the kinds"]


def test_the_tables_of_rules_name_what_there_is() -> None:
    """No key of a field and no role names a kind that does not exist."""
    kinds = {kind for key in keys_of(Field).values() for kind in key.only}
    kinds |= {kind for role in ROLES.values() for kind in role.kinds}
    assert {"term", "record", "date"} <= kinds <= set(KINDS)


LINES = MODEL.splitlines()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(LINES) - 1), st.sampled_from(["", "- x", "a: b", "  ? ", "[", ": :", "\t"])
)
def test_no_line_of_a_model_can_break_the_reading(number: int, put: str) -> None:
    """Whatever stands in place of a line, there is a model or a located problem."""
    indent = LINES[number][: len(LINES[number]) - len(LINES[number].lstrip())]
    text = "\n".join([*LINES[:number], indent + put, *LINES[number + 1 :]])
    made, problems = declared(text)
    assert made is not None or problems
