"""Owns what an author is told of a text that its quotes or its first character spoil."""

from __future__ import annotations

import re

from generator.yaml_nodes.corrections import bulleted, closed, in_quotes, shown, token_in_quotes
from generator.yaml_nodes.scene import Answer, Place, Scene


def tab(scene: Scene) -> Answer:
    """Return the answer for a tab among the spaces that indent."""
    return Answer(
        place=scene.at,
        code="tab",
        message="a tab character stands where spaces belong",
        hint="delete the tab and indent with spaces, two for each step",
    )


def first_character(scene: Scene) -> Answer:
    """Return the answer for a character that no value may begin with, at the error."""
    return tab(scene) if scene.character(scene.at) == "\t" else needs_quotes(scene, scene.at)


def beginning(scene: Scene) -> Answer:
    """Return the answer for a character that no value may begin with, where the value began."""
    return needs_quotes(scene, scene.began)


def needs_quotes(scene: Scene, place: Place) -> Answer:
    """Return the answer for text that must stand in quotes for its first character."""
    if hint := bulleted(scene.rest(place)):
        message = f"{shown(scene.rest(place))} does not begin like an item of a list"
        return Answer(place=place, code="no-list", message=message, hint=hint)
    return Answer(
        place=place,
        code="needs-quotes",
        message=f"text that begins with '{scene.character(place)}' must stand in quotes",
        hint=_remedy(scene, place),
    )


def _remedy(scene: Scene, place: Place) -> str:
    line = scene.line(place)
    return token_in_quotes(line, place[1]) if scene.open else in_quotes(line)


def alias(scene: Scene) -> Answer:
    """Return the answer for `*name` where nothing is named so."""
    return Answer(
        place=scene.at,
        code="unknown-alias",
        message=f"{_alias_name(scene)} refers to a value that is not marked '&' anywhere above",
        hint=f"if it is text, {_remedy(scene, scene.at)}",
    )


def _alias_name(scene: Scene) -> str:
    return shown(re.split(r"[\s,\[\]{}]", scene.rest(scene.at), maxsplit=1)[0])


def self_alias(scene: Scene) -> Answer:
    """Return the answer for `*name` inside what is named so."""
    return Answer(
        place=scene.at,
        code="self-alias",
        message=f"{_alias_name(scene)} refers to the value that it is in",
        hint="write the value out instead",
    )


def too_deep(scene: Scene) -> Answer:
    """Return the answer for too many levels."""
    return Answer(
        place=scene.at,
        code="too-deep",
        message="lists and records are nested more than 64 deep here",
        hint="close the brackets, or indent less",
    )


def backslash(scene: Scene) -> Answer:
    """Return the answer for a backslash between double quotes."""
    line = scene.line(scene.at)
    place = (scene.at[0], max(line.rfind("\\", 0, scene.at[1] + 1), 0))
    one_line = place[0] == scene.began[0] and not scene.open
    return Answer(
        place=place,
        code="backslash",
        message=f"between double quotes {shown(scene.rest(place)[:2])} has no meaning",
        hint=in_quotes(line) if one_line else "use single quotes instead",
    )


def unclosed_quote(scene: Scene) -> Answer:
    """Return the answer for a quote that is open at the end."""
    return unclosed(scene, scene.began)


def unclosed(scene: Scene, place: Place) -> Answer:
    """Return the answer for a quote that is never closed, opened at `place`."""
    return Answer(
        place=place,
        code="unclosed-quote",
        message=f"the quote that opens here is not closed: {shown(scene.rest(place))}",
        hint=closed(scene.line(place), place[1]),
    )


def block_marker(scene: Scene) -> Answer:
    """Return the answer for text on the line of `|` or `>`."""
    return Answer(
        place=scene.began,
        code="block-marker",
        message=f"after '{scene.character(scene.began)}' the text must begin on the next line",
        hint=f"{in_quotes(scene.line(scene.began))}, or begin the text on the next line",
    )


def tag(scene: Scene) -> Answer:
    """Return the answer for a value that begins with `!`."""
    return Answer(
        place=scene.began,
        code="tag",
        message=f"{shown(scene.rest(scene.began).split(' ')[0])} is a YAML tag, which is not read",
        hint=f"if it is text, {_remedy(scene, scene.began)}",
    )
