"""`DataFile`, what every format yields, made of named parts; and how values become JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="number")
"""Writes a `Decimal` as the number it is, in the digits that were typed."""

PIECE = 100_000
"""A file is yielded in pieces of at least so many bytes, but for the last."""


class Content(NamedTuple):
    """The bytes of a part, and how many rows of its file are in them."""

    content: bytes
    rows: int = 0


CASE = "case"
"""The kind of a part that is about one case: each is a row."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a data file: its name, and a function that returns its content, perhaps none.

    No other part of the file has the name, and the same thing has it in each build: `case/hill`,
    `facet/countries`, `head`. After `case/` comes the id of the only case that the part is about.
    The bytes never depend on which parts stand beside it.
    """

    name: str
    make: Callable[[], Content]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A data file: its path in the site, what it holds in words, its parts in order.

    The file is the bytes of its parts, joined, with nothing between. A part that did not change
    since the last build can be taken from the old file. `has_rows` tells whether rows are counted,
    `for_programs` that only programs read the file: the copy to take along does without.
    """

    path: str
    what: str
    parts: Sequence[Part]
    has_rows: bool = True
    for_programs: bool = False


def joined(contents: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces of at least `PIECE` bytes, but for the last."""
    waiting: list[bytes] = []
    size = 0
    for content in contents:
        waiting.append(content)
        size += len(content)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    if waiting:
        yield b"".join(waiting)


def json_line(value: object) -> bytes:
    """Return a value as JSON in one line, without blanks between its parts."""
    return _ENCODER.encode(value)


def json_bytes(value: object) -> bytes:
    """Return a value as indented JSON."""
    return msgspec.json.format(_ENCODER.encode(value), indent=1) + b"\n"


def json_items(kind: str, names: Iterable[str], value: Callable[[str], object]) -> Iterator[Part]:
    """Yield a part for each item of a JSON list, a line each; the brackets are for the caller.

    `names` are those of the items, such as ids; `value` returns the value of one. A part is named
    by the kind and the item: `case/hill`.

    In JSON a comma stands before each item but the first. So that the bytes under a name do not
    depend on what stands before, the first item has a name of its own: `case/hill/first`.
    """
    for number, name in enumerate(names):
        if number:
            yield Part(f"{kind}/{name}", partial(_item, kind, b",\n", name, value))
        else:
            yield Part(f"{kind}/{name}/first", partial(_item, kind, b"\n", name, value))


def _item(kind: str, before: bytes, name: str, value: Callable[[str], object]) -> Content:
    return Content(before + json_line(value(name)), rows=int(kind == CASE))
