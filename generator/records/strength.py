"""The strength of a claim's evidence, computed from the sources that it cites and never typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.record import Field, Model, Strength
from generator.model.value import UNKNOWN, YES, Value, as_list, texts


def strength(
    entry: Mapping[str, Value], field: Field, values: Mapping[str, Value], model: Model
) -> int | None:
    """Return the strength of an entry's evidence, 0 to 4; None where its field cites no sources.

    0 nothing cited; 1 only the authors' own, or sources of unknown independence; 2 one independent
    source; 3 sources of two kinds, one of them independent; 4 as 3, and rival explanations
    addressed. A source whose kind is unknown is no second kind.

    `values` are those of the whole record, which holds the sources.
    """
    if model.strength is None or not field.pointers:
        return None
    ids = {id_ for pointer in field.pointers for id_ in texts(entry, (pointer.name,))} - {UNKNOWN}
    cited = list(_sources(ids, values, model.strength)) if ids else []
    if not cited:
        return 0
    if not any(source.get(model.strength.independent) == YES for source in cited):
        return 1
    kinds = {str(source.get(model.strength.kind, UNKNOWN)) for source in cited} - {UNKNOWN}
    if len(kinds) == 1 or not kinds:
        return 2
    rivals = as_list(entry.get(model.strength.rivals))
    return 4 if any(rival != UNKNOWN for rival in rivals) else 3


def _sources(
    ids: set[str], values: Mapping[str, Value], rule: Strength
) -> Iterator[Mapping[str, Value]]:
    """Yield the sources of a record that have one of the ids."""
    for source in as_list(values.get(rule.sources)):
        if isinstance(source, dict) and source.get(rule.id) in ids:
            yield source
