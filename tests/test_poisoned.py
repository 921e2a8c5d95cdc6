"""A cache that another version, a torn disk or a hostile hand left: nothing of it is believed."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import sqlite3
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from inert import wrongs
from small import library, snapshot
from trouble import FUZZ, beside, run, told, tree

PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BODY = """\
## A heading

Words, [a neighbour](two.md), [a place](two.md#there), [elsewhere](https://example.org/a).[^1]

![A picture](one.png)

| a | b |
|---|--:|
| c | d |

[^1]: A note.
"""
MORE = """\
constraints: [{constraint: turnover, what: They left., response: We waited.}]
outcomes: [{what: A law., who_changed: The ministry., level: policy}]
evidence: [{id: one, citation: A report., kind: document, url: "https://example.org/report"}]
period: {start: 2019-03}
"""
QUIET = snapshot("Three").replace("care_role: leading", "care_role: behind-the-scenes")
FILES = {
    "one": snapshot("One", MORE, BODY).replace("partners: UNICEF", "partners: A new one"),
    "two": snapshot("Two", "", "## There\n\nWords.\n"),
    "three": QUIET,
}

# ---- what a cache holds, whatever its form -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a data base, opened as far as it can be: `close` undoes that."""

    table: str
    row: int
    column: str
    holds: Any
    close: Callable[[Any], object]


def opened(value: object) -> tuple[Any, Callable[[Any], object]] | None:
    """Return what a value of a data base holds, and how that is put back."""
    if isinstance(value, bytes):
        with suppress(zlib.error):
            if inner := opened(zlib.decompress(value).decode()):
                return inner[0], lambda made: zlib.compress(str(inner[1](made)).encode())
        with suppress(UnicodeDecodeError):
            if inner := opened(value.decode()):
                return inner[0], lambda made: str(inner[1](made)).encode()
    if isinstance(value, str):
        with suppress(ValueError):
            if isinstance(found := json.loads(value), dict | list):
                return found, lambda made: json.dumps(made, ensure_ascii=False)
        if "<" in value:
            return value, lambda made: made
    return None


def cells(base: sqlite3.Connection) -> Iterator[Cell]:
    """Yield what each table of a data base holds that is more than a key."""
    tables = base.execute("select name from sqlite_master where type = 'table'").fetchall()
    for (table,) in tables:
        rows = base.execute(f'select rowid, * from "{table}"')  # noqa: S608
        names = [each[0] for each in rows.description]
        for row in rows.fetchall():
            for column, value in zip(names[1:], row[1:], strict=True):
                if found := opened(value):
                    yield Cell(table, row[0], column, *found)


Leaf = tuple[str, ...]
Change = Callable[[Leaf, Any], Any]


def changed(tree_: Any, change: Change, at: Leaf = ()) -> Any:  # noqa: ANN401
    """Return a tree of JSON with each leaf that was changed, its keys and numbers as they are."""
    if isinstance(tree_, dict):
        return {key: changed(value, change, (*at, key)) for key, value in tree_.items()}
    if isinstance(tree_, list) and tree_:
        return [changed(value, change, (*at, str(n))) for n, value in enumerate(tree_)]
    return change(at, tree_)


def rewrite(file: Path, change: Change) -> int:
    """Change every leaf of a cache, and return how many are not what they were."""
    count = 0

    def counted(at: Leaf, leaf: Any) -> Any:  # noqa: ANN401
        nonlocal count
        new = change(at, leaf)
        count += new != leaf or type(new) is not type(leaf)
        return new

    with closing(sqlite3.connect(file)) as base, base:
        for cell in list(cells(base)):
            base.execute(
                f'update "{cell.table}" set "{cell.column}" = ? where rowid = ?',  # noqa: S608
                (cell.close(changed(cell.holds, counted)), cell.row),
            )
    return count


# ---- a library with its cache ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """A library that was built, its cache, and its site."""

    root: Path
    file: Path
    site: dict[str, bytes | None]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Return a library that was built once."""
    root = library(tmp_path_factory.mktemp("original") / "root", **FILES)
    (root / "content/cases/one.png").write_bytes(PICTURE)
    told(run(root, "build"), 0)
    (file,) = (root / ".casebook-cache").glob("*.sqlite")
    site = tree(root / "site")
    assert [wrongs(page) for name, page in site.items() if page and name.endswith(".html")] == [
        [] for name in site if name.endswith(".html")
    ]
    return Kept(root, file, site)


@pytest.fixture
def kept(original: Kept, tmp_path: Path) -> Kept:
    """Return a copy of a library with its cache, and no site."""
    root = tmp_path / "box" / "root"
    shutil.copytree(original.root, root)
    shutil.rmtree(root / "site")
    return Kept(root, root / original.file.relative_to(original.root), original.site)


def built(kept: Kept, *codes: int) -> dict[str, bytes | None]:
    """Build, and return the site; nothing is written beside it, nobody sees a traceback."""
    around = tree(kept.root / "content")
    ran = CliRunner().invoke(main, ["build", "-f", str(kept.root / "site_config.yml")])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), repr(ran.exception)
    assert ran.exit_code in codes, ran.output
    assert beside(kept.root) == set()
    assert [path.name for path in kept.root.parent.iterdir()] == ["root"]
    assert tree(kept.root / "content") == around
    assert "\x1b" not in ran.output
    return tree(kept.root / "site") if (kept.root / "site").exists() else {}


# ---- the file itself ---------------------------------------------------------------------------


def sql(*statements: str) -> Callable[[Path], None]:
    """Return what runs statements on a data base."""

    def spoil(file: Path) -> None:
        with closing(sqlite3.connect(file)) as base, base:
            for statement in statements:
                base.execute(statement)

    return spoil


def over_all(template: str) -> Callable[[Path], None]:
    """Return what runs a statement on each table with each of its columns."""

    def spoil(file: Path) -> None:
        with closing(sqlite3.connect(file)) as base, base:
            for (table,) in base.execute("select name from sqlite_master where type = 'table'"):
                for column in [r[1] for r in base.execute(f'pragma table_info("{table}")')][1:]:
                    base.execute(template.format(table=f'"{table}"', column=f'"{column}"'))

    return spoil


def in_place_of_tables(template: str) -> Callable[[Path], None]:
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
SPOILT = {
    "empty": lambda file: file.write_bytes(b""),
    "no data base": lambda file: file.write_bytes(b"\x89PNG" * 5000),
    "torn": lambda file: file.write_bytes(file.read_bytes()[:5000]),
    "the head alone": lambda file: file.write_bytes(file.read_bytes()[:100]),
    "bytes changed": flipped,
    "a pickle": lambda file: file.write_bytes(pickle.dumps(Harm())),
    "rows of pickles": over_all(f"update {{table}} set {{column}} = x'{PICKLE}'"),  # noqa: S608
    "a folder": folder,
    "a pipe": pipe,
    "no folder": of_no_folder,
    "other tables": in_place_of_tables("create table {table} (other)"),
    "more columns": in_place_of_tables("create table {table} (a, b, c, {columns})"),
    "an index and a check": in_place_of_tables("create table {table} ({columns}, check (1 = 0))"),
    "numbers": over_all("update {table} set {column} = 1e300"),
    "nothing": over_all("update {table} set {column} = null"),
    "bytes": over_all("update {table} set {column} = x'ff00ff'"),
    "no text": over_all("update {table} set {column} = cast(x'ff00ff' as text)"),
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
def test_a_spoilt_file_is_as_none(
    kept: Kept, how: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever stands in the place of the cache, the site is that of a build without; twice."""
    monkeypatch.chdir(kept.root)
    SPOILT[how](kept.file)
    if how == "a pipe":  # in a process of its own, which can be ended
        told(run(kept.root, "build"), 0)
        assert tree(kept.root / "site") == kept.site
    assert built(kept, 0) == kept.site
    assert built(kept, 0) == kept.site
    assert not (kept.root / "pickled").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["box"]


def test_a_link_in_the_place_of_the_cache_is_not_written_through(
    kept: Kept, tmp_path: Path
) -> None:
    """What a link leads to, elsewhere on the disk, stays as it was."""
    other = tmp_path / "elsewhere"
    other.write_bytes(b"mine")
    kept.file.unlink()
    kept.file.symlink_to(other)
    assert built(kept, 0) == kept.site
    assert other.read_bytes() == b"mine"


def test_rows_under_keys_of_another_build_are_not_used(kept: Kept) -> None:
    """Another configuration, version or Python looks under other keys, and forgets these."""
    with closing(sqlite3.connect(kept.file)) as base, base:
        for cell in list(cells(base)):
            names = [r[1] for r in base.execute(f'pragma table_info("{cell.table}")')]
            base.execute(
                f'update "{cell.table}" set "{names[0]}" = \'x\' || rowid',  # noqa: S608
            )
    rewrite(kept.file, lambda _at, leaf: "pwned" if isinstance(leaf, str) else leaf)
    assert built(kept, 0) == kept.site
    assert b"pwned" not in kept.file.read_bytes()
