"""A configuration file as it is read: its values, as MkDocs reads them, and their positions.

Nothing that the file names is run: of YAML's tags only `!ENV` has a meaning.
"""

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
from generator.base.site import PYTHON_NAME
from generator.model.declaration import ProblemCollector
from generator.yaml_nodes.suggested_fixes import quote_for_author

_PYTHON_NAME = "tag:yaml.org,2002:python/name:"
_TAG = re.compile(r"'(?:tag:yaml\.org,2002:([^']*)|(![^']*))'")
_TOP = Position(1, 1)


def read_settings(
    file: Path, collector: ProblemCollector
) -> tuple[dict[str, Any], yaml_nodes.Mapping] | None:
    """Return the values and the nodes of the file at an absolute path; None after an error."""
    text = _text(file, collector)
    node = None if text is None else _node(text, collector)
    if text is None or node is None:
        return None
    values = _values(file, text, collector)
    return None if values is None else (values, node)


def first_line(error: BaseException) -> str:
    """Return the first line of what an exception says, as a clause: lower case, no full stop."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return f"{lines[0][:1].lower()}{lines[0][1:].rstrip('.')}"


def _text(file: Path, collector: ProblemCollector) -> str | None:
    try:
        return file.read_text("utf-8-sig")
    except FileNotFoundError:
        hint = "run this in the folder that holds it, or name the right one: -f FILE"
        problem = "no-configuration", f"there is no file '{file}'", hint
    except IsADirectoryError:
        hint = f"name the file in it: -f {file.name}/site_config.yml"
        problem = "no-configuration", f"'{file}' is a folder", hint
    except UnicodeDecodeError:
        problem = "not-utf-8", "this file is not UTF-8 text", "save it as UTF-8 in your editor"
    except OSError as error:
        message = f"'{file}' cannot be read: {(error.strerror or str(error)).lower()}"
        problem = "no-configuration", message, "ask for the right to read it"
    collector.add(_TOP, *problem)
    return None


def _node(text: str, collector: ProblemCollector) -> yaml_nodes.Mapping | None:
    """Return the settings as nodes with positions; None after an error in the YAML."""
    composed = yaml_nodes.compose(text, path=collector.path, tags=True)
    collector.problems += composed.problems
    if errors(collector.problems):
        return None
    if isinstance(composed.node, yaml_nodes.Mapping):
        return composed.node
    hint = "start with a line such as: site_name: the name of your library"
    collector.add(_TOP, "no-settings", "this file holds no settings", hint)
    return None


def _values(file: Path, text: str, collector: ProblemCollector) -> dict[str, Any] | None:
    """Return the settings as MkDocs reads them, INHERIT and !ENV included; no tag runs code."""
    loader = get_yaml_loader(yaml.SafeLoader, MkDocsConfig(config_file_path=str(file)))
    loader.add_multi_constructor(_PYTHON_NAME, lambda _loader, name, _node: {PYTHON_NAME: name})
    stream = io.BytesIO(text.encode())
    stream.name = str(file)
    try:
        return dict(yaml_load(stream, loader))
    except Exception as error:  # noqa: BLE001 - whatever MkDocs trips over stands in the file
        collector.problems.append(_unreadable(file, error))
        return None


def _unreadable(file: Path, error: Exception) -> Problem:
    """Return the problem that kept MkDocs from reading the file, or one that it inherits."""
    cause = error.__context__
    if isinstance(cause, yaml.MarkedYAMLError) and cause.problem_mark is not None:
        return _unreadable_yaml(file, cause, cause.problem_mark)
    looped = isinstance(error, RecursionError)
    sentence = "it inherits from itself" if looped else first_line(error)
    hint = "put a value that looks like a date or a number in quotes"
    return Problem(
        path=file.name,
        code="configuration",
        message=f"MkDocs cannot read this file: {sentence}",
        hint=hint if isinstance(error, ValueError) else "",
    )


def _unreadable_yaml(file: Path, error: yaml.MarkedYAMLError, position: yaml.Mark) -> Problem:
    """Return the problem at a position in the file or in one that it inherits: mostly a tag."""
    tag = _TAG.search(error.problem or "")
    if tag:
        name = quote_for_author(tag[2] or f"!!{tag[1]}")
        message = f"{name} is a YAML tag, which is not read"
    else:
        message = f"MkDocs cannot read this: {error.problem}"
    return Problem(
        path=Path(os.path.relpath(position.name, file.parent)).as_posix(),
        line=position.line + 1,
        column=position.column + 1,
        code="tag" if tag else "configuration",
        message=message,
        hint="write the value itself; of tags, only !ENV has a meaning here" if tag else "",
    )
