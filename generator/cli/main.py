"""The command line; to add a command, write a function under `@main.command`.

A command reads its options, calls one function of another package, prints what came of it and ends
with an exit code. What a command needs is imported inside it, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator import __version__
from generator.base.problem import errors, sorted_problems
from generator.base.workers import without_garbage_collection
from generator.cli.problem_formats import FORMATS
from generator.cli.terminal import (
    Commands,
    build_summary,
    count,
    has_warning,
    is_terminal,
    print_problems,
    problem_summary,
    progress_reporter,
    shown_path,
)
from generator.cli.timings import Timings

if TYPE_CHECKING:
    from generator.base.problem import Problem
    from generator.base.site import Site
    from generator.build.assemble import Assembly
    from generator.build.build_options import BuildOptions
    from generator.model.record import Field, Model
    from generator.output.exchange import SiteChanges

FINE, IN_CONTENT, IN_CONFIGURATION = 0, 1, 2
"""Exit codes: all is well; problems in the content; wrong usage, configuration or system."""

_FORM = "The form of what is printed."
_PATH = click.Path(path_type=Path)
_file = click.option(
    "-f",
    "--config-file",
    "file",
    type=_PATH,
    default="site_config.yml",
    show_default=True,
    help="The configuration of the site.",
)
_as_of = click.option(
    "--as-of", metavar="DATE", help="The day that ages are counted from, such as 2026-11-22."
)
_internal = click.option("--internal", is_flag=True, help="Include records marked internal.")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="casebook")
def main() -> None:
    """Turn case studies into a learning site.

    A case study is a Markdown file in content/cases/ with fields at its top. `casebook new` makes
    one, `casebook check` says what is wrong with it, `casebook serve` shows how it looks, and
    `casebook build` makes the site.
    """


@main.command("build")
@_file
@_as_of
@_internal
@click.option(
    "--site-dir",
    type=_PATH,
    help="Where to write the site; if left out, site_dir of the configuration, and with"
    " --internal the folder of that name with -internal after it.",
)
@click.option("--strict", is_flag=True, help="Stop at warnings too.")
@click.option(
    "--zip",
    "zip_",
    is_flag=True,
    help="Make a copy of the site to take along too: one file in download/, and a page about it.",
)
@click.option("--timings", is_flag=True, help="Say where the time went, by stage and kind of page.")
@without_garbage_collection()
def build_command(  # noqa: PLR0913 - click hands over each option
    file: Path,
    as_of: str | None,
    site_dir: Path | None,
    *,
    internal: bool,
    strict: bool,
    zip_: bool,
    timings: bool,
) -> None:
    """Check the content and build the site.

    Where an error is found nothing is written, and the site stays as it was.
    """
    stages = Timings("settings")
    from generator.hosts.clock import machine_day
    from generator.hosts.config import drawn_elsewhere

    site = _load_site(file, site_dir)
    if internal and not site_dir:
        site = replace(site, output=site.output.with_name(f"{site.output.name}-internal"))
    if not site.plain:
        print_problems(drawn_elsewhere(site, "mkdocs build"), notes=True)
        sys.exit(IN_CONFIGURATION)
    from generator.build.compile_ahead import compile_ahead

    await_templates = click.get_current_context().with_resource(compile_ahead(site))
    # Meanwhile the rest of the program is imported.
    from generator.build.build_options import BuildOptions
    from generator.output.cannot_write import CannotWrite, KeptFilesGone

    _say_whose_model(site)
    options = BuildOptions(
        internal=internal,
        as_of=_day(as_of),
        today=machine_day(),
        incremental=True,
        zip=zip_ or site.zip,
        progress=stages.timed(progress_reporter()),
        await_templates=await_templates,
    )
    make = partial(_make_site, site, options, stages, strict=strict or site.strict)
    try:
        try:
            assembly, changes = make()
        except KeptFilesGone:  # another build ended meanwhile: what it made is what is kept now
            assembly, changes = make()
    except CannotWrite as error:
        _stop(str(error))
    assembly.remember(changes.names, changes.notes)
    click.echo(build_summary(assembly, site.output, stages.seconds, internal=internal))
    if timings:
        click.echo(stages.table(changes, assembly.remade), err=True)


def _make_site(
    site: Site, options: BuildOptions, stages: Timings, *, strict: bool
) -> tuple[Assembly, SiteChanges]:
    """Check the content, make the site and write it; end the command where that must not be."""
    from generator.build.assemble import assemble
    from generator.output.exchange import exchange
    from generator.records.case_files import refused_file

    stages.start("looking for changes")
    assembly = assemble(site, options)
    problems = assembly.problems
    print_problems(problems, notes=False)
    if assembly.misconfigured or errors(problems) or (strict and has_warning(problems)):
        click.echo(f"{problem_summary(problems)}; nothing was written", err=True)
        not_the_author = assembly.misconfigured or refused_file(problems)
        sys.exit(IN_CONFIGURATION if not_the_author else IN_CONTENT)
    stages.start_writing()
    changes = exchange(
        site.output,
        *assembly.batches,
        store=assembly.store,
        internal=options.internal,
        copy=assembly.copy,
    )
    return assembly, changes


@main.command("check")
@click.argument("paths", nargs=-1, type=_PATH)
@_file
@_as_of
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="The form of what is printed: text, a line for each problem; long, with the line of the"
    " file, the terms that may be meant and an example; or one for a program: json, github,"
    " gitlab, sarif, junit. If left out, long at a terminal and text elsewhere.",
)
@click.option(
    "--since",
    metavar="REVISION",
    help="Show only what concerns files changed since that revision of git, such as origin/main,"
    " and records that depend on them.",
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option(
    "--fix",
    is_flag=True,
    help="First mend in the files what has one remedy alone, and say what was mended.",
)
@without_garbage_collection()
def check_command(  # noqa: PLR0913 - click hands over each option
    paths: tuple[Path, ...],
    file: Path,
    form: str | None,
    as_of: str | None,
    since: str | None,
    *,
    strict: bool,
    fix: bool,
) -> None:
    """Say what is wrong with the content, all at once.

    With PATHS, only what concerns those files or folders is shown; the whole library is read all
    the same, since records name each other. A file elsewhere is checked as if it were a case.
    """
    from generator.build.build_options import BuildOptions
    from generator.cli.checking import check_content
    from generator.cli.git_changes import NoRevisionError
    from generator.hosts.clock import machine_day
    from generator.hosts.config import load_site

    site, problems = load_site(file.absolute())
    if missing := [path for path in paths if site and not path.exists()]:
        _stop(f"there is no file or folder '{missing[0]}'")
    if site:
        _say_whose_model(site)
    if site and fix:
        problems = (*problems, *_fix_files(site, paths))
    try:
        checked = check_content(
            site,
            problems,
            paths=paths,
            since=since,
            folder=file.absolute().parent,
            options=BuildOptions(internal=True, as_of=_day(as_of), today=machine_day()),
            strict=strict or bool(site and site.strict),
        )
    except NoRevisionError as error:
        _stop(str(error))
    report = checked.report
    problem_format = FORMATS[form or ("long" if is_terminal() else "text")]
    person = problem_format.for_person
    click.echo(problem_format.text_of(report), nl=False, err=person)
    if problem_format.also:
        problem_format.also(report)
    if checked.left_out:
        click.echo(checked.left_out, err=True)
    if person:
        click.echo(f"{checked.records_read}{problem_summary(report.problems)}", err=True)
    sys.exit(checked.exit_code)


@main.command("fmt")
@click.argument("paths", nargs=-1, type=_PATH, metavar="[FILE]...")
@_file
@click.option(
    "--canonical",
    is_flag=True,
    help="Write the one long form: each claim as a mapping, lists as lists, in block style.",
)
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Change nothing; name the files that would change, and exit with 1 if there are any.",
)
@without_garbage_collection()
def fmt_command(paths: tuple[Path, ...], file: Path, *, canonical: bool, only_check: bool) -> None:
    """Bring the fields of records into one form; what they say stays the same.

    Keys come into the order of the model. Terms and fields get the names of today: a label or a
    former id becomes the id. Comments, the text below the fields and line ends stay. Without FILE
    all records are formatted.
    """
    from generator.cli.rewrite_files import rewrite_files
    from generator.records.case_files import refused_file

    site = _load_site(file)
    model = _load_model(site)
    if missing := [path for path in paths if not path.exists()]:
        _stop(f"there is no file or folder '{missing[0]}'")
    results = rewrite_files(
        site,
        model,
        paths,
        lambda rewriter, content, path: rewriter.form(content, path, canonical=canonical),
        write=not only_check,
    )
    problems = sorted_problems(problem for result in results for problem in result.problems)
    print_problems(problems, notes=True)
    changed = [result.path for result in results if result.changed]
    for path in changed:
        click.echo(f"{path} {'would change' if only_check else 'was formatted'}")
    number = count(len(changed), "file", "files")
    summary = f"{number} would change" if only_check else f"{number} formatted"
    left = len({problem.path for problem in problems})
    left_alone = f", {count(left, 'file', 'files')} left alone" if left else ""
    click.echo(f"{summary}{left_alone}, of {len(results)}", err=True)
    if refused_file(problems):
        sys.exit(IN_CONFIGURATION)
    sys.exit(IN_CONTENT if problems or (only_check and changed) else FINE)


@main.command("serve")
@_file
@_as_of
@_internal
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to serve on.",
)
@click.option("--open", "open_", is_flag=True, help="Open the site in a browser.")
def serve_command(  # noqa: PLR0913 - click hands over each option
    file: Path, as_of: str | None, host: str, port: int, *, internal: bool, open_: bool
) -> None:
    """Preview the site, and show each change as it is saved."""
    from generator.hosts.serve import serve

    code = serve(
        file.absolute(),
        host=host,
        port=port,
        internal=internal,
        as_of=_day(as_of),
        open_browser=open_,
    )
    sys.exit(code)


@main.command("new")
@click.argument("title", nargs=-1, required=True, metavar="TITLE")
@_file
@click.option(
    "--size",
    default="",
    help="The kind of record, such as snapshot (ten minutes) or case (the whole picture); if left"
    " out, the first kind of the model.",
)
@click.option("--all", "whole", is_flag=True, help="Write every field, not only the needed ones.")
def new_command(title: tuple[str, ...], file: Path, size: str, *, whole: bool) -> None:
    """Start a record: a file with the fields that it needs, their help beside them.

    Beside a field for terms stand the commonest ones with their meaning. An existing file is never
    overwritten.
    """
    from generator.cli.start_record import NoRecordError, start_record
    from generator.hosts.clock import machine_day
    from generator.model.scaffold import PROMPT

    if len(title) > 1:
        hint = f'put it in quotes: casebook new "{" ".join(title)}"'
        raise click.UsageError(f"the title has {len(title)} parts; {hint}")
    site = _load_site(file)
    model = _load_model(site)
    try:
        new = start_record(site, model, title[0], size, machine_day(), whole=whole)
    except NoRecordError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from error
    target = new.file
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as record:
            record.write(new.text)
    except FileExistsError:
        _stop(f"{shown_path(target)} is there already; it was left as it is")
    except OSError as error:
        _stop(f"{shown_path(target)} cannot be written: {(error.strerror or str(error)).lower()}")
    click.echo(f"{shown_path(target)}: fill in what stands as '{PROMPT}', then casebook check")


@main.command("form")
@_file
@click.option(
    "--format", "form", type=click.Choice(["html"]), default="html", show_default=True, help=_FORM
)
@click.option(
    "-o",
    "--output",
    type=_PATH,
    help="The file to write; if left out, one named after a record, in this folder.",
)
def form_command(file: Path, form: str, output: Path | None) -> None:
    """Make the form in which a record is written, without git and without a connection.

    It is one file that any browser opens. Mail it, or carry it along. What is filled in comes out
    as a file for `casebook check`.
    """
    from generator.base.names import fitting_slug
    from generator.build.form_file import MARK, form_file

    site = _load_site(file)
    model = _load_model(site)
    target = output or Path(f"{fitting_slug(f'{model.name} form') or 'form'}.{form}")
    try:
        if target.exists() and MARK not in target.read_bytes():
            _stop(f"{shown_path(target)} is there already, and is no form; it was left as it is")
        target.write_bytes(form_file(model, site))
    except OSError as error:
        _stop(f"{shown_path(target)} cannot be written: {(error.strerror or str(error)).lower()}")
    click.echo(f"{shown_path(target)}: open it in a browser, or send it to an author")


@main.command("admin")
@_file
@click.option(
    "--package",
    type=_PATH,
    help="The file of Sveltia CMS, as `npm pack` makes it; if left out, npm brings it.",
)
@click.option(
    "-o",
    "--output",
    type=_PATH,
    help="The folder to write; if left out, the folder admin of the built site.",
)
def admin_command(file: Path, package: Path | None, output: Path | None) -> None:
    """Add an editor for the repository to the site: new records, sent as pull requests.

    It is Sveltia CMS, with the questions of the model. It is part of no build and no copy to take
    along: run it after each build that is to have it.
    """
    from generator.base.no_editor import NoEditorError
    from generator.build.admin_folder import (
        admin_files,
        checked_package,
        fetched_package,
        write_admin,
    )

    site = _load_site(file)
    model = _load_model(site)
    target = output or site.output / "admin"
    if not output and not site.output.is_dir():
        _stop(f"{shown_path(site.output)} is not built yet; run casebook build first")
    try:
        if package:
            content = checked_package(package.read_bytes(), f"'{package}'")
        else:
            content = fetched_package()
        write_admin(target, admin_files(model, site, content))
    except NoEditorError as error:
        _stop(str(error))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        _stop(f"{shown_path(Path(error.filename or target))}: {reason}")
    click.echo(f"{shown_path(target)}: publish it with the site, and open admin/ in a browser")


@main.command("fields")
@click.argument("names", nargs=-1)
@_file
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown"]), default="text", help=_FORM
)
def fields_command(names: tuple[str, ...], file: Path, form: str) -> None:
    """Print the reference of all fields.

    With NAMES, such as focus or partners.sector, those fields are printed in full: every term with
    its label and its meaning.
    """
    from generator.model import reference
    from generator.model.declaration import nearest_or_all

    model = _load_model(_load_site(file))
    fields: list[Field] = []
    for name in names:
        if not (matches := reference.find_fields(model, name)):
            known = [*model.fields, *(field.dotted for field in model.walk())]
            hint = nearest_or_all(name, dict.fromkeys(known))
            raise click.BadParameter(f"there is no field '{name}'; {hint}", param_hint="NAMES")
        fields += (field for field in matches if field not in fields)
    as_form = reference.as_markdown if form == "markdown" else reference.as_text
    click.echo(as_form(model, fields), nl=False)


def _fix_files(site: Site, paths: tuple[Path, ...]) -> tuple[Problem, ...]:
    """Mend the records among some paths, and print what was mended, by file and line.

    Return a problem for each file that could not be written.
    """
    from generator.build.load import load_site_model
    from generator.cli.rewrite_files import UNWRITTEN, rewrite_files

    model, _ = load_site_model(site)
    if model is None:
        return ()  # the check says what is wrong with it
    results = rewrite_files(
        site, model, paths, lambda rewriter, content, path: rewriter.mend(content, path), write=True
    )
    mends = [(result.path, *mend) for result in results for mend in result.mends]
    for path, line, note in mends:
        click.echo(f"{path}:{line}: mended: {note}", err=True)
    files = count(sum(result.changed for result in results), "file", "files")
    click.echo(f"{count(len(mends), 'place', 'places')} mended in {files}", err=True)
    return tuple(p for result in results for p in result.problems if p.code == UNWRITTEN)


def _load_site(file: Path, output: Path | None = None) -> Site:
    """Return the settings; print what is wrong with them and end the command after an error."""
    from generator.hosts.config import load_site

    site, problems = load_site(file.absolute(), output=output.absolute() if output else None)
    print_problems(problems, notes=True)
    if site is None:
        sys.exit(IN_CONFIGURATION)
    return site


def _load_model(site: Site) -> Model:
    """Return the record model; print what is wrong with it and end the command after an error."""
    from generator.build.load import load_site_model

    _say_whose_model(site)
    model, problems = load_site_model(site)
    if model is None:
        print_problems(sorted_problems(problems), notes=True)
        sys.exit(IN_CONFIGURATION)
    return model


def _say_whose_model(site: Site) -> None:
    """Say so where the content has no model of its own, and what is used in its place."""
    from generator.hosts.config import packaged_model_words

    if words := packaged_model_words(site):
        click.echo(words, err=True)


def _day(text: str | None) -> str:
    """Return the day that an option names in ISO form, empty where none was given."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        message = f"'{text}' is not a day such as 2026-11-22"
        raise click.BadParameter(message, param_hint="--as-of") from error


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(IN_CONFIGURATION)
