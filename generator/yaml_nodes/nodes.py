"""The nodes that YAML text becomes, each with its position: `Scalar`, `Sequence`, `Mapping`.

A file has hundreds of them: they are named tuples, which take the least time to make.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from generator.base.position import Position

DEEPEST: Final = 64
"""So many sequences and mappings may be nested in each other."""

MOST_NODES: Final = 100_000
"""So many nodes may be in one file, an alias counted as all the nodes that it repeats."""


class Scalar(NamedTuple):
    """A text as typed; `plain` means without quotes and not a block (`|` or `>`).

    `comment` is what follows after one space and a `#`: a real comment, or the rest of the text.
    """

    value: str
    position: Position
    plain: bool
    comment: str = ""


class Sequence(NamedTuple):
    """A list, in the order of the file."""

    items: tuple[Node, ...]
    position: Position


class Mapping(NamedTuple):
    """Fields with their values, in the order of the file; no two keys are equal."""

    pairs: tuple[tuple[Scalar, Node], ...]
    position: Position


Node: TypeAlias = Scalar | Sequence | Mapping
