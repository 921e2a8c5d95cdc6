"""The sources of all cases for reference managers: BibTeX, RIS and CSL-JSON.

What a case says of a source stands in the title as it was typed: who its authors are is never
guessed from it. The library itself comes first, so that it can be cited too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from generator.base.site import Site
from generator.exports.data_file import CASE, Content, DataFile, Part, json_line
from generator.library import address
from generator.library.library import Library
from generator.model.record import Field, Strength
from generator.model.value import UNKNOWN, WITHHELD, Value, as_list

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
"""A brace that stands by itself would end an entry of BibTeX, with a backslash before it too."""

_TEX_SIGNS = str.maketrans(_TEX)

_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
"""An address is not read as TeX, but its braces are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source as a reference manager takes it; what nobody knows is empty.

    `date` and `accessed` are ISO dates, perhaps without day or month. `of` is the title of the case
    that names it; `page` is the address of that case in the site.
    """

    id: str
    title: str
    url: str = ""
    date: str = ""
    accessed: str = ""
    of: str = ""
    page: str = ""
    kind: str = "document"


def citation_files(library: Library, site: Site) -> Iterator[DataFile]:
    """Yield the three files, if the model has sources, with those of counted cases."""
    strength = library.model.strength
    if strength is None:
        return
    _ = library.locale.gettext
    for path, name, writer in (
        ("data/sources.bib", _("All sources, for reference managers: BibTeX"), as_bibtex),
        ("data/sources.ris", _("The same as RIS"), as_ris),
    ):
        yield _file(library, site, strength, path, name, writer)
    name = _("The same as CSL-JSON")
    csl = _file(library, site, strength, "data/sources.csl.json", name, as_csl, "[\n", ",\n")
    end = Part("end", partial(Content, b"\n]\n"))
    yield DataFile(path=csl.path, what=csl.what, parts=(*csl.parts, end), for_programs=True)


def _file(  # noqa: PLR0913, PLR0917 - what tells the three formats apart
    library: Library,
    site: Site,
    strength: Strength,
    path: str,
    what: str,
    writer: Callable[[Citation], str],
    start: str = "",
    before: str = "",
) -> DataFile:
    """Return a file with the library first, and a part for each case.

    Since the library is always there, whatever must stand between entries can stand before each.
    """

    def part(id_: str) -> Content:
        cited = list(case_citations(library, strength, id_))
        return Content("".join(before + writer(c) for c in cited).encode(), len(cited))

    head = partial(_head, library, site, writer, start)
    parts = (Part(f"{CASE}/{id_}", partial(part, id_)) for id_ in library.counted)
    return DataFile(path=path, what=what, parts=(Part("head", head), *parts), for_programs=True)


def _head(library: Library, site: Site, writer: Callable[[Citation], str], start: str) -> Content:
    whole = Citation(
        id="library",
        title=site.name,
        url=site.url,
        date=library.as_of,
        kind="dataset",
        of=site.organisation,
    )
    return Content((start + writer(whole)).encode())


def case_citations(library: Library, strength: Strength, id_: str) -> Iterator[Citation]:
    """Yield what a case cites, in its order; a source without words or an address is left out."""
    field = library.model.fields[strength.sources]
    for number, entry in enumerate(as_list(library.values(id_).get(field.name)), 1):
        if not isinstance(entry, dict):
            continue
        title, url = _known(entry, field.lead_field), _address(field, entry)
        if title or url:
            yield Citation(
                id=f"{id_}--{entry.get(strength.id) or number}",
                title=title or url,
                url=url,
                date=_day(entry, strength.date),
                accessed=_day(entry, strength.accessed),
                of=library.title(id_),
                page=address.case(library, id_),
            )


def _known(entry: dict[str, Value], field: Field | None) -> str:
    value = entry.get(field.name) if field else None
    text = value if isinstance(value, str) and value not in {UNKNOWN, WITHHELD} else ""
    return " ".join(text.split())


def _address(field: Field, entry: dict[str, Value]) -> str:
    urls = (_known(entry, member) for member in field.fields.values() if member.kind == "url")
    return next(filter(None, urls), "")


def _day(entry: dict[str, Value], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) and _DATE.fullmatch(value) else ""


def as_bibtex(citation: Citation) -> str:
    """Return an entry of BibTeX; its date is BibLaTeX's, its year is for the others."""
    fields = {
        "title": f"{{{_tex(citation.title)}}}",
        "year": citation.date[:4],
        "date": citation.date,
        "url": citation.url.translate(_VERBATIM),
        "urldate": citation.accessed,
        "note": _tex(citation.of),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{citation.id},\n{''.join(lines)}}}\n\n"


def _tex(text: str) -> str:
    return text.translate(_TEX_SIGNS)


def as_ris(citation: Citation) -> str:
    """Return a record of RIS, its lines ended as RIS has them."""
    fields = (
        ("TY", "DATA" if citation.kind == "dataset" else "GEN"),
        ("ID", citation.id),
        ("TI", citation.title),
        ("PY", citation.date[:4]),
        ("DA", _slashed(citation.date)),
        ("UR", citation.url),
        ("Y2", _slashed(citation.accessed)),
        ("N1", citation.of),
    )
    lines = [f"{tag}  - {value}\r\n" for tag, value in fields if value]
    return "".join([*lines, "ER  - \r\n\r\n"])


def _slashed(day: str) -> str:
    """Return a date as RIS has it, `2019/06/`; empty where there is none."""
    parts = [*day.split("-"), "", ""][:3] if day else []
    return "/".join(parts)


def as_csl(citation: Citation) -> str:
    """Return an item of CSL-JSON in one line."""
    item: dict[str, object] = {
        "id": citation.id,
        "type": citation.kind,
        "title": citation.title,
        "issued": _parts(citation.date),
        "URL": citation.url,
        "accessed": _parts(citation.accessed),
        "note": citation.of,
    }
    return json_line({name: value for name, value in item.items() if value}).decode()


def _parts(day: str) -> dict[str, list[list[int]]]:
    match = _DATE.fullmatch(day)
    return {"date-parts": [[int(part) for part in match.groups() if part]]} if match else {}
