"""Owns how the settings of a site are checked: by MkDocs, but to the end, and in our words."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from mkdocs.config.base import Config, get_schema
from mkdocs.config.defaults import MkDocsConfig

from generator import yaml_nodes
from generator.base.problem import Severity, errors
from generator.hosts.options import PLUGIN, Options, Refusal
from generator.hosts.setting_problems import Mistake, find_setting, mkdocs_refusal, report
from generator.hosts.settings import read_settings
from generator.model.declaration import ProblemCollector, suggestion

C = TypeVar("C", bound=Config)

_INSTEAD = {"site_name": PLUGIN, "docs_dir": str(Path(__file__).parent)}
"""What lets the reading go on after a setting that must be there was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a configuration file says, validated, and where: `ignored` is what only MkDocs runs."""

    config: MkDocsConfig
    options: Options
    node: yaml_nodes.Mapping
    ignored: tuple[Mistake, ...]


def validated(
    file: Path, findings: ProblemCollector, *, output: Path | None = None
) -> Settings | None:
    """Return the settings in the file at an absolute path, or none after noting what is wrong."""
    found = read_settings(file, findings)
    if found is None:
        return None
    settings, node = found
    if output is not None:
        settings["site_dir"] = os.path.abspath(output)  # noqa: PTH100 - takes .. out, too
    plugins = _plugins(settings.pop("plugins", None), findings, node)
    ignored = tuple(_ignored(settings, plugins))
    options = _options(plugins, findings, node)
    config = _config(file, settings, findings, node)
    if config is None or options is None or errors(findings.problems):
        return None
    return Settings(config=config, options=options, node=node, ignored=ignored)


def _plugins(
    listed: object, findings: ProblemCollector, node: yaml_nodes.Node
) -> dict[str, object]:
    """Return what was written for each plugin listed, by name."""
    entries = listed if isinstance(listed, list) else [listed] if isinstance(listed, dict) else []
    plugins: dict[str, object] = {}
    for entry in entries:
        plugins.update(entry if isinstance(entry, dict) else {str(entry): None})
    if PLUGIN not in plugins:
        message = f"the plugin '{PLUGIN}' is not listed under 'plugins'"
        wrong = Mistake(
            where=("plugins",), code="no-plugin", message=message, hint=f"plugins: [{PLUGIN}]"
        )
        report(findings, node, wrong)
    return plugins


def _ignored(settings: dict[str, Any], plugins: Mapping[str, object]) -> Iterator[Mistake]:
    """Take out of the settings what only MkDocs runs, and yield a warning about each."""
    hint = "take it out, or build with mkdocs build"
    for key in ("hooks", "markdown_extensions"):
        if settings.pop(key, None):
            words = f"'{key}' has no effect in casebook build"
            yield Mistake(
                where=(key,), code="ignored", message=words, hint=hint, severity=Severity.WARNING
            )
    for name in plugins:
        if name != PLUGIN:
            words = f"the plugin '{name}' has no effect in casebook build"
            yield Mistake(
                where=("plugins", name),
                code="ignored",
                message=words,
                hint=hint,
                severity=Severity.WARNING,
            )


def _options(
    plugins: Mapping[str, object], findings: ProblemCollector, node: yaml_nodes.Node
) -> Options | None:
    written = plugins.get(PLUGIN) or {}
    if not isinstance(written, dict):
        words = f"the options of '{PLUGIN}' are not written as name: value"
        hint = f"write: - {PLUGIN}: {{language: en}}"
        where = ("plugins", PLUGIN)
        report(findings, node, Mistake(where=where, code="option", message=words, hint=hint))
        return None

    def tell(name: str, error: Exception) -> None:
        known = name in dict(get_schema(Options))
        told = Mistake(
            where=("plugins", PLUGIN, str(name)),
            code="option" if known else "unknown-option",
            message=error.message if isinstance(error, Refusal) else str(error),
            hint=error.hint if isinstance(error, Refusal) else "",
        )
        report(findings, node, told)

    return _checked(Options, {k: v for k, v in written.items() if k != "enabled"}, tell)


def _config(
    file: Path, settings: dict[str, Any], findings: ProblemCollector, node: yaml_nodes.Node
) -> MkDocsConfig | None:
    known = [name for name, _ in get_schema(MkDocsConfig) if name != "config_file_path"]
    for name in [name for name in settings if name not in known]:
        del settings[name]
        words, hint = f"MkDocs has no setting '{name}'", suggestion(str(name), known)
        position = find_setting(node, (str(name),)).key
        findings.add(position, "unknown-setting", words, hint, Severity.WARNING)

    def tell(name: str, error: Exception) -> None:
        report(findings, node, mkdocs_refusal(node, name, str(error)))

    if settings.get("site_name") in (None, ""):
        tell("site_name", ValueError())
        settings["site_name"] = PLUGIN
    settings["plugins"] = []
    return _checked(lambda: MkDocsConfig(config_file_path=str(file)), settings, tell)


def _checked(
    make: Callable[[], C], settings: dict[str, Any], tell: Callable[[str, Exception], None]
) -> C | None:
    """Return the configuration, telling every mistake, where MkDocs would stop at the first."""
    left = dict(settings)
    while True:
        config = _filled(make, left)
        try:
            failed = dict(config.validate()[0])
        except Exception:
            failed = dict(_breaking(make, left))
            if not failed:
                raise
        for name, error in failed.items():
            tell(name, error)
        if not failed:
            return config
        kept = {name: value for name, value in left.items() if name not in failed}
        following = kept | {name: _INSTEAD[name] for name in failed if name in _INSTEAD}
        if following == left:
            return None
        left = following


def _breaking(
    make: Callable[[], Config], settings: Mapping[str, Any]
) -> Iterator[tuple[str, Exception]]:
    """Yield the settings on which MkDocs fails in a way of its own, each tried alone."""
    base = {name: value for name, value in _INSTEAD.items() if name in settings}
    for name, value in settings.items():
        try:
            _filled(make, base | {name: value}).validate()
        except Exception as error:  # noqa: BLE001 - whatever it is, the setting caused it
            yield name, error


def _filled(make: Callable[[], C], settings: Mapping[str, Any]) -> C:
    config = make()
    config.load_dict(copy.deepcopy(dict(settings)))
    return config
