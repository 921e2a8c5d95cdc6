"""From cases to a `Library`: what may be published, and the index of who names what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.library.derived import Derivation, StatelessDerivation
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
    unparsed_ids: Iterable[str] = (),
    derivation: Derivation | None = None,
) -> Library:
    """Return the library of the cases; without `internal`, internal ones are left out of it.

    `as_of` is the date that ages are counted from; empty, it is the newest in the records.
    `unparsed_ids` are those of records that exist and could not be parsed. `derivation` derives
    what each case alone gives; one that a preview hands in remembers it for the next call.
    """
    visible = [case for case in cases if internal or _is_visible(case, model)]
    withheld_ids = {case.id for case in cases}.union(unparsed_ids) - {case.id for case in visible}
    derivation = derivation or StatelessDerivation()
    # All that follows is made of published cases: no index and no order can betray a hidden name.
    published = derivation.published(visible, model, frozenset(withheld_ids))
    model = derivation.with_terms(published, model)
    ordered = sorted(
        published, key=lambda case: (_title(case, model).casefold(), case.id, case.path)
    )
    by_id = {case.id: case for case in ordered}
    originals = _originals(visible, model)
    return Library(
        model=model,
        cases=by_id,
        translations=_inverse(originals),
        originals=originals,
        **_indexed(by_id, originals, model, derivation),
        pages={page.name: page for page in sorted(pages, key=lambda page: page.name)},
        withheld_ids=frozenset(withheld_ids),
        current_ids=_current_ids(by_id, model),
        facet_by_path={facet.path: facet for facet in model.facets.values()},
        addresses={
            name: {term.id: term.address for term in vocabulary.terms.values()}
            for name, vocabulary in model.vocabularies.items()
        },
        as_of=as_of or newest_date(by_id.values(), model),
    )


def _indexed(
    cases: Mapping[str, Case], originals: Mapping[str, str], model: Model, derivation: Derivation
) -> dict[str, Any]:
    """Return the fields of a library that say which case names what.

    Translations have claims, and are in no index: each thing would count once for each language.
    """
    untranslated = [case for case in cases.values() if case.id not in originals]
    counted = tuple(case.id for case in untranslated if _is_counted(case, model))
    examples = tuple(case.id for case in untranslated if not _is_counted(case, model))
    counted_index, example_index = IndexBuilder(model), IndexBuilder(model)
    builders = dict.fromkeys(counted, counted_index) | dict.fromkeys(examples, example_index)
    claims, terms = {}, {}
    for case, derived in derivation.derive_each(tuple(cases.values()), model):
        claims[case.id] = derived.claims
        terms[case.id] = derived.terms.terms if case.id in builders else {}
        if case.id in builders:
            builders[case.id].add(derived.terms)
    return {
        "counted": counted,
        "examples": examples,
        "claims": claims,
        "terms": terms,
        "index": counted_index.index(),
        "example_index": example_index.index(),
        "answer_counts": counted_index.answer_counts(),
    }


def newest_date(cases: Iterable[Case], model: Model) -> str:
    """Return the newest day on which a record was updated or reviewed, or an empty string."""
    fields = [field for role in ("updated", "reviewed") if (field := model.role(role))]
    paths = [member.path for field in fields for member in field.walk() if member.kind == "date"]
    dates = [text for case in cases for path in paths for text in texts(case.values, path)]
    return max((date for date in dates if date != UNKNOWN), default="")


def _is_visible(case: Case, model: Model) -> bool:
    return privacy.visibility(case.values, model) != privacy.INTERNAL


def _title(case: Case, model: Model) -> str:
    field = model.role("title")
    return first(case.values, field.path) if field else case.id


def _is_counted(case: Case, model: Model) -> bool:
    kind = first(case.values, (model.type_field,)) if model.type_field else ""
    return model.type_of(kind).counts


def _originals(cases: Iterable[Case], model: Model) -> dict[str, str]:
    """Return the original by translation, both ids.

    Where the original is withheld, the first translation takes its place.
    """
    field = model.role("translation")
    ids = {case.id for case in cases}
    groups: dict[str, list[str]] = defaultdict(list)
    for case in cases if field else ():
        target = first(case.values, field.path) if field else ""
        if target and target != UNKNOWN:
            groups[target].append(case.id)
    originals: dict[str, str] = {}
    for target, translations in groups.items():
        original = target if target in ids else min(translations)
        originals |= {id_: original for id_ in translations if id_ != original}
    return dict(sorted(originals.items()))


def _inverse(originals: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    translations: dict[str, list[str]] = defaultdict(list)
    for id_, original in originals.items():
        translations[original].append(id_)
    return {original: tuple(sorted(translations[original])) for original in sorted(translations)}


def _current_ids(cases: Mapping[str, Case], model: Model) -> dict[str, str]:
    """Return the id by former id, but for former ids that another case has now."""
    field = model.role("former-ids")
    pairs = [
        (old, case.id)
        for case in cases.values()
        for old in (texts(case.values, field.path) if field else ())
    ]
    return {old: new for old, new in sorted(pairs) if old not in cases and old != UNKNOWN}
