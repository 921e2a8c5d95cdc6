"""The bytes of a file decoded to text, where their encoding is certain.

Nothing is guessed: a file in an older encoding is refused, with the word that shows it to its
author. A wrong guess would publish a wrong letter in somebody's name.
"""

from __future__ import annotations

import codecs
import re

from generator.base.problem import Problem, Severity
from generator.records.other_programs import other_program_problem
from generator.yaml_nodes.characters import MOST_LINES, replace_illegible
from generator.yaml_nodes.suggested_fixes import quote_for_author

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SAVE = "save the file as UTF-8"
_LONGEST_WORD = 40
"""A remedy quotes the bad word, and no more than this many characters on either side."""

_LATIN_WORD = re.compile(r"(?=.*[A-Za-z]|$)\w*")
"""A word with a letter of ASCII, or no word: Arabic taken for Latin has no such letter."""


def decode(content: bytes, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of a file, its lines ended by newlines, or None and why.

    UTF-16 with a byte-order mark is read, with a note. Text with a stray control character is
    returned beside the error, with U+FFFD in its place; a file full of them has no text.
    """
    if foreign := other_program_problem(content, path):
        return None, (foreign,)
    if content.startswith(_UTF32):
        message = "the file is in UTF-32, which is not read"
        return None, (Problem(path=path, code="encoding", message=message, hint=_SAVE),)
    encoding = _UTF16.get(content[:2], "utf-8")
    notes = () if encoding == "utf-8" else (_utf16_note(path),)
    plain = content[2:] if notes else content.removeprefix(codecs.BOM_UTF8)
    try:
        text = plain.decode(encoding)
    except UnicodeDecodeError as error:
        return None, (_undecodable(plain, error, path),)
    if "\0" in text and not notes and _looks_like_utf16(plain):
        message = "this looks like UTF-16, which cannot be read with certainty here"
        return None, (Problem(path=path, code="encoding", message=message, hint=_SAVE),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    clean, problems = replace_illegible(text, path=path)
    readable = "\0" not in text and len(problems) < MOST_LINES
    return clean if readable else None, (*notes, *problems)


def _utf16_note(path: str) -> Problem:
    return Problem(
        path=path,
        severity=Severity.NOTE,
        code="encoding",
        message="the file is in UTF-16; it was read",
        hint=_SAVE,
    )


def _looks_like_utf16(content: bytes) -> bool:
    """Tell whether every other byte is mostly zero, as in Latin text in UTF-16."""
    half = max(len(content) // 2, 1)
    return max(content[0::2].count(0), content[1::2].count(0)) > half // 2


def _undecodable(content: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    before = content[: error.start].decode(error.encoding, errors="replace")
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    if error.encoding != "utf-8":
        message, hint = "the UTF-16 of the file breaks off here", _SAVE
    elif _looks_like_utf16(content):
        message, hint = "this looks like UTF-16, which cannot be read with certainty here", _SAVE
    else:
        message, hint = (
            f"the byte {content[error.start]:02X} is not UTF-8",
            _windows_remedy(before, content[error.start : error.start + _LONGEST_WORD]),
        )
    return Problem(
        path=path,
        line=before.count("\n") + 1,
        column=len(before) - before.rfind("\n"),
        code="encoding",
        message=message,
        hint=hint,
    )


def _windows_remedy(before: str, content: bytes) -> str:
    """Return the remedy, with the word as it reads in the encoding of older Windows programs."""
    try:
        after = re.match(r"\w*", content.decode("cp1252"))
    except UnicodeDecodeError:
        return _SAVE
    start = re.search(r"\w*$", before[-_LONGEST_WORD:])
    word = (start[0] if start else "") + (after[0] if after else "")
    if not _LATIN_WORD.fullmatch(word):
        return _SAVE
    reading = f", where this word reads {quote_for_author(word)}" if word else ""
    return f"{_SAVE}; it looks like Windows-1252{reading}"
