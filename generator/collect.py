"""Owns how cases become a `Library`: what may be published, who names what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator import privacy
from generator.case import Case
from generator.library import Claim, Index, Library, Mention, PlainPage, Stated
from generator.model.kinds import coined_terms
from generator.model.record import Facet, Field, Model
from generator.model.value import UNKNOWN, first, listed, located, texts
from generator.names import slug
from generator.strength import strength


def collect(
    cases: Sequence[Case],
    pages: Iterable[PlainPage],
    model: Model,
    *,
    internal: bool = False,
    as_of: str = "",
) -> Library:
    """Return the library of those cases; without `internal`, internal ones are left out of it.

    `as_of` is the date that ages are reckoned from; empty, it is the newest in the records.
    """
    public = [case for case in cases if internal or _visible(case, model)]
    shown = [replace(case, values=privacy.redacted(case.values, model)) for case in public]
    model = _with_coined(shown, model)
    ordered = sorted(shown, key=lambda case: (_title(case, model).casefold(), case.id))
    by_id = {case.id: case for case in ordered}
    translations = _translations(by_id, model)
    secondary = {id_ for ids in translations.values() for id_ in ids}
    counted = tuple(id_ for id_ in by_id if _counts(by_id[id_], model) and id_ not in secondary)
    examples = tuple(id_ for id_ in by_id if not _counts(by_id[id_], model))
    return Library(
        model=model,
        cases=by_id,
        counted=counted,
        examples=examples,
        translations=translations,
        claims={id_: _claims(case, model) for id_, case in by_id.items()},
        index=_index([by_id[id_] for id_ in counted], model),
        imagined=_index([by_id[id_] for id_ in examples], model),
        stated={f.name: _stated([by_id[i] for i in counted], f) for f in model.facets.values()},
        pages={page.name: page for page in sorted(pages, key=lambda page: page.name)},
        unpublished=frozenset(case.id for case in cases) - by_id.keys(),
        moved=_moved(by_id, model),
        as_of=as_of or newest(by_id.values(), model),
    )


def newest(cases: Iterable[Case], model: Model) -> str:
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


def _with_coined(cases: Iterable[Case], model: Model) -> Model:
    """Return the model with the terms that published records coined, hidden names left out."""
    coined: dict[str, dict[str, str]] = defaultdict(dict)
    for case in sorted(cases, key=lambda case: case.path):
        for field in model.walk():
            labels = case.coined.get(field.vocabulary, {})
            for text in texts(case.values, field.path) if labels else ():
                if text in labels:
                    coined[field.vocabulary].setdefault(text, labels[text])
    extended = {
        name: vocabulary.extended(coined_terms(coined.get(name, {})))
        for name, vocabulary in model.vocabularies.items()
    }
    return replace(model, vocabularies=extended)


def _translations(cases: Mapping[str, Case], model: Model) -> dict[str, tuple[str, ...]]:
    field = model.role("translation")
    found: dict[str, list[str]] = defaultdict(list)
    for case in cases.values() if field else ():
        original = first(case.values, field.path) if field else ""
        if original in cases:
            found[original].append(case.id)
    return {original: tuple(sorted(ids)) for original, ids in found.items()}


def _moved(cases: Mapping[str, Case], model: Model) -> dict[str, str]:
    field = model.role("former-ids")
    pairs = [
        (old, case.id)
        for case in cases.values()
        for old in (texts(case.values, field.path) if field else ())
    ]
    return {old: new for old, new in sorted(pairs) if old not in cases and old != UNKNOWN}


def _claims(case: Case, model: Model) -> dict[str, tuple[Claim, ...]]:
    return {
        field.name: tuple(_claims_of(case, field, model))
        for field in model.fields.values()
        if field.kind == "record" and field.name in case.values
    }


def _claims_of(case: Case, field: Field, model: Model) -> Iterator[Claim]:
    taken: set[str] = set()
    for index, entry in enumerate(listed(case.values[field.name])):
        if not isinstance(entry, dict):
            continue
        key = entry.get(field.key, "")
        term = key if isinstance(key, str) and key != UNKNOWN else ""
        anchor = base = f"{slug(field.name)}-{slug(term) or index + 1}"
        number = 2
        while anchor in taken:
            anchor, number = f"{base}-{number}", number + 1
        taken.add(anchor)
        yield Claim(
            case=case.id,
            field=field.name,
            index=index,
            term=term,
            anchor=anchor,
            values=entry,
            strength=strength(entry, field, case.values, model),
        )


def _index(cases: Sequence[Case], model: Model) -> Index:
    return {facet.name: _facet_index(cases, facet, model) for facet in model.facets.values()}


def _facet_index(
    cases: Sequence[Case], facet: Facet, model: Model
) -> dict[str, tuple[Mention, ...]]:
    vocabulary = model.vocabulary_of(facet)
    found: dict[str, dict[Mention, None]] = {}
    for case in cases:
        for place, text in located(case.values, facet.path):
            if text in vocabulary.terms:
                number = place.split(".")[1] if len(facet.path) > 1 and "." in place else ""
                mention = Mention(case.id, int(number) if number.isdigit() else None)
                for term in (text, *vocabulary.ancestors(text)):
                    found.setdefault(term, {}).setdefault(mention)
    return {term: tuple(found[term]) for term in vocabulary.terms if term in found}


def _stated(cases: Sequence[Case], facet: Facet) -> Stated:
    known = unknown = 0
    for case in cases:
        said = texts(case.values, facet.path)
        known += any(text != UNKNOWN for text in said)
        unknown += bool(said) and all(text == UNKNOWN for text in said)
    return Stated(known=known, unknown=unknown, silent=len(cases) - known - unknown)
