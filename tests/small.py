"""A small library to build in tests: the shipped model, and as many cases as a test writes."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"

CONFIG = f"""\
site_name: Small library
docs_dir: content
theme: {{name: null, custom_dir: {TEMPLATES}}}
use_directory_urls: false
plugins: [casebook]
"""

FIELDS = """\
title: {title}
summary: A summary of {title}.
updated: 2026-11-22
countries: Laos
focus: ownership-of-model
partners: UNICEF
our_role: leading
success_factors: trusted-relationship
"""


def snapshot(title: str, more: str = "", body: str = "Some words.") -> str:
    """Return a snapshot that nothing is wrong with, with `more` fields and a body."""
    return f"---\n{FIELDS.format(title=title)}{textwrap.dedent(more)}---\n{textwrap.dedent(body)}\n"


def own_model(root: Path) -> None:
    """Give a site the shipped model as its own, if it has none: then nothing is said of it."""
    content = TEMPLATES.with_name("content")
    if not (root / "content/record.yml").exists():
        shutil.copytree(content / "vocabulary", root / "content/vocabulary", dirs_exist_ok=True)
        shutil.copy(content / "record.yml", root / "content/record.yml")


def library(root: Path, **files: str) -> Path:
    """Write a configuration and case files by their names without .md; return the root."""
    cases = root / "content" / "cases"
    cases.mkdir(parents=True, exist_ok=True)
    (root / "site_config.yml").write_text(CONFIG, "utf-8")
    for name, text in files.items():
        (cases / f"{name}.md").write_text(text, "utf-8")
    return root
