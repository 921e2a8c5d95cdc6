"""The options of the plugin: name, default, reader and help of each, and our own checks of them.

A new option is an entry of `Options` and a field of `Site`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from mkdocs.config.base import BaseConfigOption, Config, ValidationError, get_schema

from generator.base.names import fold
from generator.base.site import COMMONMARK, PYTHON_MARKDOWN, SEARCH_BODIES_MAX
from generator.model.declaration import suggestion
from generator.model.value import UNKNOWN, WITHHELD

if TYPE_CHECKING:
    from mkdocs.config.base import ConfigErrors, ConfigWarnings

T = TypeVar("T")

PLUGIN = "casebook"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NO: bool = False
_NONE: tuple[str, ...] = ()
READERS = (COMMONMARK, PYTHON_MARKDOWN)
_VISIBILITIES = ("public", "internal", "anonymised")


class Refusal(ValidationError):  # noqa: N818 - the sentence an owner reads
    """A value that an option does not take; as text it is the message, and the hint in brackets."""

    def __init__(self, message: str, hint: str) -> None:
        """Take the message and the hint of the problem that the site's owner reads."""
        super().__init__(f"{message} ({hint})")
        self.message = message
        self.hint = hint


class Option(BaseConfigOption[T], Generic[T]):
    """One option: its default, the reader of its value, and its line in the manual."""

    def __init__(self, default: T, read: Callable[[object], T], about: str) -> None:
        """Declare an option; `read` turns what YAML gave into the value, or raises Refusal."""
        super().__init__()
        self.default = default
        self.read = read
        self.help = about

    def run_validation(self, value: object) -> T:
        """Return the value that was read, or the default where nothing was written."""
        return self.read(self._default if value is None else value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    raise Refusal(f"'{value}' is not read as text", "put it in quotes")


def _name(value: object) -> str:
    """Return a name on one line; a brace could be read as another placeholder."""
    name = _text(value)
    hint = ""
    if fold(name) in {UNKNOWN, WITHHELD}:  # in a record they stand for a name that is not told
        hint = "leave the setting out: then the model says 'our organisation'"
    elif not name.isprintable() or set(name) & set("{}") or len(name) > _LONGEST_NAME:
        hint = f"write it on one line, without braces, in at most {_LONGEST_NAME} characters"
    if hint:
        raise Refusal(f"'{name[:_LONGEST_NAME]}' is not the name of an organisation", hint)
    return name


_LONGEST_NAME = 80


def _tag(value: object) -> str:
    if isinstance(value, str) and _TAG.fullmatch(value):
        return value
    if value is False:
        raise Refusal("YAML reads no without quotes as a yes-or-no value", "write 'no', in quotes")
    raise Refusal(f"'{value}' is not the tag of a language", "write a tag such as en, fr or pt-BR")


def _path(value: object) -> str:
    """Return a path below the content, empty for the content itself."""
    path = posixpath.normpath(_text(value) or ".")
    if path.startswith(("/", "..")) or "\\" in path or ":" in path:
        raise Refusal(f"'{value}' leads out of the content", "name a place inside docs_dir, with /")
    return "" if path == "." else path


def _path_of_something(value: object) -> str:
    if path := _path(value):
        return path
    raise Refusal("nothing is named here", "name a place inside docs_dir, or take the line out")


def _visibility(value: object) -> str:
    if isinstance(value, str) and value in _VISIBILITIES:
        return value
    choices = f"choose one of {', '.join(_VISIBILITIES)}"
    raise Refusal(f"'{value}' is not a visibility", suggestion(str(value), _VISIBILITIES, choices))


def _pair(value: object) -> str:
    rows, _, columns = _text(value).partition(" by ")
    if rows.strip() and columns.strip():
        return f"{rows.strip()} by {columns.strip()}"
    raise Refusal(f"'{value}' does not name two facets", "write one as: focus by success_factors")


def _finding(value: object) -> str:
    match = _FINDING.fullmatch(_text(value))
    if match is None:
        hint = "write one as: level=policy, practice by success_factors"
        raise Refusal(f"'{value}' does not name an outcome and conditions", hint)
    outcome, terms, conditions = (", ".join(names_between_commas(part)) for part in match.groups())
    return f"{outcome}={terms} by {conditions}"


_FINDING = re.compile(r"\s*([^=,]+?)\s*=(.*?\S)\s+by\s+(\S.*)")


def names_between_commas(text: str) -> tuple[str, ...]:
    """Return the names that stand between commas, each once."""
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip())))


def _list_of(read: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    """Return the reader of a list of what `read` reads; one entry needs no list."""

    def entries(value: object) -> tuple[str, ...]:
        if isinstance(value, dict):
            raise Refusal("this is not a list", "write it as [one, two]")
        return tuple(map(read, value if isinstance(value, list | tuple) else [value]))

    return entries


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Refusal(f"'{value}' is neither true nor false", "write true or false")


def _number(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise Refusal(f"'{value}' is not a number of cases", "write a whole number such as 2000")


def _reader(value: object) -> str:
    if isinstance(value, str) and value in READERS:
        return value
    choices = f"choose one of {', '.join(READERS)}"
    raise Refusal(
        f"'{value}' is not a reader of Markdown", suggestion(str(value), READERS, choices)
    )


class Options(Config):  # type: ignore[no-untyped-call] # MkDocs left one method without types
    """The options of the plugin, each declared once: default, reader, help."""

    language = Option("en", _tag, "The language of the site: a BCP 47 tag such as en or pt-BR.")
    languages = Option(
        _NONE,
        _list_of(_tag),
        "Other languages whose labels and synonyms may stand in a record: a list of tags.",
    )
    folder = Option(
        "",
        _path,
        "For a library inside a site that another theme draws: the folder below docs_dir that"
        " holds its cases, record model, vocabularies and pages. The library stands under the"
        " same name in the site, and everything outside that folder stays MkDocs's.",
    )
    search_terms = Option(
        _NO,
        _flag,
        "For a library inside a site that another theme draws: whether the search of the site finds"
        " the pages of terms and of meetings too, and not only cases, plain pages and indexes.",
    )
    model = Option(
        "record.yml", _path_of_something, "The file, below the content, that declares the fields."
    )
    vocabulary = Option(
        "vocabulary", _path_of_something, "The folder, below the content, of the vocabularies."
    )
    organisation = Option(
        "",
        _name,
        "The organisation whose library it is, as a sentence names it, such as CARE. Labels and"
        " explanations say it where the model has {organisation}; without it, our organisation.",
    )
    licence = Option(
        "", _text, "The licence of a record that names none: an SPDX or CC id such as CC-BY-4.0."
    )
    default_visibility = Option(
        "public",
        _visibility,
        "Who may see a snapshot that does not say so itself: public, internal or anonymised.",
    )
    begin = Option(
        _NONE,
        _list_of(_text),
        "The facets that the home page offers to begin with, in their order.",
    )
    matrices = Option(
        _NONE,
        _list_of(_pair),
        "The matrices: each names two facets, the rows' first, as in 'focus by success_factors'."
        " What would need too many columns for a page stands in the rows.",
    )
    findings = Option(
        _NONE,
        _list_of(_finding),
        "What the page of findings compares: the terms of a facet that are the outcome, and the"
        " facets whose families are the conditions, as in 'level=policy, practice by"
        " success_factors'.",
    )
    search_bodies_max = Option(
        SEARCH_BODIES_MAX,
        _number,
        "The number of cases up to which the search reads their texts too. Where there are more, it"
        " reads titles, summaries, claims and terms.",
    )
    zip = Option(
        _NO,
        _flag,
        "Whether casebook build makes a copy of the site to take along, one ZIP file in download/,"
        " as its option --zip does. A preview and mkdocs build make none.",
    )

    markdown = Option(
        COMMONMARK,
        _reader,
        "How texts are read: commonmark, as GitHub shows them; or python-markdown, as MkDocs does,"
        " with the markdown_extensions of this file. These are programs, and are run.",
    )

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the options, in the order of declaration."""
        return tuple(name for name, _ in get_schema(cls))

    def refusals(self) -> Iterator[tuple[str, Refusal]]:
        """Read every option, and yield the name and the refusal of each that cannot be read.

        An option that is unknown is refused too: it was meant to do something.
        """
        for name, option in get_schema(type(self)):
            try:
                self[name] = option.validate(self[name])
            except Refusal as refusal:
                yield name, refusal
        names = self.names()
        for name in map(str, self):
            if name not in names:
                hint = suggestion(name, names, f"the options are {', '.join(names)}")
                yield name, Refusal(f"'{name}' is not an option of {PLUGIN}", hint)

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Return all refusals as MkDocs wants them; MkDocs's own method ends at the first."""
        return list(self.refusals()), []


def documented_options() -> tuple[tuple[str, object, str], ...]:
    """Return name, default and help of each option, in the order of declaration."""
    options = get_schema(Options)
    return tuple((name, o.default, o.help) for name, o in options if isinstance(o, Option))
