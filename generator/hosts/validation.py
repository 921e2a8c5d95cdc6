"""The settings of a site, checked: MkDocs's in MkDocs's words, the plugin's options in ours.

All problems of a file come out together, each at its line. Words that help with a setting of
MkDocs's are a row of `_REMEDIES`; the checks of our own options stand in `options`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.base import BaseConfigOption, get_schema
from mkdocs.config.defaults import MkDocsConfig

from generator import yaml_nodes
from generator.base.position import Position
from generator.base.problem import Severity, errors
from generator.base.site import PYTHON_MARKDOWN
from generator.hosts.options import PLUGIN, Options
from generator.hosts.settings import first_line, read_settings
from generator.model.declaration import ProblemCollector, suggestion

_REMEDIES = {
    "theme": "write: theme: {name: casebook}, or name the folder of your templates",
    "site_name": "write: site_name: the name of your library",
    "docs_dir": "name the folder of your content, and make it if it is not there",
    "site_dir": "name a folder beside the content, such as: site_dir: site",
}
_MANUAL = "see MkDocs's manual: https://www.mkdocs.org/user-guide/configuration/#{name}"
_ONLY_MKDOCS = "take it out, or build with mkdocs build"
_ANOTHER_READER = "take it out, or set markdown: python-markdown"
_AT_THE_NAME = frozenset({"ignored", "unknown-option", "unknown-setting"})
"""The codes of problems that stand at the name of a setting; all others stand at its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingProblem:
    """What is wrong with one setting; `setting` is the way to it through the file, from the top."""

    setting: tuple[str, ...]
    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The validated settings of a file; `node` holds their positions.

    `ignored` are warnings about what only MkDocs runs: hooks, other plugins, Markdown extensions.
    """

    config: MkDocsConfig
    options: Options
    node: yaml_nodes.Mapping
    ignored: tuple[SettingProblem, ...]


def validate_settings(
    file: Path, collector: ProblemCollector, *, output: Path | None = None
) -> Settings | None:
    """Return the settings in the file at an absolute path; None after an error.

    `output` replaces `site_dir`. Nothing that the file names is imported or run.
    """
    contents = read_settings(file, collector)
    if contents is None:
        return None
    values, node = contents
    if output is not None:
        values["site_dir"] = os.path.abspath(output)  # noqa: PTH100 - takes .. out, too
    plugins = _plugins(values.pop("plugins", None))
    config, options = MkDocsConfig(config_file_path=str(file)), Options()
    option_problems = tuple(_option_problems(plugins, options))
    ignored = tuple(_ignored(values, plugins, options))
    problems = (*option_problems, *_config_problems(values, config, _needless(options)))
    for problem in problems:
        add_problem(collector, node, problem)
    if errors(collector.problems):
        return None
    return Settings(config=config, options=options, node=node, ignored=ignored)


def add_problem(
    collector: ProblemCollector, node: yaml_nodes.Node, problem: SettingProblem
) -> None:
    """Add a problem at the position of its setting, or of what would hold it if it is absent."""
    key = Position(1, 1)
    value: yaml_nodes.Node | None = node
    for name in problem.setting:
        setting = next((pair for pair in _pairs(value) if pair[0].value == name), None)
        if setting is None:
            value = None
            break
        key, value = setting[0].position, setting[1]
    position = value.position if value and problem.code not in _AT_THE_NAME else key
    collector.add(position, problem.code, problem.message, problem.hint, problem.severity)


def _pairs(
    node: yaml_nodes.Node | None,
) -> Iterator[tuple[yaml_nodes.Scalar, yaml_nodes.Node | None]]:
    """Yield name and value of each setting in a node; the entries of a list are taken together.

    So `plugins: [search, casebook: {…}]` is searched like a mapping; `search` has no value.
    """
    for part in node.items if isinstance(node, yaml_nodes.Sequence) else [node]:
        if isinstance(part, yaml_nodes.Mapping):
            yield from part.pairs
        elif isinstance(part, yaml_nodes.Scalar):
            yield part, None


def _plugins(setting: object) -> dict[str, object]:
    """Return what was written for each plugin listed, by name."""
    entries = setting if isinstance(setting, list) else [setting]
    plugins: dict[str, object] = {}
    for entry in entries:
        plugins.update(entry if isinstance(entry, dict) else {str(entry): None})
    return plugins


def _ignored(
    values: dict[str, Any], plugins: Mapping[str, object], options: Options
) -> Iterator[SettingProblem]:
    """Take out of the values what only MkDocs runs, and yield a warning about each.

    Extensions of Markdown are run where a site asks for Python-Markdown.
    """
    hints = {"hooks": _ONLY_MKDOCS, "markdown_extensions": _ANOTHER_READER}
    if options.markdown == PYTHON_MARKDOWN:
        del hints["markdown_extensions"]
    for key, hint in hints.items():
        if values.pop(key, None):
            yield _without_effect((key,), f"'{key}'", hint)
    for name in plugins:
        if name != PLUGIN:
            yield _without_effect(("plugins", name), f"the plugin '{name}'")


def _without_effect(
    setting: tuple[str, ...], words: str, hint: str = _ONLY_MKDOCS
) -> SettingProblem:
    return SettingProblem(
        setting=setting,
        code="ignored",
        message=f"{words} has no effect in casebook build",
        hint=hint,
        severity=Severity.WARNING,
    )


def _option_problems(plugins: Mapping[str, object], options: Options) -> Iterator[SettingProblem]:
    """Fill the options with what was written for them, and yield what is wrong with it."""
    if PLUGIN not in plugins:
        yield SettingProblem(
            setting=("plugins",),
            code="no-plugin",
            message=f"the plugin '{PLUGIN}' is not listed under 'plugins'",
            hint=f"plugins: [{PLUGIN}]",
        )
    written = plugins.get(PLUGIN) or {}
    if not isinstance(written, dict):
        yield SettingProblem(
            setting=("plugins", PLUGIN),
            code="option",
            message=f"the options of '{PLUGIN}' are not written as name: value",
            hint=f"write: - {PLUGIN}: {{language: en}}",
        )
        return
    options.load_dict({name: value for name, value in written.items() if name != "enabled"})
    for name, refusal in options.refusals():
        yield SettingProblem(
            setting=("plugins", PLUGIN, name),
            code="option" if name in options.names() else "unknown-option",
            message=refusal.message,
            hint=refusal.hint,
        )


def _needless(options: Options) -> frozenset[str]:
    """Return the settings that nobody reads: to check them would import them."""
    return frozenset(() if options.markdown == PYTHON_MARKDOWN else ("markdown_extensions",))


def _config_problems(
    values: Mapping[str, Any], config: MkDocsConfig, needless: Collection[str]
) -> Iterator[SettingProblem]:
    """Fill MkDocs's configuration with the values, and yield what is wrong with them."""
    names = [name for name, _ in get_schema(MkDocsConfig) if name != "config_file_path"]
    for name in map(str, values):
        if name not in names:
            yield SettingProblem(
                setting=(name,),
                code="unknown-setting",
                message=f"MkDocs has no setting '{name}'",
                hint=suggestion(name, names),
                severity=Severity.WARNING,
            )
    config.load_dict({name: values[name] for name in names if name in values} | {"plugins": []})
    if config["site_name"] == "":
        config["site_name"] = None  # MkDocs takes an empty name; our pages start with it
    root = os.path.join(os.path.dirname(config.config_file_path), "")  # noqa: PTH118, PTH120
    refusals = _refusals(config, needless)
    try:
        urljoin(config.get("repo_url") or "", config.get("edit_uri") or "")
    except ValueError as no_address:  # MkDocs joins them for each page, and checks neither
        refusals.setdefault("edit_uri", no_address)
    for name, error in refusals.items():
        yield SettingProblem(
            setting=(name,),
            code="setting",
            message=f"'{name}': {first_line(error).replace(root, '')}",
            hint=_REMEDIES.get(name) or _MANUAL.format(name=name),
        )


_STEPS: tuple[Callable[[MkDocsConfig, str, BaseConfigOption[Any]], None], ...] = (
    lambda config, name, option: option.pre_validation(config, name),
    lambda config, name, option: config.update({name: option.validate(config[name])}),
    lambda config, name, option: option.post_validation(config, name),
)
"""The steps of MkDocs's `Config.validate`, each done for all settings before the next."""


def _refusals(config: MkDocsConfig, needless: Collection[str]) -> dict[str, BaseException]:
    """Return why MkDocs refuses a setting, for each that it refuses; some are needless to check.

    `Config.validate` ends at the first refusal. Here a setting that is refused takes its default,
    so that the others are checked as well, and those that depend on it.
    """
    refusals: dict[str, BaseException] = {}
    checked = [pair for pair in get_schema(MkDocsConfig) if pair[0] not in needless]
    for step in _STEPS:
        for name, option in checked:
            try:
                step(config, name, option)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, the setting caused it
                refusals.setdefault(name, error)
                config[name] = option.default
            option.reset_warnings()  # options belong to the class: nothing may stay in them
    return refusals
