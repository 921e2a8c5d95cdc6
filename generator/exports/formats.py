"""The list of data file formats; to add one, write a module here and an entry in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.base.site import Site
from generator.exports.citations import citation_files
from generator.exports.data_file import DataFile
from generator.exports.dump import library_json
from generator.exports.schema import schema_file
from generator.exports.tables import tables
from generator.library.library import Library

Format = Callable[[Library, Site], Iterator[DataFile]]
"""Makes data files of a library and its settings."""

FORMATS: tuple[Format, ...] = (library_json, tables, citation_files, schema_file)


def data_files(library: Library, site: Site) -> Iterator[DataFile]:
    """Yield every data file of the site.

    No part of a file is made yet; what a file needs to know once for all its parts is.
    """
    for make in FORMATS:
        yield from make(library, site)
