"""The kit of a write-shop, to print: the plan of an hour, cards to talk with, a review sheet.

Questions are those of the model: one card for each field that a counted kind of record needs, and
for each heading of a text. What a file keeps of itself, such as its licence, is no matter for a
talk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from generator.base.locale import Locale
from generator.base.names import fold
from generator.library import address
from generator.model.record import Field, Model
from generator.pages.page import Page, SiteContext, deferred_view

CUSTODY: Final = frozenset(
    {
        "id",
        "former-ids",
        "allowed",
        "type",
        "language",
        "translation",
        "authors",
        "reviewed",
        "visibility",
        "licence",
        "updated",
        "review-due",
        "related",
    }
)
"""Roles of fields that are about the file, and not about what happened."""

MOST_TERMS: Final = 12
"""So many terms fit on a card; of a longer list, the groups are named if they are no more."""


@dataclass(frozen=True, slots=True)
class PromptCard:
    """A question to talk about: what it is called, what to ask, what to ask besides, terms.

    `first` is true where the smallest kind of record needs it. `besides` are labels, each with what
    to ask.
    """

    title: str
    question: str = ""
    first: bool = False
    besides: tuple[tuple[str, str], ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaStep:
    """A part of the hour: its minutes, what it is, what to do."""

    minutes: int
    title: str
    task: str


@dataclass(frozen=True, slots=True)
class WriteShop:
    """What the template prints: the steps of the hour, the cards, what a reviewer asks."""

    steps: tuple[AgendaStep, ...]
    cards: tuple[PromptCard, ...]
    review: tuple[str, ...]
    review_fields: tuple[tuple[str, str], ...]


def write_shop_page(ctx: SiteContext) -> Iterator[Page]:
    """Yield the page of the kit."""
    locale = ctx.library.locale
    yield Page(
        path=address.WRITE_SHOP,
        title=write_shop_title(locale),
        template="write-shop.html",
        description=write_shop_description(locale),
        context=deferred_view(_view, ctx),
    )


def write_shop_title(locale: Locale) -> str:
    """Return the title of the kit."""
    return locale.gettext("Write together")


def write_shop_description(locale: Locale) -> str:
    """Return in a sentence what the kit is."""
    return locale.gettext("The plan of an hour, cards to talk with and a review sheet, to print.")


def _view(ctx: SiteContext) -> WriteShop:
    model, locale = ctx.library.model, ctx.library.locale
    cards = [*_cards(model)]
    asked = {fold(card.title) for card in cards}
    others = (PromptCard(heading) for heading in model.headings if fold(heading) not in asked)
    return WriteShop(
        steps=_steps(model, locale),
        cards=(*cards, *others),
        review=tuple(_review(model, locale)),
        review_fields=tuple((card.title, card.question) for card in cards if card.first),
    )


def _cards(model: Model) -> Iterator[PromptCard]:
    """Yield a card for each field that a counted kind of record needs, the first ones first."""
    smallest = next((kind for kind in model.types.kinds.values() if kind.counts), None)
    first_needs = frozenset(smallest.needs) if smallest else frozenset()
    needed = [
        field
        for field, is_needed, members in model.complete
        if (is_needed or members) and field.shown and field.role not in CUSTODY
    ]
    for field in sorted(needed, key=lambda field: field.need not in first_needs):
        yield PromptCard(
            title=field.heading,
            question=field.help,
            first=field.need in first_needs,
            besides=tuple(_besides(field)),
            terms=tuple(_terms(field, model)),
        )


def _besides(field: Field) -> Iterator[tuple[str, str]]:
    """Yield what to ask of each entry: the labels of its own fields, with what they mean."""
    for member in field.fields.values():
        if member.shown and member.kind not in {"source", "record"}:
            yield member.label, member.help


def _terms(field: Field, model: Model) -> Sequence[str]:
    """Return the terms to choose from, or their groups; none of names, and none of a long list."""
    key = field.fields.get(field.key, field)
    vocabulary = model.vocabularies.get(key.vocabulary)
    if vocabulary is None or key.private or key.personal:
        return ()
    if len(vocabulary.fine) <= MOST_TERMS:
        return [vocabulary.terms[id_].label for id_ in vocabulary.fine]
    if vocabulary.broad and len(vocabulary.tops) <= MOST_TERMS:
        return [vocabulary.terms[id_].label for id_ in vocabulary.tops]
    return ()


def _steps(model: Model, locale: Locale) -> tuple[AgendaStep, ...]:
    _ = locale.gettext
    return (
        AgendaStep(
            5,
            _("Welcome"),
            _(
                "Say what a %(record)s is for, who will read it, and what must not stand in it: no "
                "names of persons, nothing that could harm anybody.",
                record=model.name,
            ),
        ),
        AgendaStep(
            5,
            _("In pairs"),
            _(
                "One tells, the other asks and takes notes. Choose one story. It may well be one "
                "that did not go as planned."
            ),
        ),
        AgendaStep(
            20,
            _("Tell"),
            _(
                "Lay out the cards marked “first”, then follow the story with the others. Ask for "
                "one day on which it could be seen. Short notes are enough."
            ),
        ),
        AgendaStep(
            15,
            _("Write"),
            _(
                "Fill in the form together. Say “not known” where nobody knows, and leave empty "
                "what nobody looked into."
            ),
        ),
        AgendaStep(
            10,
            _("Review"),
            _("Exchange with another pair. Read all of it first, then fill in the review sheet."),
        ),
        AgendaStep(
            5,
            _("To end"),
            _(
                "Each pair says one thing that others can use, who finishes the text, and by which "
                "day."
            ),
        ),
    )


def _review(model: Model, locale: Locale) -> Iterator[str]:
    """Yield what a reviewer asks of any record, as far as the model has a place for it."""
    _ = locale.gettext
    yield _("I understand what happened without asking.")
    yield _("It says who did what: “we” is explained.")
    yield _("It says what did not go well, and what was tried.")
    yield _("Figures have a year, and say where they come from.")
    yield _("What nobody knows is called not known. Nothing is made up to fill a gap.")
    if model.strength:
        yield _("Each claim names a source, or shows that it has none.")
    if any(field.private for field in model.walk()):
        yield _("Whoever is named has agreed to it, or is named in public already.")
    yield _("Nobody can be harmed: no person, place or day gives somebody away.")
