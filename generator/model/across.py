"""Owns what `across:` of a model declares: the fields from which pages across all records are made.

A page kind whose fields are not named has no pages, and nothing on the site speaks of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.declaration import Declaration, Key, ProblemCollector, words

ACROSS_KEYS = {
    "responses": Key("mapping", "what was done about each obstacle, and whether it worked"),
    "challenges": Key("mapping", "known challenges, met or not, across all records"),
    "situations": Key("texts", "facets; each combination that a record shows gets a page"),
    "evidence_map": Key("mapping", "two facets; each cell says how strong the evidence is"),
    "places": Key("text", "the facet of countries, drawn on a map"),
    "timeline": Key("text", "the field of a period, drawn as a line of time"),
}
RESPONSES_KEYS = {
    "of": Key("text", "the list of records whose key names the obstacle", needed=True),
    "response": Key("text", "the entry's field that says what was done", needed=True),
    "worked": Key("text", "the entry's term that says whether it worked", needed=True),
    "beside": Key("texts", "facets of the record shown beside a response, such as its contexts"),
}
CHALLENGES_KEYS = {
    "of": Key("text", "the list of records whose key names the challenge", needed=True),
    "met": Key("text", "the entry's term that says whether it was met", needed=True),
    "response": Key("text", "the entry's field that says what was done", needed=True),
    "worked": Key("text", "the entry's term that says whether it worked", needed=True),
}
EVIDENCE_MAP_KEYS = {
    "rows": Key("text", "the facet of the rows", needed=True),
    "columns": Key(
        "text", "a facet of entries that cite sources, whose strength counts", needed=True
    ),
    "success": Key("condition", "the terms of an entry's field that tell of success"),
    "undecided": Key("condition", "its terms that tell neither of success nor of failure"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A list of records whose entries tell of a response: the field, and three of its members.

    `met` is empty where the entries do not say whether what their key names was met at all.
    `beside` are facets of the record that are shown beside each response.
    """

    of: str
    response: str
    worked: str
    met: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMap:
    """The facets of rows and columns; the entries that hold the columns' terms cite the evidence.

    `success` and `undecided` name terms by member of those entries.
    """

    rows: str
    columns: str
    success: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    undecided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """Which fields the pages across all records are made from; empty where a page is not."""

    responses: Answers | None = None
    challenges: Answers | None = None
    situations: tuple[str, ...] = ()
    evidence_map: EvidenceMap | None = None
    places: str = ""
    timeline: str = ""


def across(top: Declaration, findings: ProblemCollector) -> Across:
    """Return what a model declares under `across:`, noting every mistake in its form."""
    if "across" not in top.values:
        return Across()
    keys = Declaration(top.values["across"], ACROSS_KEYS, findings, "'across'")
    return Across(
        responses=_answers(keys, "responses", RESPONSES_KEYS, findings),
        challenges=_answers(keys, "challenges", CHALLENGES_KEYS, findings),
        situations=keys.texts("situations"),
        evidence_map=_evidence_map(keys, findings),
        places=keys.text("places"),
        timeline=keys.text("timeline"),
    )


def _answers(
    keys: Declaration, name: str, table: Mapping[str, Key], findings: ProblemCollector
) -> Answers | None:
    if name not in keys.values:
        return None
    found = Declaration(keys.values[name], table, findings, f"'{name}'")
    return Answers(
        of=found.text("of"),
        response=found.text("response"),
        worked=found.text("worked"),
        met=found.text("met"),
        beside=found.texts("beside"),
    )


def _evidence_map(keys: Declaration, findings: ProblemCollector) -> EvidenceMap | None:
    if "evidence_map" not in keys.values:
        return None
    found = Declaration(keys.values["evidence_map"], EVIDENCE_MAP_KEYS, findings, "'evidence_map'")
    return EvidenceMap(
        rows=found.text("rows"),
        columns=found.text("columns"),
        success={name.value: words(value) for name, value in found.mapping("success")},
        undecided={name.value: words(value) for name, value in found.mapping("undecided")},
    )
