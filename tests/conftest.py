"""Owns what tests share: the shipped site, the browser, axe-core, `--update-golden`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import chromium
from generator.build.assemble import assemble
from generator.hosts.config import load_site
from generator.output.exchange import exchange

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

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to rewrite the expected output that is kept in files."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the expected files from what the tests give; read the diff before a commit",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that opens a page, so that `-m 'not browser'` leaves it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected files are to be rewritten rather than compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site that the repository's own content makes."""
    folder = tmp_path_factory.mktemp("shipped")
    site, problems = load_site(
        Path(__file__).parent.parent / "site_config.yml", output=folder / "site"
    )
    assert site, problems
    made = assemble(replace(site, cache=folder / "cache"))
    assert made.documents, made.problems
    exchange(site.output, made.documents)
    return site.output


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give one Chromium for the whole run; without one, fail where `CI` is set, else skip."""
    path = chromium.found()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chromium.NONE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of its own to a test."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser whose reader has turned JavaScript off."""
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], str]:
    """Give a function that runs axe-core on a page and returns its findings, empty for none."""
    script = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

    def findings(page: Page) -> str:
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
