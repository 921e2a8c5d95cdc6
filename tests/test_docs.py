"""The documents say what the code does: their tables, commands and links, their examples run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from pkgutil import iter_modules
from urllib.parse import urlsplit

import click
import pytest
import yaml
from click.testing import CliRunner
from PIL import Image

from bench.__main__ import main as bench
from generator import model
from generator.base.problem import Severity
from generator.cli.main import main
from generator.hosts.options import documented_options
from generator.model.declaration import Key, keys_of
from generator.model.kinds import KINDS
from generator.model.roles import ROLES
from photos import photograph
from pictures import MOST_BYTES, PICTURES
from small import library

ROOT = Path(__file__).parent.parent
DOCS = sorted(ROOT.joinpath("docs").rglob("*.md"))
GUIDE = [page for page in DOCS if page.parent.name == "guide"]
TEXTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS]
NAMES = [file.relative_to(ROOT).as_posix() for file in TEXTS]
KEYS: Mapping[str, Mapping[str, Key]] = {
    name: keys
    for module in iter_modules(model.__path__, "generator.model.")
    for name, cls in vars(import_module(module.name)).items()
    if is_dataclass(cls) and isinstance(cls, type) and (keys := keys_of(cls))
}
FENCE = re.compile(r"^```([\w ]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"<!-- table: (\w+) -->\n(.*?)<!-- end -->", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:generator|tests|templates|docs|\.ci|\.github)/[^`\s*]*)`")
ADDRESS = re.compile(r"https?://[^\s)\"'`>]+")


@dataclass(frozen=True, slots=True)
class Fence:
    """A piece of code in a document: its language with a remark, and its text."""

    language: str
    text: str


def fences(name: str) -> list[Fence]:
    """Return the code of a document, in order."""
    return [Fence(m[1], m[2]) for m in FENCE.finditer((ROOT / name).read_text("utf-8"))]


# ---- tables ------------------------------------------------------------------------------------


def table(*rows: Iterable[str]) -> str:
    """Return a Markdown table; the first row is its head."""
    head, *rest = [f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows]
    rule = f"|{'---|' * (head.count(' | ') + 1)}"
    return "\n".join(["", head, rule, *rest, "", ""])


def of_keys(keys: Mapping[str, Key]) -> str:
    """Return the table of the keys that a declaration may hold."""
    rows = [
        (f"`{n}`", f"{k.want}{', needed' if k.needed else ''}", k.meaning) for n, k in keys.items()
    ]
    return table(("key", "value", "meaning"), *rows)


def of_roles() -> str:
    """Return the table of the roles."""
    rows = [(f"`{name}`", " or ".join(role.kinds), role.meaning) for name, role in ROLES.items()]
    return table(("`role`", "kind of field", "the site uses the field for"), *rows)


def of_options() -> str:
    """Return the table of the plugin's options."""
    rows = [(f"`{name}`", shown(default), about) for name, default, about in documented_options()]
    return table(("option", "default", "meaning"), *rows)


def shown(default: object) -> str:
    """Return a default as a reader would write it."""
    return f"`{default}`" if isinstance(default, str | int) and default else "none"


def of_commands() -> str:
    """Return a table for each command: its options, and what it does."""
    return "\n" + "".join(of_command(name, one) for name, one in main.commands.items())


def of_command(name: str, command: click.Command) -> str:
    """Return the section of one command."""
    arguments = [p.make_metavar(click.Context(command)) for p in command.params if is_argument(p)]
    usage = " ".join(["casebook", name, *arguments])
    about = re.sub(r"\s+", " ", command.help or "").strip()
    rows = [(words(p), about_option(p)) for p in command.params if isinstance(p, click.Option)]
    return f"## `{usage}`\n\n{about}\n{table(('option', 'meaning'), *rows)}"


def is_argument(parameter: click.Parameter) -> bool:
    """Tell whether a parameter stands without a name."""
    return isinstance(parameter, click.Argument)


def words(option: click.Option) -> str:
    """Return an option as it is written."""
    return ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))


def about_option(option: click.Option) -> str:
    """Return what an option is for, or the words that it takes, and a default that is shown."""
    kind, default = option.type, f" It is `{option.default}` if left out."
    if option.help:
        return option.help + (default if option.show_default else "")
    assert isinstance(kind, click.Choice), f"{option.name} has no help"
    return f"{' or '.join(kind.choices)}.{default}"


def of_make() -> str:
    """Return the table of the Makefile's commands, from what `make help` prints."""
    text = (ROOT / "Makefile").read_text("utf-8")
    rows = re.findall(r"^([\w-]+):.*## (.*)$", text, re.MULTILINE)
    return table(("command", "what it does"), *((f"`make {name}`", about) for name, about in rows))


TABLES: dict[str, Callable[[], str]] = {
    **{name: partial(of_keys, keys) for name, keys in KEYS.items()},
    "ROLES": of_roles,
    "options": of_options,
    "commands": of_commands,
    "make": of_make,
}


def test_every_table_of_the_code_stands_in_a_document() -> None:
    """Each table of keys, the roles, options and commands have one place in the documents."""
    found = [m[1] for file in TEXTS for m in TABLE.finditer(file.read_text("utf-8"))]
    assert sorted(found) == sorted(TABLES)


@pytest.mark.parametrize("file", TEXTS, ids=NAMES)
def test_the_tables_are_those_of_the_code(file: Path, *, update_golden: bool) -> None:
    """A document's tables are made from the code; `--update-golden` makes them anew."""
    text = file.read_text("utf-8")
    fresh = TABLE.sub(lambda m: f"<!-- table: {m[1]} -->\n{TABLES[m[1]]()}<!-- end -->", text)
    if update_golden:
        file.write_text(fresh, "utf-8")
    assert file.read_text("utf-8") == fresh


def test_every_kind_of_value_is_explained() -> None:
    """The table of kinds has one row for each kind, in the order of the code."""
    text = (ROOT / "docs/adapting.md").read_text("utf-8")
    part = text.partition("### Kinds of value")[2].partition("\n#")[0]
    assert re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)[1:] == list(KINDS)


def test_the_reference_names_every_field() -> None:
    """`casebook fields` has a section for each field that the shipped model declares."""
    declared = yaml.safe_load((ROOT / "content/record.yml").read_text("utf-8"))["fields"]
    config = str(ROOT / "site_config.yml")
    result = CliRunner().invoke(main, ["fields", "--format", "markdown", "-f", config])
    assert re.findall(r"^## `(\w+)`", result.stdout, re.MULTILINE) == list(declared)


# ---- commands ----------------------------------------------------------------------------------


def lines() -> list[tuple[str, str]]:
    """Return each command in the documents, after the document's name."""
    code = [(name, f) for name in NAMES for f in fences(name) if f.language in {"sh", "bat"}]
    return [(name, line) for name, fence in code for line in fence.text.splitlines() if line]


@pytest.mark.parametrize(("name", "line"), lines())
def test_a_command_in_a_document_exists(name: str, line: str) -> None:
    """Each command that a reader is told to type is one of make's, of casebook's or of pip's."""
    program, *rest = shlex.split(line.replace("\\", "/"))
    match Path(program).name, rest:
        case "make", [target]:
            assert f"`make {target}`" in of_make()
        case "casebook", [command, *arguments]:
            parser = main.commands[command].make_parser(click.Context(main.commands[command]))
            parser.parse_args(arguments)
        case "python", ["-m", "pip" | "pytest", *arguments]:
            files = [word for word in arguments if word.endswith(".txt")]
            assert all((ROOT / file).is_file() for file in files)
        case "python", ["-m", "bench", *arguments]:
            bench.make_parser(click.Context(bench)).parse_args(arguments)
        case "python", [script]:
            assert (ROOT / script).is_file()
        case "py", arguments:
            assert arguments == ["-m", "venv", ".venv"]
        case _:
            pytest.fail(f"{name}: nobody knows the command {line}")


def test_the_way_without_make_is_that_of_make() -> None:
    """What README installs and runs by hand is what the Makefile does, but for `make bench`."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    installed = re.findall(r"\$\(PIP\) (install .*)$", makefile, re.MULTILINE)
    installed = [step for step in installed if not step.endswith("requirements-bench.txt")]
    run = re.findall(r"^\t@\$\(BIN\)/((?:casebook|python tests).*)$", makefile, re.MULTILINE)
    by_hand = [f.text.replace("\\", "/") for f in fences("README.md") if f.language == "bat"]
    whole = "".join(by_hand)
    assert [step for step in installed if f"-m pip {step}\n" not in whole] == []
    assert [step for step in run if f".venv/Scripts/{step}\n" not in whole] == []
    assert (len(installed), len(run)) == (3, 5)


# ---- links -------------------------------------------------------------------------------------


def anchors(file: Path) -> set[str]:
    """Return the anchors that the headings of a document get on GitHub."""
    text = FENCE.sub("", file.read_text("utf-8"))
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("file", TEXTS, ids=NAMES)
def test_the_links_of_a_document_resolve(file: Path) -> None:
    """Each link leads to a file or folder that is there, and to a heading in it."""
    text = FENCE.sub("", file.read_text("utf-8"))
    broken = []
    for link in LINK.findall(text):
        path, _, anchor = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("file", TEXTS, ids=NAMES)
def test_the_files_that_a_document_names_are_there(file: Path) -> None:
    """A file or folder of the code that is named in a document has not been moved."""
    named = PATH.findall(file.read_text("utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("file", TEXTS, ids=NAMES)
def test_a_document_names_no_host(file: Path) -> None:
    """The only web addresses in a document are those kept for examples."""
    hosts = {urlsplit(found).hostname for found in ADDRESS.findall(file.read_text("utf-8"))}
    assert hosts <= {"example.org"}


def test_the_guide_names_what_is_there() -> None:
    """Each word of the glossary, and each function of a case's way, is defined in its file."""
    guide = (ROOT / "docs/changing.md").read_text("utf-8")
    rows = [line.strip("|").split("|") for line in guide.splitlines() if line.startswith("| ")]
    checked = 0
    for cells in rows:
        files = [path for cell in cells for path in re.findall(r"`(generator/[^`]*\.py)`", cell)]
        names = [name for cell in cells for name in re.findall(r"`([A-Za-z]\w*)`", cell)]
        if len(cells) != 4 or not files:
            continue
        source = "".join((ROOT / file).read_text("utf-8") for file in files)
        defined = set(
            re.findall(r"^(?: {4})?(?:(?:class|def) )?(\w+)(?=[(:])", source, re.MULTILINE)
        )
        assert set(names) <= defined, cells
        checked += len(names)
    assert checked > 50


def test_readme_leads_to_every_page() -> None:
    """No page of the manual is without a way to it; the guide has a page that leads to its own."""
    readme = (ROOT / "README.md").read_text("utf-8")
    paths = [page.relative_to(ROOT).as_posix() for page in DOCS]
    pages = [path for path in paths if not path.startswith(("docs/decisions/", "docs/guide/"))]
    assert [path for path in (*pages, "docs/guide/README.md") if f"({path})" not in readme] == []
    guide = (ROOT / "docs/guide/README.md").read_text("utf-8")
    own = [page.name for page in GUIDE if page.name != "README.md"]
    assert [name for name in own if f"({name})" not in guide] == []


def test_every_picture_of_the_guide_is_small_told_and_made() -> None:
    """A picture has a maker and a place in the guide, with words for those who do not see it."""
    files = {file.stem: file for file in (ROOT / "docs/guide").glob("*.png")}
    texts = "".join(page.read_text("utf-8") for page in GUIDE)
    named = re.findall(r"!\[[^\]]{20,}\]\(([\w-]+)\.png\)", texts)
    assert sorted(files) == sorted(named)
    assert set(files) <= set(PICTURES)
    for file in files.values():
        assert file.stat().st_size <= MOST_BYTES
        with Image.open(file) as picture:
            assert picture.mode == "P"


@pytest.mark.parametrize("file", [f for f in DOCS if f.parent.name == "decisions"], ids=str)
def test_a_decision_has_its_three_parts(file: Path) -> None:
    """A decision bears its number, and says context, choice and cost."""
    text = file.read_text("utf-8")
    assert text.startswith(f"# {file.name[:4]} ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Choice", "Cost"]


# ---- examples ----------------------------------------------------------------------------------

WRITING = fences("docs/writing.md")
SNAPSHOT = WRITING[[f.language for f in WRITING].index("markdown")].text
FIELDS = [f.text for f in WRITING if f.language == "yaml"]
BODIES = [f.text for f in WRITING if f.language == "markdown"][1:]
WRONG = [(f.text, after.text) for f, after in pairwise(WRITING) if f.language == "yaml wrong"]


def with_fields(fields: str) -> str:
    """Return the example of a snapshot with these fields put over its own."""
    _, front, body = SNAPSHOT.split("---\n")
    written = re.split(r"^(?=\w)", front + fields, flags=re.MULTILINE)
    parts = {part.partition(":")[0]: part for part in written}
    return f"---\n{''.join(parts.values())}---\n{body}"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[dict[str, object]]]:
    """Return what `casebook check` says of each example, put into the shipped library."""
    root = tmp_path_factory.mktemp("library")
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copy(ROOT / "site_config.yml", root)
    cases = root / "content/cases"
    texts = {"snapshot": SNAPSHOT}
    texts |= {f"fields-{n}": with_fields(text) for n, text in enumerate(FIELDS)}
    texts |= {f"body-{n}": SNAPSHOT + text for n, text in enumerate(BODIES)}
    texts |= {f"wrong-{n}": with_fields(text) for n, (text, _) in enumerate(WRONG)}
    for name, text in texts.items():
        (cases / f"{name}.md").write_text(text, "utf-8")
    (cases / "stove.jpg").write_bytes(photograph())
    config = str(root / "site_config.yml")
    result = CliRunner().invoke(main, ["check", "--format", "json", "-f", config])
    problems = json.loads(result.stdout)
    return {
        name: [p for p in problems if p["path"] == f"content/cases/{name}.md"] for name in texts
    }


def test_the_examples_of_writing_pass_the_check(
    told: Mapping[str, list[dict[str, object]]],
) -> None:
    """Every example of a record, of fields and of text is one that an author may copy."""
    good = {name: found for name, found in told.items() if not name.startswith("wrong")}
    assert (len(FIELDS), len(BODIES), len(good)) == (8, 3, 12)
    wrong = [p for found in good.values() for p in found if p["severity"] != Severity.NOTE]
    assert wrong == []


@pytest.mark.parametrize("number", range(3))
def test_the_mistakes_of_writing_are_told_in_these_words(
    told: Mapping[str, list[dict[str, object]]], number: int
) -> None:
    """What the page says of a mistake is what `check` says, the file's name put in."""
    (problem,) = [p for p in told[f"wrong-{number}"] if p["severity"] == Severity.ERROR]
    place = f"content/cases/clean-stoves-in-two-towns.md:{problem['line']}:{problem['column']}"
    said = f"{place}: {problem['severity']}: {problem['message']}\n    hint: {problem['hint']}\n"
    assert said == WRONG[number][1]
    assert len(WRONG) == 3


def test_the_problem_shown_as_json_is_that_of_the_command(
    told: Mapping[str, list[dict[str, object]]],
) -> None:
    """The JSON in docs/ci.md is what `check` says of the first mistake, the file's name put in."""
    (shown,) = [f.text for f in fences("docs/ci.md") if f.language == "json"]
    path = "content/cases/clean-stoves-in-two-towns.md"
    # Here the example stands in many files, which look alike.
    problems = [p for p in told["wrong-0"] if p["code"] != "looks-alike"]
    assert json.loads(shown) == [{**p, "path": path} for p in problems]


def test_the_small_example_of_another_field_builds(tmp_path: Path) -> None:
    """The files of the example in docs/adapting.md, written as they stand, give its pages."""
    text = (ROOT / "docs/adapting.md").read_text("utf-8")
    part = text.partition("## A small example")[2].partition("\n## ")[0]
    for name, content in re.findall(
        r"^`(\S+)`\n\n```\w+\n(.*?)^```$", part, re.MULTILINE | re.DOTALL
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    result = CliRunner().invoke(main, ["build", "-f", str(tmp_path / "site_config.yml")])
    assert result.exit_code == 0, result.stderr
    made = {file.relative_to(tmp_path / "site").as_posix() for file in tmp_path.glob("site/**/*.*")}
    assert made >= {
        "gardens/hill-school.html",
        "crops/beans.html",
        "crops/okra.html",
        "problems/goats.html",
        "problems/water.html",
        "glossary.html",
        "contribute.html",
        "data/problems.csv",
    }


def test_every_promise_about_bad_days_names_a_test_that_is_there() -> None:
    """The tests in docs/bad-days.md exist under the names that stand there."""
    named = re.findall(r"`(test_\w+)\.py::(test_\w+)`", (ROOT / "docs/bad-days.md").read_text())
    assert len(named) > 30
    for file, test in named:
        assert f"\ndef {test}(" in (ROOT / f"tests/{file}.py").read_text("utf-8"), f"{file}::{test}"


def test_the_blank_case_for_people_without_git_is_sound(tmp_path: Path) -> None:
    """Nothing is wrong with it but what is to be filled in; once that is done, nothing at all."""
    (blank,) = (f.text for f in fences("docs/without-git.md") if f.language == "markdown blank")
    values = {
        "countries": "Laos",
        "focus": "ownership-of-model",
        "our_role": "leading",
        "factor": "trusted-relationship",
        "name": "UNICEF",
    }
    filled = re.sub(r"(\w+): \.\.\.", lambda m: f"{m[1]}: {values.get(m[1], 'Some words')}", blank)
    library(tmp_path, blank=blank, filled=filled)
    config = str(tmp_path / "site_config.yml")
    result = CliRunner().invoke(main, ["check", "--format", "json", "-f", config])
    problems = {(p["path"], p["code"]) for p in json.loads(result.stdout)}
    assert problems == {("content/cases/blank.md", "unfilled-prompt")}
