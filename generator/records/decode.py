"""Owns the bytes of a file turned into text, where their meaning is certain."""

from __future__ import annotations

import codecs
import re

from generator.base.problem import Problem, Severity
from generator.yaml_nodes.characters import MOST_LINES, replace_illegible
from generator.yaml_nodes.suggested_fixes import quote_for_author

_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_WIDEST = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SAVE = "save the file as UTF-8"
_WORD = 40
_ACCENTED = re.compile(r"(?=.*[A-Za-z]|$)\w*")
"""A word with a letter of ASCII, or none at all: Arabic taken for Latin has no such letter."""


def decode(content: bytes, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of a file, its lines ended by newlines, or why there is none.

    UTF-16 that says so is read, with a note. Text with a stray control character is returned too,
    with U+FFFD in its place, beside the error; a file full of them is none.
    """
    if content.startswith(_WIDEST):
        message = "the file is in UTF-32, which is not read"
        return None, (Problem(path=path, code="encoding", message=message, hint=_SAVE),)
    encoding = _WIDE.get(content[:2], "utf-8")
    notes = () if encoding == "utf-8" else (_wide(path),)
    plain = content[2:] if notes else content.removeprefix(codecs.BOM_UTF8)
    try:
        text = plain.decode(encoding)
    except UnicodeDecodeError as error:
        return None, (_undecodable(plain, error, path),)
    if "\0" in text and not notes and _looks_wide(plain):
        message = "this looks like UTF-16, which cannot be read with certainty here"
        return None, (Problem(path=path, code="encoding", message=message, hint=_SAVE),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    clean, problems = replace_illegible(text, path=path)
    readable = "\0" not in text and len(problems) < MOST_LINES
    return clean if readable else None, (*notes, *problems)


def _wide(path: str) -> Problem:
    return Problem(
        path=path,
        severity=Severity.NOTE,
        code="encoding",
        message="the file is in UTF-16; it was read",
        hint=_SAVE,
    )


def _looks_wide(content: bytes) -> bool:
    """Tell whether every other byte is mostly zero, as in Latin text in UTF-16."""
    half = max(len(content) // 2, 1)
    return max(content[0::2].count(0), content[1::2].count(0)) > half // 2


def _undecodable(content: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    before = content[: error.start].decode(error.encoding, errors="replace")
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    if error.encoding != "utf-8":
        message, hint = "the UTF-16 of the file breaks off here", _SAVE
    elif _looks_wide(content):
        message, hint = "this looks like UTF-16, which cannot be read with certainty here", _SAVE
    else:
        message, hint = (
            f"the byte {content[error.start]:02X} is not UTF-8",
            _guess(before, content[error.start : error.start + _WORD]),
        )
    return Problem(
        path=path,
        line=before.count("\n") + 1,
        column=len(before) - before.rfind("\n"),
        code="encoding",
        message=message,
        hint=hint,
    )


def _guess(before: str, content: bytes) -> str:
    """Return the remedy, with the word as it reads in the encoding of older Windows programs."""
    try:
        after = re.match(r"\w*", content.decode("cp1252"))
    except UnicodeDecodeError:
        return _SAVE
    start = re.search(r"\w*$", before[-_WORD:])
    word = (start[0] if start else "") + (after[0] if after else "")
    if not _ACCENTED.fullmatch(word):
        return _SAVE
    reading = f", where this word reads {quote_for_author(word)}" if word else ""
    return f"{_SAVE}; it looks like Windows-1252{reading}"
