"""The list of importers: what is read back, by what a file is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.authoring.draft import RecordDraft
from generator.authoring.import_source import FORM_MARK, ImportSettings, ImportSource
from generator.authoring.packed_file import ImportRefusedError, packed_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One kind of file: how it is told from others, and what makes drafts of it.

    `read` may raise ImportRefusedError. `label` is what such a file is called in a message.
    """

    label: str
    is_such: Callable[[ImportSource], bool]
    read: Callable[[ImportSource, ImportSettings], Sequence[RecordDraft]]


def _is_word(source: ImportSource) -> bool:
    return any(name.startswith("word/") for name in source.parts)


def _is_word_form(source: ImportSource) -> bool:
    return _is_word(source) and any(
        name.startswith(("docProps/", "customXml/")) and FORM_MARK in part
        for name, part in source.parts.items()
    )


def _read_word_form(source: ImportSource, settings: ImportSettings) -> Sequence[RecordDraft]:
    from generator.authoring.filled_form import filled_form  # noqa: PLC0415 - it loads a library

    return [filled_form(source, settings)]


def _read_report(source: ImportSource, settings: ImportSettings) -> Sequence[RecordDraft]:
    from generator.authoring.word_report import word_report  # noqa: PLC0415 - it loads a library

    return [word_report(source, settings)]


def _is_workbook(source: ImportSource) -> bool:
    return any(name.startswith("xl/") for name in source.parts)


def _read_workbook(source: ImportSource, settings: ImportSettings) -> Sequence[RecordDraft]:
    from generator.authoring.filled_tables import filled_workbook  # noqa: PLC0415 - see above

    return filled_workbook(source, settings)


def _is_calc(source: ImportSource) -> bool:
    return source.parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument")


def _refuse_calc(source: ImportSource, settings: ImportSettings) -> Sequence[RecordDraft]:
    del source, settings
    raise ImportRefusedError(
        "this is a file of LibreOffice (.ods or .odt)", "save it as .xlsx or .docx, and try again"
    )


def _is_csv(source: ImportSource) -> bool:
    return not source.parts and source.name.casefold().endswith((".csv", ".tsv"))


def _read_csv(source: ImportSource, settings: ImportSettings) -> Sequence[RecordDraft]:
    from generator.authoring.filled_tables import filled_csv  # noqa: PLC0415 - see above

    return filled_csv(source, settings)


IMPORTERS: tuple[Importer, ...] = (
    Importer(label="a form for Word", is_such=_is_word_form, read=_read_word_form),
    Importer(label="a Word file", is_such=_is_word, read=_read_report),
    Importer(label="an Excel file", is_such=_is_workbook, read=_read_workbook),
    Importer(label="a table saved as CSV", is_such=_is_csv, read=_read_csv),
    Importer(label="a file of LibreOffice, once saved anew", is_such=_is_calc, read=_refuse_calc),
)
"""Each importer; the first that knows a file reads it."""


def drafts_of(name: str, content: bytes, settings: ImportSettings) -> Sequence[RecordDraft]:
    """Return the drafts that a file holds, at least one; raise ImportRefusedError."""
    source = ImportSource(name=name, content=content, parts=packed_parts(content))
    importer = next((importer for importer in IMPORTERS if importer.is_such(source)), None)
    if importer is None:
        known = ", ".join(importer.label for importer in IMPORTERS)
        raise ImportRefusedError(
            "this is no file that can be imported", f"what can be imported: {known}"
        )
    drafts = importer.read(source, settings)
    if not drafts:
        raise ImportRefusedError("nothing is filled in here", "fill it in, save it, and try again")
    return drafts
