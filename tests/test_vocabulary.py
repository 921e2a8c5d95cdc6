"""Tests of vocabularies: what finds a term, and what a file of terms may not hold."""

from __future__ import annotations

import pytest

from generator.model.territories import territory_names
from generator.model.vocabulary import Vocabulary
from postmortems import VOCABULARIES, terms, vocabularies


def systems() -> Vocabulary:
    """Return a vocabulary with a group, a synonym, labels and a former id."""
    return vocabularies(VOCABULARIES)[0]["systems"]


@pytest.mark.parametrize(
    "typed",
    [
        "postgres",
        "PostgreSQL",
        "POSTGRESQL",
        "pg",
        "The  database",
        "base-postgres",
        "Postgres!",
        "postgresql_server",
        "\u200bpostgres",
    ],
)
def test_a_term_is_found_by_whatever_it_is_called(typed: str) -> None:
    """Id, label, synonym, former id and the labels of the site's languages lead to the term."""
    assert systems().resolve(typed) == "postgres"


@pytest.mark.parametrize("typed", ["ប៉ុស្តក្រេស", "postgre", "", "?", "unknown"])
def test_other_words_lead_nowhere(typed: str) -> None:
    """A label in a language the site does not have, and words that are only like one, do not."""
    assert systems().resolve(typed) is None


def test_a_region_does_not_hide_a_label() -> None:
    """A site in Canadian French reads labels in French."""
    found = vocabularies({"systems": VOCABULARIES["systems"]}, ("fr-CA",))[0]["systems"]
    assert found.resolve("Base Postgres") == "postgres"


CHOICE = "choose from queue, postgres; terms: content/vocabulary/systems.yml"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("postgre", "did you mean 'postgres' (PostgreSQL)? terms: content/vocabulary/systems.yml"),
        ("Qeue", "did you mean 'queue'? terms: content/vocabulary/systems.yml"),
        ("qx", CHOICE),
        ("cheapness", CHOICE),
        ("x" * 100_000, CHOICE),
    ],
)
def test_the_nearest_term_is_suggested(typed: str, hint: str) -> None:
    """The hint names the term that was meant, never a group, and where the terms are."""
    assert systems().hint(typed) == hint


def test_groups() -> None:
    """A group knows the terms below it, and a term the groups above it."""
    found = systems()
    below = [term.id for term in found.narrower("stores")]
    assert (found.broad, below, found.ancestors("postgres")) == (
        ("stores",),
        ["postgres"],
        ("stores",),
    )


MISTAKES = {
    "no terms": ("title: T\nterms: []\n", "2:8 vocabulary 'x' has no terms"),
    "a term that is no mapping": ("title: T\nterms: [a]\n", "2:9 a term is not a mapping of keys"),
    "an id twice": (terms("a", "a"), "5:10 two terms have the id 'a'"),
    "one page": (terms("a b", "A-B"), "5:10 'A-B' and 'a b' would share the page a-b.html"),
    "no page": (terms("!"), "4:10 the id '!' cannot name a page"),
    "windows": (terms("con"), "4:10 the id 'con' cannot name a page"),
    "unknown": (terms("Unknown"), "4:10 'Unknown' cannot be a term"),
    "withheld": (terms("withheld"), "4:10 'withheld' cannot be a term"),
    "a circle": (
        terms(more="  - {id: a, label: A, broader: b}\n  - {id: b, label: B, broader: a}\n"),
        "4:32 the broader terms of 'a' go round in a circle",
    ),
    "its own group": (
        terms(more="  - {id: a, label: A, broader: a}\n"),
        "4:32 the broader terms of 'a' go round in a circle",
    ),
    "a long circle": (
        terms(
            more="".join(
                f"  - {{id: a{n}, label: A{n}, broader: a{(n + 1) % 12}}}\n" for n in range(12)
            )
        ),
        "4:34 the broader terms of 'a0' go round in a circle",
    ),
    "groups that no page can nest": (
        terms(
            "a0",
            more="".join(
                f"  - {{id: a{n}, label: A{n}, broader: a{n - 1}}}\n" for n in range(1, 2000)
            ),
        ),
        "13:34 'a9' lies in more than 8 groups, one in the other",
    ),
    "no such group": (
        terms("stores", more="  - {id: a, label: A, broader: store}\n"),
        "5:32 the broader term 'store' of 'a' does not exist",
    ),
    "two for one word": (
        terms("a", more="  - {id: b, label: B, synonyms: [c, a]}\n"),
        "5:33 'a' of 'b' already stands for 'a'",
    ),
    "two for one foreign word": (
        terms(more="  - {id: a, label: A, labels: {fr: c}}\n  - {id: c, label: C}\n"),
        "5:10 'c' of 'c' already stands for 'a'",
    ),
    "a word of signs": (
        terms(more="  - {id: a, label: A, synonyms: ['?!']}\n"),
        "4:33 '?!' of 'a' cannot stand for a term",
    ),
    "an address that is the index's": (
        terms(more="  - {id: a, label: A, former_ids: [index]}\n"),
        "4:35 'index' of 'a' was never a page: 'index' is reserved for the page that lists",
    ),
    "an empty word": (
        terms(more="  - {id: a, label: A, synonyms: ''}\n"),
        "4:33 'synonyms' of term 'a' is not a word or a list of words",
    ),
    "an unknown key": (
        terms(more="  - {id: a, label: A, synonym: b}\n"),
        "4:23 term 'a' has an unknown key 'synonym'",
    ),
    "labels of the wrong shape": (
        terms(more="  - {id: a, label: A, labels: {fr: [b]}}\n"),
        "4:31 'labels' of term 'a' is not a mapping of keys to words",
    ),
    "a flag that is none": (
        "title: T\nopen: perhaps\nterms: [{id: a, label: A}]\n",
        "2:7 'open' of vocabulary 'x' is not true or false",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_vocabulary_is_told_of_in_its_place(name: str) -> None:
    """Each mistake has one message at its line and column, and a hint."""
    text, expected = MISTAKES[name]
    problems = vocabularies({"x": text})[1]
    said = [f"{p.line}:{p.column} {p.message}" for p in problems]
    assert said[0].startswith(expected), said
    assert len({problem.code for problem in problems}) == 1
    assert problems[0].path == "content/vocabulary/x.yml"


REGIONS = """\
title: Markets
territories: [fr, pt, pt-PT, zz]
advice: [{words: [Congo], say: which of the two}]
terms:
  - {id: north, label: The north, territory: '154'}
  - {id: is, label: Iceland, broader: north}
  - {id: viet, label: Nam, territory: VN, labels: {fr: Le Viet}}
  - {id: cg, label: Brazza}
"""


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("Islande", "is"),
        ("islandia", "is"),
        ("ISLÂNDIA", "is"),
        ("Europe du Nord", "north"),
        ("Viêt Nam", "viet"),
        ("Vietname", "viet"),
        ("Le Viet", "viet"),
        ("Congo", None),
        ("Congo-Brazzaville", "cg"),
        ("Île de Norfolk", None),
        ("x" * 100_000, None),
    ],
)
def test_names_of_countries_come_from_unicode(typed: str, id_: str | None) -> None:
    """By code, in any model; a language that CLDR lacks has none, nor what there is advice on."""
    assert vocabularies({"markets": REGIONS})[0]["markets"].resolve(typed) == id_


def test_words_of_the_file_load_no_names() -> None:
    """A build that needs none starts no later."""
    markets = vocabularies({"markets": REGIONS})[0]["markets"]
    before = territory_names.cache_info()
    assert [markets.resolve(word) for word in ("is", "Iceland")] == ["is", "is"]
    assert territory_names.cache_info() == before
    markets.resolve("Islande")
    assert territory_names.cache_info() != before


def test_names_in_the_language_of_the_site_are_read() -> None:
    """Those of other languages are not."""
    markets = vocabularies({"markets": REGIONS}, ("de",))[0]["markets"]
    assert (markets.resolve("Island"), markets.resolve("Ísland")) == ("is", "is")
    assert markets.resolve("IJsland") is None


def test_a_vocabulary_that_does_not_ask_reads_no_names_of_countries() -> None:
    """`is` may be anything there."""
    text = REGIONS.replace("territories: [fr, pt, pt-PT, zz]\n", "")
    markets = vocabularies({"markets": text})[0]["markets"]
    assert markets.resolve("Islande") is None
    assert markets.with_labels(markets.terms["is"]).labels == {}


def test_labels_of_the_file_stand_before_those_of_unicode() -> None:
    """A variety of a language has a label where its name is another."""
    markets = vocabularies({"markets": REGIONS})[0]["markets"]
    named = {id_: markets.with_labels(term).labels for id_, term in markets.terms.items()}
    assert named["is"] == {"fr": "Islande", "pt": "Islândia"}
    assert named["viet"] == {"fr": "Le Viet", "pt": "Vietnã", "pt-PT": "Vietname"}


def test_what_is_said_of_a_group() -> None:
    """The terms below it are named, at any depth and not too many, or the advice is given."""
    many = "".join(f"  - {{id: t{n}, label: T{n}, broader: low}}\n" for n in range(14))
    low = "  - {id: high, label: High}\n  - {id: low, label: Low, broader: high}\n"
    text = f"title: T\nterms:\n{low}{many}"
    first = ", ".join(f"t{n}" for n in range(12))
    assert vocabularies({"v": text})[0]["v"].group_hint("high") == f"choose from {first} and 2 more"
    advised = vocabularies({"v": f"group_advice: say which one\n{text}"})[0]["v"]
    assert advised.group_hint("high") == advised.hint("Hihg") == "say which one"
