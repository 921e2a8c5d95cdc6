"""A release: the library as of a day in one folder, to be archived and cited.

It holds what the site offers for download, the same as a database, how to cite it, and checksums.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.base.site import Site
from generator.build.build_options import BuildOptions
from generator.build.check import check_site
from generator.exports.citation_cff import citation_cff
from generator.exports.database import VIEWS, database_tables
from generator.output.sqlite_file import write_sqlite

CHECKSUMS = "SHA256SUMS"
_PIECE = 1 << 20


class NoReleaseError(Exception):
    """The release cannot be made; as a string it is the reason and the remedy."""


def write_release(site: Site, options: BuildOptions, parent: Path) -> tuple[Path, tuple[str, ...]]:
    """Make the folder of a release from a site that was just built; return it and its files.

    Raises NoReleaseError where the folder is there already or cannot be written; then nothing is
    left of it.
    """
    library = check_site(site, options).library
    if library is None:
        raise NoReleaseError("the library cannot be read; run: casebook check")
    (archive,) = (site.output / "download").glob("*.zip")
    target = parent / archive.stem
    if target.exists():
        raise NoReleaseError(f"'{target}' is there already; a release is never changed")
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".release-", dir=parent) as folder:
            new = Path(folder) / archive.stem
            new.mkdir()
            for file in (archive, *sorted(_data_files(site.output))):
                shutil.copyfile(file, new / file.name)
            write_sqlite(new / f"{archive.stem}.sqlite", database_tables(library), VIEWS)
            _write(new / "CITATION.cff", citation_cff(library, site))
            names = tuple(sorted(file.name for file in new.iterdir()))
            _write(new / CHECKSUMS, "".join(f"{_digest(new / name)}  {name}\n" for name in names))
            new.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise NoReleaseError(f"'{target}' cannot be written: {error}") from error
    return target, (*names, CHECKSUMS)


def _data_files(output: Path) -> Iterator[Path]:
    return (file for file in (output / "data").iterdir() if file.suffix != ".html")


def _write(file: Path, text: str) -> None:
    file.write_text(text, "utf-8", newline="\n")


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
