"""Owns `Site`, the settings of one library as the core reads them: no MkDocs in here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What `site_config.yml` says, checked; `generator.config` makes it.

    Paths are absolute, but for `path`, the configuration file's name below `root`, and for
    `model` and `vocabulary`, which stand below `content` and have `/` between folders.
    `url` and `edit_url` are empty or end in `/`. `languages` begins with `language`.
    `templates` is None where the packaged ones serve.
    `navigation` pairs a label, or nothing where the page's own title serves, with a path of the
    site or a web address.
    `matrices` pairs the facets of rows and columns; a page that would be too wide is turned.
    `plain` tells that casebook's own shell draws whole pages; otherwise a MkDocs theme draws them.
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
    licence: str
    default_visibility: str
    edit_url: str
    navigation: tuple[tuple[str, str], ...]
    begin: tuple[str, ...]
    matrices: tuple[tuple[str, str], ...]
    plain: bool
    strict: bool = False
