"""Tables as somebody filled them in: the sheets of an Excel file, or one CSV file, as texts.

A cell is the text that its author saw, as far as the file tells: a date as a date, `2014.0` as
`2014`. What cannot be told is said in a note. Nothing here knows what a column means.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from generator.authoring.packed_file import ImportRefusedError, unreadable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

MOST_CELLS = 300_000
"""So many filled cells of a file are read."""

MOST_ROWS, MOST_COLUMNS = 20_000, 2_000
"""A row or column further on is not read, but the file is refused."""

Row = Mapping[int, str]
"""The texts of the filled cells of a row by their columns, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet: its name, empty for CSV; its filled rows by their numbers, from 1; what to say."""

    name: str
    rows: Mapping[int, Row]
    notes: tuple[str, ...] = ()

    def place(self, row: int, column: int = 0) -> str:
        """Return where a row or a cell stands, in words."""
        parts = [f"sheet '{self.name}'"] if self.name else []
        parts.append(f"row {row}")
        if column:
            parts.append(f"column {column_letters(column)}")
        return ", ".join(parts)


def column_letters(number: int) -> str:
    """Return the letters by which Excel calls a column, from 1.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


# ---- Excel ---------------------------------------------------------------------------------------

_EMPTY_CELL = re.compile(rb"<((?:\w+:)?c)\b[^<>]*/>|<((?:\w+:)?c)\b[^<>]*></\2>")
_ESCAPE = re.compile(rb"_x([0-9A-Fa-f]{4})_")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_AFTER_CELLS = re.compile(rb"(</((?:\w+:)?)sheetData>).*", re.DOTALL)
_BESIDE = "xl/worksheets/_rels/"
"""Comments, pictures and links of a sheet; what stands below a sheet's cells is left out too.

A link or a merged area of all cells would take all memory.
"""
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]*\bref=\"([A-Z0-9:]{1,40})\"")
_ROW_WITHOUT_CELLS = re.compile(rb"<((?:\w+:)?row)\b[^<>]*/>|<((?:\w+:)?row)\b[^<>]*>\s*</\2>")


def workbook_tables(parts: Mapping[str, bytes]) -> tuple[Table, ...]:
    """Return the sheets of an Excel file from its parts; raise ImportRefusedError.

    A cell whose formula was never calculated is empty, and a note says so.
    """
    prepared = {n: _prepared(n, part) for n, part in parts.items() if not n.startswith(_BESIDE)}
    sheets = [part for name, part in prepared.items() if _is_sheet(name)]
    cells = sum(len(_CELL.findall(part)) for part in sheets)
    if cells > MOST_CELLS:
        raise ImportRefusedError(
            f"the file has {cells:,} filled cells; at most {MOST_CELLS:,} are read",
            "divide it into several files",
        )
    values = _opened(prepared, calculated=True)
    has_formulas = any(b"<f" in part or b":f" in part for part in sheets)
    formulas = _opened(prepared, calculated=False) if has_formulas else None
    tables = [
        _table(sheet, formulas[sheet.title] if formulas else None) for sheet in values.worksheets
    ]
    sources = (part for name, part in sorted(parts.items()) if _is_sheet(name))
    merged = [area.decode() for part in sources for area in _MERGED.findall(part)]
    if merged and tables:
        note = f"of merged cells only the first has the words ({_some(merged)})"
        tables[0] = replace(tables[0], notes=(*tables[0].notes, note))
    return tuple(tables)


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _prepared(name: str, part: bytes) -> bytes:
    """Return a part without empty cells and rows, and its `_x000D_` as the characters they mean.

    Openpyxl does neither: a sheet with a style in every cell would take all memory.
    """
    if _is_sheet(name):
        part = _AFTER_CELLS.sub(rb"\1</\2worksheet>", part)
        part = _ROW_WITHOUT_CELLS.sub(b"", _EMPTY_CELL.sub(b"", part))
    elif name != "xl/sharedStrings.xml":
        return part
    return _ESCAPE.sub(_character, part).replace(_LOST, _KEPT)


_LOST, _KEPT = b"x005F_", "x005\ue000F_".encode()
"""Openpyxl takes the first out of every text; the second is turned back."""


def _character(match: re.Match[bytes]) -> bytes:
    """Return the character that an escape means; nothing where no file of text may hold it."""
    code = int(match[1], 16)
    is_legible = code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE  # noqa: PLR2004
    return b"&#%d;" % code if is_legible else b""


def _opened(parts: Mapping[str, bytes], *, calculated: bool) -> Workbook:
    from openpyxl import load_workbook  # noqa: PLC0415 - it loads a library

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, part in parts.items():
            target.writestr(name, part)
    try:
        return load_workbook(packed, data_only=calculated, rich_text=True)
    except Exception as error:  # whatever a library stumbles over in a stranger's file
        raise unreadable("Excel file") from error


def _table(sheet: Any, formulas: Any) -> Table:  # noqa: ANN401 - openpyxl has no types
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        raise ImportRefusedError(
            f"sheet '{sheet.title}' has something in row {sheet.max_row:,}, column"
            f" {column_letters(sheet.max_column)}; at most {MOST_ROWS:,} rows and"
            f" {MOST_COLUMNS:,} columns are read",
            "delete what stands that far out, or divide the file",
        )
    rows: dict[int, Row] = {}
    uncalculated: list[str] = []
    errors: list[str] = []
    for cells in sheet.iter_rows():
        texts: dict[int, str] = {}
        for cell in cells:
            if text := _text(cell):
                texts[cell.column] = text
            if cell.data_type == "e":
                errors.append(cell.coordinate)
                texts.pop(cell.column, None)
            elif (
                formulas is not None
                and cell.value is None
                and formulas[cell.coordinate].data_type == "f"
            ):
                uncalculated.append(cell.coordinate)
        if texts:
            rows[cells[0].row] = texts
    return Table(
        name=sheet.title, rows=rows, notes=tuple(_notes(sheet, rows, uncalculated, errors))
    )


def _notes(
    sheet: Any,  # noqa: ANN401 - openpyxl has no types
    rows: Mapping[int, Row],
    uncalculated: Sequence[str],
    errors: Sequence[str],
) -> Iterator[str]:
    """Yield what the author of a sheet has to know of it."""
    where = f"sheet '{sheet.title}'"
    if uncalculated:
        cells = _some(uncalculated)
        yield f"{where}: a formula without a value is left out ({cells}): save it in Excel"
    if errors:
        yield f"{where}: a formula that failed is left out ({_some(errors)})"
    hidden = [number for number in rows if sheet.row_dimensions[number].hidden]
    if hidden and sheet.sheet_state == "visible":
        numbers = _some([str(number) for number in hidden])
        yield f"{where}: hidden rows are read as all others ({numbers})"


def _some(names: Sequence[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(islice(names, most)) + more


def _text(cell: Cell) -> str:
    """Return a cell as its author saw it."""
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    if isinstance(value, dt.datetime):
        return _date(value, str(cell.number_format))
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return str(value)
    text = "" if value is None else str(value).replace(_KEPT.decode(), _LOST.decode())
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number(value: float, number_format: str) -> str:
    """Return a number without what binary fractions add; a percentage as it is shown."""
    is_percent = "%" in number_format.split(";", maxsplit=1)[0]
    number = round(value * 100, 10) if is_percent else value
    text = str(int(number)) if number == int(number) else repr(number)
    return f"{text}%" if is_percent else text


def _date(value: dt.datetime, number_format: str) -> str:
    """Return a day as ISO 8601; only the year or the month, where only those are shown."""
    letters = set(re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.casefold()))
    if "y" in letters and "d" not in letters and number_format.casefold() != "general":
        return value.strftime("%Y-%m") if "m" in letters else value.strftime("%Y")
    if value.hour or value.minute or value.second:
        return value.isoformat(" ", "minutes")
    return value.date().isoformat()


# ---- CSV -----------------------------------------------------------------------------------------

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATORS = {";": "a semicolon", ",": "a comma", "\t": "a tab"}
_NAMED_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def csv_table(content: bytes) -> Table:
    """Return the rows of a CSV file; raise ImportRefusedError.

    The separator is the one that its first line has. Where that, or the encoding, is no matter of
    course, a note says what was taken.
    """
    text, notes = _decoded(content)
    named = _NAMED_SEPARATOR.match(text)
    text = text[named.end() :] if named else text
    first = 2 if named else 1
    heads = {sign: len(_first_row(text, sign)) for sign in _SEPARATORS}
    separator = named[1] if named else max(heads, key=lambda sign: heads[sign])
    if not named and sum(number > 1 for number in heads.values()) > 1:
        notes.append(f"between columns stands {_SEPARATORS[separator]}, as the first row has it")
    rows: dict[int, Row] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, first):
            texts = {
                column: cell.replace("\r\n", "\n").replace("\r", "\n")
                for column, cell in enumerate(cells, 1)
                if cell
            }
            if texts:
                rows[number] = texts
    except csv.Error as error:
        raise ImportRefusedError(
            f"the quotes around line {reader.line_num} do not close, or a cell is too long",
            "save it anew as CSV from a program for tables",
        ) from error
    if rows and (max(rows) > MOST_ROWS or max(map(max, rows.values())) > MOST_COLUMNS):
        raise ImportRefusedError(
            f"the file has more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns",
            "divide it into several files",
        )
    return Table(name="", rows=rows, notes=tuple(notes))


def _first_row(text: str, separator: str) -> Sequence[str]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return next(reader, [])
    except csv.Error:
        return []


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """Return the text of a file, and what to say of its encoding."""
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text, notes = content.decode(encoding), []
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise ImportRefusedError(
                "the file is in an encoding that is not known here",
                "save it as 'CSV UTF-8', or as .xlsx",
            ) from error
        odd = next(word for word in text.split() if not word.isascii())
        notes = [
            f"the file is no UTF-8; it was read as Windows-1252: see whether '{odd[:40]}' is right"
        ]
    if "\0" in text:
        raise ImportRefusedError("the file is no text", "save it as 'CSV UTF-8', or as .xlsx")
    return text, notes
