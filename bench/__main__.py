"""Owns `python -m bench`: what is asked of a comparison on the command line."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from bench.machine import about
from bench.measure import RunError, can_see_memory
from bench.report import put, render
from bench.rounds import WARM, Comparison
from bench.tools import TOOLS, Tool, missing

SIZES = (300, 1_000, 10_000)


def _numbers(_context: click.Context, _option: click.Parameter, text: str) -> tuple[int, ...]:
    try:
        numbers = tuple(sorted({int(word) for word in text.split(",")}))
    except ValueError as error:
        raise click.BadParameter(f"'{text}' is not numbers such as 300,1000") from error
    if numbers[0] < WARM:
        raise click.BadParameter(f"{numbers[0]} is too few: a corpus has at least {WARM} cases")
    return numbers


def _chosen(_context: click.Context, _option: click.Parameter, text: str) -> tuple[Tool, ...]:
    known = {tool.name.lower(): tool for tool in TOOLS}
    if unknown := [name for name in text.lower().split(",") if name not in known]:
        raise click.BadParameter(f"'{unknown[0]}' is not one of {', '.join(known)}")
    return tuple(known[name] for name in dict.fromkeys(text.lower().split(",")))


@click.command()
@click.option(
    "--sizes",
    default=",".join(map(str, SIZES)),
    show_default=True,
    callback=_numbers,
    help="How many cases, one corpus for each number.",
)
@click.option(
    "--tools",
    default=",".join(tool.name.lower() for tool in TOOLS),
    show_default=True,
    callback=_chosen,
    help="The programs compared.",
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
    sizes: tuple[int, ...], tools: tuple[Tool, ...], rounds: int | None, report: Path | None
) -> None:
    """Compare casebook with Hugo and plain MkDocs on the same cases, and print the report."""
    if not hasattr(os, "waitid"):
        raise click.ClickException("this system does not tell what a program took; use Linux")
    if absent := [tool.name for tool in tools if missing(tool)]:
        raise click.ClickException(f"{absent[0]} is not installed; make bench installs it")
    if not can_see_memory():
        click.echo("this system does not say how memory is shared: memory is not measured")
    try:
        with tempfile.TemporaryDirectory(prefix="casebook-bench-") as work:
            compared = Comparison(
                work=Path(work), tools=tools, sizes=sizes, rounds=rounds, tell=click.echo
            )
            text = render(compared.compare(), about())
        click.echo(f"\n{text}")
        if report:
            put(report, text)
            click.echo(f"written into {report}")
    except (RunError, ValueError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
