"""`Site`: the checked settings of one site, without anything of MkDocs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

COMMONMARK = "commonmark"
PYTHON_MARKDOWN = "python-markdown"

PYTHON_NAME = "!!python/name"
"""The key under which the settings of an extension keep the name of a function as plain data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownSettings:
    """How bodies are read: by which reader, and for Python-Markdown with which extensions.

    `configs` is JSON: the settings of each extension by its name. All of it is plain data, so
    that equal settings read alike in any process.
    """

    reader: str = COMMONMARK
    extensions: tuple[str, ...] = ()
    configs: str = "{}"


DEFAULT_MARKDOWN = MarkdownSettings()
"""How a site reads its bodies unless it says otherwise."""


SEARCH_BODIES_MAX = 2_000
"""Of so many cases the search reads the texts too, unless a site says otherwise."""


@dataclass(frozen=True, slots=True)
class FindingSetting:
    """What is compared across cases: an outcome, terms of a facet; and facets of conditions."""

    facet: str
    terms: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The settings of `site_config.yml`, checked; `hosts.config` reads them.

    Paths are absolute, but for `path`, the configuration file's name below `root`, and for
    `model` and `vocabulary`, which are below `content` and have `/` between folders.
    `url` and `edit_url` are empty or end in `/`. `languages` starts with `language`.
    `organisation` is the name that `{organisation}` stands for in the model, perhaps empty.
    `templates` is None where the packaged ones are used.
    `navigation` pairs a label with a path of the site or a web address; an empty label means the
    page's own title.
    `begin` are the facets that the home page offers first. `matrices` pairs the facets of rows and
    columns; a page that would be too wide is turned. `findings` are what is compared across cases.
    `markdown` tells how bodies are read.
    `search_bodies_max` is the number of cases up to which the search reads their texts too.
    `zip` tells that `casebook build` makes a copy of the site to take along.
    `plain` is true where casebook's own shell draws whole pages, false where a MkDocs theme does.
    """

    root: Path
    path: str
    name: str
    description: str
    author: str
    url: str
    language: str
    languages: tuple[str, ...]
    content: Path
    templates: Path | None
    output: Path
    cache: Path
    model: str
    vocabulary: str
    organisation: str = ""
    licence: str
    default_visibility: str
    edit_url: str
    navigation: tuple[tuple[str, str], ...]
    begin: tuple[str, ...]
    matrices: tuple[tuple[str, str], ...]
    findings: tuple[FindingSetting, ...] = ()
    plain: bool
    markdown: MarkdownSettings = DEFAULT_MARKDOWN
    search_bodies_max: int = SEARCH_BODIES_MAX
    zip: bool = False
    strict: bool = False

    @property
    def content_path(self) -> str:
        """The content folder as problems name it: seen from `root`, with `/` between folders."""
        return self.content.relative_to(self.root).as_posix()
