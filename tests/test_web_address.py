"""Which addresses readers cannot open, and which address of the web was meant by what was typed."""

from __future__ import annotations

import pytest

from generator.base.problem import Severity
from generator.base.web_address import completed, unreachable
from generator.markdown import convert
from postmortems import front

COMPUTER, NETWORK, LOGIN, MAIL = "own computer", "network of an office", "log in", "mailbox"

CLOSED = {
    COMPUTER: "http://localhost:8000/a http://app.localhost http://127.3.2.1 http://[::1]:80/ "
    "file:///home/a/b.pdf file:c.docx C:/Users/a/b.docx D:\\Data\\a.xlsx /Users/a/b.pdf ~/b.pdf",
    NETWORK: "http://10.20.30.40/a https://192.168.0.7:8080 http://172.20.1.1 http://169.254.1.1 "
    "http://[fd00::1]/ http://fileserver/a //fileserver/a \\\\hq-fs01\\programmes\\a.docx "
    "https://wiki.lan https://nas.local/a http://docs.internal https://intranet.afd.fr/a "
    "https://myintranet.undp.org smb://hq/a https://portal.corp/a http://[::ffff:10.0.0.1]/",
    LOGIN: "https://undp-my.sharepoint.com/:b:/g/personal/a https://1drv.ms/b/a "
    "https://onedrive.live.com/?id=a https://drive.google.com/drive/folders/a "
    "https://docs.google.com/spreadsheets/d/a/edit https://www.dropbox.com/scl/fi/a/b.pdf "
    "https://teams.microsoft.com/l/file/a https://teams.cloud.microsoft/a https://we.tl/t-a "
    "https://outlook.office365.com/mail/id/a https://oxfam.box.com/s/a "
    "https://hq.slack.com/files/a https://portal.gov.la/_layouts/15/a.aspx "
    "https://acted.atlassian.net/wiki/a https://mail.undp.org/owa/?a "
    "ms-word:ofe|u|https://a.org/b.docx",
    MAIL: "outlook:00000000AB cid:image001.png@01D9 message://%3ca@b%3e mid:a",
}
CLOSED_LIST = [(reason, address) for reason, text in CLOSED.items() for address in text.split()]


@pytest.mark.parametrize(("reason", "address"), CLOSED_LIST)
def test_an_address_that_readers_cannot_open(reason: str, address: str) -> None:
    """The reason is that of its kind."""
    found = unreachable(address)
    assert found is not None
    assert reason in found.reason


OPEN = (
    "https://www.care.org/a https://afd.fr http://8.8.8.8/a http://172.32.0.1 https://xn--p1ai.ru "
    "https://docs.google.com/document/d/e/2PACX-a/pub https://docs.google.com/forms/d/e/a/viewform "
    "https://sites.google.com/view/a https://www.dropbox.com/ https://localhost.org/a "
    "https://my-local.org https://boxes.com/a https://home.treasury.gov/a https://example.org/home "
    "https://web.archive.org/web/2020/http://localhost/ https://internal-displacement.org/a "
    "https://intranet-expo.example.org/a https://ທ.ລາວ/a https://[bad https:// case:a term:b a.md "
    "https://data.humdata.org/dataset/file:///a #a ../a.md https://www.google.com/search?q=a"
)


@pytest.mark.parametrize("address", OPEN.split())
def test_an_address_that_readers_can_open(address: str) -> None:
    """Nothing is said of it."""
    assert unreachable(address) is None


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        (
            "https://emea01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fundp.org%2Fa&data=b",
            "https://undp.org/a",
        ),
        ("https://www.google.com/url?sa=t&q=https://afd.fr/a&usg=b", "https://afd.fr/a"),
        ("https://urldefense.com/v3/__https://www.nrc.no/a__;!!b$", "https://www.nrc.no/a"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__nrc.no_a&d=b", "https://nrc.no/a"),
    ],
)
def test_an_address_inside_another_is_named(address: str, inside: str) -> None:
    """What a mail program wrapped is unwrapped in the remedy."""
    found = unreachable(address)
    assert found is not None
    assert found.remedy == f"write {inside}"


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("www.afd.fr", "https://www.afd.fr"),
        ("giz.de/en?a=b", "https://giz.de/en?a=b"),
        ("moh.gov.la", "https://moh.gov.la"),
        ("http:/undp.org", "https://undp.org"),
        ("https//undp.org/a", "https://undp.org/a"),
        ("htpp://undp.org", "https://undp.org"),
        ("https:\\\\undp.org\\a", "https://undp.org/a"),
        ("https;//undp.org", "https://undp.org"),
        *((typed, "") for typed in ("https://undp.org", "a.md", "b.py", "plan.docx", "a b", "e.g")),
    ],
)
def test_the_address_that_was_meant(typed: str, whole: str) -> None:
    """An address without its beginning, or with a slip in it, is completed; a file is none."""
    assert completed(typed) == whole


def test_bodies_and_fields_say_the_same() -> None:
    """A warning at the place of the address, from the same list."""
    problem = convert("See [it](http://192.168.9.9/a).", path="a.md")[1][0]
    field = front("logs: [{id: a, url: 'http://192.168.9.9/a'}]").problems[0]
    assert problem.severity is field.severity is Severity.WARNING
    assert problem.code == field.code == "unreachable-link"
    assert (problem.message, problem.hint) == (field.message, field.hint)


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("afd.fr/a", "write https://afd.fr/a"),
        (
            "\\\\hq\\a.docx",
            (
                "it is inside the network of an office, where readers cannot open it: "
                "write an address that opens on a phone that is not in your network"
            ),
        ),
    ],
)
def test_the_remedy_of_a_field(url: str, hint: str) -> None:
    """What is no web address is an error, with what to write instead."""
    problem = front(f"logs: [{{id: a, url: '{url}'}}]").problems[0]
    assert (problem.severity, problem.hint) == (Severity.ERROR, hint)
