"""The mistakes that `make mutants` makes still fit the code: a rename must be carried over."""

from __future__ import annotations

from mutants import MUTANTS, require_fit


def test_every_mistake_fits_the_code() -> None:
    """Each old text stands exactly once in its file, and each test that is named is there."""
    require_fit(MUTANTS)
