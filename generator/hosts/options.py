"""Owns the plugin's options; a new one is an entry of `Options` and a field of `Site`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from mkdocs.config.base import BaseConfigOption, Config, ValidationError, get_schema

from generator.model.declaration import suggestion

if TYPE_CHECKING:
    from mkdocs.config.base import ConfigErrors, ConfigWarnings

T = TypeVar("T")

PLUGIN = "casebook"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NONE: tuple[str, ...] = ()
_VISIBILITIES = ("public", "internal", "anonymised")


class Refusal(ValidationError):  # noqa: N818 - the sentence an owner reads
    """A value that an option does not take; printed, it is what is wrong and the remedy."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep both parts of what the site's owner is told."""
        super().__init__(f"{message} ({hint})")
        self.message = message
        self.hint = hint


class Option(BaseConfigOption[T], Generic[T]):
    """One option: its default, how a value is read, and what the site's owner reads about it."""

    def __init__(self, default: T, read: Callable[[object], T], about: str) -> None:
        """Keep the three parts of the declaration; `read` raises Refusal."""
        super().__init__()
        self.default = default
        self.read = read
        self.help = about

    def run_validation(self, value: object) -> T:
        """Return the value read, the default where nothing was written."""
        return self.read(self._default if value is None else value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    raise Refusal(f"'{value}' is not read as text", "put it in quotes")


def _tag(value: object) -> str:
    if isinstance(value, str) and _TAG.fullmatch(value):
        return value
    if value is False:
        raise Refusal("YAML reads no without quotes as a yes-or-no value", "write 'no', in quotes")
    raise Refusal(f"'{value}' is not the tag of a language", "write a tag such as en, fr or pt-BR")


def _inside(value: object) -> str:
    path = posixpath.normpath(_text(value) or ".")
    if path.startswith(("/", "..")) or "\\" in path or ":" in path:
        raise Refusal(f"'{value}' leads out of the content", "name a place inside docs_dir, with /")
    return "" if path == "." else path


def _something_inside(value: object) -> str:
    if path := _inside(value):
        return path
    raise Refusal("nothing is named here", "name a place inside docs_dir, or take the line out")


def _visibility(value: object) -> str:
    if isinstance(value, str) and value in _VISIBILITIES:
        return value
    known = f"choose one of {', '.join(_VISIBILITIES)}"
    raise Refusal(f"'{value}' is not a visibility", suggestion(str(value), _VISIBILITIES, known))


def _pair(value: object) -> str:
    rows, _, columns = _text(value).partition(" by ")
    if rows.strip() and columns.strip():
        return f"{rows.strip()} by {columns.strip()}"
    raise Refusal(f"'{value}' does not name two facets", "write one as: focus by success_factors")


def _each(read: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    """Return the reader of a list of what `read` reads; one entry needs no list."""

    def entries(value: object) -> tuple[str, ...]:
        if isinstance(value, dict):
            raise Refusal("this is not a list", "write it as [one, two]")
        return tuple(map(read, value if isinstance(value, list | tuple) else [value]))

    return entries


class Options(Config):  # type: ignore[no-untyped-call] # MkDocs left one method without types
    """The options of the plugin, each declared once: default, reader, help."""

    language = Option("en", _tag, "The language of the site: a BCP 47 tag such as en or pt-BR.")
    languages = Option(
        _NONE,
        _each(_tag),
        "Other languages whose labels and synonyms may stand in a record: a list of tags.",
    )
    folder = Option(
        "",
        _inside,
        "For a library inside a site that another theme draws: the folder below docs_dir that"
        " holds its cases, record model, vocabularies and pages. The library stands under the"
        " same name in the site, and everything outside that folder stays MkDocs's.",
    )
    model = Option(
        "record.yml", _something_inside, "The file, below the content, that declares the fields."
    )
    vocabulary = Option(
        "vocabulary", _something_inside, "The folder, below the content, of the vocabularies."
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
        _NONE, _each(_text), "The facets that the home page offers to begin with, in their order."
    )
    matrices = Option(
        _NONE,
        _each(_pair),
        "The matrices: each names two facets, the rows' first, as in 'focus by success_factors'."
        " What would need too many columns for a page stands in the rows.",
    )

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Return what is wrong; an unknown option is an error, for it was meant to do something."""
        failed, warned = super().validate()
        known = dict(get_schema(type(self)))
        for name in [name for name in self if name not in known]:
            hint = suggestion(str(name), known, f"the options are {', '.join(known)}")
            failed.append((name, Refusal(f"'{name}' is not an option of {PLUGIN}", hint)))
        return failed, [(name, text) for name, text in warned if name in known]


def documented() -> tuple[tuple[str, object, str], ...]:
    """Return each option's name, default and help, in the order of declaration."""
    options = get_schema(Options)
    return tuple((name, o.default, o.help) for name, o in options if isinstance(o, Option))
