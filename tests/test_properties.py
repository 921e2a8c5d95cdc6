"""What holds for every library: the index is the inverse of the fields, and nothing else shows."""

from __future__ import annotations

import json
import random
import re
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache as once
from pathlib import Path
from typing import TypedDict

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markupsafe import escape

import built
from generator.analysis.tally import term_counts
from generator.base.site import Site
from generator.build.assemble import assemble
from generator.build.load import load_content, load_site_model
from generator.library.collect import collect
from generator.library.collection import Collection, Mention, distinct_cases
from generator.library.library import Library
from generator.library.links import resolve_links
from generator.model.record import Model
from generator.pages.page import SiteContext
from generator.pages.page_kinds import pages
from generator.records.case import Case
from generator.records.parse import parse
from generator.records.read_file import SourceText
from generator.store.record_cache import RecordCache

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FEW = settings(max_examples=25, deadline=None)

SOILS = {
    "light": "",
    "sand": "light",
    "dune": "sand-and-sea",
    "sand-and-sea": "light",
    "clay": "",
    "peat": "",
}
NAMED = ["sand", "dune", "clay", "peat", "unknown"]
HELPS = ["compost", "rain", "patience", "unknown"]
WAYS = ["", "helped", "hindered", "unknown"]


@once
def tiny() -> tuple[Site, Model]:
    """Return the settings and the model of the tiny site."""
    site = built.settings(built.SITES / "tiny", Path(tempfile.gettempdir()) / "none")
    found, problems = load_site_model(site)
    assert found is not None, problems
    return site, found


gardens = st.lists(
    st.fixed_dictionaries(
        {
            "soil": st.lists(st.sampled_from(NAMED), max_size=4, unique=True),
            "helps": st.lists(st.tuples(st.sampled_from(HELPS), st.sampled_from(WAYS)), max_size=4),
            "kind": st.sampled_from(["sketch", "whole", "dream"]),
        }
    ),
    min_size=1,
    max_size=6,
)


class Garden(TypedDict):
    """What the index is made of, in a garden."""

    soil: list[str]
    helps: list[tuple[str, str]]
    kind: str


def written(number: int, garden: Garden) -> Case:
    """Return the case of a garden, written down and read."""
    helps = [{"help": h} | ({"way": w} if w else {}) for h, w in garden["helps"]]
    fields = {
        "title": f"Garden {number}",
        "kind": garden["kind"],
        "soil": garden["soil"],
        "helps": helps,
        "neighbours": [{"name": "unknown", "trade": "farmer"}],
    }
    text = "\n".join(f"{k}: {json.dumps(v)}" for k, v in fields.items() if v)
    parsed = parse(
        SourceText(f"content/gardens/g{number}.md", f"---\n{text}\n---\n"), tiny()[1], {}
    )
    assume(parsed.case is not None)
    assert parsed.case is not None
    return parsed.case


def above(soil: str) -> list[str]:
    """Return a soil with the groups over it."""
    return [soil, *above(SOILS[soil])] if soil else []


@QUICK
@given(gardens)
def test_the_index_is_the_inverse_of_the_fields(found: list[Garden]) -> None:
    """A term's cases are those whose fields name it, or a term below it; entries are told apart."""
    cases = [written(number, garden) for number, garden in enumerate(found)]
    collection = gathered(cases, tiny()[1])
    library = Library(collection)
    soils: set[tuple[str, str]] = set()
    helps: set[tuple[str, Mention]] = set()
    ways: set[tuple[str, Mention]] = set()
    for number, garden in enumerate(found):
        if garden["kind"] != "dream":
            id_ = f"g{number}"
            soils |= {(up, id_) for s in garden["soil"] if s != "unknown" for up in above(s)}
            for entry, (help_, way) in enumerate(garden["helps"]):
                helps |= {(help_, Mention(id_, entry))} if help_ != "unknown" else set()
                ways |= {(way, Mention(id_, entry))} if way not in {"", "unknown"} else set()
    index = collection.index
    assert {(t, c) for t, found_ in index["soil"].items() for c in distinct_cases(found_)} == soils
    assert {(t, m) for t, found_ in index["helps"].items() for m in found_} == helps
    assert {(t, m) for t, found_ in index["way"].items() for m in found_} == ways
    assert _inverted(collection) == {
        (name, term, mention.case)
        for both in (collection.index, collection.example_index)
        for name, terms in both.items()
        for term, mentions in terms.items()
        for mention in mentions
    }
    for facet in library.model.facets.values():
        answer_counts = library.answer_counts(facet.name)
        assert answer_counts.known + answer_counts.unknown + answer_counts.silent == len(
            library.counted
        )
        counts = {
            term: len(library.cases_naming(facet.name, term))
            for term in library.used_terms(facet.name)
        }
        assert library.counts(facet.name) == counts
        assert term_counts(library, library.counted, facet) == counts
        assert {term: library.count(facet.name, term) for term in counts} == counts
        assert max(counts.values(), default=0) <= answer_counts.known


def gathered(cases: Sequence[Case], model: Model) -> Collection:
    """Return the collection of some cases."""
    outlines, whole = built.outlined(cases, model)
    return collect(outlines, [], model, whole)


def _inverted(collection: Collection) -> set[tuple[str, str, str]]:
    return {
        (facet, term, id_)
        for id_, facets in collection.terms.items()
        for facet, terms in facets.items()
        for term in terms
    }


@once
def read(name: str) -> tuple[Site, Model, tuple[Case, ...]]:
    """Return the settings, the model and the cases of a small site."""
    site = built.settings(built.SITES / name, Path(tempfile.gettempdir()) / "none")
    found, problems = load_site_model(site)
    assert found is not None, problems
    with RecordCache(site.cache) as cache:
        content = load_content(site, found, cache)
    return site, found, tuple(map(content.whole, content.outlines))


OBJECT = re.compile(r" at 0x[0-9a-f]+")
"""Where an object lies in memory, as some are printed."""


def everything(site: Site, collection: Collection) -> list[object]:
    """Return all that pages and data files are made of."""
    library = Library(collection, resolve_links(collection, "content"), site.language)
    ctx = SiteContext(library, site)
    return [
        *[(file.path, [part.make() for part in file.parts]) for file in ctx.files()],
        *[(p.path, OBJECT.sub("", repr(p.context()))) for p in pages(ctx)],
    ]


@FEW
@given(st.sampled_from(["tiny", "private", "scripts", "postmortems"]), st.randoms())
def test_the_order_of_files_never_shows(name: str, chance: random.Random) -> None:
    """Whatever order the files are read in, pages and data are the same."""
    site, found, cases = read(name)
    other = list(cases)
    chance.shuffle(other)
    ordered, shuffled = (gathered(each_, found) for each_ in (cases, other))
    assert everything(site, ordered) == everything(site, shuffled)


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=60
).filter(lambda text: text.strip() == text and bool(text))


@FEW
@given(title=words, summary=words, said=words, name=words)
def test_any_words_can_be_shown(title: str, summary: str, said: str, name: str) -> None:
    """Whatever is typed and accepted is on the page, escaped, and nothing of it becomes markup."""
    fields = {
        "title": title,
        "summary": summary,
        "neighbours": [{"name": name, "trade": "farmer"}],
        "helps": [{"help": "rain", "what": said}],
    }
    text = "\n".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in fields.items())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        content = built.SITES / "tiny" / "content"
        shutil.copytree(content / "vocabulary", root / "content" / "vocabulary")
        shutil.copy(content / "record.yml", root / "content")
        config = (built.SITES / "postmortems" / "site_config.yml").read_text("utf-8")
        (root / "site_config.yml").write_text(config, "utf-8")
        (root / "content" / "gardens").mkdir()
        (root / "content" / "gardens" / "one.md").write_text(f"---\n{text}\n---\n", "utf-8")
        made = assemble(built.settings(root, root / "cache")).documents
        assume(made)
        page = {document.path: document.content.decode() for document in made}["gardens/one.html"]
    for typed in (title, summary, said, name):
        assert str(escape(typed)) in page
