"""`Resolved`: where the links of one text lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.base.problem import Problem
from generator.markdown import Link


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where the links of one body lead, in the order of `Body.links`.

    `targets` are paths of the site. None stands for a link that becomes plain words: its target is
    withheld from this build, or it has a problem. `pictures` are paths below content/, each with
    the link that asks for it.
    """

    targets: tuple[str | None, ...]
    pictures: tuple[tuple[str, Link], ...]
    problems: tuple[Problem, ...]


def places_pointed_at(resolved: Iterable[Resolved]) -> frozenset[str]:
    """Return the pages to a place on which a text leads."""
    targets = (target for links in resolved for target in links.targets if target)
    return frozenset(target.partition("#")[0] for target in targets if "#" in target)
