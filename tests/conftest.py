"""What tests share: the shipped site, the browser, axe-core, `--update-golden`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import built
import chromium
from generator.base.document import Document
from generator.library.library import Library
from generator.output.exchange import exchange
from looking import PATIENCE, resize
from plainly import Plainly
from trouble import FUZZ

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Tests keep nothing in the home of whoever runs them, the secret of their caches neither.
os.environ["CASEBOOK_CACHE_KEY"] = "of the tests"

# A page is waited for as long as a busy machine may need; five seconds are for people.
expect.set_options(timeout=PATIENCE * 1000)

# `make test` tries the same examples every time and holds no example against a busy machine;
# `make fuzz` tries others.
settings.register_profile(
    "tests", derandomize=FUZZ == 1, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")

LONGEST = (
    "test_accessible",
    "test_browser",
    "test_find",
    "test_poisoned",
    "test_long_lists",
    "test_markup_floods",
    "test_killed",
    "test_typed",
    "test_again",
    "test_preview",
    "test_disk",
    "test_bench",
    "test_plugin",
)
"""The test files that take longest, the longest first; `--durations=50` tells how long."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to rewrite the expected output that is kept in files."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the expected files from what the tests give; read the diff before a commit",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Let processes that share the tests take the files in the order in which they are collected.

    Left to itself, pytest-xdist begins with the files of most tests, which are not those that
    take long: one of eight tests came last, and one process waited for it.
    """
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take long first; mark tests that open a page, for `-m 'not browser'`."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected files are to be rewritten rather than compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def shipped_files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Return the files of the site that the repository's own content makes, by path."""
    return MappingProxyType(built.build(built.SHIPPED, tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def shipped_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return the library of the repository's own content."""
    found = built.checked(built.SHIPPED, tmp_path_factory.mktemp("cache")).library
    assert found is not None
    return found


@pytest.fixture(scope="session")
def plain() -> Plainly:
    """Return the content of the repository, read a second way."""
    return Plainly(built.SHIPPED / "content", built.SHIPPED / "content")


@pytest.fixture(scope="session")
def shipped(shipped_files: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of that site, written as a build writes it."""
    site = tmp_path_factory.mktemp("shipped") / "site"
    exchange(site, [Document(path, content) for path, content in shipped_files.items()])
    return site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give one Chromium for the whole run; without one, fail where `CI` is set, else skip."""
    path = chromium.found()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chromium.NONE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=120_000)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of its own to a test."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="session")
def _tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def tab(_tab: Page) -> Page:
    """Give the page that tests share which only look at what they load: a new one takes long.

    It is empty, of the usual size, and has no preference of its own.
    """
    _tab.goto("about:blank")
    _tab.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    resize(_tab, 1280, 720)
    return _tab


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser whose reader has turned JavaScript off."""
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], str]:
    """Give a function that runs axe-core on a page and returns its findings, empty for none."""
    script = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

    def findings(page: Page) -> str:
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(script)
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        results = page.evaluate("options => axe.run(document, options)", options)
        return "\n".join(_finding(violation) for violation in results["violations"])

    return findings


def _finding(violation: dict[str, Any]) -> str:
    """Return one broken rule as text: what is asked, then each element that fails it."""
    nodes = (
        f"  {' '.join(map(str, node['target']))}: {node['html']}\n    {node['failureSummary']}"
        for node in violation["nodes"]
    )
    return "\n".join([f"{violation['id']} ({violation['impact']}): {violation['help']}", *nodes])
