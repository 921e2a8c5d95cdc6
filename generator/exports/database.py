"""The library as tables of a database: a table a list, foreign keys, three views.

Counted cases only, as in the CSV files. A cell is text as it was typed, without the apostrophe that
keeps spreadsheets from running it; numbers are numbers. `output.sqlite_file` writes the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.exports.tables import CASES, Digits, cell, csv_tables
from generator.library.library import Library
from generator.model.record import Field
from generator.model.value import as_list
from generator.model.vocabulary import Term

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseTable:
    """A table: its name, its columns, its keys, its rows.

    `keys` are the columns that name a row; without them rows are numbered. `refers` has for columns
    of this table the table and the columns that they name.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]
    keys: tuple[str, ...] = ()
    refers: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = field(default=())


VIEWS = {
    "term_counts": """
        SELECT rt.facet, rt.term, t.label, COUNT(DISTINCT rt."case") AS cases
        FROM record_terms AS rt JOIN terms AS t ON t.vocabulary = rt.vocabulary AND t.id = rt.term
        GROUP BY rt.facet, rt.term, t.label""",
    "cases_by_term": """
        SELECT rt.facet, rt.term, t.label, t.broader, c.id AS "case", c.title, c.page
        FROM record_terms AS rt
        JOIN terms AS t ON t.vocabulary = rt.vocabulary AND t.id = rt.term
        JOIN cases AS c ON c.id = rt."case\"""",
    "term_pairs": """
        SELECT a.facet AS facet, a.term AS term, b.facet AS other_facet, b.term AS other_term,
               COUNT(DISTINCT a."case") AS cases
        FROM record_terms AS a JOIN record_terms AS b ON b."case" = a."case"
        WHERE (a.facet, a.term) < (b.facet, b.term)
        GROUP BY a.facet, a.term, b.facet, b.term""",
}
"""What an analyst asks first: how many cases a term has, which, and which terms occur together."""

_CASE = ((("case",), CASES, ("id",)),)


def database_tables(library: Library) -> Iterator[DatabaseTable]:
    """Yield the tables of a library, those first that others refer to."""
    used = sorted(_record_terms(library))
    yield DatabaseTable(
        name="terms",
        columns=("vocabulary", "id", "label", "definition", "broader"),
        rows=list(_terms(library, {(vocabulary, id_) for _, _, vocabulary, id_ in used})),
        keys=("vocabulary", "id"),
        refers=((("vocabulary", "broader"), "terms", ("vocabulary", "id")),),
    )
    names = set()
    for table in csv_tables(library):
        names.add(table.name)
        yield DatabaseTable(
            name=table.name,
            columns=tuple(table.columns),
            rows=[
                [_typed(text) for text in row] for id_ in library.counted for row in table.rows(id_)
            ],
            keys=("id",) if table.name == CASES else (),
            refers=() if table.name == CASES else _CASE,
        )
    for listed in library.model.fields.values():
        if listed.entries and listed.many and not listed.export and listed.shown:
            yield _list_table(library, listed)
    yield DatabaseTable(
        name="record_terms",
        columns=("case", "facet", "vocabulary", "term"),
        rows=used,
        keys=("case", "facet", "term"),
        refers=(*_CASE, (("vocabulary", "term"), "terms", ("vocabulary", "id"))),
    )


def _typed(text: str) -> Cell:
    """Return a cell that holds one number as that number."""
    if not isinstance(text, Digits):
        return text or None
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return str(text) or None


def _list_table(library: Library, listed: Field) -> DatabaseTable:
    """Return the table of a list that has no CSV file, such as the sources."""
    members = tuple(listed.fields.values())

    def rows() -> Iterator[Sequence[Cell]]:
        for id_ in library.counted:
            for number, entry in enumerate(as_list(library.values(id_).get(listed.name)), 1):
                if isinstance(entry, dict):
                    texts = (cell(member, entry.get(member.name)) for member in members)
                    yield [id_, number, *map(_typed, texts)]

    return DatabaseTable(
        name=listed.name,
        columns=("case", "entry", *(member.name for member in members)),
        rows=list(rows()),
        keys=("case", "entry"),
        refers=_CASE,
    )


def _record_terms(library: Library) -> Iterator[tuple[str, str, str, str]]:
    """Yield case, facet, vocabulary and term, for each term that a counted case names."""
    for id_ in library.counted:
        for facet, terms in library.terms(id_).items():
            for term in dict.fromkeys(terms):
                yield id_, facet, library.model.facets[facet].vocabulary, term


def _terms(library: Library, used: set[tuple[str, str]]) -> Iterator[Sequence[Cell]]:
    """Yield the terms of all vocabularies; of open ones those that counted cases name.

    A term comes after the one that gathers it.
    """
    for name, vocabulary in library.model.vocabularies.items():
        terms = [
            term
            for term in vocabulary.terms.values()
            if not vocabulary.open or (name, term.id) in used
        ]
        known = {term.id for term in terms}
        for term in sorted(terms, key=lambda term: term.broader in known):
            yield name, term.id, term.label, term.definition or None, _broader(term, known)


def _broader(term: Term, known: set[str]) -> str | None:
    return term.broader if term.broader in known else None
