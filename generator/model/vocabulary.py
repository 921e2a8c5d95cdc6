"""Vocabularies: terms with their definitions, and how what an author typed finds its term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from generator import yaml_nodes
from generator.base.collation import sort_key
from generator.base.likeness import loosely_folded, spellings_turned
from generator.base.names import fold, reason_no_page_name, slug
from generator.base.position import Position
from generator.model.declaration import (
    FEW,
    Declaration,
    ProblemCollector,
    suggestion,
    words,
    yaml_key,
)
from generator.model.meant_terms import MeantTerms, Wording
from generator.model.territories import territory_names
from generator.model.value import UNKNOWN, WITHHELD
from generator.yaml_nodes.suggested_fixes import quote_for_author

SHORTEST_WORD = 4
"""A shorter id is a code: a hint names the label before it."""

MOST_GROUPS = 8
"""A term lies in so many groups, one in the other, at most; pages and lists nest as groups do."""

FEW_TERMS = 8
"""Of so few terms all are named, where none is more likely than the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term. `is_new` marks a term of an open vocabulary that only records have named so far."""

    id: str = yaml_key("the word by which records name the term; part of its address", needed=True)
    label: str = yaml_key("the term as it reads on a page", needed=True)
    definition: str = yaml_key("a sentence or two on when the term fits")
    synonyms: tuple[str, ...] = yaml_key("other words that authors type for it", "texts")
    broader: str = yaml_key("the id of the term that gathers this one")
    labels: Mapping[str, str] = yaml_key("the label in other languages, by language tag", "words")
    former_ids: tuple[str, ...] = yaml_key(
        "ids that the term, or one merged into it, had before", "texts"
    )
    territory: str = yaml_key(
        "the code by which CLDR names the country or region in the languages of `territories`;"
        " the id when absent"
    )
    is_new: bool = False

    @property
    def address(self) -> str:
        """The name of the term's page, without folder and ending."""
        return slug(self.id)

    @property
    def territory_code(self) -> str:
        """The code by which CLDR may name the term."""
        return (self.territory or self.id).upper()


def _wording(term: Term) -> Wording:
    """Return the words by which a term may have been meant, in every language of its file."""
    spellings = (term.label, *term.synonyms, *term.labels.values(), *term.former_ids, term.id)
    return Wording(term.id, tuple(dict.fromkeys(spellings)), term.definition)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What an author is told who typed a word that is no term, and is no slip for one either."""

    words: tuple[str, ...] = yaml_key("words that authors type", "texts", needed=True)
    say: str = yaml_key("what to write instead, as a remedy", needed=True)


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Terms by id, in the order of the file, and the folded spellings that lead to each.

    `broad` are the ids of the terms that gather others; records name the narrower ones.
    `languages` are those of the site.
    """

    name: str
    path: str
    title: str = yaml_key("the vocabulary's name in the plural, as a heading", needed=True)
    definition: str = yaml_key("a sentence on what the vocabulary is for")
    open: bool = yaml_key(
        "whether an author may use a term that is not listed; no when absent", "flag"
    )
    names: bool = yaml_key(
        "whether the terms are names, of countries or organisations: a name that is only like"
        " another is not suggested; no when absent",
        "flag",
    )
    territories: tuple[str, ...] = yaml_key(
        "for a vocabulary of countries: languages, by their tags, in which the names that CLDR"
        " gives to countries and regions are labels; such names lead to the terms, and so do"
        " those in the languages of the site",
        "texts",
    )
    group_advice: str = yaml_key(
        "what to write instead of a group of terms; when absent, the terms below it are named"
    )
    advice: tuple[Advice, ...] = yaml_key(
        "what to write instead of words that are no terms", "list", part=Advice
    )
    terms: Mapping[str, Term] = yaml_key(
        "the terms, in the order in which they are shown", "list", needed=True
    )
    spellings: Mapping[str, str]
    broad: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def resolve(self, typed: str) -> str | None:
        """Return the id of the term that was meant, or None: no guess is made here.

        Id, label, synonym, former id and the labels of the site's languages lead to a term. Case,
        signs and spaces do not matter (`base.names.fold`). In a closed vocabulary, accents, `&` for
        `and`, `the` and the order in `Gambia, The` do not matter either, where that leads to one
        term alone; in an open one such a spelling may be another's name.
        """
        # Folding costs much more than a look-up, and most records name terms by their ids.
        term = self.terms.get(typed)
        if term:
            return term.id
        exact = self.spellings.get(fold(typed))
        if exact or self.open or len(typed) > _LONGEST_SPELLING:
            return exact
        keys = [loosely_folded(spelling) for spelling in spellings_turned(typed)]
        ids = {self._loose_spellings[key] for key in keys if key in self._loose_spellings}
        if not ids and self.territories:
            named = self._territories_by_name
            ids = {named[key] for key in (fold(typed), *keys) if key in named}
        return ids.pop() or None if len(ids) == 1 else None

    @cached_property
    def _loose_spellings(self) -> Mapping[str, str]:
        """The ids by loosely folded spelling; an empty one where two terms share it.

        Codes are left out: `N/A` is not Namibia.
        """
        loose: dict[str, str] = {}
        for spelling, id_ in self.spellings.items():
            if len(spelling) >= SHORTEST_WORD:
                key = loosely_folded(spelling)
                loose[key] = id_ if loose.get(key, id_) == id_ else ""
        return loose

    @cached_property
    def _territories_by_name(self) -> Mapping[str, str]:
        """The ids by the folded names of CLDR; an empty one where two terms share one.

        What `advice` is given on is left out: `Congo` is one country in Spanish, and two to people.
        """
        ids = dict.fromkeys(self._advice, "")
        for language in dict.fromkeys((*self.territories, *self.languages)):
            names = territory_names(language)
            for term in self.terms.values():
                name = names.get(term.territory_code, "")
                loose = {loosely_folded(name)} if len(name) >= SHORTEST_WORD else set()
                for key in {fold(name), *loose} - {""}:
                    ids[key] = term.id if ids.get(key, term.id) == term.id else ""
        return ids

    def with_labels(self, term: Term) -> Term:
        """Return a term with all its labels: those of its file before those of CLDR.

        A variety of a language, such as pt-PT, has a label where its name is another one.
        """
        labels: dict[str, str] = {}
        for tag in self.territories:
            name = territory_names(tag).get(term.territory_code, "")
            language = _primary_language(tag)
            if name and language not in term.labels and name != labels.get(language):
                labels[tag] = name
        return replace(term, labels={**labels, **term.labels}) if labels else term

    def group_hint(self, id_: str) -> str:
        """Return what to do about a group where a term is asked for: name one below it."""
        if self.group_advice:
            return self.group_advice
        below = [i for i in self.terms if i not in self.broad and id_ in self.ancestors(i)]
        more = f" and {len(below) - FEW} more" if len(below) > FEW else ""
        return f"choose from {', '.join(below[:FEW])}{more}"

    def hint(self, typed: str) -> str:
        """Return what to do about a word that is no term here: the terms meant, and the file."""
        typed = typed[:_LONGEST_SPELLING]
        if advice := self._advice.get(loosely_folded(typed)):
            return advice
        meant, sure = self._meant.by(typed)
        if not set(meant).isdisjoint(self.broad):
            return self.group_advice
        choice = "" if sure or not self._has_few else f"choose from {self._choice}; "
        if not meant:
            return f"{choice}{self.where}"
        *most, last = [self._quoted(id_) for id_ in meant]
        named = f"{', '.join(most)} or {last}" if most else last
        return f"did you mean {named}? {'else ' if choice else ''}{choice}{self.where}"

    def meant(self, typed: str) -> tuple[Term, ...]:
        """Return the terms that were probably meant by a word that is none, the likeliest first."""
        typed = typed[:_LONGEST_SPELLING]
        ids = () if loosely_folded(typed) in self._advice else self._meant.by(typed)[0]
        return tuple(self.terms[id_] for id_ in ids if id_ not in self.broad)

    def _quoted(self, id_: str) -> str:
        """Return a term as a hint names it: its id, and its label where that says more."""
        term = self.terms[id_]
        if len(id_) < SHORTEST_WORD:  # a code such as `la`: the label says what it is
            return f"'{term.label}' ({id_})"
        return f"'{id_}'" if fold(term.label) == fold(id_) else f"'{id_}' ({term.label})"

    @cached_property
    def _advice(self) -> Mapping[str, str]:
        """What to say of a word that is no term, by its loosely folded spelling."""
        return {loosely_folded(word): each.say for each in self.advice for word in each.words}

    @cached_property
    def _meant(self) -> MeantTerms:
        """What finds the terms meant; groups are left out, since no record may name one.

        Where there is advice for groups they are among them: else a region would suggest a country.
        """
        left_out = () if self.group_advice else self.broad
        terms = (term for term in self.terms.values() if term.id not in left_out)
        wordings = [_wording(self.with_labels(term)) for term in terms]
        return MeantTerms(wordings, names=self.names, subject=f"{self.name} {self.title}")

    @property
    def _choice(self) -> str:
        return ", ".join(id_ for id_ in self.terms if id_ not in self.broad)

    @property
    def _has_few(self) -> bool:
        return 0 < len(self.terms) - len(self.broad) <= FEW_TERMS and not self.open

    @property
    def where(self) -> str:
        """Where the terms are listed, as a hint."""
        return f"terms: {self.path}"

    @property
    def tops(self) -> tuple[str, ...]:
        """The ids of what stands first in lists and tables: groups, and terms in no group."""
        return tuple(id_ for id_, term in self.terms.items() if not term.broader)

    @property
    def fine(self) -> tuple[str, ...]:
        """The ids of the terms that records name: all but the groups."""
        return tuple(id_ for id_ in self.terms if id_ not in self.broad)

    def narrower(self, id_: str) -> tuple[Term, ...]:
        """Return the terms directly below a term, in order."""
        return self._narrower_by_id.get(id_, ())

    def fine_below(self, id_: str) -> tuple[str, ...]:
        """Return the ids of the terms below a group, at any depth, groups left out; in order."""
        below: list[str] = []
        for term in self.narrower(id_):
            below += self.fine_below(term.id) if term.id in self.broad else [term.id]
        return tuple(below)

    def group_of(self, id_: str) -> str:
        """Return the id of the topmost group above a term; empty where it has none."""
        return (self.ancestors(id_) or ("",))[-1]

    @cached_property
    def _narrower_by_id(self) -> Mapping[str, tuple[Term, ...]]:
        narrower: dict[str, list[Term]] = {}
        for term in self.terms.values():
            narrower.setdefault(term.broader, []).append(term)
        return {id_: tuple(terms) for id_, terms in narrower.items()}

    def ancestors(self, id_: str) -> tuple[str, ...]:
        """Return the ids above a term, the nearest first."""
        above: list[str] = []
        while (broader := self.terms[id_].broader) and broader not in above:
            above.append(broader)
            id_ = broader
        return tuple(above)

    def extended(self, new_terms: Iterable[Term]) -> Vocabulary:
        """Return the vocabulary with new terms after its own, sorted by label."""
        more = sorted(new_terms, key=lambda term: (sort_key(term.label), term.id))
        return replace(self, terms={**self.terms, **{term.id: term for term in more}})


_LONGEST_SPELLING = 200
"""What is longer is a text and no term; it is looked up as it was typed, and no further."""


def load_vocabulary(
    name: str,
    node: yaml_nodes.Node,
    path: str,
    languages: tuple[str, ...],
    findings: ProblemCollector,
) -> Vocabulary:
    """Return the vocabulary that a file declares, reporting every mistake in it.

    `languages` are the tags of those whose labels lead to a term.
    """
    top = Declaration(node, Vocabulary, findings, f"vocabulary '{name}'")
    builder = _TermsBuilder(languages, findings)
    listed = top.values.get("terms")
    for item in listed.items if isinstance(listed, yaml_nodes.Sequence) else ():
        builder.add(item)
    builder.check_broader()
    vocabulary = top.read(
        name=name,
        path=path,
        title=top.text("title") or name,
        terms=builder.terms,
        spellings=builder.spellings,
        broad=tuple(dict.fromkeys(t.broader for t in builder.terms.values() if t.broader)),
        languages=languages,
    )
    if not vocabulary.terms and not vocabulary.open and not findings.problems:
        hint = "list a term, or write 'open: yes'"
        findings.add(top.position("terms"), "no-terms", f"vocabulary '{name}' has no terms", hint)
    return vocabulary


class _TermsBuilder:
    """Gathers terms and refuses ids, addresses and spellings that two terms would share."""

    def __init__(self, languages: tuple[str, ...], findings: ProblemCollector) -> None:
        self.languages = {_primary_language(tag) for tag in languages}
        self.findings = findings
        self.terms: dict[str, Term] = {}
        self.spellings: dict[str, str] = {}
        self.declared: dict[str, Declaration[Term]] = {}
        self.ids_by_address: dict[str, str] = {}

    def add(self, node: yaml_nodes.Node) -> None:
        declared = Declaration(node, Term, self.findings, _term_name(node))
        id_ = declared.text("id")
        term = declared.read(id=id_, label=declared.text("label") or id_)
        if term.id and self._is_usable(term, declared.position("id")):
            self.terms[term.id] = term
            self.declared[term.id] = declared
            self._add_spellings(term, declared)

    def _is_usable(self, term: Term, position: Position) -> bool:
        if term.address in {UNKNOWN, WITHHELD}:
            message = f"'{term.id}' cannot be a term"
            hint = "the site gives this word a meaning of its own, in every field"
        elif term.id in self.terms:
            message, hint = f"two terms have the id '{term.id}'", "give one of them another id"
        elif reason := reason_no_page_name(term.address):
            message = f"the id {quote_for_author(term.id)} cannot name a page: {reason}"
            hint = "choose another id"
        elif term.address in self.ids_by_address:
            other = self.ids_by_address[term.address]
            message = f"'{term.id}' and '{other}' would share the page {term.address}.html"
            hint = "give one of them another id"
        else:
            self.ids_by_address[term.address] = term.id
            return True
        self.findings.add(position, "bad-term", message, hint)
        return False

    def _add_spellings(self, term: Term, declared: Declaration[Term]) -> None:
        languages = self.languages
        labels = (w for tag, w in term.labels.items() if _primary_language(tag) in languages)
        spellings = [("id", term.id), ("label", term.label)]
        spellings += [("synonyms", word) for word in term.synonyms]
        spellings += [("former_ids", word) for word in term.former_ids]
        spellings += [("labels", word) for word in labels]
        for key, word in spellings:
            folded = fold(word)
            if folded in {"", UNKNOWN}:
                message = f"{quote_for_author(word)} of '{term.id}' cannot stand for a term"
                hint = "use a word with letters or digits, other than 'unknown'"
                self.findings.add(declared.position(key), "bad-term", message, hint)
                continue
            if key == "former_ids" and (reason := reason_no_page_name(slug(word))):
                message = f"{quote_for_author(word)} of '{term.id}' was never a page: {reason}"
                hint = "take it out of former_ids; a word of records can stand under synonyms"
                self.findings.add(declared.position(key), "bad-term", message, hint)
                continue
            holder = self.spellings.setdefault(folded, term.id)
            if holder != term.id:
                message = f"'{word}' of '{term.id}' already stands for '{holder}'"
                hint = "keep it with one of the two"
                self.findings.add(declared.position(key), "ambiguous-term", message, hint)

    def check_broader(self) -> None:
        for term in self.terms.values():
            position = self.declared[term.id].position("broader")
            if term.broader and term.broader not in self.terms:
                hint = suggestion(term.broader, self.terms, "name the id of a term of this file")
                message = f"the broader term '{term.broader}' of '{term.id}' does not exist"
                self.findings.add(position, "unknown-term", message, hint)
            elif term.broader and self._is_circular(term):
                message = f"the broader terms of '{term.id}' go round in a circle"
                hint = "take 'broader' out of one of them"
                self.findings.add(position, "circular-term", message, hint)
            elif term.broader and self._is_too_deep(term):
                message = f"'{term.id}' lies in more than {MOST_GROUPS} groups, one in the other"
                hint = "take some of the groups out"
                self.findings.add(position, "deep-term", message, hint)

    def _is_circular(self, term: Term) -> bool:
        """Tell whether a term is above itself; a circle further up is reported of its own terms."""
        seen, above = {term.id}, term.broader
        while above in self.terms and above not in seen:
            seen.add(above)
            above = self.terms[above].broader
        return above == term.id

    def _is_too_deep(self, term: Term) -> bool:
        """Tell whether a term lies in one group too many; those below it need not be told of."""
        above = self.terms[term.broader]
        return self._groups_above(term) > MOST_GROUPS >= self._groups_above(above)

    def _groups_above(self, term: Term) -> int:
        """Return in how many groups a term lies, one more than there may be at most."""
        count, above = 0, term.broader
        while above in self.terms and count <= MOST_GROUPS:
            count, above = count + 1, self.terms[above].broader
        return count


def _primary_language(tag: str) -> str:
    """Return the language of a tag, without script and region."""
    return tag.casefold().replace("_", "-").partition("-")[0]


def _term_name(node: yaml_nodes.Node) -> str:
    """Return what messages call the declaration of a term."""
    pairs = node.pairs if isinstance(node, yaml_nodes.Mapping) else ()
    id_ = next((words(value) for key, value in pairs if key.value == "id"), ())
    return f"term {quote_for_author(id_[0])}" if id_ else "a term"
