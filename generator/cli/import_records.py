"""Importing: the records that filled forms, reports and tables would become, and writing them.

`plan_import` reads and changes nothing. `write_import` writes what was planned: a record that is
there already is replaced only where it came from the same source before.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from generator.authoring.column_mapping import ColumnMapping
from generator.authoring.draft import (
    IMPORTED_FROM,
    DraftProblem,
    RecordDraft,
    checked_draft,
    draft_name,
    draft_text,
    problem_in_draft,
)
from generator.authoring.import_source import ImportSettings
from generator.authoring.importers import drafts_of
from generator.authoring.packed_file import MOST_BYTES, ImportRefusedError
from generator.base.locale import Locale
from generator.base.names import file_key
from generator.base.problem import Severity
from generator.base.site import Site
from generator.build.load import load_content
from generator.library.near_misses import KnownRecords
from generator.media.check_pictures import LARGEST
from generator.media.clean_picture import UnreadablePictureError, require_picture
from generator.model.record import Model
from generator.records.case import Case
from generator.records.case_files import case_files
from generator.records.read_file import read_bytes
from generator.store.record_cache import RecordCache


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What was asked for besides the files: the kind of record, and a mapping of columns.

    `today` is the day of the last update of a draft that says none.
    """

    today: str
    kind: str = ""
    mapping: ColumnMapping | None = None


class Action(StrEnum):
    """What becomes of a draft: a new file, a new text of one, or nothing."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    LEFT = "left"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRecord:
    """A record that is to be written. `origin` names the file that it came from.

    `path` is that of its file as problems name it. `reason` says why it is refused.
    """

    origin: str
    draft: RecordDraft
    file: Path
    path: str
    text: str
    action: Action
    reason: str = ""
    problems: tuple[DraftProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that nothing can be imported from, and why."""

    origin: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do."""

    records: tuple[PlannedRecord, ...]
    refused: tuple[RefusedFile, ...]


def plan_import(
    site: Site, model: Model, files: Sequence[Path], options: ImportOptions
) -> ImportPlan:
    """Return the records that some files would become; nothing is written."""
    settings = ImportSettings(
        model=model, locale=Locale(site.language), kind=options.kind, mapping=options.mapping
    )
    present = _PresentRecords(site, model)
    known = _known_records(site, model)
    records: list[PlannedRecord] = []
    refused: list[RefusedFile] = []
    for file in files:
        origin = file.name
        try:
            drafts = drafts_of(origin, _content(file), settings)
        except ImportRefusedError as error:
            refused.append(RefusedFile(origin=str(file), message=str(error), hint=error.hint))
            continue
        for draft in drafts:
            dated = _dated(draft, model, options.today)
            records.append(_planned(site, model, settings.locale, origin, dated, present, known))
    return ImportPlan(records=tuple(records), refused=tuple(refused))


def _known_records(site: Site, model: Model) -> KnownRecords:
    """Return what a draft is held against, lest one partnership is told twice."""
    with RecordCache(site.cache) as cache:
        return KnownRecords(load_content(site, model, cache).outlines, model)


def _content(file: Path) -> bytes:
    """Return the bytes of a file to import; raise ImportRefusedError where it is no plain file."""
    content, problems = read_bytes(file.parent, file, within=file.parent, limit=MOST_BYTES)
    if content is None:
        raise ImportRefusedError(problems[0].message, problems[0].hint)
    return content


def _dated(draft: RecordDraft, model: Model, today: str) -> RecordDraft:
    field = model.role("updated")
    if field is None or not draft.values or draft.values.get(field.name):
        return draft
    return replace(draft, values={**draft.values, field.name: today})


WRITTEN = frozenset({Action.NEW, Action.UPDATE})
"""What makes a file."""


class _PresentRecords:
    """The records that are there, and those that the same import makes before."""

    def __init__(self, site: Site, model: Model) -> None:
        self.folder = site.content / model.folder
        files, _ = case_files(site.root, site.content, model.folder)
        self.origins: dict[str, str] = {}
        self.files: dict[str, Path] = {}
        self.texts: dict[str, str] = {}
        for file in files:
            content, _ = read_bytes(site.root, file, within=site.content)
            self.add(file, content or b"")

    def add(self, file: Path, content: bytes) -> None:
        """Take in a record: one of its first lines may say from where it was imported."""
        key = file_key(file.stem)
        self.files[key] = file
        text = content.decode("utf-8", "replace")
        for line in text[:4_000].split("\n")[:5]:
            if line.startswith(IMPORTED_FROM):
                self.origins[key] = _unquoted(line.removeprefix(IMPORTED_FROM))
                self.texts[key] = text

    def key_of(self, draft: RecordDraft, name: str) -> tuple[str, Action]:
        """Return the key of the file for a draft, and what may be done with that file."""
        if draft.is_unique:
            same = (key for key, origin in self.origins.items() if origin == draft.imported_from)
            if known := next(same, ""):
                return known, Action.UPDATE
        key = file_key(name)
        if key not in self.files:
            return key, Action.NEW
        is_same = bool(draft.imported_from) and self.origins.get(key) == draft.imported_from
        return key, Action.UPDATE if is_same else Action.REFUSED


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return text.strip()


def _planned(  # noqa: PLR0913, PLR0917 - what a record is made of
    site: Site,
    model: Model,
    locale: Locale,
    origin: str,
    draft: RecordDraft,
    present: _PresentRecords,
    known: KnownRecords,
) -> PlannedRecord:
    name = draft_name(draft, model, PurePosixPath(origin).stem)
    key, action = present.key_of(draft, name)
    file = present.files.get(key, present.folder / f"{name}.md")
    draft = _with_pictures(draft, file)
    path = f"{site.content_path}/{model.folder}/{file.name}"
    text = draft_text(draft, model, locale)
    defaults = {"visibility": site.default_visibility}
    checked = checked_draft(draft, model, locale, path, defaults, site.markdown)
    problems = checked.problems + _likeness(checked.case, draft, model, known)
    reason = f"{path} is there already" if action is Action.REFUSED else ""
    if action is Action.UPDATE:
        action, reason = _replaced(draft, present.texts.get(key, ""), text, path, model)
    if draft.is_row and any(p.problem.severity is Severity.ERROR for p in problems):
        action = Action.LEFT
    if action in WRITTEN:
        present.add(file, text.encode())
        if checked.case:
            known.add(checked.case)
    return PlannedRecord(
        origin=origin,
        draft=draft,
        file=file,
        path=path,
        text=text,
        action=action,
        reason=reason,
        problems=problems,
    )


def _likeness(
    case: Case | None, draft: RecordDraft, model: Model, known: KnownRecords
) -> tuple[DraftProblem, ...]:
    """Return the note that a draft looks like another record, at the place of its title."""
    title = model.role("title")
    note = known.near_miss(case) if case else None
    return (problem_in_draft(note, title.name, draft),) if note and title else ()


def _replaced(
    draft: RecordDraft, earlier: str, text: str, path: str, model: Model
) -> tuple[Action, str]:
    """Return what becomes of a record that was imported before, and why it is refused.

    A text that differs by the day of its last update alone is the same.
    """
    lost = [
        name for name in draft.lacking if re.search(rf"^{re.escape(name)}:", earlier, re.MULTILINE)
    ]
    if lost:
        return Action.REFUSED, f"{path} has '{lost[0]}', for which this file has no sheet"
    updated = model.role("updated")
    day = re.compile(rf"^\"?{re.escape(updated.name)}\"?: .*\n" if updated else r"\A", re.MULTILINE)
    same = day.sub("", earlier, count=1) == day.sub("", text, count=1)
    return (Action.UNCHANGED if same else Action.UPDATE), ""


def _with_pictures(draft: RecordDraft, file: Path) -> RecordDraft:
    """Return a draft whose pictures are named after its file; what is no picture is left out."""
    names: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    notes = list(draft.notes)
    for name, content in draft.pictures.items():
        if reason := _refused_picture(content):
            notes.append(f"the picture {name} is left out: {reason}")
            continue
        names[name] = f"{file.stem}-{len(pictures) + 1}{PurePosixPath(name).suffix.lower()}"
        pictures[names[name]] = content
    sections = tuple((head, _renamed(text, draft.pictures, names)) for head, text in draft.sections)
    return replace(draft, sections=sections, pictures=pictures, notes=tuple(notes))


def _refused_picture(content: bytes) -> str:
    if len(content) > LARGEST:
        return f"it has {len(content):,} bytes; at most {LARGEST:,} are published"
    try:
        require_picture(content)
    except UnreadablePictureError:
        return "it is no picture that pages can show"
    return ""


def _renamed(text: str, pictures: Mapping[str, bytes], names: Mapping[str, str]) -> str:
    """Return Markdown with the names of pictures as their files have them, without those left out.

    An importer writes `![text](picture:NAME)` for each.
    """
    for name in pictures:
        before, after = f"](picture:{name})", f"]({names.get(name, '')})"
        text = text.replace(before, after) if name in names else _without_link(text, before)
    return text


def _without_link(text: str, end: str) -> str:
    """Return Markdown with the words of a picture in the place of the picture itself."""
    while end in text:
        start, _, rest = text.partition(end)
        head, _, words = start.rpartition("![")
        text = f"{head}{words}{rest}"
    return text


def write_import(plan: ImportPlan) -> Iterator[tuple[Path, str]]:
    """Write the records of a plan, and their pictures; yield each file, and why it is unwritten.

    A new record is never written over a file that came meanwhile.
    """
    for record in plan.records:
        if record.action not in WRITTEN:
            continue
        record.file.parent.mkdir(parents=True, exist_ok=True)
        yield from _written_pictures(record)
        yield record.file, _written(record.file, record.text.encode(), record.action)


def _written_pictures(record: PlannedRecord) -> Iterable[tuple[Path, str]]:
    for name, content in record.draft.pictures.items():
        file = record.file.with_name(name)
        if not file.is_file() or file.read_bytes() != content:
            yield file, _written(file, content, record.action)


def _written(file: Path, content: bytes, action: Action) -> str:
    """Write a file whole; return why that was refused, or nothing."""
    beside = file.with_name(f".{file.name}.tmp")
    try:
        if action is Action.NEW:
            with file.open("xb") as stream:
                stream.write(content)
        else:
            beside.write_bytes(content)
            os.replace(beside, file)  # noqa: PTH105 - it says what it does
    except FileExistsError:
        return "it is there already"
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return ""
