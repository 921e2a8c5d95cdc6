"""Names in, slugs and addresses out."""

from __future__ import annotations

import posixpath
import re
from unicodedata import normalize
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base.names import file_key, fold, href, reason_no_page_name, relative, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Land-Tenure Model, adopted!", "a-land-tenure-model-adopted"),
        ("success_factors", "success-factors"),
        ("  --x--  ", "x"),
        ("50% + #1", "50-1"),
        ("سياسة الأراضي", "سياسة-الأراضي"),
        ("គោលនយោបាយ ដីធ្លី", "គោលនយោបាយ-ដីធ្លី"),
        ("የመሬት ፖሊሲ", "የመሬት-ፖሊሲ"),
        ("ນະໂຍບາຍ ທີ່ດິນ", "ນະໂຍບາຍ-ທີ່ດິນ"),
        ("می\u200cخواهم", "میخواهم"),  # noqa: RUF001 (Persian)
        ("co\u00adoperation\u200b", "cooperation"),
        ("Cafe\u0301", "café"),
        ("١٢٣", "١٢٣"),
        ("❤\ufe0f", ""),
        ("\u0301", ""),
        ("– \U0001f600 \u3164", ""),
    ],
)
def test_slug_keeps_every_script(text: str, expected: str) -> None:
    """Letters, marks and digits stay in lower case; what cannot be seen goes."""
    assert slug(text) == expected


@given(st.text())
def test_slug_is_a_form_of_its_own(text: str) -> None:
    """A slug is its own slug, whatever form the text had, and needs no trimming."""
    slugged = slug(text)
    assert slug(slugged) == slugged
    assert slug(normalize("NFD", text)) == slugged
    assert not re.search(r"^-|-$|--|[\s_/\\.%#?]", slugged)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Trusted relationship", "trusted-relationship"),
        ("trusted_relationship", " TRUSTED — relationship. "),
        ("Straße", "STRASSE"),
        ("re\u0301seau", "Réseau"),
        ("\uff35\uff2e", "un"),
        ("می\u200cخواهم", "میخواهم"),  # noqa: RUF001 (Persian)
    ],
)
def test_fold_takes_spellings_for_one(first: str, second: str) -> None:
    """Case, form, punctuation and spaces make no other term."""
    assert fold(first) == fold(second) != ""


@pytest.mark.parametrize(("first", "second"), [("réseau", "reseau"), ("C++", "C"), ("a b", "ab")])
def test_fold_keeps_terms_apart(first: str, second: str) -> None:
    """Accents, symbols and the gap between words do make another term."""
    assert fold(first) != fold(second)


@given(st.text())
def test_fold_is_a_form_of_its_own(text: str) -> None:
    """Folding twice is folding once."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "it has no letter and no digit"),
        ("index", "'index' is reserved for the page that lists the others"),
        ("con", "Windows allows no file of the name 'con'"),
        ("lpt0", "Windows allows no file of the name 'lpt0'"),
        ("com²", "Windows allows no file of the name 'com²'"),
        ("ក" * 67, "it is 201 bytes long; at most 200 fit"),
        ("console", None),
        ("com10", None),
        ("no", None),
        ("x" * 200, None),
    ],
)
def test_refusal_says_why(name: str, reason: str | None) -> None:
    """A name that no page may have is refused in words."""
    assert reason_no_page_name(name) == reason


def test_same_is_what_file_systems_confuse() -> None:
    """Case and Unicode form make no other file, accents do."""
    assert file_key("É.md") == file_key("e\u0301.MD") != file_key("e.md")


def test_href_encodes_each_segment() -> None:
    """Everything but letters, digits and `-._~/` is percent-encoded."""
    assert href("cases/a b%#?:é.html") == "cases/a%20b%25%23%3F%3A%C3%A9.html"
    assert href("cases/a-b_c~d.html") == "cases/a-b_c~d.html"


@pytest.mark.parametrize(
    ("target", "page", "expected"),
    [
        (
            "success-factors/policy-window.html#a b",
            "cases/a.html",
            "../success-factors/policy-window.html#a%20b",
        ),
        ("cases/b.html", "cases/a.html", "b.html"),
        ("cases/a.html#x", "cases/a.html", "#x"),
        ("cases/a.html", "cases/a.html", "a.html"),
        ("index.html", "a/b/c.html", "../../index.html"),
        ("cases/ກ.html", "index.html", "cases/%E0%BA%81.html"),
    ],
)
def test_relative_links(target: str, page: str, expected: str) -> None:
    """A link climbs as little as it must and is encoded, its fragment too."""
    assert relative(target, page) == expected


def test_a_fragment_given_apart_leaves_the_hash_to_the_name() -> None:
    """A file may have `#` in its name."""
    assert relative("p/a#1.png", "cases/a.html", fragment="") == "../p/a%231.png"


SEGMENT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/#\0"), min_size=1)
PATH = st.lists(SEGMENT.filter(lambda name: name not in {".", ".."}), min_size=1, max_size=4)


@given(PATH.map("/".join), PATH.map("/".join))
def test_relative_agrees_with_the_library(target: str, page: str) -> None:
    """The link leads where the standard library's path would."""
    folder = posixpath.dirname(page) or "."
    link = unquote(relative(target, page))
    assert posixpath.normpath(f"{folder}/{link}") == posixpath.normpath(target)
    if not f"{page}/".startswith(f"{target}/"):
        assert link == posixpath.relpath(target, folder)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_read_as_those_of_other_scripts(text: str) -> None:
    """One accented word more changes nothing in the slug or key of the words before it."""
    assert slug(f"{text} é") == "-".join([*filter(None, [slug(text)]), "é"])
    assert fold(f"{text} é") == " ".join([*fold(text).split(), "é"])
    assert file_key(f"{text}é") == f"{file_key(text)}é"
