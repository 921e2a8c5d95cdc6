"""Records that look like another: one partnership of which two people wrote.

What is compared are roles of the model, not names of fields: the words of the title, names of
organisations (`private`), the place (`across: places`) and the period. Alike are two records of one
place whose times meet and whose titles have the same words, or who share names and some words of
the title. A name that is hidden is not compared. Records of which one names the other are known to
be two, and so are examples.

The work grows with the number of records: each is compared with those of a shared key alone, and
with at most `MOST_COMPARED` of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from generator.base.likeness import loosely_folded, meaningful
from generator.base.problem import Problem, Severity
from generator.model.record import Field, Model, Path
from generator.model.value import UNKNOWN, WITHHELD, first, located, texts
from generator.records.case import Case
from generator.records.privacy import hidden_entries, is_fully_public

MOST_COMPARED: Final = 50
"""Of the records of one name in one place, so many are compared with a later one."""

FEWEST_WORDS: Final = 3
"""A title of fewer words that carry meaning is like too many others."""

_CERTAIN_WORDS: Final = 4
"""From so many words on, one word more makes no other title."""

_SEVERAL_NAMES: Final = 2
_SOME_WORDS: Final = 2
_HALF: Final = 0.5
_QUARTER: Final = 0.25
_YEAR: Final = 4
_OPEN_END: Final = 9999

_Key: TypeAlias = tuple[str, str, str | frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a record is recognised by.

    `words` are those of the title that carry meaning, as keys; `names` and `places` are ids of
    terms, or texts. `repeated_words` are those of names and places, which titles often repeat.
    `years` are the first and the last, None where it does not say. `linked` are the ids that it
    names.
    """

    case: Case
    words: frozenset[str]
    repeated_words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    years: tuple[int, int] | None
    linked: frozenset[str]

    @property
    def own_words(self) -> frozenset[str]:
        """The words of the title but those of its names and places."""
        return self.words - self.repeated_words


@dataclass(frozen=True, slots=True)
class Match:
    """A record that another looks like, and how many names and words of the title both have."""

    other: Case
    names: int
    words: int


class Profiler:
    """Makes the profiles of records under one model."""

    def __init__(self, model: Model) -> None:
        """Look up once which fields tell records apart."""
        self.model = model
        self.title = model.role("title")
        self.name_fields = tuple(field for field in model.walk() if field.private)
        facet = model.facets.get(model.across.places) if model.across.places else None
        self.place_path: Path = facet.path if facet else ()
        period = model.role("period")
        self.dates = [field for field in period.walk() if field.kind == "date"] if period else []
        self._links = [field.path for field in model.of_kind("case")]

    def profile(self, case: Case) -> Profile | None:
        """Return what a record is recognised by; None of one that is no record of its own."""
        kind = first(case.values, (self.model.type_field,)) if self.model.type_field else ""
        if self.title is None or not self.model.type_of(kind).counts:
            return None
        title = first(case.values, self.title.path)
        names = {name: field for field in self.name_fields for name in self._names(case, field)}
        places = self._places(case)
        labels = [self._label(case, field.vocabulary, name) for name, field in names.items()]
        labels += [self._place_label(case, place) for place in places]
        return Profile(
            case=case,
            words=title_words(title),
            repeated_words=frozenset(word for label in labels for word in title_words(label)),
            names=frozenset(names),
            places=frozenset(places),
            years=self._years(case),
            linked=frozenset(id_ for path in self._links for id_ in texts(case.values, path)),
        )

    def _names(self, case: Case, field: Field) -> Iterator[str]:
        holder = self.model.at(field.path[:-1]) if len(field.path) > 1 else field
        apart = {"", UNKNOWN, WITHHELD, self.model.we, holder.besides if holder else ""}
        hidden = {place for place, _ in hidden_entries(case.values, self.model)}
        for place, name in located(case.values, field.path):
            if name not in apart and place not in hidden:
                yield name

    def _places(self, case: Case) -> list[str]:
        path = self.place_path
        return [place for place in texts(case.values, path) if place != UNKNOWN] if path else []

    def _place_label(self, case: Case, place: str) -> str:
        facet = self.model.facets[self.model.across.places]
        return self._label(case, facet.vocabulary, place)

    def _label(self, case: Case, vocabulary: str, id_: str) -> str:
        known = self.model.vocabularies.get(vocabulary)
        term = known.terms.get(id_) if known else None
        return term.label if term else case.new_terms.get(vocabulary, {}).get(id_, id_)

    def _years(self, case: Case) -> tuple[int, int] | None:
        years = [first(case.values, field.path)[:_YEAR] for field in self.dates[:2]]
        if not years or not years[0].isdecimal():
            return None
        ended = int(years[1]) if len(years) > 1 and years[1].isdecimal() else _OPEN_END
        return int(years[0]), ended


def title_words(text: str) -> frozenset[str]:
    """Return the keys of the words of a title that carry meaning, and its figures."""
    figures = (word for word in loosely_folded(text).split() if word.isdecimal())
    return meaningful(text) | frozenset(figures)


class Profiles:
    """Profiles by keys that alike ones share."""

    def __init__(self) -> None:
        """Start without any."""
        self._by_key: dict[_Key, list[Profile]] = defaultdict(list)

    def add(self, profile: Profile) -> None:
        """Add a profile, to be found by later ones."""
        for key in _keys(profile):
            bucket = self._by_key[key]
            if len(bucket) < MOST_COMPARED:
                bucket.append(profile)

    def like(self, profile: Profile) -> Match | None:
        """Return the record that one looks like most, of those added; None without one."""
        seen: dict[str, Profile] = {}
        for key in _keys(profile):
            seen |= {other.case.path: other for other in self._by_key.get(key, ())}
        matches = [match for other in seen.values() if (match := compared(profile, other))]
        return max(matches, key=lambda match: match.words + match.names, default=None)


def _keys(profile: Profile) -> Iterator[_Key]:
    """Yield each name in each place, and the title in each, with one word less too."""
    titles = []
    if len(profile.words) >= FEWEST_WORDS:
        titles = [profile.words]
        if len(profile.words) >= _CERTAIN_WORDS:
            titles += [profile.words - {word} for word in sorted(profile.words)]
    for place in sorted(profile.places) or [""]:
        yield from (("name", place, name) for name in sorted(profile.names))
        yield from (("title", place, words) for words in titles)


def compared(one: Profile, other: Profile) -> Match | None:
    """Return how two records are alike; None where they are two, or said to be."""
    if (
        one.case.id in other.linked
        or other.case.id in one.linked
        or one.case.path == other.case.path
        or (one.places and other.places and one.places.isdisjoint(other.places))
        or not _meet(one.years, other.years)
        or _figures(one.words) != _figures(other.words)
    ):
        return None
    names, words = one.names & other.names, one.words & other.words
    fewer, more = sorted((one.words, other.words), key=len)
    same = fewer == more or (len(fewer) >= _CERTAIN_WORDS and len(more - fewer) == 1)
    if same and fewer <= more and len(fewer) >= FEWEST_WORDS:
        return Match(other.case, len(names), len(words))
    own = one.own_words & other.own_words
    share = len(own) / max(min(len(one.own_words), len(other.own_words)), 1)
    several = len(names) >= _SEVERAL_NAMES and share >= _QUARTER
    if names and (several or (len(own) >= _SOME_WORDS and share >= _HALF)):
        return Match(other.case, len(names), len(words))
    return None


def _figures(words: Iterable[str]) -> set[str]:
    """Return the figures of a title: a second phase, and another year, is another record."""
    return {word for word in words if word.isdecimal()}


def _meet(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    """Tell whether two times meet; one that nobody has said may be any."""
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def near_misses(cases: Iterable[Case], model: Model) -> Iterator[Problem]:
    """Yield a note for each record that looks like an earlier one.

    Where one of two is not for all to read, its author is told and not that of the other.
    """
    profiler, profiles = Profiler(model), Profiles()
    ordered = sorted(cases, key=lambda case: not is_fully_public(case.values, model))
    for case in ordered:
        profile = profiler.profile(case)
        if profile is not None:
            if match := profiles.like(profile):
                yield looks_like(match, case, profiler)
            profiles.add(profile)


class KnownRecords:
    """Records that one which is not in the library yet is held against, such as a draft."""

    def __init__(self, cases: Iterable[Case], model: Model) -> None:
        """Start with those of the library."""
        self._profiler, self._profiles = Profiler(model), Profiles()
        for case in cases:
            self.add(case)

    def add(self, case: Case) -> None:
        """Add a record, to be found by later ones."""
        if profile := self._profiler.profile(case):
            self._profiles.add(profile)

    def near_miss(self, case: Case) -> Problem | None:
        """Return a note where a record looks like a known one of another file."""
        profile = self._profiler.profile(case)
        match = self._profiles.like(profile) if profile else None
        return looks_like(match, case, self._profiler) if match else None


def looks_like(match: Match, case: Case, profiler: Profiler) -> Problem:
    """Return the note that a record looks like another; no name and no word of it is quoted."""
    related, title = profiler.model.role("related"), profiler.title
    reasons = []
    if match.names:
        fields = dict.fromkeys(field.path[0] for field in profiler.name_fields)
        listed = "' and '".join(fields)
        reasons.append(f"{match.names:,} of the names in '{listed}'")
    if profiler.place_path:
        reasons.append(f"a value of '{profiler.place_path[0]}'")
    reasons.append(f"{match.words:,} words of the title")
    *most, last = reasons
    both = f"{', '.join(most)} and {last}" if most else last
    hint = "if they are one, keep one of the two files"
    if related:
        hint += f"; if they are two, name the other in '{related.name}'"
    message = f"this looks like {match.other.path}: both have {both}"
    place = title.name if title else ""
    return case.problem(place, "looks-alike", message, hint, Severity.NOTE)


def changes_identity(old: Case, new: Case, model: Model) -> bool:
    """Tell whether an edit of a record changes what it is recognised by."""
    profiler = Profiler(model)
    fields: Sequence[Field | None] = (profiler.title, *profiler.name_fields, *profiler.dates)
    paths = [field.path for field in fields if field]
    paths += [profiler.place_path] if profiler.place_path else []
    return any(texts(old.values, path) != texts(new.values, path) for path in paths)


def stays_unlike(old: Case, new: Case, others: Iterable[Case], model: Model) -> bool:
    """Tell whether a record looks like no other one, before an edit and after it."""
    profiler = Profiler(model)
    path = profiler.place_path
    profiles = [profile for case in (old, new) if (profile := profiler.profile(case))]
    places = frozenset(place for profile in profiles for place in profile.places)
    near = (
        profile
        for case in others
        if case.path != new.path
        and (not places or not places.isdisjoint(texts(case.values, path)))
        and (profile := profiler.profile(case))
    )
    return not any(compared(profile, other) for other in near for profile in profiles)
