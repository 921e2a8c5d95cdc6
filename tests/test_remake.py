"""The batches that pages are made in: each page in one, in order, and the last ones small."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from generator.build.remake import FEWEST_PER_BATCH, PAGES_PER_BATCH, Plan, page_batches
from generator.library.library import Library
from generator.pages.page import Deferred, Page, SiteContext
from generator.pages.render import Renderer

NOTHING = Deferred(lambda _ctx: {}, cast("SiteContext", None))


@pytest.mark.parametrize("number", [1, 10, 50, 51, 60, 100, 315, 10_000])
def test_batches_of_one_template_become_smaller(number: int, tmp_path: Path) -> None:
    """So the processes end together. Few pages are one batch, which one process compiles for."""
    pages = [
        Page(path=f"{n}.html", title="", template="case.html", context=NOTHING)
        for n in range(number)
    ]
    unused = cast("Library", None), cast("Renderer", None)
    batches = [batch.paths for batch in page_batches(unused[0], pages, unused[1], Plan(), tmp_path)]
    assert [path for paths in batches for path in paths] == [page.path for page in pages]
    sizes = [len(paths) for paths in batches]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] <= PAGES_PER_BATCH
    if number > PAGES_PER_BATCH:
        assert sizes[-1] <= FEWEST_PER_BATCH
        assert len(sizes) <= number / PAGES_PER_BATCH + 12  # each batch costs something
    else:
        assert sizes == [number]
