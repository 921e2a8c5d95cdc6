"""Formatting and mending: another form of a file, the same record, every comment, every byte."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import event, given, settings
from hypothesis import strategies as st

import built
from generator.base.problem import errors
from generator.build.load import load_site_model
from generator.cli.main import main
from generator.cli.rewrite_files import replace_file
from generator.hosts.config import load_site
from generator.model.record import Model
from generator.records.parse import parse
from generator.records.read_file import SourceText
from generator.records.rewriting.raw_file import MOST_CHARACTERS
from generator.records.rewriting.rewrite import Rewriter
from naughty import TEXTS, typed
from small import FIELDS, library, own_model, snapshot
from trouble import FUZZ

PATH = "content/cases/a.md"
MANY = settings(max_examples=60 * FUZZ, deadline=None)


@cache
def model() -> Model:
    """Return the shipped model."""
    site, _ = load_site(built.SHIPPED / "site_config.yml")
    assert site
    found, problems = load_site_model(site)
    assert found, problems
    return found


def rewriter() -> Rewriter:
    """Return what rewrites records of the shipped model."""
    return Rewriter(model(), {})


def values(text: str | bytes) -> object:
    """Return what a record says."""
    source = text if isinstance(text, str) else text.decode("utf-8-sig")
    parsed = parse(SourceText(PATH, source.replace("\r\n", "\n")), model(), {})
    assert parsed.case
    return parsed.case.values, parsed.case.new_terms, parsed.case.body.parts


def formed(text: str, *, canonical: bool = True) -> str:
    """Return the fields of a record in another form, as they are read again and stay so."""
    content = text.encode()
    once = rewriter().form(content, PATH, canonical=canonical)
    assert once.problems == ()
    after = once.content or content
    assert values(after) == values(content)
    twice = rewriter().form(after, PATH, canonical=canonical)
    assert (twice.content, twice.problems) == (None, ()), after.decode()
    return after.decode()


def fields(text: str) -> str:
    """Return what stands between the fences."""
    return text.split("---\n")[1]


def comments(text: str) -> list[str]:
    """Return the words of comments that are marked as such in these tests."""
    return sorted(re.findall(r"# remark \w+", text))


LONG = """\
# remark one, above all

# remark two
summary: >-
  A summary
  in two lines.

title: "One: two"  # remark three
success_factors:
  # remark four
  - Trusted relationship # remark five
  - policy-window: The budget was written.
    # remark six
  - {what: 'It''s theirs', factor: local-leadership, weight: Decisive} # remark seven
countries: [Laos, # remark eight
  KH]
updated: 2026-11-22
colour: {red: [1, no], b: "c"}
partners: UNICEF
care_role: leading
traits:
  # remark nine
  program_level: Oui
  aims_to_scale: {reason: It did., answer: partly}
network_test: unknown
focus: ownership-of-model
do_differently: |+
  First.

    Then more.

# remark ten
"""

CANONICAL = """\
# remark one, above all

title: "One: two"  # remark three
# remark two
summary: >-
  A summary
  in two lines.
updated: 2026-11-22
colour:
  red:
    - 1
    - no
  b: "c"
countries:
  - la # remark eight
  - kh
focus:
  - ownership-of-model
partners:
  - name: unicef
our_role:
  - leading
traits:
  # remark nine
  - trait: program_level
    answer: yes
  - trait: aims_to_scale
    answer: partly
    reason: It did.
network_test: unknown
success_factors:
  # remark four
  - factor: trusted-relationship # remark five
  - factor: policy-window
    what: The budget was written.
    # remark six
  # remark seven
  - factor: local-leadership
    what: 'It''s theirs'
    weight: decisive
do_differently: |+
  First.

    Then more.

# remark ten
"""


def test_the_canonical_form_is_the_one_long_form() -> None:
    """Claims are mappings, lists are lists, keys are in order; comments and texts stay."""
    former = next(f for f in model().fields.values() if f.name == "our_role").former_names[0]
    text = f"---\n{LONG.replace('care_role', former)}---\n\nWords  \n# remark of the body\n"
    after = formed(text)
    assert fields(after) == CANONICAL
    assert after.endswith("---\n\nWords  \n# remark of the body\n")


def test_the_short_form_changes_names_and_order_alone() -> None:
    """Brackets, short claims and single values stay as their author typed them."""
    text = snapshot("One", "period: {end: 2016, start: 2014}\n").replace(
        "title: One\n", "# remark one\ntitle: One\n"
    )
    lines = text.split("\n")
    moved = "\n".join(["---", *lines[3:10], *lines[1:3], *lines[10:]])
    after = formed(moved, canonical=False)
    assert "countries: la\n" in after
    assert "period: {start: 2014, end: 2016}" in after
    assert fields(after).startswith("# remark one\ntitle: One\nsummary:")
    assert "partners: unicef\n" in after
    assert "success_factors: trusted-relationship\n" in after


def test_the_first_field_of_an_item_may_change_and_its_comments_go_above_the_dash() -> None:
    """The dash stands before whatever comes first in the model."""
    more = """\
    evidence:
      - citation: A law # remark one
        # remark two
        id: law
        kind: official-record
        # remark three
      - {kind: document, id: b, citation: B}
    """
    after = formed(snapshot("One", more), canonical=False)
    assert (
        "evidence:\n"
        "  # remark two\n"
        "  - id: law\n"
        "    kind: official-record\n"
        "    citation: A law # remark one\n"
        "    # remark three\n"
        "  - {id: b, kind: document, citation: B}\n"
    ) in after


@pytest.mark.parametrize("canonical", [True, False])
def test_a_comment_never_becomes_a_line_of_a_text(*, canonical: bool) -> None:
    """One that is indented moves below a block text, and stays a comment."""
    text = "---\n  # remark one\nupdated: 2026\nsummary: |\n  A text.\ntitle: One\n---\n"
    after = formed(text, canonical=canonical)
    assert "  A text.\n# remark one\nupdated: 2026\n" in after


def test_two_keys_for_one_term_are_left() -> None:
    """With one name for both, one of them would be lost."""
    text = "---\ntitle: One\ntraits:\n  Program level: yes\n  program_level: no\n---\n"
    result = rewriter().form(text.encode(), PATH, canonical=False)
    assert (result.content, result.problems) == (None, ())
    assert rewriter().mend(text.encode(), PATH).content is None


@pytest.mark.parametrize("canonical", [True, False])
def test_the_shipped_records_say_the_same_in_either_form(*, canonical: bool) -> None:
    """Each shipped record is read alike before and after, and a second run changes nothing."""
    files = sorted((built.SHIPPED / "content/cases").rglob("*.md"))
    assert len(files) > 50
    for file in files:
        formed(file.read_text("utf-8"), canonical=canonical)


def nasty() -> Iterator[str]:
    """Yield a claim for each naughty text and way to type it."""
    for text in TEXTS:
        yield from typed(text)


def test_naughty_texts_survive_either_form() -> None:
    """What a record says in a text is the same after formatting, however it is quoted."""
    number = 0
    for way in nasty():
        text = (
            f"---\n{FIELDS.format(title='One')}constraints:\n  - what: {way}\n"
            "    # remark one\n    constraint: Staff time\n---\nWords.\n"
        )
        content = text.encode("utf-8", "surrogatepass")
        parsed = parse(SourceText(PATH, text), model(), {})
        if any(p.code in {"needs-quotes", "tab"} for p in parsed.problems):
            continue
        for canonical in (True, False):
            after = rewriter().form(content, PATH, canonical=canonical)
            assert after.problems == () or errors(parsed.problems), (way, after.problems)
            if after.content:
                number += 1
                assert values(after.content) == values(content), way
                assert rewriter().form(after.content, PATH, canonical=canonical).content is None
    assert number > 600


SPACE = st.sampled_from(["", "\n", "# remark {}\n", "\n# remark {}\n\n"])
WORDS = st.sampled_from([way for way in nasty() if "\n" not in way and len(way) < 80])
FACTORS = ["trusted-relationship", "Trusted relationship", "policy-window", "unknown", "nonsense"]


@st.composite
def records(draw: st.DrawFn) -> str:
    """Return a record with claims and sources in any of their shapes, comments between them."""
    numbers = iter(range(1000))

    def space(indent: int) -> str:
        lines = draw(SPACE).replace("{}", f"n{next(numbers)}").split("\n")
        return "\n".join(" " * indent + line if line else "" for line in lines)

    def claim() -> str:
        pairs = [("factor", draw(st.sampled_from(FACTORS)))]
        pairs += [("what", draw(WORDS))] if draw(st.booleans()) else []
        pairs += [("weight", draw(st.sampled_from(["decisive", "Minor", "x"])))]
        pairs = draw(st.permutations(pairs))
        shape = draw(st.integers(0, 3))
        if shape == 0:
            return draw(st.sampled_from(FACTORS))
        if shape == 1:
            return f"{draw(st.sampled_from(FACTORS))}: {draw(WORDS)}"
        if shape == 2:
            return "{weight: minor, factor: policy-window, what: 'a, b'}"
        return "".join(
            f"{'' if n == 0 else space(4) + '    '}{key}: {value}\n"
            for n, (key, value) in enumerate(pairs)
        )

    claims = "".join(
        f"{space(2)}  - {claim()}".rstrip("\n") + "\n" for _ in range(draw(st.integers(1, 4)))
    )
    blocks = [
        *FIELDS.format(title="One").splitlines(keepends=True)[:-1],
        f"success_factors:\n{claims}",
        "period: {end: 2016, start: 2014}  # remark end\n",
        f"colour: {draw(WORDS)}\n",
    ]
    ordered = draw(st.permutations(blocks))
    text = "".join(space(0) + block for block in ordered)
    return f"---\n{text}---\nWords.\n"


@MANY
@given(records(), st.booleans())
def test_any_record_says_the_same_and_keeps_its_comments(text: str, canonical: bool) -> None:  # noqa: FBT001
    """In either form a record reads as it did; where it cannot be read it is left alone."""
    once = rewriter().form(text.encode(), PATH, canonical=canonical)
    assert "not-the-same" not in {problem.code for problem in once.problems}, text
    event(f"formatted: {once.content is not None}")
    if once.content is None:
        return
    after = once.content.decode()
    assert values(after) == values(text)
    assert comments(after) == comments(text)
    assert rewriter().form(once.content, PATH, canonical=canonical).content is None


# ---- mending -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ("countries: Laos", "countries: la", "'Laos' is now 'la', the id of the term"),
        ("countries: \u201cLaos\u201d", "countries: la", "'\u201cLaos\u201d' is now 'la'"),
        ("countries: Laos, Vietnam", "countries: [la, vn]", "a list now: la, vn"),
        ("countries: [Laos and Vietnam]", "countries: [la, vn]", "a list now: la, vn"),
        ("countries:\n  - Laos; KH", "countries:\n  - la\n  - kh", "a list now: la, kh"),
        ("status: Active", "status: active", "'Active' is now 'active'"),
        ("period: {start: 3 March 2014}", "period: {start: 2014-03-03}", "now '2014-03-03'"),
        ("period:\n\tstart: 2014", "period:\n  start: 2014", "spaces for tabs"),
        ("traits: {program_level: True}", "traits: {program_level: yes}", "'True' is now 'yes'"),
        ("success_factors: trusted-relationship, Policy window", None, "a list now"),
    ],
)
def test_what_is_certain_is_mended(before: str, after: str | None, note: str) -> None:
    """A slip with one remedy is mended in its place, and told with its line."""
    name = before.partition(":")[0]
    base = re.sub(rf"^{name}:.*\n", "", FIELDS.format(title="One"), flags=re.MULTILINE)
    base = base.replace("countries: Laos", "countries: la").replace("UNICEF", "unicef")
    text = f"---\n{base}{before} # remark one\n---\n\tWords.\n"
    result = rewriter().mend(text.encode(), PATH)
    assert result.content is not None
    mended = after or "success_factors: [trusted-relationship, policy-window]"
    assert result.content.decode() == f"---\n{base}{mended} # remark one\n---\n\tWords.\n"
    assert any(note in words for _, words in result.mends)
    assert rewriter().mend(result.content, PATH).content is None


@pytest.mark.parametrize(
    "line",
    [
        *("period: {start: 03/04/2014}", "period: {start: since 2014}", "period: {start: Q3 2014}"),
        *("period: {start: 13/04/21}", "status: nonsense", "theme: Land tenure, nonsense"),
        *("countries: Congo", "constraints: money-and-time", "updated: March 2026"),
        *("title: Laos", "summary: Laos, Vietnam", "colour: Laos", "status: active, completed"),
        "partners: [Some new name, Another]",
    ],
)
def test_what_is_not_certain_is_left(line: str) -> None:
    """Where two things may be meant, or a text is no term, nothing is changed."""
    name = line.partition(":")[0]
    base = re.sub(rf"^{name}:.*\n", "", FIELDS.format(title="One"), flags=re.MULTILINE)
    base = base.replace("countries: Laos", "countries: la").replace("UNICEF", "unicef")
    assert rewriter().mend(f"---\n{base}{line}\n---\n".encode(), PATH).content is None


def test_tabs_that_may_mean_two_things_are_left() -> None:
    """Where spaces and tabs mix, the width of a tab decides; nobody knows it."""
    text = "---\ntitle: One\npartners:\n- name: A\n  role:\n\ttype: donor\n---\n"
    assert rewriter().mend(text.encode(), PATH).content is None


# ---- bytes and files ---------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_marks_and_the_body_stay(encoding: str, end: str) -> None:
    """The byte-order mark, the line ends and each byte below the fields are as they were."""
    text = snapshot("Caf\u00e9", body="Words \t\n\n\nno newline at the end").rstrip("\n")
    content = text.replace("\n", end).encode(encoding)
    for canonical in (True, False):
        after = rewriter().form(content, PATH, canonical=canonical).content
        assert after is not None
        body = content[content.rindex("---".encode(encoding)[-3:]) :]
        assert after.endswith(body)
        assert after[:4] == content[:4]
        decoded = after.decode(encoding)
        assert len(re.findall("\r\n|\r|\n", decoded)) == decoded.count(end)


def test_a_file_that_cannot_be_read_is_left_alone_with_its_error() -> None:
    """Broken YAML, no fence, a value repeated by `*`: each stays, and is told."""
    for text, code in (
        ("---\ntitle: [a\n---\n", "unclosed-bracket"),
        ("title: a\n", "no-front-matter"),
        ("---\ntitle: &a b\nsummary: *a\n---\n", "repeated-value"),
        ("---\n---\n", "no-fields"),
        ("---\ntitle: a\ntitle: b\n---\n", "duplicate-key"),
        ("---\ntitle: \x07\n---\n", "control-character"),
    ):
        result = rewriter().form(text.encode(), PATH, canonical=True)
        assert result.content is None
        assert code in {problem.code for problem in result.problems}, text


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a model and two records, in which the command is run."""
    own_model(tmp_path)
    library(tmp_path, one=snapshot("One"), two=snapshot("Two", "colour: red\n"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    """Run the command with those words."""
    return CliRunner().invoke(main, list(words), prog_name="casebook")


def test_check_names_the_files_and_writes_nothing(here: Path) -> None:
    """`fmt --check` exits with 1 where something would change, and with 0 afterwards."""
    before = (here / "content/cases/one.md").read_bytes()
    result = run("fmt", "--check")
    assert result.exit_code == 1
    assert result.stdout == (
        "content/cases/one.md would change\ncontent/cases/two.md would change\n"
    )
    assert (here / "content/cases/one.md").read_bytes() == before
    assert run("fmt", "content/cases/one.md").exit_code == 0
    assert run("fmt", "--check", "content/cases/one.md").exit_code == 0
    assert run("fmt", "--check").stdout == "content/cases/two.md would change\n"
    assert run("fmt", "--canonical").exit_code == 0
    assert run("fmt", "--canonical", "--check").exit_code == 0
    assert run("fmt", "nothing.md").exit_code == 2
    (here / "content/about.md").write_text("# About\n", "utf-8")
    assert run("fmt", "content/about.md").exit_code == 1


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(here: Path) -> None:
    """What is written is another file with the same mode; a link out of the content is refused."""
    one, cases = here / "content/cases/one.md", here / "content/cases"
    one.chmod(0o640)
    (here / "outside.md").write_text(snapshot("Three"), "utf-8")
    (cases / "three.md").symlink_to(here / "outside.md")
    (here / "content/kept.txt").write_text(snapshot("Four"), "utf-8")
    (cases / "four.md").symlink_to(here / "content/kept.txt")
    result = run("fmt")
    assert "content/cases/three.md:1:1: error: this is a link that leads out" in result.stderr
    assert result.exit_code == 1
    assert (here / "outside.md").read_text("utf-8") == snapshot("Three")
    assert one.stat().st_mode & 0o777 == 0o640
    assert (cases / "four.md").is_symlink()
    assert "countries: la\n" in (here / "content/kept.txt").read_text("utf-8")
    assert [file.name for file in cases.iterdir() if file.name.startswith(".")] == []


def test_a_file_that_somebody_else_changed_is_not_written(tmp_path: Path) -> None:
    """Between reading and writing another program may have saved the file."""
    file = tmp_path / "a.md"
    file.write_text("new", "utf-8")
    assert "another program" in replace_file(file, b"old", b"formatted")
    assert file.read_text("utf-8") == "new"
    assert os.listdir(tmp_path) == ["a.md"]  # noqa: PTH208 - the names alone


def test_fix_mends_and_says_what_by_file_and_line(here: Path) -> None:
    """`check --fix` mends the files named, then checks what is left."""
    file = here / "content/cases/one.md"
    file.write_text(snapshot("One", "theme: Land tenure, Nutrition\nstatus: nonsense\n"), "utf-8")
    result = run("check", "--fix", str(file))
    assert "content/cases/one.md:5: mended: 'Laos' is now 'la', the id of the term\n" in (
        result.stderr
    )
    assert "theme: [land-tenure, nutrition]\n" in file.read_text("utf-8")
    assert "3 places mended in 1 file\n" in result.stderr
    assert "'nonsense'" in result.stderr
    assert result.exit_code == 1
    assert "countries: Laos" in (here / "content/cases/two.md").read_text("utf-8")


def test_foreign_models_have_their_own_form(tmp_path: Path) -> None:
    """The records of other models keep what they say, in canonical form too."""
    for name in ("tiny", "budget", "postmortems", "scripts", "private"):
        site = built.settings(built.SITES / name, tmp_path)
        found, problems = load_site_model(site)
        assert found, problems
        own = Rewriter(found, {})
        files = sorted((site.content / found.folder).rglob("*.md"))
        assert files
        for file in files:
            once = own.form(file.read_bytes(), str(file), canonical=True)
            assert once.problems == (), file
            if once.content:
                assert own.form(once.content, str(file), canonical=True).content is None


def test_fields_of_very_many_characters_stay_as_typed() -> None:
    """A file that would take many seconds is left alone, and the command says why."""
    text = snapshot("One", "countries:\n" + "- la\n" * (MOST_CHARACTERS // 5))
    for canonical in (True, False):
        left = rewriter().form(text.encode(), PATH, canonical=canonical)
        assert left.content is None
        assert [problem.message for problem in left.problems] == [
            "the fields are longer than 100,000 characters, so they stay as typed"
        ]
    assert rewriter().mend(text.encode(), PATH).content is None
