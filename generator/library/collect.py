"""From cases to a `Collection`: what may be published, and the index of who names what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from generator.base.collation import sort_key
from generator.base.lazy import LazyMapping
from generator.library.claims import ClaimReader
from generator.library.collection import Claim, Collection, Relation, distinct_cases
from generator.library.index import IndexBuilder, TermReader
from generator.library.published import (
    fluid_vocabularies,
    model_with_terms,
    published_case,
    published_terms,
)
from generator.library.questions import digest
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, Value, as_list, first, texts
from generator.records import privacy
from generator.records.case import Case
from generator.records.plain_page import PlainPage


def collect(  # noqa: PLR0913 - most of them are options
    outlines: Sequence[Case],
    pages: Iterable[PlainPage],
    model: Model,
    whole: Callable[[Case], Case],
    *,
    internal: bool = False,
    as_of: str = "",
    today: str = "",
    unparsed_ids: Iterable[str] = (),
    versions: Mapping[str, str] = MappingProxyType({}),
) -> Collection:
    """Return the collection of all cases; without `internal`, internal ones are left out of it.

    `outlines` are those of the cases, to which `whole` adds their words.

    `as_of` is the date that ages are counted from; empty, it is the newest in the records that does
    not lie after `today`.
    `unparsed_ids` are those of records that exist and could not be parsed. `versions` are digests
    of what cases were read from, by path, as far as they are known.
    """
    visible = [case for case in outlines if internal or _is_visible(case, model)]
    all_ids = {case.id for case in outlines}.union(unparsed_ids)
    withheld_ids = frozenset(all_ids - {case.id for case in visible})
    # All that follows is made of published cases: no index and no order can betray a hidden name.
    published = [published_case(case, model, withheld_ids) for case in visible]
    declared, terms_told = model, published_terms(published, model)
    model = model_with_terms(model, terms_told)

    # What hides nothing in its outline hides nothing in its words: only values are withheld.
    open_ids = {case.id for case, public in zip(visible, published, strict=True) if public is case}

    def published_whole(id_: str) -> Case:
        case = whole(by_id[id_])
        return case if id_ in open_ids else published_case(case, declared, withheld_ids)

    sort_keys = {case.id: sort_key(title(case, model)) for case in published}
    ordered = sorted(published, key=lambda case: (sort_keys[case.id], case.id, case.path))
    # Positions are for messages to authors, and there are none any more.
    by_id = {case.id: replace(case, positions="") for case in ordered}
    originals = _originals(visible, model)
    dates = {id_: newest_date(case, model) for id_, case in by_id.items()}
    return Collection(
        model=model,
        whole=published_whole,
        outlines=by_id,
        versions=_versions(visible, published, versions, published_whole),
        paths={id_: case.path for id_, case in by_id.items()},
        sort_keys=sort_keys,
        dates=dates,
        updated={id_: updated(case, model) for id_, case in by_id.items()},
        periods=case_periods(by_id, model),
        relations={
            id_: related for id_ in sorted(by_id) if (related := relations(by_id[id_], model))
        },
        translations=_inverse(originals),
        originals=originals,
        **_indexed(by_id, originals, model),
        pages={page.name: page for page in sorted(pages, key=lambda page: page.name)},
        withheld_ids=withheld_ids,
        current_ids=_current_ids(by_id, model),
        as_of=as_of or edition_date(dates.values(), today),
        fluid=fluid_vocabularies(declared),
        terms_told=terms_told,
    )


def _versions(
    sources: Sequence[Case],
    published: Sequence[Case],
    known: Mapping[str, str],
    whole: Callable[[str], Case],
) -> dict[str, str]:
    """Return a digest of each published case by id: that of its file, if all of it is published."""
    return {
        public.id: known[case.path]
        if public is case and case.path in known
        else digest(whole(public.id)).hex()
        for case, public in zip(sources, published, strict=True)
    }


def _indexed(
    cases: Mapping[str, Case], originals: Mapping[str, str], model: Model
) -> dict[str, Any]:
    """Return the fields of a collection that say which case names what, from the outlines.

    Translations have claims, and are in no index: each thing would count once for each language.
    """
    untranslated = [case for case in cases.values() if case.id not in originals]
    counted = tuple(case.id for case in untranslated if is_counted(case, model))
    examples = tuple(case.id for case in untranslated if not is_counted(case, model))
    counted_index, example_index = IndexBuilder(model), IndexBuilder(model)
    builders = dict.fromkeys(counted, counted_index) | dict.fromkeys(examples, example_index)
    reader = TermReader(model)
    terms: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for case in cases.values():
        terms[case.id] = {}
        if builder := builders.get(case.id):
            named = reader.read(case)
            terms[case.id] = named.terms
            builder.add(named)
    return {
        "counted": counted,
        "examples": examples,
        "claims": lazy_claims(cases, model),
        "terms": terms,
        "index": (index := counted_index.index()),
        "term_counts": {
            facet: {term: len(distinct_cases(mentions)) for term, mentions in by_term.items()}
            for facet, by_term in index.items()
        },
        "example_index": example_index.index(),
        "answer_counts": counted_index.answer_counts(),
    }


def lazy_claims(
    cases: Mapping[str, Case], model: Model
) -> Mapping[str, Mapping[str, tuple[Claim, ...]]]:
    """Return the claims of each case by field, made when somebody asks for them."""
    reader = ClaimReader(model)
    return LazyMapping(cases, lambda id_: reader.claims(cases[id_]))


def newest_date(case: Case, model: Model) -> str:
    """Return the newest day on which a record was updated or reviewed, or an empty string."""
    fields = [field for role in ("updated", "reviewed") if (field := model.role(role))]
    paths = [member.path for field in fields for member in field.walk() if member.kind == "date"]
    dates = [text for path in paths for text in texts(case.values, path)]
    return max((date for date in dates if date != UNKNOWN), default="")


def edition_date(dates: Iterable[str], today: str) -> str:
    """Return the newest of some dates, without those after `today`: a slip is no edition's date."""
    return max((day for day in dates if not today or day <= today), default="")


def _is_visible(case: Case, model: Model) -> bool:
    return privacy.visibility(case.values, model) != privacy.INTERNAL


def title(case: Case, model: Model) -> str:
    """Return the title of a case, or its id where it has none."""
    field = model.role("title")
    return first(case.values, field.path) if field else case.id


def updated(case: Case, model: Model) -> str:
    """Return the day on which a case was updated, empty where it is unknown."""
    field = model.role("updated")
    day = first(case.values, field.path) if field else ""
    return "" if day == UNKNOWN else day


def case_periods(outlines: Mapping[str, Case], model: Model) -> dict[str, Value]:
    """Return what some outlines say in the field of the timeline, by id."""
    periods = ((id_, case.values.get(model.across.timeline)) for id_, case in outlines.items())
    return {id_: period for id_, period in periods if period is not None}


def relations(case: Case, model: Model) -> tuple[Relation, ...]:
    """Return the cases that a case names as related, each once, with the word for it."""
    field = model.role("related")
    word = relation_field(field)
    words: dict[str, str] = {}
    for entry in as_list(case.values.get(field.name)) if field else ():
        target = first(entry, (field.key,)) if isinstance(entry, dict) and field else ""
        if isinstance(entry, dict) and target and target != UNKNOWN:
            text = first(entry, (word.name,)) if word else ""
            words[target] = "" if text == UNKNOWN else text
    return tuple(words.items())


def relation_field(field: Field | None) -> Field | None:
    """Return the field of a pointer to another case that says how the two belong together."""
    members = field.fields.values() if field else ()
    return next((member for member in members if member.kind == "term"), None)


def is_counted(case: Case, model: Model) -> bool:
    """Return whether a case is of a kind that numbers are made of."""
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
