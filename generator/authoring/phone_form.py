"""The form for phones: an XLSForm, which KoboToolbox and ODK turn into questions without a network.

Its columns are those of https://xlsform.org. Each field is a question; a list of records is a
group that repeats. Names of questions are those of the fields, so that an export is read back.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.authoring.asked_fields import asked_fields, offered_terms
from generator.authoring.import_source import FORM_MARK
from generator.base.locale import Locale
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN

MOST_SHOWN = 30
"""A list of more terms is searched, and not shown whole."""

HEADING_NAME = "section_"
"""How the name of a question begins that asks for the words below a heading; a number follows."""

_DATE = "regex(., '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$')"


def phone_form(model: Model, locale: Locale, kind: str) -> bytes:
    """Return the XLSForm as a file for Excel, as KoboToolbox takes it up."""
    questions = _Questions(model, locale, kind)
    survey = list(questions.rows())
    listed = list(questions.choices())
    version = hashlib.sha256(repr((survey, listed)).encode()).hexdigest()[:10]
    settings = {
        "form_title": model.name,
        "form_id": f"{FORM_MARK.decode()}-{kind or 'record'}",
        "version": version,
        "default_language": _language(locale),
    }
    return _workbook({"survey": survey, "choices": listed, "settings": [settings]})


def _language(locale: Locale) -> str:
    return f"{locale.language} ({locale.language})"


def _workbook(sheets: Mapping[str, list[dict[str, str]]]) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - it loads a library

    target = io.BytesIO()
    workbook = Workbook(target, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        heads = list(dict.fromkeys(head for row in rows for head in row))
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head)
            for number, row in enumerate(rows, 1):
                if row.get(head):
                    sheet.write_string(number, column, row[head])
    workbook.close()
    return target.getvalue()


def choice_name(id_: str) -> str:
    """Return the name of a term in a form: answers are joined by spaces, so it holds none."""
    return re.sub(r"\s+", "-", id_)


@dataclass(frozen=True, slots=True)
class _Questions:
    model: Model
    locale: Locale
    kind: str

    @property
    def label(self) -> str:
        return f"label::{_language(self.locale)}"

    @property
    def hint(self) -> str:
        return f"hint::{_language(self.locale)}"

    @property
    def fields(self) -> tuple[Field, ...]:
        return asked_fields(self.model, self.kind)

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield the rows of the sheet `survey`."""
        if self.model.type_field and self.kind:
            kind = {"type": "calculate", "name": self.model.type_field}
            yield {**kind, "calculation": f"'{self.kind}'"}
        for own in self.fields:
            yield from self._field(own, self.model.needs_of(self.kind))
        for number, heading in enumerate(self.model.headings, 1):
            row = {"type": "text", "name": f"{HEADING_NAME}{number}", self.label: heading}
            yield {**row, "appearance": "multiline"}

    def _field(self, own: Field, needs: frozenset[str]) -> Iterator[dict[str, str]]:
        if own.kind == "record":
            part = "repeat" if own.many else "group"
            yield {"type": f"begin_{part}", "name": own.name, self.label: own.label}
            # A group that nobody has to fill in has no answer that somebody must give.
            inner = needs if own.many or own.need in needs else frozenset()
            for member in own.fields.values():
                yield from self._field(member, inner)
            yield {"type": f"end_{part}"}
            return
        row = {
            "type": self._type(own),
            "name": own.name,
            self.label: own.label,
            self.hint: self._hint(own),
            "required": "yes" if own.need in needs and not own.alternative else "",
            "appearance": self._appearance(own),
            "constraint": self._constraint(own),
            f"constraint_message::{_language(self.locale)}": self._message(own),
        }
        yield {head: value for head, value in row.items() if value}

    def _is_list(self, own: Field) -> bool:
        vocabulary = self.model.vocabularies.get(own.vocabulary)
        return bool(vocabulary and not vocabulary.open and offered_terms(own, self.model))

    def _type(self, own: Field) -> str:
        if self._is_list(own):
            return f"select_{'multiple' if own.many else 'one'} {_list_name(own)}"
        return "decimal" if own.kind == "number" and not own.many else "text"

    def _hint(self, own: Field) -> str:
        _ = self.locale.gettext
        several = own.many and not self._is_list(own)
        more = _("Between several, write a semicolon.") if several else ""
        # A form may refer to another answer by ${name}; our help means no such thing.
        return " ".join(filter(None, (own.help, more))).replace("${", "$ {")

    def _appearance(self, own: Field) -> str:
        if self._is_list(own):
            many = len(offered_terms(own, self.model)) > MOST_SHOWN
            return "minimal autocomplete" if many else ""
        return "multiline" if own.kind == "text" else ""

    def _constraint(self, own: Field) -> str:
        if own.many:
            return ""
        if own.kind == "date":
            return f"{_DATE} or . = '{UNKNOWN}'"
        if own.kind == "number":
            limits = ((own.min, ". >= "), (own.max, ". <= "))
            return " and ".join(f"{sign}{value}" for value, sign in limits if value is not None)
        return f"string-length(.) <= {own.max}" if own.max is not None else ""

    def _message(self, own: Field) -> str:
        _ = self.locale.gettext
        if own.kind == "date" and not own.many:
            return _("A year, a month or a day: 2026, 2026-11 or 2026-11-22.")
        if own.kind in {"line", "text"} and own.max is not None and not own.many:
            return _("At most %(num)s characters fit.", num=str(own.max))
        return ""

    def choices(self) -> Iterator[dict[str, str]]:
        """Yield the rows of the sheet `choices`: each list once, and that nobody knows."""
        members = [member for own in self.fields for member in own.walk() if self._is_list(member)]
        lists = {_list_name(member): member for member in members}
        for name, own in lists.items():
            for id_, label in offered_terms(own, self.model):
                yield {"list_name": name, "name": choice_name(id_), self.label: label}
            known = self.model.vocabularies[own.vocabulary].terms
            if UNKNOWN not in known:
                words = self.locale.gettext("Not known")
                yield {"list_name": name, "name": UNKNOWN, self.label: words}


def _list_name(own: Field) -> str:
    return re.sub(r"\W", "_", own.vocabulary)
