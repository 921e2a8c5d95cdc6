"""Owns what an author is told of a text that its quotes or its first character spoil."""

from __future__ import annotations

import re

from generator.yaml_nodes.error_context import Diagnosis, ErrorContext, Place
from generator.yaml_nodes.suggested_fixes import (
    bulleted,
    closed,
    in_quotes,
    quote_for_author,
    token_in_quotes,
)


def tab(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a tab among the spaces that indent."""
    return Diagnosis(
        place=scene.at,
        code="tab",
        message="a tab character stands where spaces belong",
        hint="delete the tab and indent with spaces, two for each step",
    )


def first_character(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a character that no value may begin with, at the error."""
    return tab(scene) if scene.character(scene.at) == "\t" else needs_quotes(scene, scene.at)


def beginning(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a character that no value may begin with, where the value began."""
    return needs_quotes(scene, scene.began)


def needs_quotes(scene: ErrorContext, place: Place) -> Diagnosis:
    """Return the answer for text that must stand in quotes for its first character."""
    if hint := bulleted(scene.rest(place)):
        message = f"{quote_for_author(scene.rest(place))} does not begin like an item of a list"
        return Diagnosis(place=place, code="no-list", message=message, hint=hint)
    return Diagnosis(
        place=place,
        code="needs-quotes",
        message=f"text that begins with '{scene.character(place)}' must stand in quotes",
        hint=_remedy(scene, place),
    )


def _remedy(scene: ErrorContext, place: Place) -> str:
    line = scene.line(place)
    return token_in_quotes(line, place[1]) if scene.open else in_quotes(line)


def alias(scene: ErrorContext) -> Diagnosis:
    """Return the answer for `*name` where nothing is named so."""
    return Diagnosis(
        place=scene.at,
        code="unknown-alias",
        message=f"{_alias_name(scene)} refers to a value that is not marked '&' anywhere above",
        hint=f"if it is text, {_remedy(scene, scene.at)}",
    )


def _alias_name(scene: ErrorContext) -> str:
    return quote_for_author(re.split(r"[\s,\[\]{}]", scene.rest(scene.at), maxsplit=1)[0])


def self_alias(scene: ErrorContext) -> Diagnosis:
    """Return the answer for `*name` inside what is named so."""
    return Diagnosis(
        place=scene.at,
        code="self-alias",
        message=f"{_alias_name(scene)} refers to the value that it is in",
        hint="write the value out instead",
    )


def too_deep(scene: ErrorContext) -> Diagnosis:
    """Return the answer for too many levels."""
    return Diagnosis(
        place=scene.at,
        code="too-deep",
        message="lists and records are nested more than 64 deep here",
        hint="close the brackets, or indent less",
    )


def backslash(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a backslash between double quotes."""
    line = scene.line(scene.at)
    place = (scene.at[0], max(line.rfind("\\", 0, scene.at[1] + 1), 0))
    one_line = place[0] == scene.began[0] and not scene.open
    return Diagnosis(
        place=place,
        code="backslash",
        message=f"between double quotes {quote_for_author(scene.rest(place)[:2])} has no meaning",
        hint=in_quotes(line) if one_line else "use single quotes instead",
    )


def unclosed_quote(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a quote that is open at the end."""
    return unclosed(scene, scene.began)


def unclosed(scene: ErrorContext, place: Place) -> Diagnosis:
    """Return the answer for a quote that is never closed, opened at `place`."""
    return Diagnosis(
        place=place,
        code="unclosed-quote",
        message=f"the quote that opens here is not closed: {quote_for_author(scene.rest(place))}",
        hint=closed(scene.line(place), place[1]),
    )


def block_marker(scene: ErrorContext) -> Diagnosis:
    """Return the answer for text on the line of `|` or `>`."""
    return Diagnosis(
        place=scene.began,
        code="block-marker",
        message=f"after '{scene.character(scene.began)}' the text must begin on the next line",
        hint=f"{in_quotes(scene.line(scene.began))}, or begin the text on the next line",
    )


def tag(scene: ErrorContext) -> Diagnosis:
    """Return the answer for a value that begins with `!`."""
    name = scene.rest(scene.began).split(" ")[0]
    return Diagnosis(
        place=scene.began,
        code="tag",
        message=f"{quote_for_author(name)} is a YAML tag, which is not read",
        hint=f"if it is text, {_remedy(scene, scene.began)}",
    )
