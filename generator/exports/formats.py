"""The list of data file formats; to add one, write a module here and an entry in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.analysis.related import Related
from generator.base.site import Site
from generator.exports.computed import Computed
from generator.exports.data_file import DataFile
from generator.exports.dump import library_json
from generator.exports.schema import schema_file
from generator.exports.tables import tables
from generator.library.library import Library

Format = Callable[[Library, Site, Mapping[str, tuple[Related, ...]], Computed], Iterator[DataFile]]
"""Makes data files of a library, its settings, the related cases of each case, and what is computed
of each case for all of them."""

FORMATS: tuple[Format, ...] = (library_json, tables, schema_file)


def data_files(
    library: Library, site: Site, related: Mapping[str, tuple[Related, ...]]
) -> Iterator[DataFile]:
    """Yield every data file of the site; `related` are the related cases of each case.

    No part of a file is made yet; what a file needs to know once for all its parts is.
    """
    computed = Computed(library)
    for make in FORMATS:
        yield from make(library, site, related, computed)
