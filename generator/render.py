"""Owns how a page becomes bytes: the templates and their filters; a page computes the rest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator.address import NOT_FOUND
from generator.document import Document
from generator.names import href, relative
from generator.pages import Page

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""What a page may load: its own styles, scripts and pictures, and nothing from any other host."""


def templates(own: Path | None) -> Path:
    """Return the folder of templates: the site's own, the packaged ones, or the repository's."""
    here = Path(__file__).parent
    packaged = here / "templates"
    return own or (packaged if packaged.is_dir() else here.parent / "templates")


class Renderer:
    """Renders pages for one site; links are made for the page that is being rendered."""

    def __init__(self, folder: Path, shell: Mapping[str, Any], *, csp: bool, plain: bool) -> None:
        """Prepare the templates; without `plain` a page is its body alone, for another theme."""
        self._here = ""
        self._root = urlsplit(str(shell.get("url", ""))).path
        self._environment = Environment(
            loader=FileSystemLoader([folder, folder / "pages"]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["url"] = self._url
        self._environment.filters["brief"] = brief
        self._environment.globals.update(
            site=shell, csp=CSP if csp else "", layout="main.html" if plain else "bare.html"
        )

    @pass_context  # it depends on the page, so Jinja must not work it out ahead of time
    def _url(self, _context: Context, to: str) -> str:
        if to.startswith(("https://", "http://", "#")):
            return to
        if self._here == NOT_FOUND and self._root:
            path, _, fragment = to.partition("#")
            return self._root + href(path) + (f"#{href(fragment)}" if fragment else "")
        return relative(to, self._here)

    def html(self, page: Page) -> str:
        """Return a page's HTML."""
        self._here = page.path
        context = {
            name: Markup(value) if name in {"body", "intro"} else value  # noqa: S704 - sanitised by generator.sanitise
            for name, value in page.context.items()
        }
        return self._environment.get_template(page.template).render(page=page, **context)

    def document(self, page: Page) -> Document:
        """Return a page as a document of the site."""
        return Document(page.path, self.html(page).encode("utf-8"))


def brief(text: str, most: int = 155) -> str:
    """Return text cut at a word to about that many characters."""
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:") + " …"
