"""The pictures that texts ask for: which may be published, and the documents that they become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.base.document import Document
from generator.base.names import file_key
from generator.base.position import Position
from generator.base.problem import Problem, Severity
from generator.library.collection import Collection
from generator.library.links import MEDIA
from generator.library.resolved import Resolved
from generator.media.clean_picture import (
    WIDEST,
    UnreadablePictureError,
    clean_picture,
    require_picture,
)
from generator.media.kept_pictures import KeptPictures

HEAVY = 400_000
"""A picture of more bytes than this loads slowly on a bad line: its author is warned."""

LARGEST = 8_000_000
"""A picture of more bytes than this is refused."""


@dataclass(frozen=True, slots=True)
class _PictureRequest:
    """A picture that a text asks for: the file of the text, the path below content, the place."""

    asked_by: str
    path: str
    position: Position


class _Refused(Exception):  # noqa: N818 - it carries a problem of the author's, it is not ours
    """A picture that may not be published, with the words of the problem."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        self.code, self.message, self.hint = code, message, hint


def check_pictures(
    content: Path, resolved: Mapping[str, Resolved], collection: Collection
) -> Iterator[Problem]:
    """Yield what is wrong with the pictures that the texts of a collection ask for.

    `resolved` are the links of all its pages.
    """
    spelling: dict[str, str] = {}
    for request in _requests(resolved, collection):
        other = spelling.setdefault(file_key(request.path), request.path)
        if other != request.path:
            message = f"'{request.path}' and '{other}' are one file on many computers"
            yield _problem(request, "same-name", message, "rename one of the two pictures")
        try:
            size, width = _measured(content, request.path)
        except _Refused as refused:
            yield _problem(request, refused.code, refused.message, refused.hint)
        else:
            if size > HEAVY and width <= WIDEST:  # a wider one is made smaller
                hint = (
                    "make it smaller, at most 1200 pixels wide: a phone on a bad line waits for it"
                )
                message = f"'{request.path}' has {size:,} bytes"
                yield _problem(request, "heavy-picture", message, hint, Severity.WARNING)


def _requests(
    resolved: Mapping[str, Resolved], collection: Collection
) -> Iterator[_PictureRequest]:
    folder = collection.model.folder
    files = {f"{folder}/{id_}.html": path for id_, path in collection.paths.items()}
    files |= {f"{page.name}.html": page.path for page in collection.pages.values()}
    for page, links in resolved.items():
        for path, link in links.pictures:
            yield _PictureRequest(files[page], path, Position(link.line, link.column))


def picture_documents(
    content: Path, paths: Iterable[str], kept: KeptPictures | None = None
) -> Iterator[Document]:
    """Yield pictures as documents of the site; `paths` are below content, and were checked.

    `kept` are those of earlier builds, where something is kept between builds.
    """
    published = kept.published if kept else clean_picture
    for path in paths:
        try:
            yield Document(f"{MEDIA}/{path}", published((content / path).read_bytes()))
        except UnreadablePictureError as error:
            raise OSError(f"'{path}' was changed while the site was made of it") from error
    if kept:
        kept.forget_others()


def _problem(
    request: _PictureRequest,
    code: str,
    message: str,
    hint: str,
    severity: Severity = Severity.ERROR,
) -> Problem:
    return Problem(
        path=request.asked_by,
        line=request.position.line,
        column=request.position.column,
        severity=severity,
        code=code,
        message=message,
        hint=hint,
    )


def _measured(content: Path, path: str) -> tuple[int, int]:
    """Return the bytes and the width of a picture that may be published; raise _Refused."""
    missing = _Refused(
        "missing-picture",
        f"there is no picture '{path}'",
        "put the picture beside the text, and write its name exactly, capitals too",
    )
    try:
        real = (content / path).resolve(strict=True)
        if not real.is_relative_to(content.resolve()):
            hint = "put a copy of the picture in its place"
            raise _Refused("outside-content", f"'{path}' is a link that leads out of content", hint)
        if not real.is_file() or not _spelled(content, path):
            raise missing
        size = real.stat().st_size
        if size > LARGEST:
            hint = "make it smaller: 1200 pixels wide is enough"
            message = f"'{path}' has {size:,} bytes, too many to publish"
            raise _Refused("heavy-picture", message, hint)
        return size, require_picture(real.read_bytes())
    except UnreadablePictureError as error:
        hint = "save it again as a PNG or JPEG picture, with 'export' in the program that made it"
        message = f"no picture that can be shown is in '{path}'"
        raise _Refused("bad-picture", message, hint) from error
    except (OSError, ValueError, RuntimeError) as error:  # the last of links that go in a circle
        raise missing from error


def _spelled(content: Path, path: str) -> bool:
    """Return whether every folder and the file are written as the disk has them, capitals too."""
    folder = content
    for part in PurePosixPath(path).parts:
        if part not in {entry.name for entry in folder.iterdir()}:
            return False
        folder /= part
    return True
