"""The front matter of a file, split from its body, and what is wrong where it cannot be split."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.base.problem import Problem
from generator.records.read_file import SourceText
from generator.yaml_nodes.characters import unhidden
from generator.yaml_nodes.suggested_fixes import quote_for_author

_FENCE = re.compile(r"---[ \t]*")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")
_CLOSING_MARKS = ("---", "...")
_FIELD = re.compile(r"[ \t-]|[^\s:]+[ \t]*:([ \t]|$)")
_LIKE_FENCE = re.compile(r"[ \t]*[-\u2010-\u2015\u2212+=_~*]{1,5}[ \t]*")
_CODE_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_TOP_FIELD = re.compile(r"([a-z_][a-z0-9_-]*):(?:\s|$)")
_SHARED = 2
"""So many fields in common make fields after a text those of another record."""

_HEADING = re.compile(r"#{1,6} ")

_START_HINT = "start it with a line '---', the fields, and another line '---'"
_FENCE_HINT = "three hyphens: ---; some programs change them"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The YAML of a file and its body, each with the line of the file on which it starts."""

    text: str
    first_line: int
    body: str
    body_line: int


def split_front_matter(source: SourceText) -> tuple[FrontMatter | None, tuple[Problem, ...]]:
    """Return the front matter and body of a case file, or None and why they cannot be told apart.

    Blank lines before the first `---` are allowed, and `...` closes as YAML has it.
    """
    lines = source.text.split("\n")
    opening = next((i for i, line in enumerate(lines) if line.strip()), None)
    if opening is None:
        return None, (_empty_file(source.path),)
    if not _FENCE.fullmatch(lines[opening].lstrip(" \t")):
        if _FENCE.fullmatch(unhidden(lines[opening])):
            return None, (_odd_fence(source.path, opening),)
        return None, (_no_front_matter(source.path, opening, lines[opening]),)
    closing = _next_closing(lines, opening + 1)
    # a line of a text after the fields may be `---` too: then only what is unlike it to YAML counts
    places = range(opening + 1, len(lines) if closing is None else closing)
    with_hyphens = (i for i in places if "---" in lines[i])
    odd = next((i for i in with_hyphens if _is_odd_fence(lines[i], closing)), None)
    if odd is not None:
        return None, (_odd_fence(source.path, odd),)
    if closing is None:
        return None, (_unclosed(source.path, opening, lines),)
    front = FrontMatter(
        text="\n".join([*lines[opening + 1 : closing], ""]),
        first_line=opening + 2,
        body="\n".join(lines[closing + 1 :]),
        body_line=closing + 2,
    )
    second = _second_record(lines, opening, closing)
    return front, () if second is None else (_two_records(source.path, second),)


def _next_closing(lines: list[str], start: int) -> int | None:
    """Return the next line, from 0, that closes front matter, or None."""
    marked = (i for i in range(start, len(lines)) if lines[i].startswith(_CLOSING_MARKS))
    return next((i for i in marked if _CLOSING.fullmatch(lines[i])), None)


def _second_record(lines: list[str], opening: int, closing: int) -> int | None:
    """Return the line, from 0, of a second fence that fields of the first follow, or None.

    A text may show front matter in a block of code: what stands between two fences of it is left.
    """
    known: set[str] = set()
    in_code = False
    has_fence = "---" in map(str.rstrip, lines[closing + 1 :])
    for i in range(closing + 1, len(lines) if has_fence else 0):
        if _CODE_FENCE.match(lines[i]):
            in_code = not in_code
        elif not in_code and lines[i].rstrip() == "---":
            known = known or _field_names(lines, opening + 1, closing)
            end = _next_closing(lines, i + 1)
            if end is None:
                return None
            if len(known & _field_names(lines, i + 1, end)) >= _SHARED:
                return i
    return None


def _field_names(lines: list[str], start: int, end: int) -> set[str]:
    """Return the names at the starts of some lines, none where another line stands among them."""
    return {match[1] for line in lines[start:end] if (match := _TOP_FIELD.match(line))}


def _two_records(path: str, index: int) -> Problem:
    return Problem(
        path=path,
        line=index + 1,
        code="two-records",
        message="a second record starts at this '---'",
        hint="move it, from this line on, to a file of its own",
    )


def _empty_file(path: str) -> Problem:
    return Problem(path=path, code="empty-file", message="the file is empty", hint=_START_HINT)


def _no_front_matter(path: str, index: int, line: str) -> Problem:
    return Problem(
        path=path,
        line=index + 1,
        code="no-front-matter",
        message=f"the file starts with {quote_for_author(line)} and not with '---'",
        hint=_FENCE_HINT if _LIKE_FENCE.fullmatch(line) else _START_HINT,
    )


def _is_odd_fence(line: str, closing: int | None) -> bool:
    """Tell whether a line that has `---` is that but for what nobody sees, or spaces before it.

    Where a second fence was found, spaces are left: such a line may belong to a long text.
    """
    if closing is not None and line.isascii():
        return False
    return bool(_FENCE.fullmatch(unhidden(line))) and not line.startswith("    ")


def _odd_fence(path: str, index: int) -> Problem:
    return Problem(
        path=path,
        line=index + 1,
        code="odd-fence",
        message="this '---' has a space before it, or a character that cannot be seen",
        hint="delete the line and type three hyphens: ---",
    )


def _unclosed(path: str, opening: int, lines: list[str]) -> Problem:
    """Return the problem of a missing second fence, with the line where it belongs.

    Word processors turn `---` into a dash or a rule. A line that looks like one is named first.
    """
    body = _likely_body(lines, opening)
    changed = next((i for i in range(opening + 1, len(lines)) if _is_changed_fence(lines[i])), None)
    place = f"before line {body + 1}, where the text seems to start" if body else "after the fields"
    return Problem(
        path=path,
        line=opening + 1,
        code="unclosed-front-matter",
        message="the fields that start after this '---' have no second '---' after them",
        hint=f"line {changed + 1}: {_FENCE_HINT}" if changed else f"add a line '---' {place}",
    )


def _is_changed_fence(line: str) -> bool:
    """Tell whether a line may once have been `---`, and is no list or rule of Markdown."""
    return bool(_LIKE_FENCE.fullmatch(line)) and line.strip() not in {"-", "*", "+", "***", "___"}


def _likely_body(lines: list[str], opening: int) -> int | None:
    """Return the first blank line or heading after which no field follows, counted from 0."""
    body, following = None, ""
    for i in range(len(lines) - 1, opening, -1):
        if lines[i].strip() and not _HEADING.match(lines[i]):
            following = lines[i]
        elif following and not _FIELD.match(following):
            body = i
    return body
