"""The plugin for MkDocs and ProperDocs: it hands over whole documents, or bodies for a theme.

MkDocs copies every file of `docs_dir` and of the theme's folder into the site. So `on_files` drops
all that the core does not publish (an internal record, say), and adds the core's documents as
generated files. A failure in `on_files` would leave the old site empty; checks and
rendering are therefore done in `on_pre_build`, while the old site is still whole.

Other plugins stand before or after this one. The order of the list decides nothing here but for
static-i18n, which knows only files that have a path on the disk: ours are put aside for it.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import click
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import get_toc

from generator.base.problem import Problem, Severity, sorted_problems
from generator.build.assemble import Assembly, assemble
from generator.build.build_options import BuildOptions
from generator.hosts.clock import machine_day
from generator.hosts.config import from_mkdocs, packaged_model_words, setting_conflicts
from generator.hosts.options import PLUGIN, Options
from generator.hosts.scoped import scope_styles

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from generator.base.document import Document, PageBody
    from generator.base.site import Site

_STYLE = "assets/casebook.css"
_I18N = "i18n"
_REDIRECTS = "redirects"
_SEARCHES = ("search", "material/search")
_UNSEARCHED = frozenset({"term.html", "meeting.html"})
"""Templates of pages that repeat what cases say: a search would find each case many times."""

_ID = re.compile(r'\sid="([^"]*)"')
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


class CasebookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call] # MkDocs left a method untyped
    """Hands the documents of a library to MkDocs; a subclass may have another `core`."""

    core: ClassVar[Callable[..., Assembly]] = staticmethod(assemble)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether pages are previewed: a CSP would block MkDocs's live-reload script."""
        del dirty
        self.served = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Read the settings, and in a site of our own keep MkDocs from adding pages of its own."""
        self.site: Site = from_mkdocs(config, self.config)
        _report(
            (
                Problem(
                    path=self.site.path,
                    severity=m.severity,
                    code=m.code,
                    message=m.message,
                    hint=m.hint,
                )
                for m in setting_conflicts(self.site, self.config)
            ),
            strict=config.strict,
        )
        if self.site.plain:
            config.theme.static_templates.clear()
            config.extra_templates = []
            config.nav = []

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Check the content and make every document, before MkDocs empties the old site."""
        if words := packaged_model_words(self.site):
            get_plugin_logger(PLUGIN).info("%s", words)
        assembly = self.core(self.site, BuildOptions(today=machine_day(), csp=not self.served))
        _report(assembly.problems, strict=config.strict)
        self.documents: tuple[Document, ...] = tuple(assembly.documents)
        self.bodies: tuple[PageBody, ...] = () if self.site.plain else tuple(assembly.bodies)
        style = posixpath.join(self.config.folder, _STYLE)
        has_style = any(document.path == _STYLE for document in self.documents)
        # Linked by the theme, the style is there too where another plugin prints a body of ours.
        if has_style and not self.site.plain and style not in config.extra_css:
            config.extra_css.append(style)

    def _add_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace the files that documents are made of by the documents."""
        folder = f"{self.config.folder}/" if self.config.folder else ""
        for file in tuple(files):  # what is left in here MkDocs copies into the site
            if file.generated_by is None and (self.site.plain or file.src_uri.startswith(folder)):
                files.remove(file)
        sources = {file.dest_uri: file.src_uri for file in files}
        self.files = tuple(self._generated(folder, config))
        for file in self.files:
            if file.dest_uri in sources:
                words = "'%s' and the library both make '%s': rename the page, or the folder"
                get_plugin_logger(PLUGIN).warning(words, sources[file.dest_uri], file.dest_uri)
            files.append(file)
        return files

    @event_priority(-99)  # static-i18n has -100
    def _put_aside(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take our files out for static-i18n, which stops at a file that is not on the disk."""
        for file in self.files if _I18N in config.plugins else ():
            files.remove(file)
        return files

    @event_priority(-101)
    def _put_back(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put our files back, in the folder of the language for which the site is being built."""
        if _I18N not in config.plugins:
            return files
        language = _language_folder(config)
        if language:
            folder = f"{self.config.folder}/" if self.config.folder else ""
            self.files = tuple(self._generated(folder, config, language))
        for file in self.files:
            files.append(file)
        return files

    on_files = CombinedEvent(_add_files, _put_aside, _put_back)

    @event_priority(-1000)  # titles are given by then, by whoever makes the navigation
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make the pages of the library show what the core has made."""
        del config
        for file in files:
            if file.page and file in self.files:
                draw(file.page, self.drawn[file.src_uri])
        return nav

    @event_priority(100)
    def _leave_out_of_search(self, *, config: MkDocsConfig) -> None:
        """Take the pages out of the host's search that it should not find, before it is written."""
        urls = self.unsearched
        for name in _SEARCHES if urls else ():
            index = getattr(config.plugins.get(name), "search_index", None)
            for attribute in ("entries", "_entries"):  # Material's and MkDocs's own
                if entries := getattr(index, attribute, None):
                    entries[:] = [e for e in entries if e["location"].partition("#")[0] not in urls]

    @event_priority(-100)
    def _correct_redirects(self, *, config: MkDocsConfig) -> None:
        """Mend what the plugin redirects wrote: it takes our pages for folders."""
        redirects = config.plugins.get(_REDIRECTS) if config.use_directory_urls else None
        for old, new in redirects.config["redirect_maps"].items() if redirects else ():
            source = str(new).partition("#")[0]
            ours = next((file for file in self.files if file.src_uri == source), None)
            stub = File(old, None, config.site_dir, use_directory_urls=True)
            if ours and source in self.drawn and not ours.url.endswith("/"):
                _point(Path(stub.abs_dest_path), posixpath.dirname(stub.dest_uri), ours.dest_uri)

    on_post_build = CombinedEvent(_leave_out_of_search, _correct_redirects)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., object]
    ) -> None:
        """Watch our templates as well as the content."""
        del config, builder
        if self.site.templates:
            server.watch(str(self.site.templates))

    def _generated(self, folder: str, config: MkDocsConfig, language: str = "") -> Iterator[File]:
        """Yield our files: documents as they are, bodies as pages that the theme draws.

        `language` is the folder of a language of the site, empty for the default one.
        """
        self.unsearched: set[str] = set()
        for document in self.documents:
            content = document.content
            if document.path == _STYLE and not self.site.plain:
                content = scope_styles(content.decode()).encode()
            yield _file(folder + document.path, content, config, language)
        self.drawn: dict[str, PageBody] = {}
        for body in self.bodies:
            home = body.path == "index.html" and config.nav is None
            level = InclusionLevel.INCLUDED if home else InclusionLevel.NOT_IN_NAV
            path = folder + body.path
            file = File.generated(
                config, f"{path.removesuffix('.html')}.md", content="", inclusion=level
            )
            file.dest_uri = language + path
            self.drawn[file.src_uri] = body
            if body.template in _UNSEARCHED and not self.config.search_terms:
                self.unsearched.add(file.url)
            yield file


def draw(page: Page, body: PageBody) -> None:
    """Make a page of MkDocs's show a body that the core has made.

    Its two methods are replaced, not its class: section-index and others set a class of their own.
    Titles are escaped here, since MkDocs's templates do not; one that the navigation gives stays.
    """

    def read_source(config: MkDocsConfig) -> None:
        """Give MkDocs empty Markdown, since this page has none, and the description."""
        del config
        page.markdown = ""
        if body.description:
            page.meta = {"description": _escaped(body.description)}

    def render(config: MkDocsConfig, files: Files) -> None:
        """Set the finished body, its table of contents and the ids that a link may name."""
        del config, files
        opening = f'<div class="casebook" lang="{body.language}" dir="{body.direction}">'
        page.content = f"{opening}\n{body.body}\n</div>"
        page.toc = get_toc(_nested(body.headings))
        page.present_anchor_ids = {html.unescape(id_) for id_ in _ID.findall(body.body)}
        page.links_to_anchors = {}

    page.title = _escaped(page.title or body.title)
    vars(page).update(read_source=read_source, render=render)


class _Escaped(str):
    """Escaped HTML that stays escaped through a template's `striptags`, which unescapes once."""

    __slots__ = ()

    def __html__(self) -> str:
        return html.escape(self)


def _point(stub: Path, folder: str, target: str) -> None:
    """Let a page that redirects, in a folder of the site, lead to a file and not to a folder."""
    text = stub.read_text("utf-8")
    right = posixpath.relpath(target, folder)
    for wrong in (f"{right}/", f"{right.removesuffix('.html')}/"):
        text = text.replace(wrong, right)
    stub.write_text(text, "utf-8")


def _escaped(text: str) -> _Escaped:
    return text if isinstance(text, _Escaped) else _Escaped(html.escape(text))


def _language_folder(config: MkDocsConfig) -> str:
    """Return the folder of the language that static-i18n is building now; empty for the default."""
    i18n = config.plugins[_I18N]
    if getattr(i18n, "is_default_language_build", True):
        return ""
    return f"{getattr(i18n, 'current_language', '')}/"


def _file(path: str, content: bytes, config: MkDocsConfig, language: str) -> File:
    """Return a file that MkDocs copies; the `.txt` keeps it from rendering a Markdown file."""
    source = f"{path}.txt" if path.endswith(_MARKDOWN) else path
    file = File.generated(config, source, content=content, inclusion=InclusionLevel.INCLUDED)
    file.dest_uri = language + path
    return file


def _nested(headings: Iterable[tuple[int, str, str]]) -> list[Any]:
    """Return the headings as Python-Markdown's `toc_tokens`: each below the nearest higher one."""
    top: list[Any] = []
    above = [(0, top)]
    for level, anchor, text in headings:
        while above[-1][0] >= level:
            above.pop()
        children: list[Any] = []
        name = html.escape(text)
        entry = {"level": level, "id": anchor, "name": name, "children": children}
        above[-1][1].append(entry)
        above.append((level, children))
    return top


def _report(problems: Iterable[Problem], *, strict: bool) -> None:
    """Print the problems, and stop the build for an error, or under --strict for a warning."""
    log = get_plugin_logger(PLUGIN)
    fatal = 0
    for problem in sorted_problems(problems):
        if problem.severity is Severity.ERROR:
            click.echo(problem, err=True)
        elif problem.severity is Severity.WARNING:
            log.warning("%s", problem)
        else:
            log.info("%s", problem)
        fatal += problem.severity is Severity.ERROR or (
            strict and problem.severity is Severity.WARNING
        )
    if fatal:
        raise Abort(f"{fatal} problem{'s' if fatal > 1 else ''} above: the site was left as it was")
