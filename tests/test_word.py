"""Word: a form that is filled in comes back as a record; so does a report; and hostile files."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import built
import naughty
import word_files
from generator.authoring.draft import legible
from generator.authoring.word_form import word_form
from generator.base.locale import Locale
from generator.build.load import load_site_model
from generator.cli.main import main
from generator.model.record import Model
from generator.records.parse import parse
from generator.records.read_file import SourceText
from small import library, own_model, snapshot
from test_form import ALL_TEXTS, NAUGHTY

ANSWERS = {
    "title": 'A trial: "case" #1 — ກໍລະນີ',
    "summary": "yes",
    "countries.0": "Laos",
    "focus=ownership-of-model": "",
    "partners.0.name": "Ministry: of #Trial",
    "our_role=leading": "",
    "evidence.1.kind": "Document",
    "evidence.1.citation": "NO",
    "success_factors.2.factor": "Trusted relationship",
    "success_factors.2.what": '- one\n- two: \\ "three"',
    "success_factors.2.evidence=source-2": "",
    "## Situation": "It was so.",
}

RECORD = """\
---
# imported_from: "filled.docx"
title: "A trial: \\"case\\" #1 — ກໍລະນີ"
summary: "yes"
"record_type": snapshot
updated: DAY
countries:
  - la
focus:
  - ownership-of-model
partners:
  - name: "Ministry: of #Trial"
"our_role":
  - leading
"success_factors":
  - factor: trusted-relationship
    what: "- one\\n- two: \\\\ \\"three\\""
    evidence:
      - source-2
evidence:
  - id: source-2
    kind: document
    citation: "NO"
---

## Situation

It was so.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a library with the shipped model and no record."""
    own_model(tmp_path)
    return library(tmp_path)


def run(root: Path, *arguments: object) -> Result:
    """Run a command on a library."""
    words = [*map(str, arguments), "-f", str(root / "site_config.yml")]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def blank(root: Path, *more: str) -> bytes:
    """Return the form of a library."""
    result = run(root, "form", "--format", "docx", "-o", root / "blank.docx", *more)
    assert result.exit_code == 0, result.output
    return (root / "blank.docx").read_bytes()


def imported(root: Path, content: bytes, *more: str, name: str = "filled.docx") -> Result:
    """Import a file."""
    (root / name).write_bytes(content)
    return run(root, "import", root / name, *more)


def records(root: Path) -> dict[str, str]:
    """Return the records of a library by name, the day of today as DAY."""
    files = (root / "content/cases").glob("*.md")
    texts = {file.name: file.read_text("utf-8") for file in files}
    return {name: re.sub(r"updated: [\d-]+", "updated: DAY", text) for name, text in texts.items()}


def model_of(root: Path) -> Model:
    """Return the model of a library."""
    model, problems = load_site_model(built.settings(root, root))
    assert model is not None, problems
    return model


def test_a_filled_form_is_a_record(root: Path) -> None:
    """What is filled in, chosen and ticked stands in the record; a dry run writes nothing."""
    form = word_files.filled(blank(root), ANSWERS)
    result = imported(root, form)
    assert (result.exit_code, records(root)) == (0, {})
    assert "nothing was written: add --write" in result.stdout
    assert imported(root, form, "--write").exit_code == 0
    assert records(root) == {"a-trial-case-1-ກໍລະນີ.md": RECORD}
    assert run(root, "check", "--strict").exit_code == 0


def test_the_same_form_again_is_an_update_and_another_is_refused(root: Path) -> None:
    """A record is made anew only from the file that it came from."""
    form = word_files.filled(blank(root), ANSWERS)
    imported(root, form, "--write")
    assert "imported before; nothing changed" in imported(root, form, "--write").stderr
    changed = word_files.filled(blank(root), {**ANSWERS, "summary": "Other words."})
    assert "imported before; changed, and made anew" in imported(root, changed, "--write").stderr
    imported(root, form, "--write")
    result = imported(root, form, "--write", name="other.docx")
    assert result.exit_code == 1
    assert "is there already; it stays as it is" in result.stderr
    assert records(root) == {"a-trial-case-1-ກໍລະນີ.md": RECORD}


def test_a_form_whose_controls_are_gone(root: Path) -> None:
    """Headings and labels lead to the same record, and a note says so."""
    form = word_files.without_controls(word_files.filled(blank(root), ANSWERS))
    result = imported(root, form, "--write")
    assert "the places for answers are gone from this form" in result.stderr
    assert records(root) == {"a-trial-case-1-ກໍລະນີ.md": RECORD}


@pytest.mark.parametrize("stripped", [False, True])
def test_words_beside_the_controls_are_kept(root: Path, *, stripped: bool) -> None:
    """A paragraph that the form does not have stands below a heading of its own, and is told."""
    form = word_files.filled(blank(root), ANSWERS)
    form = word_files.with_paragraph(form, "About sixty words", "Who *else* was there?")
    result = imported(root, word_files.without_controls(form) if stripped else form, "--write")
    assert "not placed: Who \\*else\\* was there?" in result.stderr
    (text,) = records(root).values()
    (place,) = re.findall(r"filled\.docx: (.*?): note: not placed", result.stderr)
    words = f"\n## Not placed\n\n**{place}**\n\nWho \\*else\\* was there?\n"
    assert text == RECORD + words
    assert "Summary" in place


def test_a_problem_is_told_where_its_author_wrote(root: Path) -> None:
    """Not by a line of a file that nobody has seen, but by the question."""
    wrong = ANSWERS | {"success_factors.2.factor": "Trusted relation", "countries.0": "Laoos"}
    result = imported(root, word_files.filled(blank(root), wrong))
    assert result.exit_code == 1
    errors = [line for line in result.stderr.splitlines() if " error: " in line]
    assert [line.partition(": error")[0] for line in errors] == [
        "filled.docx: Facts / Countries (needed) / Answer 1",
        "filled.docx: Success factors (needed, or “Constraints”) / Success factor 3 / Factor",
    ]


def test_an_empty_form_asks_for_what_it_needs(root: Path) -> None:
    """Prompts stand where a field is needed; each is told."""
    result = imported(root, blank(root), "--write")
    assert result.exit_code == 1
    (text,) = records(root).values()
    assert "summary: ..." in text
    assert "error: to be filled in yet: 'title', 'summary', 'updated', 'countries'" in result.stderr


def test_a_form_of_an_older_model(root: Path) -> None:
    """Former names lead to the fields of today; what went is kept and told."""
    record = root / "content/record.yml"
    text = record.read_text("utf-8")
    gone = "  gone:\n    kind: line\n    label: Gone\n    need: always\n    help: H\n"
    older = text.replace("\n  title:\n", f"\n{gone}  title:\n", 1)
    older = older.replace("    former_names: [care_role]\n", "").replace("our_role", "care_role")
    older = older.replace("vocabulary: care_role", "vocabulary: our_role")
    record.write_text(older, "utf-8")
    answers = {tag: words for tag, words in ANSWERS.items() if tag != "our_role=leading"}
    answers |= {"care_role=leading": "", "gone": "Old words"}
    form = word_files.filled(blank(root), answers)
    record.write_text(text, "utf-8")
    result = imported(root, form, "--write")
    assert "this is not the form of today" in result.stderr
    assert "the model of today has no 'gone'" in result.stderr
    (written,) = records(root).values()
    assert written == RECORD + (
        "\n## Not placed\n\n**First questions / Gone (needed) / Answer**\n\nOld words\n"
    )


# ---- whatever is typed ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Return a library whose model has a text wherever there may be one, and its form."""
    root = tmp_path_factory.mktemp("texts")
    (root / "content").mkdir()
    (root / "content/record.yml").write_text(ALL_TEXTS, "utf-8")
    library(root)
    return root, blank(root)


def values_of(root: Path, text: str) -> dict[str, Any]:
    """Return the values of a record as the project reads it."""
    case = parse(SourceText("content/cases/one.md", text), model_of(root), {}).case
    assert case is not None
    return dict(case.values)


def test_every_text_comes_back_as_it_was_typed(texts: tuple[Path, bytes]) -> None:
    """Texts that YAML, XML or Markdown take for something else, in each place for a text."""
    root, form = texts
    wrong = []
    for number, typed in enumerate(dict.fromkeys((*NAUGHTY, *naughty.TEXTS))):
        text = legible(typed)
        if text.strip() in {"", "...", "…", "UNKNOWN"}:
            continue  # nothing, a prompt, and a word that is read as another
        tags = word_files.tags(form)
        answers = {tag: text for tag in tags if not re.search(r"##|\.[12]", tag)}
        answers["title"] = f"Title {number}"
        imported(root, word_files.filled(form, answers), "--write", name=f"{number}.docx")
        (written,) = (root / "content/cases").glob("*.md")
        values = values_of(root, written.read_text("utf-8"))
        written.unlink()
        one = text.strip()
        inner = {"line": one, "text": one}
        expected: dict[str, Any] = {"title": f"Title {number}", "on": one, "text": one}
        expected |= {"lines": [one], "texts": [one], "inner": inner, "entries": [inner]}
        if "\n" in one:  # which a field of one line refuses
            expected = {"title": f"Title {number}", "text": one, "texts": [one]}
            expected |= {"inner": {"text": one}, "entries": [{"text": one}]}
        if values != expected:
            wrong.append((typed, values))
    assert wrong == []


SOME_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1
).filter(lambda text: text.strip() and text.strip() not in {"Write here", "Choose here"})


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_draft_comes_back(texts: tuple[Path, bytes], data: st.DataObject) -> None:
    """Whichever answers are given, they and no others are in the record."""
    root, form = texts
    known = [tag for tag in word_files.tags(form) if tag != "title" and "#" not in tag]
    answers = data.draw(st.dictionaries(st.sampled_from(known), SOME_TEXT))
    imported(root, word_files.filled(form, {"title": "T", **answers}), "--write", name="x.docx")
    (written,) = (root / "content/cases").glob("*.md")
    lines = written.read_text("utf-8")
    written.unlink()
    found = set(_leaves(values_of(root, lines)))  # a list holds no text twice
    assert found == {"T", *(legible(text).strip() for text in answers.values())}


def _leaves(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    assert isinstance(inner, list | type({}.values()))
    return [leaf for item in inner for leaf in _leaves(item)]


# ---- forms of others -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["budget", "postmortems", "tiny"])
def test_a_stranger_has_a_form_of_its_own(tmp_path: Path, name: str) -> None:
    """The form of another model has its words, and no trace of ours; the same bytes each time."""
    site = built.settings(built.SITES / name, tmp_path)
    model, _ = load_site_model(site)
    assert model is not None
    form = word_form(model, Locale(site.language), "", library=site.name)
    assert form == word_form(model, Locale(site.language), "", library=site.name)
    with zipfile.ZipFile(io.BytesIO(form)) as parts:
        document = parts.read("word/document.xml").decode()
    assert re.findall(r"artnership|case stud|CARE", document) == []
    assert len(set(word_files.tags(form))) == len(word_files.tags(form))


def test_no_hidden_name_is_in_a_form(tmp_path: Path) -> None:
    """Names of organisations are typed: a list of them would tell those that no page tells."""
    model = model_of_site("private", tmp_path)
    with zipfile.ZipFile(io.BytesIO(word_form(model, Locale(), "", library="L"))) as parts:
        text = b"".join(map(parts.read, parts.namelist())).decode("utf-8", "replace").casefold()
    names = ("quartz", "marble", "unicef", "onyx", "travertine")
    assert [name for name in names if name in text] == []


def model_of_site(name: str, cache: Path) -> Model:
    """Return the model of one of the small sites."""
    model, _ = load_site_model(built.settings(built.SITES / name, cache))
    assert model is not None
    return model


def test_a_form_in_arabic_runs_from_right_to_left(tmp_path: Path) -> None:
    """Its styles and its section say so."""
    form = word_form(model_of_site("tiny", tmp_path), Locale("ar"), "", library="L")
    with zipfile.ZipFile(io.BytesIO(form)) as parts:
        assert b"<w:bidi/>" in parts.read("word/styles.xml")
        assert b"<w:bidi/>" in parts.read("word/document.xml")


# ---- reports -------------------------------------------------------------------------------------


def test_a_report_becomes_a_text(root: Path) -> None:
    """Headings are known in any case; tables, pictures and marks stay; the rest is told."""
    document = word_files.report("Water users", [("SITUATION", "It *was* so: 1. dry.")])
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("a|b", "x\ny", "1", "2"), strict=True):  # noqa: SLF001
        cell.text = words
    document.add_heading("Our own", 1)
    document.add_paragraph().add_run("Like a heading").bold = True
    document.add_picture(io.BytesIO(word_files.picture()))
    document.sections[0].header.paragraphs[0].text = "Confidential"
    result = imported(root, word_files.saved(document), "--write", name="report.docx")
    assert result.exit_code == 1
    assert (
        "report.docx: error: to be filled in yet: 'summary', 'countries', 'focus', 'partners',"
        " 'our_role', 'success_factors'\n"
        "    hint: write over each '...' in the file; what each asks: casebook fields\n"
    ) in result.stderr
    assert result.stdout.endswith("1 record, 2 errors; then casebook check\n")
    (text,) = records(root).values()
    assert text.partition("---\n\n")[2] == (
        "## Situation\n\nIt \\*was\\* so: 1. dry.\n\n"
        "| a\\|b | x<br>y |\n| --- | --- |\n| 1 | 2 |\n\n"
        "## Our own\n\n**Like a heading**\n\n![](water-users-1.png)\n"
    )
    assert (root / "content/cases/water-users-1.png").read_bytes() == word_files.picture()
    notes = [line for line in result.stderr.splitlines() if ": note: " in line]
    assert notes == [
        "report.docx: note: this looks like a heading, and has no style of one: Like a heading",
        "report.docx: note: a picture has no words for people who cannot see it: add them",
        "report.docx: note: the lines at the head and foot of pages are left out",
    ]


LISTS = (
    ("List Bullet", "Training"),
    ("List Bullet 2", "of midwives"),
    ("List Bullet 3", "in two districts"),
    ("List Number 2", "first"),
    ("List Number 2", "then"),
    ("List Bullet", "Supplies"),
    ("Normal", "And:"),
    ("List Bullet 2", "begins at the second level"),
)

NESTED = """\
- Training
  - of midwives
    - in two districts
  1. first
  2. then
- Supplies

And:

- begins at the second level
"""


def test_lists_inside_lists_stay_inside(root: Path) -> None:
    """The styles that Word has for each level of a list are levels in the text."""
    document = word_files.report("Water users", [])
    for style, words in LISTS:
        document.add_paragraph(words, style=style)
    imported(root, word_files.saved(document), "--write", name="report.docx")
    (text,) = records(root).values()
    assert text.partition("---\n\n")[2] == NESTED


def test_notes_and_links_of_a_report_come_along(root: Path) -> None:
    """A footnote and an endnote of one number are two; a link that pages refuse is told."""
    document = word_files.report("Water users", [("SITUATION", "It was so.")])
    paragraph = document.paragraphs[-1]
    word_files.add_note(paragraph, "footnote", 2, "Register, page 4.")
    word_files.add_note(paragraph, "endnote", 2, "Said in 2021.")
    linked = document.add_paragraph("See ")
    word_files.add_link(linked, "the report", "https://example.org/a_(b)?x=1&y=<2>")
    word_files.add_link(linked, " or a file", "file:///etc/passwd")
    result = imported(root, word_files.saved(document), "--write", name="report.docx")
    (text,) = records(root).values()
    assert text.partition("---\n\n")[2] == (
        "## Situation\n\nIt was so.[^2][^e2]\n\n"
        "See [the report](<https://example.org/a_(b)?x=1&y=%3C2%3E>) or a file\n\n"
        "[^2]: Register, page 4.\n\n[^e2]: Said in 2021.\n"
    )
    assert "note: a link is left out, its words are kept: file:///etc/passwd" in result.stderr


def test_a_report_on_a_partnership_that_is_told_already_is_noted(root: Path) -> None:
    """The note stands at the title; what is noted is written all the same."""
    title = "Ministry takes over land certificates for remote women"
    library(root, there=snapshot(title, body="Told by another.").replace("UNICEF", "Oxfam"))
    answers = {**ANSWERS, "title": f"{title} again"}
    result = imported(root, word_files.filled(blank(root), answers), "--write")
    assert result.exit_code == 0
    assert result.stderr == (
        "filled.docx -> content/cases/ministry-takes-over-land-certificates-for-remote-women-again"
        ".md: a new record\n"
        "filled.docx: First questions / Title (needed) / Answer: note: this looks like"
        " content/cases/there.md: both have a value of 'countries' and 7 words of the title\n"
        "    hint: if they are one, keep one of the two files; if they are two, name the other in"
        " 'related'\n"
    )


# ---- hostile files -------------------------------------------------------------------------------


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return made.getvalue()


BOMB = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)

HOSTILE = {
    "unpacks to": _packed({"word/document.xml": bytes(21_000_000)}),
    "parts are packed": _packed({f"word/{n}": b"" for n in range(2_001)}),
    "declares entities": _packed({"word/document.xml": BOMB}),
    "damaged": _packed({"word/document.xml": b"<a/>" * 50})[:-40],
    "old kind": OLD,
    "locked with a password": OLD + "EncryptedPackage".encode("utf-16-le"),
    "no file that can be imported": b"plain words",
    "no Word file": _packed({"word/document.xml": b"<a><b></a>"}),
}


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(root: Path, words: str) -> None:
    """Nothing is written, nothing is unpacked beyond bounds, and no traceback is printed."""
    result = imported(root, HOSTILE[words], "--write")
    assert (result.exit_code, records(root)) == (1, {})
    assert words in result.stderr
    assert result.stderr.count("error: ") == 1


def test_a_deep_file_is_refused(root: Path) -> None:
    """Elements inside each other without end are no document."""
    deep = b"<w:p>" * 100_000
    result = imported(root, _packed({"word/document.xml": deep}))
    assert "no Word file" in result.stderr


def test_nothing_outside_a_report_is_read(root: Path) -> None:
    """A picture that is a file elsewhere is left out, and so is one that is no picture."""
    (root / "secret.png").write_bytes(word_files.picture())
    document = word_files.report("Far", [("Situation", "Words.")])
    document.add_picture(io.BytesIO(word_files.picture()))
    content = word_files.saved(document)
    outside = f'Target="file://{root}/secret.png" TargetMode="External"'.encode()
    linked = word_files.with_part(
        content,
        "word/_rels/document.xml.rels",
        lambda part: re.sub(rb'Target="media/image1.png"', outside, part),
    )
    linked = word_files.with_part(
        linked, "word/document.xml", lambda part: part.replace(b"r:embed=", b"r:link=")
    )
    broken = word_files.with_part(content, "word/media/image1.png", lambda _: b"no picture")
    for number, file in enumerate((linked, broken)):
        result = imported(root, file, "--write", name=f"{number}.docx")
        assert result.exit_code == 1
        assert list((root / "content/cases").glob("*.png")) == []
        for record in (root / "content/cases").glob("*.md"):
            assert "picture" not in record.read_text("utf-8")
            record.unlink()


def test_ten_thousand_controls(root: Path) -> None:
    """Controls that the form does not have are read, and their words kept."""
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="partners.0.name"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>"
    )
    paragraph = f"<w:p>{control}</w:p>".encode()
    form = word_files.with_part(
        blank(root),
        "word/document.xml",
        lambda part: part.replace(b"<w:sectPr", paragraph * 10_000 + b"<w:sectPr", 1),
    )
    result = imported(root, form, "--write")
    assert result.exit_code == 1
    (text,) = records(root).values()
    assert "name: x" in text
