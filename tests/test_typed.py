"""Whatever is typed, wherever: pages only show it; data, feed and sitemap hold it whole."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import pytest
import yaml
from click.testing import CliRunner
from playwright.sync_api import Browser

from generator.base.problem import errors
from generator.cli.main import main
from generator.markdown import convert, join
from inert import wrongs
from looking import Watched
from small import CONFIG, library
from trouble import FUZZ, run, told, tree

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
care_role: leading
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
    """A site of which all words were typed to be more than words."""

    site: Path
    files: dict[str, bytes | None]

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and the bytes of each page."""
        for path, content in self.files.items():
            if path.endswith(".html") and content is not None:
                yield path, content

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
    return Typed(root / "site", tree(root / "site"))


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
    pages = dict(typed.pages())
    assert len(pages) > 2 * len(TYPED)
    assert {path: found for path, page in pages.items() if (found := wrongs(page))} == {}


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
    cases = [path for path, _ in typed.pages() if path.startswith("cases/typed")]
    for path in [*names, *cases]:
        watched.page.goto((typed.site / path).as_uri())
    context.close()
    here = typed.site.as_uri()
    assert len(watched.asked) > len(cases)
    assert [each for each in watched.asked if not each.startswith(here)] == []
    assert (watched.failed, watched.said) == ([], [])


def test_every_page_has_the_policy(typed: Typed) -> None:
    """Each page forbids scripts and styles inside it, and whatever other hosts would give."""
    for path, page in typed.pages():
        tree_ = html5lib.parse(page.decode(), namespaceHTMLElements=False)
        metas = [m for m in tree_.iter("meta") if m.get("http-equiv") == "Content-Security-Policy"]
        assert len(metas) == 1, path
        policy = metas[0].get("content") or ""
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert not re.search(r"unsafe|https?:|\*|data:|blob:", policy)
        head = page.partition(b"Content-Security-Policy")[0]
        assert b"<script" not in head
        assert b"<link" not in head


@pytest.mark.parametrize("number", range(len(TYPED)))
def test_a_case_says_what_was_typed(typed: Typed, number: int) -> None:
    """Title, summary, claims, partner and source are on the page word for word."""
    said = " ".join(TYPED[number].split())
    page = html5lib.parse(
        typed.content(f"cases/typed-{number}.html").decode(), namespaceHTMLElements=False
    )
    heads = [words(each) for each in page.iter("h1")]
    assert heads == [said]
    assert words(page).count(said) >= 8
    plain = html5lib.parse(
        typed.content(f"page-{number}.html").decode(), namespaceHTMLElements=False
    )
    assert words(plain.find(".//title")).startswith(said)


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_in_a_text_stay_text(typed: Typed, template: str) -> None:
    """What a template would replace stands in the text of a case and of a page as it was typed."""
    number = TYPED.index(template)
    if "<" in template:
        template = template.partition("<")[0].strip() or "shortcode"
    for path in (f"cases/typed-{number}.html", f"page-{number}.html"):
        page = html5lib.parse(typed.content(path).decode(), namespaceHTMLElements=False)
        shown = words(page.find(".//main"))
        assert template in shown or template in shown.replace("\u2019", "'")
        assert "49" not in shown.replace("7*7", "")


def test_the_name_of_the_site_is_shown(typed: Typed) -> None:
    """Name, description and menu are read as they stand in the settings, on the home page."""
    page = html5lib.parse(typed.content("index.html").decode(), namespaceHTMLElements=False)
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
    drawn = [page for _, page in typed.pages() if b"<svg" in page]
    assert drawn
    for page in drawn:
        tree_ = html5lib.parse(page.decode(), namespaceHTMLElements=False)
        for drawing in tree_.iter("{http://www.w3.org/2000/svg}svg"):
            assert RUN not in "".join(v for e in drawing.iter() for v in e.attrib.values())


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


CONTROL = ["\\x00", "\\x07", "\\x08", "\\x1b", "\\x7f", "\\x85", "\\uFFFE", "\\uD800", "\\u2028"]


@pytest.mark.parametrize(
    ("place", "mark"),
    [
        (place, mark)
        for first, place in enumerate(["title", "site_name", "label", "page", "summary"])
        for mark in (CONTROL if place == "title" or FUZZ > 1 else CONTROL[first::4])
    ],
)
def test_characters_that_nobody_can_type(tmp_path: Path, mark: str, place: str) -> None:
    """What YAML can write and XML cannot hold is refused by name, or is nowhere."""
    text = f'"One{mark}two"'
    fine = '"One two"'
    root = library(
        tmp_path,
        one=(
            f"---\ntitle: {text if place == 'title' else fine}\n"
            f"summary: {text if place == 'summary' else fine}\nupdated: 2026-11-22\n"
            "countries: Laos\nfocus: ownership-of-model\npartners: UNICEF\ncare_role: leading\n"
            "success_factors: trusted-relationship\n---\n"
        ),
    )
    config = CONFIG.replace("Small library", text if place == "site_name" else fine)
    (root / "site_config.yml").write_text(f"{config}site_url: https://library.example/\n", "utf-8")
    if place == "page":
        (root / "content/about.md").write_text(f"---\ntitle: {text}\n---\nWords.\n", "utf-8")
    if place == "label":
        content = Path(__file__).parent.parent / "content"
        shutil.copy(content / "record.yml", root / "content")
        shutil.copytree(content / "vocabulary", root / "content/vocabulary")
        file = root / "content/vocabulary/focus.yml"
        old = "label: Ownership of a model"
        file.write_text(file.read_text("utf-8").replace(old, f"label: {text}"), "utf-8")
    done = CliRunner().invoke(main, ["build", "-f", str(root / "site_config.yml")])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    if done.exit_code:
        assert re.search(r":\d+:\d+: error: ", done.stderr)
        return
    for path in ("feed.xml", "sitemap.xml"):
        ET.fromstring((root / "site" / path).read_bytes())  # noqa: S314 - our own file
    control = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
    shown = (root / "site/index.html").read_text("utf-8")
    shown += (root / "site/cases/one.html").read_text("utf-8")
    assert not control.search(shown)
