"""What somebody typed to do harm is shown as it was typed: nothing runs, nothing is asked for."""

from __future__ import annotations

import shutil
from base64 import b64decode
from pathlib import Path
from string import Template

import pytest
from playwright.sync_api import Browser, Page

from generator.build.assemble import assemble
from generator.hosts.config import load_site
from generator.output.exchange import exchange
from looking import Watched, resize
from small import library

CONTENT = Path(__file__).parent.parent / "content"
NAME = "it's & onerror=document.hacked=1"
RUN = "document.hacked=1;alert(1)"
TAG = f"<img src=x onerror={RUN}><script>{RUN}</script>"
OUT = f"</title></style></dd>-->'\"><svg onload={RUN}>{TAG}"
SHORT = f"</title>'\"><script>{RUN}</script><svg onload={RUN}>"
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FRONT = Template("""\
---
title: $short
summary: $out
updated: 2026-11-22
countries: Laos
locations: [$out]
focus: ownership-of-model
partners:
  - {name: $out, type: ministry}
  - $another
our_role: leading
success_factors:
  - {factor: trusted-relationship, what: $out, evidence: one}
outcomes:
  - {what: $out, who_changed: $out, level: policy}
evidence:
  - id: one
    citation: $out
    kind: document
    url: "https://elsewhere.example/a?b='onclick=document.hacked=1&c"
---
""")
BODY = f"""\
# Heading {TAG}

![alt {OUT}](<{NAME}.png>)

| Head {TAG} | b |
|---|---|
| cell {TAG} | <b onclick="{RUN}" id="script">b</b> |

Words[^1] and <iframe src="https://elsewhere.example/"></iframe>
<style>body {{ background: url(https://elsewhere.example/style) }}</style>
<form action="https://elsewhere.example/"><input autofocus onfocus="{RUN}"></form>
<svg><use href="https://elsewhere.example/#a"/></svg>
<a href="https://elsewhere.example/?a" onmouseover="{RUN}">out</a>

[^1]: Note {TAG}

<math><mtext><script>{RUN}</script></mtext></math>
"""
OWN = (
    'script[src^="assets/"]:empty, script[src^="../assets/"]:empty, '
    'script[src*="assets/casebook.js?v="]:empty, form.site-search, form.site-search > input, '
    "form.ask[data-to]:not([action]), "
    ":is(.find-search, .find-foot, .tools, .meeting-foot, .list-tools, .list-title) > input, "
    ".narrow > input, #write input, .tick > label > input, .filter > div > input"
)
"""What pages have themselves of the kinds that nobody may type."""

TYPED = f"""() => [...document.querySelectorAll("*")].filter(it =>
    (it.matches("script, style, iframe, form, input, math, use, base") && !it.matches('{OWN}'))
    || [...it.attributes].some(a => a.name.startsWith("on") || /^javascript:/i.test(a.value))
).map(it => it.outerHTML)"""


def quoted(text: str) -> str:
    """Return text as a quoted YAML value."""
    return "'" + text.replace("'", "''") + "'"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site of which every word was typed to do harm."""
    front = FRONT.substitute(short=quoted(SHORT), out=quoted(OUT), another=quoted(f"Another {OUT}"))
    root = library(tmp_path_factory.mktemp("hostile"), **{NAME: front + BODY})
    (root / f"content/cases/{NAME}.png").write_bytes(PICTURE)
    shutil.copy(CONTENT / "record.yml", root / "content")
    shutil.copytree(CONTENT / "vocabulary", root / "content/vocabulary")
    words = root / "content/vocabulary/focus.yml"
    words.write_text(
        words.read_text("utf-8").replace("label: Ownership of a model", f"label: {quoted(OUT)}"),
        "utf-8",
    )
    site, problems = load_site(root / "site_config.yml")
    assert site, problems
    made = assemble(site)
    assert made.documents, "\n".join(map(str, made.problems))
    exchange(site.output, made.documents)
    return site.output


@pytest.mark.parametrize("policy", ["with its policy", "without it"])
def test_nothing_typed_ever_runs(hostile: Path, browser: Browser, policy: str) -> None:
    """On no page is there an element or a handler that was typed, nor a call to another host."""
    context = browser.new_context(bypass_csp=policy == "without it")
    watched = Watched(context.new_page())
    staying = context.new_page()  # pages that would lead on at once
    pages = sorted(hostile.rglob("*.html"))
    assert len(pages) > 15
    for path in pages:
        if 'http-equiv="refresh"' in path.read_text("utf-8"):
            staying.set_content(path.read_text("utf-8").replace('"refresh"', '"stay"'))
        else:
            watched.page.goto(path.as_uri())
        for page in (staying, watched.page):
            assert page.evaluate("document.hacked") is None, path
            assert page.evaluate(TYPED) == [], path
    context.close()
    elsewhere = [address for address in watched.asked if not address.startswith(hostile.as_uri())]
    assert (elsewhere, watched.failed, watched.said) == ([], [], [])


def test_harmful_words_are_shown_as_words(hostile: Path, page: Page) -> None:
    """A title, a claim, a partner and a term are read as they were typed; the picture is there."""
    case = next(path for path in hostile.glob("cases/it*.html"))
    resize(page, 1280)
    page.goto(case.as_uri())
    assert page.inner_text("h1") == SHORT
    assert page.title() == f"{SHORT} · Small library"
    assert page.inner_text(".lede") == OUT
    assert OUT in page.inner_text("#success-factors .claims p")
    assert OUT in page.inner_text("dt:text-is('Partners') ~ dd >> nth=0")
    assert OUT in page.inner_text("dt:text-is('Focus') ~ dd")
    assert "Note <img" in page.inner_text(".footnote")
    picture = page.locator(".prose img")
    assert picture.get_attribute("alt") == f"alt {OUT}"
    assert picture.evaluate("it => it.naturalWidth") == 1
    resize(page, 320, 640)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
