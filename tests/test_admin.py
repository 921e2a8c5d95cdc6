"""The editor for repositories: what it is made of, and that a record written in it is sound."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import astuple, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

import admin_package
import built
from generator.base.locale import Locale
from generator.base.no_editor import NoEditorError
from generator.base.site import Site
from generator.build.load import load_site_model
from generator.cli.admin_folder import LITERALS, rewritten
from generator.cli.main import main
from generator.model.record import Model
from generator.pages.admin import admin_config, repository_of
from small import library, own_model

EDIT_URL = "https://github.com/example/cases/edit/main/content/"
OTHER_HOSTS = ("cdn.jsdelivr", "unpkg.com", "githubstatus", "hostedstatus", "status.gitlab")
STUB = Path(__file__).parent / "local_repository.js"
REACHED = """path => {
  const asked = Array.from(document.querySelectorAll("[data-key-path]"));
  const reached = asked.some(it => it.dataset.keyPath === path);
  if (!reached) asked.at(-1).scrollIntoView();
  return reached;
}"""
OLD = "---\ntitle: 'An older one' # kept\nsummary: >-\n  It was here\n  before.\n---\nIts text.\n"


@pytest.fixture(scope="module")
def package() -> bytes:
    """Return the package; in CI its want is a fault."""
    content = admin_package.package()
    if isinstance(content, str):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(content)
    return content


@pytest.fixture
def package_file(package: bytes, tmp_path: Path) -> Path:
    """Return the package as a file."""
    file = tmp_path / "package.tgz"
    file.write_bytes(package)
    return file


def site_and_model(root: Path, cache: Path, edit_url: str = EDIT_URL) -> tuple[Site, Model]:
    """Return the settings of a site, its content in a repository, and its model."""
    site = replace(built.settings(root, cache), edit_url=edit_url)
    model, problems = load_site_model(site)
    assert model is not None, problems
    return site, model


def config_of(root: Path, cache: Path) -> dict[str, Any]:
    """Return the settings of the editor for the site in a folder, as its file holds them."""
    site, model = site_and_model(root, cache)
    return dict(json.loads(json.dumps(admin_config(model, site, Locale(site.language)))))


def with_repository(root: Path) -> Path:
    """Give a small library a model of its own and a repository; return its configuration."""
    own_model(root)
    config = root / "site_config.yml"
    lines = "repo_url: https://github.com/example/cases\nedit_uri: edit/main/content/\n"
    config.write_text(config.read_text("utf-8") + lines, "utf-8")
    return config


# ---- settings ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["shipped", "budget", "postmortems", "tiny", "scripts"])
def test_the_questions_stand_in_the_order_of_the_model(name: str, tmp_path: Path) -> None:
    """For any model: fields in canonical order, each record hidden, all texts in quotes."""
    root = built.SHIPPED if name == "shipped" else built.SITES / name
    _, model = site_and_model(root, tmp_path)
    config = config_of(root, tmp_path)
    assert config["output"]["yaml"] == {"quote": "double"}
    counted = [kind.id for kind in model.types.kinds.values() if kind.counts]
    assert [each["name"] for each in config["collections"]] == [c or model.folder for c in counted]
    for collection in config["collections"]:
        names = [field["name"] for field in collection["fields"]]
        assert names == [*(name for name in model.fields if name in names), "body"]
        assert not re.search(collection["filter"]["pattern"], "")
        assert not collection["delete"]
    if name not in {"shipped", "scripts"}:
        assert "artner" not in json.dumps(config)


def test_names_of_partners_are_in_no_file_of_the_editor(tmp_path: Path) -> None:
    """A vocabulary of names may hold names that are withheld: they are typed, not chosen."""
    _, model = site_and_model(built.SHIPPED, tmp_path)
    text = json.dumps(config_of(built.SHIPPED, tmp_path), ensure_ascii=False)
    names = [term.label for term in model.vocabularies["partners"].terms.values()]
    assert [name for name in names if f'"{name}"' in text] == []


REPOSITORIES = {
    "https://github.com/a/b/edit/main/docs/content/": (
        *("github", "https://github.com", "a/b", "main", "docs/content/"),
    ),
    "https://gitlab.com/a/b/c/-/edit/main/content/": (
        *("gitlab", "https://gitlab.com", "a/b/c", "main", "content/"),
    ),
    "https://gitlab.com/a/b/edit/main/content/": (
        *("gitlab", "https://gitlab.com", "a/b", "main", "content/"),
    ),
    "https://git.example.org/a/b/-/edit/x/content/": (
        *("gitlab", "https://git.example.org", "a/b", "x", "content/"),
    ),
    "https://github.example.org/a/b/blob/x/content/": (
        *("github", "https://github.example.org", "a/b", "x", "content/"),
    ),
}


@pytest.mark.parametrize("address", REPOSITORIES)
def test_the_repository_is_known_from_its_address(address: str, tmp_path: Path) -> None:
    """GitHub and GitLab, their own servers too, say service, project, branch and folder."""
    repository = repository_of(replace(built.settings(built.SHIPPED, tmp_path), edit_url=address))
    assert astuple(repository) == REPOSITORIES[address]


@pytest.mark.parametrize("address", ["", "https://example.org/x/", "ftp://github.com/a/b/edit/m/"])
def test_no_editor_without_a_repository(address: str, tmp_path: Path) -> None:
    """Where nothing can be written to, the command says what to set."""
    with pytest.raises(NoEditorError, match="set repo_url and edit_uri"):
        repository_of(replace(built.settings(built.SHIPPED, tmp_path), edit_url=address))


# ---- the command -------------------------------------------------------------------------------


def test_the_command_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    """Another file than the package, and a folder with something else, are left alone."""
    config = with_repository(library(tmp_path / "site", one="---\ntitle: One\n---\n"))
    (tmp_path / "other.tgz").write_bytes(b"no package")
    run = partial(CliRunner().invoke, main)
    result = run(["admin", "-f", str(config)])
    assert (result.exit_code, result.output.partition(" is ")[2]) == (
        2,
        "not built yet; run casebook build first\n",
    )
    other, target = str(tmp_path / "other.tgz"), str(tmp_path / "admin")
    result = run(["admin", "-f", str(config), "--package", other, "-o", target])
    assert (result.exit_code, "its digest is another" in result.output) == (2, True)
    assert not Path(target).exists()


def test_the_folder_is_written_and_asks_no_other_host(package_file: Path, tmp_path: Path) -> None:
    """Fonts with their licences and words stand in it; nothing else is overwritten."""
    config = with_repository(library(tmp_path / "site", one="---\ntitle: One\n---\n"))
    target = tmp_path / "admin"
    command = ["admin", "-f", str(config), "--package", str(package_file), "-o", str(target)]
    assert CliRunner().invoke(main, command).exit_code == 0
    files = {file.relative_to(target).as_posix() for file in target.rglob("*") if file.is_file()}
    fonts = ("material-symbols-outlined", "noto-mono", "source-sans-3")
    assert {f"{font}{end}" for font in fonts for end in (".woff2", ".LICENSE.txt")} <= files
    assert {"index.html", "config.json", "sveltia-cms.LICENSE.txt", "cms/locales/fr.json"} <= files
    script = (target / "sveltia-cms.js").read_text("utf-8")
    assert [host for host in OTHER_HOSTS if host in script] == []
    assert CliRunner().invoke(main, command).exit_code == 0, "an editor takes an editor's place"
    (target / "index.html").write_text("mine", "utf-8")
    assert "was left as it is" in CliRunner().invoke(main, command).output


def test_a_version_that_moved_an_address_is_noticed() -> None:
    """A script in which one address to rewrite is not there is refused."""
    script = " ".join(LITERALS)
    assert [host for host in OTHER_HOSTS if host in rewritten(script)] == []
    with pytest.raises(ValueError, match="the script has no"):
        rewritten(script.replace("source-sans-3", "source-sans-4"))


def test_the_settings_are_those_that_the_editor_knows(package: bytes, tmp_path: Path) -> None:
    """The schema that the package brings finds no fault in the settings of any model."""
    import tarfile  # noqa: PLC0415
    from io import BytesIO  # noqa: PLC0415

    with tarfile.open(fileobj=BytesIO(package)) as archive:
        member = archive.extractfile("package/schema/sveltia-cms.json")
        assert member
        schema = json.load(member)
    validator = jsonschema.validators.validator_for(schema)(schema)
    for root in (built.SHIPPED, *(built.SITES / name for name in ("budget", "tiny", "scripts"))):
        validator.validate(config_of(root, tmp_path))


# ---- in the browser ----------------------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Editor:
    """The editor in a tab as wide as a phone, on a repository in the browser's own storage."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        page.on("request", self._see)
        page.add_init_script(path=STUB)
        page.goto(f"{address}/index.html")
        page.evaluate("putFolder('.git')")

    def _hear(self, message: Any) -> None:  # noqa: ANN401 - of Playwright
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _see(self, request: Any) -> None:  # noqa: ANN401 - of Playwright
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(request.url)

    def open(self, files: Mapping[str, str]) -> None:
        """Open a repository that holds some files."""
        for path, text in files.items():
            self.page.evaluate("([path, text]) => putFile(path, text)", [path, text])
        self.page.get_by_role("button", name="Work with Local Repository").click()
        expect(self.page.get_by_text("Collections").first).to_be_visible(timeout=20_000)

    def start(self, collection: str) -> None:
        """Begin a new record."""
        self.page.goto(f"{self.address}/index.html#/collections/{collection}/new")
        expect(self.field("title")).to_be_visible(timeout=20_000)

    def field(self, path: str) -> Locator:
        """Return a question by its path; those further down are made when they are scrolled to."""
        return self.page.locator(f'[data-key-path="{path}"]')

    def type(self, path: str, text: str) -> None:
        """Fill in a text."""
        self.page.wait_for_function(REACHED, arg=path)
        self.field(path).locator("input, textarea").first.fill(text)

    def choose(self, path: str, label: str) -> None:
        """Choose a term; on a busy machine the list of terms may close before it is drawn."""
        option = self.page.get_by_role("option", name=label, exact=True)
        for _ in range(4):
            self.field(path).locator("[role=combobox]").first.click()
            with suppress(PlaywrightError):
                option.click(timeout=5_000)
                return
        option.click()

    def add(self, path: str) -> None:
        """Add an entry to a list."""
        self.field(path).get_by_role("button", name=re.compile("^Add ")).last.click()

    def save(self, folder: str) -> dict[str, str]:
        """Save, and return the files of a folder by name once there is one more."""
        before = self.page.evaluate("folder => filesIn(folder)", folder)
        self.page.get_by_role("button", name="Save", exact=True).click()
        files = "filesIn(folder).catch(() => null)"  # null while a file is being written
        changed = f"![before, 'null'].includes(JSON.stringify(await {files}))"
        grown = f"async ([folder, before]) => {changed}"
        same = json.dumps(before, ensure_ascii=False, separators=(",", ":"))
        self.page.wait_for_function(grown, arg=[folder, same], timeout=20_000)
        return dict(self.page.evaluate("folder => filesIn(folder)", folder))


def test_a_record_written_on_a_phone_is_sound(
    browser: Browser, package_file: Path, tmp_path: Path
) -> None:
    """A snapshot whose title a hidden file has already: both are kept, and nothing is wrong."""
    root = library(tmp_path / "site")
    config = with_repository(root)
    target = tmp_path / "admin"
    command = ["admin", "-f", str(config), "--package", str(package_file), "-o", str(target)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en")
    context.set_default_timeout(20_000)
    page = context.new_page()
    with served(target) as address:
        editor = Editor(page, address)
        editor.open({"content/cases/an-older-one.md": OLD})
        expect(page.get_by_text("An older one")).to_have_count(0)
        editor.start("snapshot")
        editor.type("title", "An older one")
        editor.type("summary", 'yes: "both" #1 — ກໍລະນີ')
        editor.type("updated", "2026-11-22")
        editor.choose("countries", "Albania")
        editor.choose("focus", "Ownership of a model")
        editor.add("partners")
        editor.type("partners.0.name", "Ministry: of #Trial")
        editor.choose("our_role", "Leading role")
        editor.add("success_factors")
        editor.choose("success_factors.0.factor", "Trusted relationship")
        editor.type("body", "## Situation\n\nA *text* as typed.\n\n- one\n- two")
        files = editor.save("content/cases")
        assert editor.complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
    assert files["an-older-one.md"] == OLD
    (new,) = [name for name in files if name != "an-older-one.md"]
    assert re.fullmatch("[0-9a-f]{8}-an-older-one.md", new), new
    (root / "content/cases" / new).write_text(files[new], "utf-8")
    result = CliRunner().invoke(main, ["check", "-f", str(config), "--format", "json"])
    assert [each for each in json.loads(result.stdout) if each["severity"] == "error"] == []
    formatted = CliRunner().invoke(main, ["fmt", "--canonical", "--check", "-f", str(config)])
    assert formatted.exit_code == 0, formatted.output
    assert CliRunner().invoke(main, ["build", "-f", str(config)]).exit_code == 0


HOSTILE = """</script><img src=x onerror="document.title='run'"> ' "x" **b** ກໍລະນີ"""
STRANGE_MODEL = f"""\
name: note
plural: notes
folder: cases
fields:
  title: {{kind: line, role: title, label: Title, need: always, help: H, example: E}}
  tone: {{kind: term, vocabulary: tone, label: {json.dumps(HOSTILE, ensure_ascii=False)},
    help: {json.dumps(HOSTILE, ensure_ascii=False)}, example: loud}}
"""
TONES = f"""\
title: Tone
definition: How it sounds.
terms:
  - {{id: loud, label: {json.dumps(HOSTILE, ensure_ascii=False)}, definition: D}}
  - {{id: 'no', label: 'No', definition: D}}
"""


def test_words_of_a_model_run_nothing(browser: Browser, package_file: Path, tmp_path: Path) -> None:
    """Labels that look like scripts are words; a long title in Lao still gives a short name."""
    root = library(tmp_path / "site")
    (root / "content/vocabulary").mkdir()
    (root / "content/record.yml").write_text(STRANGE_MODEL, "utf-8")
    (root / "content/vocabulary/tone.yml").write_text(TONES, "utf-8")
    config = root / "site_config.yml"
    lines = "repo_url: https://github.com/example/cases\nedit_uri: edit/main/content/\n"
    config.write_text(config.read_text("utf-8") + lines, "utf-8")
    target = tmp_path / "admin"
    command = ["admin", "-f", str(config), "--package", str(package_file), "-o", str(target)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en")
    context.set_default_timeout(20_000)
    page = context.new_page()
    with served(target) as address:
        editor = Editor(page, address)
        editor.open({"content/cases/other.md": OLD})
        editor.start("cases")
        editor.type("title", "ກໍລະນີ ທີ່ດິນ " * 8)
        page.get_by_text("No", exact=True).click()
        assert HOSTILE in editor.field("tone").inner_text()
        files = editor.save("content/cases")
        assert editor.complaints == []
        assert "run" not in page.title()
    context.close()
    (new,) = [name for name in files if name != "other.md"]
    assert re.match("[0-9a-f]{8}-ກໍລະນີ-ທີ່ດິນ-", new), new
    assert len(new.encode()) <= 255
    assert '\ntone: "no"\n' in files[new]
