"""The search over all words: what its files hold, what changes them, what a browser finds."""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
import threading
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import built
import edited_library
from generator.base.document import Document
from generator.base.search_fold import search_folded, search_tokens
from generator.build.assemble import assemble
from generator.output.exchange import exchange
from generator.pages.search_entries import PARTS
from generator.pages.search_index import DIGITS, SHARD_SIZE
from looking import Watched, resize
from small import CONFIG, library, own_model, snapshot

TABLE = json.loads((Path(__file__).parent / "data/fold.json").read_text("utf-8"))
ASSETS = Path(__file__).parent.parent / "templates/assets"
FOLDER = "assets/search/"
TEXTS = f"{FOLDER}text/"

Files = Mapping[str, bytes]
Posted = dict[str, dict[int, tuple[int, int]]]
"""By word and case number: the parts that have it, as bits, and its weight."""


# ---- reading the files back ---------------------------------------------------------------------


def value(content: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the one value that a script hands over."""
    call = re.fullmatch(r"casebook\.\w+\((.*)\);\n", content.decode(), re.DOTALL)
    assert call, content[:80]
    return json.loads(call[1])


def index_of(files: Files) -> dict[str, Any]:
    """Return what the index says."""
    found: dict[str, Any] = value(files[f"{FOLDER}index.js"])
    return found


def texts_of(files: Files) -> dict[str, list[tuple[str, str]]]:
    """Return the anchors and texts of each case, by the name of its page."""
    every = (value(content) for path, content in files.items() if path.startswith(TEXTS))
    return {name: [(row[0], words_of(*row[1:])) for row in rows] for name, rows in every}


def words_of(text: str, more: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return all words of a row: its own, what was done and advised, its other texts."""
    others = [said for _, said in more.get("t", [])]
    return "\n".join(filter(None, [text, more.get("r"), more.get("a"), *others]))


def posted(files: Files) -> Posted:
    """Return what all shards hold."""
    words: Posted = {}
    for number, start in enumerate(index_of(files)["starts"]):
        shard, rows = value(files[f"{FOLDER}s{number}.js"])
        assert shard == number
        assert rows.partition("=")[0] == start
        for row in rows.split(" "):
            word, _, postings = row.partition("=")
            assert word not in words
            words[word] = dict(_cases(postings))
    return words


def _cases(postings: str) -> Iterator[tuple[int, tuple[int, int]]]:
    for group in postings.split("."):
        mask, weight = DIGITS.index(group[0]), DIGITS.index(group[1])
        number, gap, shift = -1, 0, 0
        for digit in map(DIGITS.index, group[2:]):
            gap |= (digit & 31) << shift
            shift += 5
            if digit < 32:
                number += gap
                yield number, (mask, weight)
                gap = shift = 0


def listed_words(files: Files) -> dict[str, int]:
    """Return the list of all words, each with the power of two that says in how many cases."""
    words: dict[str, int] = {}
    last = ""
    for row in value(files[f"{FOLDER}words.js"]).split():
        last = last[: DIGITS.index(row[0])] + row[2:]
        words[last] = DIGITS.index(row[1])
    return words


def size(content: bytes) -> int:
    """Return how many bytes travel."""
    return len(gzip.compress(content, 9))


# ---- folding ------------------------------------------------------------------------------------


def test_python_folds_as_the_table_says() -> None:
    """Thirty lines and more, with nine scripts among them."""
    assert len(TABLE) >= 30
    for row in TABLE:
        assert search_folded(row["text"]) == row["fold"], row
        assert search_tokens(row["text"]) == row["tokens"], row


def test_the_script_folds_as_the_table_says(tab: Page) -> None:
    """The script of the pages gives what Python gives, and so do all words of the library."""
    tab.add_script_tag(path=ASSETS / "fold.js")
    lines = [*(row["text"] for row in TABLE), *_lines_of_records()]
    both = "texts => texts.map(text => [casebook.fold(text), casebook.tokens(text)])"
    wanted = [[search_folded(line), search_tokens(line)] for line in lines]
    assert tab.evaluate(both, lines) == wanted


def _lines_of_records() -> Iterator[str]:
    for folder in (built.SHIPPED, built.SITES / "scripts"):
        for file in sorted((folder / "content").rglob("*.md")):
            yield from file.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    "alike",
    [
        "policy policies",
        "church churches",
        "fund funds funded funding",
        "employee employees employee",
        "national nationale nationales nationaux",
        "ministère ministères",
        "partenaire partenaires",
        "class classes",
    ],
)
def test_endings_do_not_count(tab: Page, alike: str) -> None:
    """English and French forms of a word have one stem; a word of another meaning has not."""
    tab.add_script_tag(path=ASSETS / "fold.js")
    stems = "text => casebook.tokens(text).map(casebook.stem)"
    assert len(set(tab.evaluate(stems, alike))) == 1
    kept = ["status", "process", "this", "need", "bring", "red"]
    assert tab.evaluate(stems, " ".join(kept)) == kept


# ---- what the files hold ------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["tiny", "scripts", "postmortems", "private"])
def stranger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Give the files of each site with a model of its own."""
    return built.build(built.SITES / request.param, tmp_path_factory.mktemp("cache"))


def test_the_index_is_that_of_the_sentences(shipped_files: Files) -> None:
    """Each word of a case's sentences is posted under its number, and body words as such."""
    assert_indexed(shipped_files)


def test_the_index_of_any_model_is_that_of_its_sentences(stranger: Files) -> None:
    """The same for sites with other models."""
    assert_indexed(stranger)


def assert_indexed(files: Files) -> None:
    """Compare postings with the texts, the word list with the postings."""
    index, texts, words = index_of(files), texts_of(files), posted(files)
    assert sorted(index["texts"]) == sorted(texts)
    assert index["n"] == len(texts) > 0
    from_texts = defaultdict[int, set[str]](set)
    for number, name in enumerate(index["texts"]):
        for _, text in texts[name]:
            for word in search_tokens(text):
                if word in words:
                    from_texts[number].add(word)
    bits = {part: 1 << number for number, part in enumerate(PARTS)}
    in_texts = bits["body"] | bits["claims"] | bits["summary"]
    from_words = defaultdict[int, set[str]](set)
    for word, cases in words.items():
        for number, (mask, _) in cases.items():
            if mask & in_texts:
                from_words[number].add(word)
    assert from_words == from_texts
    missing = {
        word
        for rows in texts.values()
        for _, text in rows
        for word in search_tokens(text)
        if word not in words and 1 < len(word) <= 40
    }
    assert missing == set()
    assert listed_words(files) == {w: len(cases).bit_length() - 1 for w, cases in words.items()}
    order = [word.encode("utf-16-be") for word in words]
    assert order == sorted(order)


def test_titles_and_terms_are_found(shipped_files: Files) -> None:
    """Words of the title, and labels, synonyms and groups of terms, lead to the case."""
    words, names = posted(shipped_files), index_of(shipped_files)["texts"]
    number = names.index("cambodia-multilingual-education")
    title, terms = 1 << PARTS.index("title"), 1 << PARTS.index("terms")
    page = shipped_files["cases/cambodia-multilingual-education.html"].decode()
    heading = re.search(r"<h1[^>]*>([^<]*)</h1>", page)
    assert heading
    for word in search_tokens(heading[1]):
        assert len(word) == 1 or words[word][number][0] & title, word
    assert words["cambodge"][number][0] & terms  # the French label of its country


def test_every_anchor_is_on_the_page_of_its_case(shipped_files: Files) -> None:
    """A sentence leads to its place, claims and sections of the text alike."""
    assert_anchored(shipped_files)


def test_every_anchor_of_any_model_is_on_the_page(stranger: Files) -> None:
    """The same for sites with other models."""
    assert_anchored(stranger)


def assert_anchored(files: Files) -> None:
    """Look for each anchor among the ids of the page."""
    folder = _folder_of(files)
    anchored = 0
    for name, rows in texts_of(files).items():
        ids = set(built.read(f"{folder}/{name}.html", files[f"{folder}/{name}.html"]).ids)
        wanted = {anchor for anchor, _ in rows if anchor}
        assert wanted <= ids, (name, wanted - ids)
        anchored += len(wanted)
    assert anchored


def _folder_of(files: Files) -> str:
    name = next(iter(texts_of(files)))
    (folder,) = {p.rpartition("/")[0] for p in files if p.endswith(f"/{name}.html")}
    return folder


def test_shards_are_few_and_small(shipped_files: Files) -> None:
    """The index of the shipped library travels in files that a slow line can carry."""
    shards = [len(c) for path, c in shipped_files.items() if re.search(r"search/s\d+\.js$", path)]
    assert max(shards) <= SHARD_SIZE + 100
    assert len(shards) <= 2 * sum(shards) // SHARD_SIZE + 1
    travelling = [size(content) for path, content in shipped_files.items() if FOLDER in path]
    assert sum(travelling) <= 1_000_000
    assert size((ASSETS / "search.js").read_bytes()) <= 5_120
    assert size((ASSETS / "casebook.js").read_bytes()) <= 3_072


# ---- what must not be published -----------------------------------------------------------------

HIDDEN = ["quartz", "marble", "unicef", "onyx", "travertine", "nepal"]
"""Words that only withheld records and names say."""


def test_no_withheld_word_is_in_the_index(tmp_path: Path) -> None:
    """Decoded, neither the words nor the sentences have what is withheld from the site."""
    files = built.build(built.SITES / "private", tmp_path)
    words = [*posted(files), *listed_words(files)]
    sentences = [text.casefold() for rows in texts_of(files).values() for _, text in rows]
    assert "lantern" in words  # else nothing would be looked at
    for hidden in HIDDEN:
        assert [word for word in words if hidden in word] == [], hidden
        assert [text for text in sentences if hidden in text] == [], hidden
    assert not [path for path in files if FOLDER in path and re.search("|".join(HIDDEN), path)]


def test_what_becomes_internal_leaves_the_index(tmp_path: Path) -> None:
    """A build after a record was made internal keeps none of its words, in the cache neither."""
    own_model(tmp_path)
    cases = {
        "hill": snapshot("Hill", body="Ordinary words."),
        "secret": snapshot("Secret", body="Zanzibarite."),
    }
    root = library(tmp_path, **cases)
    site = _built(root)
    assert "zanzibarite" in posted(site)
    file = root / "content/cases/secret.md"
    file.write_text(
        file.read_text("utf-8").replace("---\n", "---\nvisibility: internal\n", 1), "utf-8"
    )
    site = _built(root)
    assert "zanzibarite" not in posted(site)
    assert list(texts_of(site)) == ["hill"]
    kept = b"".join(f.read_bytes() for f in (root / ".casebook-cache").rglob("last-words"))
    assert b"hill" in kept
    assert b"zanzibarite" not in kept


# ---- what an edit changes -----------------------------------------------------------------------


def _built(root: Path) -> dict[str, bytes]:
    """Build a site as a command does, from what the last build left; return its files."""
    assert edited_library.build(root).batches
    return edited_library.built(root)


def searched(files: Files) -> dict[str, bytes]:
    """Return the files of the search."""
    return {path: content for path, content in files.items() if path.startswith(FOLDER)}


def test_an_edit_changes_only_what_it_must(tmp_path: Path) -> None:
    """Of the files of the search those change that have other words, and none for a date."""
    own_model(tmp_path)
    cases = {f"case-{n}": snapshot(f"Case {n}", body=_many_words(n)) for n in range(6)}
    root = library(tmp_path, **cases)
    first = searched(_built(root))
    assert len([path for path in first if re.search(r"/s\d+\.js", path)]) > 2
    file = root / "content/cases/case-3.md"
    text = file.read_text("utf-8").replace("updated: 2026-11-22", "updated: 2026-11-21")
    file.write_text(text, "utf-8")
    assert searched(_built(root)) == first
    file.write_text(f"{text}\n\nZebra zebra.\n", "utf-8")
    second = searched(_built(root))
    changed = {path for path in first.keys() | second if first.get(path) != second.get(path)}
    last = f"{FOLDER}s{len(index_of(second)['starts']) - 1}.js"
    index = {f"{FOLDER}index.js", f"{FOLDER}words.js"}
    assert changed == {f"{TEXTS}case-3.js", last, *index}
    assert second == searched(edited_library.clean_build(root)[1])


def test_a_title_that_moves_moves_no_number(tmp_path: Path) -> None:
    """Of the shards those change that have a word of the title, wherever the case stands now."""
    own_model(tmp_path)
    cases = {f"case-{n}": snapshot(f"Case {n}", body=_many_words(n)) for n in range(6)}
    root = library(tmp_path, **cases)
    first = searched(_built(root))
    file = root / "content/cases/case-0.md"
    file.write_text(file.read_text("utf-8").replace("Case 0", "Zebra 0"), "utf-8")
    second = searched(_built(root))
    changed = {path for path in first if first[path] != second.get(path)}
    shards = index_of(first)["starts"]
    own = {f"{FOLDER}s{bisect(shards, word) - 1}.js" for word in ("case", "zebra")}
    index = {f"{FOLDER}index.js", f"{FOLDER}words.js"}
    assert changed == {f"{TEXTS}case-0.js", *own, *index}
    assert second == searched(edited_library.clean_build(root)[1])


@pytest.mark.parametrize("damage", ["words", "shard"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: str) -> None:
    """An index is amended where all of the last one is there, and made of all cases elsewhere."""
    own_model(tmp_path)
    root = library(tmp_path, hill=snapshot("Hill"), lake=snapshot("Lake"))
    _built(root)
    cache = root / ".casebook-cache"
    if damage == "words":
        (cache / "last-words").write_bytes(b"damaged")
    else:
        shutil.rmtree(cache / "made")
    file = root / "content/cases/hill.md"
    file.write_text(file.read_text("utf-8").replace("title: Hill", "title: Hills"), "utf-8")
    assert searched(_built(root)) == searched(edited_library.clean_build(root)[1])


def _many_words(seed: int) -> str:
    letters = random.Random(seed)  # noqa: S311
    return " ".join("".join(letters.choices("abcdefghijk", k=6)) for _ in range(3_000))


def test_two_builds_give_the_same_bytes(shipped_files: Files, tmp_path: Path) -> None:
    """The index does not depend on the run, nor on what was kept."""
    assert searched(built.build(built.SHIPPED, tmp_path)) == searched(shipped_files)


# ---- how many cases there are -------------------------------------------------------------------


def search_files(root: Path) -> dict[str, bytes]:
    """Return the files of the search alone: the pages of a large library take long."""
    made = assemble(built.settings(root, root / ".cache"))
    assert made.batches, made.problems
    batches = [batch for batch in made.batches if batch.kind == "search"]
    return {document.path: document.content for batch in batches for document in batch}


def test_a_library_without_cases_has_an_empty_index(tmp_path: Path) -> None:
    """Nothing is to be found, and nothing breaks."""
    own_model(tmp_path)
    files = search_files(library(tmp_path))
    assert (posted(files), texts_of(files), index_of(files)["n"]) == ({}, {}, 0)
    assert set(files) == {f"{FOLDER}index.js", f"{FOLDER}words.js"}


def test_up_to_a_number_of_cases_texts_are_read(tmp_path: Path) -> None:
    """Above the number that the site sets, titles, summaries, claims and terms are left."""
    own_model(tmp_path)
    root = library(tmp_path, one=snapshot("One"), two=snapshot("Two", body="A windmill."))
    config = root / "site_config.yml"
    config.write_text(CONFIG.replace("[casebook]", "[casebook: {search_bodies_max: 2}]"), "utf-8")
    files = _built(root)
    assert "windmill" in posted(files)
    assert sorted(texts_of(files)) == ["one", "two"]
    (root / "content/cases/three.md").write_text(snapshot("Three"), "utf-8")
    files = _built(root)
    assert "windmill" not in posted(files)
    assert {0, 1, 2} == set(posted(files)["summary"])
    assert (texts_of(files), index_of(files)["texts"]) == ({}, [])


def test_of_more_than_two_thousand_cases_no_text_is_read(tmp_path: Path) -> None:
    """2,001 cases, more than the number that stands where a site sets none."""
    own_model(tmp_path)
    cases = {f"case-{n}": snapshot(f"Case {n}", body="A windmill.") for n in range(2_001)}
    files = search_files(library(tmp_path, **cases))
    words = posted(files)
    assert "windmill" not in words
    assert set(words["summary"]) == set(range(2_001))
    assert len(words["2000"]) == 1
    assert texts_of(files) == {}


# ---- in a browser -------------------------------------------------------------------------------

LANGUAGES = {
    "khmer": ("ក្រសួងអប់រំបានជួយសាលារៀន", "អប់រំ"),
    "lao": ("ກະຊວງສຶກສາທິການຊ່ວຍໂຮງຮຽນ", "ສຶກສາ"),
    "thai": ("กระทรวงศึกษาธิการช่วยโรงเรียน", "ศึกษา"),
    "chinese": ("农村医生与村委会合作", "村委会"),
    "burmese": ("ပညာရေးဝန်ကြီးဌာနက ကူညီသည်", "ဝန်ကြီး"),
    "amharic": ("የጤና ሚኒስቴር ረድቷል", "ሚኒስቴር"),
    "arabic": ("ساعدت وزارة التعليم المدارس", "وزاره"),
    "hindi": ("शिक्षा मंत्रालय ने मदद की", "मंत्रालय"),
    "vietnamese": ("Đồng bằng sông Cửu Long", "dong bang"),
}
"""A sentence in a language, and a word in it as somebody types it."""

HOSTILE = (
    'One </script><img src=x onerror="document.hacked=1"> & two\u2028three constructor __proto__'
)

SEARCH = """async query => {
    await casebook.need("fold", "search")
    return await new Promise(resolve => {
        let first = null
        casebook.search(query, found => {
            if (first || !found.cases.length) resolve(found)
            first = found
        })
    })
}"""
"""Searches as a page does that has the scripts; waits for the sentences of the first cases."""

Search = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the site of a library in nine languages, with a hostile text."""
    root = tmp_path_factory.mktemp("many")
    own_model(root)
    bodies = {name: f"Before.\n\n## Then\n\n{text}\n" for name, (text, _) in LANGUAGES.items()}
    bodies["constructor"] = f"`{HOSTILE}`\n"
    library(root, **{name: snapshot(name.title(), body=body) for name, body in bodies.items()})
    site = root / "site"
    files = built.build(root, root / "cache")
    exchange(site, [Document(path, content) for path, content in files.items()])
    return site


@pytest.fixture
def served(shipped: Path) -> Iterator[str]:
    """Give the address at which a server shows the shipped site."""
    handler = partial(_Quiet, directory=str(shipped))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    """A handler that keeps its log to itself, and has no picture for the tab."""

    def do_GET(self) -> None:
        """Answer that there is no such picture, without an error in the console."""
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the parent
        """Say nothing."""


def on(page: Page, base: str) -> Search:
    """Open the list of cases; return what searches there."""
    page.goto(f"{base}/cases/index.html")
    return partial(page.evaluate, SEARCH)


QUERIES = [
    "Union Parishad",
    "policies",
    "minority language schooling",
    "ministries of education",
    "wom",
    "goverment",
    "zzyzzx",
    "gouvernement",
    "Đ",
]


def test_a_server_and_a_folder_find_the_same(shipped: Path, served: str, page: Page) -> None:
    """The same cases in the same order with the same sentences, and no word in the console."""
    watched = Watched(page)
    answers = []
    for base in (shipped.as_uri(), served):
        search = on(page, base)
        answers.append([search(query) for query in QUERIES])
    assert answers[0] == answers[1]
    assert any(answer["cases"] for answer in answers[0])
    assert watched.said == []


def test_the_sentence_that_matched_is_marked(shipped: Path, page: Page) -> None:
    """A phrase in a text is found in its case, and leads to its place."""
    search = on(page, shipped.as_uri())
    found = search("Union Parishad")
    assert len(found["cases"]) == 1
    _, _, (_anchor, pieces) = found["cases"][0]
    assert [piece.casefold() for piece in pieces[1::2]] == ["union", "parishad"]
    assert len("".join(pieces)) > 40


def test_nothing_found_offers_near_words(shipped: Path, page: Page) -> None:
    """A word that is nowhere finds nothing; one with a slip offers what was meant."""
    search = on(page, shipped.as_uri())
    assert search("zzyzzxq") == {"cases": [], "suggestions": []}
    assert "government" in search("goverment")["suggestions"]
    assert "ministry government" in search("ministry goverment")["suggestions"]


def test_slips_are_mended(shipped: Path, shipped_files: Files, page: Page) -> None:
    """Of twenty words with a slip, eighteen are among the first three that are offered."""
    search = on(page, shipped.as_uri())
    chance = random.Random(5)  # noqa: S311
    words = posted(shipped_files)
    common = [
        w for w, c in words.items() if len(w) >= 6 and w.isascii() and w.isalpha() and len(c) > 4
    ]
    mended = 0
    for word in chance.sample(common, 20):
        slip = _with_a_slip(word, chance)
        while slip in words:
            slip = _with_a_slip(word, chance)
        mended += word in search(slip)["suggestions"]
    assert mended >= 18


def _with_a_slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    other = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [
            swapped,
            word[:at] + word[at + 1 :],
            word[:at] + other + word[at:],
            word[:at] + other + word[at + 1 :],
        ]
    )


BRUTE = """query => {
    const words = window.byCase, typed = casebook.tokens(query), last = typed.length - 1
    const means = (one, word, place) => word === one || casebook.stem(word) === casebook.stem(one)
        || ((place === last || one.length > 3) && word.startsWith(one))
    return words.map((own, number) => [own, number]).filter(([own]) =>
        typed.every((one, place) => own.some(word => means(one, word, place)))
    ).map(([own, number]) => number)
}"""
"""Finds cases by looking at every word of each."""


def test_the_index_finds_what_looking_at_every_word_finds(
    shipped: Path, shipped_files: Files, page: Page
) -> None:
    """Sixty queries of one to three words, whole, shortened and with endings."""
    search = on(page, shipped.as_uri())
    search("policy")
    by_case = [list[str]() for _ in range(index_of(shipped_files)["n"])]
    for word, cases in posted(shipped_files).items():
        for number in cases:
            by_case[number].append(word)
    page.evaluate("words => { window.byCase = words }", by_case)
    chance = random.Random(3)  # noqa: S311
    for _ in range(60):
        words = [w for w in chance.choice(by_case) if len(w) > 2]
        query = " ".join(chance.sample(words, chance.randint(1, 3)))
        query = query[: max(3, len(query) - chance.randint(0, 3))] + chance.choice(["", "", "s"])
        found = sorted(number for number, *_ in search(query)["cases"])
        assert found == page.evaluate(BRUTE, query), query


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_inside_sentences_are_found(many: Path, page: Page, language: str) -> None:
    """In nine languages a word is found in the text that holds it, and is marked there."""
    search = on(page, many.as_uri())
    text, typed = LANGUAGES[language]
    found = search(typed)["cases"]
    index = value((many / f"{FOLDER}index.js").read_bytes())
    assert [index["texts"][number] for number, *_ in found] == [language]
    anchor, pieces = found[0][2]
    assert anchor == "text-then"
    marks = "".join(pieces[1::2])
    assert search_folded(marks.replace(" ", "")) == search_folded(typed).replace(" ", "")
    assert "".join(pieces) in text or text.startswith("".join(pieces).strip())


def test_hostile_words_are_words(many: Path, page: Page) -> None:
    """What looks like HTML or a name of the language comes back as it was written."""
    search = on(page, many.as_uri())
    for typed in ("constructor", "onerror", "__proto__", "</script>"):
        found = search(typed)["cases"]
        assert found, typed
        shown = "".join(found[0][2][1])
        assert shown.removeprefix("… ") in " ".join(HOSTILE.split()), typed
        assert search_tokens(typed)[-1] in search_tokens(shown), typed
    assert page.evaluate("document.hacked") is None


def test_short_words_load_no_shard(shipped: Path, many: Path, page: Page) -> None:
    """One letter asks for nothing; in writing without spaces it is a word; four shards at most."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/assets/")[2]))
    search = on(page, shipped.as_uri())
    assert search("a") == search("") == {"cases": [], "suggestions": []}
    assert [path for path in asked if path.startswith("search/s")] == []
    search("pa")
    assert len([path for path in asked if re.match(r"search/s\d", path)]) <= 4
    search = on(page, many.as_uri())
    assert len(search("村")["cases"]) == 1


def test_a_search_is_light(shipped: Path, page: Page) -> None:
    """What the first, a later and a mistyped query load, as it travels."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/assets/")[2]))
    search = on(page, shipped.as_uri())

    def loaded(query: str) -> tuple[int, int]:
        asked.clear()
        search(query)
        paths = [path.partition("?")[0] for path in asked if path.startswith("search")]
        sizes = {path: size((shipped / "assets" / path).read_bytes()) for path in paths}
        texts = sum(n for path, n in sizes.items() if "/text/" in path)
        return sum(sizes.values()) - texts, texts

    def check(query: str, most: int, most_with_texts: int) -> None:
        listing, texts = loaded(query)
        assert listing <= most, query
        assert listing + texts <= most_with_texts, query

    check("participatory", 60_000, 100_000)
    check("women land", 45_000, 85_000)
    check("delibertion", 130_000, 130_000)
    assert loaded("women land") == (0, 0)  # what was loaded once is not asked for again


def test_a_broken_line_is_told_and_tried_again(served: str, page: Page) -> None:
    """Where files do not come, the answer says so; the next query tries again."""
    blocked = [True]

    def answer(route: Route) -> None:
        route.abort() if blocked[0] else route.continue_()

    page.route("**/assets/search/*.js*", answer)
    search = on(page, served)
    assert search("policy") == {"cases": [], "suggestions": [], "failed": True}
    blocked[0] = False
    assert search("policy")["cases"]


# ---- the field in the head ----------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
def test_the_field_leads_to_the_cases(shipped: Path, page: Page, width: int) -> None:
    """From any page: `/`, words, Enter."""
    resize(page, width)
    page.goto((shipped / "cases/laos-word-npas.html").as_uri())
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Find case studies")
    expect(field).to_be_focused()
    page.keyboard.type("land / tenure")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{shipped.as_uri()}/cases/index.html#q=land%20%2F%20tenure")


def test_a_field_of_nothing_stays(shipped: Path, page: Page) -> None:
    """Without words the button leads nowhere, and the field gets the focus."""
    page.goto((shipped / "glossary.html").as_uri())
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page.url == (shipped / "glossary.html").as_uri()


def test_without_scripts_a_link_leads_to_the_cases(shipped: Path, browser: Browser) -> None:
    """In the place of the field, and as large: nothing moves when the script comes."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((shipped / "glossary.html").as_uri())
        before = page.locator(".site-search").bounding_box()
        page.click(".site-search")
        expect(page).to_have_url(f"{shipped.as_uri()}/cases/index.html")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((shipped / "glossary.html").as_uri())
        expect(page.get_by_role("searchbox")).to_be_visible()
        assert page.locator(".site-search").bounding_box() == before
