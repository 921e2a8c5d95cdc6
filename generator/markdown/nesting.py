"""Which element may stand in which, where the parser of HTML allows more than its grammar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.markdown.tags import names

VOID = frozenset({"br", "hr", "img", "wbr"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE = names(
    "a abbr b br cite code del em i img ins kbd mark q s samp small span strong sub sup u var wbr"
)
HOLDS_INLINE = HEADINGS | (INLINE - VOID) | {"p", "pre", "summary"}
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "figcaption": {"figure"},
    "summary": {"details"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
}
"""Elements that stand only directly in one of these; elsewhere their text stays, without them."""

ROWS = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
"""Elements in which a browser leaves nothing but what `PARENTS` has there."""

IMPLIED = {"ul": "li", "ol": "li", "dl": "dd"}
"""What is opened when something else stands directly in one of these."""


class Open(NamedTuple):
    """An open element: its name on the page (empty when its tags are dropped) and its end tag."""

    name: str
    end: str
    inline: bool
    implied: bool = False


ROOT = Open(name="", end="", inline=False)


def wrapping(names: Sequence[str], ends: Sequence[str]) -> set[int]:
    """Return which inline elements hold a block: they go, since only the block can be valid.

    The n-th tag has the n-th of the `names`; of an end tag `ends` has the slash.
    """
    opened: list[int] = []
    around: set[int] = set()
    for at, name in enumerate(names):
        if name not in INLINE:
            if opened and not ends[at]:
                around.update(opened)
        elif ends[at]:
            opened.pop()
        elif name not in VOID:
            opened.append(at)
    return around
