"""Owns `casebook build --timings`: how long each stage of a build took, and each kind of document.

A stage lasts until the next one begins.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from generator.build.check import Progress
from generator.output.exchange import SiteChanges

_WIDTH = 26


class Stages:
    """The stages of one build, each with the moment at which it began."""

    def __init__(self, first: str) -> None:
        """Begin the first stage."""
        self._begun = [(first, time.monotonic())]
        self._told = False

    def begin(self, name: str) -> None:
        """Begin a stage, which ends the one before."""
        self._begun.append((name, time.monotonic()))

    def following(self, progress: Progress | None) -> Progress:
        """Return what begins each stage as it is told, and passes it on."""

        def tell(stage: str, number: int) -> None:
            self._told = True
            self.begin(stage.rstrip(":"))
            if progress:
                progress(stage, number)

        return tell

    def write(self) -> None:
        """Begin the last stage, which has the pages made, or takes them from the last build."""
        if self._told:
            _, moment = self._begun.pop()
            self._begun.append(("making and writing pages", moment))
        else:
            self.begin("from the last build")

    @property
    def seconds(self) -> float:
        """Return how long it all took so far."""
        return time.monotonic() - self._begun[0][1]

    def table(self, written: SiteChanges) -> str:
        """Return both tables, as a person reads them; the last stage ends now."""
        return "\n".join([*self._stages(), "", *_kinds(written)])

    def _stages(self) -> Iterator[str]:
        moments = [*(moment for _, moment in self._begun[1:]), time.monotonic()]
        yield f"{'stage':{_WIDTH}} {'seconds':>9}"
        for (name, begun), ended in zip(self._begun, moments, strict=True):
            yield f"{name:{_WIDTH}} {ended - begun:9.2f}"
        yield f"{'all':{_WIDTH}} {moments[-1] - self._begun[0][1]:9.2f}"


def _kinds(written: SiteChanges) -> Iterator[str]:
    """Yield how many documents there are of each kind, and the processor time they took."""
    yield f"{'kind of document':{_WIDTH}} {'number':>9} {'processor seconds':>19}"
    for kind, seconds in sorted(written.spent.items(), key=lambda item: (-item[1], item[0])):
        yield f"{kind:{_WIDTH}} {written.documents[kind]:9,} {seconds:19.2f}"
    number, seconds = sum(written.documents.values()), sum(written.spent.values())
    yield f"{'all':{_WIDTH}} {number:9,} {seconds:19.2f}"
    who = "1 process" if written.processes == 1 else f"{written.processes} processes"
    yield f"{who} worked on the documents"
