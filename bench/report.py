"""The report of a comparison: Markdown tables of medians, ratios and goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench.goals import GOALS, HUGO, Goal
from bench.results import SITUATIONS, Key, Middle, Results, middle

BEGIN, END = "<!-- results -->", "<!-- end of results -->"
"""What stands between these lines of a document is written by the comparison."""

_MEGA = 1_000_000
_DIGITS = 6


def render(results: Results, about: Mapping[str, str]) -> str:
    """Return the report; `about` says when, of what, and on which machine, in this order."""
    parts = [
        _table(("of", "value"), about.items()),
        "### Goals",
        _goals(results),
        *(
            part
            for corpus, cases in dict.fromkeys((key.corpus, key.cases) for key in results.runs)
            for part in _size_section(results, corpus, cases)
        ),
        *_rest(results),
    ]
    return "\n\n".join(parts) + "\n"


def put(file: Path, report: str) -> None:
    """Write a report into a document, between its two marks; raise ValueError without them."""
    before, begin, rest = file.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{file} has no lines {BEGIN} and {END}")
    file.write_text(f"{before}{BEGIN}\n\n{report}\n{END}{after}", "utf-8")


def _goals(results: Results) -> str:
    """Return the table of the goals, with a number and a verdict for each corpus."""
    corpora = dict.fromkeys(key.corpus for key in results.runs)
    head = ("goal", "asked", *(word for corpus in corpora for word in (corpus, "")))
    return _table(
        head,
        (
            (
                goal.about,
                goal.asked,
                *(word for corpus in corpora for word in _verdict(goal, results, corpus)),
            )
            for goal in GOALS
        ),
    )


def _verdict(goal: Goal, results: Results, corpus: str) -> tuple[str, str]:
    value = goal.value(results, corpus)
    number = "" if value is None else f"{_number(value, goal.bound)} {goal.unit}"
    return number, goal.verdict(value)


def _size_section(results: Results, corpus: str, cases: int) -> tuple[str, str]:
    head = (
        "program",
        "build",
        "runs",
        "wall, s",
        "× Hugo",
        "CPU, s",
        "peak memory, MB",
        "× Hugo",
        "output",
    )
    keys = [key for key in results.runs if (key.corpus, key.cases) == (corpus, cases)]
    keys.sort(key=_place)
    return f"### {cases:,} cases, {corpus}", _table(head, (_row(results, key) for key in keys))


def _place(key: Key) -> tuple[str, int]:
    return key.tool.lower(), SITUATIONS.index(key.situation)


def _row(results: Results, key: Key) -> Sequence[str]:
    hugo = Key(key.corpus, key.cases, HUGO)
    wall, memory = results.wall(key), results.memory(key)
    size = results.sizes.get(key)
    return (
        key.tool,
        key.situation,
        str(len(results.runs[key])),
        _spread(wall),
        _times(wall, results.wall(hugo)),
        _spread(results.cpu(key)),
        _spread(memory, _MEGA, 0) or "not measured",
        _times(memory, results.memory(hugo)),
        f"{size.total / _MEGA:,.1f} MB in {size.files:,} files" if size else "",
    )


def _rest(results: Results) -> Iterable[str]:
    rows = [(name, _spread(middle(times), digits=3)) for name, times in results.startup.items()]
    rows += [
        (
            f"from saving a file until the preview shows it, {cases:,} cases, {corpus}",
            _spread(middle(times)),
        )
        for (corpus, cases), times in results.preview.items()
    ]
    return ("### Start and preview", _table(("what", "s"), rows)) if rows else ()


def _spread(one: Middle | None, unit: float = 1, digits: int = 2) -> str:
    """Return a median with the least and the greatest number, or the only number there is."""
    if one is None:
        return ""
    value, least, greatest = (
        f"{n / unit:,.{digits}f}" for n in (one.value, one.least, one.greatest)
    )
    return value if one.number == 1 else f"{value} ({least}–{greatest})"


def _number(value: float, bound: float) -> str:
    """Return a number with two decimals, or with more if it would look like its bound otherwise."""
    digits = 2
    while value != bound and digits < _DIGITS and round(value, digits) == bound:
        digits += 1
    return f"{value:,.{digits}f}"


def _times(over: Middle | None, under: Middle | None) -> str:
    return f"{over.value / under.value:.2f}" if over and under and under.value else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
