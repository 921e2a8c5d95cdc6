"""The plugin for MkDocs and ProperDocs: it hands over whole documents, or bodies for a theme.

MkDocs copies every file of `docs_dir` and of the theme's folder into the site. So `on_files` drops
all that the core does not publish (an internal record, say), and adds the core's documents as
generated files. A failure in `on_files` would leave the old site empty; checks and
rendering are therefore done in `on_pre_build`, while the old site is still whole.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import click
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from generator.base.problem import Problem, Severity, sorted_problems
from generator.build.assemble import Assembly, assemble
from generator.build.build_options import BuildOptions
from generator.hosts.config import from_mkdocs, nav_entries, setting_conflicts
from generator.hosts.options import PLUGIN, Options
from generator.hosts.scoped import scope_styles

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files

    from generator.base.document import Document
    from generator.base.site import Site
    from generator.build.assemble import PageBody

_STYLE = "assets/casebook.css"
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
        assembly = self.core(self.site, BuildOptions(csp=not self.served))
        _report(assembly.problems, strict=config.strict)
        self.documents: tuple[Document, ...] = tuple(assembly.documents)
        self.bodies: tuple[PageBody, ...] = () if self.site.plain else tuple(assembly.bodies)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace the files that documents are made of by the documents."""
        folder = f"{self.config.folder}/" if self.config.folder else ""
        for file in tuple(files):  # what is left in here MkDocs copies into the site
            if file.generated_by is None and (self.site.plain or file.src_uri.startswith(folder)):
                files.remove(file)
        sources = {file.dest_uri: file.src_uri for file in files}
        for file in self._generated(folder, config):
            if file.dest_uri in sources:
                words = "'%s' and the library both make '%s': rename the page, or the folder"
                get_plugin_logger(PLUGIN).warning(words, sources[file.dest_uri], file.dest_uri)
            files.append(file)
        return files

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., object]
    ) -> None:
        """Watch our templates as well as the content."""
        del config, builder
        if self.site.templates:
            server.watch(str(self.site.templates))

    def _generated(self, folder: str, config: MkDocsConfig) -> Iterator[File]:
        """Yield our files: documents as they are, bodies as pages that the theme draws."""
        for document in self.documents:
            content = document.content
            if document.path == _STYLE and not self.site.plain:
                content = scope_styles(content.decode()).encode()
            yield _file(folder + document.path, content, config)
        paths = {document.path for document in self.documents}
        labels = {path: label for label, path in nav_entries(config.nav) if label}
        for body in self.bodies:
            home = body.path == "index.html" and config.nav is None
            level = InclusionLevel.INCLUDED if home else InclusionLevel.NOT_IN_NAV
            path = folder + body.path
            file = File.generated(
                config, f"{path.removesuffix('.html')}.md", content="", inclusion=level
            )
            file.dest_uri = path
            BodyPage(labels.get(path, body.title), file, config, body, styled=_STYLE in paths)
            yield file


class BodyPage(Page):
    """A page whose body the core has made; titles are escaped here: MkDocs's templates do not."""

    def __init__(
        self, title: str, file: File, config: MkDocsConfig, body: PageBody, *, styled: bool
    ) -> None:
        """Become the page of `file`; the title is that of the navigation, or of the body."""
        super().__init__(_Escaped(html.escape(title)), file, config)
        self._body = body
        self._styled = styled

    def read_source(self, config: MkDocsConfig) -> None:
        """Give MkDocs empty Markdown, since this page has none, and the description."""
        del config
        self.markdown = ""
        if self._body.description:
            self.meta = {"description": _Escaped(html.escape(self._body.description))}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set the finished body, its table of contents and the ids that a link may name."""
        del config, files
        body = self._body
        style = posixpath.relpath(_STYLE, posixpath.dirname(body.path) or ".")
        link = f'<link rel="stylesheet" href="{style}">\n' if self._styled else ""
        opening = f'<div class="casebook" lang="{body.language}" dir="{body.direction}">'
        self.content = f"{link}{opening}\n{body.body}\n</div>"
        self.toc = get_toc(_nested(body.headings))
        self.present_anchor_ids = {html.unescape(id_) for id_ in _ID.findall(body.body)}
        self.links_to_anchors = {}


class _Escaped(str):
    """Escaped HTML that stays escaped through a template's `striptags`, which unescapes once."""

    __slots__ = ()

    def __html__(self) -> str:
        return html.escape(self)


def _file(path: str, content: bytes, config: MkDocsConfig) -> File:
    """Return a file that MkDocs copies; the `.txt` keeps it from rendering a Markdown file."""
    source = f"{path}.txt" if path.endswith(_MARKDOWN) else path
    file = File.generated(config, source, content=content, inclusion=InclusionLevel.INCLUDED)
    file.dest_uri = path
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
