"""Owns the nodes that YAML text becomes: texts, lists and records, each with its place.

A file has hundreds of texts: they are named tuples, which take the least time to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from generator.base.position import Position


class Scalar(NamedTuple):
    """A text as typed; `plain` when it stood without quotes and was no block of text.

    `remark` is what follows after one space and a `#`: a remark, or the rest of the text.
    """

    value: str
    position: Position
    plain: bool
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list in the order of the file."""

    items: tuple[Node, ...]
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Fields in the order of the file; no two keys are equal."""

    pairs: tuple[tuple[Scalar, Node], ...]
    position: Position


Node: TypeAlias = Scalar | Sequence | Mapping
