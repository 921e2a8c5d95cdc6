"""Owns what `across:` of a model declares: the fields from which pages across all records are made.

A page kind whose fields are not named has no pages, and nothing on the site speaks of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model.shape import Declaration, Findings, Key, suggestion
from generator.nodes.corrections import shown

if TYPE_CHECKING:
    from generator.model.record import Facet, Field

ACROSS_KEYS = {
    "responses": Key("mapping", "what was done about each obstacle, and whether it worked"),
    "challenges": Key("mapping", "known challenges, met or not, across all records"),
    "situations": Key("texts", "facets; each combination that a record shows gets a page"),
    "evidence_map": Key("texts", "two facets; each cell says how strong the evidence is"),
    "places": Key("text", "the facet of countries, drawn on a map"),
    "timeline": Key("text", "the field of a period, drawn as a line of time"),
}
RESPONSES_KEYS = {
    "of": Key("text", "the list of records whose key names the obstacle", needed=True),
    "response": Key("text", "the entry's field that says what was done", needed=True),
    "worked": Key("text", "the entry's term that says whether it worked", needed=True),
}
CHALLENGES_KEYS = {
    "of": Key("text", "the list of records whose key names the challenge", needed=True),
    "met": Key("text", "the entry's term that says whether it was met", needed=True),
    "response": Key("text", "the entry's field that says what was done", needed=True),
    "worked": Key("text", "the entry's term that says whether it worked", needed=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A list of records whose entries tell of a response: the field, and three of its members.

    `met` is empty where the entries do not say whether what their key names was met at all.
    """

    of: str
    response: str
    worked: str
    met: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """Which fields the pages across all records are made from; empty where there is no such page."""

    responses: Answers | None = None
    challenges: Answers | None = None
    situations: tuple[str, ...] = ()
    evidence_map: tuple[str, ...] = ()
    places: str = ""
    timeline: str = ""


def across(top: Declaration, findings: Findings) -> Across:
    """Return what a model declares under `across:`, noting every mistake in its form."""
    if "across" not in top.values:
        return Across()
    keys = Declaration(top.values["across"], ACROSS_KEYS, findings, "'across'")
    return Across(
        responses=_answers(keys, "responses", RESPONSES_KEYS, findings),
        challenges=_answers(keys, "challenges", CHALLENGES_KEYS, findings),
        situations=keys.texts("situations"),
        evidence_map=keys.texts("evidence_map"),
        places=keys.text("places"),
        timeline=keys.text("timeline"),
    )


def _answers(
    keys: Declaration, name: str, table: Mapping[str, Key], findings: Findings
) -> Answers | None:
    if name not in keys.values:
        return None
    found = Declaration(keys.values[name], table, findings, f"'{name}'")
    return Answers(
        of=found.text("of"),
        response=found.text("response"),
        worked=found.text("worked"),
        met=found.text("met"),
    )


def check_across(
    made: Across,
    fields: Mapping[str, Field],
    facets: Mapping[str, Facet],
    top: Declaration,
    findings: Findings,
) -> None:
    """Note each field or facet that `across:` names and the model has not."""
    mark = top.mark("across")

    def known(names: Iterable[str], words: Iterable[str], what: str) -> None:
        all_words = list(words)
        for name in names:
            if name and name not in all_words:
                hint = suggestion(name, all_words, f"known: {', '.join(all_words)}")
                findings.add(mark, "bad-model", f"{shown(name)} in 'across' is not {what}", hint)

    known((*made.situations, *made.evidence_map, made.places), facets, "a facet")
    known((made.timeline,), fields, "a field")
    for answers in (made.responses, made.challenges):
        if answers:
            known((answers.of,), [n for n, f in fields.items() if f.entries], "a list of records")
            members = fields[answers.of].fields if answers.of in fields else {}
            known((answers.response, answers.worked, answers.met), members, f"in {answers.of}")
    for name, names, most in (
        ("situations", made.situations, 3),
        ("evidence_map", made.evidence_map, 2),
    ):
        if names and len(names) != most:
            findings.add(mark, "bad-model", f"'{name}' names {len(names)} facets, not {most}")
