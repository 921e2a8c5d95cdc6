"""Owns the list of data files; to add one, write a module here and an entry in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.formats.dump import dump
from generator.formats.format import DataFile as DataFile
from generator.formats.schema import schema
from generator.formats.tables import tables
from generator.library import Library
from generator.site import Site

FORMATS: tuple[Callable[[Library, Site], Iterator[DataFile]], ...] = (dump, tables, schema)


def data_files(library: Library, site: Site) -> Iterator[DataFile]:
    """Yield every data file of the site."""
    for make in FORMATS:
        yield from make(library, site)
