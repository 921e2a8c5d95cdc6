"""A new record, as `casebook new` writes it: its place, its text, and why there may be none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.base.names import fitting_slug, fold, reason_no_page_name
from generator.base.problem import Problem, errors
from generator.base.site import Site
from generator.build.load import load_content
from generator.model.declaration import suggestion
from generator.model.record import Model
from generator.model.scaffold import TermCounts, blank_record, short_record
from generator.model.value import texts
from generator.records.case import Case
from generator.records.parse import parse
from generator.records.read_file import SourceText
from generator.store.record_cache import RecordCache

UNFILLED = "unfilled-prompt"
"""The code of a prompt that nobody has written over yet."""


class NoRecordError(Exception):
    """No record can be started; `option` is the word of the command that has to change."""

    def __init__(self, option: str, message: str) -> None:
        """Take the option, and what is wrong with it and the remedy."""
        super().__init__(message)
        self.option = option


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that is to be written: its file and its text."""

    file: Path
    text: str


def start_record(  # noqa: PLR0913 - the options of the command
    site: Site, model: Model, title: str, size: str, today: str, *, whole: bool = False
) -> NewRecord:
    """Return a record to be filled in; raise NoRecordError where `check` would refuse it.

    With `whole` it has every field of the model, else those that its kind needs, with the terms
    that the library names most. Spaces and line ends in the title are single spaces.
    """
    title = " ".join(title.split())
    kind = kind_of_size(model, size)
    name = fitting_slug(title)
    if reason := reason_no_page_name(name):
        raise NoRecordError("TITLE", f"'{title}' cannot name a file: {reason}; add a word to it")
    file = site.content / model.folder / f"{name}.md"
    with RecordCache(site.cache) as cache:
        content = load_content(site, model, cache)
    addresses = dict.fromkeys(content.unparsed_ids, "another record")
    addresses |= {outline.id: outline.path for outline in content.outlines}
    if not file.exists() and name in addresses:
        taken = f"{addresses[name]} has the address '{name}' already"
        raise NoRecordError("TITLE", f"{taken}; change a word of the title")
    if whole:
        text = blank_record(model, title, kind, today)
    else:
        text = short_record(model, title, kind, today, counts_by_field(content.outlines, model))
    path = f"{site.content_path}/{model.folder}/{name}.md"
    for problem in _title_problems(site, model, SourceText(path, text)):
        remedy = f"; {problem.hint}" if problem.hint else ""
        raise NoRecordError("TITLE", f"{problem.message}{remedy}")
    return NewRecord(file, text)


def kind_of_size(model: Model, size: str) -> str:
    """Return the kind of record that was asked for, in any spelling; empty if none was."""
    kinds = [name for name in model.types.kinds if name]
    if not size.strip():
        return ""
    if not kinds:
        raise NoRecordError("--size", f"there is one kind of {model.name} here; leave it out")
    field = model.fields.get(model.type_field)
    vocabulary = model.vocabularies.get(field.vocabulary) if field else None
    meant = (vocabulary.resolve(size) if vocabulary else None) or next(
        (kind for kind in kinds if fold(kind) == fold(size)), ""
    )
    if meant in kinds:
        return meant
    known = f"choose one of {', '.join(kinds)}"
    raise NoRecordError("--size", f"'{size}' is not a size; {suggestion(size, kinds, known)}")


def counts_by_field(outlines: Iterable[Case], model: Model) -> TermCounts:
    """Return how many counted records name each term, by the dotted path of a needed field."""
    fields = [field for field in model.walk() if field.vocabulary and field.need]
    counts: dict[str, Counter[str]] = {field.dotted: Counter() for field in fields}
    for outline in outlines:
        kind = texts(outline.values, (model.type_field,)) if model.type_field else []
        if model.type_of(kind[0] if kind else "").counts:
            for field in fields:
                counts[field.dotted].update(set(texts(outline.values, field.path)))
    return counts


def _title_problems(site: Site, model: Model, source: SourceText) -> Iterator[Problem]:
    """Yield the errors that a new record has for its title alone, or for its file's name."""
    field = model.role("title")
    lines = source.text.split("\n")
    starts = [n for n, line in enumerate(lines, 1) if field and line.startswith(f"{field.name}:")]
    defaults = {"visibility": site.default_visibility}
    for problem in errors(parse(source, model, defaults, site.markdown).problems):
        if problem.code != UNFILLED and problem.line in {1, *starts}:
            yield problem
