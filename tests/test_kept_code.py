"""The code of templates: kept with the program, and used by the next build if it is sound."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from generator.base.workers import processors
from generator.store import kept_code
from generator.store.kept_code import KeptCode, load_code, save_code
from small import CONFIG, TEMPLATES, library, own_model, snapshot

pytestmark = pytest.mark.skipif(processors() == 1, reason="one processor compiles nothing ahead")

WORDS, OTHER_WORDS = b"This page is not here", b"This page is not hers"
"""Words of the page for wrong addresses, and others of the same length."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site, and let Python keep what it compiles beside it."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    own_model(library(tmp_path / "site", clinic=snapshot("A clinic")))
    return tmp_path / "site"


def not_found_page(site: Path, **environment: str) -> bytes:
    """Build the site from nothing, by the command, and return its page for wrong addresses."""
    for folder in ("site", ".casebook-cache"):
        shutil.rmtree(site / folder, ignore_errors=True)
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    prefix = {"PYTHONPYCACHEPREFIX": str(sys.pycache_prefix)}
    command = [sys.executable, "-m", "generator", "build", "-f", str(site / "site_config.yml")]
    subprocess.run(command, check=True, capture_output=True, env=own | prefix | environment)
    return (site / "site/404.html").read_bytes()


def kept_file(site: Path) -> Path | None:
    """Return the file that holds the code, None where nothing is kept."""
    return next(site.with_name("compiled").rglob("*.templates"), None)


def with_other_words(code: KeptCode) -> KeptCode:
    """Return code that prints other words."""
    return {key: content.replace(WORDS, OTHER_WORDS) for key, content in code.items()}


def test_the_next_build_uses_the_code(site: Path) -> None:
    """It is not compiled again: where the code prints other words, so does the page."""
    page = not_found_page(site)
    assert WORDS in page
    assert {"404.html", "main.html", "term.html"} <= {name for name, _ in load_code()}
    save_code({}, with_other_words(load_code()))
    assert not_found_page(site) == page.replace(WORDS, OTHER_WORDS)


def test_what_is_damaged_or_of_another_program_is_not_used(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the templates are compiled, and what lies there is replaced."""
    page = not_found_page(site)
    file = kept_file(site)
    assert file
    sound = load_code()
    file.write_bytes(file.read_bytes().replace(WORDS, OTHER_WORDS))
    assert load_code() == {}
    assert not_found_page(site) == page
    assert load_code().keys() == sound.keys()
    monkeypatch.setattr(sys, "version", "4.0")
    assert load_code() == {}


def test_nothing_is_kept_where_python_keeps_nothing(site: Path) -> None:
    """As with `-B`."""
    assert WORDS in not_found_page(site, PYTHONDONTWRITEBYTECODE="1")
    assert kept_file(site) is None


def test_a_template_of_another_text_is_compiled(site: Path) -> None:
    """Code is known by the text of its template, so an edited one shows at once."""
    templates = shutil.copytree(TEMPLATES, site / "templates")
    config = site / "site_config.yml"
    config.write_text(CONFIG.replace(str(TEMPLATES), "templates"), "utf-8")
    page = not_found_page(site)
    template = templates / "pages/404.html"
    template.write_bytes(template.read_bytes().replace(WORDS, OTHER_WORDS))
    assert not_found_page(site) == page.replace(WORDS, OTHER_WORDS)
    assert [name for name, _ in load_code()].count("404.html") == 2


def test_code_is_of_no_language(site: Path) -> None:
    """What a filter gives for a constant is asked when a page is rendered, not kept as code."""
    templates = shutil.copytree(TEMPLATES, site / "templates")
    template = templates / "pages/404.html"
    asked = (
        b'{{ 1234567 | number }} {{ [1234567] | map("number") | first }} {{ 1234567|number ~ "" }}'
    )
    set_ = b"{% set many = 1234567 | number %}"
    source = template.read_bytes().replace(b"<h1>", set_ + b"<h1>" + asked + b" {{ many }} ", 1)
    template.write_bytes(source)
    config = site / "site_config.yml"
    for language, number in ("en", "1,234,567"), ("de", "1.234.567"):
        own = f"[{{casebook: {{language: {language}}}}}]"
        config.write_text(
            CONFIG.replace(str(TEMPLATES), "templates").replace("[casebook]", own), "utf-8"
        )
        assert not_found_page(site).decode().count(number) == 4


def test_what_is_kept_does_not_grow_for_ever(site: Path) -> None:
    """Where it would be too much, the new code takes the place of the old."""
    Path(cache_from_source(kept_code.__file__)).parent.mkdir(parents=True)
    many = {(f"{number}.html", ""): b"" for number in range(kept_code.MOST)}
    save_code({}, many)
    assert load_code() == many
    new = {("new.html", ""): b""}
    save_code(many, new)
    assert load_code() == new
    assert kept_file(site)
