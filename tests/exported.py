"""Writes the tables that people fill in: our form for Excel, and an export as KoboToolbox makes it.

The layout of an export is that of its documentation: a sheet of records with `_index` and `_uuid`,
and a sheet for each group that repeats, joined by `_parent_index`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import load_workbook
from xlsxwriter import Workbook

Sheet = Sequence[Mapping[str, str]]


def workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """Return an Excel file: each sheet by its name, each row by the headings of its columns."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        heads = list(dict.fromkeys(head for row in rows for head in row))
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head)
            for number, row in enumerate(rows, 1):
                if head in row:
                    sheet.write_string(number, column, row[head])
    book.close()
    return target.getvalue()


def fill(form: bytes, sheets: Mapping[str, Sheet]) -> bytes:
    """Return our form for Excel filled in: below the names of its columns a row for each."""
    book = load_workbook(io.BytesIO(form))
    for name, rows in sheets.items():
        sheet = book[name]
        columns = {str(cell.value): cell.column for cell in sheet[2]}
        for number, row in enumerate(rows, 3):
            for head, text in row.items():
                cell = sheet.cell(number, columns[head])
                cell.value, cell.data_type = text, "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def export(records: Sequence[Mapping[str, object]], *, labels: Mapping[str, str]) -> bytes:
    """Return an export as KoboToolbox makes it; `labels` replace headings, where there is one.

    A record has the texts of its answers by heading; under the name of a list, its entries.
    """
    main: list[dict[str, str]] = []
    lists: dict[str, list[dict[str, str]]] = {}
    for index, record in enumerate(records, 1):
        row = {"start": "2026-11-01T08:00", "deviceid": "ee:01", "phonenumber": "0555 123 456"}
        for name, value in record.items():
            if isinstance(value, str):
                row[labels.get(name, name)] = value
                continue
            assert isinstance(value, list)
            for entry in value:
                entries = lists.setdefault(labels.get(name, name), [])
                own = {labels.get(f"{name}/{key}", f"{name}/{key}"): v for key, v in entry.items()}
                number = {"_index": str(len(entries) + 1), "_parent_index": str(index)}
                entries.append({**own, **number, "_parent_table_name": "Records"})
        more = {"_uuid": f"uuid-{index}", "_index": str(index), "_submitted_by": "ann.example"}
        main.append({**row, **more, "_submission_time": "2026-11-20T10:00:00"})
    return workbook({"Records": main, **lists})
