"""The preview, entered as an author enters: a server, a browser's requests, edited files."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.build.build_options import BuildOptions
from generator.hosts.preview import Preview
from generator.hosts.serve import PreviewServer
from stub_core import assemble
from trouble import PATIENCE, soon

SITE = """\
site_name: Partnership cases
docs_dir: content
theme: {name: null, custom_dir: templates}
plugins: [casebook]
"""
PROGRAM = """
import signal
import sys
from pathlib import Path
from generator.hosts.serve import serve
from stub_core import assemble
# Whoever runs the tests in the background has Ctrl-C ignored, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
raise SystemExit(serve(Path(sys.argv[1]), port=int(sys.argv[2]), as_of="2026-01-31", core=assemble))
"""
BANNER = '<aside role="alert"'


@dataclass
class Running:
    """A preview in a process of its own, and what it has said so far."""

    process: subprocess.Popen[str]
    url: str
    log: Path

    def page(self, path: str = "") -> str:
        """Return the text of a page, that of an error page too."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:  # noqa: S310
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode()

    def shows(self, path: str, *words: str, without: str = "") -> str:
        """Return the text of a page as soon as it holds some words, and not others.

        To save a file may take two builds: the first may find it empty.
        """

        def right() -> str:
            page = self.page(path)
            held = all(word in page for word in words) and not (without and without in page)
            return page if held else ""

        page = soon(right)
        assert page, self.page(path)
        return page

    def after(self, epoch: int) -> int:
        """Return the epoch of a build after `epoch`, waiting for it as a page's script does."""
        address = f"{self.url}livereload/{epoch}/1"
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310
            return int(answer.read())

    def said(self, text: str) -> bool:
        """Tell whether the terminal shows a text, or will soon."""
        return soon(lambda: text in self.log.read_text())


def epoch_of(page: str) -> int:
    """Return the build that a page belongs to."""
    found = re.search(r"livereload\((\d+), \d+\);", page)
    assert found, page
    return int(found[1])


Start = Callable[[], Running]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return the one case of a small site."""
    for folder in ("content/cases", "templates/pages"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "site_config.yml").write_text(SITE)
    path = tmp_path / "content/cases/land.md"
    path.write_text("Land\nA text.")
    return path


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return how the preview of the site in the temporary folder is started."""
    started: list[subprocess.Popen[str]] = []
    log = tmp_path / "terminal.log"

    def begin() -> Running:
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / "site_config.yml"), "0"]
        with log.open("w") as terminal:
            process = subprocess.Popen(
                command, cwd=Path(__file__).parent, stdout=terminal, stderr=terminal, text=True
            )
        started.append(process)
        running = Running(process, "", log)
        assert running.said("Ctrl-C ends the preview"), log.read_text()
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text())
        assert found
        running.url = found[0]
        return running

    yield begin
    for process in started:
        process.kill()
        process.wait()


def test_preview_follows_edits_and_shows_what_is_wrong(start: Start, case: Path) -> None:
    """An edit appears; a mistake stands on top of the last good build until it is mended."""
    running = start()
    first = running.page("cases/land.html")
    assert "<h1>Land</h1>" in first
    assert "Content-Security-Policy" not in first
    assert BANNER not in first
    assert "internal False, as of 2026-01-31" in running.page()
    assert running.page("nowhere.html") == "gone"

    case.write_text("Land, edited\nA text.")
    assert running.after(epoch_of(first)) > epoch_of(first)
    last = running.shows("cases/land.html", "<h1>Land, edited</h1>")

    case.write_text("Land, again\nbroken\n")
    assert running.after(epoch_of(last)) > epoch_of(last)
    page = running.shows("cases/land.html", "&#x27;broken&#x27;")
    assert "<h1>Land, edited</h1>" in page
    assert "<body><aside" in page
    assert (
        "<li><code>content/cases/land.md:2</code>: "
        "&#x27;broken&#x27; &lt;b&gt;is&lt;/b&gt; not a word for a case"
        "<br>take it out &amp; go on</li>"
    ) in page
    assert page.rstrip().endswith("</html>")
    assert BANNER in running.page("nowhere.html")
    assert running.page("data/library.json") == "[]\n"
    assert running.said("content/cases/land.md:2:1: error: 'broken' <b>is</b> not a word")

    case.write_text("Land, mended\nA text.")
    assert BANNER not in running.shows("cases/land.html", "<h1>Land, mended</h1>")
    assert "nowhere" not in running.log.read_text()


def test_first_build_broken(start: Start, case: Path) -> None:
    """Every address shows the problems, and asks again by itself until there is a site."""
    case.write_text("Land\nbroken\n")
    running = start()
    for path in ("", "cases/land.html"):
        page = running.page(path)
        assert "<h1>The site cannot be built yet</h1>" in page
        assert "&lt;b&gt;is&lt;/b&gt;" in page
        assert '<meta http-equiv="refresh"' in page

    case.write_text("Land\nA text.")
    assert running.said("built: 1 case, 2 pages")
    running.shows("cases/land.html", "<h1>Land</h1>")


def test_settings_are_followed(start: Start, case: Path, tmp_path: Path) -> None:
    """A mistake in the settings is shown; a new content folder is watched once they are right."""
    running = start()
    assert BANNER not in running.page()
    settings = tmp_path / "site_config.yml"

    settings.write_text(SITE + "docs_dir: other\n")
    running.shows("", "<code>site_config.yml:5</code>")

    case.parent.parent.rename(tmp_path / "other")
    settings.write_text(SITE.replace("docs_dir: content", "docs_dir: other"))
    running.shows("", without=BANNER)

    (tmp_path / "other/cases/land.md").write_text("Moved\nA text.")
    running.shows("cases/land.html", "<h1>Moved</h1>")


@pytest.mark.usefixtures("case")
def test_site_that_another_theme_draws(start: Start, tmp_path: Path) -> None:
    """A library inside a site with a theme is MkDocs's to preview, and that is said."""
    (tmp_path / "content/library").mkdir()
    themed = SITE.replace("{name: null, custom_dir: templates}", "material")
    settings = themed.replace("[casebook]", "[casebook: {folder: library}]")
    (tmp_path / "site_config.yml").write_text(settings)
    assert "use mkdocs serve -f site_config.yml" in start().page()


def test_defect_of_ours_does_not_end_the_preview(start: Start, case: Path) -> None:
    """What goes wrong in the core is said in the page, and in full in the terminal."""
    running = start()
    assert BANNER not in running.page()

    case.write_text("Land\ncrash")
    running.shows("", "casebook itself went wrong<br>the terminal says where")
    assert running.said("LookupError: crash")

    case.write_text("Land\nA text.")
    running.shows("", without=BANNER)


@pytest.mark.usefixtures("case")
def test_ctrl_c_ends_quietly(start: Start) -> None:
    """Ctrl-C ends the preview with exit code 0 and not a word."""
    running = start()
    assert running.page()
    before = running.log.read_text()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(PATIENCE) == 0
    assert running.log.read_text() == before


@pytest.mark.usefixtures("case")
def test_address_taken(tmp_path: Path) -> None:
    """A port that another program listens on is a sentence and exit code 2."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / "site_config.yml"), str(port)],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-2:] == [
        f"cannot listen on 127.0.0.1:{port}: address already in use",
        "    hint: end the other program there, or name a port: --port 8001",
    ]


def answer(url: str, path: str = "/", **headers: str) -> tuple[int, str]:
    """Return the status and the text of an answer to a request with those headers."""
    connection = http.client.HTTPConnection(url.removeprefix("http://").rstrip("/"))
    try:
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("path", ["/", "/cases/land.html", "/livereload/0/1", "/nowhere.html"])
def test_a_preview_answers_to_no_name_but_its_own(start: Start, path: str) -> None:
    """A name that a stranger's name server points here reads nothing, at any address."""
    running = start()
    port = running.url.rstrip("/").rpartition(":")[2]
    for host in (f"rebind.example:{port}", "10.0.0.7", "localhost.rebind.example", ""):
        status, words = answer(running.url, path, Host=host)
        assert status == 403
        assert words.startswith(f"This preview does not answer to the name '{host}'.\n")
        assert f"Open {running.url} instead" in words
    status, words = answer(running.url, path, Origin="https://rebind.example")
    assert (status, "'rebind.example'" in words) == (403, True)
    for host in (f"localhost:{port}", "LOCALHOST", f"127.0.0.1:{port}", "[::1]:9", "localhost."):
        status, words = answer(running.url, path, Host=host, Origin=running.url.rstrip("/"))
        assert status == (404 if "nowhere" in path else 200)


@pytest.mark.usefixtures("case")
def test_no_page_elsewhere_may_include_what_a_preview_shows(start: Start) -> None:
    """A browser keeps what it got here from the pages of other sites."""
    with urllib.request.urlopen(start().url) as got:  # noqa: S310
        assert got.headers["Cross-Origin-Resource-Policy"] == "same-origin"


MACHINE = socket.gethostname().lower()


@pytest.mark.parametrize(
    ("host", "own", "strange"),
    [
        ("127.0.0.1", "localhost 127.0.0.1:80", "0.0.0.0:8000 192.168.1.4 a@localhost evil.test/"),
        ("192.168.1.4", "192.168.1.4:8000 localhost", f"192.168.1.5 {MACHINE}.evil.test"),
        ("Docs.Office.test", "docs.office.test docs.office.test.:80", "office.test docs.office"),
        ("0.0.0.0", f"10.1.2.3:8000 {MACHINE}:8000 [fd00::7]", "evil.test 10.1.2.3.evil.test"),  # noqa: S104 - nothing is bound
        ("::", "[fd00::7]:8000 10.1.2.3 localhost", "[evil.test] fd00::7 10.1.2.3:x 1.2.3.4,b"),
    ],
)
def test_which_names_are_its_own(tmp_path: Path, host: str, own: str, strange: str) -> None:
    """Names of this computer and the one asked for; on every network also numbers, but no name."""
    preview = Preview(site_file=tmp_path / "site_config.yml", options=BuildOptions(), core=assemble)
    server = PreviewServer(preview, host, 0)
    try:
        assert [name for name in own.split() if not server.is_own_name(name)] == []
        assert [name for name in strange.split() if server.is_own_name(name)] == []
    finally:
        server.server_close()
