"""How a page becomes bytes: the templates, their filters, and the links that they make.

The templates are those of the site, if it has its own, or the packaged ones.
"""

from __future__ import annotations

import marshal
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import CodeType
from typing import Any
from urllib.parse import urlsplit

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    pass_context,
)
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.environment import TemplateModule
from jinja2.ext import InternationalizationExtension
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from generator.base.document import Document, PageBody
from generator.base.locale import ENGLISH, Locale
from generator.base.names import href, relative
from generator.library.address import NOT_FOUND
from generator.pages.fast_jinja import DirectCodeGenerator, Message
from generator.pages.filters import FILTERS, TESTS, locale_filters
from generator.pages.page import Page
from generator.pages.pieces import Piece

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""The content security policy of every page: its own styles, scripts and pictures, nothing else.

It is a second wall behind the sanitiser: should a script or a remote picture slip through in the
text of a record, no browser would run or load it. A host that changes pages after they are written,
such as a preview that adds a script of its own, turns it off.
"""


CompiledTemplates = Mapping[tuple[str, str], bytes]
"""The code of templates, by name and checksum of their source, from one process for another."""


class _CompiledTemplates(BytecodeCache):
    """The templates that this process has compiled, by name and checksum of their source.

    To compile all templates takes longer than to render a page. A preview makes a new renderer at
    each change, and an unchanged template is not compiled again for it. What another process
    compiled is unpacked when it is needed.
    """

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}
        self._packed: dict[tuple[str, str], bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - as Jinja has it
        """Return the name: wherever a template lies, the same source makes the same code.

        In whatever language, too: no filter is asked before a page is rendered.
        """
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        key = bucket.key, bucket.checksum
        if key in self._packed:
            self._code[key] = marshal.loads(self._packed.pop(key))  # noqa: S302 - see `CompiledTemplates`
        bucket.code = self._code.get(key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._code[bucket.key, bucket.checksum] = bucket.code

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self._code or key in self._packed

    def packed(self) -> CompiledTemplates:
        """Return what this process compiled, in a form that another process can be sent."""
        return {key: marshal.dumps(code) for key, code in self._code.items()}

    def add(self, packed: CompiledTemplates) -> None:
        """Add what another process compiled."""
        self._packed |= packed


_COMPILED = _CompiledTemplates()

_REFERENCE = re.compile(r'\{%-?\s*(?:import|from|include|extends)\s+"([^"]+)"')
"""Where a template names another."""


class _Variables(dict[str, Any]):
    """Variables for templates, each an item and an attribute, which is read faster."""

    def __init__(self, items: Mapping[str, Any]) -> None:
        super().__init__(items)
        vars(self).update(items)


class _DirectTemplate(Template):
    """A template whose macros are imported without a look at the variables of who imports them.

    Jinja looks for globals that only one template was given. Here all have the same.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002
        return super()._get_default_module()


class _DirectEnvironment(Environment):
    """An environment whose templates are compiled into faster code."""

    code_generator_class = DirectCodeGenerator
    template_class = _DirectTemplate


def are_compiled(folder: Path) -> bool:
    """Return whether the code of all templates in a folder is known to this process."""
    files = [*folder.glob("*.html"), *(folder / "pages").glob("*.html")]
    with suppress(OSError, UnicodeError):
        sources = ((file.name, file.read_text("utf-8")) for file in files)
        return all(
            (name, _COMPILED.get_source_checksum(text)) in _COMPILED for name, text in sources
        )
    return False


def compile_templates(folder: Path) -> CompiledTemplates:
    """Return the code of all templates in a folder, for `add_compiled` in another process.

    One that cannot be compiled is left out: whoever renders it says why.
    """
    renderer = Renderer(folder, {}, csp=False, plain=True)
    for file in sorted((folder / "pages").glob("*.html")):
        with suppress(TemplateError, OSError, UnicodeError):
            renderer.prepare([file.name])
    return _COMPILED.packed()


def add_compiled(templates: CompiledTemplates) -> None:
    """Use the code that `compile_templates` returned in another process of this program."""
    _COMPILED.add(templates)


def _printed(template: Template, variables: Mapping[str, Any]) -> str:
    """Return what a template prints.

    Its macros hold the context that holds them. They are let go here, so that all that was printed
    is freed at once, and need not be looked for.
    """
    context = template.new_context(dict(variables))
    try:
        return "".join(template.root_render_func(context))
    except Exception:  # noqa: BLE001 - Jinja raises it again, with the line of the template
        template.environment.handle_exception()
    finally:
        context.vars.clear()


class Renderer:
    """Renders pages for one site; links are relative to the page that is being rendered."""

    def __init__(
        self,
        folder: Path,
        shell: Mapping[str, Any],
        *,
        csp: bool,
        plain: bool,
        locale: Locale = ENGLISH,
    ) -> None:
        """Find the templates; without `plain` a page is its body alone, for another theme.

        `plain_templates` are those that plain Jinja renders: the faster code of `fast_jinja` had
        no attribute of some name.
        """
        self.locale = locale
        self._loader = FileSystemLoader([folder, folder / "pages"])
        self._here = self._top = self._page_folder = ""
        self._root = urlsplit(str(shell.get("url", ""))).path
        self._links_from: dict[str, dict[str, Markup]] = defaultdict(dict)
        self._links_inside: dict[str, Markup] = {}
        self._links_outside: dict[str, Markup] = {}
        self._fragments: dict[tuple[str, Hashable, str], bytes] = {}
        self._layout = "main.html" if plain else "bare.html"
        messages = {"gettext": Message(locale.html), "ngettext": Message(locale.number_html)}
        self._globals = {
            "site": _Variables(shell),
            "csp": CSP if csp else "",
            "layout": self._layout,
            "_": messages["gettext"],
            **messages,
            "colon": str(locale.gettext(":")),
            "comma": locale.comma,
            "semicolon": str(locale.gettext("; ")),
            "counted": locale.counted,
            "noun": locale.noun,
        }
        self._environment = self._new_environment(_DirectEnvironment, _COMPILED)
        self.plain_templates: set[str] = set()

    def _new_environment(
        self, kind: type[Environment], compiled: BytecodeCache | None = None
    ) -> Environment:
        environment = kind(
            loader=self._loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            optimized=False,  # else what filters give for constants would be code, in one language
            bytecode_cache=compiled,
            extensions=[InternationalizationExtension],
        )
        environment.extend(newstyle_gettext=True)
        environment.filters |= {
            **FILTERS,
            **locale_filters(self.locale),
            "url": self._url,
            "once": self._once,
            "once_a_folder": self._once_a_folder,
            "linked": self._linked,
            "shared_terms": self._shared_terms,
        }
        environment.tests |= TESTS
        environment.globals |= self._globals
        return environment

    @cached_property
    def _plain_environment(self) -> Environment:
        """The same templates as plain Jinja compiles them."""
        return self._new_environment(Environment)

    def prepare(self, names: Iterable[str]) -> None:
        """Compile templates, and those that they name, before worker processes start as copies.

        Otherwise each worker would compile them for itself. A template that only a variable names
        is compiled when it is needed, and so is any template where nothing was prepared.
        """
        waiting, seen = [*names, self._layout], set[str]()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                self._environment.get_template(name)
                source, _, _ = self._loader.get_source(self._environment, name)
                waiting += _REFERENCE.findall(source)

    @pass_context  # else Jinja would compute the links of constants once, when it compiles
    def _url(self, _context: Context, to: str) -> Markup:
        """Return the relative link to a path, escaped for an attribute."""
        return self._link(to)

    def _link(self, to: str) -> Markup:
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
        # Both halves are percent-encoded.
        return Markup(f"{links[path]}{anchor}") if anchor else links[path]  # noqa: S704

    def _anchor(self, piece: Piece) -> Markup:
        """Return the words of a piece, which lead to its page if it has one."""
        if not piece.to:
            return escape(piece.text)
        # `Markup.format` takes five times as long.
        return Markup(f'<a href="{self._link(piece.to)}">{escape(piece.text)}</a>')  # noqa: S704 - both are HTML

    @pass_context
    def _linked(self, _context: Context, pieces: Iterable[Piece]) -> list[Markup]:
        return [self._anchor(piece) for piece in pieces]

    @pass_context
    def _shared_terms(self, _context: Context, shared: Iterable[tuple[str, Piece]]) -> list[Markup]:
        """Return terms, each with its link, after the nouns of their facets."""
        return [
            Markup(self.locale.html("the %(noun)s %(term)s", noun=noun, term=self._anchor(piece)))  # noqa: S704 - it is HTML
            for noun, piece in shared
        ]

    @pass_context
    def _once(
        self, _context: Context, item: object, macro: Macro, key: Hashable, to: str
    ) -> Markup:
        """Return what a macro prints of an item, from the cache if it was printed before.

        `key` names the item, and `to` a page of the site: all pages from which the link to it
        reads the same share what is printed. So all its links must lead to the folder of `to`.
        """
        return self._kept((macro.name, key, self._link(to)), macro, item)

    @pass_context
    def _once_a_folder(self, _context: Context, item: Hashable, macro: Macro) -> Markup:
        """Return what a macro prints of an item, from the cache if a page beside printed it before.

        All links read the same from all pages of a folder.
        """
        return self._kept((macro.name, item, self._page_folder), macro, item)

    def _kept(self, key: tuple[str, Hashable, str], macro: Macro, item: object) -> Markup:
        """Return what was printed under a key, or what a macro prints of an item now."""
        kept = self._fragments.get(key)
        if kept is None:
            # As bytes: one dash makes Python hold the whole text in two bytes a character.
            self._fragments[key] = kept = str(macro(item)).encode()
        return Markup(kept.decode())  # noqa: S704 - what a macro prints

    def html(self, page: Page, context: Mapping[str, Any] | None = None) -> str:
        """Return a page's HTML; `context` is given where it was computed before."""
        page = page.completed()
        self._here, folder = page.path, page.path.rpartition("/")[0]
        top, depth = folder.partition("/")[0], str(folder.count("/") + bool(folder))
        self._page_folder = folder
        if page.path == NOT_FOUND:  # its links start at the root
            self._page_folder = depth = NOT_FOUND
        self._top = f"{top}/"
        self._links_inside = self._links_from[f"in {folder}"]
        self._links_outside = self._links_from[f"out of {depth}"]
        context = page.context() if context is None else context
        values = {
            name: Markup(value) if name in {"body", "intro"} else value  # noqa: S704 - sanitised when it was read
            for name, value in context.items()
        }
        return self.locale.merged(self._render(page.template, {"page": page, **values}))

    def text(self, template: str, variables: Mapping[str, Any]) -> str:
        """Return what a template prints that is no page of the site, so that it links to none."""
        return self.locale.merged(self._render(template, variables))

    def body(self, page: Page) -> PageBody:
        """Return a page for another theme to draw."""
        page, context = page.completed(), page.context()
        return PageBody(
            path=page.path,
            title=page.title,
            body=self.html(page, context),
            language=self.locale.language,
            direction=self.locale.direction,
            headings=tuple((2, anchor, text) for anchor, text, *_ in context.get("contents", ())),
            description=page.description,
            template=page.template,
        )

    def _render(self, template: str, variables: Mapping[str, Any]) -> str:
        """Return what a template prints.

        A template of a site may ask for an attribute that is an item, or for none: then plain
        Jinja renders it, now and from then on.
        """
        if template not in self.plain_templates:
            try:
                return _printed(self._environment.get_template(template), variables)
            except AttributeError:
                self.plain_templates.add(template)
        return _printed(self._plain_environment.get_template(template), variables)

    def document(self, page: Page) -> Document:
        """Return a page as a document of the site."""
        return Document(page.path, self.html(page).encode("utf-8"))
