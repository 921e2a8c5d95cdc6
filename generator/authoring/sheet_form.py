"""The form for Excel: a sheet with a row for each record, and a sheet for each list of records.

The first row of a sheet has the labels, the second the names by which the columns are read back. A
cell with terms has a list, from a hidden sheet. Rows of two sheets belong together by a number.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.authoring.asked_fields import (
    FormColumn,
    asked_fields,
    entry_columns,
    offered_terms,
    record_columns,
)
from generator.authoring.import_source import FORM_MARK
from generator.base.locale import Locale
from generator.model.record import Field, Model

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NUMBER = "_index"
"""The column that numbers the records; Kobo calls it the same."""

PARENT = "_parent_index"
"""The column of a list that says to which record an entry belongs; Kobo calls it the same."""

SEPARATOR = ";"
"""What stands between several values in one cell."""

MARK_SHEET = FORM_MARK.decode()
"""The hidden sheet by which a form is known: its second column has the kind of record."""

ROWS = 200
"""So many rows of a form have lists, and a number."""

_LONGEST_HINT, _LONGEST_NAME = 255, 31
_WIDTH, _WIDE, _NARROW = 24, 44, 10


class FormError(Exception):
    """Excel refuses what the form holds: a fault of ours."""


def sheet_form(model: Model, locale: Locale, kind: str) -> bytes:
    """Return the form as a file for Excel; it holds strings alone, and no formula."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - it loads a library

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = Workbook(target, options)
    _FormWriter(workbook, model, locale, kind).write()
    workbook.close()
    return target.getvalue()


def sheet_names(model: Model, fields: Sequence[Field]) -> tuple[str, ...]:
    """Return the name of the sheet of records, then those of the lists, as Excel allows them."""
    names: list[str] = []
    for name in (model.plural, *(f.name for f in fields if f.entries)):
        plain = (re.sub(r"[\[\]:*?/\\']", " ", name).strip() or "sheet")[:_LONGEST_NAME]
        taken = {other.casefold() for other in [*names, MARK_SHEET, "lists", "history"]}
        number, unique = 2, plain
        while unique.casefold() in taken:
            unique, number = f"{plain[: _LONGEST_NAME - 3]} {number}", number + 1
        names.append(unique)
    return tuple(names)


@dataclass(frozen=True, slots=True)
class _FormWriter:
    workbook: Workbook
    model: Model
    locale: Locale
    kind: str
    lists: dict[str, str] = field(default_factory=dict)

    def write(self) -> None:
        """Write all sheets; those for the eyes of the author first."""
        fields = asked_fields(self.model, self.kind)
        first, *rest = sheet_names(self.model, fields)
        entries = [own for own in fields if own.entries]
        sheets = [self.workbook.add_worksheet(name) for name in (first, *rest)]
        lists = self.workbook.add_worksheet("lists")
        mark = self.workbook.add_worksheet(MARK_SHEET)
        lists.hide()
        mark.hide()
        mark.write_string(0, 0, MARK_SHEET)
        mark.write_string(0, 1, self.kind)
        for row, (own, name) in enumerate(zip(entries, rest, strict=True), 1):
            mark.write_string(row, 0, own.name)
            mark.write_string(row, 1, name)
        used = [own for top in fields for own in top.walk() if offered_terms(own, self.model)]
        self._lists(lists, used)
        _ = self.locale.gettext
        number = FormColumn(name=NUMBER, label=_("No."), help=_("The number of the row."))
        self._sheet(sheets[0], (number, *record_columns(self.model, fields, self.kind)))
        parent = FormColumn(
            name=PARENT,
            label=_("No."),
            help=_("The number of the row on the sheet “%(sheet)s”.", sheet=first),
            is_needed=True,
        )
        for own, sheet in zip(entries, sheets[1:], strict=True):
            self._sheet(sheet, (parent, *entry_columns(self.model, own, self.kind)))
        for row in range(2, 2 + ROWS):
            sheets[0].write_string(row, 0, str(row - 1))

    def _lists(self, sheet: Worksheet, used: Sequence[Field]) -> None:
        for own in used:
            if own.vocabulary in self.lists:
                continue
            column = len(self.lists)
            labels = [label for _, label in offered_terms(own, self.model)]
            for row, label in enumerate(labels):
                sheet.write_string(row, column, label)
            name = f"list_{column + 1}"
            start, end = _cell(0, column), _cell(len(labels) - 1, column)
            self.workbook.define_name(name, f"=lists!{start}:{end}")
            self.lists[own.vocabulary] = name

    def _sheet(self, sheet: Worksheet, columns: Sequence[FormColumn]) -> None:
        head = self.workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        needed = self.workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#FFF2CC"}
        )
        name = self.workbook.add_format({"font_color": "#666666", "font_size": 8})
        text = self.workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for number, column in enumerate(columns):
            self._column(sheet, number, column, text)
            label = f"{column.label} *" if column.is_needed else column.label
            sheet.write_string(0, number, label, needed if column.is_needed else head)
            sheet.write_string(1, number, column.name, name)
            if hint := self._hint(column):
                sheet.write_comment(0, number, hint, {"author": "", "x_scale": 2, "y_scale": 2})
        sheet.freeze_panes(2, 1)

    def _hint(self, column: FormColumn) -> str:
        _ = self.locale.gettext
        own = column.field
        hints = [column.help]
        if own and own.kind == "date":
            hints.append(_("A year, a month or a day: 2026, 2026-11 or 2026-11-22."))
        if own and own.kind == "number" and own.unit:
            hints.append(_("In %(unit)s.", unit=own.unit))
        if own and own.many:
            hints.append(_("Between several, write a semicolon."))
        if column.is_needed:
            hints.append(_("needed"))
        return "\n".join(filter(None, hints))

    def _column(self, sheet: Worksheet, number: int, column: FormColumn, text: Format) -> None:
        own = column.field
        wide = own is None or own.kind == "text"
        width = _NARROW if column.name.startswith("_") else _WIDE if wide else _WIDTH
        sheet.set_column(number, number, width, text)
        listed = self.lists.get(own.vocabulary) if own else None
        if own is None or listed is None or not offered_terms(own, self.model):
            return
        rules = {
            "validate": "list",
            "source": f"={listed}",
            "error_type": "warning" if own.many else "information",
            "input_message": self._hint(column)[:_LONGEST_HINT],
        }
        if sheet.data_validation(2, number, 1 + ROWS, number, rules):
            raise FormError(f"no list for {own.dotted}")


def _cell(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 - it loads a library

    cell: str = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    return cell
