"""The index of all cases for the scripts of pages: `assets/data/cases.js`, a call with JSON.

It holds what cases are found by: titles, summaries, and for each facet the terms with the cases
that name them. Cases are numbers in the order of their ids, those that are counted first, then the
examples; `order` has the numbers in the order of titles. A set of numbers is written as gaps
(`delta_varints`), which takes a tenth of the room that ids would take.

Three more files hold what is not needed at first.

- `words.js`, loaded with the first search: the words of terms besides their labels. They are of the
  vocabularies, most in several languages, and outweigh the cases of a small library.
- `summaries.js`, loaded when the list can be seen: the summaries of a long library.
- `entries.js`, for pages that ask about entries of lists. An entry, such as one constraint, has a
  number too: its row among the entries of all counted cases. Of each term it has the rows, so that
  a script can tell whether two terms stand in the same entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from typing import Final

from generator.analysis.answers import responses, says_in_words
from generator.analysis.periods import dates_of
from generator.base.collation import sort_key
from generator.base.names import slug
from generator.exports.data_file import Content, DataFile, Part, json_items, json_line
from generator.library.collection import Claim
from generator.library.library import Library
from generator.library.questions import digest
from generator.model.record import Facet, Field
from generator.model.value import UNKNOWN
from generator.model.vocabulary import Term, Vocabulary
from generator.pages.card import card
from generator.pages.case_numbers import numbered_cases, title_order
from generator.pages.find_words import find_words
from generator.pages.page import SiteContext
from generator.pages.search_index import TEXTS
from generator.pages.term_rows import heading, term_rows

PATH: Final = "assets/data/cases.js"
SUMMARIES_PATH: Final = "assets/data/summaries.js"
WORDS_PATH: Final = "assets/data/words.js"
ENTRIES_PATH: Final = "assets/data/entries.js"
SEARCH_PATH: Final = "assets/search.js"
"""The script that searches all that cases say; in somebody's MkDocs theme there is none."""

FORMAT: Final = 2
"""The version of the form; it changes when a script for the old form would misread the new one."""

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
_BITS: Final = 5
_MORE: Final = 1 << _BITS
_NO_STRENGTH: Final = "-"


def delta_varints(numbers: Iterable[int]) -> str:
    """Return numbers that do not fall as text: the gaps between them, the first from -1.

    Each gap is written in base 32, its low five bits first; the 32 above a digit says that more
    digits follow.

    >>> delta_varints([0, 1, 40])
    '1171'
    """
    digits: list[str] = []
    last = -1
    for number in numbers:
        gap, last = number - last, number
        while gap >= _MORE:
            digits.append(_DIGITS[_MORE | (gap & (_MORE - 1))])
            gap >>= _BITS
        digits.append(_DIGITS[gap])
    return "".join(digits)


def case_index(ctx: SiteContext) -> Iterator[DataFile]:
    """Yield the index, and the files that hold more."""
    library, facets = ctx.library, _facets(ctx)
    apart = library.is_long()
    yield _script(PATH, _parts(ctx, facets, apart=apart))
    words = json_items("words", facets, lambda name: _words(ctx, facets[name]))
    yield _script(WORDS_PATH, _call("words", words))
    entries = json_items("entries", _lists(facets), partial(_entries, ctx))
    yield _script(ENTRIES_PATH, _call("entries", entries))
    if apart:
        summaries = json_items("summary", numbered_cases(library), partial(_summary, library))
        yield _script(SUMMARIES_PATH, _call("summaries", summaries))


def edition(ctx: SiteContext) -> str:
    """Return what names the numbers of cases and terms, by a digest: the files of one edition fit.

    A browser keeps files. One with the numbers of another edition would name wrong cases.
    """
    ids = [numbered_cases(ctx.library), *(_term_ids(ctx, f) for f in _facets(ctx).values())]
    return blake2b(json_line(ids), digest_size=4).hexdigest()


def _script(path: str, parts: Iterator[Part]) -> DataFile:
    return DataFile(path=path, what="", parts=tuple(parts), has_rows=False)


def _call(name: str, items: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts of a script that calls a function of ours with a list."""
    yield Part("begin", partial(Content, f"casebook.{name}([".encode()))
    yield from items
    yield Part("end", partial(Content, b"\n])\n"))


def _facets(ctx: SiteContext) -> dict[str, Facet]:
    """Return the facets that cases are found by: those first that the configuration names."""
    library, every = ctx.library, ctx.library.model.facets
    first = [every[name] for name in ctx.site.begin]
    return {f.name: f for f in (*first, *every.values()) if library.used_terms(f.name)}


def _parts(ctx: SiteContext, facets: Mapping[str, Facet], *, apart: bool) -> Iterator[Part]:
    library = ctx.library
    row = partial(_row, library, apart=apart, has_text=bool(_texts(ctx)))
    lists = {
        "cases": json_items("short" if apart else "row", numbered_cases(library), row),
        "facets": json_items("facet", facets, lambda name: _facet(ctx, facets[name])),
    }
    yield Part("head", partial(_head, ctx))
    for name, items in lists.items():
        yield Part(f"begin/{name}", partial(Content, b",\n" + json_line(name) + b":["))
        yield from items
        yield Part(f"end/{name}", partial(Content, b"\n]"))
    yield Part("order", partial(_order, library))
    yield Part("end", partial(Content, b"\n})\n"))


def _order(library: Library) -> Content:
    """Return the numbers of cases in the order of the list of all cases."""
    return Content(b',\n"order":' + json_line(title_order(library)))


def _head(ctx: SiteContext) -> Content:
    library, model = ctx.library, ctx.library.model
    values = {
        "format": FORMAT,
        "library": ctx.site.name,
        "as_of": library.as_of,
        "folder": model.folder,
        "counted": library.number_counted,
        "made": edition(ctx),
        "also": WORDS_PATH,
        "entries": ENTRIES_PATH,
        "search": SEARCH_PATH if ctx.site.plain else "",
        "summaries": SUMMARIES_PATH if library.is_long() else "",
        "texts": _texts(ctx),
        "above": model.card.above,
        "below": model.card.below,
        "labels": {
            name: model.fields[name].label for name in (*model.card.above, *model.card.below)
        },
        "strengths": list(model.strength.words) if model.strength else [],
        "columns": {
            "start": model.across.timeline,
            "updated": model.role("updated") is not None,
            "strength": model.strength is not None,
        },
        "words": find_words(library),
    }
    lines = (json_line(name) + b":" + json_line(value) for name, value in values.items())
    return Content(b"casebook.cases({\n" + b",\n".join(lines))


# ---- cases --------------------------------------------------------------------------------------


def _texts(ctx: SiteContext) -> str:
    """Return the folder of what each case says, in `search_index`; empty where there is none."""
    has_texts = len(numbered_cases(ctx.library)) <= ctx.site.search_bodies_max
    return TEXTS if ctx.site.plain and has_texts else ""


def _row(library: Library, id_: str, *, apart: bool, has_text: bool) -> list[object]:
    """Return what the index says of a case.

    Its id, title, summary, language, label, what else its card shows by field, when it started, the
    day of its update, the strength of its best evidence, its translations, the edition of its text.
    What a card shows of facets is left out: the terms are known. Empty values at the end are left
    out too.
    """
    case_card, outline = card(library, id_), library.outline(id_)
    facets = library.model.facets
    others = {
        detail.name: library.locale.comma.join(piece.text for piece in detail.pieces)
        for detail in (*case_card.details, *case_card.marks)
        if detail.name not in facets
    }
    strengths = [c.strength for c in library.all_claims(id_) if c.strength is not None]
    updated = library.text(outline, "updated")
    row: list[object] = [
        id_,
        case_card.title,
        "" if apart else case_card.summary,
        case_card.language,
        case_card.label,
        others or "",
        _start(library, id_),
        updated,
        max(strengths) if strengths else "",
        [
            [piece.text, library.title(_id_of(piece.to)), piece.to]
            for piece in case_card.translations
        ]
        or "",
        _edition_of_text(library, id_) if has_text else "",
    ]
    while row[-1] == "":
        row.pop()
    return row


def _edition_of_text(library: Library, id_: str) -> str:
    """Return what the address of a case's text carries: it changes with all that the case says.

    Where something stands in its file is no part of it: nobody knows that after a build.
    """
    return digest(replace(library.case(id_), positions="")).hex()[:6]


def _id_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".html")


def _start(library: Library, id_: str) -> str:
    """Return the date on which a case began, as typed; empty where it is not known."""
    field = library.model.fields.get(library.model.across.timeline)
    period = library.outline(id_).values.get(field.name) if field else None
    if field is None or not isinstance(period, Mapping):
        return ""
    start = period.get(dates_of(field)[0], "")
    return "" if start == UNKNOWN else str(start)


def _summary(library: Library, id_: str) -> str:
    return card(library, id_).summary


# ---- facets -------------------------------------------------------------------------------------


def _facet(ctx: SiteContext, facet: Facet) -> dict[str, object]:
    """Return a facet with its terms: those of most counted cases first, groups before their own."""
    library = ctx.library
    numbers = {id_: number for number, id_ in enumerate(numbered_cases(library))}
    vocabulary = library.model.vocabulary_of(facet)
    answers = library.answer_counts(facet.name)
    return {
        "name": facet.name,
        "label": heading(library, facet),
        "address": facet.address,
        "list": facet.owner if len(facet.path) > 1 else "",
        "column": _column(facet),
        "known": answers.known,
        "unknown": answers.unknown,
        "silent": answers.silent,
        "terms": [
            _term(library, facet, vocabulary.terms[id_], numbers) for id_ in _term_ids(ctx, facet)
        ],
    }


def _column(facet: Facet) -> str:
    """Return the column of data/cases.csv that holds the terms; empty where they are in entries."""
    return facet.name if len(facet.path) == 1 else ""


def _term_ids(ctx: SiteContext, facet: Facet) -> list[str]:
    library = ctx.library
    counted = [row.term.id for top in term_rows(ctx, facet) for row in top.walk()]
    every, known = library.model.vocabulary_of(facet).terms, set(counted)
    examples = [i for i in every if i not in known and library.examples_naming(facet.name, i)]
    return counted + sorted(examples, key=lambda id_: (sort_key(every[id_].label), id_))


def _term(
    library: Library, facet: Facet, term: Term, numbers: Mapping[str, int]
) -> dict[str, object]:
    """Return a term with its cases; what is empty is left out."""
    id_, page = term.id, library.term_address(term.id)
    cases = (*library.cases_naming(facet.name, id_), *library.examples_naming(facet.name, id_))
    values = {
        "id": id_,
        "label": term.label,
        "page": "" if page == id_ else page,
        "broader": term.broader,
        "in": delta_varints(sorted(numbers[case] for case in cases)),
    }
    return {name: value for name, value in values.items() if value or name == "label"}


def _words(ctx: SiteContext, facet: Facet) -> list[list[str]]:
    """Return for each term of a facet, in the order of the index, its words besides its label."""
    vocabulary = ctx.library.model.vocabulary_of(facet)
    return [_other_words(vocabulary, vocabulary.terms[id_]) for id_ in _term_ids(ctx, facet)]


def _other_words(vocabulary: Vocabulary, term: Term) -> list[str]:
    """Return the words by which a term is looked for besides its label, in every language."""
    words = (*term.synonyms, *vocabulary.with_labels(term).labels.values())
    return [word for word in dict.fromkeys(words) if word != term.label]


# ---- entries ------------------------------------------------------------------------------------


def _lists(facets: Mapping[str, Facet]) -> list[str]:
    """Return the fields whose entries name terms of facets."""
    owners = (facet.owner for facet in facets.values() if len(facet.path) > 1)
    return list(dict.fromkeys(owners))


def _entries(ctx: SiteContext, name: str) -> dict[str, object]:
    """Return the entries of a list, case by case in columns: its case, its strength, its anchor.

    An anchor is left out where it is the name of the field and the term, joined by a hyphen.
    `terms` holds by facet the rows of each term, in the order of the index; groups have none. A
    list of obstacles has the rows with a response and those with advice as well.
    """
    library = ctx.library
    field = library.model.fields[name]
    numbers = {id_: number for number, id_ in enumerate(numbered_cases(library))}
    claims = sorted(library.claims_of_all(name), key=lambda claim: numbers[claim.case])
    rows = {(claim.case, claim.index): row for row, claim in enumerate(claims)}
    return {
        "list": name,
        "label": field.heading,
        "key": _key(library, field),
        "case": delta_varints(numbers[claim.case] for claim in claims),
        "strength": "".join(
            _NO_STRENGTH if claim.strength is None else str(claim.strength) for claim in claims
        ),
        "anchors": {
            str(row): claim.anchor
            for row, claim in enumerate(claims)
            if claim.anchor != f"{slug(name)}-{slug(claim.term)}"
        },
        "terms": {
            facet.name: [_rows_of(library, facet, id_, rows) for id_ in _term_ids(ctx, facet)]
            for facet in _facets(ctx).values()  # asked here, so that it is noted
            if facet.owner == name and len(facet.path) > 1
        },
        **_answered(library, name, claims),
    }


def _answered(library: Library, name: str, claims: Iterable[Claim]) -> dict[str, str]:
    """Return of a list of obstacles the rows that tell what was done, and those that advise."""
    rule = library.model.across.responses
    if rule is None or rule.of != name:
        return {}
    rows = list(enumerate(claims))
    tried = frozenset((c.case, c.index) for c in responses(library, rule, claims).tried)
    return {
        "tried": delta_varints(row for row, c in rows if (c.case, c.index) in tried),
        "advised": delta_varints(row for row, c in rows if says_in_words(c, rule.advised)),
    }


def _rows_of(library: Library, facet: Facet, id_: str, rows: Mapping[tuple[str, int], int]) -> str:
    if id_ in library.model.vocabulary_of(facet).broad:
        return ""
    mentions = library.mentions(facet.name, id_)
    return delta_varints(sorted({rows[m.case, m.entry] for m in mentions if m.entry is not None}))


def _key(library: Library, field: Field) -> str:
    """Return the facet of the term by which an entry is named; empty where there is none."""
    path = (field.name, field.key)
    return next((f.name for f in library.model.facets.values() if f.path == path), "")
