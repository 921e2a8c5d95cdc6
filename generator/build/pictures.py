"""The pictures beside the texts: which may be published, and their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.base.document import Document
from generator.base.names import file_key
from generator.base.problem import Problem, Severity
from generator.library.links import MEDIA
from generator.markdown import Link

HEAVY = 400_000
"""A picture of more bytes than this loads slowly on a bad line: its author is warned."""

LARGEST = 8_000_000
"""A picture of more bytes than this is refused."""


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A picture that a text asks for: the file of the text, the path below content, the link."""

    asked_by: str
    path: str
    link: Link


class _Refused(Exception):  # noqa: N818 - it carries a problem of the author's, it is not ours
    """A picture that may not be published, with the words of the problem."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        self.code, self.message, self.hint = code, message, hint


def check_pictures(content: Path, requests: Iterable[PictureRequest]) -> Iterator[Problem]:
    """Yield what is wrong with the pictures that texts ask for."""
    spelling: dict[str, str] = {}
    for request in requests:
        other = spelling.setdefault(file_key(request.path), request.path)
        if other != request.path:
            message = f"'{request.path}' and '{other}' are one file on many computers"
            yield _problem(request, "same-name", message, "rename one of the two pictures")
        try:
            size = _size(content, request.path)
        except _Refused as refused:
            yield _problem(request, refused.code, refused.message, refused.hint)
        else:
            if size > HEAVY:
                hint = (
                    "make it smaller, at most 1200 pixels wide: a phone on a bad line waits for it"
                )
                message = f"'{request.path}' has {size:,} bytes"
                yield _problem(request, "heavy-picture", message, hint, Severity.WARNING)


def picture_documents(content: Path, paths: Iterable[str]) -> Iterator[Document]:
    """Yield pictures as documents of the site; `paths` are below content, and were checked."""
    for path in paths:
        yield Document(f"{MEDIA}/{path}", (content / path).read_bytes())


def _problem(
    request: PictureRequest, code: str, message: str, hint: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(
        path=request.asked_by,
        line=request.link.line,
        column=request.link.column,
        severity=severity,
        code=code,
        message=message,
        hint=hint,
    )


def _size(content: Path, path: str) -> int:
    """Return the bytes of a picture that may be published; raise _Refused for any other."""
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
        picture = _is_picture(real)
    except (OSError, ValueError) as error:
        raise missing from error
    if not picture:
        hint = "save it again as a picture, with 'export' in the program that made it"
        raise _Refused("bad-picture", f"there is no picture inside '{path}'", hint)
    if size > LARGEST:
        hint = "make it smaller: 1200 pixels wide is enough"
        raise _Refused("heavy-picture", f"'{path}' has {size:,} bytes, too many to publish", hint)
    return size


def _spelled(content: Path, path: str) -> bool:
    """Return whether every folder and the file are written as the disk has them, capitals too."""
    folder = content
    for part in PurePosixPath(path).parts:
        if part not in {entry.name for entry in folder.iterdir()}:
            return False
        folder /= part
    return True


_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")


def _is_picture(file: Path) -> bool:
    """Return whether a file starts like a PNG, JPEG, GIF, WebP or AVIF picture."""
    with file.open("rb") as opened:
        start = opened.read(32)
    webp = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    return webp or start.startswith(_SIGNATURES) or start[4:12] in {b"ftypavif", b"ftypavis"}
