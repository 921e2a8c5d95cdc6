"""What browser tests share: a page of each kind, looks that are waited for, a watched page.

A browser answers a command before the page has changed. So no test reads right after an action:
it waits for the state that it asserts, by `expect` or by a function of this module.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Dialog, Page

KINDS = {
    "home": "index.html",
    "cases": "cases/index.html",
    "case": "cases/peru-initiative-against-child-malnutrition.html",
    "sparse case": "cases/laos-word-npas.html",
    "example": "cases/example-norad-market-model.html",
    "facet": "success-factors/index.html",
    "grouped facet": "focus/index.html",
    "group": "constraints/money-and-time.html",
    "context": "contexts/political.html",
    "country": "countries/kh.html",
    "partners' term": "sector/government.html",
    "partners": "partners/index.html",
    "partner": "partners/unicef.html",
    "responses": "responses.html",
    "learn": "learn/index.html",
    "about": "about/index.html",
    "meetings": "prepare/index.html",
    "meeting": "prepare/government.html",
    "challenges": "challenges.html",
    "gaps": "gaps.html",
    "compare": "compare/index.html",
    "matrix": "compare/focus-by-success-factors.html",
    "wide matrix": "compare/contexts-by-success-factors.html",
    "successes": "successes.html",
    "findings": "findings.html",
    "map of evidence": "evidence-map.html",
    "countries": "countries/index.html",
    "timeline": "timeline.html",
    "report": "report.html",
    "news": "news.html",
    "contribute": "contribute.html",
    "form": "write.html",
    "write together": "write-shop.html",
    "glossary": "glossary.html",
    "data": "data/index.html",
    "style": "style.html",
    "text": "strategic-partnerships.html",
    "lost": "404.html",
}
DIVIDED = {
    "cases": "cases/index/2.html",
    "cases, the last": "cases/index/3.html",
    "term": "success-factors/trusted-relationship/2.html",
    "timeline": "timeline/2.html",
    "partners": "partners/index/2.html",
}
"""Pages on which a long list goes on; the shipped site has none, that of `test_long_lists` has."""

PATIENCE = 30.0
"""In seconds: a page that has not changed until then will not change."""

Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = [
    (360, "light"),
    (1280, "dark"),
    (360, "dark"),
    (1280, "light"),
]
"""The width of the window, and the scheme of colours; the first two show all that a page has."""

EVERY_KIND = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)


def resize(page: Page, width: int, height: int = 800) -> None:
    """Give the window a size in pixels, and wait until the page has it."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(
        "size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height]
    )


def paint(page: Page, scheme: Scheme) -> None:
    """Ask for a scheme of colours, and wait until the page has it."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(f"matchMedia('(prefers-color-scheme: {scheme})').matches")


def stops_until(page: Page, selector: str, most: int = 25) -> int:
    """Press Tab from the beginning of a page until something has the focus; return how often.

    It is an error not to meet it within so many stops.
    """
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    for number in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return number
    raise AssertionError(f"'{selector}' is not met within {most} presses of Tab")


@dataclass
class Watched:
    """A page and what became of it: requests, those that failed, what the console said.

    What a page asked and said while it loaded has arrived when its loading is waited for, as it
    arrives in its order; for what comes later there is `hear`.
    """

    page: Page
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to watch."""
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.failed.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", self._answer)

    def visit(self, address: str) -> None:
        """Forget what was heard before, and open an address."""
        self.asked, self.failed, self.said = [], [], []
        self.page.goto(address)

    def hear(self, number: int, words: str) -> list[str]:
        """Return the messages of the console that hold some words, waiting for so many of them."""
        until = time.monotonic() + PATIENCE
        while len(heard := self._holding(words)) < number and time.monotonic() < until:
            self.page.wait_for_timeout(20)  # messages arrive only while Playwright is at work
        return heard

    def _holding(self, words: str) -> list[str]:
        return [text for text in self.said if words in text]

    def _answer(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()
