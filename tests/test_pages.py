"""What each page of the shipped site holds, read without a browser: markup, links, weight."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.build.assemble import assemble
from generator.hosts.config import load_site
from small import library, snapshot

KIB = 1024
CASE_KIB = 50
CASES_KIB = 150
"""What SITE.md allows over the wire: a case page, and the list of cases."""

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')

FRENCH = "language: fr\ntranslation_of: land\n"


def pages(site: Path) -> list[Path]:
    """Return every page of a site."""
    return sorted(site.rglob("*.html"))


def ids(page: str) -> list[str]:
    """Return the ids of a page, in order."""
    return re.findall(r'\sid="([^"]*)"', page)


def weight(*files: Path) -> int:
    """Return the bytes that files take over the wire."""
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


def broken(site: Path) -> Iterator[str]:
    """Yield each link of a site that leads to no file of it, or to no place on the page."""
    texts = {path: path.read_text("utf-8") for path in pages(site)}
    anchors = {path: set(ids(text)) for path, text in texts.items()}
    for path, text in texts.items():
        for whole in re.findall(r'\s(?:href|src)="([^"]*)"', text):
            link = re.sub(r"\?v=[^#]*", "", whole)
            if re.match(r"https?:", link):
                continue
            # Before `=` stands what a script of that page reads: `countries=kh`.
            address, fragment = urldefrag(re.sub(r"#[\w.%-]+=.*", "", link))
            target = (path.parent / unquote(address)).resolve() if address else path
            # What a script of the page is asked is no place on it.
            place = "" if "=" in fragment else unquote(fragment)
            found = target.is_file() and (not place or place in anchors[target])
            if not found:
                yield f"{path.relative_to(site)}: {link}"


def test_every_link_leads_somewhere(shipped: Path) -> None:
    """Every link of every page names a file of the site, and a place that is on that page."""
    assert len(pages(shipped)) > 200
    assert list(broken(shipped)) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """The check of links sees a missing file and a missing place."""
    (tmp_path / "a.html").write_text('<p id="x"><a href="b.html">b</a> <a href="#y">y</a>', "utf-8")
    assert list(broken(tmp_path)) == ["a.html: b.html", "a.html: #y"]


def test_ids_stand_once(shipped: Path) -> None:
    """No page gives one id to two places."""
    for path in pages(shipped):
        found = ids(path.read_text("utf-8"))
        assert len(found) == len(set(found)), path


def test_markup_is_valid(shipped: Path) -> None:
    """A strict parser finds no error on a page of any kind, nor on the page of any case."""
    indexes = [path for path in pages(shipped) if path.name == "index.html"]
    tops = [path for path in shipped.glob("*.html") if path.name != "glossary.html"]
    terms = [min(path.parent.glob("*.html")) for path in indexes]
    for path in {*indexes, *tops, *terms, *shipped.glob("cases/*.html")}:
        html5lib.HTMLParser(strict=True).parse(path.read_text("utf-8"))


@pytest.mark.parametrize("page", ["index.html", "cases/index.html", "404.html"])
def test_landmarks(shipped: Path, page: str) -> None:
    """A page has one `h1`, the landmarks, a language, and a way past the navigation."""
    root = html5lib.parse((shipped / page).read_text("utf-8"), namespaceHTMLElements=False)
    assert root.get("lang") == "en"
    assert [len(list(root.iter(tag))) for tag in ("h1", "header", "main", "footer")] == [1, 2, 1, 1]
    first = next(element for element in body(root) if element.tag == "a")
    assert (first.get("href"), first.text) == ("#main", "Skip to the content")
    assert "main" in ids((shipped / page).read_text("utf-8"))


def body(root: Element) -> Element:
    """Return the body of a parsed page."""
    found = root.find("body")
    assert found is not None
    return found


def test_each_page_has_one_heading_of_its_own(shipped: Path) -> None:
    """Each page has one `h1`, a title of its own kind, and nothing that runs or styles inline."""
    for path in pages(shipped):
        text = path.read_text("utf-8")
        assert text.count("<h1") == 1, path
        assert not re.search(
            r'<script(?! src="[^":]+" defer></script>)|<style|\sstyle=|\son\w+=', text
        ), path


def test_policy_forbids_what_is_inline(shipped: Path) -> None:
    """Every page carries the same policy: nothing by default, nothing inline, no other host."""
    found = {
        POLICY.findall(text)[0] for text in (path.read_text("utf-8") for path in pages(shipped))
    }
    assert len(found) == 1
    policy = found.pop().replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; ")
    assert not re.search(r"unsafe-inline|unsafe-eval|https?:|\*", policy)


def test_policy_names_what_its_default_does_not_cover(shipped: Path) -> None:
    """`default-src` says nothing of a `<base>`, which moves every link, nor of a form's target."""
    policy = POLICY.findall((shipped / "index.html").read_text("utf-8"))[0].replace("&#39;", "'")
    directives = dict(part.split(maxsplit=1) for part in policy.split("; "))
    assert (directives["base-uri"], directives["form-action"]) == ("'none'", "'none'")


def test_pages_are_light(shipped: Path) -> None:
    """A case is at most 50 KB with all it loads, the list of cases 150 KB."""
    style = shipped / "assets/casebook.css"
    cases = [path for path in shipped.glob("cases/*.html") if path.name != "index.html"]
    assert len(cases) > 20
    assert max(weight(path, style) for path in cases) <= CASE_KIB * KIB
    assert weight(shipped / "cases/index.html", style) <= CASES_KIB * KIB


def test_words_in_another_language_say_so(tmp_path: Path) -> None:
    """A French record's own words carry its language, on its page and wherever it is listed."""
    french = snapshot("Le foncier", FRENCH, "Un récit.").replace("A summary of", "Résumé de")
    library(tmp_path, land=snapshot("Land"), foncier=french)
    site, problems = load_site(tmp_path / "site_config.yml")
    assert site, problems
    made = {d.path: d.content.decode() for d in assemble(site).documents if d.path[-5:] == ".html"}

    page = made["cases/foncier.html"]
    assert '<h1 lang="fr" dir="auto">Le foncier</h1>' in page
    assert '<p class="lede" lang="fr" dir="auto">Résumé de Le foncier.</p>' in page
    assert '<div class="prose" lang="fr" dir="auto"><p>Un récit.</p></div>' in page
    for path, text in made.items():
        for element in re.findall(r"<[^<]*>Le foncier<", text):
            assert 'lang="fr"' in element or element.startswith("<title"), (path, element)
