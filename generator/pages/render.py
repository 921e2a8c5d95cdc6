"""Owns how a page becomes bytes: the templates and their filters; a page computes the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import CodeType
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.base.document import Document
from generator.base.names import href, relative
from generator.library.address import NOT_FOUND
from generator.pages.card import Card
from generator.pages.page import Page

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""What a page may load: its own styles, scripts and pictures, and nothing from any other host."""


def templates(own: Path | None) -> Path:
    """Return the folder of templates: the site's own, the packaged ones, or the repository's."""
    here = Path(__file__).parents[1]
    packaged = here / "templates"
    return own or (packaged if packaged.is_dir() else here.parent / "templates")


def assets(own: Path | None) -> Iterator[Document]:
    """Yield the files beside the templates, such as the styles, that pages load."""
    folder = templates(own) / "assets"
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            yield Document(f"assets/{file.relative_to(folder).as_posix()}", file.read_bytes())


def astray(own: Path | None) -> Iterator[Path]:
    """Yield those files beside a site's own templates that are links to somewhere else."""
    folder = templates(own)
    for file in sorted((folder / "assets").rglob("*")) if own else ():
        if file.is_file() and not file.resolve().is_relative_to(folder.resolve()):
            yield file


class _Compiled(BytecodeCache):
    """Templates that this process has compiled, so that a preview does not do it at each change."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class Renderer:
    """Renders pages for one site; links are made for the page that is being rendered."""

    def __init__(self, folder: Path, shell: Mapping[str, Any], *, csp: bool, plain: bool) -> None:
        """Prepare the templates; without `plain` a page is its body alone, for another theme."""
        self._folder = folder
        self._here = self._top = ""
        self._root = urlsplit(str(shell.get("url", ""))).path
        self._links_from: dict[str, dict[str, Markup]] = defaultdict(dict)
        self._links: tuple[dict[str, Markup], dict[str, Markup]] = {}, {}
        self._fragments: dict[tuple[str, str, str], Markup] = {}
        self._environment = Environment(
            loader=FileSystemLoader([folder, folder / "pages"]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_COMPILED,
        )
        self._environment.filters["url"] = self._url
        self._environment.filters["brief"] = brief
        self._environment.globals.update(
            site=shell,
            csp=CSP if csp else "",
            layout="main.html" if plain else "bare.html",
            once=self._once,
        )

    def prepare(self, names: Iterable[str]) -> None:
        """Read templates, and those beside them, before other processes begin as copies of this."""
        for name in (*names, *(file.name for file in self._folder.glob("*.html"))):
            self._environment.get_template(name)

    def sources(self) -> Iterator[bytes]:
        """Yield the texts of all templates."""
        return (file.read_bytes() for file in sorted(self._folder.rglob("*.html")))

    @pass_context  # else Jinja works out the links of constants once, ahead of time
    def _url(self, _context: Context, to: str) -> Markup:
        """Return the link to a path, for an attribute.

        A link to a page is made once for all pages of a folder, and one that leads out of the
        folder once for all folders as deep.
        """
        if "#" in to or to.startswith("http"):
            return escape(self._link(to))
        known = self._links[to.partition("/")[0] == self._top]
        if to not in known:
            known[to] = escape(self._link(to))
        return known[to]

    def _link(self, to: str) -> str:
        if to.startswith(("https://", "http://", "#")):
            return to
        if self._here == NOT_FOUND and self._root:
            path, _, fragment = to.partition("#")
            return self._root + href(path) + (f"#{href(fragment)}" if fragment else "")
        return relative(to, self._here)

    @pass_context
    def _once(self, context: Context, name: str, of: Card, caller: Callable[[], Markup]) -> Markup:
        """Return what a `call` block makes of something that leads `to` a page, made only once.

        All pages from which the link to it reads the same share the fragment.
        """
        key = (name, of.id, self._url(context, of.to))
        if key not in self._fragments:
            self._fragments[key] = caller()
        return self._fragments[key]

    def html(self, page: Page, context: Mapping[str, Any] | None = None) -> str:
        """Return a page's HTML; `context` is given where it was made before."""
        self._here, folder = page.path, page.path.rpartition("/")[0]
        if page.path == NOT_FOUND:
            self._top, deep = "", NOT_FOUND
        else:
            self._top, deep = folder.partition("/")[0], str(folder.count("/") + bool(folder))
        self._links = self._links_from[f"out of {deep}"], self._links_from[f"in {folder}"]
        context = page.context() if context is None else context
        values = {
            name: Markup(value) if name in {"body", "intro"} else value  # noqa: S704 - sanitised by generator.sanitise
            for name, value in context.items()
        }
        return self._environment.get_template(page.template).render(page=page, **values)

    def document(self, page: Page) -> Document:
        """Return a page as a document of the site."""
        return Document(page.path, self.html(page).encode("utf-8"))


def brief(text: str, most: int = 155) -> str:
    """Return text cut at a word to about that many characters."""
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:") + " …"
