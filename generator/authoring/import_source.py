"""What an importer is given: a file, what to know besides it, and how a form of ours is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.authoring.column_mapping import ColumnMapping
from generator.base.locale import Locale
from generator.model.record import Model

FORM_MARK = b"casebook-form"
"""The word by which a form of ours is known, wherever it went meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """A file to import: its name without folders, its bytes, and its parts where it is packed."""

    name: str
    content: bytes
    parts: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSettings:
    """What an importer needs to know besides the file.

    `kind` is the kind of record that was asked for, or empty. `mapping` says which column of a
    table holds what.
    """

    model: Model
    locale: Locale
    kind: str = ""
    mapping: ColumnMapping | None = None
