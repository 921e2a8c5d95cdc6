"""Owns what an author is told when YAML cannot be read; a new complaint is a row of `_RULES`."""

from __future__ import annotations

from collections.abc import Callable

import yaml

from generator import yaml_layout, yaml_quotes
from generator.problem import Problem
from generator.yaml_scene import Answer, Scene, scene_of

_RULES: tuple[tuple[str, Callable[[Scene], Answer]], ...] = (
    ("tab character", yaml_quotes.tab),
    ("cannot start any token", yaml_quotes.first_character),
    ("unknown escape", yaml_quotes.backslash),
    ("hexdecimal", yaml_quotes.backslash),
    ("character escape code", yaml_quotes.backslash),
    ("quoted scalar", yaml_quotes.unclosed_quote),
    ("block scalar", yaml_quotes.block_marker),
    ("scanning an alias", yaml_quotes.beginning),
    ("scanning an anchor", yaml_quotes.beginning),
    ("directive", yaml_quotes.beginning),
    (" tag", yaml_quotes.tag),
    ("block sequence entries", yaml_layout.dash),
    ("mapping keys are not", yaml_quotes.first_character),
    ("mapping values", yaml_layout.colon),
    ("could not find expected ':'", yaml_layout.no_colon),
    ("undefined alias", yaml_quotes.alias),
    ("self alias", yaml_quotes.self_alias),
    ("too deep", yaml_quotes.too_deep),
    ("item in text", yaml_layout.indentation),
    ("document start", yaml_layout.outside),
    ("flow", yaml_layout.in_brackets),
    ("", yaml_layout.misplaced),
)


def explain(text: str, error: yaml.MarkedYAMLError, *, path: str, first_line: int) -> Problem:
    """Return in an author's words why `text`, whose first line is `first_line`, cannot be read.

    `error` is what libyaml raised for it, or what `nodes` raised in the same form.
    """
    known = f"{error.context} / {error.problem}"
    answer = next(rule for phrase, rule in _RULES if phrase in known)(
        scene_of(text, error, first_line)
    )
    return Problem(
        path=path,
        line=first_line + answer.place[0],
        column=answer.place[1] + 1,
        code=answer.code,
        message=answer.message,
        hint=answer.hint,
    )
