"""Whatever is typed, wherever: pages only show it; data, feed and sitemap hold it whole."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import html5lib
import pytest
import yaml
from playwright.sync_api import Browser

import built
from generator.base.problem import errors
from generator.markdown import convert, join
from inert import wrongs, wrongs_in
from looking import Watched
from small import CONFIG, library, snapshot
from trouble import run, told, tree

RUN = "alert(1)"
SCRIPTS = [
    f"<script>{RUN}</script>",
    f"<SCRIPT/x>{RUN}//",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"</script><script>{RUN}</script>",
    f"</title></textarea></style></noscript><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img src='x'onerror={RUN} x='",
    f'"><svg/onload={RUN}>',
    f"'><svg><script>{RUN}</script>",
    f"' onmouseover='{RUN}' x='",
    f'" autofocus onfocus="{RUN}" x="',
    f"` onclick=`{RUN}`",
    f"javascript:{RUN}",
    f"java\u0000script:{RUN}".replace("\0", "\u200b"),
    f"data:text/html,<script>{RUN}</script>",
    f"<a href=javascript:{RUN}>x</a>",
    f"<iframe srcdoc='<script>{RUN}</script>'>",
    f"<details open ontoggle={RUN}>",
    f"<math><mi xlink:href=javascript:{RUN}>x",
    f"<svg><animate onbegin={RUN} attributeName=x>",
    f"<!--><script>{RUN}</script>-->",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script><![CDATA[",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"\\u003cscript\\u003e{RUN}",
    f"%3Cscript%3E{RUN}",
    f"\uff1cscript\uff1e{RUN}",
    "<style>@import '//elsewhere.example/a';</style>",
    "<base href=//elsewhere.example/><link rel=stylesheet href=//elsewhere.example/a>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example/'>",
    "<plaintext>",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "& && &amp; &nbsp; &nosuch; < > \" '",
]
TEMPLATES = [
    "{{ 7*7 }}",
    "{{ site }} {{ config.items() }} {{ self.__class__ }}",
    "{% include 'main.html' %}",
    "{% raw %} {% endraw %} {% endblock %}",
    "{# not a comment #}",
    "${7*7} #{7*7} <%= 7*7 %> @(7*7) [[7*7]]",
    "%(title)s {title} {0} {0.__class__} $title",
    "{{ '{{' }} }} {{",
    "{{< shortcode >}} {%- x -%}",
]
FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    '"=1',
    "'=1",
    "\u200b=1",
    "\u00a0=1",
    "a;=1",
]
TYPED = [*SCRIPTS, *TEMPLATES, *FORMULAS]
BEGINS = re.compile(r"[\s\"\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]")


def quoted(text: str) -> str:
    """Return text as a quoted YAML value."""
    return "'" + text.replace("'", "''") + "'"


FIELDS = """\
title: {said}
summary: {said}
updated: 2026-11-22
countries: Laos
locations: [{said}]
focus: ownership-of-model
partners:
  - {{name: {name}, type: ministry}}
our_role: leading
success_factors:
  - {{factor: trusted-relationship, what: {said}, evidence: one}}
constraints:
  - {{constraint: turnover, what: {said}, response: {said}}}
outcomes:
  - {{what: {said}, who_changed: {said}, level: policy}}
evidence:
  - {{id: one, citation: {said}, kind: document}}
"""


def text(typed: str) -> str:
    """Return a text that says the same in each of its places."""
    cell = typed.replace("|", "/")
    return f"""\
## {typed}

Words {typed} and `{typed}`, *{typed}*, **{typed}**.[^1]

> {typed}

- {typed}

| {cell} | b |
|---|---|
| {cell} | c |

```
{typed}
```

[^1]: {typed}
"""


def accepted(typed: str) -> str:
    """Return the text, or as words of a program what no text may hold."""
    _, problems = convert(text(typed), path="a.md")
    return f"`` {typed} ``\n" if errors(problems) else text(typed)


def case(number: int, typed: str) -> str:
    """Return a case that says the same in each of its fields and in the places of its text."""
    fields = FIELDS.format(said=quoted(typed), name=quoted(f"{number} {typed}"))
    return f"---\n{fields}---\n{accepted(typed)}"


@dataclass(frozen=True, slots=True)
class Typed:
    """A site of which all words were typed to be more than words, and its pages as elements."""

    site: Path
    files: dict[str, bytes | None]
    pages: dict[str, Any]

    def about(self, path: str) -> str:
        """Return the path of a page with what was typed for it, to tell which input went wrong."""
        number = re.search(r"(?:typed|page)-(\d+)\.html", path)
        return f"{path}, of {TYPED[int(number[1])]!r}" if number else path

    def content(self, path: str) -> bytes:
        """Return the bytes of a file."""
        found = self.files[path]
        assert found is not None
        return found


SITE = " ".join([SCRIPTS[0], TEMPLATES[0], TEMPLATES[2], "]]> \" ' &", SCRIPTS[7]])
WORDS = " ".join([SCRIPTS[9], TEMPLATES[0], SCRIPTS[3]])


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Typed:
    """Return the site."""
    root = tmp_path_factory.mktemp("typed")
    library(root, **{f"typed-{number}": case(number, each) for number, each in enumerate(TYPED)})
    content = Path(__file__).parent.parent / "content"
    shutil.copy(content / "record.yml", root / "content")
    shutil.copytree(content / "vocabulary", root / "content/vocabulary")
    _vocabulary(root / "content/vocabulary/focus.yml")
    for number, each in enumerate(TYPED):
        page = f"---\ntitle: {quoted(each)}\n---\n{accepted(each)}"
        (root / f"content/page-{number}.md").write_text(page, "utf-8")
    config = CONFIG.replace("Small library", quoted(SITE)) + (
        f"site_description: {quoted(SITE)}\nsite_author: {quoted(SITE)}\n"
        "site_url: https://library.example/a'b&c/\n"
        f"nav:\n  - {quoted(WORDS)}: cases/index.html\n"
    )
    (root / "site_config.yml").write_text(config, "utf-8")
    told(run(root, "build"), 0)
    files = tree(root / "site")
    pages = {
        path: html5lib.parse(content.decode(), namespaceHTMLElements=False)
        for path, content in files.items()
        if path.endswith(".html") and content is not None
    }
    return Typed(root / "site", files, pages)


def _vocabulary(file: Path) -> None:
    """Put what was typed into label, definition and other names of a term that cases name."""
    kept = yaml.safe_load(file.read_text("utf-8"))
    (term,) = [each for each in kept["terms"] if each["id"] == "ownership-of-model"]
    term |= {"label": WORDS, "definition": SITE, "synonyms": [WORDS + " too", TEMPLATES[0]]}
    file.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), "utf-8")


def words(element: Any) -> str:  # noqa: ANN401 - html5lib's trees have no types
    """Return the text of an element, blanks folded."""
    return " ".join("".join(element.itertext()).split())


def test_no_page_does_more_than_show(typed: Typed) -> None:
    """No page holds an element, a handler or an address that was typed to run or to load."""
    assert len(typed.pages) > 2 * len(TYPED)
    found = {typed.about(path): wrongs_in(page) for path, page in typed.pages.items()}
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("typed_", TYPED)
def test_a_text_is_inert_even_where_it_is_refused(typed_: str) -> None:
    """What a build would refuse does no harm in a preview or a cache either."""
    body, _ = convert(text(typed_), path="a.md")
    assert wrongs(join(body, ["a.html"] * len(body.links)).encode()) == []


@pytest.mark.parametrize("policy", ["with its policy", "without it"])
def test_nothing_runs_in_a_browser(typed: Typed, browser: Browser, policy: str) -> None:
    """In Chromium, from a folder: no dialog, no error, no request for anything elsewhere."""
    context = browser.new_context(bypass_csp=policy == "without it")
    watched = Watched(context.new_page())
    names = ["index.html", "glossary.html", "focus/ownership-of-model.html", "report.html"]
    cases = [path for path in typed.pages if path.startswith("cases/typed")]
    here = typed.site.as_uri()
    for path in [*names, *cases]:
        watched.visit(f"{here}/{quote(path)}")
        where = typed.about(path)
        assert watched.asked, where
        assert [each for each in watched.asked if not each.startswith(here)] == [], where
        assert (watched.failed, watched.said) == ([], []), where
    context.close()


def test_every_page_has_the_policy(typed: Typed) -> None:
    """Each page forbids scripts and styles inside it, and whatever other hosts would give."""
    for path, page in typed.pages.items():
        where = typed.about(path)
        metas = [m for m in page.iter("meta") if m.get("http-equiv") == "Content-Security-Policy"]
        assert len(metas) == 1, where
        policy = metas[0].get("content") or ""
        assert "default-src 'none'" in policy, where
        assert "script-src 'self'" in policy, where
        assert not re.search(r"unsafe|https?:|\*|data:|blob:", policy), where
        head = typed.content(path).partition(b"Content-Security-Policy")[0]
        assert b"<script" not in head, where
        assert b"<link" not in head, where


@pytest.mark.parametrize("number", range(len(TYPED)), ids=TYPED)
def test_a_case_says_what_was_typed(typed: Typed, number: int) -> None:
    """Title, summary, claims, partner and source are on the page word for word."""
    said = " ".join(TYPED[number].split())
    page = typed.pages[f"cases/typed-{number}.html"]
    heads = [words(each) for each in page.iter("h1")]
    assert heads == [said]
    assert words(page).count(said) >= 8
    title = typed.pages[f"page-{number}.html"].find(".//title")
    assert words(title).startswith(said)


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_in_a_text_stay_text(typed: Typed, template: str) -> None:
    """What a template would replace stands in the text of a case and of a page as it was typed."""
    number = TYPED.index(template)
    if "<" in template:
        template = template.partition("<")[0].strip() or "shortcode"
    for path in (f"cases/typed-{number}.html", f"page-{number}.html"):
        shown = words(typed.pages[path].find(".//main"))
        assert template in shown or template in shown.replace("\u2019", "'")
        assert "49" not in shown.replace("7*7", "")


def test_the_name_of_the_site_is_shown(typed: Typed) -> None:
    """Name, description and menu are read as they stand in the settings, on the home page."""
    page = typed.pages["index.html"]
    said = " ".join(SITE.split())
    assert said in words(page.find(".//title"))
    assert said in words(page.find(".//header"))
    assert " ".join(WORDS.split()) in words(page.find(".//nav"))


def test_the_json_holds_what_was_typed(typed: Typed) -> None:
    """Each JSON file is whole, and titles come back as they were typed."""
    files = [path for path in typed.files if path.endswith(".json")]
    assert files
    for path in files:
        json.loads(typed.content(path))
    everything = json.dumps([json.loads(typed.content(path)) for path in files])
    assert [each for each in TYPED if json.dumps(each)[1:-1] not in everything] == []


def test_the_feed_holds_nothing_but_its_own_elements(typed: Typed) -> None:
    """The feed is XML of the expected elements; titles and sentences are text in it."""
    content = typed.content("feed.xml").decode()
    assert "<!DOCTYPE" not in content
    assert "<![CDATA[" not in content
    root = ET.fromstring(content)  # noqa: S314 - without a DOCTYPE there is nothing to expand
    atom = "{http://www.w3.org/2005/Atom}"
    expected = [
        "feed",
        "title",
        "subtitle",
        "id",
        "link",
        "updated",
        "author",
        "name",
        "entry",
        "summary",
    ]
    assert {each.tag for each in root.iter()} == {atom + name for name in expected}
    titles = [each.findtext(f"{atom}title") for each in root.iter(f"{atom}entry")]
    assert len(titles) > 40
    assert set(titles) <= {each.strip() for each in TYPED}
    assert root.findtext(f"{atom}title") == SITE
    assert {key for each in root.iter() for key in each.attrib} <= {
        *("rel", "type", "href", "{http://www.w3.org/XML/1998/namespace}lang")
    }
    links = [each.get("href", "") for each in root.iter(f"{atom}link")]
    assert [each for each in links if not each.startswith("https://library.example/")] == []


def test_the_sitemap_holds_addresses_alone(typed: Typed) -> None:
    """The sitemap is XML of its own elements, each address below that of the site."""
    root = ET.fromstring(typed.content("sitemap.xml"))  # noqa: S314 - our own file
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert {each.tag for each in root.iter()} <= {
        space + name for name in ("urlset", "url", "loc", "lastmod")
    }
    found = [each.text or "" for each in root.iter(f"{space}loc")]
    assert len(found) > len(TYPED)
    assert [each for each in found if not each.startswith("https://library.example/")] == []


def test_drawings_hold_nothing_that_runs(typed: Typed) -> None:
    """A drawing inside a page or in a file of its own has no script, handler or foreign part."""
    files = [path for path in typed.files if path.endswith(".svg")]
    assert [path for path in files if wrongs(typed.content(path))] == []
    drawn = [path for path in typed.pages if b"<svg" in typed.content(path)]
    assert drawn
    for path in drawn:
        for drawing in typed.pages[path].iter("{http://www.w3.org/2000/svg}svg"):
            held = "".join(value for part in drawing.iter() for value in part.attrib.values())
            assert RUN not in held, typed.about(path)


def test_no_cell_is_a_formula(typed: Typed) -> None:
    """No cell of any table begins like a formula, nor does a part of one after a semicolon."""
    files = [path for path in typed.files if path.endswith(".csv")]
    assert len(files) > 2
    reached = 0
    for path in files:
        rows = list(csv.reader(io.StringIO(typed.content(path).decode("utf-8-sig"), newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}
        for cell in (cell for row in rows[1:] for cell in row):
            parts = [part for line in cell.splitlines() or [""] for part in line.split(";")]
            assert [part for part in parts if BEGINS.match(part)] == [], path
            reached += "'=" in cell
    assert reached > 10


# ---- characters that YAML can write and XML cannot hold -----------------------------------------

REFUSED = ["\\x00", "\\x07", "\\x08", "\\x1b", "\\x7f", "\\uFFFE", "\\uD800"]
LINE_ENDS = ["\\x85", "\\u2028"]
"""What nobody takes for the end of a line, and Unicode does."""

NAMED = ("there is a control character here, U+", "'\\uD800' is only half of a character")
"""So begin the messages about them."""


def odd(mark: str, first: str = "One") -> str:
    """Return a quoted YAML value with such a character in its middle, as YAML writes it."""
    return f'"{first}{mark}two"'


def odd_library(root: Path, marks: list[str]) -> set[tuple[str, int]]:
    """Write a library with each character in titles and summaries; return where: file and line."""
    fine = '"One two"'
    places = {}
    for number, mark in enumerate(marks):
        for line, (title, summary) in ((2, (odd(mark), fine)), (3, (fine, odd(mark)))):
            text = snapshot("x").replace("title: x", f"title: {title}")
            text = text.replace("summary: A summary of x.", f"summary: {summary}")
            places[f"content/cases/odd-{number}-{line}.md", line] = text
        places[f"content/odd-{number}.md", 2] = f"---\ntitle: {odd(mark)}\n---\nWords.\n"
    library(root)
    for (path, _), text in places.items():
        (root / path).write_text(text, "utf-8")
    return set(places)


def odd_labels(root: Path, marks: list[str]) -> set[tuple[str, int]]:
    """Give the library vocabularies of its own, each character in a label; return where."""
    content = Path(__file__).parent.parent / "content"
    shutil.copy(content / "record.yml", root / "content")
    shutil.copytree(content / "vocabulary", root / "content/vocabulary")
    file = root / "content/vocabulary/focus.yml"
    lines = file.read_text("utf-8").splitlines()
    labels = [number for number, line in enumerate(lines) if line.startswith("    label: ")]
    changed = dict(zip(labels, marks, strict=False))
    for number, mark in changed.items():
        lines[number] = f"    label: {odd(mark, f'Label {number}')}"
    file.write_text("\n".join(lines), "utf-8")
    assert len(changed) == len(marks)
    return {("content/vocabulary/focus.yml", number + 1) for number in changed}


def refusals(root: Path) -> set[tuple[str, int]]:
    """Return where the check of a library names a character that it refuses."""
    _, problems = built.complaints(root, root / "cache")
    return {(p.path, p.line) for p in problems if p.message.startswith(NAMED)}


def test_what_no_xml_can_hold_is_refused_by_name(tmp_path: Path) -> None:
    """In a title, a summary, a page, a label or a setting, such a character is named, and where."""
    places = odd_library(tmp_path / "records", REFUSED)
    assert refusals(tmp_path / "records") == places
    library(tmp_path / "labels", one=snapshot("One"))
    places = odd_labels(tmp_path / "labels", REFUSED)
    assert refusals(tmp_path / "labels") == places
    root = library(tmp_path / "settings", one=snapshot("One"))
    for mark in REFUSED:
        (root / "site_config.yml").write_text(CONFIG.replace("Small library", odd(mark)), "utf-8")
        assert refusals(root) == {("site_config.yml", 1)}, mark


def test_line_ends_of_others_harm_neither_pages_nor_feeds(tmp_path: Path) -> None:
    """What passes is on the pages without a control character, and feed and sitemap are XML."""
    places = odd_library(tmp_path, LINE_ENDS)
    odd_labels(tmp_path, LINE_ENDS)
    config = CONFIG.replace("Small library", odd("".join(LINE_ENDS)))
    (tmp_path / "site_config.yml").write_text(
        f"{config}site_url: https://library.example/\n", "utf-8"
    )
    told(run(tmp_path, "build"), 0)
    files = {path: content for path, content in tree(tmp_path / "site").items() if content}
    for path in ("feed.xml", "sitemap.xml"):
        ET.fromstring(files[path])  # noqa: S314 - our own file
    made = {path.removeprefix("content/").replace(".md", ".html") for path, _ in places}
    assert made <= files.keys()
    control = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
    assert [path for path in files if path.endswith(".html") and control.search(files[path])] == []
