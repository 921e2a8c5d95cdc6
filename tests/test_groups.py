"""Groups of terms: they stand first wherever numbers do, and count each case once.

The small library here is a stranger's: recipes, with a vocabulary of three levels, a group of one,
a group that no recipe names, and a term in no group.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import built
from crossed import crossed, words
from edited_library import build as build_again
from edited_library import built as site_files
from edited_library import clean_build, differing
from plainly import Plainly, loaded
from rows import section, tree
from small import CONFIG

MODEL = """\
name: recipe
plural: recipes
folder: recipes
sections:
  - {id: learned, title: What was learned}
fields:
  title: {kind: line, role: title, need: always, label: Title, help: The dish.}
  origin:
    {kind: term, vocabulary: origin, facet: true, many: true, noun: origin, label: Origins,
     section: learned, help: Where it is cooked., example: rome}
  mishaps:
    kind: record
    many: true
    key: mishap
    facet: true
    noun: mishap
    label: Mishaps
    section: learned
    layout: claims
    export: mishaps
    help: What went wrong.
    fields:
      mishap: {kind: term, vocabulary: mishaps, label: Mishap, need: always, help: Which.,
               example: burnt}
      what: {kind: text, lead: true, label: What, help: How., example: It burned.}
  tools:
    kind: record
    many: true
    key: tool
    label: Tools
    section: learned
    export: tools
    help: What was used.
    fields:
      tool: {kind: term, vocabulary: tools, label: Tool, need: always, help: Which., example: pan}
"""
ORIGIN = """\
title: Origins
terms:
  - {id: europe, label: Europe}
  - {id: south, label: Southern Europe, broader: europe}
  - {id: rome, label: Rome, broader: south}
  - {id: oslo, label: Oslo, broader: europe}
  - {id: asia, label: Asia}
  - {id: hanoi, label: Hanoi, broader: asia}
"""
MISHAPS = """\
title: Mishaps
terms:
  - {id: raw, label: Raw, broader: heat}
  - {id: heat, label: Too much or too little heat}
  - {id: burnt, label: Burnt, broader: heat}
  - {id: taste, label: Taste}
  - {id: salty, label: Salty, broader: taste}
  - {id: guests, label: Guests}
  - {id: late, label: Late guests, broader: guests}
  - {id: cat, label: The cat, former_ids: [dog]}
"""
TOOLS = "title: Tools\nterms:\n  - {id: pan, label: Pan}\n"
SOUP = "mishaps:\n  - burnt: Once.\n  - raw: Then again.\n  - burnt: A third time.\ntools: pan\n"
FIRST = "mishaps: [burnt, cat]\norigin: rome\n"


@pytest.fixture
def kitchen(tmp_path: Path) -> Path:
    """Give the root of a library of recipes."""
    content = tmp_path / "content"
    (content / "recipes").mkdir(parents=True)
    (content / "vocabulary").mkdir()
    (content / "record.yml").write_text(MODEL, "utf-8")
    for name, text in (("origin", ORIGIN), ("mishaps", MISHAPS), ("tools", TOOLS)):
        (content / f"vocabulary/{name}.yml").write_text(text, "utf-8")
    recipes = {
        "soup": f"origin: [rome, oslo]\n{SOUP}",
        "stew": FIRST,
        "salad": "mishaps: [salty, unknown]\n",
    }
    for name, fields in recipes.items():
        text = f"---\ntitle: {name.capitalize()}\n{fields}---\nEaten.\n"
        (content / f"recipes/{name}.md").write_text(text, "utf-8")
    matrices = "{matrices: [origin by mishaps, mishaps by mishaps], begin: [mishaps, origin]}"
    config = CONFIG.replace("[casebook]", f"[casebook: {matrices}]")
    (tmp_path / "site_config.yml").write_text(config, "utf-8")
    return tmp_path


@pytest.fixture
def site(kitchen: Path) -> dict[str, bytes]:
    """Give the files of its site."""
    return built.build(kitchen, kitchen / "cache")


def nested(listing: object) -> list[object]:
    """Return the rows of a list of terms: label and number, then the rows folded away below."""
    rows: list[object] = []
    for item in listing.findall("./li"):  # type: ignore[attr-defined]
        rows.append(f"{words(item.find('./a'))} {words(item.find('./span'))}")
        rows += [nested(below) for below in item.findall("./details/ul")]
    return rows


BY_GROUP = [
    "Too much or too little heat 2 of 3",
    ["Burnt 2 of 3", "Raw 1 of 3"],
    "Taste 1 of 3",
    ["Salty 1 of 3"],
    "The cat 1 of 3",
]
ORIGINS = [
    "Europe 2 of 3",
    ["Southern Europe 2 of 3", ["Rome 2 of 3"], "Oslo 1 of 3"],
]


def test_groups_stand_first_on_the_home_page(site: Mapping[str, bytes]) -> None:
    """What comes up most are groups, each with its number of distinct cases and words of one."""
    cards = [words(h3) for h3 in tree(site["index.html"]).iter("h3")]
    assert "Too much or too little heat 2 of 3" in cards
    assert not [card for card in cards if card.startswith(("Burnt", "Raw"))]


def test_groups_stand_first_on_the_page_of_a_facet(site: Mapping[str, bytes]) -> None:
    """The same on the page of a facet, as deep as the vocabulary is; an unused group is said so."""
    for path, rows in (("mishaps/index.html", BY_GROUP), ("origin/index.html", ORIGINS)):
        listing = tree(site[path]).find(".//section/ul")
        assert nested(listing) == rows, path
    unused = [words(dt) for dt in section(site["mishaps/index.html"], "unused").iter("dt")]
    assert unused == ["Guests", "Late guests"]


def test_a_group_has_a_page_that_gathers_its_claims(site: Mapping[str, bytes]) -> None:
    """Its page shows what each case said of any of its terms, and names the term."""
    text = built.read("mishaps/heat.html", site["mishaps/heat.html"]).text
    assert "2 of 3 recipes" in text
    assert [word for word in ("Once.", "Then again.", "A third time.") if word in text] == [
        "Once.",
        "Then again.",
        "A third time.",
    ]
    assert "[Burnt](burnt.html)" in text
    assert "mishaps/guests.html" not in site  # nobody names any of its terms
    assert (
        "Part of [Too much or too little heat](heat.html)"
        in built.read("mishaps/raw.html", site["mishaps/raw.html"]).text
    )


def test_a_matrix_is_by_group_first(site: Mapping[str, bytes]) -> None:
    """Three levels are two tables: of what stands first, and of the terms that records name."""
    page = site["compare/origin-by-mishaps.html"]
    heat = "Too much or too little heat"
    by_group, fine = (crossed(page, by_group=by_group).cells for by_group in (True, False))
    assert by_group == {
        ("Europe", heat): "2",
        ("Europe", "The cat"): "1",
        ("Europe", "All"): "2",
        ("All", heat): "2",
        ("All", "The cat"): "1",
        ("All", "All"): "2",
    }
    assert {pair: said for pair, said in fine.items() if "All" not in pair} == {
        ("Rome", "Burnt"): "2",
        ("Rome", "Raw"): "1",
        ("Rome", "The cat"): "1",
        ("Oslo", "Burnt"): "1",
        ("Oslo", "Raw"): "1",
        ("Oslo", "The cat"): "none",
    }
    assert list(built.broken(dict(site))) == []


def test_gaps_name_whole_groups_first(site: Mapping[str, bytes]) -> None:
    """What no case names stands by group; a group that none names at all comes first."""
    part = section(site["gaps.html"], "uncovered")
    folds = {words(fold.find("./summary")): words(fold) for fold in part.iter("details")}
    assert folds["Mishaps 1 of 5"].endswith("GuestsNo recipe names any of this group.Late guests")
    assert folds["Origins 1 of 3"].endswith("AsiaNo recipe names any of this group.Hanoi")


def test_the_report_tells_a_chapter_by_group(site: Mapping[str, bytes]) -> None:
    """Groups come first, that of most cases first; a term in no group stands after them."""
    chapter = section(site["report.html"], "on-mishaps")
    heads = [(head.tag, words(head)) for head in chapter.iter() if head.tag in {"h3", "h4"}]
    assert heads == [
        ("h3", "Too much or too little heat in 2 of 3"),
        ("h4", "Burnt in 2 of 3"),
        ("h4", "Raw in 1 of 3"),
        ("h3", "Taste in 1 of 3"),
        ("h4", "Salty in 1 of 3"),
        ("h3", "The cat in 1 of 3"),
    ]


def test_the_glossary_is_in_groups(site: Mapping[str, bytes]) -> None:
    """Each group stands before its terms, wherever the file has it; the number is of terms."""
    place = section(site["glossary.html"], "mishaps")
    assert words(place.find("./h2")).startswith("Mishaps 5 ")
    assert [words(dt) for dt in place.iter("dt")] == [
        "Too much or too little heat a group",
        "Raw raw",
        "Burnt burnt",
        "Taste a group",
        "Salty salty",
        "Guests a group",
        "Late guests late",
        "The cat cat",
    ]


def test_a_table_of_entries_names_the_group(site: Mapping[str, bytes]) -> None:
    """Beside each term stands its topmost group; nothing where it has none or is unknown."""
    rows = list(csv.DictReader(io.StringIO(site["data/mishaps.csv"].decode("utf-8-sig"))))
    assert {(row["term"], row["group"], row["group_label"]) for row in rows} == {
        ("burnt", "heat", "Too much or too little heat"),
        ("raw", "heat", "Too much or too little heat"),
        ("salty", "taste", "Taste"),
        ("cat", "", ""),
        ("unknown", "", ""),
    }
    header = site["data/tools.csv"].decode("utf-8-sig").splitlines()[0]
    assert "group" not in header  # that vocabulary has none


def test_a_record_names_a_term_and_no_group(kitchen: Path) -> None:
    """A group is refused by any of its words, and the terms below it are named."""
    (kitchen / "content/recipes/bad.md").write_text(
        "---\ntitle: Bad\nmishaps: Taste\n---\n", "utf-8"
    )
    _, problems = built.complaints(kitchen, kitchen / "cache")
    assert [(problem.message, problem.hint) for problem in problems] == [
        ("'Taste' is a group of terms; name the one that fits", "choose from salty")
    ]


def test_a_term_that_moves_to_another_group_is_seen(kitchen: Path) -> None:
    """A kept build counts for the new group, as one from nothing does; the term keeps its page."""
    build_again(kitchen)
    file = kitchen / "content/vocabulary/mishaps.yml"
    moved = MISHAPS.replace("label: Raw, broader: heat", "label: Raw, broader: taste")
    file.write_text(moved, "utf-8")
    build_again(kitchen)
    _, clean = clean_build(kitchen)
    assert differing(site_files(kitchen), clean) == []
    assert b"2 of 3" in clean["mishaps/taste.html"]
    assert "Part of [Taste](taste.html)" in built.read("r", clean["mishaps/raw.html"]).text


def test_a_term_that_becomes_a_group_is_told_to_its_records(kitchen: Path) -> None:
    """Whoever puts terms below a term in use learns which records must say which of them."""
    build_again(kitchen)
    file = kitchen / "content/vocabulary/mishaps.yml"
    file.write_text(f"{MISHAPS}  - {{id: kitten, label: Kitten, broader: cat}}\n", "utf-8")
    _, problems = built.complaints(kitchen, kitchen / "cache")
    assert [(p.path, p.message, p.hint) for p in problems] == [
        (
            "content/recipes/stew.md",
            "'cat' is a group of terms; name the one that fits",
            "choose from kitten",
        )
    ]


def test_a_former_id_leads_to_the_term_that_took_its_place(kitchen: Path) -> None:
    """An old record stays valid, is counted for the term and its group, and the address moves."""
    stew = kitchen / "content/recipes/stew.md"
    stew.write_text(stew.read_text("utf-8").replace("cat", "dog"), "utf-8")
    vocabulary = kitchen / "content/vocabulary/mishaps.yml"
    vocabulary.write_text(MISHAPS.replace("label: The cat,", "label: The cat, broader: guests,"))
    files = built.build(kitchen, kitchen / "cache")
    assert b"stew.html" in files["mishaps/guests.html"]
    assert b"cat.html" in files["mishaps/dog.html"]


# ---- the vocabularies that are shipped -----------------------------------------------------------

GROUPED = ("success_factors", "constraints", "contexts", "processes")
SHIPPED = Path(__file__).parent.parent / "content" / "vocabulary"
MOST, FEWEST = 8, 5


@pytest.mark.parametrize("name", GROUPED)
def test_every_shipped_term_is_in_one_family(name: str, plain: Plainly) -> None:
    """There are about seven families, each with a definition, and a label in each language."""
    terms = plain.terms[name]
    families = [term for term in terms if "broader" not in term]
    assert FEWEST <= len(families) <= MOST
    assert {term["broader"] for term in terms if "broader" in term} == {f["id"] for f in families}
    for family in families:
        assert family["definition"]
        assert set(family["labels"]) == {"fr", "es", "pt"}


def test_families_carry_numbers_on_the_home_page(shipped_files: Mapping[str, bytes]) -> None:
    """Of what helped and what got in the way, families of five cases and more, with one's words."""
    cards = {
        heading: [
            card
            for card in tree(shipped_files["index.html"]).iter("li")
            if (kicker := card.find("./p[@class='kicker']")) is not None
            and words(kicker) == heading
        ]
        for heading in ("What helped", "What got in the way")
    }
    for heading, listed in cards.items():
        assert len(listed) == 2, heading
        for card in listed:
            number = re.findall(r"(\d+) of", words(card.find("./h3")))
            assert int(number[-1]) >= FEWEST, heading
            assert card.find("./p/a[@href]") is not None


USE = re.compile(
    r"\b[Ff]or [^.;]*?, use (?:the (process|success factor) )?([^.,;]+?)(?: too)?(?=[.,;]|$)"
)


def test_a_definition_that_names_another_term_names_one() -> None:
    """In "for X, use Y" Y is the label of a term of the same list, or of the list that is named."""
    files = {file.stem: loaded(file)["terms"] for file in SHIPPED.glob("*.yml")}
    labels = {name: {term["label"].casefold() for term in terms} for name, terms in files.items()}
    others = {"process": "processes", "success factor": "success_factors"}
    named = [
        (term["id"], label, labels[others.get(other, name)])
        for name, terms in files.items()
        for term in terms
        for other, label in USE.findall(term.get("definition", ""))
    ]
    assert len(named) > len(GROUPED)
    terms = [n for n in named if not n[1].startswith(("the ", "their "))]  # "use their own types"
    assert [(id_, label) for id_, label, known in terms if label.casefold() not in known] == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("constraints", "attribution-hard-to-show", "hard-to-measure"),
        ("constraints", "long-funded-route", "project-money"),
    ],
)
def test_a_term_that_went_leads_to_another(
    name: str, old: str, new: str, shipped_files: Mapping[str, bytes]
) -> None:
    """Records that name the old term stay valid, and so do links to its page."""
    assert f"{new}.html".encode() in shipped_files[f"{name}/{old}.html"]
