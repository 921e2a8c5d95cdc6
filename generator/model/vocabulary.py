"""Owns vocabularies: terms with their definitions, and how what an author typed finds its term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator import nodes
from generator.model.shape import Declaration, Findings, Key, suggestion
from generator.model.value import UNKNOWN
from generator.names import fold, refusal, slug

VOCABULARY_KEYS = {
    "title": Key("text", "the vocabulary's name in the plural, as a heading", needed=True),
    "definition": Key("text", "a sentence on what the vocabulary is for"),
    "open": Key("flag", "whether an author may use a term that is not listed; no when absent"),
    "terms": Key("list", "the terms, in the order in which they are shown", needed=True),
}
TERM_KEYS = {
    "id": Key("text", "the word by which records name the term; part of its address", needed=True),
    "label": Key("text", "the term as it reads on a page", needed=True),
    "definition": Key("text", "a sentence or two on when the term fits"),
    "synonyms": Key("texts", "other words that authors type for it"),
    "broader": Key("text", "the id of the term that gathers this one"),
    "labels": Key("mapping", "the label in other languages, by language tag"),
    "former_ids": Key("texts", "ids that the term, or one merged into it, had before"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term. `coined` marks a term of an open vocabulary that only records have named so far."""

    id: str
    label: str
    definition: str = ""
    synonyms: tuple[str, ...] = ()
    broader: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    former_ids: tuple[str, ...] = ()
    coined: bool = False

    @property
    def address(self) -> str:
        """Return the name of the term's page, without folder and ending."""
        return slug(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Terms by id, in the order of the file, and the folded spellings that lead to each."""

    name: str
    path: str
    title: str
    definition: str = ""
    open: bool = False
    terms: Mapping[str, Term]
    spellings: Mapping[str, str]

    def resolve(self, typed: str) -> str | None:
        """Return the id of the term that was meant, or None."""
        return typed if typed in self.terms else self.spellings.get(fold(typed))

    def hint(self, typed: str) -> str:
        """Return what to do about a word that is no term here."""
        known = [word for term in self.terms.values() for word in (term.label, *term.synonyms)]
        known += [term.id for term in self.terms.values() if term.id not in self.broad]
        near = suggestion(typed, known)
        if near:
            found = self.resolve(near[len("did you mean '") : -2])
            near = f"did you mean '{found}'? "
        return f"{near}terms: {self.path}"

    @property
    def broad(self) -> frozenset[str]:
        """Return the ids of the terms that gather others; records name the narrower ones."""
        return frozenset(term.broader for term in self.terms.values() if term.broader)

    def narrower(self, id_: str) -> tuple[Term, ...]:
        """Return the terms directly below a term, in order."""
        return tuple(term for term in self.terms.values() if term.broader == id_)

    def ancestors(self, id_: str) -> tuple[str, ...]:
        """Return the ids above a term, the nearest first."""
        above: list[str] = []
        while (broader := self.terms[id_].broader) and broader not in above:
            above.append(broader)
            id_ = broader
        return tuple(above)

    def extended(self, coined: Iterable[Term]) -> Vocabulary:
        """Return the vocabulary with coined terms after its own, sorted by label."""
        more = sorted(coined, key=lambda term: (term.label.casefold(), term.id))
        return replace(self, terms={**self.terms, **{term.id: term for term in more}})


def load(
    name: str, node: nodes.Node, path: str, languages: tuple[str, ...], findings: Findings
) -> Vocabulary:
    """Return the vocabulary that a file declares, noting every mistake in it."""
    top = Declaration(node, VOCABULARY_KEYS, findings, f"vocabulary '{name}'")
    builder = _Builder(languages, findings)
    for item in top.items("terms"):
        builder.add(item)
    builder.check_broader()
    return Vocabulary(
        name=name,
        path=path,
        title=top.text("title", name),
        definition=top.text("definition"),
        open=top.flag("open"),
        terms=builder.terms,
        spellings=builder.spellings,
    )


class _Builder:
    """Gathers terms and refuses ids, addresses and spellings that two terms would share."""

    def __init__(self, languages: tuple[str, ...], findings: Findings) -> None:
        self.languages, self.findings = languages, findings
        self.terms: dict[str, Term] = {}
        self.spellings: dict[str, str] = {}
        self.marks: dict[str, nodes.Mark] = {}
        self.addresses: dict[str, str] = {}

    def add(self, node: nodes.Node) -> None:
        declared = Declaration(node, TERM_KEYS, self.findings, "a term")
        term = Term(
            id=declared.text("id"),
            label=declared.text("label", declared.text("id")),
            definition=declared.text("definition"),
            synonyms=declared.texts("synonyms"),
            broader=declared.text("broader"),
            labels={
                key.value: value.value
                for key, value in declared.mapping("labels")
                if isinstance(value, nodes.Scalar)
            },
            former_ids=declared.texts("former_ids"),
        )
        if term.id and self._may_stand(term, declared.mark("id")):
            self.terms[term.id] = term
            self.marks[term.id] = declared.mark("broader")
            self._spell(term, declared)

    def _may_stand(self, term: Term, mark: nodes.Mark) -> bool:
        if term.id == UNKNOWN:
            message, hint = "'unknown' cannot be a term", "it is a value of every field already"
        elif term.id in self.terms:
            message, hint = f"two terms have the id '{term.id}'", "give one of them another id"
        elif reason := refusal(term.address):
            message, hint = f"the id '{term.id}' cannot name a page: {reason}", "choose another id"
        elif term.address in self.addresses:
            other = self.addresses[term.address]
            message = f"'{term.id}' and '{other}' would share the page {term.address}.html"
            hint = "give one of them another id"
        else:
            self.addresses[term.address] = term.id
            return True
        self.findings.add(mark, "bad-term", message, hint)
        return False

    def _spell(self, term: Term, declared: Declaration) -> None:
        own = [label for tag, label in term.labels.items() if tag in self.languages]
        sure = [("id", term.id), ("label", term.label)]
        sure += [("synonyms", word) for word in term.synonyms]
        sure += [("former_ids", word) for word in term.former_ids]
        for key, word in sure + [("labels", word) for word in own]:
            holder = self.spellings.setdefault(fold(word), term.id)
            if holder != term.id and key != "labels":
                self.findings.add(
                    declared.mark(key),
                    "ambiguous-term",
                    f"'{word}' of '{term.id}' already stands for '{holder}'",
                    "keep it with one of the two",
                )

    def check_broader(self) -> None:
        for term in self.terms.values():
            if term.broader and term.broader not in self.terms:
                hint = suggestion(term.broader, self.terms)
                message = f"the broader term '{term.broader}' of '{term.id}' does not exist"
                self.findings.add(self.marks[term.id], "unknown-term", message, hint)
            elif term.broader and self._circular(term):
                message = f"the broader terms of '{term.id}' go round in a circle"
                self.findings.add(self.marks[term.id], "circular-term", message)

    def _circular(self, term: Term) -> bool:
        seen, at = {term.id}, term.broader
        while at and at in self.terms:
            if at in seen:
                return True
            seen.add(at)
            at = self.terms[at].broader
        return False
