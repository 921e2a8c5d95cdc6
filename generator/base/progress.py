"""`Progress`: how a command is told what is being done."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int], None]
"""Called as each stage starts, with its name and the number of things in it, 0 if not known."""


def no_progress(_stage: str, _number: int) -> None:
    """Report nothing."""
