"""Tabs at the start of lines, exchanged for spaces where that can mean one thing alone."""

from __future__ import annotations

import re

from generator import yaml_nodes
from generator.model.declaration import Plain, plain_value
from generator.yaml_nodes.diagnoses import TAB

_WIDTHS = (2, 4, 8)
_START = re.compile(r"[ \t]*")
_MOST = 200
"""A file with so many lines to mend is no record."""


def spaces_for_tabs(text: str, path: str) -> tuple[str, tuple[int, ...]]:
    """Return a text with spaces for the tabs that YAML refuses, and the numbers of those lines.

    Each tab may stand for two, four or eight columns. If one of these is readable, or several are
    and say the same, the text is mended; else it is as it was, without numbers.
    """
    widths = _WIDTHS if "\t" in text else ()
    readings = [reading for width in widths if (reading := _with_width(text, path, width))]
    if not readings or any(value != readings[0][2] for _, _, value in readings):
        return text, ()
    return readings[0][:2]


def _with_width(text: str, path: str, width: int) -> tuple[str, tuple[int, ...], Plain] | None:
    """Return a text with tabs of a width, the lines changed, and what it says; None if unreadable.

    Only the lines that YAML stops at are changed: in a text of several lines tabs are its own.
    """
    lines = text.split("\n")
    numbers: list[int] = []
    for _ in range(_MOST):
        composed = yaml_nodes.compose("\n".join(lines), path=path)
        wrong = sorted({p.line for p in composed.problems if p.code == TAB.code} - {*numbers})
        if not wrong:
            break
        for number in wrong:
            start = _START.match(lines[number - 1])
            tabbed = start[0] if start else ""
            if "\t" not in tabbed:
                return None
            lines[number - 1] = tabbed.replace("\t", " " * width) + lines[number - 1][len(tabbed) :]
        numbers += wrong
    unreadable = composed.node is None or any(p.severity == "error" for p in composed.problems)
    if unreadable or not numbers or composed.node is None:
        return None
    return "\n".join(lines), tuple(sorted(numbers)), plain_value(composed.node)
