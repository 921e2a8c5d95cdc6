"""The editions that `casebook diff` compares: a file, a folder, or a revision of git."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from generator.base.problem import Problem, errors
from generator.base.site import Site
from generator.build.build_options import BuildOptions
from generator.build.check import check_site
from generator.cli.git_changes import files_of_revision
from generator.exports.dump import FORMAT, library_json
from generator.exports.edition_diff import records_of

_LARGEST = 1 << 30
"""A file of more bytes is no library."""


class NoEditionError(Exception):
    """An edition cannot be read; `problems` are those of its library, if it is one."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        """Take what is wrong and the remedy."""
        super().__init__(message)
        self.problems = problems


def read_edition(name: str, site: Site | None, options: BuildOptions) -> dict[str, Any]:
    """Return the library that a name means, as `library.json` has it.

    A file is that; a folder holds a configuration; anything else is a revision of git, whose
    content is read by today's settings. Raises NoEditionError or NoRevisionError.
    """
    path = Path(name)
    if path.is_file():
        return _read_file(path)
    if path.is_dir():
        from generator.hosts.config import load_site  # noqa: PLC0415 - MkDocs takes its time

        other, problems = load_site((path / "site_config.yml").absolute())
        if other is None:
            raise NoEditionError(f"'{name}' holds no library", problems)
        return library_of(other, options, name)
    if site is None:
        raise NoEditionError(f"there is no file or folder '{name}', and no library here")
    with _content_of_revision(site, name) as then:
        return library_of(then, options, name)


def library_of(site: Site, options: BuildOptions, name: str) -> dict[str, Any]:
    """Return the library of a site as plain data; `name` is what it is called in messages."""
    checked = check_site(site, options)
    if checked.library is None or errors(checked.problems):
        raise NoEditionError(f"'{name}' has errors", errors(checked.problems))
    (file,) = library_json(checked.library, site)
    library: dict[str, Any] = json.loads(b"".join(part.make().content for part in file.parts))
    return library


def _read_file(path: Path) -> dict[str, Any]:
    """Return what a file holds, if it is a library of a format that this program knows."""
    try:
        if path.stat().st_size > _LARGEST:
            raise NoEditionError(f"'{path}' is too large to be a library")
        library = json.loads(path.read_text("utf-8-sig"))
        if library["format"] != FORMAT:
            message = f"'{path}' has the format {library['format']}; this program knows {FORMAT}"
            raise NoEditionError(message)
        for record in records_of(library).values():
            _ = record["id"], record["values"], record["text"], record["computed"]["claims"]
        _ = library["site"], library["as_of"], library["counted"], library["facets"]
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise NoEditionError(f"'{path}' cannot be read: {reason}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"'{path}' is no library; name a data/library.json that casebook made"
        raise NoEditionError(message) from error
    return dict(library)


@contextmanager
def _content_of_revision(site: Site, revision: str) -> Iterator[Site]:
    """Yield the site with the content of a revision, in a folder that goes afterwards."""
    folder = site.content_path
    with tempfile.TemporaryDirectory(prefix="casebook-") as scratch:
        root = Path(scratch)
        for name, content in files_of_revision(site.root, folder, revision):
            if ".." not in PurePosixPath(name).parts:
                file = root / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        (root / folder).mkdir(parents=True, exist_ok=True)
        yield replace(site, root=root, content=root / folder, cache=root / ".casebook-cache")
