"""The CSV files: a row for each case, and for each entry of the fields that name a file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator.analysis.tally import answer_summary, missing_fields
from generator.base.site import Site
from generator.exports.data_file import DataFile
from generator.library import address
from generator.library.library import Claim, Library
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, WITHHELD, WITHHELD_WORDS, Value, as_list, is_unknown
from generator.model.vocabulary import Term

CASES = "cases"
PIECE = 100_000
"""A table is yielded in pieces of about so many characters."""

_FORMULA = re.compile(
    r"""(?P<begin>\A|\r\n|[;\t\r\n\v\f\x85\u2028\u2029])
        (?P<before>[\s"'\u200b-\u200f\u2060\ufeff]*)
        (?=[=+\-@|%\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212])""",
    re.VERBOSE,
)
"""Where a spreadsheet may see a formula start: at the start of a cell; and if it splits cells at
semicolons, as many do outside English, at the start of a line or after a semicolon too."""

_SPLITS = re.compile(r"[;\t\r\n\v\f\x85\u2028\u2029]")
"""Where a spreadsheet may split a cell in two."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and whether the site computed it."""

    name: str
    what: str
    computed: bool = False


def without_formulas(cell: str) -> str:
    """Return a cell that no spreadsheet will run: a `'` is put before what looks like a formula."""
    if cell[:1].isalnum() and not _SPLITS.search(cell):
        return cell
    return _FORMULA.sub(r"\g<begin>'\g<before>", cell)


def table_names(model: Model) -> tuple[str, ...]:
    """Return the names of the CSV files, the one of cases first."""
    return (CASES, *dict.fromkeys(field.export for field in model.fields.values() if field.export))


def _case_fields(model: Model) -> list[Field]:
    return [
        field
        for field in model.fields.values()
        if not field.export and field.role not in {"title", "id"}
    ]


def _exported(model: Model, table: str) -> list[Field]:
    return [field for field in model.fields.values() if field.export == table]


def columns(model: Model, table: str) -> Iterator[Column]:
    """Yield the columns of a CSV file, in their order."""
    if table == CASES:
        yield Column("id", f"the address of the {model.name}")
        yield Column("title", "the title")
        for field in _case_fields(model):
            yield Column(field.name, field.help)
        for field in _scored(model):
            yield Column(
                f"{field.name}_yes", f"how many answers are yes: {field.label}", computed=True
            )
        yield Column("missing", "fields a full record still needs", computed=True)
        yield Column("page", "the page of the record", computed=True)
        return
    fields = _exported(model, table)
    yield Column("case", f"the address of the {model.name}")
    yield Column("case_title", "its title")
    if len(fields) > 1:
        yield Column("field", f"one of {', '.join(field.name for field in fields)}")
    if any(field.key for field in fields):
        yield Column("term", "the id of the entry's term")
        yield Column("term_label", "the term as it reads on a page")
    for name, what in _members(fields).items():
        yield Column(name, what)
    if any(_cites(field, model) for field in fields):
        yield Column("strength", "the strength of the evidence, 0 to 4", computed=True)
    yield Column("page", "the entry's place on the page of its record", computed=True)


def _scored(model: Model) -> list[Field]:
    return [field for field in model.fields.values() if field.score]


def _cites(field: Field, model: Model) -> bool:
    return model.strength is not None and any(m.kind == "source" for m in field.fields.values())


def _members(fields: list[Field]) -> dict[str, str]:
    return {m.name: m.help for f in fields for m in f.fields.values() if m.name != f.key}


def tables(library: Library, _site: Site, _related: object) -> Iterator[DataFile]:
    """Yield the CSV files: counted cases only, no formulas, with a byte order mark for Excel."""
    model = library.model
    for name in table_names(model):
        if name == CASES:
            rows, number = partial(_case_rows, library), len(library.counted)
            what = f"One row for each of the {model.plural}"
        else:
            rows, number = partial(_entry_rows, library, name), _entry_number(library, name)
            labels = ", ".join(field.label.casefold() for field in _exported(model, name))
            what = f"One row for each entry: {labels}"
        header = [column.name for column in columns(model, name)]
        content = partial(_csv, header, rows)
        yield DataFile(path=f"data/{name}.csv", what=what, content=content, rows=number)


def _csv(header: list[str], rows: Callable[[], Iterator[list[str]]]) -> Iterator[bytes]:
    """Yield a table as bytes, many rows at a time."""
    yield codecs.BOM_UTF8
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows():
        writer.writerow([without_formulas(cell) for cell in row])
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _case_rows(library: Library) -> Iterator[list[str]]:
    return (_case_row(library, id_) for id_ in library.counted)


def _entry_number(library: Library, table: str) -> int:
    names = {field.name for field in _exported(library.model, table)}
    return sum(
        len(claims)
        for id_ in library.counted
        for name, claims in library.claims[id_].items()
        if name in names
    )


def _case_row(library: Library, id_: str) -> list[str]:
    case, model = library.cases[id_], library.model
    summaries = [
        answer_summary(f, library.claims[id_].get(f.name, ()), model) for f in _scored(model)
    ]
    return [
        id_,
        library.title(id_),
        *(cell(field, case.values.get(field.name)) for field in _case_fields(model)),
        *(
            str(a.yes) if a else UNKNOWN if is_unknown(case.values.get(f.name)) else ""
            for f, a in zip(_scored(model), summaries, strict=True)
        ),
        "; ".join(field.dotted for field in missing_fields(case, model)),
        address.case(library, id_),
    ]


def _entry_rows(library: Library, table: str) -> Iterator[list[str]]:
    model = library.model
    fields = _exported(model, table)
    layout = _Layout(
        several=len(fields) > 1,
        keyed=any(field.key for field in fields),
        members=tuple(_members(fields)),
        cites=any(_cites(field, model) for field in fields),
    )
    for id_ in library.counted:
        for field in fields:
            for claim in library.claims[id_].get(field.name, ()):
                yield _entry_row(library, field, layout, claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Which columns a table of entries has, worked out once for all rows."""

    several: bool
    keyed: bool
    members: tuple[str, ...]
    cites: bool


def _entry_row(library: Library, field: Field, layout: _Layout, claim: Claim) -> list[str]:
    model = library.model
    row = [claim.case, library.title(claim.case)]
    if layout.several:
        row.append(field.name)
    if layout.keyed:
        key = field.fields.get(field.key)
        terms = model.vocabularies[key.vocabulary].terms if key and key.vocabulary else {}
        id_ = str(claim.values.get(field.key, ""))
        row += [id_, WITHHELD_WORDS if id_ == WITHHELD else _label(terms, id_)]
    for name in layout.members:
        member = field.fields.get(name)
        row.append(cell(member, claim.values.get(name)) if member else "")
    if layout.cites:
        row.append("" if claim.strength is None else str(claim.strength))
    row.append(address.claim(library, claim))
    return row


def _label(terms: Mapping[str, Term], id_: str) -> str:
    return terms[id_].label if id_ in terms else id_


def cell(field: Field, value: Value | None) -> str:
    """Return a value as one cell: several joined by `; `, a record as `key: value` pairs."""
    return "; ".join(_item(field, item) for item in as_list(value))


def _item(field: Field, item: Value) -> str:
    if isinstance(item, dict):
        return ", ".join(f"{key}: {cell(field.fields[key], value)}" for key, value in item.items())
    return str(item)
