"""A cache that another version, a torn disk or a hostile hand left: nothing of it is believed."""

from __future__ import annotations

import os
import pickle
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from generator.base.site import Site
from generator.build.assemble import Assembly, assemble
from generator.build.build_options import BuildOptions
from generator.hosts.config import load_site
from generator.output.cannot_write import CannotWrite
from generator.output.exchange import exchange
from generator.store.record_cache import NAME, program_digest
from generator.store.signing import SIZE, load_key, new_mac, sign
from trouble import FUZZ, beside, run, run_apart, tiny, told, tree

Files = dict[str, bytes | None]
WORD = b"pwned"
OTHER = bytes(SIZE)
"""The secret of somebody else."""
LAST = ("last-build", "last-collection", "last-files", "last-words")
"""What a build notes for the next; the files of its site are beside it, in `made`."""

# ---- a library with its cache ------------------------------------------------------------------


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tiny site, built once."""
    root = tmp_path_factory.mktemp("original") / "root"
    tiny(root)
    told(run(root, "build"), 0)
    assert {NAME, *LAST} < {path.name for path in (root / ".casebook-cache").iterdir()}
    return root


@pytest.fixture(scope="module")
def clean(original: Path) -> Files:
    """Return its site."""
    return tree(original / "site")


@pytest.fixture(scope="module")
def edited(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return its site after an edit, built without a cache."""
    root = tmp_path_factory.mktemp("edited")
    shutil.copytree(original, root, dirs_exist_ok=True)
    shutil.rmtree(root / ".casebook-cache")
    edit(root)
    told(run(root, "build"), 0)
    return tree(root / "site")


def forget_the_site(cache: Path) -> None:
    """Delete all that is kept but the records, so that these are looked up."""
    if cache.is_dir():
        shutil.rmtree(cache / "made")
        for name in LAST:
            (cache / name).unlink()


def edit(root: Path) -> None:
    """Write a word more into the text of a record."""
    file = root / "content/gardens/hill.md"
    file.write_text(file.read_text("utf-8") + "\nOne word more.\n", "utf-8")


@pytest.fixture
def root(original: Path, tmp_path: Path) -> Path:
    """Return a copy of the library with its cache, and no site."""
    root = tmp_path / "box" / "root"
    shutil.copytree(original, root)
    shutil.rmtree(root / "site")
    return root


def unharmed(root: Path, clean: Files, edited: Files) -> None:
    """Assert that builds of the same files, and after an edit, are those without a cache."""
    around = tree(root / "content")
    for wanted in (clean, clean, edited):
        if wanted is edited:
            edit(root)
            around = tree(root / "content")
        told(run(root, "build"), 0)
        assert tree(root / "site") == wanted
        assert beside(root) == set()
        assert tree(root / "content") == around
        assert [path.name for path in root.parent.iterdir()] == ["root"]
    assert [path for path in root.parent.parent.iterdir() if path.name == "pickled"] == []


# ---- the file itself ---------------------------------------------------------------------------


def sql(*statements: str) -> Callable[[Path], object]:
    """Return what runs statements on a data base."""

    def spoil(file: Path) -> None:
        with closing(sqlite3.connect(file)) as base, base:
            for statement in statements:
                base.execute(statement)

    return spoil


def over_all(template: str) -> Callable[[Path], object]:
    """Return what runs a statement on each table with each of its columns."""

    def spoil(file: Path) -> None:
        with closing(sqlite3.connect(file)) as base, base:
            for (table,) in base.execute("select name from sqlite_master where type = 'table'"):
                for column in [r[1] for r in base.execute(f'pragma table_info("{table}")')][1:]:
                    base.execute(template.format(table=f'"{table}"', column=f'"{column}"'))

    return spoil


def in_place_of_tables(template: str) -> Callable[[Path], object]:
    """Return what puts something else in the place of each table."""

    def spoil(file: Path) -> None:
        with closing(sqlite3.connect(file)) as base, base:
            tables = base.execute("select name from sqlite_master where type = 'table'").fetchall()
            for (table,) in tables:
                columns = [r[1] for r in base.execute(f'pragma table_info("{table}")')]
                base.execute(f'drop table "{table}"')
                base.execute(
                    template.format(
                        table=f'"{table}"',
                        columns=", ".join(f'"{name}"' for name in columns),
                        nulls=", ".join(f'null as "{name}"' for name in columns),
                    )
                )

    return spoil


class Harm:
    """What runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Make a file as a pickle is read."""
        return (Path.touch, (Path("pickled"),))


def folder(file: Path) -> None:
    """Put a folder with something in it in the place of the cache."""
    file.unlink()
    (file / "inner").mkdir(parents=True)
    (file / "inner/file").write_text("mine")


def pipe(file: Path) -> None:
    """Put a pipe in the place of the cache."""
    file.unlink()
    os.mkfifo(file)


def piped_journal(file: Path) -> None:
    """Put a pipe where SQLite looks for what a killed build left."""
    os.mkfifo(file.with_name(f"{NAME}-journal"))


def of_no_folder(file: Path) -> None:
    """Put a file in the place of the cache's folder."""
    shutil.rmtree(file.parent)
    file.parent.write_text("a file")


def flipped(file: Path) -> None:
    """Change some bytes of a data base, other ones each time where much is tried."""
    content = bytearray(file.read_bytes())
    chance = random.Random(3 if FUZZ == 1 else None)  # noqa: S311
    for _ in range(40):
        content[chance.randrange(len(content))] = chance.randrange(256)
    file.write_bytes(content)


PICKLE = pickle.dumps(Harm()).hex()
ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select {nulls} from n"
SPOILT: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "no data base": lambda file: file.write_bytes(b"\x89PNG" * 5000),
    "torn": lambda file: file.write_bytes(file.read_bytes()[:5000]),
    "the head alone": lambda file: file.write_bytes(file.read_bytes()[:100]),
    "bytes changed": flipped,
    "a pickle": lambda file: file.write_bytes(pickle.dumps(Harm())),
    "rows of pickles": over_all(f"update {{table}} set {{column}} = x'{PICKLE}'"),  # noqa: S608
    "a folder": folder,
    "a pipe": pipe,
    "a pipe beside it": piped_journal,
    "no folder": of_no_folder,
    "other tables": in_place_of_tables("create table {table} (other)"),
    "more columns": in_place_of_tables("create table {table} (a, b, c, {columns})"),
    "an index and a check": in_place_of_tables("create table {table} ({columns}, check (1 = 0))"),
    "numbers": over_all("update {table} set {column} = 1e300"),
    "nothing": over_all("update {table} set {column} = null"),
    "bytes": over_all("update {table} set {column} = x'ff00ff'"),
    "no text": over_all("update {table} set {column} = cast(x'ff00ff' as text)"),
    "deep": over_all("update {table} set {column} = replace(hex(zeroblob(100000)), '0', '[')"),
    "deep and closed": over_all(
        "update {table} set {column} = replace(hex(zeroblob(30000)), '0', '[')"
        " || replace(hex(zeroblob(30000)), '0', ']')"
    ),
    "huge": over_all("update {table} set {column} = '\"' || hex(zeroblob(20000000)) || '\"'"),
    "a number of too many digits": over_all(
        "update {table} set {column} = '[' || replace(hex(zeroblob(9000)), '0', '9') || ']'"
    ),
    "triggers that refuse": over_all(
        "create trigger {column} before delete on {table} begin select raise(abort, 'no'); end"
    ),
    "triggers that write": over_all(
        "create trigger {column} after insert on {table}"
        " begin update {table} set {column} = '<script>'; end"
    ),
    "a view": in_place_of_tables("create view {table} as select {nulls}"),
    "another encoding": sql("pragma journal_mode = wal", "pragma user_version = 99"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_data_base_is_as_none(
    root: Path, clean: Files, edited: Files, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands in the place of the data base, the site is that of a build without."""
    SPOILT[how](root / ".casebook-cache" / NAME)
    forget_the_site(root / ".casebook-cache")
    monkeypatch.chdir(root.parent.parent)
    if "pipe" in how or how == "deep and closed":  # in a process of its own, which can be ended
        told(run_apart(root, "build"), 0)
    unharmed(root, clean, edited)


def test_a_view_that_never_ends_is_as_none(root: Path, clean: Files) -> None:
    """A view in the place of the table, of more and more rows, does not keep a build for ever."""
    in_place_of_tables(f"create view {{table}} as {ENDLESS}")(root / ".casebook-cache" / NAME)
    forget_the_site(root / ".casebook-cache")
    told(run_apart(root, "build"), 0)
    assert tree(root / "site") == clean


@pytest.mark.parametrize("end", ["", "-journal", "-wal", "-shm"])
def test_a_link_in_the_place_of_the_data_base_is_not_followed(
    root: Path, clean: Files, edited: Files, tmp_path: Path, end: str
) -> None:
    """What a link leads to, elsewhere on the disk, stays as it was, and is not read."""
    other = tmp_path / "elsewhere"
    other.mkdir()
    file = root / ".casebook-cache" / f"{NAME}{end}"
    if end:
        (other / "file").write_bytes(b"\0" * 600 + b"mine")
    else:
        shutil.move(file, other / "file")
        sql("create table mine (a)", "insert into mine values (1)")(other / "file")
    before = tree(other)
    file.symlink_to(other / "file")
    forget_the_site(root / ".casebook-cache")
    unharmed(root, clean, edited)
    assert tree(other) == before
    assert not file.is_symlink()


# ---- what others put beside it ------------------------------------------------------------------


def linked(cache: Path) -> None:
    """Put a link to another folder in the place of what was made."""
    shutil.rmtree(cache / "made")
    (cache / "made").symlink_to(cache.parent / "content/gardens")


def filed(cache: Path) -> None:
    """Put a file in the place of what was made."""
    shutil.rmtree(cache / "made")
    (cache / "made").write_text("a file")


def holed(size: int) -> Callable[[Path], object]:
    """Return what makes a file of a length that takes no space."""

    def make(file: Path) -> None:
        file.touch()
        os.truncate(file, size)

    return make


def in_place(pattern: str, what: Callable[[Path], object]) -> Callable[[Path], object]:
    """Return what puts something else in the place of each file."""

    def spoil(cache: Path) -> None:
        files = sorted(cache.glob(pattern))
        assert files
        for file in files:
            file.unlink()
            what(file)

    return spoil


WHAT: dict[str, Callable[[Path], object]] = {
    "pipes": os.mkfifo,
    "folders": Path.mkdir,
    "links to a record": lambda file: file.symlink_to(records_of(file) / "hill.md"),
    "links to nothing": lambda file: file.symlink_to(records_of(file) / "nothing.md"),
    "links to an endless file": lambda file: file.symlink_to("/dev/zero"),
    "nothing in each": Path.touch,
    "holes of a terabyte": holed(2**40),
    "pickles": lambda file: file.write_bytes(pickle.dumps(Harm())),
}
BESIDE = {
    "a link to the records": linked,
    "a file": filed,
    **{f"{how}, made": in_place("made/*", what) for how, what in WHAT.items()},
    **{f"{how}, noted": in_place("last-*", what) for how, what in WHAT.items()},
}


def records_of(file: Path) -> Path:
    """Return the folder of records of the library in whose cache a file is."""
    cache = next(folder for folder in file.parents if folder.name == ".casebook-cache")
    return cache.parent / "content/gardens"


@pytest.mark.parametrize("how", BESIDE)
def test_what_is_no_kept_file_is_as_none(
    root: Path, clean: Files, edited: Files, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links are not followed, pipes not waited for, records not deleted for being in the way."""
    BESIDE[how](root / ".casebook-cache")
    monkeypatch.chdir(root.parent.parent)
    if how.startswith(("pipes", "links to an endless file", "holes of a terabyte")):
        told(run_apart(root, "build"), 0)
    unharmed(root, clean, edited)


COPYING = """
import os, sys
from pathlib import Path
from generator.cli.main import main

made, victim, *names = map(Path, sys.argv[1:])
for name in names:
    made.parent.joinpath(f"{name}.{os.getpid()}").symlink_to(victim)

def watch(event, found):
    if event == "os.link" and str(made) in str(found[1]):
        raise OSError("another disk")

sys.addaudithook(watch)
main(["build"], prog_name="casebook")
"""
"""A build whose cache is on another disk, so that files are copied; it finds links in its way."""


def test_what_begins_to_be_written_goes_through_no_link(root: Path, tmp_path: Path) -> None:
    """A link under the name that a build writes to first leads nowhere, and is gone afterwards."""
    cache, victim = root / ".casebook-cache", tmp_path / "victim"
    victim.write_text("mine")
    apart = {"pictures", "spare"}
    kept = {name for name in tree(cache) if name.partition("/")[0] not in apart}
    files = [cache / name for name in kept - {NAME, "made"}]
    names = [str(file.relative_to(cache)) for file in files]
    assert len(names) > 50
    for file in files:
        file.unlink()
    command = [sys.executable, "-c", COPYING, str(cache / "made"), str(victim), *names]
    for _ in range(2):
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        told(done, 0)
        assert victim.read_text() == "mine"
    told(run(root, "build"), 0)
    assert victim.read_text() == "mine"
    left = {name for name in tree(cache) if name.partition("/")[0] not in apart}
    assert left == {*names, NAME, "made"}


def test_other_files_in_the_folder_stay(root: Path) -> None:
    """What has not a name of ours is not deleted, whatever else is."""
    cache = root / ".casebook-cache"
    for folder in (cache, cache / "made"):
        (folder / "notes.txt").write_text("mine")
        (folder / ("0" * 63)).write_text("mine")
    (cache / "made" / ("0" * 64)).write_text("of another build")
    (cache / "made" / f"{'0' * 64}.77").write_text("of a build that was killed")
    for name in LAST:
        (cache / f"{name}.77").write_text("of a build that was killed")
    edit(root)
    told(run(root, "build"), 0)
    wanted = {NAME, *LAST, "made", "pictures", "notes.txt", "0" * 63}
    assert {file.name for file in cache.iterdir()} == wanted
    others = {file.name for file in (cache / "made").iterdir() if len(file.name) != 64}
    assert others == {"notes.txt", "0" * 63}
    assert not (cache / "made" / ("0" * 64)).exists()


# ---- what looks right ---------------------------------------------------------------------------

SCRIPT = b"<script>alert('" + WORD + b"')</script>"
Spoil = Callable[[Path], object]


def rows(change: Callable[[tuple[bytes, ...], bytes], bytes]) -> Spoil:
    """Return what changes the seal of each part of each row, whose content is harmed."""

    def spoil(cache: Path) -> None:
        with closing(sqlite3.connect(cache / NAME)) as base, base:
            for part in ("outline", "words"):
                found = base.execute(f"select key, {part} from cases").fetchall()  # noqa: S608
                for key, stored in found:
                    content = harmed(stored[SIZE:])
                    seal = change((key.encode(), part.encode(), content), stored[:SIZE])
                    base.execute(
                        f"update cases set {part} = ? where key = ?",  # noqa: S608
                        (seal + content, key),
                    )
        forget_the_site(cache)

    return spoil


def noted(change: Callable[[tuple[bytes, ...], bytes], bytes]) -> Spoil:
    """Return what changes the seal of each note, and has each page be the file of another."""

    def spoil(cache: Path) -> None:
        names = sorted(file.name.encode() for file in (cache / "made").iterdir())
        others = dict(zip(names, [*names[1:], names[0]], strict=True))
        for name in LAST:
            whole = (cache / name).read_bytes()
            content = harmed(whole[SIZE:])
            if name == "last-build":
                pattern = re.compile(b"|".join(names))
                content = pattern.sub(lambda match: others[match[0]], content)
            seal = change((name.encode(), content), whole[:SIZE])
            (cache / name).write_bytes(seal + content)

    return spoil


def harmed(content: bytes) -> bytes:
    """Return content that would run, were it believed; of one length."""
    return content.replace(b"The garden on the hill", b"<script>/*" + WORD + b"*//* */")


def files_of_one_length(cache: Path) -> None:
    """Harm each file that was made, and give it back its length and its time."""
    for file in (cache / "made").iterdir():
        before = file.stat()
        file.write_bytes(harmed(file.read_bytes()))
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert file.stat().st_size == before.st_size


def exchanged(cache: Path) -> None:
    """Give each row and each file the name of another."""
    with closing(sqlite3.connect(cache / NAME)) as base, base:
        found = base.execute("select * from cases order by key").fetchall()
        base.execute("delete from cases")
        for (key, _, _), (_, outline, words) in zip(found, [*found[1:], found[0]], strict=True):
            base.execute("insert into cases values (?, ?, ?)", (key, outline, words))
    for files in (sorted((cache / "made").iterdir()), [cache / name for name in LAST]):
        contents = [file.read_bytes() for file in files]
        for file, content in zip(files, [*contents[1:], contents[0]], strict=True):
            file.write_bytes(content)


def parts_exchanged(cache: Path) -> None:
    """Give each part of a row the place of the other, and the words of each row to another."""
    with closing(sqlite3.connect(cache / NAME)) as base, base:
        base.execute("update cases set outline = words, words = outline")
    forget_the_site(cache)


def words_exchanged(cache: Path) -> None:
    """Give each row the words of another."""
    with closing(sqlite3.connect(cache / NAME)) as base, base:
        found = base.execute("select key, words from cases order by key").fetchall()
        for (key, _), (_, words) in zip(found, [*found[1:], found[0]], strict=True):
            base.execute("update cases set words = ? where key = ?", (words, key))
    forget_the_site(cache)


FORGED: dict[str, Spoil] = {
    f"{what} {how}": spoil(change)
    for what, spoil in {"rows": rows, "notes": noted}.items()
    for how, change in {
        "with the old seal": lambda _parts, seal: seal,
        "without a seal": lambda _parts, _seal: b"",
        "sealed by another": lambda parts, _seal: sign(OTHER, *parts),
        "sealed without a secret": lambda parts, _seal: sign(b"", *parts),
    }.items()
} | {
    "files of one length": files_of_one_length,
    "under other names": exchanged,
    "parts of rows": parts_exchanged,
    "the words of others": words_exchanged,
}


@pytest.mark.parametrize("how", FORGED)
def test_what_does_not_bear_the_seal_is_as_none(
    root: Path, clean: Files, edited: Files, how: str
) -> None:
    """Rows and files that only the secret is missing for are not believed, and soon gone."""
    FORGED[how](root / ".casebook-cache")
    unharmed(root, clean, edited)
    assert [each for each in opened(root / ".casebook-cache") if WORD in each] == []


def opened(cache: Path) -> Iterator[bytes]:
    """Yield what each file of a cache holds."""
    return (content for content in tree(cache).values() if content is not None)


def test_the_forged_would_be_believed_with_the_secret(root: Path, clean: Files) -> None:
    """The seal is all that is in the way: the tests above would find what they look for."""
    ours = load_key()
    assert ours is not None
    key = sign(ours, program_digest().encode(), sys.version.encode())
    cache = root / ".casebook-cache"
    names = {}
    for file in (cache / "made").iterdir():
        content = file.read_bytes().replace(b"garden", b"meadow")
        mac = new_mac(key)
        mac.update(content)
        names[file.name] = mac.hexdigest()
        file.write_bytes(content)
        file.rename(file.with_name(names[file.name]))
    for name in LAST:
        content = (cache / name).read_bytes()[SIZE:]
        for old, new in names.items():
            content = content.replace(old.encode(), new.encode())
        (cache / name).write_bytes(sign(key, name.encode(), content) + content)
    told(run(root, "build"), 0)
    pages = {path: content for path, content in clean.items() if content and b"<main" in content}
    del pages["data/index.html"]  # which is made in every build: it prints the sizes of files
    wanted = {path: content.replace(b"garden", b"meadow") for path, content in pages.items()}
    site = tree(root / "site")
    assert {path: site[path] for path in pages} == wanted != pages


PARTS = {"data base": (NAME,), "files": ("made",), "notes": LAST}


@pytest.mark.parametrize("part", [*PARTS, "all"])
def test_a_cache_of_another_secret_is_as_none(
    root: Path, clean: Files, edited: Files, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody else made of the very same files is not believed, beside ours or alone."""
    ours = os.environ["CASEBOOK_CACHE_KEY"]
    cache, of_ours = root / ".casebook-cache", root.parent.parent / "ours"
    before = set(opened(cache))
    shutil.move(cache, of_ours)
    monkeypatch.setenv("CASEBOOK_CACHE_KEY", "of somebody else")
    told(run(root, "build"), 0)
    shutil.rmtree(root / "site")
    exchange_parts(of_ours, cache, [other for other in PARTS if part not in {other, "all"}])
    monkeypatch.setenv("CASEBOOK_CACHE_KEY", ours)
    unharmed(root, clean, edited)
    assert len(set(opened(cache)) & before) > 3


def exchange_parts(other: Path, cache: Path, parts: Iterable[str]) -> None:
    """Put parts of another cache into the place of those of a cache."""
    for name in (name for part in parts for name in PARTS[part]):
        if (cache / name).is_dir():
            shutil.rmtree(cache / name)
            shutil.copytree(other / name, cache / name)
        else:
            shutil.copy2(other / name, cache / name)


@pytest.mark.parametrize("part", [*PARTS, "all"])
def test_a_cache_of_other_days_is_as_none(
    root: Path, clean: Files, edited: Files, part: str
) -> None:
    """What was made of the library as it was, sealed by ourselves, is not taken for what it is."""
    cache, old = root / ".casebook-cache", root.parent.parent / "old"
    shutil.copytree(cache, old)
    edit(root)
    told(run(root, "build"), 0)
    assert tree(root / "site") == edited
    exchange_parts(old, cache, PARTS if part == "all" else [part])
    told(run(root, "build"), 0)
    assert tree(root / "site") == edited
    assert edited != clean


def test_what_is_very_long_is_not_read(root: Path, clean: Files) -> None:
    """What has the name of a kept file, and is far longer, does not fill the memory."""
    for file in (root / ".casebook-cache/made").iterdir():
        os.truncate(file, 300_000_000)
    for name in LAST:  # a list of four thousand million items, sealed by another
        content = b"\xdd\xff\xff\xff\xff"
        sealed = sign(OTHER, name.encode(), content) + content
        (root / ".casebook-cache" / name).write_bytes(sealed)
    tracemalloc.start()
    told(run(root, "build"), 0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000
    assert tree(root / "site") == clean


def test_a_value_without_end_is_not_read(root: Path, clean: Files) -> None:
    """A row of more bytes than any record has is passed over before it fills the memory."""
    file = root / ".casebook-cache" / NAME
    over_all("update {table} set {column} = zeroblob(200000000) where rowid = 1")(file)
    forget_the_site(root / ".casebook-cache")
    tracemalloc.start()
    told(run(root, "build"), 0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000
    assert tree(root / "site") == clean


@pytest.mark.parametrize("number", range(6 * FUZZ))
def test_bytes_changed_anywhere_change_nothing(
    root: Path, clean: Files, edited: Files, number: int
) -> None:
    """Some bytes of every file of a cache are others: the site is that of a build without."""
    chance = random.Random(number if FUZZ == 1 else None)  # noqa: S311
    spared = chance.choice(["", NAME, *LAST])  # with all notes torn, nothing else is looked at
    for file in sorted((root / ".casebook-cache").rglob("*")):
        if file.is_file() and file.name != spared:
            content = bytearray(file.read_bytes())
            for _ in range(chance.choice([1, 3, 40])):
                content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
            file.write_bytes(content)
    unharmed(root, clean, edited)


# ---- the site itself, whose files are the kept ones ---------------------------------------------


def by_hand(file: Path) -> None:
    """Edit a page in its place: the file that is kept is the same one."""
    with file.open("r+b") as opened_file:
        opened_file.write(b"<!DOCTYPE HTML>")


def by_hand_unseen(file: Path) -> None:
    """Edit a page in its place, and give it back its time; its length stays."""
    before = file.stat()
    by_hand(file)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced_by(what: Callable[[Path], object]) -> Callable[[Path], object]:
    """Return what deletes a file and puts something else in its place."""

    def replace(file: Path) -> None:
        file.unlink()
        what(file)

    return replace


HANDS: dict[str, Callable[[Path], object]] = {
    "edited": by_hand,
    "edited unseen": by_hand_unseen,
    "longer": lambda file: file.open("ab").write(b"more"),
    "shorter": lambda file: os.truncate(file, 99),
    "empty": lambda file: os.truncate(file, 0),
    "another file": replaced_by(lambda file: file.write_bytes(b"mine")),
    "gone": Path.unlink,
    "a folder": replaced_by(Path.mkdir),
    "a link": replaced_by(lambda file: file.symlink_to("/dev/null")),
    "closed": lambda file: file.chmod(0o600),
}


@pytest.mark.parametrize("how", HANDS)
def test_a_page_changed_by_hand_is_made_again(
    original: Path, tmp_path: Path, clean: Files, edited: Files, how: str
) -> None:
    """Whatever somebody does to files of the site, the next build makes them as they should be."""
    root = tmp_path / "box" / "root"
    shutil.copytree(original, root)
    told(run(root, "build"), 0)
    mode = (root / "site/index.html").stat().st_mode
    for wanted in (clean, edited):
        time.sleep(0.05)  # a clock may tick a hundred times a second
        for name in ("gardens/shore.html", "helps/rain.html", "data/cases.csv", "feed.xml"):
            HANDS[how](root / "site" / name)
        if wanted is edited:
            edit(root)
        told(run(root, "build"), 0)
        assert tree(root / "site") == wanted
        files = (path for path in (root / "site").rglob("*") if path.is_file())
        assert {path.stat().st_mode for path in files} == {mode}
    assert [each for each in opened(root / ".casebook-cache") if each == b"mine"] == []


def assembled(root: Path) -> tuple[Site, Assembly]:
    """Return a site and what a build makes of it, before anything is written."""
    site, problems = load_site(root / "site_config.yml")
    assert site, problems
    return site, assemble(site, BuildOptions(incremental=True))


def written(site: Site, assembly: Assembly) -> None:
    """Write a site, and remember it for the next build."""
    changes = exchange(site.output, *assembly.batches, store=assembly.store)
    assembly.remember(changes.names, changes.notes)


def test_a_page_changed_by_hand_while_a_build_runs_is_made_again(
    original: Path, tmp_path: Path, edited: Files
) -> None:
    """What is changed after a build looked at the old site comes into the new one, and no other."""
    root = tmp_path / "root"
    shutil.copytree(original, root)
    told(run(root, "build"), 0)
    edit(root)
    site, assembly = assembled(root)
    by_hand(root / "site/gardens/shore.html")
    written(site, assembly)
    told(run(root, "build"), 0)
    assert tree(root / "site") == edited


@pytest.mark.parametrize("gone", ["what it needs no more", "made", "."])
def test_a_kept_file_that_goes_while_a_build_runs_is_no_trouble(
    original: Path, tmp_path: Path, edited: Files, gone: str
) -> None:
    """A build that wants files which another deleted meanwhile says so, and the site stays whole.

    It looks at what is kept; the other edits, builds and tidies, or somebody deletes the cache;
    then it writes.
    """
    root = tmp_path / "root"
    shutil.copytree(original, root)
    told(run(root, "build"), 0)
    site, assembly = assembled(root)
    edit(root)
    told(run(root, "build"), 0)
    if gone in {"made", "."}:
        shutil.rmtree(root / ".casebook-cache" / gone)
    with pytest.raises(CannotWrite, match="another build has tidied up"):
        written(site, assembly)
    assert tree(root / "site") == edited
    told(run(root, "build"), 0)
    assert tree(root / "site") == edited
