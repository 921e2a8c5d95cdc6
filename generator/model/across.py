"""What `across:` of a model declares: the fields from which pages across all records are made.

A page kind whose fields are not named has no pages, and nothing on the site mentions it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from generator.model.declaration import yaml_key


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFields:
    """The fields for the pages of obstacles; the entries do not say whether one was met at all."""

    of: str = yaml_key("the list of records whose key names the obstacle", needed=True)
    response: str = yaml_key("the entry's field that says what was done", needed=True)
    worked: str = yaml_key("the entry's term that says whether it worked", needed=True)
    advised: str = yaml_key(
        "the entry's field that says what was recommended and not tried; it has no result"
    )
    beside: tuple[str, ...] = yaml_key(
        "facets of the record shown beside a response, such as its contexts", "texts"
    )
    met: ClassVar[str] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeFields:
    """The fields for the pages of known challenges, met or not."""

    of: str = yaml_key("the list of records whose key names the challenge", needed=True)
    met: str = yaml_key("the entry's term that says whether it was met", needed=True)
    response: str = yaml_key("the entry's field that says what was done", needed=True)
    worked: str = yaml_key("the entry's term that says whether it worked", needed=True)
    advised: ClassVar[str] = ""
    beside: ClassVar[tuple[str, ...]] = ()


Answers = ResponseFields | ChallengeFields
"""A list of records whose entries tell of a response: the field, and its members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """The fields for the page of what the work takes."""

    time: str = yaml_key("the list of records whose key names a phase", needed=True)
    amount: str = yaml_key("the entry's term that says how much time it took", needed=True)
    facets: tuple[str, ...] = yaml_key(
        "facets that tell the rest, such as who paid and who answered for it", "texts"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMap:
    """The facets of rows and columns; the entries that hold the columns' terms cite the evidence.

    `success` and `undecided` name terms by member of those entries.
    """

    rows: str = yaml_key("the facet of the rows", needed=True)
    columns: str = yaml_key(
        "a facet of entries that cite sources, whose strength counts", needed=True
    )
    success: Mapping[str, tuple[str, ...]] = yaml_key(
        "the terms of an entry's field that tell of success", "condition"
    )
    undecided: Mapping[str, tuple[str, ...]] = yaml_key(
        "its terms that tell neither of success nor of failure", "condition"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingQuestion:
    """A question that a reader answers before a meeting: a term of the facet is the answer."""

    facet: str = yaml_key("the facet whose terms are the answers", needed=True)
    ask: str = yaml_key("the question in words, such as: Who will you meet?", needed=True)
    finer: str = yaml_key(
        "a facet of the same entries, such as the type of a partner: its terms are answers too, "
        "each below the answer with which most of its entries stand"
    )
    left_open: str = yaml_key("the choice of a reader who leaves it open, such as: anybody")
    phrase: str = yaml_key(
        "how an answer stands in a sentence, such as: with {term} partners; `{term}` is the term"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The questions before a meeting; each answer to the first has a page of its own."""

    title: str = yaml_key("what the pages are called, such as: Prepare a meeting", needed=True)
    questions: tuple[MeetingQuestion, ...] = yaml_key(
        "the questions; one that no record answers is not asked, and each answer to the first "
        "gets a page",
        "list",
        part=MeetingQuestion,
    )
    began: str = yaml_key("the record, or list of records, that tells in words how it began")


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """The fields of each page kind; empty, or None, where there is no such page."""

    responses: ResponseFields | None = yaml_key(
        "what was done about each obstacle, and whether it worked", "mapping", part=ResponseFields
    )
    challenges: ChallengeFields | None = yaml_key(
        "known challenges, met or not, across all records", "mapping", part=ChallengeFields
    )
    effort: Effort | None = yaml_key(
        "what the work takes: time by phase, who paid, who answered", "mapping", part=Effort
    )
    lessons: tuple[str, ...] = yaml_key(
        "the fields whose families and best evidenced entries stand on the home page; an obstacle "
        "only with what was done about it",
        "texts",
    )
    meeting: Meeting | None = yaml_key(
        "what to know before a meeting: questions, and a page for each answer to the first",
        "mapping",
        part=Meeting,
    )
    situations: tuple[str, ...] = yaml_key(
        "three facets whose combinations had pages in an earlier edition: their addresses lead to "
        "the pages of 'meeting'",
        "texts",
    )
    evidence_map: EvidenceMap | None = yaml_key(
        "two facets; each cell says how strong the evidence is", "mapping", part=EvidenceMap
    )
    places: str = yaml_key("the facet of countries, drawn on a map")
    timeline: str = yaml_key("the field of a period, drawn as a line of time")
