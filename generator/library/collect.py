"""Owns how cases become a `Library`: what may be published, who names what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.library.derived import Derivation, WithoutMemory
from generator.library.index import IndexBuilder
from generator.library.library import Library
from generator.model.record import Model
from generator.model.value import UNKNOWN, first, texts
from generator.records import privacy
from generator.records.case import Case
from generator.records.plain_page import PlainPage


def collect_library(  # noqa: PLR0913 - most of them are options
    cases: Sequence[Case],
    pages: Iterable[PlainPage],
    model: Model,
    *,
    internal: bool = False,
    as_of: str = "",
    unread: Iterable[str] = (),
    before: Derivation | None = None,
) -> Library:
    """Return the library of those cases; without `internal`, internal ones are left out of it.

    `as_of` is the date that ages are reckoned from; empty, it is the newest in the records.
    `unread` are ids of records that exist and could not be read. `before` holds what the last call
    worked out, and then what this one has; without it nothing is kept.
    """
    public = [case for case in cases if internal or _visible(case, model)]
    withheld_ids = {case.id for case in cases}.union(unread) - {case.id for case in public}
    before = before or WithoutMemory()
    shown = before.published(public, model, frozenset(withheld_ids))
    model = before.with_terms(shown, model)
    ordered = sorted(shown, key=lambda case: (_title(case, model).casefold(), case.id, case.path))
    by_id = {case.id: case for case in ordered}
    originals = _originals(public, model)
    return Library(
        model=model,
        cases=by_id,
        translations=_inverse(originals),
        originals=originals,
        **_indexed(by_id, originals, model, before),
        pages={page.name: page for page in sorted(pages, key=lambda page: page.name)},
        withheld_ids=frozenset(withheld_ids),
        moved=_moved(by_id, model),
        facet_by_path={facet.path: facet for facet in model.facets.values()},
        addresses={
            name: {term.id: term.address for term in vocabulary.terms.values()}
            for name, vocabulary in model.vocabularies.items()
        },
        as_of=as_of or newest_date(by_id.values(), model),
    )


def _indexed(
    cases: Mapping[str, Case], originals: Mapping[str, str], model: Model, before: Derivation
) -> dict[str, Any]:
    """Return what a library says of who names what: translations are neither counted nor shown."""
    own = [case for case in cases.values() if case.id not in originals]
    counted = tuple(case.id for case in own if _counts(case, model))
    examples = tuple(case.id for case in own if not _counts(case, model))
    indexed, example_index = IndexBuilder(model), IndexBuilder(model)
    into = dict.fromkeys(counted, indexed) | dict.fromkeys(examples, example_index)
    claims, terms = {}, {}
    for case, (said, named) in before.own(tuple(cases.values()), model):
        claims[case.id] = said
        terms[case.id] = named.terms if case.id in into else {}
        if case.id in into:
            into[case.id].add(named)
    return {
        "counted": counted,
        "examples": examples,
        "claims": claims,
        "terms": terms,
        "index": indexed.index(),
        "example_index": example_index.index(),
        "answer_counts": indexed.answer_counts(),
    }


def newest_date(cases: Iterable[Case], model: Model) -> str:
    """Return the newest day on which a record was updated or reviewed, or an empty string."""
    fields = [field for role in ("updated", "reviewed") if (field := model.role(role))]
    paths = [member.path for field in fields for member in field.walk() if member.kind == "date"]
    dates = [text for case in cases for path in paths for text in texts(case.values, path)]
    return max((date for date in dates if date != UNKNOWN), default="")


def _visible(case: Case, model: Model) -> bool:
    return privacy.visibility(case.values, model) != privacy.INTERNAL


def _title(case: Case, model: Model) -> str:
    field = model.role("title")
    return first(case.values, field.path) if field else case.id


def _counts(case: Case, model: Model) -> bool:
    kind = first(case.values, (model.type_field,)) if model.type_field else ""
    return model.type_of(kind).counts


def _originals(cases: Iterable[Case], model: Model) -> dict[str, str]:
    """Return for each translation its original; where that is withheld, the first one stands in."""
    field = model.role("translation")
    ids = {case.id for case in cases}
    groups: dict[str, list[str]] = defaultdict(list)
    for case in cases if field else ():
        target = first(case.values, field.path) if field else ""
        if target and target != UNKNOWN:
            groups[target].append(case.id)
    found: dict[str, str] = {}
    for target, translations in groups.items():
        head = target if target in ids else min(translations)
        found |= {id_: head for id_ in translations if id_ != head}
    return dict(sorted(found.items()))


def _inverse(originals: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for id_, original in originals.items():
        found[original].append(id_)
    return {original: tuple(sorted(found[original])) for original in sorted(found)}


def _moved(cases: Mapping[str, Case], model: Model) -> dict[str, str]:
    field = model.role("former-ids")
    pairs = [
        (old, case.id)
        for case in cases.values()
        for old in (texts(case.values, field.path) if field else ())
    ]
    return {old: new for old, new in sorted(pairs) if old not in cases and old != UNKNOWN}
