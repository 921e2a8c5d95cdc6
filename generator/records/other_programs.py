"""Files of other programs under the name of a text: what they are, and how to save them as text.

Somebody renamed a Word file so that it ends in `.md`. A file is known by its first bytes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.base.problem import Problem

_START = 4096
"""So many bytes tell what a file is; an archive names its first entries in them."""

_SAVE_AS_TEXT = "open it there and save it as plain text in UTF-8"
_WORD = "in Word choose 'Save As', then 'Plain Text (*.txt)' and the encoding UTF-8"
_WRITER = "in LibreOffice choose 'Save As', then 'Text (.txt)' in UTF-8"
_COPY = "open it, copy its words and paste them"
_RENAME = "; then rename that file so that it ends in .md"
_PICTURE = "give it back its own ending, and write the case in a text file"


class _Format(NamedTuple):
    """A kind of file: what it begins with, what it is, how to make text of it."""

    start: re.Pattern[bytes]
    name: str
    remedy: str


def _format(start: bytes, name: str, remedy: str) -> _Format:
    return _Format(re.compile(start, re.DOTALL | re.IGNORECASE), name, remedy)


_ZIP = rb"PK\x03\x04"
_FORMATS = (
    _format(_ZIP + rb".{,60}mimetypeapplication/vnd\.oasis\.opendocument\.text",
        "a LibreOffice (ODT) file", _WRITER + _RENAME),
    _format(_ZIP + rb".*word/", "a Word (DOCX) file", _WORD + _RENAME),
    _format(_ZIP + rb".*xl/", "an Excel file", f"{_COPY} into a text file"),
    _format(_ZIP + rb".*ppt/", "a PowerPoint file", f"{_COPY} into a text file"),
    _format(_ZIP + rb".*Index/", "a Pages file",
        "in Pages choose 'Export To', then 'Plain Text'" + _RENAME),
    _format(_ZIP + rb".*\[Content_Types\]\.xml", "a Word or other Office file", _WORD + _RENAME),
    _format(_ZIP, "an archive (ZIP) or a file of an office program", _SAVE_AS_TEXT + _RENAME),
    _format(rb"\xd0\xcf\x11\xe0", "an old Word (DOC) or other Office file", _WORD + _RENAME),
    _format(rb"\s*\{\\rtf", "a rich text (RTF) file, as WordPad, TextEdit and Word save it",
        "in the program choose 'Save As' or 'Make Plain Text', then plain text in UTF-8" + _RENAME),
    _format(rb"%PDF-", "a PDF file", f"{_COPY} into a text file"),
    _format(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{,500}?-->\s*)?<(?:!doctype\s+html|html[\s>])",
        "a web page (HTML)", f"{_COPY} into a text file"),
    _format(rb"\s*<\?xml.{,300}(?:w:wordDocument|office:document)",
        "a Word or LibreOffice XML file", _WORD + _RENAME),
    _format(rb"MIME-Version:|From: <Saved by|bplist00", "a saved web page",
        f"{_COPY} into a text file"),
    _format(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|.{4}ftyp(?:heic|mif1|avif)",
        "a picture", _PICTURE),
    _format(rb"\x1f\x8b|7z\xbc\xaf|Rar!", "a packed archive", "unpack it"),
)  # fmt: skip
"""The first that fits counts."""


def other_program_problem(content: bytes, path: str) -> Problem | None:
    """Return the problem of a file that another program has written in its own form, or None."""
    start = content[:_START].removeprefix(b"\xef\xbb\xbf")
    for each in _FORMATS:
        if each.start.match(start):
            message = f"this is {each.name}, not plain text"
            return Problem(path=path, code="not-text", message=message, hint=each.remedy)
    return None
