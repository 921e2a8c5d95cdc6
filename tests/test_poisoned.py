"""A cache that another version, a torn disk or a hostile hand left: nothing of it is believed."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import sqlite3
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from generator.build.record_cache import NAME, program_digest
from generator.build.signing import SIZE, load_key, sign
from trouble import FUZZ, beside, run, run_apart, tiny, told, tree

Files = dict[str, bytes | None]
WORD = b"pwned"
OTHER = bytes(SIZE)
"""The secret of somebody else."""

# ---- a library with its cache ------------------------------------------------------------------


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tiny site, built once."""
    root = tmp_path_factory.mktemp("original") / "root"
    tiny(root)
    told(run(root, "build"), 0)
    assert (root / ".casebook-cache/made/plan").is_file()
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
    shutil.rmtree(root / ".casebook-cache/made", ignore_errors=True)
    monkeypatch.chdir(root.parent.parent)
    if "pipe" in how or how == "deep and closed":  # in a process of its own, which can be ended
        told(run_apart(root, "build"), 0)
    unharmed(root, clean, edited)


def test_a_view_that_never_ends_is_as_none(root: Path, clean: Files) -> None:
    """A view in the place of the table, of more and more rows, does not keep a build for ever."""
    in_place_of_tables(f"create view {{table}} as {ENDLESS}")(root / ".casebook-cache" / NAME)
    shutil.rmtree(root / ".casebook-cache/made")
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
    shutil.rmtree(root / ".casebook-cache/made")
    unharmed(root, clean, edited)
    assert tree(other) == before
    assert not file.is_symlink()


# ---- what others put beside it ------------------------------------------------------------------


def linked(made: Path) -> None:
    """Put a link to another folder in the place of what was made."""
    shutil.rmtree(made)
    made.symlink_to(made.parent.parent / "content/gardens")


def filed(made: Path) -> None:
    """Put a file in the place of what was made."""
    shutil.rmtree(made)
    made.write_text("a file")


def each_by(what: Callable[[Path], object]) -> Callable[[Path], object]:
    """Return what puts something else in the place of each file."""

    def spoil(made: Path) -> None:
        for file in sorted(made.iterdir()):
            file.unlink()
            what(file)

    return spoil


def holed(file: Path) -> None:
    """Make a file that takes no space and is a terabyte long."""
    file.touch()
    os.truncate(file, 2**40)


BESIDE: dict[str, Callable[[Path], object]] = {
    "a link to the records": linked,
    "a file": filed,
    "pipes": each_by(os.mkfifo),
    "folders": each_by(Path.mkdir),
    "links to a record": each_by(lambda file: file.symlink_to("../../content/gardens/hill.md")),
    "links to nothing": each_by(lambda file: file.symlink_to("../../nothing")),
    "links to an endless file": each_by(lambda file: file.symlink_to("/dev/zero")),
    "nothing in each": each_by(Path.touch),
    "holes of a terabyte": each_by(holed),
    "pickles": each_by(lambda file: file.write_bytes(pickle.dumps(Harm()))),
}


@pytest.mark.parametrize("how", BESIDE)
def test_what_is_no_kept_file_is_as_none(
    root: Path, clean: Files, edited: Files, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links are not followed, pipes not waited for, records not deleted for being in the way."""
    BESIDE[how](root / ".casebook-cache/made")
    monkeypatch.chdir(root.parent.parent)
    if how in {"pipes", "links to an endless file", "holes of a terabyte"}:
        told(run_apart(root, "build"), 0)
    unharmed(root, clean, edited)
    assert not (root / "nothing").exists()


def test_what_begins_to_be_written_goes_through_no_link(root: Path, tmp_path: Path) -> None:
    """A link under the name that a build writes to first leads nowhere, and is gone afterwards."""
    made, victim = root / ".casebook-cache/made", tmp_path / "victim"
    victim.write_text("mine")
    names = [file.name for file in made.iterdir()]
    for file in made.iterdir():
        file.unlink()
    for name in names:
        (made / f"{name}.{os.getpid()}").symlink_to(victim)
    for _ in range(2):
        told(run(root, "build"), 0)
        assert victim.read_text() == "mine"
    assert sorted(file.name for file in made.iterdir()) == sorted(names)


def test_other_files_in_the_folder_stay(root: Path) -> None:
    """What has not a name of ours is not deleted, whatever else is."""
    made = root / ".casebook-cache/made"
    (made / "notes.txt").write_text("mine")
    (made / ("0" * 64)).write_text("of another build")
    (made / f"{'0' * 64}.77").write_text("of a build that was killed")
    (made / "plan.77").write_text("of a build that was killed")
    edit(root)
    told(run(root, "build"), 0)
    assert {file.name for file in made.iterdir() if len(file.name) != 64} == {"notes.txt", "plan"}
    assert not (made / ("0" * 64)).exists()


# ---- what looks right ---------------------------------------------------------------------------

SCRIPT = b"<script>alert('" + WORD + b"')</script>"
Spoil = Callable[[Path], object]


def rows(change: Callable[[str, bytes, bytes], tuple[bytes, bytes]]) -> Spoil:
    """Return what changes text and seal of each row."""

    def spoil(cache: Path) -> None:
        with closing(sqlite3.connect(cache / NAME)) as base, base:
            for key, text, mark in base.execute("select * from results").fetchall():
                new, other = change(key, text.encode(), mark)
                assert (new, other) != (text.encode(), mark)
                base.execute(
                    "update results set result = ?, seal = ? where key = ?",
                    (new.decode(), other, key),
                )
        shutil.rmtree(cache / "made")

    return spoil


def kept(change: Callable[[str, bytes, bytes], tuple[bytes, bytes]]) -> Spoil:
    """Return what changes content and seal of each file that was made."""

    def spoil(cache: Path) -> None:
        for file in (cache / "made").iterdir():
            whole = file.read_bytes()
            content, mark = change(file.name, zlib.decompress(whole[SIZE:]), whole[:SIZE])
            file.write_bytes(mark + zlib.compress(content))

    return spoil


def exchanged(cache: Path) -> None:
    """Give each row and each file the name of another."""
    with closing(sqlite3.connect(cache / NAME)) as base, base:
        found = base.execute("select * from results order by key").fetchall()
        base.execute("delete from results")
        for (key, _, _), (_, text, mark) in zip(found, [*found[1:], found[0]], strict=True):
            base.execute("insert into results values (?, ?, ?)", (key, text, mark))
    made = sorted((cache / "made").iterdir())
    contents = [file.read_bytes() for file in made]
    for file, content in zip(made, [*contents[1:], contents[0]], strict=True):
        file.write_bytes(content)


def harmed(content: bytes) -> bytes:
    """Return content that would run, were it believed; a plan leads out of the site."""
    if content.startswith(b'{"digest"'):
        return content.replace(b"gardens/", b"../../" + WORD)
    return content.replace(b"garden", b"garden" + SCRIPT.replace(b"'", b"`"))


def packed(name: str, content: bytes, load_key: bytes) -> bytes:
    """Return the seal on a file that was made."""
    return sign(load_key, name.encode(), zlib.compress(content))


FORGED: dict[str, Spoil] = {
    "rows with the old seal": rows(lambda _key, text, mark: (harmed(text), mark)),
    "rows without a seal": rows(lambda _key, text, _mark: (harmed(text), b"")),
    "rows sealed by another": rows(
        lambda key, text, _mark: (harmed(text), sign(OTHER, key.encode(), harmed(text)))
    ),
    "rows sealed without a secret": rows(
        lambda key, text, _mark: (harmed(text), sign(b"", key.encode(), harmed(text)))
    ),
    "files with the old seal": kept(lambda _name, content, mark: (harmed(content), mark)),
    "files without a seal": kept(lambda _name, content, _mark: (harmed(content), b"")),
    "files sealed by another": kept(
        lambda name, content, _mark: (harmed(content), packed(name, harmed(content), OTHER))
    ),
    "files sealed without a secret": kept(
        lambda name, content, _mark: (harmed(content), packed(name, harmed(content), b""))
    ),
    "under other names": exchanged,
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
    yield (cache / NAME).read_bytes()
    for file in (cache / "made").iterdir():
        yield zlib.decompress(file.read_bytes()[SIZE:])


def test_the_forged_would_be_believed_with_the_secret(root: Path, clean: Files) -> None:
    """The seal is all that is in the way: the tests above would find what they look for."""
    ours = load_key()
    assert ours is not None
    key = sign(ours, program_digest().encode())

    def forged(name: str, content: bytes, _mark: bytes) -> tuple[bytes, bytes]:
        new = content if name == "plan" else content.replace(b"garden", b"meadow")
        return new, packed(name, new, key)

    kept(forged)(root / ".casebook-cache")
    told(run(root, "build"), 0)
    assert tree(root / "site") != clean


@pytest.mark.parametrize("part", ["data base", "made", "both"])
def test_a_cache_of_another_secret_is_as_none(
    root: Path, clean: Files, edited: Files, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody else made of the very same files is not believed, and is sealed anew."""
    ours = os.environ["CASEBOOK_CACHE_KEY"]
    monkeypatch.setenv("CASEBOOK_CACHE_KEY", "of somebody else")
    cache = root / ".casebook-cache"
    before = set(opened(cache))
    shutil.rmtree(cache)
    told(run(root, "build"), 0)
    shutil.rmtree(root / "site")
    if part == "data base":
        shutil.rmtree(cache / "made")
    if part == "made":
        (cache / NAME).unlink()
    monkeypatch.setenv("CASEBOOK_CACHE_KEY", ours)
    unharmed(root, clean, edited)
    assert len(set(opened(cache)) & before) > 3


def test_a_cache_of_other_days_is_as_none(root: Path, clean: Files, edited: Files) -> None:
    """What was made of the library as it was, sealed by ourselves, is not taken for what it is."""
    old = root.parent.parent / "old"
    shutil.copytree(root / ".casebook-cache", old)
    edit(root)
    told(run(root, "build"), 0)
    assert tree(root / "site") == edited
    shutil.rmtree(root / ".casebook-cache")
    shutil.copytree(old, root / ".casebook-cache")
    told(run(root, "build"), 0)
    assert tree(root / "site") == edited
    assert edited != clean


def test_a_bomb_is_not_opened(root: Path, clean: Files) -> None:
    """What would become very large is not unpacked: only who has the secret could seal it."""
    bomb = zlib.compress(bytes(300_000_000), 1)
    for file in (root / ".casebook-cache/made").iterdir():
        file.write_bytes(sign(OTHER, file.name.encode(), bomb) + bomb)
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
    shutil.rmtree(root / ".casebook-cache/made")
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
    for file in sorted((root / ".casebook-cache").rglob("*")):
        if file.is_file():
            content = bytearray(file.read_bytes())
            for _ in range(chance.choice([1, 3, 40])):
                content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
            file.write_bytes(content)
    unharmed(root, clean, edited)
