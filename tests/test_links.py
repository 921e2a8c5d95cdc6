"""Links that authors write: where each leads, and what is said of one that leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import built
from small import library, snapshot

ABOUT = """
## Beginning

Words.
"""


LEADS = {
    "other.md": "other.html",
    "./other.md": "other.html",
    "../cases/other.md": "other.html",
    "OTHER.md": "other.html",
    "case:other": "other.html",
    "case:Other": "other.html",
    "case:Old Name": "other.html",
    "case:old-name": "other.html",
    "other.md#beginning": "other.html#text-beginning",
    "case:other#beginning": "other.html#text-beginning",
    "case:other#success-factors-persistence": "other.html#success-factors-persistence",
    "#here": "#text-here",
    "#success-factors-trusted-relationship": "#success-factors-trusted-relationship",
    "#success-factors": "#success-factors",
    "#story": "#story",
    "#about": "#about",
    "other.md#constraints": "other.html#constraints",
    "term:persistence": "../success-factors/persistence.html",
    "term:Persistence": "../success-factors/persistence.html",
    "term:success-factors/persistence": "../success-factors/persistence.html",
    "term:government": "../glossary.html#sector-government",
    "term:decisive": "../glossary.html#weight-decisive",
    "term:norway": "../countries/index.html",
    "../about.md": "../about.html",
    "../about.md#beginning": "../about.html#text-beginning",
    "https://example.org/a?b#c": "https://example.org/a?b#c",
}
"""What an author writes as the target of a link, and where it leads on the page of a case."""


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of a library of which one record holds all those links, numbered."""
    root = tmp_path_factory.mktemp("linked")
    links = "\n".join(f"- [link {number}]({to})" for number, to in enumerate(LEADS))
    library(
        root,
        one=snapshot("One", body=f"## Here\n\n{links}\n"),
        other=snapshot(
            "Other", more="former_ids: old-name\nconstraints: turnover\n", body=ABOUT
        ).replace("trusted-relationship", "persistence"),
    )
    (root / "content" / "about.md").write_text(f"# About\n{ABOUT}", "utf-8")
    return built.build(root, root / "cache")


@pytest.mark.parametrize("written", LEADS)
def test_where_links_lead(linked: dict[str, bytes], written: str) -> None:
    """A file, an id, a former id, a term, a place: each leads to its page."""
    story = linked["cases/one.html"].decode().partition('id="story"')[2]
    number = list(LEADS).index(written)
    found = re.search(rf'<a href="([^"]*)"[^>]*>link {number}</a>', story)
    assert found, story
    assert found[1] == LEADS[written]


def test_no_link_is_broken(linked: dict[str, bytes]) -> None:
    """All those pages and places are there."""
    assert list(built.broken(linked)) == []


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            "[x](nope nope)",
            "the address 'nope nope' has a space in it, so that nothing is linked",
            "write [x](<nope nope>)",
        ),
        ("[x](othre.md)", "there is no file 'othre.md'", "did you mean 'other.md'?"),
        ("[x](case:othre)", "there is no case study 'othre'", "did you mean 'other'?"),
        ("[x](term:persistense)", "there is no term 'persistense'", "did you mean 'persistence'?"),
        (
            "[x](other.md#beginnig)",
            "there is no place '#beginnig' on that page",
            "did you mean 'beginning'?",
        ),
        (
            "[x](../../secret.md)",
            "'../../secret.md' leads out of content/",
            "only what lies in content/ can be linked",
        ),
        (
            "[x](/etc/passwd.md)",
            "'/etc/passwd.md' starts with '/'",
            "write the way from this file to another in content/, or a full web address",
        ),
        (
            "[x](/cdn-cgi/l/mail)",
            "'/cdn-cgi/l/mail' starts with '/'",
            "write the way from this file to another in content/, or a full web address",
        ),
        (
            "[x](afd.fr/fr)",
            "'afd.fr/fr' is read as the name of a file",
            "write 'https://afd.fr/fr'",
        ),
        (
            "[x](http//undp.org)",
            "'http//undp.org' is read as the name of a file",
            "write 'https://undp.org'",
        ),
        (
            "[x](~/Documents/plan.docx)",
            "'~/Documents/plan.docx' is on your own computer, where no reader can open it",
            "put it on a public web page, and write its address",
        ),
        (
            "[x](report.pdf)",
            "'report.pdf' is not a record or a page of this library",
            (
                "only records, pages and pictures are kept here: put the document on the web "
                "and link to its address, or cite it under evidence"
            ),
        ),
        (
            "[x](plan.png)",
            "'plan.png' is not a record or a page of this library",
            "write ![what the picture shows](plan.png)",
        ),
        ("[x](other)", "there is no file 'other'", "did you mean 'other.md'?"),
        ("[x](other.html)", "there is no file 'other.html'", "did you mean 'other.md'?"),
        ("[x](../Other.md)", "there is no file '../Other.md'", "did you mean 'other.md'?"),
        ("[x](nope.md)", "there is no file 'nope.md'", "check its name, or link to case:ID"),
        (
            "[x](nope)",
            "'nope' is not a record or a page of this library",
            "link to a .md file, to case:ID, to term:ID, or to a web address",
        ),
        ("[x](about)", "there is no file 'about'", "did you mean '../about.md'?"),
        ("[x](/about.md)", "'/about.md' starts with '/'", "write '../about.md'"),
        ("[x](/cases/other.html)", "'/cases/other.html' starts with '/'", "write 'other.md'"),
        (
            "[x](www.care.org)",
            "'www.care.org' is read as the name of a file",
            "write 'https://www.care.org'",
        ),
        (
            "[x](care.org/a/b)",
            "'care.org/a/b' is read as the name of a file",
            "write 'https://care.org/a/b'",
        ),
        (
            "[x](#nowhere)",
            "there is no place '#nowhere' on that page",
            (
                "its places: partners-unicef, success-factors-trusted-relationship, "
                "success-factors, story, about"
            ),
        ),
        (
            "![x](plan.svg)",
            "'plan.svg' is not a picture that pages can show",
            "save it as one of avif, gif, jpeg, jpg, png, webp",
        ),
    ],
)
def test_what_is_wrong_with_a_link(written: str, message: str, hint: str, tmp_path: Path) -> None:
    """A link that leads nowhere is a problem on its line, with the nearest name there is."""
    body = f"First line.\n\nSee {written}.\n"
    root = library(
        tmp_path / "site", one=snapshot("One", body=body), other=snapshot("Other", body=ABOUT)
    )
    (root / "content" / "about.md").write_text("# About\n", "utf-8")
    found = [p for p in built.checked(root, tmp_path / "cache").problems if p.severity == "error"]
    assert [(p.path, p.line, p.message, p.hint) for p in found] == [
        ("content/cases/one.md", 13, message, hint)
    ]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("[[other]]", "write [other](other.md)"),
        ("[[othre|that one]]", "write [that one](other.md)"),
        ("[[Other.md]]", "write [Other](other.md)"),
        ("![[other.md]]", "write [other](other.md)"),
        ("[[other#Begin ning|x]]", "write [x](other.md#begin-ning)"),
        ("[[about]]", "write [about](../about.md)"),
        ("[[#Here]]", "write [Here](#here)"),
        ("[[https://undp.org/a b c]]", "write [b c](https://undp.org/a)"),
        ("[[www.afd.fr|AFD]]", "write [AFD](https://www.afd.fr)"),
        ("[[case:other]]", "write [other](case:other)"),
        ("[[other#^a1b2]]", "write [other](other.md)"),
        (
            "[[Annual plan.pdf]]",
            "write [Annual plan.pdf](https://…): no documents are kept here, put it on the web",
        ),
        (
            "![[map.tiff]]",
            (
                "save the picture as one of avif, gif, jpeg, jpg, png, webp, "
                "and write ![what it shows](its name)"
            ),
        ),
        ("![[a photo.png]]", "write ![what it shows](<a photo.png>)"),
        (
            "[[nothing like it]]",
            "write [nothing like it](<nothing like it.md>), with the name of a file that is here",
        ),
    ],
)
def test_the_remedy_of_a_wiki_link(written: str, hint: str, tmp_path: Path) -> None:
    """A wiki link is shown as typed, with a warning that names the file that is meant."""
    body = f"First line.\n\nSee {written}.\n"
    root = library(
        tmp_path / "site", one=snapshot("One", body=body), other=snapshot("Other", body=ABOUT)
    )
    (root / "content" / "about.md").write_text("# About\n", "utf-8")
    found = [p for p in built.checked(root, tmp_path / "cache").problems if p.severity == "warning"]
    message = f"'{written.removeprefix('!')}' is not read as a link"
    column = 5 + written.startswith("!")
    assert [(p.line, p.column, p.message, p.hint) for p in found if p.code == "wiki-link"] == [
        (13, column, message, hint)
    ]
    page = built.build(root, tmp_path / "cache")["cases/one.html"].decode()
    assert written in re.sub(r"<[^<>]*>", "", page)


def test_a_link_to_an_internal_record_is_checked_and_withdrawn(tmp_path: Path) -> None:
    """In a public build such a link is words; mistakes in internal records are still found."""
    inside = snapshot("Inside", more="visibility: internal\n", body="[x](nowhere.md)")
    root = library(tmp_path / "site", one=snapshot("One", body="[in](inside.md)"), inside=inside)
    assert [p.message for p in built.checked(root, tmp_path / "cache").problems] == [
        "there is no file 'nowhere.md'"
    ]
    (root / "content" / "cases" / "inside.md").write_text(inside.replace("[x](nowhere.md)", ""))
    files = built.build(root, tmp_path / "cache")
    assert "<a>in</a>" in files["cases/one.html"].decode()
    assert built.build(root, tmp_path / "cache", internal=True).keys() > files.keys()
