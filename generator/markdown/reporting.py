"""How a check of a text reports what it finds: at a place in the file, with what was typed."""

from __future__ import annotations

from generator.markdown.source import Lint
from generator.markdown.tree import Tree

LONGEST_QUOTED = 60


def lint_at(tree: Tree, offset: int, code: str, message: str, hint: str) -> Lint:
    """Return the warning about the character with this index."""
    position = tree.source.position(offset)
    return Lint(position=position, code=code, message=message, hint=hint)


def quoted(words: str) -> str:
    """Return words on one line, and of many only the beginning."""
    words = " ".join(words[: 10 * LONGEST_QUOTED].split())
    return words if len(words) <= LONGEST_QUOTED else f"{words[:LONGEST_QUOTED]}…"
