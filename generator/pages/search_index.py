"""The index of the search: files that a browser loads as scripts, a few for each query.

    assets/search/index.js      what there is, and with which word each shard begins
    assets/search/s<n>.js       a shard: words in a row, each with the cases that have it
    assets/search/words.js      every word, front-coded, for typing errors
    assets/search/text/<id>.js  the sentences of a case, from which the one that matched is shown

Each is `casebook.<name>(…)` with one value of JSON. Nothing else may be loaded from a folder, since
a page there may not read a file. docs/decisions/0024 has the forms.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from typing import Final

from generator.library import address
from generator.library.library import Library
from generator.pages.case_numbers import numbered_cases
from generator.pages.case_text import case_rows
from generator.pages.page import SiteContext
from generator.pages.search_entries import PARTS
from generator.pages.search_words import PackedWords

FOLDER: Final = "assets/search/"
INDEX: Final = f"{FOLDER}index.js"
WORDS: Final = f"{FOLDER}words.js"
TEXTS: Final = f"{FOLDER}text/"

FORMAT: Final = 1
"""The version of the form; it changes when an older script would misread the new one."""

SHARD_SIZE: Final = 30_000
"""A shard has at most so many bytes, unless one word alone has more."""

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
"""The digits of numbers in an index; from the 32nd on, another digit follows."""

_MOST_SHARED: Final = 31
_CASE_BITS: Final = 32
_VALUES: Final = {digit: value for value, digit in enumerate(DIGITS)}
_LAST_DIGITS: Final = DIGITS[: _MOST_SHARED + 1].encode()

Rows = Mapping[str, str]
"""By word, in the order of the index, the cases that have it, as a shard has them."""


def index_rows(words_of_cases: Iterable[PackedWords]) -> Rows:
    """Return the rows of all words that cases say, in the order of their numbers."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(words_of_cases):
        for word, value in _values(number, words):
            postings[word].append(value)
    return _in_order({word: _packed(values) for word, values in postings.items()})


def amended_rows(rows: Rows, edits: Iterable[tuple[int, PackedWords, PackedWords]]) -> Rows:
    """Return the rows after some edits: of each the number of a case, its words before and after.

    They are the rows that `index_rows` would return.
    """
    changed: defaultdict[str, set[int]] = defaultdict(set)
    for number, before, after in edits:
        for word, value in {*_values(number, before)} ^ {*_values(number, after)}:
            changed[word] ^= {value}
    amended = dict(rows)
    for word, values in changed.items():
        if mine := values.symmetric_difference(_unpacked(amended.pop(word, ""))):
            amended[word] = _packed(list(mine))
    return _in_order(amended)


def rows_of_shard(content: bytes) -> Rows:
    """Return the rows of the file of a shard."""
    text = json.loads(content[content.index(b"(") + 1 : content.rindex(b")")])[1]
    return dict(row.split("=") for row in text.split(" "))


def index_files(library: Library, rows: Rows, *, bodies: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each file that is made of the rows of all words."""
    ids = numbered_cases(library)
    shards = list(_shards([(word, f"{word}={row}") for word, row in rows.items()]))
    versions: list[str] = []
    for number, shard in enumerate(shards):
        content = script("searchShard", [number, " ".join(row for _, row in shard)])
        versions.append(blake2b(content, digest_size=4).hexdigest())
        yield f"{FOLDER}s{number}.js", content
    words = script("searchWords", _front_coded(rows))
    yield WORDS, words
    index = {
        "format": FORMAT,
        "n": len(ids),
        "fields": PARTS,
        "starts": [shard[0][0] for shard in shards],
        "versions": versions,
        "words": blake2b(words, digest_size=4).hexdigest(),
        "texts": [text_name(library, id_) for id_ in ids] if bodies else [],
    }
    yield INDEX, script("searchIndex", index)


def case_text(ctx: SiteContext, id_: str) -> bytes:
    """Return the file of what a case says, in the rows of `case_text`."""
    return script("searchText", [text_name(ctx.library, id_), [*case_rows(ctx, id_)]])


def text_name(library: Library, id_: str) -> str:
    """Return the name of the file of a case's sentences, which is that of its page."""
    return address.case(library, id_).rpartition("/")[2].removesuffix(".html")


def script(name: str, value: object) -> bytes:
    """Return a script that hands a value to a function of casebook."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Both end a line in the scripts of older browsers, though not in JSON.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"casebook.{name}({text});\n".encode()


def _values(number: int, words: PackedWords) -> Iterator[tuple[str, int]]:
    """Yield each word of a case, with the number of the case and the code of the word before."""
    for code, same in words:
        value = code << _CASE_BITS | number
        for word in same.split(" "):
            yield word, value


def _in_order(rows: Rows) -> Rows:
    # A script compares texts by halves of surrogate pairs, so the order is that of UTF-16.
    return {word: rows[word] for word in sorted(rows, key=_by_units)}


def _by_units(word: str) -> bytes:
    return word.encode("utf-16-be")


def _packed(values: list[int]) -> str:
    """Return the cases of a word: for each code its parts, its weight, then the gaps of numbers."""
    if len(values) == 1:
        return _group(values[0] >> _CASE_BITS, values)
    groups = groupby(sorted(values), key=lambda value: value >> _CASE_BITS)
    return ".".join(_group(code, same) for code, same in groups)


def _group(code: int, values: Iterable[int]) -> str:
    text, last = DIGITS[code >> 2] + DIGITS[code & 3], -1
    for value in values:
        number = value & (1 << _CASE_BITS) - 1
        text += _varint(number - last)
        last = number
    return text


def _unpacked(row: str) -> Iterator[int]:
    """Yield the cases of a word as they were packed."""
    for group in row.split(".") if row else ():
        code, number = _VALUES[group[0]] << 2 | _VALUES[group[1]], -1
        gap = shift = 0
        for digit in map(_VALUES.__getitem__, group[2:]):
            gap |= (digit & _MOST_SHARED) << shift
            shift += 5
            if digit <= _MOST_SHARED:
                number += gap
                yield code << _CASE_BITS | number
                gap = shift = 0


def _cases_in(row: str) -> int:
    """Return how many cases a word has: each ends with a digit after which no other follows."""
    ends = len(row) - len(row.encode().translate(None, _LAST_DIGITS))
    return ends - 2 * (row.count(".") + 1)


def _varint(number: int) -> str:
    """Return a number in digits of five bits, the lowest first."""
    text = ""
    while number > _MOST_SHARED:
        text += DIGITS[number & _MOST_SHARED | 32]
        number >>= 5
    return text + DIGITS[number]


Row = tuple[str, str]
"""A word, and how a shard has it."""


def _shards(rows: Sequence[Row], shared: int = 0) -> Iterator[list[Row]]:
    """Yield words in order, as many at a time as a shard has room for.

    All that begin with the same `shared` characters and one more stand in one shard if they can.
    So a shard ends where a letter changes, and an edit moves few words from one to another.
    """
    waiting: list[Row] = []
    room = SHARD_SIZE
    for _, same in groupby(rows, key=lambda row: row[0][: shared + 1]):
        group = list(same)
        size = sum(len(text.encode()) + 1 for _, text in group)
        if waiting and size > room:
            yield waiting
            waiting, room = [], SHARD_SIZE
        if size > SHARD_SIZE and len(group) > 1:
            yield from _shards(group, shared + 1)
            continue
        waiting += group
        room -= size
    if waiting:
        yield waiting


def _front_coded(rows: Rows) -> str:
    """Return all words in order: how much each shares with the last, how many have it, the rest.

    Of how many cases have it there is the power of two, rounded down.
    """
    words: list[str] = []
    last = ""
    for word, row in rows.items():
        shared = 0
        for ours, theirs in zip(word, last, strict=False):
            if ours != theirs or shared == _MOST_SHARED:
                break
            shared += 1
        many = _cases_in(row).bit_length() - 1
        words.append(DIGITS[shared] + DIGITS[many] + word[shared:])
        last = word
    return " ".join(words)
