"""The facet and term pages of plain MkDocs: what a site's owner would write for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

ON_A_PAGE = 200


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Write the pages as soon as every case is read; no file is read or parsed for them again."""
    env.globals["slug"] = slug
    cases = [
        file.page for file in files.documentation_pages() if file.page and "cases/" in file.url
    ]
    for facet in config.extra["facets"]:
        terms: dict[str, list[Page]] = defaultdict(list)
        for case in cases:
            for term in case.meta[facet]:
                terms[term].append(case)
        _write(env, Path(config.site_dir, facet), facet, terms)
    return env


def slug(term: str) -> str:
    """Return the name of a term's page."""
    return term.lower().replace(" ", "-")


def _write(env: Environment, folder: Path, facet: str, terms: Mapping[str, Sequence[Page]]) -> None:
    folder.mkdir(parents=True)
    ranked = sorted(terms.items(), key=lambda item: -len(item[1]))
    page = env.get_template("facet.html").render(title=facet, terms=ranked)
    (folder / "index.html").write_text(page, "utf-8")
    template = env.get_template("term.html")
    for term, cases in terms.items():
        name = slug(term)
        for start in range(0, len(cases), ON_A_PAGE):
            number = start // ON_A_PAGE + 1
            more = start + ON_A_PAGE < len(cases)
            about: dict[str, Any] = {
                "title": term,
                "cases": cases[start : start + ON_A_PAGE],
                "following": f"{name}-{number + 1}.html" if more else "",
            }
            file = f"{name}.html" if number == 1 else f"{name}-{number}.html"
            (folder / file).write_text(template.render(about), "utf-8")
