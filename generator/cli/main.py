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
from generator.cli.form_formats import FORM_FORMATS
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
    from generator.cli.import_records import ImportOptions
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


@main.command("init")
@click.argument("folder", type=_PATH, metavar="DIR")
@click.option(
    "--name", default="", help="The name of the library; if left out, that of the folder."
)
@click.option(
    "--language",
    default="en",
    show_default=True,
    help="The language of its pages: a tag such as fr.",
)
@click.option("--organisation", default="", help="Whose library it is, as a sentence names it.")
@click.option(
    "--model",
    type=click.Choice(["minimal", "shipped"]),
    default="minimal",
    show_default=True,
    help="The fields to begin with: minimal has what helped, what got in the way and the context;"
    " shipped is casebook's own, on strategic partnerships.",
)
def init_command(folder: Path, name: str, language: str, organisation: str, model: str) -> None:
    """Make a new library in DIR: a model, settings, what CI runs.

    It builds at once. A folder that has something in it is left as it is.
    """
    from generator.cli.new_library import NewLibrary, NoLibraryError, library_name, make_library
    from generator.hosts.config import load_site

    try:
        library = NewLibrary(
            name=library_name(folder, name),
            language=language,
            organisation=organisation,
            model=model,
        )
        paths = make_library(folder, library)
    except NoLibraryError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from error
    _, problems = load_site((folder / "site_config.yml").absolute())
    print_problems(problems, notes=True)
    click.echo(f"{shown_path(folder)}/: {count(len(paths), 'file', 'files')}")
    click.echo(f'then: cd "{shown_path(folder)}" && casebook new "Its title" && casebook build')
    sys.exit(IN_CONFIGURATION if errors(problems) else FINE)


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
    "--format",
    "form",
    type=click.Choice(list(FORM_FORMATS)),
    default="html",
    show_default=True,
    help="html, for a browser; docx, for Word; xlsx, for Excel; xlsform, for KoboToolbox.",
)
@click.option(
    "--size",
    default="",
    help="The kind of record that the form is for, such as snapshot; if left out, the first kind"
    " of the model. The form in the browser has all of them.",
)
@click.option(
    "-o",
    "--output",
    type=_PATH,
    help="The file to write; if left out, one named after a record, in this folder.",
)
def form_command(file: Path, form: str, size: str, output: Path | None) -> None:
    """Make the form in which a record is written, without git and without a connection.

    It is one file. Mail it, or carry it along. What is filled in comes out as a file for `casebook
    check`, or is read back by `casebook import`.
    """
    from generator.base.names import fitting_slug

    site = _load_site(file)
    model = _load_model(site)
    kind = _kind_of_size(model, size)
    form_format = FORM_FORMATS[form]
    name = fitting_slug(f"{model.name} form {size}") or "form"
    target = output or Path(f"{name}{form_format.ending}")
    try:
        if target.exists() and not form_format.is_form(target.read_bytes()):
            _stop(f"{shown_path(target)} is there already, and is no form; it was left as it is")
        target.write_bytes(form_format.make(model, site, kind))
    except OSError as error:
        _stop(f"{shown_path(target)} cannot be written: {(error.strerror or str(error)).lower()}")
    click.echo(f"{shown_path(target)}: {form_format.sentence}")


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=_PATH, metavar="FILE...")
@_file
@click.option(
    "--mapping",
    type=_PATH,
    help="A file that says which column of a table holds which field.",
)
@click.option(
    "--size",
    default="",
    help="The kind of record, such as snapshot; if left out, what the file says, or the first kind"
    " of the model.",
)
@click.option("--write", is_flag=True, help="Write the records; without it nothing is changed.")
def import_command(
    files: tuple[Path, ...], file: Path, mapping: Path | None, size: str, *, write: bool
) -> None:
    """Turn filled forms, tables, and reports written in Word, into records.

    It is a dry run, unless --write: it says which files it would make, each problem where its
    author wrote the words, and which words found no place. Those are kept in the record. A record
    that is there already is never overwritten, unless it came from the same file.
    """
    from generator.cli.import_records import plan_import, write_import
    from generator.cli.importing import has_errors, import_summary, plan_lines

    site = _load_site(file)
    model = _load_model(site)
    options = _import_options(model, size, mapping)
    plan = plan_import(site, model, files, options)
    for line in plan_lines(plan):
        click.echo(line, err=True)
    if not write:
        click.echo(f"{import_summary(plan)}; nothing was written: add --write to write it")
        sys.exit(IN_CONTENT if has_errors(plan) else FINE)
    for target, refusal in write_import(plan):
        if refusal:
            _stop(f"{shown_path(target)} cannot be written: {refusal}")
        click.echo(f"{shown_path(target)}: written")
    click.echo(f"{import_summary(plan)}; then casebook check")
    sys.exit(IN_CONTENT if has_errors(plan) else FINE)


def _import_options(model: Model, size: str, mapping: Path | None) -> ImportOptions:
    """Return what was asked for; print what is wrong with a mapping file, and end."""
    from generator.cli.import_records import ImportOptions
    from generator.cli.read_mapping import read_mapping
    from generator.hosts.clock import machine_day

    options = ImportOptions(kind=_kind_of_size(model, size), today=machine_day())
    if mapping is None:
        return options
    try:
        text = mapping.read_text("utf-8-sig")
    except UnicodeDecodeError:
        _stop(f"{shown_path(mapping)} is no UTF-8 text; save it as UTF-8")
    except OSError as error:
        _stop(f"{shown_path(mapping)} cannot be read: {(error.strerror or str(error)).lower()}")
    columns, problems = read_mapping(text, shown_path(mapping), model)
    if columns is None:
        print_problems(problems, notes=True)
        sys.exit(IN_CONFIGURATION)
    return replace(options, mapping=columns)


def _kind_of_size(model: Model, size: str) -> str:
    """Return the kind of record that an option names, empty where none was given."""
    from generator.cli.start_record import NoRecordError, kind_of_size

    try:
        return kind_of_size(model, size)
    except NoRecordError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from error


@main.command("release")
@_file
@_as_of
@click.option(
    "-o",
    "--output",
    type=_PATH,
    default="release",
    show_default=True,
    help="The folder in which the release gets a folder of its own.",
)
@without_garbage_collection()
def release_command(file: Path, as_of: str | None, output: Path) -> None:
    """Put the library as of a day into one folder, to archive and to cite.

    The site is built. The folder holds its copy as a ZIP file, all data, the same as a SQLite
    database, CITATION.cff and checksums. An existing folder is never overwritten.
    """
    from generator.build.build_options import BuildOptions
    from generator.cli.release import NoReleaseError, write_release
    from generator.hosts.clock import machine_day
    from generator.output.cannot_write import CannotWrite

    site = _load_site(file)
    options = BuildOptions(as_of=_day(as_of), today=machine_day(), incremental=True, zip=True)
    try:
        assembly, changes = _make_site(site, options, Timings("settings"), strict=site.strict)
        assembly.remember(changes.names, changes.notes)
        folder, names = write_release(site, options, output)
    except (CannotWrite, NoReleaseError) as error:
        _stop(str(error))
    click.echo(f"{shown_path(folder)}/: {', '.join(names)}")


@main.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@_file
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help=_FORM,
)
def diff_command(old: str, new: str | None, file: Path, form: str) -> None:
    """Say what changed between two editions of a library.

    OLD and NEW are each a data/library.json, the folder of a library, or a revision of git, such as
    a tag. Without NEW it is the library here. Shown are records that came, went or changed, terms
    that other cases name, evidence that became stronger or weaker, and findings: newly possible,
    strengthened, weakened, contradicted.
    """
    from generator.build.build_options import BuildOptions
    from generator.cli.editions import NoEditionError, library_of, read_edition
    from generator.cli.git_changes import NoRevisionError
    from generator.exports.edition_diff import edition_diff, lines_of_diff
    from generator.hosts.config import load_site

    site = load_site(file.absolute())[0] if file.exists() or new is None else None
    options = BuildOptions()
    try:
        before = read_edition(old, site, options)
        if new is None:
            after = library_of(_load_site(file), options, str(file))
        else:
            after = read_edition(new, site, options)
    except (NoEditionError, NoRevisionError) as error:
        problems = error.problems if isinstance(error, NoEditionError) else ()
        print_problems(sorted_problems(problems), notes=False)
        click.echo(str(error), err=True)
        sys.exit(IN_CONTENT if problems else IN_CONFIGURATION)
    diff = edition_diff(before, after)
    if form == "json":
        import json

        click.echo(json.dumps(diff, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(lines_of_diff(diff, markdown=form == "markdown")))


@main.command("analyse")
@click.argument("table", type=_PATH, required=False)
@_file
@click.option(
    "--outcome",
    metavar="NAME",
    help="The column of the outcome; of the library, a facet and its terms: level=policy,practice.",
)
@click.option(
    "--conditions",
    metavar="A,B,...",
    help="The columns of the conditions; if left out, all but the first and the outcome. Of the"
    " library, facets, whose families are the conditions.",
)
@click.option("--negate", is_flag=True, help="Ask about the absence of the outcome.")
@click.option(
    "--cut",
    type=click.FloatRange(0.0, 1.0, min_open=True),
    default=1.0,
    show_default=True,
    help="How consistent a row must be to have the outcome.",
)
@click.option(
    "--expect",
    metavar="A,~B,...",
    help="Where the outcome is expected: with A, without B; if left out, with each condition, or"
    " with --negate without each.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=_FORM)
def analyse_command(  # noqa: PLR0913 - click hands over each option
    table: Path | None,
    *,
    file: Path,
    outcome: str | None,
    conditions: str | None,
    expect: str | None,
    cut: float,
    form: str,
    negate: bool,
) -> None:
    """Compare cases across conditions (Qualitative Comparative Analysis).

    TABLE is a CSV file: the first column names the cases, each other column is a condition or the
    outcome, with numbers from 0 to 1. Without it the library is compared, by the findings that its
    configuration names. The truth table is always shown. A formula is shown where the cases
    bear it; else a sentence says why not, and which cases to read.
    """
    from generator.cli.analysing import (
        NoAnalysisError,
        QuestionAsked,
        analyses_of_library,
        analysis_of_file,
    )

    asked = QuestionAsked(
        outcome=outcome or "",
        conditions=_names(conditions),
        expected=_names(expect),
        negate=negate,
        cut=cut,
    )
    try:
        if table:
            analyses, problems = analysis_of_file(table, shown_path(table), asked)
        else:
            analyses, problems = analyses_of_library(_load_site(file), asked)
    except NoAnalysisError as error:
        raise click.BadParameter(str(error), param_hint=error.option) from error
    if problems:
        print_problems(sorted_problems(problems), notes=True)
        sys.exit(IN_CONTENT if table else IN_CONFIGURATION)
    from generator.cli.analysis_text import analyses_json, analyses_text

    as_form = analyses_json if form == "json" else analyses_text
    click.echo(as_form(analyses, listed=table is None), nl=False)


def _names(listed: str | None) -> tuple[str, ...]:
    """Return the names that stand between commas."""
    return tuple(name.strip() for name in (listed or "").split(",") if name.strip())


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
    from generator.cli.admin_folder import (
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


@main.command("upgrade")
@_file
@click.option("--write", is_flag=True, help="Do it; without it nothing is changed.")
@without_garbage_collection()
def upgrade_command(file: Path, *, write: bool) -> None:
    """Bring a library with an older model forward to the model that casebook ships.

    It is a dry run, unless --write. The report says which fields and terms have other names now,
    which are new, and which only this library has: these stay. Records get the names of today. What
    cannot be carried over is told, and then nothing is written.
    """
    from generator.cli.upgrade import NoUpgradeError, upgrade_library

    try:
        upgrade = upgrade_library(_load_site(file), write=write)
    except NoUpgradeError as error:
        _stop(str(error))
    for line in (*upgrade.lines, *(f"conflict: {each}" for each in upgrade.conflicts)):
        click.echo(line)
    if upgrade.conflicts:
        click.echo("nothing was written", err=True)
        sys.exit(IN_CONTENT)
    print_problems(upgrade.errors_after, notes=False)
    what = "written" if write else "would change: add --write to write them"
    if not upgrade.is_safe:
        what = "would have new errors; nothing was written"
    number = count(len(upgrade.files), "file", "files")
    numbers = f"errors: {len(upgrade.errors_before)} before, {len(upgrade.errors_after)} after"
    click.echo(f"{number} {what}; {numbers}", err=True)
    sys.exit(FINE if upgrade.is_safe else IN_CONTENT)


@main.command("editors")
@_file
def editors_command(file: Path) -> None:
    """Write files by which VS Code and Obsidian know the fields of this library.

    They stand beside the configuration. A file that is there already, and says something else, is
    left as it is.
    """
    from generator.model.editor_files import editor_files

    site = _load_site(file)
    left = []
    for name, text in editor_files(_load_model(site)):
        target = site.root / name
        try:
            if target.exists() and target.read_text("utf-8") != text:
                left.append(name)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8", newline="\n")
        except (OSError, UnicodeDecodeError) as error:
            _stop(f"{shown_path(target)} cannot be written: {error}")
        click.echo(f"{shown_path(target)}: written")
    for name in left:
        click.echo(f"{name} is there already; it was left as it is", err=True)
    sys.exit(IN_CONFIGURATION if left else FINE)


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
