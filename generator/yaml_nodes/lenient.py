"""What libyaml refuses though YAML 1.2 allows it: blank lines with tabs, JSON's pairs of escapes.

Both are exchanged, character for character, before libyaml reads: every line and column stays.
"""

from __future__ import annotations

import re

_BLANK_WITH_TAB = re.compile(r"^ *+\t[ \t]*+$", re.MULTILINE)
_COMMENT_WITH_TAB = re.compile(r"^ *+\t[ \t]*+#", re.MULTILINE)
_BLOCK_START = re.compile(r"(?:^|.*[:?-])[ \t]+(?:[&!]\S*[ \t]+)?[|>][-+0-9]{0,2}[ \t]*(?:#.*)?")

# JSON writes a character beyond U+FFFF as two escapes, `\ud83d\ude0d`; libyaml refuses each half.
# Each half becomes one of a private character, of the same length, and the two are joined in
# what libyaml returns. Three ranges of private characters are large enough; one is taken that the
# text does not use.
_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*+)"  # a backslash that is escaped itself escapes nothing
    r"\\u([dD])([89abAB])([0-9a-fA-F]{2})\\u([dD])([c-fC-F])([0-9a-fA-F]{2})"
)
_RANGES = (0xE000, 0xE800, 0xF000)
_SIZE = 0x800
_SURROGATES = 0xD800


def without_tabs(text: str) -> str:
    """Return `text` with spaces for the tabs of lines that hold nothing, or only a comment.

    A comment stays as it is where it may be a line of a block (`|`).
    """
    if "\t" not in text:
        return text
    text = _BLANK_WITH_TAB.sub(lambda match: " " * len(match[0]), text)
    if not _COMMENT_WITH_TAB.search(text):
        return text
    return "\n".join(_comments_by_spaces(text.split("\n")))


def _comments_by_spaces(lines: list[str]) -> list[str]:
    """Return lines with spaces before each comment that is outside any block."""
    block = -1  # the indentation of the line that started a block; -1 outside
    fixed = []
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if match := _COMMENT_WITH_TAB.match(line):
            if block < 0:
                start = match.end() - 1
                line = " " * start + line[start:]  # noqa: PLW2901 - it is the same line
        elif line.strip() and indent <= block:
            block = -1
        if block < 0 and _BLOCK_START.fullmatch(line):
            block = indent
        fixed.append(line)
    return fixed


class JsonPairs:
    """The pairs of escapes of one text, hidden from libyaml and shown again."""

    def __init__(self, text: str) -> None:
        """Choose a range of private characters that `text` does not use, where one is needed."""
        self._start = 0
        if "\\u" in text and _PAIR.search(text):
            self._start = next((start for start in _RANGES if _is_free(start, text)), 0)
        last = f"{self._start + _SIZE - 1:04x}"
        self._private = f"{chr(self._start)}-{chr(self._start + _SIZE - 1)}"
        self._hidden = re.compile(rf"\\u([{last[0]}{last[0].upper()}][0-9a-fA-F]{{3}})")

    def __bool__(self) -> bool:
        """Tell whether anything is hidden."""
        return bool(self._start)

    def hide(self, text: str) -> str:
        """Return a text whose pairs libyaml reads."""
        return _PAIR.sub(self._hide, text) if self else text

    def show(self, text: str) -> str:
        """Return what libyaml returned, or a quotation of it, as it was typed or meant."""
        if not self:
            return text
        text = self._hidden.sub(self._typed, text)
        halves = re.sub(f"[{self._private}]", self._half, text)
        return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _hide(self, match: re.Match[str]) -> str:
        high, low = (int("".join(half), 16) for half in (match.groups()[1:4], match.groups()[4:]))
        return match[1] + "".join(
            self._escape(code - _SURROGATES + self._start, upper=letter == "D")
            for code, letter in ((high, match[2]), (low, match[5]))
        )

    def _typed(self, match: re.Match[str]) -> str:
        code = int(match[1], 16) - self._start
        if not 0 <= code < _SIZE:
            return match[0]
        return self._escape(code + _SURROGATES, upper=match[1][0].isupper())

    def _half(self, match: re.Match[str]) -> str:
        return chr(ord(match[0]) - self._start + _SURROGATES)

    @staticmethod
    def _escape(code: int, *, upper: bool) -> str:
        return f"\\u{code:04X}" if upper else f"\\u{code:04x}"


def _is_free(start: int, text: str) -> bool:
    """Tell whether a text holds no character of a range, nor an escape that means one."""
    if re.search(f"[{chr(start)}-{chr(start + _SIZE - 1)}]", text):
        return False
    escapes = re.findall(r"\\u([0-9a-fA-F]{4})|\\U0000([0-9a-fA-F]{4})", text)
    return not any(start <= int(a or b, 16) < start + _SIZE for a, b in escapes)
