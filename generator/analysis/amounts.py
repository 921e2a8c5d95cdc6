"""The numbers of a field over some cases: their sum, median and range, and the cases by value.

A case counts once, with the sum of what it says in the field, entries and lists included; where a
sum means nothing, each of its numbers counts. On the page of a term that an entry names, only such
entries count: what each funder gave, say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from generator.base.numbers import EXACT, in_digits
from generator.library.library import Library
from generator.library.questions import question
from generator.model.record import Field, Model, Path
from generator.model.value import UNKNOWN, located

Amount = tuple[str, str]
"""A case, and the sum of its numbers in digits, or one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRanking:
    """Counted cases by the number that they give, the greatest first; equal ones by title.

    `stated` counts the cases in `known`. `in_part` counts those among them that say of one entry
    that nobody knows; `unknown` those that say so of all, `silent` those that say nothing. Where
    no case gives a number, all are 0.
    """

    known: tuple[Amount, ...]
    stated: int
    in_part: int
    unknown: int
    silent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountSummary:
    """What the numbers of some cases come to, in digits; empty where no case gives a number.

    `total` is empty too where a sum means nothing. The counts are those of `AmountRanking`.
    """

    known: int
    in_part: int
    unknown: int
    silent: int
    total: str = ""
    median: str = ""
    least: str = ""
    greatest: str = ""


def number_fields(model: Model) -> tuple[Field, ...]:
    """Return the fields of numbers that pages show, those inside records included."""
    return tuple(
        field
        for field in model.of_kind("number")
        if all(above.shown for above in _line(model, field.path))
    )


def _line(model: Model, path: Path) -> list[Field]:
    """Return the field at a path, and those that it is inside."""
    fields = (model.at(path[: n + 1]) for n in range(len(path)))
    return [field for field in fields if field]


@question
def amounts(library: Library, id_: str, path: str) -> tuple[tuple[int, str], ...]:
    """Return the numbers of a case in a field, each with its entry from 0; -1 outside a list."""
    values = library.outline(id_).values
    places = located(values, path.split("."))
    return tuple((_entry(place), text) for place, text in places)


def _entry(place: str) -> int:
    number = place.split(".")[1:2]
    return int(number[0]) if number and number[0].isdigit() else -1


@question
def amount_ranking(library: Library, path: str, facet: str, term: str) -> AmountRanking:
    """Return the counted cases by their number in a field: those of a term, or all without one."""
    field = library.model.at(path)
    known: list[tuple[Decimal, str]] = []
    stated = in_part = unknown = silent = 0
    for id_, entries in _among(library, path, facet, term):
        texts = [text for n, text in amounts(library, id_, path) if not entries or n in entries]
        numbers = [Decimal(text) for text in texts if text != UNKNOWN]
        if numbers:
            counted = [_sum(numbers)] if field and field.summed else numbers
            known += [(number, id_) for number in counted]
            stated += 1
            in_part += len(numbers) < len(texts)
        elif texts:
            unknown += 1
        else:
            silent += 1
    if not known:  # no page tells in how many cases nothing is said then
        return AmountRanking(known=(), stated=0, in_part=0, unknown=0, silent=0)
    known.sort(key=lambda amount: -amount[0])
    return AmountRanking(
        known=tuple((id_, f"{number:f}") for number, id_ in known),
        stated=stated,
        in_part=in_part,
        unknown=unknown,
        silent=silent,
    )


def _among(library: Library, path: str, facet: str, term: str) -> list[tuple[str, frozenset[int]]]:
    """Return the cases that count, each with the entries that count; none stands for all."""
    if not facet:
        return [(id_, frozenset()) for id_ in library.counted]
    cases: dict[str, set[int]] = {}
    same = library.model.facets[facet].owner == path.partition(".")[0]
    for mention in library.mentions(facet, term):
        entries = cases.setdefault(mention.case, set())
        if same and mention.entry is not None:
            entries.add(mention.entry)
    return [(id_, frozenset(entries)) for id_, entries in cases.items()]


@question
def amount_summary(library: Library, path: str, facet: str, term: str) -> AmountSummary:
    """Return what the numbers of a field come to, over the cases of a term or over all."""
    ranking = amount_ranking(library, path, facet, term)
    field = library.model.at(path)
    numbers = [Decimal(text) for _, text in ranking.known]
    counts = AmountSummary(
        known=ranking.stated,
        in_part=ranking.in_part,
        unknown=ranking.unknown,
        silent=ranking.silent,
    )
    if not numbers:
        return counts
    return replace(
        counts,
        total=f"{_sum(numbers):f}" if field and field.summed else "",
        median=_median(numbers),
        least=f"{numbers[-1]:f}",
        greatest=f"{numbers[0]:f}",
    )


def _sum(numbers: list[Decimal]) -> Decimal:
    """Return the sum, with as many decimals as the number that has most."""
    total = Decimal(0)
    for number in numbers:
        total = EXACT.add(total, number)
    return total


def _median(numbers: list[Decimal]) -> str:
    """Return the middle of ordered numbers, between the two in the middle of an even number."""
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return f"{numbers[middle]:f}"
    return in_digits(EXACT.divide(EXACT.add(numbers[middle - 1], numbers[middle]), Decimal(2)))
