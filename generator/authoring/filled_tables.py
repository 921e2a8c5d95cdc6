"""Drafts of records from tables: our form for Excel, an export of KoboToolbox, any other table.

A row of one sheet is a record. A row of another sheet is an entry of a list, and says by a number
to which record it belongs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.authoring.asked_fields import HEADING, asked_fields
from generator.authoring.column_mapping import (
    ColumnMapping,
    ListSheet,
    column_field,
    column_path,
)
from generator.authoring.column_uses import (
    ColumnUse,
    columns_by_name,
    is_dropped,
    options_of,
)
from generator.authoring.draft import (
    DraftProblem,
    DraftValue,
    RecordDraft,
    UnplacedWords,
    escaped_markdown,
)
from generator.authoring.import_source import ImportSettings, ImportSource
from generator.authoring.packed_file import ImportRefusedError
from generator.authoring.sheet_form import MARK_SHEET, NUMBER, PARENT, SEPARATOR
from generator.authoring.tables import Row, Table, csv_table, workbook_tables
from generator.base.names import fold
from generator.base.problem import Problem
from generator.model.declaration import suggestion
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN

UNIQUE = "_uuid"
"""The column of KoboToolbox that no two records share."""

SENT = "_submission_time"
"""The column of KoboToolbox with the day on which a record was sent: the day of its last update."""

_TICKED = frozenset({"1", "true", "yes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A table whose columns are known. `holder` is the list whose entries it has, if any.

    `number` is the column that names a record, or of an entry the record that it belongs to;
    `unique` and `sent` are columns too, all 0 where there is none.
    """

    table: Table
    head: int
    columns: Mapping[int, ColumnUse | None]
    holder: Field | None = None
    number: int = 0
    unique: int = 0
    sent: int = 0

    @property
    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows below the headings that say anything but their number."""
        beside = {self.number, self.unique, self.sent}
        for number, row in self.table.rows.items():
            if number > self.head and any(
                text.strip() and column not in beside and self.columns.get(column) != ColumnUse("")
                for column, text in row.items()
            ):
                yield number, row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """The sheets of a file: that of the records, then those of lists; and what to say of them."""

    records: _Sheet
    lists: tuple[_Sheet, ...] = ()
    separator: str = SEPARATOR
    kind: str = ""
    notes: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


def filled_workbook(source: ImportSource, settings: ImportSettings) -> Sequence[RecordDraft]:
    """Return a draft for each record in an Excel file; raise ImportRefusedError."""
    if any(name.casefold() == "xl/vbaproject.bin" for name in source.parts):
        raise ImportRefusedError(
            "the file holds macros (.xlsm)", "save it as .xlsx, which holds none, and try again"
        )
    if "xl/workbook.bin" in source.parts:
        raise ImportRefusedError("this is a binary workbook (.xlsb)", "save it as .xlsx")
    return _drafts(workbook_tables(source.parts), source, settings)


def filled_csv(source: ImportSource, settings: ImportSettings) -> Sequence[RecordDraft]:
    """Return a draft for each row of a CSV file; raise ImportRefusedError."""
    return _drafts((csv_table(source.content),), source, settings)


def _drafts(
    tables: Sequence[Table], source: ImportSource, settings: ImportSettings
) -> Sequence[RecordDraft]:
    layout = _layout(tables, settings)
    return tuple(_Reader(layout, settings, source.name).drafts())


# ---- which column holds what ---------------------------------------------------------------------


def _layout(tables: Sequence[Table], settings: ImportSettings) -> _Layout:
    """Return how a file is laid out: as the mapping says, as a form of ours, or as Kobo exports."""
    by_name = {table.name: table for table in tables}
    if settings.mapping is not None:
        return _mapped(by_name, settings.mapping, settings.model)
    if {"survey", "settings"} <= set(by_name):
        raise ImportRefusedError(
            "this is the form for phones itself, and no export of what was filled in",
            "in KoboToolbox choose Data, Downloads, type XLS, then import that file",
        )
    if mark := by_name.get(MARK_SHEET):
        return _own_form(tables, mark, settings.model)
    if not tables or not tables[0].rows:
        raise ImportRefusedError("the table is empty", "fill it in, save it, and try again")
    return _kobo(tables, settings)


def _own_form(tables: Sequence[Table], mark: Table, model: Model) -> _Layout:
    kind = mark.rows.get(1, {}).get(2, "")
    lists = {row[1]: row[2] for number, row in mark.rows.items() if number > 1 and len(row) > 1}
    by_name = {table.name: table for table in tables}
    records = tables[0]
    sheets = [
        _named_sheet(by_name[name], 2, model, holder)
        for field_name, name in lists.items()
        if name in by_name and (holder := model.fields.get(field_name))
    ]
    gone = [name for name in lists.values() if name not in by_name]
    return _Layout(
        records=_named_sheet(records, 2, model),
        lists=tuple(sheets),
        kind=kind,
        notes=tuple(f"the sheet '{name}' is gone: its list is not imported" for name in gone),
        lacking=tuple(field_name for field_name, name in lists.items() if name not in by_name),
    )


def _kobo(tables: Sequence[Table], settings: ImportSettings) -> _Layout:
    """Return the layout of an export of KoboToolbox, or of a table whose headings are our names."""
    model, (records, *others) = settings.model, tables
    head = _head(records, model)
    main = _named_sheet(records, head, model)
    texts = [text.strip() for text in records.rows[head].values()]
    is_export = bool({UNIQUE, NUMBER} & set(texts))
    unknown = [records.rows[head][column] for column, use in main.columns.items() if use is None]
    if unknown and not is_export:
        some = ", ".join(f"'{text.strip()}'" for text in unknown[:5])
        raise ImportRefusedError(
            f"which field these columns hold is not known: {some}",
            "write a file that says it, and name it: --mapping FILE",
        )
    named = {fold(own.name): own for own in model.fields.values() if own.entries}
    named |= {fold(own.label): own for own in model.fields.values() if own.entries}
    lists, notes = [], []
    for table in others:
        holder = named.get(fold(table.name)) or _cut_name(table.name, named)
        if holder is not None and table.rows:
            lists.append(_named_sheet(table, min(table.rows), model, holder))
        elif table.rows:
            notes.append(f"the sheet '{table.name}' holds no list of the model; it is left out")
    present = {sheet.holder.name for sheet in lists if sheet.holder}
    lacking = [own for own in model.fields.values() if own.entries and own.name not in present]
    asked = {own.name for own in asked_fields(model, settings.kind)}
    if is_export and any(own.name in asked for own in lacking):
        names = ", ".join(f"'{own.name}'" for own in lacking if own.name in asked)
        notes.append(
            f"the file has no sheet for {names}: what was filled in there is not in this file"
        )
    return _Layout(
        records=main,
        lists=tuple(lists),
        notes=tuple(notes),
        lacking=tuple(own.name for own in lacking),
    )


def _cut_name(name: str, named: Mapping[str, Field]) -> Field | None:
    """Return the list whose name was cut to the 31 characters of a sheet's name."""
    cut = [own for known, own in named.items() if len(name) > 27 and known.startswith(fold(name))]  # noqa: PLR2004
    return cut[0] if len({own.name for own in cut}) == 1 else None


def _head(table: Table, model: Model) -> int:
    """Return the row with the headings: of a form saved as CSV, the names below the labels."""
    first, second = ([*table.rows, 0, 0])[:2]
    if second:
        texts = table.rows[second].values()
        names = [text for text in texts if column_path(text, model) or text in {NUMBER, UNIQUE}]
        if len(names) == len(texts) > 1:
            return second
    return first


def _named_sheet(table: Table, head: int, model: Model, holder: Field | None = None) -> _Sheet:
    """Return a sheet whose columns are headed by names or labels."""
    heads = {text.strip(): column for column, text in table.rows.get(head, {}).items()}
    return _Sheet(
        table=table,
        head=head,
        columns=columns_by_name(table.rows.get(head, {}), model, holder),
        holder=holder,
        number=heads.get(PARENT if holder else NUMBER, 0),
        unique=0 if holder else heads.get(UNIQUE, 0),
        sent=0 if holder else heads.get(SENT, 0),
    )


def _mapped(by_name: Mapping[str, Table], mapping: ColumnMapping, model: Model) -> _Layout:
    tables = list(by_name.values())
    records = _table_called(by_name, mapping.sheet) if mapping.sheet else tables[0]
    heads = _heads(records, mapping.row)
    main = _Sheet(
        table=records,
        head=int(mapping.row),
        columns=_mapped_columns(records, mapping, heads, model, None),
        number=_column(records, heads, mapping.number),
        unique=_column(records, heads, mapping.unique),
    )
    lists = tuple(_mapped_list(by_name, sheet, model) for sheet in mapping.lists)
    used = {records.name, *(sheet.sheet for sheet in mapping.lists)}
    notes = (
        f"the sheet '{table.name}' is not in the mapping; it is left out"
        for table in tables
        if table.name not in used and table.rows
    )
    return _Layout(
        records=main, lists=lists, separator=mapping.separator or SEPARATOR, notes=tuple(notes)
    )


def _mapped_list(by_name: Mapping[str, Table], sheet: ListSheet, model: Model) -> _Sheet:
    table = _table_called(by_name, sheet.sheet)
    heads, holder = _heads(table, sheet.row), model.fields[sheet.field]
    return _Sheet(
        table=table,
        head=int(sheet.row),
        columns=_mapped_columns(table, sheet, heads, model, holder),
        holder=holder,
        number=_column(table, heads, sheet.parent),
    )


def _table_called(by_name: Mapping[str, Table], name: str) -> Table:
    if name in by_name:
        return by_name[name]
    raise ImportRefusedError(
        f"there is no sheet '{name}', which the mapping names",
        suggestion(name, by_name, f"its sheets: {', '.join(by_name) or 'none has a name'}"),
    )


def _heads(table: Table, row: str) -> Mapping[str, int]:
    return {text.strip(): column for column, text in table.rows.get(int(row), {}).items()}


def _column(table: Table, heads: Mapping[str, int], name: str) -> int:
    """Return the column with a heading, 0 for none; raise ImportRefusedError if it is not there."""
    if not name or name.strip() in heads:
        return heads.get(name.strip(), 0)
    where = f"sheet '{table.name}'" if table.name else "the file"
    raise ImportRefusedError(
        f"{where} has no column '{name}', which the mapping names",
        suggestion(name, heads, f"its columns: {', '.join(heads)}"),
    )


def _mapped_columns(
    table: Table,
    mapping: ColumnMapping | ListSheet,
    heads: Mapping[str, int],
    model: Model,
    holder: Field | None,
) -> Mapping[int, ColumnUse | None]:
    uses: dict[int, ColumnUse | None] = dict.fromkeys(heads.values())
    for name in mapping.ignore:
        uses[_column(table, heads, name)] = ColumnUse("")
    for name, typed in mapping.columns.items():
        uses[_column(table, heads, name)] = ColumnUse(column_path(typed, model, holder))
    return uses


# ---- what a row says -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Filled:
    """What was gathered of a record: its values and sections with their places."""

    values: dict[str, DraftValue] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    unplaced: list[UnplacedWords] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Reader:
    layout: _Layout
    settings: ImportSettings
    origin: str

    def drafts(self) -> Iterator[RecordDraft]:
        """Yield a draft for each row with a record; then one for entries that belong to none."""
        entries = self._entries()
        seen: dict[tuple[str, str], int] = {}
        sheet, notes = self.layout.records, self._notes()
        for number, row in sheet.rows:
            filled = _Filled()
            self._take(sheet, number, row, filled, filled.values, "")
            key = row.get(sheet.number, "").strip()
            mistakes = list(self._doubles(sheet, number, row, seen))
            for list_sheet, entry_row, entry in entries.pop(key, []) if key else []:
                self._add_entry(list_sheet, entry_row, entry, filled)
            draft = self._draft(sheet, number, row, filled)
            yield replace(draft, mistakes=tuple(mistakes), notes=notes)
            notes = ()
        yield from self._orphans(entries, notes)

    def _notes(self) -> tuple[str, ...]:
        sheets = (self.layout.records, *self.layout.lists)
        notes = [note for sheet in sheets for note in sheet.table.notes]
        dropped = sorted(
            {
                text.strip()
                for sheet in sheets
                for column, text in sheet.table.rows.get(sheet.head, {}).items()
                if sheet.columns.get(column) == ColumnUse("")
                and is_dropped(text.strip())
                and column not in {sheet.number, sheet.unique, sheet.sent}
            }
        )
        if dropped:
            notes.append(f"columns of the phone or the server are left out: {', '.join(dropped)}")
        return (*notes, *self.layout.notes)

    def _entries(self) -> dict[str, list[tuple[_Sheet, int, Row]]]:
        """Return the rows of lists by the number of the record to which they belong."""
        by_number: dict[str, list[tuple[_Sheet, int, Row]]] = defaultdict(list)
        for sheet in self.layout.lists:
            for number, row in sheet.rows:
                by_number[row.get(sheet.number, "").strip()].append((sheet, number, row))
        return by_number

    def _doubles(
        self, sheet: _Sheet, number: int, row: Row, seen: dict[tuple[str, str], int]
    ) -> Iterator[DraftProblem]:
        for column in filter(None, (sheet.number, sheet.unique)):
            text = row.get(column, "").strip()
            earlier = seen.setdefault((str(column), text), number)
            if text and earlier != number:
                message = f"'{text}' stands in row {earlier} too; two records cannot share it"
                yield _mistake(sheet.table.place(number, column), message, "give each its own")

    def _orphans(
        self, entries: Mapping[str, list[tuple[_Sheet, int, Row]]], notes: tuple[str, ...]
    ) -> Iterator[RecordDraft]:
        mistakes = []
        for key, rows in entries.items():
            for sheet, number, _ in rows:
                what = (
                    f"no record has the number '{key}'" if key else "a record's number is missing"
                )
                place = sheet.table.place(number, sheet.number)
                hint = f"write the number of a row of '{self.layout.records.table.name}'"
                mistakes.append(_mistake(place, what, hint))
        if mistakes:
            yield RecordDraft(values={}, mistakes=tuple(mistakes), notes=notes, is_row=True)

    def _draft(self, sheet: _Sheet, number: int, row: Row, filled: _Filled) -> RecordDraft:
        unique, key = row.get(sheet.unique, "").strip(), row.get(sheet.number, "").strip()
        place = sheet.table.place(number)
        self._date(sheet, number, row, filled)
        return RecordDraft(
            values=filled.values,
            sections=tuple(filled.sections.items()),
            unplaced=tuple(filled.unplaced),
            places=filled.places,
            kind=self.settings.kind or self.layout.kind,
            imported_from=unique or f"{self.origin}, {f'no. {key}' if key else place}",
            is_unique=bool(unique),
            is_row=True,
            place=place,
            lacking=self.layout.lacking,
        )

    def _date(self, sheet: _Sheet, number: int, row: Row, filled: _Filled) -> None:
        updated = self.settings.model.role("updated")
        if updated and row.get(sheet.sent) and not filled.values.get(updated.name):
            filled.values[updated.name] = row[sheet.sent][:10]
            filled.places[updated.name] = sheet.table.place(number, sheet.sent)

    def _add_entry(self, sheet: _Sheet, number: int, row: Row, filled: _Filled) -> None:
        if sheet.holder is None:
            return
        entries = filled.values.setdefault(sheet.holder.name, [])
        if not isinstance(entries, list):
            return
        path, entry = f"{sheet.holder.name}.{len(entries)}", dict[str, DraftValue]()
        filled.places[path] = sheet.table.place(number)
        filled.places.setdefault(sheet.holder.name, sheet.table.place(number))
        self._take(sheet, number, row, filled, entry, f"{path}.")
        entries.append(entry)

    def _take(  # noqa: PLR0913, PLR0917 - a row, and where its words go
        self,
        sheet: _Sheet,
        number: int,
        row: Row,
        filled: _Filled,
        values: dict[str, DraftValue],
        prefix: str,
    ) -> None:
        """Put the cells of a row where they belong; `prefix` begins the paths of their places."""
        ticked = {use.path for c, use in sheet.columns.items() if use and use.option and c in row}
        for column, use in sheet.columns.items():
            text, place = row.get(column, ""), sheet.table.place(number, column)
            if use is None:
                if text.strip():
                    head = sheet.table.rows[sheet.head][column].strip()
                    where = f"{place} ({head})"
                    filled.unplaced.append(UnplacedWords(where, escaped_markdown(text)))
                continue
            if not use.path or column in {sheet.number, sheet.unique}:
                continue
            if use.path.startswith(HEADING):
                heading = use.path.removeprefix(HEADING)
                filled.places[use.path] = place
                if text.strip():
                    earlier = filled.sections.get(heading)
                    filled.sections[heading] = f"{earlier}\n\n{text}" if earlier else text
                continue
            filled.places.setdefault(f"{prefix}{use.path}", place)
            own = column_field(use.path, self.settings.model, sheet.holder)
            if own and text.strip() and bool(use.option) == (use.path in ticked):
                self._put(values, use, own, text, place, filled)

    def _put(  # noqa: PLR0913, PLR0917 - a cell, and where its words go
        self,
        values: dict[str, DraftValue],
        use: ColumnUse,
        own: Field,
        text: str,
        place: str,
        filled: _Filled,
    ) -> None:
        *around, name = use.path.split(".")
        for outer in around:
            inner = values.setdefault(outer, {})
            if not isinstance(inner, dict):
                return
            values = inner
        if own.many:
            new = self._several(use, own, text)
            earlier = values.get(name)
            together = [*earlier, *new] if isinstance(earlier, list) else [*new]
            values[name] = UNKNOWN if together == [UNKNOWN] else list(together)
        elif name in values:
            filled.unplaced.append(UnplacedWords(place, escaped_markdown(text)))
        else:
            values[name] = text

    def _several(self, use: ColumnUse, own: Field, text: str) -> list[DraftValue]:
        """Return the values of one cell: terms that are ticked, or what the separator divides."""
        if use.option:
            return [use.option] if text.strip().casefold() in _TICKED else []
        parts = [part.strip() for part in text.split(self.layout.separator) if part.strip()]
        if len(parts) == 1 and own.vocabulary:
            return [*(_by_spaces(parts[0], own, self.settings.model) or parts)]
        return [*parts]


def _by_spaces(text: str, own: Field, model: Model) -> list[str]:
    """Return the terms whose names or labels make up a text, as Kobo joins them; else nothing."""
    options, words = options_of(own, model), text.split()
    terms: list[str] = []
    while words:
        ends = range(len(words), 0, -1)
        end = next((end for end in ends if fold(" ".join(words[:end])) in options), 0)
        if not end:
            return []
        terms.append(options[fold(" ".join(words[:end]))])
        words = words[end:]
    return terms


def _mistake(place: str, message: str, hint: str) -> DraftProblem:
    problem = Problem(path="", line=1, column=1, code="import", message=message, hint=hint)
    return DraftProblem(place=place, problem=problem)
