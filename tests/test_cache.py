"""The cache: what it keeps, what it never keeps, and how it is disbelieved."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
import tomllib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import msgpack

from generator.build.assemble import Assembly, assemble
from generator.hosts.config import load_site
from generator.store.record_cache import NAME, program_digest
from generator.store.signing import SIZE, load_key, sign
from small import library, snapshot
from trouble import run, told, tree

OURS = Path(__file__).parents[1]

SECRETS = {
    "open": snapshot("Open"),
    "wombat": snapshot("Quokka", "visibility: internal\n", "Numbats were seen."),
    "masked": snapshot("Masked", "visibility: anonymised\n").replace(
        "partners: UNICEF", "partners: Bilby Trust"
    ),
    "asked": snapshot("Asked").replace(
        "partners: UNICEF", "partners: {name: Dunnart Body, consent_to_name: no}"
    ),
}
WORDS = (b"quokka", b"wombat", b"numbat", b"bilby", b"dunnart")
"""What nobody may read of them: of the last two records only a name is withheld."""

SETTLED = 2.2
"""In seconds: of a file that was written longer ago a plan notes the digest."""


def built(root: Path) -> Assembly:
    """Assemble the library in a folder."""
    site, problems = load_site(root / "site_config.yml")
    assert site is not None, problems
    return assemble(site)


def kept(root: Path) -> list[str]:
    """Return the ids of the records in a library's cache."""
    with closing(sqlite3.connect(root / ".casebook-cache" / NAME)) as base:
        rows = base.execute("select outline, words from cases").fetchall()
    assert all(len(words) > SIZE for _, words in rows)
    return [msgpack.decode(outline[SIZE:])[0][0] for outline, _ in rows]


def keys(root: Path) -> set[str]:
    """Return the keys of the records in a library's cache."""
    with closing(sqlite3.connect(root / ".casebook-cache" / NAME)) as base:
        return {key for (key,) in base.execute("select key from cases")}


def opened(root: Path) -> dict[str, bytes]:
    """Return what each file of a library's cache holds."""
    return {name: content for name, content in tree(root / ".casebook-cache").items() if content}


def leaked(root: Path) -> list[tuple[str, bytes]]:
    """Return where the cache holds what nobody may read, in contents or in names of files."""
    found = [(name, name.encode() + content) for name, content in opened(root).items()]
    return [(name, word) for name, content in found for word in WORDS if word in content.lower()]


def is_page(name: str) -> bool:
    """Return whether a file of a cache is one of the last site."""
    return re.fullmatch(r"made/[0-9a-f]{64}", name) is not None


def test_only_public_records_are_kept(tmp_path: Path) -> None:
    """Internal and anonymised records, and hidden names, are not in the cache that CI keeps."""
    told(run(library(tmp_path, **SECRETS), "build"), 0)
    assert kept(tmp_path) == ["open"]
    assert {NAME, "last-build", "last-files"} < opened(tmp_path).keys()
    assert leaked(tmp_path) == []


def test_what_was_made_is_what_is_published(tmp_path: Path) -> None:
    """What is kept of pages and data are the files of the site themselves, and nothing else."""
    told(run(library(tmp_path, **SECRETS), "build"), 0)
    made, site = tmp_path / ".casebook-cache/made", tmp_path / "site"
    kept_files = sorted((file.stat().st_ino, file.read_bytes()) for file in made.iterdir())
    published = {
        (file.stat().st_ino, file.read_bytes()) for file in site.rglob("*") if file.is_file()
    }
    assert kept_files == sorted(published)


def test_what_one_build_keeps_the_next_can_do_without_a_site(tmp_path: Path) -> None:
    """From the cache alone, copied elsewhere as between two machines, the same site is made."""
    root = library(tmp_path / "one", **SECRETS)
    told(run(root, "build"), 0)
    other = tmp_path / "other"
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("site"))
    told(run(other, "build"), 0)
    assert tree(other / "site") == tree(root / "site")


@pytest.mark.parametrize("about", ["open", "asked"])
def test_a_problem_of_what_is_withheld_is_not_kept(tmp_path: Path, about: str) -> None:
    """What is said of a record may quote it: where any of it is withheld nothing said is noted."""
    named = SECRETS[about].replace("our_role: leading", "our_role: behind-the-scenes")
    told(
        run(root := library(tmp_path, **SECRETS | {about: named}), "build"), 0, "behind the scenes"
    )
    assert ("last-build" in opened(root)) == (about == "open")
    assert leaked(root) == []


def test_a_record_that_is_withheld_from_now_on_leaves_every_file(tmp_path: Path) -> None:
    """What was kept of a record while it was public is gone after the next build."""
    text = SECRETS["wombat"].replace("visibility: internal\n", "")
    root = library(tmp_path, **SECRETS | {"wombat": text})
    told(run(root, "build"), 0)
    assert {word for _, word in leaked(root)} == {b"wombat", b"quokka", b"numbat"}
    asked = SECRETS["asked"].replace("our_role: leading", "our_role: behind-the-scenes")
    told(run(library(root, **SECRETS | {"asked": asked}), "build"), 0, "behind the scenes")
    assert leaked(root) == []


def test_a_record_withheld_after_a_build_that_was_killed_leaves_every_file(tmp_path: Path) -> None:
    """What a killed build had begun to write beside its place is gone after the next build."""
    text = SECRETS["wombat"].replace("visibility: internal\n", "")
    root = library(tmp_path, **SECRETS | {"wombat": text})
    told(run(root, "build"), 0)
    cache = root / ".casebook-cache"
    for file in [*cache.glob("last-*"), *(cache / "made").iterdir()]:
        shutil.copy(file, file.with_name(f"{file.name}.77"))
    told(run(library(root, **SECRETS), "build"), 0)
    assert leaked(root) == []


def test_where_all_is_public_and_then_not_all_leaves_every_file(tmp_path: Path) -> None:
    """The first record that is withheld, where none was, leaves the files about all of them."""
    text = SECRETS["wombat"].replace("visibility: internal\n", "")
    root = library(tmp_path, open=SECRETS["open"], wombat=text)
    told(run(root, "build"), 0)
    assert {word for _, word in leaked(root)} == {b"wombat", b"quokka", b"numbat"}
    told(run(library(root, wombat=SECRETS["wombat"]), "build"), 0)
    assert leaked(root) == []


def test_a_name_that_is_withheld_from_now_on_leaves_every_file(tmp_path: Path) -> None:
    """Where consent to a name is withdrawn no number of records changes, and the name goes too."""
    named = SECRETS["asked"].replace("consent_to_name: no", "consent_to_name: yes")
    root = library(tmp_path, open=SECRETS["open"], asked=named)
    told(run(root, "build"), 0)
    assert {word for _, word in leaked(root)} == {b"dunnart"}
    told(run(library(root, asked=SECRETS["asked"]), "build"), 0)
    assert leaked(root) == []


def test_a_record_withheld_as_another_is_published_leaves_every_file(tmp_path: Path) -> None:
    """Where as many records are published as before, what was asked of an old one goes too."""
    text = SECRETS["wombat"].replace("visibility: internal\n", "")
    root = library(tmp_path, open=SECRETS["open"], wombat=text)
    told(run(root, "build"), 0)
    told(run(library(root, wombat=SECRETS["wombat"], new=snapshot("New")), "build"), 0)
    assert leaked(root) == []


def test_an_internal_build_leaves_nothing_in_the_cache(tmp_path: Path) -> None:
    """What is made with internal records is neither kept nor noted, before or after others."""
    root = library(tmp_path, **SECRETS)
    told(run(root, "build", "--internal"), 0)
    internal = tree(root / "site-internal").values()
    assert b"quokka" in b"".join(each or b"" for each in internal).lower()
    assert leaked(root) == []
    assert opened(root).keys() == {NAME}
    told(run(root, "build"), 0)
    before = opened(root)
    told(run(root, "build", "--internal"), 0)
    assert leaked(root) == []
    assert opened(root).keys() - {NAME} == before.keys() - {NAME}
    told(run(root, "build"), 0)
    assert b"quokka" not in b"".join(each or b"" for each in tree(root / "site").values()).lower()


def test_what_is_withheld_cannot_be_tried_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No digest of all inputs or of a file is a plain one: with another secret all are others.

    The keys of the rows of public records are plain: whoever has the cache can read the rows.
    """
    root = library(tmp_path, **SECRETS)
    time.sleep(SETTLED)
    told(run(root, "build"), 0)
    first = opened(root)
    public = {key[start:][:64].encode() for key in keys(root) for start in range(len(key) - 63)}
    shutil.rmtree(root / ".casebook-cache")
    monkeypatch.setenv("CASEBOOK_CACHE_KEY", "another")
    told(run(root, "build"), 0)
    second = opened(root)
    digest = re.compile(rb"[0-9a-f]{64}")
    both = [set(digest.findall(found["last-build"])) - public for found in (first, second)]
    assert len(both[0]) > 50
    assert not both[0] & both[1]
    assert len(pages := {name for name in first if is_page(name)}) > 20
    assert not pages & second.keys()


def test_a_cached_build_gives_the_same_documents(tmp_path: Path) -> None:
    """With or without a cache, and after an edit, the documents are the same."""
    root = library(tmp_path, one=snapshot("One"), two=snapshot("Two"))
    first = built(root)
    assert built(root).documents == first.documents
    library(tmp_path, two=snapshot("Two, changed"))
    warm = built(root)
    (root / ".casebook-cache" / NAME).unlink()
    assert built(root).documents == warm.documents
    assert warm.documents != first.documents


def test_a_former_id_leads_to_the_record_that_has_it_now(tmp_path: Path) -> None:
    """A page that asks nothing, and only holds where it leads, is made again when that changes."""
    one, two = snapshot("One"), snapshot("Two")
    former = "former_ids: old\n"
    root = library(tmp_path, one=snapshot("One", former), two=two)
    told(run(root, "build"), 0)
    assert b"one.html" in (root / "site/cases/old.html").read_bytes()
    told(run(library(root, one=one, two=snapshot("Two", former)), "build"), 0)
    assert b"two.html" in (root / "site/cases/old.html").read_bytes()


def test_a_link_to_a_heading_that_goes_is_told_of_in_the_next_build(tmp_path: Path) -> None:
    """The file with the link is as it was, and yet it has a mistake now."""
    link = snapshot("One", body="See [how it went on](two.md#later).")
    root = library(tmp_path, one=link, two=snapshot("Two", body="## Later\n\nWords."))
    time.sleep(SETTLED)
    told(run(root, "build"), 0)
    library(root, two=snapshot("Two", body="## Sooner\n\nWords."))
    told(run(root, "build"), 1, "content/cases/one.md:", "later")


def test_a_problem_is_told_again_from_the_cache(tmp_path: Path) -> None:
    """A warning of an unchanged file does not get lost because the file is not read again."""
    quiet = snapshot("Quiet").replace("our_role: leading", "our_role: behind-the-scenes")
    root = library(tmp_path, quiet=quiet)
    codes = [problem.code for problem in built(root).problems]
    assert codes == ["behind-the-scenes-in-public"]
    assert kept(root) == ["quiet"]
    assert [problem.code for problem in built(root).problems] == codes


def test_the_cache_forgets_what_is_gone(tmp_path: Path) -> None:
    """A record that became internal, or was deleted, leaves the cache with the next build."""
    root = library(tmp_path, one=snapshot("One"), two=snapshot("Two"))
    built(root)
    assert sorted(kept(root)) == ["one", "two"]
    library(tmp_path, two=snapshot("Two", "visibility: internal\n"))
    built(root)
    assert kept(root) == ["one"]


def test_another_model_is_another_key(tmp_path: Path) -> None:
    """What was read under one model is not believed under another."""
    root = library(tmp_path, one=snapshot("One", "status: active\n"))
    assert not built(root).problems
    before = keys(root)
    assert before
    config = root / "site_config.yml"
    config.write_text(
        config.read_text("utf-8").replace(
            "[casebook]", "[casebook: {default_visibility: internal}]"
        ),
        "utf-8",
    )
    assert built(root).cases == 0
    assert not before & keys(root)


MATTERLESS = {"click", "mkdocs", "watchdog"}
MATTERLESS |= {"lxml", "mammoth", "openpyxl", "python-docx", "xlsxwriter"}
"""Libraries that write nothing of a site: command line, settings, preview, forms, imports."""


def test_what_another_library_made_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a new version of a library would make otherwise is made again."""
    project = tomllib.loads((OURS / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[<>=]", each)[0] for each in project["dependencies"]} - MATTERLESS
    assert names > {"nh3", "pillow"}
    digests = {program_digest()}
    for name in names:
        version = {name: "other"}.get
        monkeypatch.setattr("generator.store.record_cache.version", lambda n, v=version: v(n, "1"))
        digests.add(program_digest.__wrapped__())
    assert len(digests) == 1 + len(names)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda file: file.write_bytes(b""), id="empty"),
        pytest.param(lambda file: file.write_bytes(b"not a data base at all" * 99), id="garbage"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:2500]), id="torn"),
        pytest.param(lambda file: (file.unlink(), file.mkdir()), id="a folder"),
        pytest.param(lambda file: _rows(file, "outline", b"\x99"), id="half a row"),
        pytest.param(lambda file: _rows(file, "words", b"\x92"), id="half of the words"),
        pytest.param(lambda file: _rows(file, "outline", b"\x81\xa2id\x01"), id="another form"),
        pytest.param(lambda file: _rows(file, "words", b"\x92\x01\x02"), id="a list"),
        pytest.param(lambda file: _rows(file, "words", None), id="no words"),
    ],
)
def test_a_spoilt_cache_is_as_none(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    """A cache that cannot be read changes nothing in what is built."""
    root = library(tmp_path, one=snapshot("One"))
    clean = built(root).documents
    spoil(root / ".casebook-cache" / NAME)
    assert built(root).documents == clean
    assert built(root).documents == clean


def _rows(file: Path, part: str, content: bytes | None) -> None:
    """Put the same into a part of each row, with the seal of our secret."""
    ours = load_key()
    assert ours is not None
    with closing(sqlite3.connect(file)) as base, base:
        for (key,) in base.execute("select key from cases").fetchall():
            sealed = content and sign(ours, key.encode(), part.encode(), content) + content
            base.execute(f"update cases set {part} = ? where key = ?", (sealed, key))  # noqa: S608
