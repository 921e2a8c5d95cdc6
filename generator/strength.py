"""Owns the strength of a claim's evidence, computed from the sources it cites and never typed."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, Value, listed


def strength(
    entry: Mapping[str, Value], field: Field, values: Mapping[str, Value], model: Model
) -> int | None:
    """Return the strength of an entry's evidence, 0 to 4; None where entries cite no sources.

    0 nothing cited; 1 only the authors' own; 2 one independent source; 3 sources of two kinds, one
    of them independent; 4 as 3, and rival explanations addressed. Independence unknown counts as
    no. A source whose kind is unknown is no second kind.
    """
    pointers = [member for member in field.fields.values() if member.kind == "source"]
    if model.strength is None or not pointers:
        return None
    sources = {
        source["id"]: source
        for source in listed(values.get(model.strength.sources))
        if isinstance(source, dict) and isinstance(source.get("id"), str)
    }
    cited = [
        sources[id_]
        for member in pointers
        for id_ in listed(entry.get(member.name))
        if isinstance(id_, str) and id_ in sources
    ]
    if not cited:
        return 0
    if not any(source.get(model.strength.independent) == "yes" for source in cited):
        return 1
    kinds = {str(source.get(model.strength.kind, UNKNOWN)) for source in cited} - {UNKNOWN}
    if len(kinds) < 2:
        return 2
    rivals = entry.get(model.strength.rivals)
    return 4 if rivals and rivals != UNKNOWN else 3
