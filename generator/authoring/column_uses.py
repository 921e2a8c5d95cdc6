"""What each column of a table holds, by its name in a form of ours or in an export of Kobo.

KoboToolbox heads a column with the name or the label of a question, before it perhaps the groups
around it, `group/name`. A question with several answers has one column with all of them, a column
with 0 or 1 for each, `name/answer`, or both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.authoring.asked_fields import HEADING, offered_terms, record_columns
from generator.authoring.column_mapping import column_field, column_path
from generator.authoring.phone_form import HEADING_NAME, choice_name
from generator.authoring.tables import Row
from generator.base.names import fold
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN

GROUP = "/"
"""What stands between the name of a group and that of a question."""

DROPPED = frozenset(
    fold(name)
    for name in (
        *("start", "end", "today", "deviceid", "device_id", "device id", "subscriberid"),
        *("subscriber_id", "simserial", "sim_serial", "phonenumber", "phone_number", "username"),
        *("phone number", "sim serial", "user name", "audit", "instanceid", "instancename"),
        *("rootuuid", "email", "uuid", "version", "background-audio"),
    )
)
"""Columns that a phone or a server fills in: they may tell who wrote, and nothing of a record."""


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What a column holds: a path, and the term that a 1 stands for; both empty if left out."""

    path: str
    option: str = ""


def columns_by_name(
    head: Row, model: Model, holder: Field | None = None
) -> Mapping[int, ColumnUse | None]:
    """Return for each column what it holds by its name or label; None where that is not known."""
    finder = _Finder(model, holder)
    return {column: finder.use(text) for column, text in head.items()}


def is_dropped(text: str) -> bool:
    """Tell whether a column is one that a phone or a server fills in."""
    last = text.rsplit(GROUP, 1)[-1].strip()
    return text.startswith(("_", "meta/", "formhub/")) or last[:1] == "_" or fold(last) in DROPPED


class _Finder:
    """Finds the path of a column by its heading."""

    def __init__(self, model: Model, holder: Field | None) -> None:
        self.model, self.holder = model, holder
        self.paths = dict(self._labels())
        self.options: dict[str, dict[str, str]] = {}

    def _labels(self) -> Iterator[tuple[str, str]]:
        """Yield each folded label with its path; a label of two paths has none."""
        known: dict[str, set[str]] = defaultdict(set)
        fields = self.holder.fields if self.holder else self.model.fields
        for own in fields.values():
            if own.entries:
                continue
            for member in own.walk():
                names = member.path[1:] if self.holder else member.path
                known[fold(member.label)].add(".".join(names))
                if member is not own:
                    known[fold(f"{own.label} {member.label}")].add(".".join(names))
        if not self.holder:
            for number, column in enumerate(self.headings, 1):
                known[fold(column)].add(f"{HEADING}{column}")
                known[fold(f"{HEADING_NAME}{number}")].add(f"{HEADING}{column}")
        return ((label, paths.pop()) for label, paths in known.items() if len(paths) == 1)

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.label for column in record_columns(self.model, (), ""))

    def use(self, text: str) -> ColumnUse | None:
        """Return what a column holds, None where that is not known."""
        text = text.strip().removesuffix(" *")
        if path := self.path(text):
            return ColumnUse(path)
        start, _, last = text.rpartition(GROUP)
        if start and (path := self.path(start)) and (option := self._option(path, last)):
            return ColumnUse(path, option)
        return ColumnUse("") if is_dropped(text) else None

    def path(self, text: str) -> str:
        """Return the path that a heading names, whatever groups stand before it."""
        if text.startswith(HEADING):
            return column_path(text, self.model, self.holder)
        parts = text.split(GROUP)
        for start in range(len(parts)):
            path = column_path(".".join(parts[start:]), self.model, self.holder)
            if path and not self._is_whole_list(path):
                return path
        for start in range(len(parts)):
            if path := self.paths.get(fold(" ".join(parts[start:])), ""):
                return path
        return ""

    def _is_whole_list(self, path: str) -> bool:
        own = column_field(path, self.model, self.holder)
        return own is not None and own.entries

    def _option(self, path: str, typed: str) -> str:
        own = column_field(path, self.model, self.holder)
        if own is None or not own.many:
            return ""
        if path not in self.options:
            self.options[path] = options_of(own, self.model)
        return self.options[path].get(fold(typed), "")


def options_of(own: Field, model: Model) -> dict[str, str]:
    """Return the terms that a field offers by their folded names and labels, unknown included."""
    known = {fold(UNKNOWN): UNKNOWN}
    for id_, label in offered_terms(own, model):
        known |= {fold(id_): id_, fold(choice_name(id_)): id_, fold(label): id_}
    return known
