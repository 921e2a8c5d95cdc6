"""What the site computes of a case and more than one data file prints."""

from __future__ import annotations

from collections.abc import Mapping

from generator.analysis.tally import AnswerSummary, answer_summary, missing_fields
from generator.library.library import Library


class Computed:
    """The missing fields and the sums of answers of each case, computed once for all data files.

    Both follow from the case and its claims. These are asked of the library each time, also where
    the result is known: so nobody who notes what a part of a file was made of overlooks a case.
    """

    def __init__(self, library: Library) -> None:
        """Start with nothing computed."""
        self._library = library
        self._scored = tuple(field for field in library.model.fields.values() if field.score)
        self._missing: dict[str, tuple[str, ...]] = {}
        self._answers: dict[str, Mapping[str, AnswerSummary]] = {}

    def missing(self, id_: str) -> tuple[str, ...]:
        """Return the paths, with dots, of the fields that a full record still needs."""
        case = self._library.cases[id_]
        missing = self._missing.get(id_)
        if missing is None:
            missing = tuple(field.dotted for field in missing_fields(case, self._library.model))
            self._missing[id_] = missing
        return missing

    def answers(self, id_: str) -> Mapping[str, AnswerSummary]:
        """Return by field the sums of the answers of a case; only fields with an answer."""
        claims = self._library.claims[id_]
        answers = self._answers.get(id_)
        if answers is None:
            model = self._library.model
            sums = [
                (f.name, answer_summary(f, claims.get(f.name, ()), model)) for f in self._scored
            ]
            answers = {name: summed for name, summed in sums if summed}
            self._answers[id_] = answers
        return answers
