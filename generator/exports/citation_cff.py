"""`CITATION.cff`: how to cite a released library, in the Citation File Format 1.2.0."""

from __future__ import annotations

import json
from typing import Final

from generator.base.site import Site
from generator.library.library import Library

VERSION: Final = "1.2.0"


def citation_cff(library: Library, site: Site) -> str:
    """Return the file; the organisation is the author, or where none is named the library itself.

    Each value is in double quotes, so that no reader of YAML takes it for anything but text.
    """
    _ = library.locale.gettext
    fields = {
        "cff-version": VERSION,
        "type": "dataset",
        "message": _("Please cite this library as below."),
        "title": site.name,
        "abstract": site.description,
        "version": library.as_of,
        "date-released": library.as_of,
        "license": site.licence,
        "url": site.url,
    }
    lines = [f"{name}: {_quoted(value)}" for name, value in fields.items() if value]
    return "\n".join(
        [*lines, "authors:", f"  - name: {_quoted(site.organisation or site.name)}", ""]
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
