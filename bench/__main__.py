"""`python -m bench`: what is asked of a comparison on the command line."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from bench.corpus import CORPORA
from bench.goals import FEW, LEAST, MANY, SOME
from bench.machine import about
from bench.measure import RunError, can_see_memory
from bench.report import put, render
from bench.rounds import WARM, Comparison
from bench.tools import TOOLS, Tool


def _numbers(_context: click.Context, _option: click.Parameter, text: str) -> tuple[int, ...]:
    try:
        numbers = tuple(sorted({int(word) for word in text.split(",")}))
    except ValueError as error:
        raise click.BadParameter(f"'{text}' is not numbers such as 300,1000") from error
    if numbers[0] < WARM:
        raise click.BadParameter(f"{numbers[0]} is too few: a corpus has at least {WARM} cases")
    return numbers


def _tools(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> tuple[Tool, ...] | None:
    """Return the programs that were named, None if none was."""
    known = {tool.name.lower(): tool for tool in TOOLS}
    return tuple(known[name] for name in _names(text, tuple(known))) if text else None


def _corpora(_context: click.Context, _option: click.Parameter, text: str) -> tuple[str, ...]:
    return _names(text, tuple(CORPORA))


def _names(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(text.lower().split(",")))
    if unknown := [name for name in names if name not in known]:
        raise click.BadParameter(f"'{unknown[0]}' is not one of {', '.join(known)}")
    return names


def _without(left_out: Sequence[Tool]) -> str:
    """Return which programs are left out and why; nothing, if none is."""
    why = "make bench installs them" if shutil.which("npm") else "there is no npm here"
    return f"{' and '.join(tool.name for tool in left_out)}, since {why}" if left_out else ""


@click.command()
@click.option(
    "--corpus",
    "corpora",
    default=",".join(CORPORA),
    show_default=True,
    callback=_corpora,
    help="The corpora compared with.",
)
@click.option(
    "--sizes",
    default=",".join(map(str, (LEAST, FEW, SOME, MANY))),
    show_default=True,
    callback=_numbers,
    help="How many cases; the preview is measured with the most.",
)
@click.option(
    "--tools",
    callback=_tools,
    help=f"The programs compared; else all that there are of {', '.join(t.name for t in TOOLS)}.",
)
@click.option(
    "--rounds", type=click.IntRange(min=1), help="How often each is run; else 3 or 5 times."
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, exists=True),
    help="The document to write the report into.",
)
def main(
    corpora: tuple[str, ...],
    sizes: tuple[int, ...],
    tools: tuple[Tool, ...] | None,
    rounds: int | None,
    report: Path | None,
) -> None:
    """Compare casebook with other programs on the same cases, and print the report."""
    if not hasattr(os, "waitid"):
        raise click.ClickException("this system does not tell what a program took; use Linux")
    left_out = [] if tools else [tool for tool in TOOLS if tool.by_npm and not tool.installed]
    tools = tools or tuple(tool for tool in TOOLS if tool not in left_out)
    if absent := [tool.name for tool in tools if not tool.installed]:
        raise click.ClickException(f"{absent[0]} is not installed; make bench installs it")
    without = _without(left_out)
    if without:
        click.echo(f"left out: {without}")
    if not can_see_memory():
        click.echo("this system does not say how memory is shared: memory is not measured")
    try:
        with tempfile.TemporaryDirectory(prefix="casebook-bench-") as work:
            compared = Comparison(
                work=Path(work),
                corpora=corpora,
                tools=tools,
                sizes=sizes,
                rounds=rounds,
                tell=click.echo,
            )
            text = render(compared.compare(), about(without))
        click.echo(f"\n{text}")
        if report:
            put(report, text)
            click.echo(f"written into {report}")
    except (RunError, ValueError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
