"""What is new: records by their date, and a feed that readers of feeds understand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import built
from crossed import words
from plainly import Plainly
from rows import made, tree
from small import CONFIG, library, snapshot

PATH, FEED = "news.html", "feed.xml"
MODEL = """\
name: note
plural: notes
folder: cases
fields:
  title: {kind: line, role: title, need: always, label: Title, help: A title., example: One}
  when: {kind: date, role: updated, label: When, help: A date., example: 2026}
"""
ATOM = "{http://www.w3.org/2005/Atom}"


def dated(title: str, date: str) -> str:
    """Return a case that was updated on a day."""
    return snapshot(title).replace("updated: 2026-11-22", f"updated: {date}")


def published(root: Path, **files: str) -> dict[str, bytes]:
    """Return the files of a small site that has an address."""
    library(root, **files)
    address = "site_url: https://library.example/sub/\nsite_author: A & B\n"
    (root / "site_config.yml").write_text(CONFIG + address, "utf-8")
    return made(root)


def test_the_newest_stand_first_month_by_month(tmp_path: Path) -> None:
    """Records stand under their month, or their year where that is all that is known."""
    root = library(
        tmp_path,
        a=dated("Old", "2025-03-01"),
        b=dated("New", "2026-11-22"),
        c=dated("Newer in title only", "2026-11-02"),
        d=snapshot("An example", "record_type: indicative-example\n"),
    )
    found = tree(made(root)[PATH])
    assert [
        (words(part.find("./h2")), [words(head) for head in part.iter("h3")])
        for part in found.iter("section")
    ] == [("November 2026 2", ["New", "Newer in title only"]), ("March 2025 1", ["Old"])]


def test_every_counted_record_with_a_date_is_there(
    shipped_files: Mapping[str, bytes], plain: Plainly
) -> None:
    """The page of the shipped library names all counted records, in the order of their dates."""
    page = shipped_files[PATH]
    fronts = plain.counted().values()
    expected = sorted((f["updated"] for f in fronts if "updated" in f), reverse=True)
    titles = {front["title"] for front in fronts}
    assert {words(head) for head in tree(page).iter("h3")} == titles
    assert len(expected) == len(titles)


def test_the_feed_says_what_is_new(tmp_path: Path) -> None:
    """The feed has what Atom asks for: ids that are addresses, dates, words that are escaped."""
    files = published(
        tmp_path, a=dated("Fish & <chips>", "2026-11-22"), b=dated("Old", "2025-03-01")
    )
    feed = ET.fromstring(files[FEED])  # noqa: S314 - it is our own
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}title") == "Small library"
    assert feed.findtext(f"{ATOM}id") == "https://library.example/sub/news.html"
    assert feed.findtext(f"{ATOM}updated") == "2026-11-22T00:00:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "A & B"
    assert {(e.get("rel"), e.get("href")) for e in feed.findall(f"{ATOM}link")} == {
        ("self", "https://library.example/sub/feed.xml"),
        ("alternate", "https://library.example/sub/news.html"),
    }
    assert [
        tuple(entry.findtext(f"{ATOM}{name}") for name in ("title", "id", "updated", "summary"))
        for entry in feed.findall(f"{ATOM}entry")
    ] == [
        (
            "Fish & <chips>",
            "https://library.example/sub/cases/a.html",
            "2026-11-22T00:00:00Z",
            "A summary of Fish & <chips>.",
        ),
        (
            "Old",
            "https://library.example/sub/cases/b.html",
            "2025-03-01T00:00:00Z",
            "A summary of Old.",
        ),
    ]


def test_each_page_leads_to_the_feed(tmp_path: Path) -> None:
    """Every page names the feed in its head, by a path that holds in a folder too."""
    files = published(tmp_path, a=dated("One", "2026-11-22"))
    for path, up in (("index.html", ""), ("cases/a.html", "../")):
        assert f'type="application/atom+xml" title="Small library" href="{up}feed.xml"' in (
            files[path].decode()
        )
    assert "feed.xml" in built.read(PATH, files[PATH]).links


def test_without_an_address_there_is_no_feed(tmp_path: Path) -> None:
    """A site that does not know where it is published has no feed, and no link to one."""
    files = made(library(tmp_path, a=dated("One", "2026-11-22")))
    assert FEED not in files
    assert not [path for path, content in files.items() if b"atom+xml" in content]


@pytest.mark.parametrize("date", ["2026", "2026-11"])
def test_a_date_in_part_is_its_first_moment(tmp_path: Path, date: str) -> None:
    """A year or a month becomes its first moment, since a feed holds no other dates."""
    library(tmp_path, one=f"---\ntitle: One\nwhen: {date}\n---\n")
    address = "site_url: https://library.example/\n"
    (tmp_path / "site_config.yml").write_text(CONFIG + address, "utf-8")
    (tmp_path / "content" / "record.yml").write_text(MODEL, "utf-8")
    feed = made(tmp_path)[FEED].decode()
    assert feed.count(f"<updated>{(date + '-01-01')[:10]}T00:00:00Z</updated>") == 2


def test_a_model_without_dates_has_no_such_page(tmp_path: Path) -> None:
    """Where records have no date of their own, there is neither the page nor a link to it."""
    files = built.build(built.SITES / "postmortems", tmp_path)
    pages = b"".join(content for path, content in files.items() if path.endswith(".html"))
    assert not {PATH, FEED} & files.keys()
    assert PATH.encode() not in pages
