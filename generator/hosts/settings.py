"""Owns how a configuration file is read through MkDocs, which runs nothing of it."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from generator import yaml_nodes
from generator.base.position import Position
from generator.base.problem import Problem, errors
from generator.model.declaration import ProblemCollector
from generator.yaml_nodes.suggested_fixes import quote_for_author

_PYTHON_NAME = "tag:yaml.org,2002:python/name:"
_TAG = re.compile(r"'(?:tag:yaml\.org,2002:([^']*)|(![^']*))'")
_TOP = Position(1, 1)


def read_settings(
    file: Path, findings: ProblemCollector
) -> tuple[dict[str, Any], yaml_nodes.Mapping] | None:
    """Return what the file at an absolute path says, with its places, or none after a complaint."""
    text = _text(file, findings)
    node = None if text is None else _node(text, findings)
    if text is None or node is None:
        return None
    values = _values(file, text, findings)
    return None if values is None else (values, node)


def _text(file: Path, findings: ProblemCollector) -> str | None:
    try:
        return file.read_text("utf-8-sig")
    except FileNotFoundError:
        said = "no-configuration", f"there is no file '{file}'", "name the right one: -f FILE"
    except IsADirectoryError:
        hint = f"name the file in it: -f {file.name}/site_config.yml"
        said = "no-configuration", f"'{file}' is a folder", hint
    except UnicodeDecodeError:
        said = "not-utf-8", "this file is not UTF-8 text", "save it as UTF-8 in your editor"
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        said = "no-configuration", f"'{file}' cannot be read: {why}", "ask for the right to read it"
    findings.add(_TOP, *said)
    return None


def _node(text: str, findings: ProblemCollector) -> yaml_nodes.Mapping | None:
    """Return the settings with their places, or none after noting what is in the way."""
    composed = yaml_nodes.compose(text, path=findings.path, tags=True)
    findings.problems += composed.problems
    if errors(findings.problems):
        return None
    if isinstance(composed.node, yaml_nodes.Mapping):
        return composed.node
    hint = "begin with a line such as: site_name: the name of your library"
    findings.add(_TOP, "no-settings", "this file holds no settings", hint)
    return None


def _values(file: Path, text: str, findings: ProblemCollector) -> dict[str, Any] | None:
    """Return the settings as MkDocs reads them, INHERIT and !ENV included; no tag runs code."""
    loader = get_yaml_loader(yaml.SafeLoader, MkDocsConfig(config_file_path=str(file)))
    loader.add_multi_constructor(_PYTHON_NAME, lambda _loader, name, _node: name)
    stream = io.BytesIO(text.encode())
    stream.name = str(file)
    try:
        return dict(yaml_load(stream, loader))
    except Exception as error:  # noqa: BLE001 - whatever MkDocs trips over stands in the file
        findings.problems.append(_unread(file, error))
        return None


def _unread(file: Path, error: Exception) -> Problem:
    """Return the problem that kept MkDocs from reading the file, or one that it inherits."""
    cause = error.__context__
    if not isinstance(cause, yaml.MarkedYAMLError) or cause.problem_mark is None:
        looped = isinstance(error, RecursionError)
        said = "it inherits from itself" if looped else str(error) or type(error).__name__
        first = said.splitlines()[0].rstrip(".")
        message = f"MkDocs cannot read this file: {first[:1].lower()}{first[1:]}"
        hint = "put a value that looks like a date or a number in quotes"
        return Problem(
            path=file.name,
            code="configuration",
            message=message,
            hint=hint if isinstance(error, ValueError) else "",
        )
    tag, position = _TAG.search(cause.problem or ""), cause.problem_mark
    said = f"MkDocs cannot read this: {cause.problem}"
    return Problem(
        path=Path(os.path.relpath(position.name, file.parent)).as_posix(),
        line=position.line + 1,
        column=position.column + 1,
        code="tag" if tag else "configuration",
        message=f"{quote_for_author(tag[2] or '!!' + tag[1])} is a YAML tag, which is not read"
        if tag
        else said,
        hint="write the value itself; of tags, only !ENV has a meaning here" if tag else "",
    )
