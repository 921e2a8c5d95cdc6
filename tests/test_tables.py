"""Excel and KoboToolbox: forms that go out, and records from what comes back."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from pyxform.xls2xform import convert

import built
import naughty
from exported import export, fill, workbook
from generator.cli.main import main
from small import library, own_model, snapshot
from test_form import ALL_TEXTS, NAUGHTY

RECORD = {
    "summary": "What came of it.",
    "countries": "la vn",
    "focus": "ownership-of-model",
    "our_role": "leading",
}
"""The answers of a snapshot, but for its title and its lists."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a library of the shipped model without a record."""
    own_model(library(tmp_path))
    return tmp_path


def command(root: Path, *words: str) -> Result:
    """Return what a command did in a site."""
    return CliRunner().invoke(main, [*words, "-f", str(root / "site_config.yml")])


def imported(root: Path, name: str, content: bytes, *more: str) -> Result:
    """Return what an import of a file said."""
    (root / name).write_bytes(content)
    return command(root, "import", str(root / name), *more)


def fields_of(file: Path) -> dict[str, object]:
    """Return the fields of a record, every scalar as text."""
    front = file.read_text("utf-8").split("\n---\n")[0]
    return dict(yaml.load(front, yaml.BaseLoader))  # noqa: S506 - it makes texts alone


def record(title: str, **more: object) -> dict[str, object]:
    """Return the answers of a sound snapshot."""
    partners = [{"name": "UNICEF"}]
    factors = [{"factor": "trusted-relationship", "what": "They met."}]
    return {"title": title, **RECORD, "partners": partners, "success_factors": factors, **more}


def own_texts(root: Path) -> None:
    """Give a site a model with a text wherever there may be one."""
    library(root)
    (root / "content/record.yml").write_text(ALL_TEXTS.replace("\n    need: always", ""), "utf-8")


# ---- forms that go out ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["shipped", "budget", "postmortems", "tiny"])
def test_the_form_for_phones_is_taken_without_a_warning(name: str, tmp_path: Path) -> None:
    """Every kind of record of every model becomes questions that a phone can ask."""
    root = built.SHIPPED if name == "shipped" else built.SITES / name
    sizes = {"shipped": ("snapshot", "case"), "tiny": ("sketch", "whole")}.get(name, ("",))
    for size in sizes:
        file = tmp_path / f"{size}.xlsx"
        words = ("--size", size) if size else ()
        result = command(root, "form", "--format", "xlsform", "-o", str(file), *words)
        assert result.exit_code == 0, result.output
        said: list[str] = []
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            form = convert(io.BytesIO(file.read_bytes()), warnings=said)
        assert said == []
        assert "<h:title>" in form.xform


def test_the_form_for_excel_has_lists_help_and_a_sheet_for_each_list(site: Path) -> None:
    """Terms come from a hidden sheet; no cell holds a formula."""
    assert command(site, "form", "--format", "xlsx", "-o", str(site / "f.xlsx")).exit_code == 0
    book = load_workbook(site / "f.xlsx")
    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert shown == ["case studies", "partners", "success_factors", "constraints", "evidence"]
    sheet = book["case studies"]
    names = [cell.value for cell in sheet[2]]
    assert names[:4] == ["_index", "title", "summary", "updated"]
    assert "## Situation" in names
    column = names.index("focus") + 1
    assert "Choose one or more" in sheet.cell(1, column).comment.text
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    rule = rules[sheet.cell(3, column).coordinate]
    area = book.defined_names[rule.formula1.removeprefix("=")].attr_text
    listed, _, cells = area.partition("!")
    labels = [row[0].value for row in book[listed][cells.replace("$", "")]]
    assert "Policy and legal change" in labels
    assert (book[listed].sheet_state, sheet.freeze_panes) == ("hidden", "B3")
    assert not any(cell.data_type == "f" for one in book for row in one for cell in row)


def test_a_filled_form_becomes_a_record(site: Path) -> None:
    """Cells, lists of terms by label, entries of other sheets and own words come back."""
    command(site, "form", "--format", "xlsx", "-o", str(site / "f.xlsx"))
    rows = {
        "case studies": [
            {
                "title": "Stoves: clean #1",
                "summary": "yes",
                "countries": "Laos; Vietnam",
                "updated": "2026-11-01",
                "focus": "Ownership of model",
                "our_role": "leading",
                "## Situation": "Smoke.\n\n- a list",
            }
        ],
        "partners": [{"_parent_index": "1", "name": "UNICEF"}],
        "success_factors": [
            {"_parent_index": "1", "factor": "trusted-relationship", "what": "=1+1"}
        ],
    }
    filled = fill((site / "f.xlsx").read_bytes(), rows)
    result = imported(site, "filled.xlsx", filled, "--write")
    assert result.exit_code == 0, result.output
    file = site / "content/cases/stoves-clean-1.md"
    assert fields_of(file) == {
        "title": "Stoves: clean #1",
        "summary": "yes",
        "updated": "2026-11-01",
        "countries": ["la", "vn"],
        "focus": ["ownership-of-model"],
        "partners": [{"name": "unicef"}],
        "our_role": ["leading"],
        "success_factors": [{"factor": "trusted-relationship", "what": "=1+1"}],
    }
    assert file.read_text("utf-8").endswith("---\n\n## Situation\n\nSmoke.\n\n- a list\n")
    assert command(site, "check").exit_code == 0


# ---- an export of KoboToolbox --------------------------------------------------------------------

BROKEN: dict[int, tuple[dict[str, object], str]] = {
    10: ({"title": ""}, "sheet 'Records', row 11, column D: error: 'title' is not filled in\n"),
    20: ({"focus": "wrong"}, "sheet 'Records', row 21, column G: error: 'wrong' is not a focus"),
    30: ({"title": "long " * 40}, "sheet 'Records', row 31, column D: error: "),
    40: ({"summary": "Ask ann@example.org"}, "sheet 'Records', row 41, column E: error: "),
    50: ({"countries": "atlantis"}, "sheet 'Records', row 51, column F: error: 'atlantis' is not"),
    60: (
        {"success_factors": [{"factor": "hope", "what": "x"}]},
        "sheet 'success_factors', row 61, column A: error: 'hope' is not a factor",
    ),
}
"""For the numbers of records: what is wrong with it, and what is said of it."""


NOTHING: tuple[dict[str, object], str] = ({}, "")


def two_hundred() -> list[dict[str, object]]:
    """Return the answers of 200 records, with 0 to 5 sources each, some broken."""
    records = []
    for number in range(1, 201):
        sources = [
            {"id": f"s{n}", "kind": "document", "citation": f"Report {n}"}
            for n in range(number % 6)
        ]
        one = record(f"Case {number}", evidence=sources, record_type="snapshot")
        records.append(one | BROKEN.get(number, NOTHING)[0])
    return records


LABELS = {
    "title": "Title",
    "countries": "Countries",
    "focus": "about/Focus",
    "success_factors": "Success factors",
    "success_factors/factor": "Success factors/Factor",
}


@pytest.mark.parametrize("labels", [{}, LABELS], ids=["names", "labels"])
def test_an_export_of_two_hundred_records(site: Path, labels: dict[str, str]) -> None:
    """The broken ones are told by sheet, row and column, and left; all others are written once."""
    content = export(two_hundred(), labels=labels)
    dry = imported(site, "export.xlsx", content)
    assert dry.exit_code == 1
    assert list((site / "content/cases").iterdir()) == []
    for _, said in BROKEN.values():
        assert (
            said.replace(
                "'success_factors'", f"'{labels.get('success_factors', 'success_factors')}'"
            )
            in dry.output
        )
    assert "export.xlsx: 193 other rows: a new record\n" in dry.output
    assert len(dry.output.splitlines()) < 25
    assert "phonenumber" in dry.output
    last = dry.output.splitlines()[-1]
    assert last.startswith("200 records, 6 left out for errors, 6 errors; "), last
    imported(site, "export.xlsx", content, "--write")
    files = sorted((site / "content/cases").iterdir())
    assert len(files) == 194
    text = "".join(file.read_text("utf-8") for file in files)
    assert not re.search("0555|ann|ee:01", text)
    assert fields_of(site / "content/cases/case-5.md")["evidence"] == [
        {"id": f"s{n}", "kind": "document", "citation": f"Report {n}"} for n in range(5)
    ]
    assert command(site, "check").exit_code == 0


def test_imported_again_it_makes_no_doubles_and_says_what_changed(site: Path) -> None:
    """A record is found by its `_uuid`, whatever its title is now."""
    imported(site, "e.xlsx", export([record("One"), record("Two")], labels={}), "--write")
    newer = export([record("Uno"), record("Two")], labels={})
    result = imported(site, "e.xlsx", newer, "--write")
    assert "one.md: imported before; changed, and made anew" in result.output
    assert "two.md: imported before; nothing changed" in result.output
    assert sorted(file.name for file in (site / "content/cases").iterdir()) == ["one.md", "two.md"]
    assert fields_of(site / "content/cases/one.md")["title"] == "Uno"


def test_an_export_without_the_sheets_of_its_lists_is_said_and_takes_nothing_away(
    site: Path,
) -> None:
    """A filtered export lacks them: a record that has such entries stays as it is."""
    imported(site, "e.xlsx", export([record("One")], labels={}), "--write")
    before = (site / "content/cases/one.md").read_bytes()
    bare = {k: v for k, v in record("One").items() if isinstance(v, str)}
    result = imported(site, "e.xlsx", export([bare], labels={}), "--write")
    assert "the file has no sheet for 'partners', 'success_factors'" in result.output
    assert (site / "content/cases/one.md").read_bytes() == before


def test_answers_in_columns_of_their_own_are_read(site: Path) -> None:
    """A question with several answers may have a column for each, by name or by label."""
    one = record("One")
    del one["countries"], one["focus"]
    more = {"countries/la": "1", "countries/vn": "0", "Focus/Ownership of model": "True"}
    result = imported(site, "e.xlsx", export([{**one, **more}], labels={}), "--write")
    assert result.exit_code == 0, result.output
    fields = fields_of(site / "content/cases/one.md")
    assert (fields["countries"], fields["focus"]) == (["la"], ["ownership-of-model"])


def test_two_rows_on_one_partnership_are_noted(site: Path) -> None:
    """The later of two new rows looks like the earlier; imported again, neither is new or alike."""
    title = "Ministry takes over land certificates for remote women"
    rows = [record(title), record(f"{title} again"), record("Something else altogether here")]
    content = export(rows, labels={})
    result = imported(site, "e.xlsx", content, "--write")
    notes = [line for line in result.output.splitlines() if ": note: this looks like" in line]
    assert len(notes) == 1, result.output
    assert "row 3" in notes[0]
    path = "content/cases/ministry-takes-over-land-certificates-for-remote-women.md"
    assert f"this looks like {path}: both have 1 of the names" in notes[0]
    assert len(list((site / "content/cases").iterdir())) == len(rows)


def test_doubles_and_entries_without_a_record_are_said(site: Path) -> None:
    """Nothing is joined by guess."""
    rows = [
        {"title": "A", "_index": "1", "_uuid": "u"},
        {"title": "B", "_index": "2", "_uuid": "u"},
    ]
    lists = [{"partners/name": "UNICEF", "_parent_index": "7"}]
    result = imported(site, "e.xlsx", workbook({"R": rows, "partners": lists}))
    assert "sheet 'R', row 3, column C: error: 'u' stands in row 2 too" in result.output
    assert "sheet 'partners', row 2, column B: error: no record has the number '7'" in result.output


# ---- any other table -----------------------------------------------------------------------------

MAPPING = """\
sheet: Projects
row: 2
unique: Code
number: Code
separator: "|"
columns:
  Name: title
  Story: summary
  Where: countries
  Began: period.start
  Remarks: "## Situation"
  What for: focus
  Ours: our_role
  Helped: success_factors
ignore: [Phone]
lists:
  - {field: partners, sheet: Who, parent: Project, columns: {Organisation: name}}
"""


def projects() -> bytes:
    """Return somebody's own workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Projects"
    sheet.append(["Our projects"])
    heads = ["Code", "Name", "Story", "Where", "Began", "Remarks", "Phone", "Budget"]
    sheet.append([*heads, "What for", "Ours", "Helped"])
    day = dt.date(2014, 3, 1)
    sheet.append(
        [
            *("P1", "Wells", "Water.", "Laos|Vietnam", day, "It rained.", "0555 123 456", 2014.0),
            *("ownership-of-model", "leading", "trusted-relationship"),
        ]
    )
    who = book.create_sheet("Who")
    who.append(["Project", "Organisation"])
    who.append(["P1", "UNICEF"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_any_table_is_imported_with_a_mapping(site: Path) -> None:
    """Columns that the mapping does not name are kept in the record, and said."""
    (site / "m.yml").write_text(MAPPING, "utf-8")
    words = ("--mapping", str(site / "m.yml"), "--write")
    result = imported(site, "p.xlsx", projects(), *words)
    assert result.exit_code == 0, result.output
    assert "p.xlsx: sheet 'Projects', row 3, column H (Budget): note: not placed: 2014" in (
        result.output
    )
    fields = fields_of(site / "content/cases/wells.md")
    assert fields["period"] == {"start": "2014-03-01"}
    assert fields["countries"] == ["la", "vn"]
    assert fields["partners"] == [{"name": "unicef"}]
    text = (site / "content/cases/wells.md").read_text("utf-8")
    assert "## Situation\n\nIt rained.\n" in text
    assert "0555" not in text


def test_a_table_without_a_mapping_is_refused(site: Path) -> None:
    """No column is guessed."""
    result = imported(site, "p.xlsx", projects())
    assert result.exit_code == 1
    assert "error: which field these columns hold is not known: 'Our projects'" in result.output


@pytest.mark.parametrize(
    ("old", "new", "said", "code"),
    [
        (
            "Began: period.start",
            "Began: period.strat",
            "m.yml:10:10: error: a case study has no",
            2,
        ),
        ("field: partners", "field: partner", "m.yml:17:13: error: 'partner' is no list", 2),
        ("Began:", "Start:", "sheet 'Projects' has no column 'Start'", 1),
        ("sheet: Who", "sheet: Whom", "there is no sheet 'Whom'", 1),
        ("row: 2", "row: two", "m.yml:2:6: error: 'row' cannot be 'two'", 2),
        ("ignore:", "ignroe:", "m.yml:15:1: error: the mapping has an unknown key 'ignroe'", 2),
    ],
)
def test_a_wrong_mapping_is_told(site: Path, old: str, new: str, said: str, code: int) -> None:
    """By its file and line, or by what the table lacks."""
    (site / "m.yml").write_text(MAPPING.replace(old, new), "utf-8")
    result = imported(site, "p.xlsx", projects(), "--mapping", str(site / "m.yml"))
    assert said in result.output
    assert result.exit_code == code


# ---- cells ---------------------------------------------------------------------------------------


def test_naughty_texts_come_back_equal(tmp_path: Path) -> None:
    """Through Excel, as our form has it: what a file of text can hold is in the record."""
    own_texts(tmp_path)
    command(tmp_path, "form", "--format", "xlsx", "-o", str(tmp_path / "f.xlsx"))
    names = [cell.value for cell in load_workbook(tmp_path / "f.xlsx").worksheets[0][2]]
    assert names[:3] == ["_index", "title", "on"]
    more = ["_x000D_", "x005F_", "_x0041_", "=1+1", "+1", "@a", "http://a.b"]
    texts = [*dict.fromkeys([*NAUGHTY, *naughty.TEXTS, *more])]
    rows = [{"title": f"T {n}", "text": text} for n, text in enumerate(texts)]
    content = workbook({"notes": [row | {"text": storable(row["text"])} for row in rows]})
    result = imported(tmp_path, "t.xlsx", content, "--write")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    wrong = {}
    for number, text in enumerate(texts):
        file = tmp_path / f"content/cases/t-{number}.md"
        came = fields_of(file).get("text", "") if file.exists() else None
        if came != (expected(text) if text not in PROMPTS else None):
            wrong[text] = came
    assert wrong == {}


PROMPTS = ("...", "\u2026")
"""What a blank record says where something is to be filled in: such a row is left out."""


def storable(text: str) -> str:
    """Return a text without halves of a character and the two that XML cannot hold at all."""
    return re.sub("[\ud800-\udfff\ufffe\uffff]", "", text)


def expected(text: str) -> str:
    """Return a text as a record holds it: without control characters; nothing for mere space."""
    text = re.sub("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]", "", storable(text))
    text = "".join(c for c in text if ord(c) & 0xFFFE != 0xFFFE)
    return text if text.strip() else ""


def odd_cells() -> bytes:
    """Return a workbook whose cells are dates, numbers, formulas, merged or hidden."""
    book = Workbook()
    sheet = book.active
    sheet.append(["title", "on", "text"])
    sheet.append(["A", 2014.0, dt.datetime(2014, 3, 1)])  # noqa: DTZ001 - Excel has no zones
    sheet.append(["B", 0.125, 0.1 + 0.2])
    sheet["B3"].number_format = "0.0%"
    sheet.append(["C", "=1+1", True])
    sheet.append(["D", dt.datetime(2014, 3, 1), "#N/A"])  # noqa: DTZ001
    sheet["B5"].number_format = "yyyy"
    sheet["C5"].data_type = "e"
    sheet.row_dimensions[5].hidden = True
    sheet.merge_cells("C2:D2")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_cells_are_texts_as_their_author_saw_them(tmp_path: Path) -> None:
    """A date is a date, a whole number has no point; what has no value is said."""
    own_texts(tmp_path)
    result = imported(tmp_path, "o.xlsx", odd_cells(), "--write")
    for note in (
        "sheet 'Sheet': a formula without a value is left out (B4): save it in Excel",
        "sheet 'Sheet': a formula that failed is left out (C5)",
        "sheet 'Sheet': hidden rows are read as all others (5)",
        "of merged cells only the first has the words (C2:D2)",
    ):
        assert f"o.xlsx: note: {note}" in result.output
    pages = [fields_of(tmp_path / f"content/cases/{name}.md") for name in "abcd"]
    assert [page.get("on") for page in pages] == ["2014", "12.5%", None, "2014"]
    assert [page.get("text") for page in pages] == ["2014-03-01", "0.3", "yes", None]


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an Excel file of which one part is another."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return target.getvalue()


def calc() -> bytes:
    """Return the start of a file as LibreOffice Calc writes it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_date_since_1904_is_the_same_day(tmp_path: Path) -> None:
    """Excel for the Macintosh once counted days from another one."""
    own_texts(tmp_path)
    mac = changed(
        odd_cells(),
        "xl/workbook.xml",
        lambda part: re.sub(rb"<workbookPr[^/]*/>", b'<workbookPr date1904="1"/>', part),
    )
    imported(tmp_path, "o.xlsx", mac, "--write")
    assert fields_of(tmp_path / "content/cases/a.md")["text"] == "2018-03-02"


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part.replace(
            b"</sheetData>", b'<row r="9"/>' * 200_000 + b'<row r="1048576"/></sheetData>'
        ),
        lambda part: part.replace(
            b"</sheetData>",
            b"".join(b'<row r="%d"><c r="XFD%d" s="1"/></row>' % (n, n) for n in range(9, 90_000))
            + b"</sheetData>",
        ),
        lambda part: part.replace(b'ref="C2:D2"', b'ref="A1:XFD1048576"'),
    ],
    ids=["rows", "styles", "merged"],
)
def test_empty_cells_without_number_are_read_in_no_time(
    change: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """What is empty takes no memory."""
    own_texts(tmp_path)
    result = imported(tmp_path, "o.xlsx", changed(odd_cells(), SHEET, change))
    assert "4 records" in result.output


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "this is a file of an old kind",
        ),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "the file is locked with a password",
        ),
        ("a.xlsm", changed(odd_cells(), "xl/vbaProject.bin", lambda _: b"x"), "holds macros"),
        (
            "a.ods",
            calc(),
            "save it as .xlsx",
        ),
        ("a.xlsx", odd_cells()[:900], "the file is damaged"),
        ("a.xlsx", b"title;on\na;b\n", "this is no file that can be imported"),
        ("a.xlsx", changed(odd_cells(), SHEET, lambda _: b"<a>"), "no Excel file that can be read"),
        (
            "a.xlsx",
            changed(odd_cells(), SHEET, lambda part: part.replace(b'r="A5"', b'r="A999999"')),
            "at most 20,000 rows",
        ),
        ("a.csv", b'title,on\n"a,b\n', "the quotes around line 2 do not close"),
        ("a.csv", b"title,on\na\0b,c\n", "the file is no text"),
        ("a.csv", b"", "the table is empty"),
    ],
    ids=range(11),
)
def test_other_files_are_refused_in_a_sentence(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    """Nobody sees a traceback."""
    own_texts(tmp_path)
    result = imported(tmp_path, name, content)
    assert (result.exit_code, said in result.output) == (1, True), result.output
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title;on\nA;é, b\n".encode(), ""),
        ('title,on\nA,"é, b"\n'.encode("utf-8-sig"), ""),
        ("title\ton\r\nA\té, b\r\n".encode("utf-16"), ""),
        (
            "title;on\nA;é, b\n".encode("cp1252"),
            "read as Windows-1252: see whether 'A;é,' is right",
        ),
        (b"sep=;\ntitle;on\nA;" + "é, b\n".encode(), ""),
    ],
    ids=["semicolon", "comma", "tab", "windows", "named"],
)
def test_csv_in_all_its_forms(content: bytes, said: str, tmp_path: Path) -> None:
    """Separator and encoding are found, and said where they are no matter of course."""
    own_texts(tmp_path)
    result = imported(tmp_path, "a.csv", content, "--write")
    assert fields_of(tmp_path / "content/cases/a.md")["on"] == "é, b"
    assert said in result.output


def test_a_cell_of_csv_may_have_several_lines(tmp_path: Path) -> None:
    """Its line ends are those of the record."""
    own_texts(tmp_path)
    imported(tmp_path, "a.csv", b'title,text\r\nA,"one\r\ntwo ""2"""\r\n', "--write")
    assert fields_of(tmp_path / "content/cases/a.md")["text"] == 'one\ntwo "2"'


def test_a_record_that_is_there_is_never_overwritten(site: Path) -> None:
    """Neither one that somebody wrote, nor the row before with the same title."""
    (site / "content/cases/one.md").write_text(snapshot("One"), "utf-8")
    result = imported(
        site, "e.xlsx", export([record("One"), record("Two"), record("Two")], labels={}), "--write"
    )
    assert "row 2: error: content/cases/one.md is there already" in result.output
    assert "row 4: error: content/cases/two.md is there already" in result.output
    assert (site / "content/cases/one.md").read_text("utf-8") == snapshot("One")
