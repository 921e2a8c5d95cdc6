"""How `site_config.yml` becomes a `Site`, and what is wrong between its settings.

`casebook` reads the file by `load_site`; under MkDocs the plugin has the settings already and
calls `from_mkdocs`. Both then ask for `setting_conflicts`.
"""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from generator.base.locale import Locale
from generator.base.problem import Problem, Severity, errors, sorted_problems
from generator.base.site import (
    PYTHON_MARKDOWN,
    PYTHON_NAME,
    FindingSetting,
    MarkdownSettings,
    Site,
)
from generator.build.load import model_folder
from generator.hosts.options import PLUGIN, Options, names_between_commas
from generator.hosts.validation import SettingProblem, add_problem, validate_settings
from generator.model.declaration import ProblemCollector

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = [
    "Site",
    "drawn_elsewhere",
    "from_mkdocs",
    "load_site",
    "nav_entries",
    "packaged_model_words",
    "setting_conflicts",
]

_GUESSED_EDIT_URIS = ("edit/master/docs/", "src/default/docs/")  # MkDocs's, for a folder docs
_OPTIONS = ("plugins", PLUGIN)


def load_site(file: Path, *, output: Path | None = None) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return the settings in a configuration file, and its problems; no settings after an error.

    `output` replaces the folder that the file names. Nothing that the file names is imported or
    run: hooks, other plugins and Markdown extensions are MkDocs's alone.
    """
    absolute = _absolute(file)
    collector = ProblemCollector(absolute.name)
    settings = validate_settings(absolute, collector, output=output)
    site = None
    if settings is not None:
        site = from_mkdocs(settings.config, settings.options)
        ignored = settings.ignored if site.plain else ()
        for problem in (*setting_conflicts(site, settings.options), *ignored):
            add_problem(collector, settings.node, problem)
    problems = sorted_problems(collector.problems)
    return (None if errors(problems) else site), problems


def from_mkdocs(config: MkDocsConfig, options: Options) -> Site:
    """Return the library's settings from a configuration and options that were validated."""
    file = _absolute(config.config_file_path or "mkdocs.yml")
    plain = _is_plain(config)
    folder = f"{options.folder}/" if options.folder else ""
    return Site(
        root=file.parent,
        path=file.name,
        name=config.site_name,
        description=config.site_description or "",
        author=config.site_author or "",
        url=config.site_url + folder if config.site_url else "",
        language=options.language,
        languages=tuple(dict.fromkeys((options.language, *options.languages))),
        content=Path(config.docs_dir, folder),
        templates=_custom_dir(config) if plain else None,
        output=Path(config.site_dir),
        cache=file.parent / ".casebook-cache",
        model=options.model,
        vocabulary=options.vocabulary,
        organisation=options.organisation,
        licence=options.licence,
        default_visibility=options.default_visibility,
        edit_url=_edit_url(config, folder),
        navigation=tuple(nav_entries(config.nav)) if plain else (),
        begin=options.begin,
        matrices=tuple((a, b) for a, _, b in (m.partition(" by ") for m in options.matrices)),
        findings=tuple(map(_finding_setting, options.findings)),
        plain=plain,
        markdown=_markdown(config, options),
        search_bodies_max=options.search_bodies_max,
        zip=options.zip,
        strict=config.strict,
    )


def _finding_setting(written: str) -> FindingSetting:
    """Return a finding from what the option read: `level=policy, practice by success_factors`."""
    outcome, _, conditions = written.partition(" by ")
    facet, _, terms = outcome.partition("=")
    return FindingSetting(facet, names_between_commas(terms), names_between_commas(conditions))


def _markdown(config: MkDocsConfig, options: Options) -> MarkdownSettings:
    """Return how bodies are read; the extensions of MkDocs count for Python-Markdown only."""
    if options.markdown != PYTHON_MARKDOWN:
        return MarkdownSettings(reader=options.markdown)
    return MarkdownSettings(
        reader=PYTHON_MARKDOWN,
        extensions=tuple(config.markdown_extensions),
        configs=json.dumps(config.mdx_configs, default=_named, sort_keys=True),
    )


def _named(value: object) -> object:
    """Return the name of a function or class in the settings of an extension, as plain data."""
    name = getattr(value, "__qualname__", None)
    return {PYTHON_NAME: f"{value.__module__}.{name}"} if name else str(value)


def _custom_dir(config: MkDocsConfig) -> Path | None:
    folder = config.theme.custom_dir
    return _absolute(folder) if folder else None


def _absolute(path: str | Path) -> Path:
    """Return a path without `..` whose symbolic links stay, as MkDocs keeps them."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _is_plain(config: MkDocsConfig) -> bool:
    """Tell whether the theme is casebook's: its packaged one, or a folder laid out like it."""
    folder = _custom_dir(config)
    return config.theme.name == PLUGIN or (
        config.theme.name is None and folder is not None and (folder / "pages").is_dir()
    )


def _edit_url(config: MkDocsConfig, folder: str) -> str:
    """Return the address that a content path is appended to; empty if MkDocs only guessed it."""
    uri = config.edit_uri or ""
    guessed = uri in _GUESSED_EDIT_URIS and Path(config.docs_dir).name != "docs"
    if not uri or guessed or uri.startswith(("?", "#")):
        return ""
    try:
        url = urljoin((config.repo_url or "").rstrip("/") + "/", uri)
    except ValueError:  # no address: `validate_settings` reports it, MkDocs builds without it
        return ""
    return url + folder if "://" in url else ""


def nav_entries(nav: object) -> Iterator[tuple[str, str]]:
    """Yield label and site path of each entry, those of sections too, in order."""
    for entry in nav if isinstance(nav, list) else ():
        for label, target in entry.items() if isinstance(entry, dict) else [("", entry)]:
            if isinstance(target, list):
                yield from nav_entries(target)
            else:
                yield str(label), _site_path(str(target))


def _site_path(target: str) -> str:
    """Return the site path of a source page; README.md becomes index.html, as in MkDocs."""
    if "://" in target or not target.endswith(".md"):
        return target
    folder, name = posixpath.split(target.removesuffix(".md"))
    return posixpath.join(folder, f"{'index' if name == 'README' else name}.html")


def setting_conflicts(site: Site, options: Options) -> Iterator[SettingProblem]:
    """Yield what is wrong between settings that are each right alone."""
    if not site.plain and not options.folder:
        yield SettingProblem(
            setting=_OPTIONS,
            code="no-folder",
            message="another theme draws this site, and no 'folder' says where the library is",
            hint="add the option folder: library; or, for a site of its own, name casebook's"
            " templates: theme: {name: null, custom_dir: templates}",
        )
    if site.plain and options.folder:
        yield SettingProblem(
            setting=(*_OPTIONS, "folder"),
            code="needless-folder",
            message="'folder' is for a library inside a site that another theme draws",
            hint="take it out; docs_dir says where the content is",
        )
    if site.root not in site.content.parents:
        yield SettingProblem(
            setting=("docs_dir",),
            code="content-outside",
            message=f"the content lies outside the folder of '{site.path}'",
            hint=f"put '{site.path}' beside the content, or above it",
        )
    elif not site.content.is_dir():
        yield SettingProblem(
            setting=(*_OPTIONS, "folder"),
            code="no-content",
            message=f"there is no folder '{options.folder}' in docs_dir",
            hint="make it and put the library there, or correct 'folder'",
        )
    if Locale(site.language).lacks_words:
        yield SettingProblem(
            setting=(*_OPTIONS, "language"),
            code="no-words",
            message=f"there are no words of the interface in '{site.language}' yet: "
            "they are English, and the pages say so",
            hint="to add them, see docs/adapting.md",
            severity=Severity.NOTE,
        )
    if site.output in {site.root, *site.root.parents} or (
        site.templates and _overlap(site.output, site.templates)
    ):
        yield SettingProblem(
            setting=("site_dir",),
            code="output-on-source",
            message=f"a build in '{site.output.name}' would delete files that the site is made of",
            hint="name a folder of its own, such as: site_dir: site",
        )


def drawn_elsewhere(site: Site, instead: str) -> tuple[Problem, ...]:
    """Return the problem of a site that another theme draws: casebook has no pages for it.

    `instead` is the command that has them.
    """
    if site.plain:
        return ()
    return (
        Problem(
            path=site.path,
            code="drawn-elsewhere",
            message="a theme of MkDocs's draws the pages of this site",
            hint=f"use {instead} -f {site.path}",
        ),
    )


def _overlap(first: Path, second: Path) -> bool:
    return first == second or first in second.parents or second in first.parents


def packaged_model_words(site: Site) -> str:
    """Return that the content has no model, and what is used in its place; empty where it has one.

    Its vocabularies are those of the same model: what the content has of its own is not read.
    """
    folder, _ = model_folder(site)
    if folder == site.content:
        return ""
    content = site.content_path
    unread = ""
    if (site.content / site.vocabulary).is_dir():
        unread = f", and '{content}/{site.vocabulary}' is not read"
    return (
        f"there is no '{content}/{site.model}': casebook's own record model is used{unread}\n"
        "    hint: to declare fields of your own, write that file: see docs/adapting.md"
    )
