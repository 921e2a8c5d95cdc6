"""The questions of a form on paper or in Word: what is asked, in which order, with which answers.

A tag says which value an answer is: `summary`, `partners.0.name`, `countries.1`; a box to tick adds
the term, `focus=policy-change`, and an entry for each of a few fixed questions has the term in the
place of a number, `traits.program_level.answer`. A heading of the text is `## Situation`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from generator.base.locale import Locale
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN

COPIES = 3
"""So many entries of a list can be written; who has more adds them in the record."""

MOST_BOXES = 30
"""A list of more terms has no box for each: its terms are chosen from lists."""

MOST_ROWS = 12
"""A list of questions with fixed answers has an entry for each of so many questions at most."""

LEFT_OUT = frozenset({"id", "former-ids", "type"})
"""Roles of fields that nobody is asked for: the file's name, and the kind of the form."""

LONGEST_TAG = 64
"""So many characters of a tag are kept by Word."""


class Answer(Enum):
    """How an answer is given."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    WORD = "word"
    BOX = "box"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A place for one answer: its tag, what stands before it, and the terms to choose from.

    `terms` are pairs of an id and a label. `meaning` follows a box.
    """

    tag: str
    label: str
    answer: Answer
    terms: tuple[tuple[str, str], ...] = ()
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBlock:
    """A heading, of level 1 to 3, the words below it, and the places for answers."""

    level: int
    heading: str
    words: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()


def short_tag(tag: str) -> str:
    """Return a tag that Word keeps: itself, or a digest of one that is too long."""
    if len(tag) <= LONGEST_TAG:
        return tag
    return f"#{hashlib.sha256(tag.encode()).hexdigest()[:32]}"


def question_blocks(model: Model, locale: Locale, kind: str) -> tuple[QuestionBlock, ...]:
    """Return the questions that a form asks of a kind of record, by the sections of its page.

    The kind that needs most is asked everything; any other what it needs, and its sources.
    """
    return tuple(_Questions(model, locale, kind).blocks())


@dataclass(frozen=True, slots=True)
class _Questions:
    model: Model
    locale: Locale
    kind: str

    def blocks(self) -> Iterator[QuestionBlock]:
        sections = [("", "")] + [(one.id, one.title) for one in self.model.sections]
        known = {id_ for id_, _ in sections}
        for id_, title in sections:
            fields = [
                own
                for own in self.model.fields.values()
                if (own.section if own.section in known else "") == id_ and self.is_asked(own)
            ]
            if fields:
                heading = title or self.locale.gettext("First questions")
                yield QuestionBlock(level=1, heading=heading)
                for own in fields:
                    yield from self.field(own)
        yield from self.texts()

    def texts(self) -> Iterator[QuestionBlock]:
        _ = self.locale.gettext
        if not self.model.headings:
            return
        help_ = _("A text under each heading, if you like. It may be Markdown.")
        yield QuestionBlock(level=1, heading=_("In your own words"), words=(help_,))
        for heading in self.model.headings:
            control = Control(tag=f"## {heading}", label=_("Text"), answer=Answer.TEXT)
            yield QuestionBlock(level=2, heading=heading, controls=(control,))

    def is_asked(self, own: Field) -> bool:
        """Tell whether a top field is a question of this form."""
        if own.role in LEFT_OUT:
            return False
        return self.is_whole or own.name == self.sources or own.need in self.needs

    @property
    def sources(self) -> str:
        return self.model.strength.sources if self.model.strength else ""

    @property
    def needs(self) -> frozenset[str]:
        return self.model.needs_of(self.kind)

    @property
    def is_whole(self) -> bool:
        """Whether everything is asked: no kind of record needs more."""
        most = max(len(one.needs) for one in self.model.types.kinds.values())
        return len(self.needs) >= most

    def is_asked_of_entry(self, member: Field, holder: Field) -> bool:
        """Tell whether a field of an entry is a question of this form."""
        needed = [m for m in holder.fields.values() if m.need in self.needs]
        chief = {
            holder.key,
            holder.value,
            *(m.unneeded_if for m in needed),
            *(m.name for m in needed),
        }
        if holder.name == self.sources or self.is_whole:
            return True
        return member.name in chief or member.lead or member.kind == "source"

    def words(self, own: Field) -> tuple[str, ...]:
        """Return what stands below the heading of a field: its help, and the form of its value."""
        _ = self.locale.gettext
        forms = {
            "date": _("A year, a month or a day: 2026, 2026-11 or 2026-11-22."),
            "number": _("In %(unit)s.", unit=own.unit) if own.unit else "",
        }
        return tuple(text for text in (own.help, forms.get(own.kind, "")) if text)

    def heading(self, own: Field) -> str:
        _, other = self.locale.gettext, self.model.fields.get(own.alternative)
        if own.need not in self.needs:
            return own.label
        need = _("needed, or “%(field)s”", field=other.label) if other else _("needed")
        return f"{own.label} ({need})"

    def field(self, own: Field) -> Iterator[QuestionBlock]:
        if own.kind != "record":
            controls = tuple(self.controls(own, own.name, self.locale.gettext("Answer")))
            words = (*self.words(own), *self.terms_in_words(own))
            yield QuestionBlock(level=2, heading=self.heading(own), words=words, controls=controls)
            return
        yield QuestionBlock(level=2, heading=self.heading(own), words=self.words(own))
        if rows := self.rows(own):
            for id_, label in rows:
                yield self.entry(own, f"{own.name}.{id_}", label, without=own.key)
        elif own.many:
            noun = self.locale.capital(str(own.noun))
            for number in range(COPIES):
                yield self.entry(own, f"{own.name}.{number}", f"{noun} {number + 1}")
        else:
            yield self.entry(own, own.name, self.locale.capital(str(own.noun)))

    def rows(self, own: Field) -> list[tuple[str, str]]:
        """Return the fixed questions of a list, each of which has an entry of its own."""
        key = own.fields.get(own.key)
        vocabulary = self.model.vocabularies.get(key.vocabulary) if key and own.value else None
        if vocabulary is None or vocabulary.open or len(vocabulary.fine) > MOST_ROWS:
            return []
        return [(id_, vocabulary.terms[id_].label) for id_ in vocabulary.fine]

    def entry(self, own: Field, path: str, heading: str, without: str = "") -> QuestionBlock:
        """Return the questions of one entry of a list, or of a record that is no list."""
        id_ = self.model.strength.id if self.model.strength and own.name == self.sources else ""
        controls = [
            control
            for member in own.fields.values()
            if member.name not in {without, id_} and member.kind != "record"
            if self.is_asked_of_entry(member, own)
            for control in self.controls(member, f"{path}.{member.name}", member.label)
        ]
        return QuestionBlock(level=3, heading=heading, controls=tuple(controls))

    def controls(self, own: Field, path: str, label: str) -> Iterator[Control]:
        """Yield the places for the answers to one question."""
        answer, terms = self.answer(own), self.terms(own)
        boxes = terms if own.many and len(terms) <= MOST_BOXES and answer is Answer.CHOICE else ()
        if own.kind == "source":
            noun = self.locale.capital(str(self.model.fields[self.sources].noun))
            boxes = tuple((f"source-{n + 1}", f"{label}: {noun} {n + 1}") for n in range(COPIES))
        if boxes:
            vocabulary = self.model.vocabularies.get(own.vocabulary)
            for id_, name in boxes:
                term = vocabulary.terms.get(id_) if vocabulary else None
                yield Control(
                    tag=f"{path}={id_}",
                    label=name,
                    answer=Answer.BOX,
                    meaning=term.definition if term else "",
                )
        elif own.many:
            for number in range(COPIES):
                tag, name = f"{path}.{number}", f"{label} {number + 1}"
                yield Control(tag=tag, label=name, answer=answer, terms=terms)
        else:
            yield Control(tag=path, label=label, answer=answer, terms=terms)

    def answer(self, own: Field) -> Answer:
        if own.vocabulary:
            is_open = self.model.vocabularies[own.vocabulary].open
            return Answer.WORD if is_open else Answer.CHOICE
        return Answer.TEXT if own.kind == "text" else Answer.LINE

    def terms(self, own: Field) -> tuple[tuple[str, str], ...]:
        """Return the terms to choose from; names that no page may tell are none."""
        hidden = {one.vocabulary for one in self.model.walk() if one.private or one.personal}
        vocabulary = self.model.vocabularies.get(own.vocabulary)
        if vocabulary is None or own.vocabulary in hidden:
            return ()
        known = [(id_, vocabulary.terms[id_]) for id_ in vocabulary.fine]
        rows = [(id_, term.label) for id_, term in known if not term.is_new]
        if rows and UNKNOWN not in dict(rows) and not own.names_entry:
            rows.append((UNKNOWN, self.locale.gettext("Not known")))
        return tuple(rows)

    def terms_in_words(self, own: Field) -> Iterator[str]:
        """Yield the terms of a short list, which a form on paper has to show."""
        terms = self.terms(own)
        if not own.many and 0 < len(terms) <= MOST_ROWS:
            yield " · ".join(label for _, label in terms)
