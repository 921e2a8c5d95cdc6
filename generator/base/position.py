"""`Position`: a line and a column of a file, both counted from 1."""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a file; `line` and `column` are counted from 1, columns in characters.

    A file has hundreds of them: a named tuple takes the least time to make.
    """

    line: int
    column: int
