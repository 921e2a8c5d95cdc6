"""The plugin, entered as a site's owner enters: by mkdocs and properdocs on a command line."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.hosts.config import load_site
from stub_core import assemble
from trouble import PATIENCE, soon

REPOSITORY = Path(__file__).parents[1]
Build = Callable[..., subprocess.CompletedProcess[str]]

SITE = """\
site_name: Partnership cases
docs_dir: content
theme: {name: null, custom_dir: templates}
use_directory_urls: false
nav:
  - Home: index.html
  - About: about.md
plugins:
  - casebook
"""
THEMED = """\
site_name: A handbook
site_url: https://example.org/
theme: {name: material, font: false}
validation: {anchors: warn}
plugins:
  - search
  - casebook: {folder: library}
"""
HOSTILE = 'Land </title><script>document.hacked = 1</script> & "tenure"'


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by its path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def write(folder: Path, texts: dict[str, str]) -> None:
    """Write files, their folders too."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the folder of a small site of our own, with an old build in it."""
    root = tmp_path / "site-of-ours"
    write(
        root,
        {
            "site_config.yml": SITE,
            "content/about.md": "# About",
            "content/record.yml": "name: case",
            "content/picture.png": "not published",
            "content/cases/land.md": "Land\nA text.",
            "templates/pages/case.html": "{{ title }}",
            "templates/main.html": "shell",
            "templates/assets/extra.css": "a {}",
            "site/old.html": "old",
        },
    )
    return root


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which the core of the plugin `casebook` is the stub."""
    plugin = tmp_path / "plugin"
    write(
        plugin,
        {
            "casebook-0.dist-info/METADATA": "Metadata-Version: 2.1\nName: casebook\nVersion: 0\n",
            "casebook-0.dist-info/entry_points.txt": (
                "[mkdocs.plugins]\ncasebook = stub_core:StubPlugin\n"
            ),
        },
    )
    paths = [str(plugin), os.environ.get("PYTHONPATH", ""), str(Path(__file__).parent)]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "NO_COLOR": "1"}


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Build:
    """Return how a program builds a site."""

    def build(program: str, file: Path, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                sys.executable,
                "-m",
                program,
                "build",
                "-f",
                f"../{file.parent.name}/{file.name}",
                *options,
            ],
            env=environment,
            cwd=tmp_path / "plugin",
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE * 2,
        )

    return build


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_gives_the_files_of_casebook_build(run: Build, site: Path, program: str) -> None:
    """The site holds the core's documents, byte for byte, and nothing of MkDocs's own."""
    settings, problems = load_site(site / "site_config.yml")
    assert settings, problems

    done = run(program, site / "site_config.yml", "--strict")

    assert done.returncode == 0, done.stderr
    assert files(site / "site") == {d.path: d.content for d in assemble(settings).documents}


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_gives_the_files_of_the_library_itself(
    program: str, shipped_files: Mapping[str, bytes], tmp_path: Path
) -> None:
    """The library of this repository is the same under all three commands."""
    for name in ("content", "templates"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    file = Path(shutil.copy(REPOSITORY / "site_config.yml", tmp_path))

    command = [sys.executable, "-m", program, "build", "-q", "-f", str(file)]
    subprocess.run(command, check=True, timeout=PATIENCE * 2, capture_output=True)

    assert len(shipped_files) > 100
    assert files(tmp_path / "site") == shipped_files


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_error_leaves_the_old_site(run: Build, site: Path, program: str) -> None:
    """A mistake in a case is printed as casebook prints it, and the old site stays whole."""
    write(site, {"content/cases/land.md": "Land\nbroken\n"})

    done = run(program, site / "site_config.yml")

    assert done.returncode == 1
    assert (
        "content/cases/land.md:2:1: error: 'broken' <b>is</b> not a word for a case\n"
        "    hint: take it out & go on\n"
    ) in done.stderr
    assert "1 problem above: the site was left as it was" in done.stdout
    assert "Traceback" not in done.stderr
    assert files(site / "site") == {"old.html": b"old"}


def test_warning_stops_only_a_strict_build(run: Build, site: Path) -> None:
    """A warning is logged and the site built; under --strict the old site stays."""
    write(site, {"content/cases/land.md": "Land\ndoubtful\n"})

    strict = run("mkdocs", site / "site_config.yml", "--strict")
    assert (strict.returncode, files(site / "site")) == (1, {"old.html": b"old"})

    lenient = run("mkdocs", site / "site_config.yml")
    assert lenient.returncode == 0
    assert "land.md:2:1: warning: 'doubtful' <b>is</b> not a word for a case" in lenient.stderr
    assert "old.html" not in files(site / "site")


def test_unknown_option_is_an_error(run: Build, site: Path) -> None:
    """An option that does not exist stops mkdocs, too, with the nearest that does."""
    write(site, {"site_config.yml": SITE.replace("casebook", "casebook: {langage: fr}")})

    done = run("mkdocs", site / "site_config.yml")

    assert done.returncode == 1
    assert "'langage' is not an option of casebook (did you mean 'language'?)" in done.stderr
    assert files(site / "site") == {"old.html": b"old"}


def test_theme_needs_a_folder(run: Build, site: Path) -> None:
    """Inside a site that another theme draws, a library without a folder is refused."""
    write(
        site, {"site_config.yml": SITE.replace("{name: null, custom_dir: templates}", "material")}
    )

    done = run("mkdocs", site / "site_config.yml")

    assert done.returncode == 1
    assert "another theme draws this site, and no 'folder' says where the library is" in done.stderr
    assert files(site / "site") == {"old.html": b"old"}


def page_at(address: str) -> str:
    """Return the text at an address, nothing where nobody answers."""
    with (
        contextlib.suppress(OSError),
        urllib.request.urlopen(address, timeout=PATIENCE) as answer,  # noqa: S310
    ):
        return str(answer.read().decode())
    return ""


def shown(address: str, text: str) -> str:
    """Return the page at an address once it holds a text."""
    page = soon(lambda: found if text in (found := page_at(address)) else "")
    assert page, f"{address} never held {text}"
    return page


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextlib.contextmanager
def preview(program: str, file: Path, environment: dict[str, str], log: Path) -> Iterator[str]:
    """Run the preview of a program and give its address; what it says goes into `log`.

    MkDocs must be told a port. Where somebody took it meanwhile, another is tried.
    """
    for _ in range(5):
        address = f"127.0.0.1:{free_port()}"
        command = [sys.executable, "-m", program, "serve", "-q", "-a", address, "-f", str(file)]
        with log.open("w") as said:
            process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        with process:
            try:
                url = f"http://{address}/"
                assert soon(lambda: process.poll() is not None or page_at(url)), log.read_text()  # noqa: B023
                if process.poll() is None:
                    yield url
                    return
            finally:
                process.kill()
        assert "Address already in use" in log.read_text(), log.read_text()
    pytest.fail("five ports were taken")


def epoch_of(page: str) -> int:
    """Return the build that a served page belongs to."""
    found = re.search(r"livereload\((\d+), \d+\);", page)
    assert found, page
    return int(found[1])


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_serve_follows_edits(
    environment: dict[str, str], site: Path, tmp_path: Path, program: str
) -> None:
    """A served page has no CSP, which would stop MkDocs's script, and follows an edit."""
    log = tmp_path / "said"
    with preview(program, site / "site_config.yml", environment, log) as url:
        address = f"{url}cases/land.html"
        page = shown(address, "<h1>Land</h1>")
        assert "livereload(" in page
        assert "Content-Security-Policy" not in page
        write(site, {"content/cases/land.md": "Land\nbroken\n"})
        assert soon(lambda: "land.md:2:1: error: 'broken'" in log.read_text())
        write(site, {"content/cases/land.md": "Edited\nA text."})
        epoch = epoch_of(shown(address, "<h1>Edited</h1>"))
        write(site, {"templates/pages/case.html": "{{ another }}"})
        assert soon(lambda: epoch_of(shown(address, "<h1>Edited</h1>")) > epoch)


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """Return the folder of a site with mkdocs-material, a library in one of its folders."""
    root = tmp_path / "handbook"
    write(
        root,
        {
            "mkdocs.yml": THEMED,
            "docs/index.md": "# The handbook\n\n[What changed](library/cases/land.md#outcomes)\n",
            "docs/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "docs/library/record.yml": "name: case",
            "docs/library/cases/land.md": f"{HOSTILE}\nA text.",
            "docs/library/cases/secret.png": "not published",
        },
    )
    return root


def test_material_draws_bodies_beside_the_pages_of_the_site(run: Build, handbook: Path) -> None:
    """The library stands below its folder; all else of the site is as MkDocs makes it."""
    done = run("mkdocs", handbook / "mkdocs.yml", "--strict")
    assert done.returncode == 0, done.stderr

    made = files(handbook / "site")
    theirs = {path for path in made if not path.startswith("library/")}
    own = {path for path in theirs if not path.startswith("assets/")}
    assert own == {
        "404.html",
        "index.html",
        "picture.svg",
        "search/search_index.json",
        "sitemap.xml",
        "sitemap.xml.gz",
    }
    assert {path for path in made if path.startswith("library/")} == {
        "library/assets/casebook.css",
        "library/cases/land.html",
        "library/data/blank.md",
        "library/data/library.json",
        "library/index.html",
    }
    assert b'href="library/cases/land.html#outcomes"' in made["index.html"]
    index = json.loads(made["search/search_index.json"])
    assert {"library/cases/land.html", "library/"} <= {doc["location"] for doc in index["docs"]}


def test_material_page_in_a_browser(run: Build, handbook: Path, page: Page) -> None:
    """A title that looks like HTML is shown as text, and only our pages have our styles."""
    assert run("mkdocs", handbook / "mkdocs.yml").returncode == 0

    page.goto((handbook / "site/library/cases/land.html").as_uri())

    assert page.title() == f"{HOSTILE} - A handbook"
    assert page.evaluate("document.hacked") is None
    assert page.inner_text("h1") == HOSTILE
    assert page.get_attribute('meta[name="description"]', "content") == f'"{HOSTILE}"'
    heading = page.locator(".casebook h1")
    assert heading.evaluate("it => getComputedStyle(it).color") == "rgb(1, 2, 3)"
    contents = page.locator(".md-sidebar--secondary a[href='#outcomes']")
    assert contents.inner_text() == "What changed & why"
    page.goto((handbook / "site/index.html").as_uri())
    assert page.locator(".casebook").count() == 0
    assert page.locator("nav a[href='library/index.html'], nav a[href='library/']").count() > 0
