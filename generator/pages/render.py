"""How a page becomes bytes: the templates, their filters, and the links that they make.

The templates are those of the site, if it has its own, or the packaged ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
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
from generator.pages.fast_jinja import DirectCodeGenerator
from generator.pages.page import Page

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""The content security policy of every page: its own styles, scripts and pictures, nothing else.

It is a second wall behind the sanitiser: should a script or a remote picture slip through in the
text of a record, no browser would run or load it. A host that changes pages after they are written,
such as a preview that adds a script of its own, turns it off.
"""


def template_folder(templates_dir: Path | None) -> Path:
    """Return the folder of templates: the site's own, the packaged ones, or the repository's."""
    package = Path(__file__).parents[1]
    packaged = package / "templates"
    return templates_dir or (packaged if packaged.is_dir() else package.parent / "templates")


def assets(templates_dir: Path | None) -> Iterator[Document]:
    """Yield the files beside the templates, such as the styles, that pages load."""
    folder = template_folder(templates_dir) / "assets"
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            yield Document(f"assets/{file.relative_to(folder).as_posix()}", file.read_bytes())


def stray_assets(templates_dir: Path | None) -> Iterator[Path]:
    """Yield those files beside a site's own templates that are links to somewhere else."""
    folder = template_folder(templates_dir)
    for file in sorted((folder / "assets").rglob("*")) if templates_dir else ():
        if file.is_file() and not file.resolve().is_relative_to(folder.resolve()):
            yield file


class _CompiledTemplates(BytecodeCache):
    """The templates that this process has compiled, by name and checksum of their source.

    To compile all templates takes longer than to render a page. A preview makes a new renderer at
    each change, and an unchanged template is not compiled again for it.
    """

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _CompiledTemplates()


class _Variables(dict[str, Any]):
    """Variables for templates, each an item and an attribute, which is read faster."""

    def __init__(self, items: Mapping[str, Any]) -> None:
        super().__init__(items)
        vars(self).update(items)


class _DirectEnvironment(Environment):
    """An environment whose templates are compiled into faster code."""

    code_generator_class = DirectCodeGenerator


class Renderer:
    """Renders pages for one site; links are relative to the page that is being rendered."""

    def __init__(self, folder: Path, shell: Mapping[str, Any], *, csp: bool, plain: bool) -> None:
        """Prepare the templates; without `plain` a page is its body alone, for another theme."""
        self._folder = folder
        self._here = self._top = ""
        self._root = urlsplit(str(shell.get("url", ""))).path
        self._links_from: dict[str, dict[str, Markup]] = defaultdict(dict)
        self._links_inside: dict[str, Markup] = {}
        self._links_outside: dict[str, Markup] = {}
        self._fragments: dict[tuple[str, str, str], Markup] = {}
        self._globals = {
            "site": _Variables(shell),
            "csp": CSP if csp else "",
            "layout": "main.html" if plain else "bare.html",
            "once": self._once,
        }
        self._environment = self._new_environment(_DirectEnvironment, _COMPILED)
        self.plain_templates: set[str] = set()

    def _new_environment(
        self, kind: type[Environment], compiled: BytecodeCache | None = None
    ) -> Environment:
        environment = kind(
            loader=FileSystemLoader([self._folder, self._folder / "pages"]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=compiled,
        )
        environment.filters |= {"url": self._url, "brief": brief}
        environment.globals |= self._globals
        return environment

    @cached_property
    def _plain_environment(self) -> Environment:
        """The same templates as plain Jinja compiles them."""
        return self._new_environment(Environment)

    def prepare(self, names: Iterable[str]) -> None:
        """Compile templates, and those that they import, before worker processes start as copies.

        Otherwise each worker would compile them for itself.
        """
        for name in (*names, *(file.name for file in self._folder.glob("*.html"))):
            self._environment.get_template(name)

    def sources(self) -> Iterator[bytes]:
        """Yield the texts of all templates."""
        return (file.read_bytes() for file in sorted(self._folder.rglob("*.html")))

    @pass_context  # else Jinja would compute the links of constants once, when it compiles
    def _url(self, _context: Context, to: str) -> Markup:
        """Return the relative link to a path, escaped for an attribute.

        A page of a large library has thousands of links, and many pages share theirs. A link from
        one folder into itself reads the same on all pages of that folder, and a link that leads
        out of it reads the same on all pages as deep: each is made once and kept.
        """
        links = self._links_inside if to.startswith(self._top) else self._links_outside
        return links.get(to) or self._new_link(to, links)

    def _new_link(self, to: str, links: dict[str, Markup]) -> Markup:
        """Return the link to a path; that to a whole page is kept in `links`.

        There are too many places on pages to keep the links to them.
        """
        if to.startswith(("https://", "http://", "#")):
            return escape(to)
        path, _, fragment = to.partition("#")
        # A server sends this page for a wrong address at any depth, so its links start at the root.
        rooted = self._here == NOT_FOUND and self._root
        anchor = f"#{href(fragment)}" if fragment else ""
        if anchor and path == self._here and not rooted:
            return escape(anchor)
        if path not in links:
            links[path] = escape(self._root + href(path) if rooted else relative(path, self._here))
        return links[path] + anchor if anchor else links[path]

    @pass_context
    def _once(self, context: Context, name: str, of: Card, caller: Callable[[], Markup]) -> Markup:
        """Return what a `call` block renders of a card, from the cache if it was rendered before.

        All pages from which the link to the card's page reads the same share the fragment.
        """
        key = (name, of.id, self._url(context, of.to))
        if key not in self._fragments:
            self._fragments[key] = caller()
        return self._fragments[key]

    def html(self, page: Page, context: Mapping[str, Any] | None = None) -> str:
        """Return a page's HTML; `context` is given where it was computed before."""
        self._here, folder = page.path, page.path.rpartition("/")[0]
        top, depth = folder.partition("/")[0], str(folder.count("/") + bool(folder))
        if page.path == NOT_FOUND:
            depth = NOT_FOUND
        self._top = f"{top}/"
        self._links_inside = self._links_from[f"in {folder}"]
        self._links_outside = self._links_from[f"out of {depth}"]
        context = page.context() if context is None else context
        values = {
            name: Markup(value) if name in {"body", "intro"} else value  # noqa: S704 - sanitised when it was read
            for name, value in context.items()
        }
        return self._render(page.template, {"page": page, **values})

    def _render(self, template: str, variables: Mapping[str, Any]) -> str:
        """Return what a template prints.

        A template of a site may ask for an attribute that is an item, or that is not there. It is
        rendered by plain Jinja from then on.
        """
        if template not in self.plain_templates:
            try:
                return self._environment.get_template(template).render(variables)
            except AttributeError:
                self.plain_templates.add(template)
        return self._plain_environment.get_template(template).render(variables)

    def document(self, page: Page) -> Document:
        """Return a page as a document of the site."""
        return Document(page.path, self.html(page).encode("utf-8"))


def brief(text: str, limit: int = 155) -> str:
    """Return text cut after a word, to about that many characters, with a sign of more."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:") + " …"
