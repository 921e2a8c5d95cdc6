"""The list of data for the scripts of pages; to add one, write a module, and its entry here.

These are data files whose parts are kept from build to build as those for readers are. No page
lists them: a script that a page names loads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from generator.exports.data_file import DataFile
from generator.pages.case_index import case_index
from generator.pages.definitions import definitions
from generator.pages.page import SiteContext

FOLDER: Final = "assets/data/"
"""Where such files are, and no others."""

PAGE_DATA: tuple[Callable[[SiteContext], Iterator[DataFile]], ...] = (case_index, definitions)


def page_data(ctx: SiteContext) -> Iterator[DataFile]:
    """Yield every data file of scripts; where another theme draws the pages there is none."""
    for make in PAGE_DATA if ctx.site.plain else ():
        yield from make(ctx)
