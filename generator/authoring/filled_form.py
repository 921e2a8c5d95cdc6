"""A form for Word that somebody filled in, read back as a draft.

Each control says by its tag which value it holds. Where a program took the controls away (some on
phones and in browsers do), the headings and labels of the form of today are looked for instead, and
a note says so. Words beside the controls are kept as words that have no place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from generator.authoring.draft import (
    DraftValue,
    RecordDraft,
    UnplacedWords,
    escaped_markdown,
)
from generator.authoring.form_questions import (
    Answer,
    Control,
    question_blocks,
    short_tag,
)
from generator.authoring.import_source import FORM_MARK, ImportSettings, ImportSource
from generator.authoring.packed_file import packed_parts, unreadable
from generator.authoring.word_form import (
    EMPTY_BOX,
    LINES,
    TICKED_BOX,
    all_text,
    control_text,
    form_mark,
    line_digest,
    printed_text,
    prompt_words,
    word_form,
)
from generator.base.names import fold
from generator.model.former_names import field_called
from generator.model.record import Field, Model

_MARK = re.compile(rf"{FORM_MARK.decode()} (\d+) (\S+) ([0-9a-f]{{16}})")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TICKS = (TICKED_BOX, "\N{BALLOT BOX WITH CHECK}", "\N{CHECK MARK}", "[x]", "[X]")


def filled_form(source: ImportSource, settings: ImportSettings) -> RecordDraft:
    """Return the draft of a filled form; raise ImportRefusedError where it is no document."""
    body = document_body(source)
    words = " ".join(printed_text(paragraph) for paragraph in body.iter(qn("w:p")))
    mark = _MARK.search(words) or _MARK.search(
        source.parts.get("docProps/core.xml", b"").decode("utf-8", "replace")
    )
    named = "" if mark is None or mark[2] == "-" else mark[2]
    kinds = settings.model.types.kinds
    kind = settings.kind or (named if named in kinds else settings.model.type_of("").id)
    form = _Form.of(source, settings, kind, "" if mark is None else mark[0])
    return form.draft(body)


def document_body(source: ImportSource) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the body of a Word file as XML; raise ImportRefusedError where there is none."""
    try:
        root = etree.fromstring(source.parts["word/document.xml"], _PARSER)
    except (KeyError, etree.XMLSyntaxError, ValueError) as error:
        raise unreadable("Word file") from error
    body = root.find(qn("w:body"))
    if body is None:
        raise unreadable("Word file")
    return body


@dataclass(slots=True)
class _Form:
    """What is read of one form so far, and what its blank says."""

    model: Model
    settings: ImportSettings
    kind: str
    name: str
    is_of_today: bool
    digests: frozenset[str]
    by_tag: Mapping[str, Control]
    places: dict[str, str] = field(default_factory=dict)
    values: dict[str, DraftValue] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    unplaced: list[UnplacedWords] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, source: ImportSource, settings: ImportSettings, kind: str, mark: str) -> _Form:
        blocks = question_blocks(settings.model, settings.locale, kind)
        controls = [control for block in blocks for control in block.controls]
        form = cls(
            model=settings.model,
            settings=settings,
            kind=kind,
            name=source.name,
            is_of_today=mark == form_mark(blocks, kind),
            digests=_digests(source) or _digests_of_today(settings, kind),
            by_tag={short_tag(control.tag): control for control in controls},
        )
        if not form.is_of_today:
            form.notes.append(
                "this is not the form of today: it was made from another model or in another"
                " language; look the record over"
            )
        return form

    def draft(self, body: Any) -> RecordDraft:  # noqa: ANN401 - lxml has no types
        tags = (tag.get(qn("w:val"), "") for tag in body.iter(qn("w:tag")))
        if any(self.known(tag) for tag in tags):
            self.read_controls(body)
        else:
            self.notes.append(
                "the places for answers are gone from this form: it was read by its headings and"
                " labels; look the record over"
            )
            self.read_labels(body)
        self.name_sources()
        places: dict[str, str] = {}
        values = {
            name: self.finished(value, self.model.fields[name], name, name, places)
            for name, value in self.values.items()
        }
        return RecordDraft(
            values=values,
            sections=tuple(self.texts.items()),
            unplaced=tuple(self.unplaced),
            places={**self.places, **places},
            kind=self.kind,
            imported_from=self.name,
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def name_sources(self) -> None:
        """Give each source the id by which the boxes of claims call it."""
        strength = self.model.strength
        sources = self.values.get(strength.sources) if strength else None
        for number, entry in sources.items() if isinstance(sources, dict) else ():
            if strength and isinstance(entry, dict) and number.isdigit():
                entry.setdefault(strength.id, f"source-{int(number) + 1}")

    def finished(
        self, value: DraftValue, own: Field, raw: str, path: str, places: dict[str, str]
    ) -> DraftValue:
        """Return the value of a field with its lists as lists, and note the places by number."""
        if raw in self.places:
            places[path] = self.places[raw]
        if not own.many:
            return self.finished_entry(value, own, raw, path, places)
        items = value if isinstance(value, dict) else {"": value}
        return [
            self.finished_entry(item, own, f"{raw}.{key}", f"{path}.{number}", places)
            for number, (key, item) in enumerate(items.items())
        ]

    def finished_entry(
        self, value: DraftValue, own: Field, raw: str, path: str, places: dict[str, str]
    ) -> DraftValue:
        """Return one value of a field, the same for what is inside it."""
        if raw in self.places:
            places[path] = self.places[raw]
        if not isinstance(value, dict):
            return value
        members = ((name, inner, own.fields[name]) for name, inner in value.items())
        return {
            name: self.finished(inner, member, f"{raw}.{name}", f"{path}.{name}", places)
            for name, inner, member in members
        }

    def known(self, tag: str) -> bool:
        return tag in self.by_tag or bool(self.path(tag))

    # ---- by controls -----------------------------------------------------------------------------

    def read_controls(self, body: Any) -> None:  # noqa: ANN401 - lxml has no types
        for paragraph in body.iter(qn("w:p")):
            self.note_heading(paragraph)
            inside = any(above.tag == qn("w:sdt") for above in paragraph.iterancestors())
            if not inside:
                self.keep_beside(paragraph)
            for control in paragraph.iter(qn("w:sdt")):
                if next(control.iterancestors(qn("w:sdt")), None) is None:
                    self.read_control(control)
        for control in body.iter(qn("w:sdt")):
            if next(control.iterancestors(qn("w:sdt"), qn("w:p")), None) is None:
                self.read_control(control)

    def note_heading(self, paragraph: Any) -> None:  # noqa: ANN401 - lxml has no types
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val"), "") if style is not None else ""
        if match := re.fullmatch(r"Heading ?([1-3])", name):
            self.headings[int(match[1]) - 1 :] = [printed_text(paragraph).strip()]

    def where(self, label: str = "") -> str:
        """Return where in the form something stood, for its author."""
        parts = [part for part in (*self.headings[-2:], label) if part]
        return " / ".join(parts) or "the beginning"

    def keep_beside(self, paragraph: Any) -> None:  # noqa: ANN401 - lxml has no types
        text = printed_text(paragraph)
        if not self.is_printed(text):
            words = _without_label(text, self.labels())
            if words.strip():
                self.unplaced.append(UnplacedWords(self.where(), escaped_markdown(words)))

    def is_printed(self, text: str) -> bool:
        """Tell whether a line is empty, or one that the form was printed with."""
        title = str(self.settings.locale.gettext("A form to fill in"))
        ours = line_digest(text) in self.digests or text.startswith(f"{title}: ")
        return not text.strip() or ours or _MARK.search(text) is not None

    def labels(self) -> list[str]:
        return [f"{control.label}:" for control in self.by_tag.values()]

    def read_control(self, control: Any) -> None:  # noqa: ANN401 - lxml has no types
        properties = control.find(qn("w:sdtPr"))
        tag = properties.find(qn("w:tag")) if properties is not None else None
        name = tag.get(qn("w:val"), "") if tag is not None else ""
        alias = properties.find(qn("w:alias")) if properties is not None else None
        label = alias.get(qn("w:val"), "") if alias is not None else ""
        box = properties.find(f"{_W14}checkbox") if properties is not None else None
        text = control_text(control)
        if box is not None:
            checked = box.find(f"{_W14}checked")
            is_ticked = checked is not None and checked.get(f"{_W14}val") in {"1", "true", "on"}
            if is_ticked:
                self.take(name, "", label)
            return
        if properties is not None and properties.find(qn("w:showingPlcHdr")) is not None:
            return
        if not self.is_prompt(text):
            self.take(name, _chosen(properties, text), label)

    def is_prompt(self, text: str) -> bool:
        prompts = {prompt_words(self.settings.locale, answer) for answer in Answer}
        return text in prompts or not text.strip()

    # ---- values ----------------------------------------------------------------------------------

    def path(self, tag: str) -> list[str]:
        """Return the names of today on the path of a tag; empty where the model has it not."""
        if tag in self.by_tag:
            tag = self.by_tag[tag].tag
        path, _, _term = tag.partition("=")
        return _present(path.split("."), self.model.fields)

    def take(self, tag: str, text: str, label: str) -> None:
        """Put an answer in its place, or among the words that have none."""
        if tag in self.by_tag:
            tag = self.by_tag[tag].tag
        place = self.where(label)
        if tag.startswith("## "):
            heading = tag.removeprefix("## ")
            self.texts[heading] = text
            self.places[tag] = place
            return
        path = self.path(tag)
        term = tag.partition("=")[2]
        if not path:
            words = text or term
            self.unplaced.append(UnplacedWords(place, escaped_markdown(words)))
            self.notes.append(f"the model of today has no '{tag.partition('=')[0]}': see {place}")
            return
        if term:
            path = [*path, term]
        self.places[".".join(path)] = place
        _put(self.values, path, self.model.fields, text or term)

    # ---- by headings and labels ------------------------------------------------------------------

    def read_labels(self, body: Any) -> None:  # noqa: ANN401 - lxml has no types
        """Read a form without controls, by the headings and labels of the form of today."""
        blocks = question_blocks(self.model, self.settings.locale, self.kind)
        controls: tuple[Control, ...] = ()
        above: list[str] = []
        by_headings: dict[tuple[str, ...], tuple[Control, ...]] = {}
        for block in blocks:
            above[block.level - 1 :] = [fold(block.heading)]
            by_headings[tuple(above[-2:])] = block.controls
        known = {heading for pair in by_headings for heading in pair}
        levels = {fold(block.heading): block.level for block in blocks}
        trail: list[str] = []
        for paragraph in body.iter(qn("w:p")):
            text = all_text(paragraph)
            folded = fold(text)
            if folded in known:
                trail[levels[folded] - 1 :] = [folded]
                self.headings[levels[folded] - 1 :] = [text.strip()]
                controls = by_headings.get(tuple(trail[-2:]), ())
            elif not self.read_line(text, controls) and not self.is_printed(text):
                self.unplaced.append(UnplacedWords(self.where(), escaped_markdown(text)))

    def read_line(self, text: str, controls: tuple[Control, ...]) -> bool:
        """Take what stands behind a label, or tell that the line begins with none."""
        for control in controls:
            if control.answer is Answer.BOX:
                words = text.strip().lstrip("".join((*_TICKS, EMPTY_BOX, " ")))
                if words == control.label or words.startswith(f"{control.label}:"):
                    if text.strip().startswith(_TICKS):
                        self.take(short_tag(control.tag), "", control.label)
                    return True
            elif text.lstrip().startswith(f"{control.label}:"):
                answer = text.lstrip().removeprefix(f"{control.label}:")
                answer = answer.removeprefix(" ")
                if not self.is_prompt(answer):
                    ids = {label: id_ for id_, label in control.terms}
                    self.take(short_tag(control.tag), ids.get(answer, answer), control.label)
                return True
        return False


def _digests(source: ImportSource) -> frozenset[str]:
    """Return the digests of the lines that the form was printed with."""
    for name, part in source.parts.items():
        if name.startswith("customXml/") and LINES.encode() in part:
            match = re.search(rb">(\[.*?\])<", part, re.DOTALL)
            try:
                return frozenset(map(str, json.loads(match[1]))) if match else frozenset()
            except ValueError:
                return frozenset()
    return frozenset()


def _digests_of_today(settings: ImportSettings, kind: str) -> frozenset[str]:
    """Return the digests of the lines of the blank form, which some programs take out of a file."""
    blank = word_form(settings.model, settings.locale, kind, library="")
    parts = packed_parts(blank)
    return _digests(ImportSource(name="", content=blank, parts=parts))


def _without_label(text: str, labels: list[str]) -> str:
    """Return what an author added to a printed line that begins with a label."""
    start = next((label for label in labels if text.lstrip().startswith(label)), "")
    return text.lstrip().removeprefix(start)


def _chosen(properties: Any, text: str) -> str:  # noqa: ANN401 - lxml has no types
    """Return the id of the term that a list shows by its label; any other text as it is."""
    for item in properties.iter(qn("w:listItem")) if properties is not None else ():
        if item.get(qn("w:displayText")) == text:
            return str(item.get(qn("w:value"), text))
    return text


def _present(names: list[str], fields: Mapping[str, Field]) -> list[str]:
    """Return a path with the present name of each field; empty where one of them is none.

    After a field that may hold several values comes a number, or a term.
    """
    own = field_called(names[0], fields)
    if own is None:
        return []
    rest, path = names[1:], [own.name]
    if own.many and rest:
        path.append(rest.pop(0))
    if not rest:
        return path
    inner = _present(rest, own.fields)
    return [*path, *inner] if inner else []


def _put(
    values: dict[str, DraftValue], path: list[str], fields: Mapping[str, Field], text: str
) -> None:
    """Put a text at a path; what a list holds is kept by number or term until all is there."""
    name, *rest = path
    own = fields[name]
    if own.many and rest:
        values = _held(values, name)
        name, *rest = rest
    if not rest:
        values[name] = text
        return
    entry = _held(values, name)
    if own.key and own.many and not name.isdigit():
        entry.setdefault(own.key, name)
    _put(entry, rest, own.fields, text)


def _held(values: dict[str, DraftValue], name: str) -> dict[str, DraftValue]:
    """Return the mapping at a name, a new one where there is none."""
    inner = values.setdefault(name, {})
    if not isinstance(inner, dict):
        inner = values[name] = {}
    return inner
