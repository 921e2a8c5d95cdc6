"""Tests of reading a record: nothing an author can type breaks it or changes its type."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.base.problem import Severity
from generator.build.parse_cases import WORTH_WORKERS, CaseParser, Read, ReadCase
from generator.model.reference import yaml_scalar
from generator.model.value import UNKNOWN, Value
from generator.records.outline import Outliner, TextPool
from generator.records.parse import Parsed, parse
from generator.records.plain_page import plain_page
from generator.records.read_file import SourceText
from generator.store.record_cache import RecordCache
from postmortems import front, model, record

MODEL = model()
DEFAULTS = {"visibility": "public"}
YAML = st.text("abe:- \n#'\"[]{}&*!|>%@`,?~0123456789ñក\u00a0\t\r…", max_size=60)
Nested = str | list["Nested"] | dict[str, "Nested"]
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
)


@settings(max_examples=300, deadline=None)
@given(YAML | st.text(max_size=60))
@example("a: &a [*a]")
@example("---\n---\n---")
@example("title: ...")
@example("systems: !!python/object:os.system x")
def test_nothing_breaks_the_reading(text: str) -> None:
    """Whatever stands between the lines, or for the whole file, there is a case or a reason."""
    for whole in (text, f"---\n{text}\n---\n{text}", f"---\ntitle: T\nsystems: pg\n{text}\n---\n"):
        found = parse(SourceText("content/incidents/a.md", whole), MODEL, DEFAULTS)
        wrong = [p for p in found.problems if p.severity is Severity.ERROR]
        assert found.case is not None or wrong
        assert all(p.line >= 1 and p.column >= 1 and p.message for p in found.problems)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
@example("NO")
@example("012")
@example("12:30")
@example("1_000")
@example("null")
@example("~")
@example("2026-11-22")
@example("0x1f")
@example(".inf")
@example("=")
@example("<<")
def test_plain_words_come_back_as_they_were_typed(text: str) -> None:
    """A text stays that text; only the word unknown and a prompt mean something else."""
    found = front(f"no_factor: {yaml_scalar(text)}\nreporter: {yaml_scalar(text)}")
    if text.casefold() in {UNKNOWN, "…", "..."}:
        return
    refused = {p.code for p in found.problems}
    assert refused <= {"contact-data"}
    if found.case:
        assert found.case.values["no_factor"] == text
        assert found.case.values["reporter"] == text


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        WORDS,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["factor", "what", "steps", "at", "load", "logs", "x"]),
                inner,
                max_size=3,
            )
        ),
        max_leaves=8,
    )
)
def test_values_are_texts_lists_and_records(value: Nested) -> None:
    """Whatever shape is written, what is read is made of texts alone."""
    found = front(f"contributing_factors: {flow(value)}")
    if found.case:
        only_texts(found.case.values)


def flow(value: Nested) -> str:
    """Return a value as YAML between brackets."""
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    escaped = str(value).replace("'", "''")
    return f"'{escaped}'"


def only_texts(value: object) -> None:
    """Assert that a value is made of texts, lists and records."""
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
        for item in value.values():
            only_texts(item)
    elif isinstance(value, list):
        for item in value:
            only_texts(item)
    else:
        assert isinstance(value, str)


SHORT = st.sampled_from(["pg", "size", "note", "a text that is too long to be met a second time"])
"""Texts of which some are shared."""


def nested(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    """Return lists and records of values."""
    return st.lists(inner, max_size=3) | st.dictionaries(SHORT, inner, max_size=3)


IDS = {
    "content/incidents/One Day.md": "one-day",
    "content/incidents/deep/ថ្ងៃមួយ.md": "ថ្ងៃមួយ",
    "content/incidents/2026-01-02.md": "2026-01-02",
}


@pytest.mark.parametrize("path", IDS)
def test_a_record_is_named_by_its_file(path: str) -> None:
    """The file's name, as it stands in an address."""
    found = record("---\ntitle: T\nsystems: pg\n---\n", path=path)
    assert (found.id, found.case and found.case.id) == (IDS[path], IDS[path])


@pytest.mark.parametrize("name", ["unknown", "---", "con", "index", "x" * 220])
def test_a_file_that_cannot_name_a_page_is_told_of(name: str) -> None:
    """In words, at the head of the file."""
    found = front("size: note", name=name)
    assert [(p.line, p.column, p.code) for p in found.problems] == [(1, 1, "bad-file-name")]


def test_what_is_left_out_has_its_default() -> None:
    """The first kind, and the site's visibility; a blank field is left out too."""
    found = front("size:\naccess:\n")
    assert found.case is not None
    assert (found.case.values["size"], found.case.values["access"]) == ("note", "public")


def test_a_field_that_could_not_be_read_has_no_default() -> None:
    """A mistake in it is an error, and nothing is published by mistake."""
    found = front("access: intrenal")
    assert found.case is not None
    assert "access" not in found.case.values
    assert [problem.severity for problem in found.problems] == [Severity.ERROR]


def sources(number: int) -> list[SourceText]:
    """Return so many small files."""
    text = "---\ntitle: Number {n}\nsystems: pg\nsee: [number-{m}]\n---\n# One\n\nTwo {n}.\n"
    return [
        SourceText(f"content/incidents/number-{n}.md", text.format(n=n, m=n + 1))
        for n in range(number)
    ]


def as_read(source: SourceText) -> Read:
    """Return what reading a file gives where nothing is wrong with it."""
    return source, ()


def outcome(read: ReadCase, cache: RecordCache) -> Parsed:
    """Return a case with its words, and its problems, from the cache where it is there."""
    assert read.outline is not None
    whole = read.whole or cache.words(read.key, read.outline)
    assert whole is not None
    assert Outliner(MODEL).outline(whole) == read.outline
    return Parsed(whole, read.problems, read.id)


def test_many_files_are_read_in_order_by_several_processes(tmp_path: Path) -> None:
    """The outcome is that of reading one after the other, and so is that of the cache."""
    files = sources(WORTH_WORKERS)
    wanted = [parse(source, MODEL, DEFAULTS) for source in files]
    for _ in range(2):
        with RecordCache(tmp_path) as cache:
            together = list(CaseParser(MODEL, DEFAULTS, cache).parse_files(files, as_read))
        assert [outcome(read, cache) for read in together] == wanted


def test_outlines_share_their_short_texts(tmp_path: Path) -> None:
    """What says the same in files that different processes parsed is one object in this one."""
    with RecordCache(tmp_path) as cache:
        files = sources(WORTH_WORKERS)
        read = list(CaseParser(MODEL, DEFAULTS, cache).parse_files(files, as_read))
    shared = {id(name) for case in read if case.outline for name in case.outline.values["systems"]}
    assert len(shared) == 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dictionaries(SHORT, st.recursive(SHORT, nested, max_leaves=6)), max_size=3))
def test_a_pool_changes_no_outline(values: list[dict[str, Value]]) -> None:
    """Whatever is shared, each outline is equal to what it was."""
    empty = front("size: note").case
    assert empty is not None
    outlines = [replace(empty, values=each) for each in values]
    assert list(map(TextPool().pooled, outlines)) == outlines


def kept(folder: Path, text: str) -> tuple[Parsed, bytes]:
    """Return what comes of a file, and all that the cache holds then."""
    with RecordCache(folder) as cache:
        file = SourceText("content/incidents/a.md", text)
        (found,) = CaseParser(MODEL, DEFAULTS, cache).parse_files([file], as_read)
    files = [file for file in folder.rglob("*") if file.is_file()]
    return outcome(found, cache), b"".join(file.read_bytes() for file in files)


@pytest.mark.parametrize(
    ("fields", "remembered"),
    [
        ("access: public", True),
        ("access: internal", False),
        ("access: unknown", False),
        ("access: anonymised", False),
        ("vendors: [{name: acme, agreed: yes}]", True),
        ("vendors: [{name: acme, agreed: no}]", False),
    ],
)
def test_only_what_anybody_may_read_is_kept(
    tmp_path: Path, fields: str, *, remembered: bool
) -> None:
    """Strangers may read the cache; a second reading gives the same."""
    text = f"---\ntitle: Zanzibar\nsystems: pg\n{fields}\n---\n"
    first, held = kept(tmp_path, text)
    assert (b"Zanzibar" in held) == remembered
    assert kept(tmp_path, text)[0] == first


def test_a_plain_page_needs_no_fields() -> None:
    """Its title is that of its fields, its first heading, or its file's name."""
    texts = ["---\ntitle: A\n---\n# B\n", "# B\n", "Words."]
    found = [plain_page(SourceText("content/deep/One Day.md", text), "content") for text in texts]
    assert [(p.name, p.title, wrong) for p, wrong in found if p] == [
        ("deep/one-day", "A", ()),
        ("deep/one-day", "B", ()),
        ("deep/one-day", "One Day", ()),
    ]


def test_contact_data_on_a_plain_page_is_told_of() -> None:
    """Fifty times at most."""
    found = plain_page(SourceText("content/a.md", "# A\n" + "a@b.org\n" * 80), "content")[1]
    assert [(p.line, p.code) for p in found] == [(n, "contact-data") for n in range(2, 52)]
