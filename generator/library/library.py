"""`Library`: what pages, numbers and data files ask about everything that may be published.

Each public method that reads the records is a question (`questions`): there is no other way from a
page to the records. So a page that asked nothing whose answer changed is the page that it was.
Arguments are strings: the id of a case or a term, the name of a facet, a field or a vocabulary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain, groupby, islice
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec import msgpack

from generator.base.locale import Locale
from generator.base.names import slug
from generator.library.collect import is_counted
from generator.library.collection import (
    AnswerCounts,
    Claim,
    Collection,
    Mention,
    Relation,
    distinct_cases,
)
from generator.library.questions import Recorder, question
from generator.model.record import Facet, Field, Model, Path
from generator.model.value import UNKNOWN, Value, as_list, first
from generator.model.vocabulary import Term, Vocabulary
from generator.records.case import Case
from generator.records.filled import filled
from generator.records.plain_page import PlainPage

if TYPE_CHECKING:
    from generator.library.resolved import Resolved

LONG: Final = 80
"""A vocabulary with more terms than this is shown without those that no case names."""

PAGE_SIZE: Final = 200
"""How many entries of a list stand on one page; a library of more records is a long one."""


class Library:
    """Everything that may be published, as far as it is asked for.

    `model` is the record model. `recorder` notes what is asked. `language` is the site's own,
    and `locale` says things in it.
    """

    def __init__(
        self,
        collection: Collection,
        resolved: Mapping[str, Resolved] = MappingProxyType({}),
        language: str = "",
    ) -> None:
        """Take the published records, and where the links on each page lead."""
        self._collection = collection
        self._resolved = resolved
        self.language = language
        self.locale = Locale(language)
        self._locales: dict[str, Locale] = {}
        self.recorder = Recorder()
        self._addresses: dict[str, str] = {}
        self._packed: dict[str, Mapping[str, bytes]] = {}
        self.model = self._asking_model(collection)

    def locale_of(self, language: str) -> Locale:
        """Return the locale of a record's language; an empty one stands for the site's own."""
        if not language:
            return self.locale
        if language not in self._locales:
            self._locales[language] = Locale(language)
        return self._locales[language]

    def _asking_model(self, collection: Collection) -> Model:
        """Return the model, whose vocabularies are asked where their terms depend on records."""
        vocabularies = dict(collection.model.vocabularies)
        for name in collection.fluid & vocabularies.keys():
            declared = vars(vocabularies[name]) | {"terms": _AskedTerms(self, name)}
            fields = Vocabulary.__dataclass_fields__
            vocabularies[name] = _AskedVocabulary(
                **{key: value for key, value in declared.items() if key in fields}
            )
        return replace(collection.model, vocabularies=vocabularies)

    # ---- the records -----------------------------------------------------------------------------

    @property
    def as_of(self) -> str:
        """The day that ages are counted from."""
        # Nobody notes it: the shell prints it, and with another shell all pages are made again.
        return self._collection.as_of

    @property
    def counted(self) -> tuple[str, ...]:
        """The cases that numbers are made of, in the order of their titles."""
        return self._counted()

    @property
    def number_counted(self) -> int:
        """How many cases numbers are made of."""
        # Nobody notes it, as of the day above.
        return len(self._collection.counted)

    @question
    def _counted(self) -> tuple[str, ...]:
        return self._collection.counted

    @property
    def examples(self) -> tuple[str, ...]:
        """The cases that are shown and never counted, in the order of their titles."""
        return self._examples()

    @question
    def _examples(self) -> tuple[str, ...]:
        return self._collection.examples

    @property
    def ids(self) -> tuple[str, ...]:
        """All cases in the order of their titles, translations among them."""
        return self._ids()

    @question
    def _ids(self) -> tuple[str, ...]:
        return tuple(self._collection.outlines)

    @question
    def listed(self, page: str) -> tuple[str, ...]:
        """Return the cases on one page of the list of all, from "1": the counted, then examples."""
        every = (*self._collection.counted, *self._collection.examples)
        return every[_on_page(page)]

    @question
    def is_long(self) -> bool:
        """Return whether there are so many records that lists may be too long for a page."""
        return len(self._collection.outlines) > PAGE_SIZE

    @question
    def version(self, id_: str) -> str:
        """Return a digest of all that a case says."""
        return self._collection.versions[id_]

    def case(self, id_: str) -> Case:
        """Return a case with all its words; its text is not kept in memory."""
        self.version(id_)
        return self._collection.whole(id_)

    def values(self, id_: str) -> Mapping[str, Value]:
        """Return what a case says in its fields, with all words."""
        return self.case(id_).values

    @question
    def outline(self, id_: str) -> Case:
        """Return a case without its texts."""
        self.version(id_)
        return self._collection.outlines[id_]

    def filled(self) -> Iterator[tuple[Mapping[str, Value], tuple[str, ...]]]:
        """Yield what counted cases fill in (`records.filled`), each time with the cases that do."""
        return ((msgpack.decode(packed), ids) for packed, ids in self._filled())

    @question
    def _filled(self) -> tuple[tuple[bytes, tuple[str, ...]], ...]:
        cases: dict[bytes, list[str]] = defaultdict(list)
        for id_ in sorted(self._collection.counted):
            values = self._collection.outlines[id_].values
            cases[msgpack.encode(filled(values, self._collection.model))].append(id_)
        return tuple((packed, tuple(ids)) for packed, ids in sorted(cases.items()))

    @question
    def values_of_all(self, field: str) -> tuple[tuple[str, Value | None], ...]:
        """Return what the outline of each counted case says in a field."""
        collection = self._collection
        if field == self.model.across.timeline:  # asked in each build, as the periods of all are
            return tuple((id_, collection.periods.get(id_)) for id_ in collection.counted)
        outlines = collection.outlines
        return tuple((id_, outlines[id_].values.get(field)) for id_ in collection.counted)

    @question
    def claims(self, id_: str, field: str) -> tuple[Claim, ...]:
        """Return the claims of a case in a field, without their texts."""
        self.version(id_)
        return self._collection.claims[id_].get(field, ())

    @question
    def all_claims(self, id_: str) -> tuple[Claim, ...]:
        """Return the claims of a case field by field, without their texts."""
        self.version(id_)
        every = self._collection.claims[id_].values()
        return tuple(claim for claims in every for claim in claims)

    @question
    def claims_of_all(self, field: str) -> tuple[Claim, ...]:
        """Return the claims of all counted cases in a field, without their texts."""
        claims = self._collection.claims
        return tuple(c for id_ in self._collection.counted for c in claims[id_].get(field, ()))

    @question
    def _entries(self, id_: str, field: str) -> bytes:
        """Return the entries of a case in a field, packed: a process may hold those of all."""
        self.version(id_)
        if id_ not in self._packed:
            values, fields = self.values(id_), self.model.fields
            self._packed[id_] = {
                name: msgpack.encode(as_list(value))
                for name, value in values.items()
                if fields[name].kind == "record"
            }
        return self._packed[id_][field]

    def words(self, claim: Claim) -> Mapping[str, Value]:
        """Return the values of a claim with their texts."""
        entry = msgpack.decode(self._entries(claim.case, claim.field))[claim.index]
        return entry if isinstance(entry, dict) else {}

    def title(self, id_: str) -> str:
        """Return the title of a case, or its id where it has none."""
        return self._title(id_)

    @question
    def _title(self, id_: str) -> str:
        self.version(id_)
        return self.text(self._collection.outlines[id_], "title") or id_

    def text(self, case: Case, role: str) -> str:
        """Return the text of a case in the field with a role; empty if there is none or unknown."""
        field = self.model.role(role)
        text = first(case.values, field.path) if field else ""
        return "" if text == UNKNOWN else text

    def is_example(self, id_: str) -> bool:
        """Return whether a case, or the one it translates, is of a kind that is not counted."""
        return not is_counted(self.outline(self.original(id_) or id_), self.model)

    def is_counted(self, id_: str) -> bool:
        """Return whether numbers include a case."""
        return not self.original(id_) and not self.is_example(id_)

    def original(self, id_: str) -> str:
        """Return the id of the case that a case translates; empty where it is no translation."""
        return self._originals().get(id_, "")

    @question
    def _originals(self) -> Mapping[str, str]:
        return self._collection.originals

    def translations(self, id_: str) -> tuple[str, ...]:
        """Return the ids of the translations of a case."""
        self._originals()  # the other direction tells the same
        return self._collection.translations.get(id_, ())

    @question
    def updated(self) -> tuple[tuple[str, str], ...]:
        """Return the counted cases with the days on which they were updated, empty if unknown."""
        days = self._collection.updated
        return tuple((id_, days[id_]) for id_ in self._collection.counted)

    @question
    def relations(self) -> Mapping[str, tuple[Relation, ...]]:
        """Return the cases that authors named as related, by the case that names them."""
        return self._collection.relations

    @property
    def current_ids(self) -> Mapping[str, str]:
        """The present id for each former one."""
        return self._current_ids()

    @question
    def _current_ids(self) -> Mapping[str, str]:
        return self._collection.current_ids

    # ---- the index -------------------------------------------------------------------------------

    @question
    def terms(self, id_: str) -> Mapping[str, tuple[str, ...]]:
        """Return the terms that a case names by facet, groups included, in their order."""
        self.version(id_)
        self._fluid_terms()
        return self._collection.terms[id_]

    @question
    def _fluid_terms(self) -> Mapping[str, tuple[str, ...]]:
        """Return the terms of the vocabularies that depend on records, in their order."""
        collection = self._collection
        vocabularies = collection.model.vocabularies
        return {name: tuple(vocabularies[name].terms) for name in sorted(collection.fluid)}

    @question
    def named(self, facet: str, term: str) -> bool:
        """Return whether a case or an example names a term, so that it has a page."""
        collection = self._collection
        return term in collection.index[facet] or term in collection.example_index[facet]

    @question
    def used_terms(self, facet: str) -> tuple[str, ...]:
        """Return the terms of a facet that counted cases name."""
        return tuple(self._collection.index[facet])

    @question
    def mentions(self, facet: str, term: str) -> tuple[Mention, ...]:
        """Return the mentions of a term in counted cases, in the order of their titles."""
        return self._collection.index[facet].get(term, ())

    @question
    def mentions_on_page(self, facet: str, term: str, page: str) -> tuple[Mention, ...]:
        """Return the mentions in the cases that stand on one page of a term's list, from "1"."""
        by_case = groupby(self._collection.index[facet].get(term, ()), attrgetter("case"))
        place = _on_page(page)
        on_page = islice(by_case, place.start, place.stop)
        return tuple(chain.from_iterable(mentions for _, mentions in on_page))

    @question
    def cases_naming(self, facet: str, term: str) -> tuple[str, ...]:
        """Return the counted cases that name a term, each once, in the order of their titles."""
        return distinct_cases(self._collection.index[facet].get(term, ()))

    @question
    def examples_naming(self, facet: str, term: str) -> tuple[str, ...]:
        """Return the examples that name a term, each once, in the order of their titles."""
        return distinct_cases(self._collection.example_index[facet].get(term, ()))

    @question
    def count(self, facet: str, term: str) -> int:
        """Return how many counted cases name a term."""
        return self._collection.term_counts[facet].get(term, 0)

    @question
    def counts(self, facet: str) -> Mapping[str, int]:
        """Return for each term of a facet how many counted cases name it; 0 is left out."""
        return self._collection.term_counts[facet]

    @question
    def answer_counts(self, facet: str) -> AnswerCounts:
        """Return how many counted cases name a term of a facet, say unknown, or leave it out."""
        return self._collection.answer_counts[facet]

    # ---- the rest --------------------------------------------------------------------------------

    @property
    def page_names(self) -> tuple[str, ...]:
        """The names of the plain pages, in their order."""
        return self._page_names()

    @question
    def _page_names(self) -> tuple[str, ...]:
        return tuple(self._collection.pages)

    @question
    def page(self, name: str) -> PlainPage | None:
        """Return a plain page, None where there is none of that name."""
        return self._collection.pages.get(name)

    @question
    def targets(self, path: str) -> tuple[str | None, ...]:
        """Return where the links in the text on a page lead (`Resolved.targets`)."""
        return self._resolved[path].targets

    def pictures(self) -> Iterator[str]:
        """Yield the paths below content/ of the pictures that texts show, each once."""
        every = (path for links in self._resolved.values() for path, _ in links.pictures)
        yield from dict.fromkeys(every)

    @cached_property
    def facet_by_path(self) -> Mapping[Path, Facet]:
        """Return each facet by the path of its term."""
        return {facet.path: facet for facet in self.model.facets.values()}

    def term(self, facet: Facet, id_: str) -> Term:
        """Return a term of a facet's vocabulary."""
        return self.model.vocabularies[facet.vocabulary].terms[id_]

    def is_in_glossary(self, vocabulary: Vocabulary, id_: str) -> bool:
        """Return whether the glossary lists a term: all do, but of long and open vocabularies."""
        facets = [f for f in self.model.facets.values() if f.vocabulary == vocabulary.name]
        hides = (vocabulary.open and bool(facets)) or len(vocabulary.terms) > LONG
        return not hides or any(self.named(facet.name, id_) for facet in facets)

    def term_address(self, id_: str) -> str:
        """Return the name of a term's page, without folder and ending."""
        known = self._addresses.get(id_)
        if known is None:
            self._addresses[id_] = known = slug(id_)
        return known

    def owner(self, facet: Facet) -> Field:
        """Return the top-level field in which a facet's terms stand."""
        return self.model.fields[facet.owner]

    # ---- vocabularies whose terms depend on records ----------------------------------------------

    @question
    def vocabulary_term(self, vocabulary: str, id_: str) -> Term | None:
        """Return a term of a vocabulary, None where it has no such term."""
        return self._collection.model.vocabularies[vocabulary].terms.get(id_)

    @question
    def vocabulary_ids(self, vocabulary: str) -> tuple[str, ...]:
        """Return the ids of the terms of a vocabulary, in their order."""
        return tuple(self._collection.model.vocabularies[vocabulary].terms)


def _on_page(page: str) -> slice:
    """Return which entries of a long list stand on a page of it, from "1"."""
    start = (int(page) - 1) * PAGE_SIZE
    return slice(start, start + PAGE_SIZE)


class _AskedTerms(Mapping[str, Term]):
    """The terms of a vocabulary, each of which is asked for."""

    def __init__(self, library: Library, name: str) -> None:
        self._library, self._name = library, name

    def __getitem__(self, id_: str) -> Term:
        if term := self._library.vocabulary_term(self._name, id_):
            return term
        raise KeyError(id_)

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self._library.vocabulary_term(self._name, id_) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._library.vocabulary_ids(self._name))

    def __len__(self) -> int:
        return len(self._library.vocabulary_ids(self._name))


class _AskedVocabulary(Vocabulary):
    """A vocabulary that keeps nothing it was asked, since the terms may be others tomorrow."""

    def narrower(self, id_: str) -> tuple[Term, ...]:
        """Return the terms directly below a term, in order; only below a group are there any."""
        below = self.terms.values() if id_ in self.broad else ()
        return tuple(term for term in below if term.broader == id_)
