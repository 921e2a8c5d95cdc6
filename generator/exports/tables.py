"""The CSV files: a row for each case, and for each entry of the fields that name a file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.analysis.tally import AnswerSummary, answer_summaries, missing_paths
from generator.base.locale import ENGLISH, Locale
from generator.base.site import Site
from generator.exports.data_file import CASE, Content, DataFile, Part
from generator.library import address
from generator.library.collection import Claim
from generator.library.library import Library
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, WITHHELD, WITHHELD_WORDS, Value, as_list, is_unknown
from generator.model.vocabulary import Vocabulary

Rows = Sequence[Sequence[str]]
"""Rows of a table, each with its cells."""

CASES = "cases"

_MARKS = r"=+\-@|%\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212"
"""What a formula begins with, in the set of a regular expression; so are the next two."""

_SPLITTERS = r";\t\r\n\v\f\x85\u2028\u2029"
"""Where a spreadsheet may split a cell in two, as many do at semicolons outside English."""

_PASSED_OVER = r"""\s"'\u200b-\u200f\u2060\ufeff"""
"""What may stand before the mark, and the spreadsheet still sees a formula."""

_START = re.compile(
    rf"(?P<begin>\A|\r\n|[{_SPLITTERS}])(?P<before>[{_PASSED_OVER}]*+)(?P<mark>[{_MARKS}])?"
)
"""Where a spreadsheet may see a formula start: at the start of a cell, and where it may split one.

It matches without a mark, too: so a run of blank lines is looked at once, not once for each line.
"""

_FORMULA_SOMEWHERE = re.compile(
    rf"[{_SPLITTERS}](?:(?![{_SPLITTERS}])[{_PASSED_OVER}])*+[{_MARKS}]"
)
"""Whether cells hold what looks like a formula, where a newline stands before each of them."""

_SPLITS = re.compile(f"[{_SPLITTERS}]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and whether the site computed it."""

    name: str
    what: str
    computed: bool = False


class Digits(str):
    """A cell of numbers, which a spreadsheet takes for what they are: -5 is no formula."""

    __slots__ = ()


def without_formulas(cell: str) -> str:
    """Return a cell that no spreadsheet will run: a `'` is put before what looks like a formula."""
    if isinstance(cell, Digits) or (cell[:1].isalnum() and not _SPLITS.search(cell)):
        return cell
    return _START.sub(_inert, cell)


def _inert(start: re.Match[str]) -> str:
    begin, before, mark = start.group("begin", "before", "mark")
    return f"{begin}'{before}{mark}" if mark else start.group()


def table_names(model: Model) -> tuple[str, ...]:
    """Return the names of the CSV files, the one of cases first."""
    return (CASES, *dict.fromkeys(field.export for field in model.fields.values() if field.export))


def _case_fields(model: Model) -> list[Field]:
    return [
        field
        for field in model.fields.values()
        if not field.export and field.role not in {"title", "id", "allowed"}
    ]


def _exported(model: Model, table: str) -> list[Field]:
    return [field for field in model.fields.values() if field.export == table]


def columns(model: Model, table: str, locale: Locale = ENGLISH) -> Iterator[Column]:
    """Yield the columns of a CSV file, in their order, explained in a language."""
    _ = locale.gettext
    address_of = _("the address of the %(record)s", record=model.name)
    if table == CASES:
        yield Column("id", address_of)
        yield Column("title", _("the title"))
        for field in _case_fields(model):
            yield Column(field.name, _what(field))
        for field in _scored(model):
            yield Column(
                f"{field.name}_yes",
                _("how many answers are yes: %(field)s", field=field.label),
                computed=True,
            )
        yield Column("missing", _("fields a full record still needs"), computed=True)
        yield Column("page", _("the page of the record"), computed=True)
        return
    fields = _exported(model, table)
    yield Column("case", address_of)
    yield Column("case_title", _("its title"))
    if len(fields) > 1:
        yield Column(
            "field", _("one of %(names)s", names=locale.comma.join(field.name for field in fields))
        )
    if any(field.key for field in fields):
        yield Column("term", _("the id of the entry's term"))
        yield Column("term_label", _("the term as it reads on a page"))
    if _has_groups(fields, model):
        yield Column("group", _("the id of the topmost group above the term"), computed=True)
        yield Column("group_label", _("that group as it reads on a page"), computed=True)
    for name, what in _members(fields).items():
        yield Column(name, what)
    if any(_cites(field, model) for field in fields):
        yield Column("strength", _("the strength of the evidence, 0 to 4"), computed=True)
    yield Column("page", _("the entry's place on the page of its record"), computed=True)


def _has_groups(fields: Iterable[Field], model: Model) -> bool:
    vocabularies = (_key_vocabulary(field, model) for field in fields)
    return any(vocabulary.broad for vocabulary in vocabularies if vocabulary)


def _what(field: Field) -> str:
    """Return the help of a field, and the unit of its numbers."""
    return f"{field.help} In {field.unit}." if field.unit else field.help


def _scored(model: Model) -> list[Field]:
    return [field for field in model.fields.values() if field.score]


def _cites(field: Field, model: Model) -> bool:
    return model.strength is not None and any(m.kind == "source" for m in field.fields.values())


def _members(fields: list[Field]) -> dict[str, str]:
    return {m.name: _what(m) for f in fields for m in f.fields.values() if m.name != f.key}


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvTable:
    """A table: what its rows are, its columns, and what returns the rows of a case by its id."""

    name: str
    what: str
    columns: Sequence[str]
    rows: Callable[[str], Rows]


def tables(library: Library, _site: Site) -> Iterator[DataFile]:
    """Yield the CSV files: counted cases only, no formulas, with a byte order mark for Excel."""
    for table in csv_tables(library):
        yield DataFile(
            path=f"data/{table.name}.csv",
            what=table.what,
            parts=(
                Part("header", partial(_header, table.columns)),
                *(
                    Part(f"{CASE}/{id_}", partial(_part, table.rows, id_))
                    for id_ in library.counted
                ),
            ),
        )


def csv_tables(library: Library) -> Iterator[CsvTable]:
    """Yield the tables that are CSV files, the one of cases first."""
    case_table, *entry_tables = table_names(library.model)
    yield _case_table(library, case_table)
    for name in entry_tables:
        yield _entry_table(library, name)


def _names(model: Model, table: str) -> list[str]:
    return [column.name for column in columns(model, table)]


def _header(names: Sequence[str]) -> Content:
    return Content(codecs.BOM_UTF8 + csv_rows([names]))


def _part(rows: Callable[[str], Rows], id_: str) -> Content:
    own = rows(id_)
    return Content(csv_rows(own), len(own))


def csv_rows(rows: Rows) -> bytes:
    """Return rows as lines of a CSV file, no cell of which a spreadsheet will run."""
    # Most rows hold nothing that looks like a formula: one search through all of them tells.
    if _FORMULA_SOMEWHERE.search("\n" + "\n".join(map("\n".join, rows))):
        rows = [[without_formulas(cell) for cell in row] for row in rows]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _case_table(library: Library, name: str) -> CsvTable:
    """Return the table of cases; which columns it has is worked out once for all rows."""
    model = library.model
    fields = _case_fields(model)
    scored = [field.name for field in _scored(model)]

    def rows(id_: str) -> Rows:
        values, answers = library.values(id_), answer_summaries(library, id_)
        return [
            [
                id_,
                library.title(id_),
                *[cell(f, values[f.name]) if f.name in values else "" for f in fields],
                *[_yes(answers.get(name), values.get(name)) for name in scored],
                "; ".join(missing_paths(library, id_)),
                address.case(library, id_),
            ]
        ]

    what = library.locale.gettext("One row for each of the %(records)s", records=model.plural)
    return CsvTable(name=name, what=what, columns=_names(model, name), rows=rows)


def _yes(answers: AnswerSummary | None, value: Value | None) -> str:
    if answers:
        return Digits(answers.yes)
    return UNKNOWN if is_unknown(value) else ""


def _entry_table(library: Library, name: str) -> CsvTable:
    """Return a table of entries; which columns it has is worked out once for all rows."""
    model = library.model
    fields = _exported(model, name)
    several = len(fields) > 1
    keyed = any(field.key for field in fields)
    grouped = _has_groups(fields, model)
    cites = any(_cites(field, model) for field in fields)
    members = {field.name: [field.fields.get(m) for m in _members(fields)] for field in fields}
    vocabularies = {field.name: _key_vocabulary(field, model) for field in fields}

    def row(field: Field, claim: Claim, title: str) -> list[str]:
        values = library.words(claim)
        cells = [claim.case, title]
        if several:
            cells.append(field.name)
        if keyed:
            term = str(values.get(field.key, ""))
            vocabulary = vocabularies[field.name]
            cells += (term, _term_label(vocabulary, term))
            if grouped:
                known = vocabulary is not None and term in vocabulary.terms
                group = vocabulary.group_of(term) if vocabulary and known else ""
                cells += (group, _term_label(vocabulary, group))
        cells += [
            cell(m, values[m.name]) if m and m.name in values else "" for m in members[field.name]
        ]
        if cites:
            cells.append("" if claim.strength is None else Digits(claim.strength))
        cells.append(address.claim(library, claim))
        return cells

    def rows(id_: str) -> Rows:
        every = library.all_claims(id_)
        own = [(field, claim) for field in fields for claim in every if claim.field == field.name]
        title = library.title(id_) if own else ""
        return [row(field, claim, title) for field, claim in own]

    locale = library.locale
    nouns = locale.comma.join(locale.lower(field.label) for field in fields)
    what = locale.gettext("One row for each entry: %(nouns)s", nouns=nouns)
    return CsvTable(name=name, what=what, columns=_names(model, name), rows=rows)


def _key_vocabulary(field: Field, model: Model) -> Vocabulary | None:
    """Return the vocabulary of the key of an entry; None where the key is no term."""
    key = field.fields.get(field.key)
    return model.vocabularies[key.vocabulary] if key and key.vocabulary else None


def _term_label(vocabulary: Vocabulary | None, id_: str) -> str:
    if id_ == WITHHELD:
        return WITHHELD_WORDS
    return vocabulary.terms[id_].label if vocabulary and id_ in vocabulary.terms else id_


def cell(field: Field, value: Value | None) -> str:
    """Return a value as one cell: several joined by `; `, a record as `key: value` pairs."""
    if isinstance(value, str):
        return Digits(value) if field.kind == "number" else value
    joined = "; ".join([_item(field, item) for item in as_list(value)]) if value else ""
    return Digits(joined) if field.kind == "number" else joined


def _item(field: Field, item: Value) -> str:
    if isinstance(item, dict):
        return ", ".join(f"{key}: {cell(field.fields[key], value)}" for key, value in item.items())
    return str(item)
