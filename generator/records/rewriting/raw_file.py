"""The bytes of a record's file, cut into what stands before its fields, the fields, and the rest.

The rest is the second fence and the body: it is put back byte for byte.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from generator.base.problem import Problem, errors
from generator.records.decode import decode
from generator.records.front_matter import split_front_matter
from generator.records.read_file import SourceText

MOST_CHARACTERS: Final = 100_000
"""Longer fields are not rewritten: it would take many seconds. Records have up to 20,000."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = re.compile("(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """A file in three parts; `fields` have newlines for line ends, and `first_line` is theirs."""

    content: bytes
    text: str
    before: bytes
    fields: str
    first_line: int
    after: bytes
    encoding: str
    line_ends: tuple[str, ...]

    def with_fields(self, fields: str) -> bytes:
        """Return the bytes of the file with other fields, their lines ended as before.

        Where lines were added or taken away, all get the line end that most of them had.
        """
        lines = fields.split("\n")
        ends = self.line_ends
        if len(lines) != len(ends) + 1:
            usual = Counter(ends).most_common(1)[0][0] if ends else "\n"
            ends = (usual,) * (len(lines) - 1)
        text = "".join(line + end for line, end in zip(lines, (*ends, ""), strict=True))
        return self.before + text.encode(self.encoding) + self.after


def raw_file(content: bytes, path: str) -> tuple[RawFile | None, tuple[Problem, ...]]:
    """Return the parts of a file, or None and why they cannot be told."""
    text, problems = decode(content, path)
    if text is None or errors(problems):
        return None, errors(problems)
    front, problems = split_front_matter(SourceText(path, text))
    if front is None:
        return None, problems
    if len(front.text) > MOST_CHARACTERS:
        return None, (_too_long(path, front.first_line),)
    mark, encoding = next(
        ((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", "utf-8")
    )
    parts = _LINE_END.split(content[len(mark) :].decode(encoding))
    start, end = 2 * (front.first_line - 1), 2 * (front.body_line - 2)
    return RawFile(
        content=content,
        text=text,
        before=mark + "".join(parts[:start]).encode(encoding),
        fields=front.text,
        first_line=front.first_line,
        after="".join(parts[end:]).encode(encoding),
        encoding=encoding,
        line_ends=tuple(parts[start + 1 : end : 2]),
    ), ()


def _too_long(path: str, line: int) -> Problem:
    message = f"the fields are longer than {MOST_CHARACTERS:,} characters, so they stay as typed"
    hint = "move what is long into the text below the fields"
    return Problem(path=path, line=line, code="too-long", message=message, hint=hint)
