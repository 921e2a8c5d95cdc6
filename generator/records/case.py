"""`Case`, one record as its author wrote it, and `CaseSource`, the text that it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.base.position import Position
from generator.base.problem import Problem, Severity
from generator.markdown import Body
from generator.model.value import Value


def pack_positions(positions: Mapping[str, Position]) -> str:
    """Return the positions of values as one string: many cases are in memory at once.

    Each is a line `place TAB line TAB column`, and a newline stands before the first.
    """
    lines = [f"{place}\t{line}\t{column}\n" for place, (line, column) in positions.items()]
    return "\n" + "".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One record as its author wrote it.

    `values` holds what each field says, terms by their id. `positions` has the position in the file
    of each value by its place in the record (`partners.0.name`), from `pack_positions`.
    `new_terms` are the labels of terms that open vocabularies do not have, by vocabulary and id.
    """

    id: str
    path: str
    values: Mapping[str, Value]
    positions: str
    new_terms: Mapping[str, Mapping[str, str]]
    body: Body

    def position(self, place: str) -> Position:
        """Return the line and column of a value; without one, of the nearest value around it."""
        while place:
            _, separator, after = self.positions.partition(f"\n{place}\t")
            if separator:
                line, _, column = after.partition("\n")[0].partition("\t")
                return Position(int(line), int(column))
            place = place.rpartition(".")[0]
        return Position(1, 1)

    def problem(
        self,
        place: str | Position,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """Return a problem of this record, at the place of a value or at a position in the file."""
        line, column = place if isinstance(place, Position) else self.position(place)
        return Problem(
            path=self.path,
            line=line,
            column=column,
            severity=severity,
            code=code,
            message=message,
            hint=hint,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSource:
    """The file of a case as typed, for checks that look at the text itself.

    `text` is the whole file. `body` is what follows its front matter, from the line `body_line` on.
    `refused_places` are the places of values that were written and could not be read: each has its
    problem already, so a check says nothing more of them.
    """

    text: str
    body: str
    body_line: int
    refused_places: frozenset[str]
