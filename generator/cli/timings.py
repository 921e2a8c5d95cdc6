"""`casebook build --timings`: how long each stage of a build took, and each kind of document.

A stage lasts until the next one starts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter

    from generator.base.progress import Progress
    from generator.build.assemble import Remade
    from generator.output.exchange import SiteChanges

_WIDTH = 26
_MOST_REASONS = 2


class Timings:
    """The stages of one build, each with the moment at which it started."""

    def __init__(self, first: str) -> None:
        """Start the first stage."""
        self._starts = [(first, time.monotonic())]
        self._anything_made = False

    def start(self, name: str) -> None:
        """Start a stage, which ends the one before."""
        self._starts.append((name, time.monotonic()))

    def timed(self, progress: Progress) -> Progress:
        """Return a progress function that starts each stage here, and then calls `progress`."""

        def report(stage: str, number: int) -> None:
            self._anything_made = True
            self.start(stage.rstrip(":"))
            progress(stage, number)

        return report

    def start_writing(self) -> None:
        """Start the last stage: pages are made as they are written, or all are as before."""
        if self._anything_made:
            _, moment = self._starts.pop()
            self._starts.append(("making and writing pages", moment))
        else:
            self.start("from the last build")

    @property
    def seconds(self) -> float:
        """Return the seconds since the first stage started."""
        return time.monotonic() - self._starts[0][1]

    def table(self, changes: SiteChanges, remade: Mapping[str, Remade]) -> str:
        """Return the tables of stages, of kinds of documents, and of what was made again.

        The last stage ends now.
        """
        return "\n".join([*self._stages(), "", *_kinds(changes), "", *_reasons(remade)])

    def _stages(self) -> Iterator[str]:
        moments = [*(moment for _, moment in self._starts[1:]), time.monotonic()]
        yield f"{'stage':{_WIDTH}} {'seconds':>9}"
        for (name, start), end in zip(self._starts, moments, strict=True):
            yield f"{name:{_WIDTH}} {end - start:9.2f}"
        yield f"{'all':{_WIDTH}} {moments[-1] - self._starts[0][1]:9.2f}"


def _kinds(changes: SiteChanges) -> Iterator[str]:
    """Yield the lines of the table of kinds: number of documents, processor seconds."""
    yield f"{'kind of document':{_WIDTH}} {'number':>9} {'processor seconds':>19}"
    for kind, seconds in sorted(
        changes.seconds_by_kind.items(), key=lambda item: (-item[1], item[0])
    ):
        yield f"{kind:{_WIDTH}} {changes.documents_by_kind[kind]:9,} {seconds:19.2f}"
    number, seconds = sum(changes.documents_by_kind.values()), sum(changes.seconds_by_kind.values())
    yield f"{'all':{_WIDTH}} {number:9,} {seconds:19.2f}"
    workers = "1 process" if changes.processes == 1 else f"{changes.processes} processes"
    yield f"{workers} worked on the documents"


def _reasons(remade: Mapping[str, Remade]) -> Iterator[str]:
    """Yield a line for each kind of page that was made again: how many, and the usual reasons.

    Where all pages were made again for the same reasons, one line says so.
    """
    kinds = [(name, kind) for name, kind in remade.items() if kind.again]
    if not kinds:
        yield "no page was made again"
        return
    yield f"{'made again':{_WIDTH}} {'pages':>15}  because of"
    again, pages = sum(k.again for k in remade.values()), sum(k.pages for k in remade.values())
    if again == pages and len({frozenset(kind.reasons) for _, kind in kinds}) == 1:
        yield _row("every page", again, pages, kinds[0][1].reasons)
        return
    for name, kind in sorted(kinds, key=lambda item: (-item[1].again, item[0])):
        yield _row(name, kind.again, kind.pages, kind.reasons)


def _row(name: str, again: int, pages: int, reasons: Counter[str]) -> str:
    # Of reasons for as many pages the cause comes first: `Remade` has them in that order.
    usual = [reason for reason, _ in reasons.most_common(_MOST_REASONS)]
    more = len(reasons) - len(usual)
    words = "; ".join(usual) + (f"; and {more:,} more" if more else "")
    return f"{name:{_WIDTH}} {f'{again:,} of {pages:,}':>15}  {words}"
