"""The outlines of the world's countries, read from `world.json` beside this module."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The outline of a country as an SVG path, and the point at which its number stands."""

    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A map of that width and height: countries by their code of ISO 3166-1, in lower case."""

    width: int
    height: int
    countries: Mapping[str, Country]


def world() -> World:
    """Return the outlines that come with the package."""
    outlines = json.loads(files("generator.pages").joinpath("world.json").read_text("utf-8"))
    return World(
        width=outlines["width"],
        height=outlines["height"],
        countries={code: Country(**country) for code, country in outlines["countries"].items()},
    )
