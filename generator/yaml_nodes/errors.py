"""Owns what an author is told when YAML cannot be read; a new complaint is a row of `_RULES`."""

from __future__ import annotations

from collections.abc import Callable

import yaml

from generator.base.problem import Problem
from generator.yaml_nodes import layout, quotes
from generator.yaml_nodes.error_context import Diagnosis, ErrorContext, error_context

_RULES: tuple[tuple[str, Callable[[ErrorContext], Diagnosis]], ...] = (
    ("tab character", quotes.tab),
    ("cannot start any token", quotes.first_character),
    ("unknown escape", quotes.backslash),
    ("hexdecimal", quotes.backslash),
    ("character escape code", quotes.backslash),
    ("quoted scalar", quotes.unclosed_quote),
    ("block scalar", quotes.block_marker),
    ("scanning an alias", quotes.beginning),
    ("scanning an anchor", quotes.beginning),
    ("directive", quotes.beginning),
    (" tag", quotes.tag),
    ("block sequence entries", layout.dash),
    ("mapping keys are not", quotes.first_character),
    ("mapping values", layout.colon),
    ("could not find expected ':'", layout.no_colon),
    ("undefined alias", quotes.alias),
    ("self alias", quotes.self_alias),
    ("too deep", quotes.too_deep),
    ("item in text", layout.indentation),
    ("document start", layout.outside),
    ("flow", layout.in_brackets),
    ("", layout.misplaced),
)


def explain(text: str, error: yaml.MarkedYAMLError, *, path: str, first_line: int) -> Problem:
    """Return in an author's words why `text`, whose first line is `first_line`, cannot be read.

    `error` is what libyaml raised for it, or what `nodes` raised in the same form.
    """
    known = f"{error.context} / {error.problem}"
    answer = next(rule for phrase, rule in _RULES if phrase in known)(
        error_context(text, error, first_line)
    )
    return Problem(
        path=path,
        line=first_line + answer.place[0],
        column=answer.place[1] + 1,
        code=answer.code,
        message=answer.message,
        hint=answer.hint,
    )
