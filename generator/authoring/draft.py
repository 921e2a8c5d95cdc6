"""`RecordDraft`: a record as somebody filled it in elsewhere, and the file that it becomes.

A value is text as typed, a list of them, a mapping by field, or a list of such mappings. Its path
is dotted, with the numbers of entries from 0: `success_factors.2.factor`. `places` tells for such a
path where the words stood, since their author has never seen the file that is made of them. A
section of the text has the path `## Heading`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from generator.base.locale import Locale
from generator.base.names import fitting_slug, fold, reason_no_page_name
from generator.base.problem import Problem
from generator.base.site import DEFAULT_MARKDOWN, MarkdownSettings
from generator.model.former_names import field_called
from generator.model.kind import PROMPT
from generator.model.record import Field, Model
from generator.model.scaffold import needed_prompts
from generator.records.case import Case
from generator.records.parse import parse
from generator.records.read_file import SourceText
from generator.records.rewriting.present_names import present_term

DraftValue = str | list["DraftValue"] | dict[str, "DraftValue"]
"""A value as it was typed."""

IMPORTED_FROM = "# imported_from: "
"""How the line of a record begins that says from where it came."""


@dataclass(frozen=True, slots=True)
class UnplacedWords:
    """Words that no field and no heading takes: where they stood, and as Markdown what they say."""

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDraft:
    """One record as it was filled in.

    `values` are by the name of the field, `sections` are pairs of a heading and its Markdown, in
    order; an empty heading is the text above all others. `kind` is the kind of record, empty for
    the default one. `imported_from` says where the record came from; with `is_unique` no other
    record ever has the same. `notes` say what was left out, or changed on the way. `pictures` are
    by the names that the sections call them.

    `is_row` marks a row of a table: among many, one with an error is not written. `place` tells
    where it stands. `mistakes` are what is wrong with it besides, and `lacking` the lists that its
    file could not hold: a record that has them is not replaced.
    """

    values: Mapping[str, DraftValue]
    sections: tuple[tuple[str, str], ...] = ()
    unplaced: tuple[UnplacedWords, ...] = ()
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    kind: str = ""
    imported_from: str = ""
    is_unique: bool = False
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    is_row: bool = False
    place: str = ""
    mistakes: tuple[DraftProblem, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProblem:
    """A problem of the record that a draft becomes, told where its author wrote the words.

    `place` is empty where the problem is about the whole record.
    """

    place: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """The record that a draft becomes, and its problems; None where it is none that can be read."""

    case: Case | None
    problems: tuple[DraftProblem, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file, and the path of what it says."""

    text: str
    path: str = ""


def draft_text(draft: RecordDraft, model: Model, locale: Locale) -> str:
    """Return the file of the record that a draft becomes.

    Terms are written by their id, whatever the language of their label; fields by their present
    name, in the order of the model. A field that the record needs and the draft lacks has a prompt.
    What has no place stands below a heading of its own.
    """
    return "".join(f"{line.text}\n" for line in _file_lines(draft, model, locale))


def checked_draft(  # noqa: PLR0913, PLR0917 - how a record is read
    draft: RecordDraft,
    model: Model,
    locale: Locale,
    path: str,
    defaults: Mapping[str, str],
    markdown: MarkdownSettings = DEFAULT_MARKDOWN,
) -> CheckedDraft:
    """Return what `check` would say of the record by itself, each at its place in the origin.

    `path` is that of the file that will be written, as problems name it.
    """
    if not draft.values and draft.mistakes:
        return CheckedDraft(None, draft.mistakes)
    lines = list(_file_lines(draft, model, locale))
    text = "".join(f"{line.text}\n" for line in lines)
    parsed = parse(SourceText(path, text), model, defaults, markdown)
    placed = [(p, lines[min(p.line, len(lines)) - 1].path) for p in parsed.problems]
    located = [(problem_in_draft(p, where, draft), where) for p, where in placed]
    return CheckedDraft(parsed.case, draft.mistakes + tuple(_without_prompts(located, draft)))


def _without_prompts(
    located: Iterable[tuple[DraftProblem, str]], draft: RecordDraft
) -> Iterator[DraftProblem]:
    """Yield problems with their paths; nobody who filled in something else has seen a prompt.

    Prompts that stand at no place of the origin are told as one: a report has no words for any
    field, and to tell each by itself would hide what is wrong with its words.
    """
    asked: dict[str, Problem] = {}
    for one, path in located:
        problem = one.problem
        if problem.code != "unfilled-prompt":
            yield one
        elif one.place not in {"", draft.place}:
            message = problem.message.partition(": it says ")[0]
            yield replace(one, problem=replace(problem, message=message))
        else:
            asked[path] = problem
    if asked:
        names = ", ".join(f"'{path}'" for path in asked)
        hint = f"write over each '{PROMPT}' in the file; what each asks: casebook fields"
        problem = replace(
            next(iter(asked.values())), message=f"to be filled in yet: {names}", hint=hint
        )
        yield DraftProblem(place=draft.place, problem=problem)


def problem_in_draft(problem: Problem, path: str, draft: RecordDraft) -> DraftProblem:
    """Return a problem of the value at a path, told where its author wrote it."""
    return DraftProblem(place=_place(path, draft) or draft.place, problem=problem)


def draft_name(draft: RecordDraft, model: Model, otherwise: str) -> str:
    """Return the name of the record's file without its ending, by the rule of `casebook new`.

    Where the title can name none, `otherwise` does.
    """
    role = model.role("title")
    title = draft.values.get(role.name, "") if role else ""
    names = (fitting_slug(" ".join(text.split())) for text in (str(title), otherwise, model.name))
    return next((name for name in names if not reason_no_page_name(name)), "new")


def _place(path: str, draft: RecordDraft) -> str:
    """Return where the words at a path stood, or those around them, or the first inside."""
    outer = path
    while outer:
        inside = (place for known, place in draft.places.items() if known.startswith(f"{outer}."))
        if place := draft.places.get(outer) or next(inside, ""):
            return place
        outer = outer.rpartition(".")[0]
    return ""


# ---- the file ------------------------------------------------------------------------------------


def _file_lines(draft: RecordDraft, model: Model, locale: Locale) -> Iterator[_Line]:
    yield _Line("---")
    if draft.imported_from:
        yield _Line(f"{IMPORTED_FROM}{json.dumps(legible(draft.imported_from))}")
    yield from _fields(draft, model)
    yield _Line("---")
    for heading, text in (*draft.sections, *_not_placed(draft, model, locale)):
        written = without_blank_ends(legible(text))
        if heading or written:
            path = f"## {heading}"
            yield _Line("")
            if heading:
                yield _Line(path, path)
                yield _Line("")
            yield from (_Line(line, path) for line in written.split("\n") if written)


def _fields(draft: RecordDraft, model: Model) -> Iterator[_Line]:
    """Yield the lines of all fields, those that lack and are needed as prompts."""
    values = dict(_by_present_name(draft.values, model.fields))
    if model.type_field and draft.kind:
        values.setdefault(model.type_field, draft.kind)
    filled = {name for name, value in values.items() if says_anything(value)}
    prompts = needed_prompts(model, _kind(values, model), filled)
    for name, own in model.fields.items():
        if name in filled:
            yield from _field(own, values[name], model, "", name)
        else:
            yield from (_Line(line, name) for line in prompts.get(name, ()))


def _kind(values: Mapping[str, DraftValue], model: Model) -> str:
    """Return the kind of record that a draft says it is."""
    own = model.fields.get(model.type_field)
    typed = values.get(model.type_field, "")
    return term_id(typed, own, model) if own and isinstance(typed, str) else ""


def _by_present_name(
    values: Mapping[str, DraftValue], fields: Mapping[str, Field]
) -> Iterator[tuple[str, DraftValue]]:
    for name, value in values.items():
        if own := field_called(name, fields):
            yield own.name, value


def _field(own: Field, value: DraftValue, model: Model, indent: str, path: str) -> Iterator[_Line]:
    """Yield the lines of one field: of a list an item each, of a record its fields."""
    start = f"{indent}{in_quotes(own.name)}:"
    if isinstance(value, str):
        yield _Line(f"{start} {_scalar(own, value, model)}", path)
        return
    yield _Line(start, path)
    if isinstance(value, dict):
        yield from _record(own, value, model, f"{indent}  ", path)
        return
    for number, item in enumerate(value):
        place = f"{path}.{number}"
        if not says_anything(item):
            continue
        if isinstance(item, dict):
            lines = list(_record(own, item, model, f"{indent}    ", place))
            yield _Line(f"{indent}  - {lines[0].text.strip(' ')}", lines[0].path)
            yield from lines[1:]
        else:
            yield _Line(f"{indent}  - {_scalar(own, str(item), model)}", place)


def _record(
    holder: Field, values: Mapping[str, DraftValue], model: Model, indent: str, path: str
) -> Iterator[_Line]:
    present = dict(_by_present_name(values, holder.fields))
    for name, own in holder.fields.items():
        if says_anything(present.get(name, "")):
            yield from _field(own, present[name], model, indent, f"{path}.{name}")


def says_anything(value: DraftValue) -> bool:
    """Tell whether a value has any words."""
    if isinstance(value, str):
        return bool(value.strip())
    return any(map(says_anything, value.values() if isinstance(value, dict) else value))


def term_id(typed: str, own: Field, model: Model) -> str:
    """Return the id of the term that was meant, by its label in any language; else as typed.

    A label that two terms have, in two languages, stays as typed.
    """
    if known := present_term(typed, own, model):
        return known
    vocabulary = model.vocabularies.get(own.vocabulary)
    wanted = fold(typed)
    meant = {
        term.id
        for term in (vocabulary.terms.values() if vocabulary else ())
        if wanted in {fold(label) for label in term.labels.values()}
        and vocabulary
        and term.id not in vocabulary.broad
    }
    return meant.pop() if len(meant) == 1 else typed


def _scalar(own: Field, typed: str, model: Model) -> str:
    text = term_id(typed, own, model) if own.vocabulary else typed
    bare = _BARE.get(own.kind)
    return text if bare and bare.fullmatch(text) else in_quotes(text)


_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 -]*[A-Za-z0-9-])?")
_WORDS = re.compile(r"y|n|yes|no|true|false|on|off|null|none", re.IGNORECASE)
_BARE = {
    "date": re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII),
    "number": re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII),
}
_HIDDEN = re.compile("[\u0085\u00ad\u2028\u2029\ufeff]")
_ILLEGIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef]")
_NO_CHARACTER = re.compile("[\ud800-\udfff]")


def in_quotes(text: str) -> str:
    """Return a text as YAML that every reader takes alike, in quotes wherever it may need them.

    The form in the browser writes the same (`scalar` in `templates/assets/write-record.js`).
    """
    text = legible(text)
    if _PLAIN.fullmatch(text) and not _WORDS.fullmatch(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(lambda mark: f"\\u{ord(mark[0]):04x}", quoted)


def legible(text: str) -> str:
    """Return a text without what no file of text may hold: control characters, halves of one."""
    text = _ILLEGIBLE.sub("", _NO_CHARACTER.sub("\ufffd", text))
    return "".join(c for c in text if ord(c) & 0xFFFE != 0xFFFE)  # noqa: PLR2004 - noncharacters


def without_blank_ends(text: str) -> str:
    """Return a text without the blank lines above it and the room below it."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", text).rstrip()


# ---- what has no place ---------------------------------------------------------------------------


def _not_placed(draft: RecordDraft, model: Model, locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield the section of the words that no field takes, if there are any."""
    every = [*draft.unplaced, *_of_no_field(draft.values, model.fields, draft, "")]
    if every:
        texts = (f"**{escaped_markdown(words.place)}**\n\n{words.text}" for words in every)
        yield locale.gettext("Not placed"), "\n\n".join(texts)


def _of_no_field(
    values: Mapping[str, DraftValue], fields: Mapping[str, Field], draft: RecordDraft, path: str
) -> Iterator[UnplacedWords]:
    """Yield the words of those values that the model has no field for."""
    for name, value in values.items():
        inner, own = f"{path}{name}", field_called(name, fields)
        if own is None:
            words = "\n\n".join(escaped_markdown(text) for text in _texts(value))
            yield UnplacedWords(_place(inner, draft) or inner, words)
        elif own.kind == "record":
            items: Iterable[DraftValue] = value if isinstance(value, list) else [value]
            for number, item in enumerate(items):
                numbered = f"{inner}.{number}." if isinstance(value, list) else f"{inner}."
                if isinstance(item, dict):
                    yield from _of_no_field(item, own.fields, draft, numbered)


def _texts(value: DraftValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        return
    for item in value.values() if isinstance(value, dict) else value:
        yield from _texts(item)


_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_BEGINS_A_LINE = re.compile(r"^(\s*)([-+=:!]|\d+(?=[.)]))", re.MULTILINE)
_BARE_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")


def escaped_markdown(text: str) -> str:
    """Return plain text as Markdown that prints the same words, one paragraph for each line."""
    lines = [line.strip() for line in legible(text).split("\n")]
    return "\n\n".join(_escaped_line(line) for line in lines if line)


def _escaped_line(line: str) -> str:
    """Return one line in which nothing means more than it says; a bare address stays one."""
    pieces, end = [], 0
    for match in _BARE_ADDRESS.finditer(line):
        pieces += [_MEANS_SOMETHING.sub(r"\\\1", line[end : match.start()]), match[0]]
        end = match.end()
    escaped = "".join([*pieces, _MEANS_SOMETHING.sub(r"\\\1", line[end:])])
    return _BEGINS_A_LINE.sub(lambda m: f"{m[1]}{_marked(m[2])}", escaped)


def _marked(sign: str) -> str:
    return f"{sign}\\" if sign[0].isdigit() else f"\\{sign}"
