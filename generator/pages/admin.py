"""The settings of Sveltia CMS, an editor for repositories, made from the record model.

Each kind of record that counts is a collection of its own, whose questions stand in the order of
the model, so that what the editor writes is in canonical form. Existing records are hidden: the
editor would drop what it cannot show and write each line anew (decision 0036). To give a kind of
value another control, change its entry in `CONTROLS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from generator.base.locale import Locale
from generator.base.no_editor import NoEditorError
from generator.base.site import Site
from generator.model.record import Field, Model, RecordType
from generator.model.value import UNKNOWN
from generator.pages.write import LEFT_OUT, names_vocabularies

NOTHING: Final = "^(?!)"
"""A regular expression that matches no text: the filter that hides every record."""

BODY: Final = "body"

_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
_DAY = r"\d{4}-\d{2}-\d{2}"
_NUMBER = r"-?\d+(\.\d+)?"
_ADDRESS = r"https?://\S+"

_GITHUB = re.compile(r"(https://[^/?#]+)/([^/?#]+/[^/?#]+)/(?:edit|blob|tree)/([^/?#]+)/([^?#]*)")
_GITLAB = re.compile(r"(https://[^/?#]+)/([^?#]+?)(?:/-)?/(?:edit|blob|tree)/([^/?#]+)/([^?#]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Where the content is kept: `service` is github or gitlab, `name` owner and project.

    `origin` is the server's address without a `/` at its end, `folder` that of the content in the
    repository, and empty or with a `/` at its end.
    """

    service: str
    origin: str
    name: str
    branch: str
    folder: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """The servers that the editor may ask: those of the repository."""
        public = self.origin == "https://github.com"
        return (self.origin, "https://api.github.com") if public else (self.origin,)


def repository_of(site: Site) -> Repository:
    """Return the repository of a site from the address at which its content can be edited.

    A name of a branch has no `/`. Raises NoEditorError where no repository is known.
    """
    gitlab = "/-/" in site.edit_url or re.match(r"https://gitlab\.", site.edit_url)
    match = (_GITLAB if gitlab else _GITHUB).fullmatch(site.edit_url)
    if not match:
        raise NoEditorError(
            "no repository on GitHub or GitLab is known, so the editor has nothing to write to; "
            "set repo_url and edit_uri in the configuration, such as "
            "repo_url: https://github.com/owner/name and edit_uri: edit/main/content/"
        )
    service = "gitlab" if gitlab else "github"
    return Repository(
        service=service, origin=match[1], name=match[2], branch=match[3], folder=match[4]
    )


def admin_config(model: Model, site: Site, locale: Locale) -> dict[str, Any]:
    """Return the settings of the editor, as plain data for JSON.

    Raises NoEditorError where the model or the settings of the site leave no way to it.
    """
    repository = repository_of(site)
    title = model.role("title")
    if title is None or title.many:
        raise NoEditorError("the model has no field with role: title, by which a file is named")
    if BODY in model.fields:
        raise NoEditorError("a field 'body' cannot be told from the text below; rename the field")
    folder = f"{repository.folder}{model.folder}"
    kinds = [kind for kind in model.types.kinds.values() if kind.counts]
    return {
        "backend": _backend(repository),
        "publish_mode": "editorial_workflow",
        "media_folder": folder,
        "app_title": site.name,
        "show_preview_links": False,
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "double"}},
        "slug": {"encoding": "unicode", "clean_accents": False, "maxlength": 60},
        "collections": [
            _Collection(model, kind, locale).settings(title.name, folder) for kind in kinds
        ],
    }


def _backend(repository: Repository) -> dict[str, Any]:
    """Return where the editor writes. A token is the one way in that needs no third server."""
    backend: dict[str, Any] = {
        "name": repository.service,
        "repo": repository.name,
        "branch": repository.branch,
        "auth_methods": ["token"],
    }
    if repository.origin not in {"https://github.com", "https://gitlab.com"}:
        root = "/api/v3" if repository.service == "github" else "/api/v4"
        backend |= {"base_url": repository.origin, "api_root": f"{repository.origin}{root}"}
    return backend


@dataclass(frozen=True, slots=True)
class _Collection:
    """The records of one kind, on their way into the settings."""

    model: Model
    kind: RecordType
    locale: Locale

    def settings(self, title: str, folder: str) -> dict[str, Any]:
        """Return the collection: new records only, each a file in the folder of all records.

        A file's name begins with letters by chance. The editor knows no record that it hides, and
        would write over the one that has a file of the same title.
        """
        label = self._label()
        return {
            "name": self.kind.id or self.model.folder,
            "label": label,
            "label_singular": label,
            "folder": folder,
            "identifier_field": title,
            "slug": f"{{{{uuid_shorter}}}}-{{{{fields.{title}}}}}",
            "filter": {"field": title, "pattern": NOTHING},
            "create": True,
            "delete": False,
            "duplicate": False,
            "format": "yaml-frontmatter",
            "fields": [*self._fields(), self._body()],
        }

    def _label(self) -> str:
        field = self.model.fields.get(self.model.type_field)
        vocabulary = self.model.vocabularies.get(field.vocabulary) if field else None
        term = vocabulary.terms.get(self.kind.id) if vocabulary else None
        return term.label if term else self.locale.capital(self.model.plural)

    def _fields(self) -> Iterator[dict[str, Any]]:
        for field in self.model.fields.values():
            if field.role == "type":
                kind = {"name": field.name, "label": field.label, "default": self.kind.id}
                yield {"widget": "hidden", **kind}
            elif field.role not in LEFT_OUT and self._is_asked(field):
                yield self.control(field)

    def _is_asked(self, field: Field) -> bool:
        """Tell whether the kind asks for a field; the fullest kind asks for each."""
        counted = [kind for kind in self.model.types.kinds.values() if kind.counts]
        if self.kind.needs == max((kind.needs for kind in counted), key=len):
            return True
        strength = self.model.strength
        sources = bool(strength and field.name == strength.sources)
        return sources or field.role == "visibility" or field.need in self.kind.needs

    def control(self, field: Field) -> dict[str, Any]:
        """Return the control of a field: of one value, or a list of such."""
        common: dict[str, Any] = {
            "name": field.name,
            "label": field.label,
            "hint": escape(self._hint(field), quote=False),  # the editor takes it for Markdown
            "required": self._is_required(field),
        }
        if not common["hint"]:
            del common["hint"]
        control = self._single(field)
        if not field.many:
            return common | control
        if control["widget"] == "select":
            return common | control | {"multiple": True}
        if control["widget"] == "object":
            noun = self.locale.capital(str(field.noun))
            fields = {"fields": control["fields"], "label_singular": noun, "collapsed": "auto"}
            return common | {"widget": "list"} | fields
        return common | {"widget": "list", "field": {"name": "value", "label": "·"} | control}

    def _single(self, field: Field) -> dict[str, Any]:
        return CONTROLS[field.kind](self, field)

    def _is_required(self, field: Field) -> bool:
        """Tell whether a kind needs the field whatever else is filled in."""
        conditions = (field.alternative, field.unneeded_if, field.applies_unless)
        return field.need in self.kind.needs and not any(conditions)

    def _hint(self, field: Field) -> str:
        if field.need not in self.kind.needs or not field.alternative:
            return field.help
        other = self.model.fields[field.alternative]
        either = self.locale.gettext("needed, or “%(field)s”", field=other.label)
        return f"{field.help} ({either})"

    def _body(self) -> dict[str, Any]:
        headings = ", ".join(f"## {heading}" for heading in self.model.headings)
        body = {"name": BODY, "label": self.locale.gettext("In your own words")}
        hint = {"hint": escape(headings, quote=False)} if headings else {}
        return body | hint | {"widget": "text", "required": False}

    def text(self, field: Field) -> dict[str, Any]:
        """Return a text of several lines."""
        return {"widget": "text"} | _longest(field)

    def line(self, field: Field) -> dict[str, Any]:
        """Return a text of one line."""
        return {"widget": "string", "use_emoji_autocomplete": False} | _longest(field)

    def term(self, field: Field) -> dict[str, Any]:
        """Return a choice of terms; a line where new words are welcome, or names must not show."""
        vocabulary = self.model.vocabularies[field.vocabulary]
        if vocabulary.open or field.vocabulary in names_vocabularies(self.model):
            return self.line(field)
        terms = [vocabulary.terms[id_] for id_ in vocabulary.fine]
        options = [{"label": term.label, "value": term.id} for term in terms if not term.is_new]
        if UNKNOWN not in vocabulary.terms:
            options.append({"label": self.locale.gettext("Not known"), "value": UNKNOWN})
        return {"widget": "select", "options": options}

    def record(self, field: Field) -> dict[str, Any]:
        """Return a record of fields."""
        members = [self.control(member) for member in field.fields.values()]
        return {"widget": "object", "collapsed": "auto", "fields": members}

    def date(self, field: Field) -> dict[str, Any]:
        """Return a date as a text: controls of browsers know no year alone."""
        _ = self.locale.gettext
        if field.precision == "day":
            return self._shaped(field, _DAY, "2026-11-22")
        return self._shaped(
            field, _DATE, _("A year, a month or a day: 2026, 2026-11 or 2026-11-22.")
        )

    def number(self, field: Field) -> dict[str, Any]:
        """Return a number as a text: so `unknown` can be written too."""
        message = self.locale.gettext(
            "%(label)s: write digits, with a point before decimals", label=field.label
        )
        return self._shaped(field, _NUMBER, message)

    def url(self, field: Field) -> dict[str, Any]:
        """Return a web address."""
        message = self.locale.gettext(
            "%(label)s: write a web address such as https://example.org", label=field.label
        )
        return self._shaped(field, _ADDRESS, message)

    def _shaped(self, field: Field, shape: str, message: str) -> dict[str, Any]:
        return self.line(field) | {"pattern": [f"^(?:{shape}|{UNKNOWN})?$", message]}


def _longest(field: Field) -> dict[str, Any]:
    return {"maxlength": int(field.max)} if field.max is not None else {}


CONTROLS: Mapping[str, Callable[[_Collection, Field], dict[str, Any]]] = {
    "line": _Collection.line,
    "text": _Collection.text,
    "slug": _Collection.line,
    "date": _Collection.date,
    "number": _Collection.number,
    "url": _Collection.url,
    "language": _Collection.line,
    "term": _Collection.term,
    "case": _Collection.line,
    "source": _Collection.line,
    "record": _Collection.record,
}
"""The control of each kind of value."""
