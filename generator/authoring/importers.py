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


IMPORTERS: tuple[Importer, ...] = (
    Importer(label="a form for Word", is_such=_is_word_form, read=_read_word_form),
    Importer(label="a Word file", is_such=_is_word, read=_read_report),
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
