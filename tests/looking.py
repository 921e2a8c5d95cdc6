"""What tests in the browser share: a page of each kind, and a page that is watched."""

from __future__ import annotations

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
    "long facet": "countries/index.html",
    "context": "contexts/political.html",
    "country": "countries/kh.html",
    "partners' term": "sector/government.html",
    "partners": "partners/index.html",
    "partner": "partners/unicef.html",
    "responses": "responses.html",
    "situations": "situations/index.html",
    "situation": "situations/started-small/government/advocacy.html",
    "challenges": "challenges.html",
    "gaps": "gaps.html",
    "matrices": "matrix/index.html",
    "matrix": "matrix/focus-by-success-factors.html",
    "wide matrix": "matrix/contexts-by-success-factors.html",
    "map of evidence": "evidence-map.html",
    "places": "places.html",
    "timeline": "timeline.html",
    "report": "report.html",
    "news": "news.html",
    "contribute": "contribute.html",
    "glossary": "glossary.html",
    "data": "data/index.html",
    "text": "strategic-partnerships.html",
    "lost": "404.html",
}
DIVIDED = {
    "cases": "cases/index/2.html",
    "cases, the last": "cases/index/3.html",
    "term": "success-factors/trusted-relationship/2.html",
    "situation": "situations/started-small/government/advocacy/2.html",
    "timeline": "timeline/2.html",
    "partners": "partners/index/2.html",
}
"""Pages on which a long list goes on; the shipped site has none, that of `test_long_lists` has."""

LOOKS: list[tuple[int, Literal["light", "dark"]]] = [
    (360, "light"),
    (360, "dark"),
    (1280, "light"),
    (1280, "dark"),
]
"""The width of the window, and the scheme of colours."""

EVERY_KIND = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)


@dataclass
class Watched:
    """A page and what became of it: requests, those that failed, what the console said."""

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

    def _answer(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()
