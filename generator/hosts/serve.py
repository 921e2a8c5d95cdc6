"""Owns `casebook serve`: a preview that follows each change and shows what is wrong in the page."""

from __future__ import annotations

import html
import logging
import re
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from mkdocs.livereload import LiveReloadServer

from generator.build import Assembly, assemble
from generator.files.refused import CannotWrite
from generator.files.write import exchange
from generator.hosts.config import drawn_elsewhere, load
from generator.problem import Problem, arranged, errors

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from generator.site import Site

_BODY = re.compile(rb"<body[^>]*>")
_MOST = 100
_BANNER = """<aside role="alert" style="position:relative;z-index:9;margin:0;padding:1rem;\
background:#7a1420;color:#fff;font:1rem/1.5 system-ui,sans-serif">
<strong>{count} to mend; below is the last good build</strong>
<ul style="margin:.5rem 0 0;padding-inline-start:1.25rem">
{items}
</ul></aside>
"""
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The site cannot be built yet</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="1"></head>
<body style="margin:1rem;font:1rem/1.5 system-ui,sans-serif">
<h1>The site cannot be built yet</h1>
<p>{count} to mend; then it appears here by itself.</p>
<ul>
{items}
</ul></body></html>
"""


@dataclass(slots=True, kw_only=True)
class Preview:
    """One preview: builds into `target` when told, and remembers what is wrong."""

    site_file: Path
    target: Path
    options: dict[str, Any]
    core: Callable[..., Assembly]
    problems: tuple[Problem, ...] = ()
    sources: frozenset[Path] = frozenset()

    def __post_init__(self) -> None:
        """Look first at the settings alone: they say where the rest is."""
        self.sources = frozenset({self.site_file})

    def build(self) -> None:
        """Build once and say how it went; no mistake, of the author's or ours, ends the preview."""
        try:
            found, said = self._build()
        except CannotWrite as error:
            found, said = (self._problem("cannot-write", error.message, error.hint),), ""
        except Exception:  # noqa: BLE001 - the preview goes on while somebody mends the code
            traceback.print_exc()
            hint = "the terminal says where"
            found, said = (self._problem("defect", "casebook itself went wrong", hint),), ""
        for problem in arranged(found):
            click.echo(problem, err=True)
        self.problems = arranged(errors(found))
        click.echo(said or f"{_count(self.problems)} to mend; the preview goes on", err=True)

    def _build(self) -> tuple[tuple[Problem, ...], str]:
        site, problems = load(self.site_file, output=self.target)
        problems += drawn_elsewhere(site, "mkdocs serve") if site else ()
        if site is None or errors(problems):
            return problems, ""
        self.sources = frozenset({self.site_file, *_sources(site)})
        assembly = self.core(site, csp=False, **self.options)
        problems += tuple(assembly.problems)
        if errors(problems):
            return problems, ""
        exchange(self.target, *assembly.shares)
        return problems, f"built: cases {assembly.cases}, pages {assembly.pages}"

    def _problem(self, code: str, message: str, hint: str) -> Problem:
        return Problem(path=self.site_file.name, code=code, message=message, hint=hint)

    @property
    def built(self) -> bool:
        """Whether there has been a good build."""
        return self.target.is_dir()


class PreviewServer(LiveReloadServer):
    """MkDocs's server of a folder, with the problems of the last build on top of each page."""

    def __init__(self, preview: Preview, host: str, port: int) -> None:
        """Serve what `preview` builds; nothing is bound before `serve`."""
        self.preview = preview
        super().__init__(self.rebuild, host, port, str(preview.target))
        self.error_handler = self.missing
        self.host = host
        for path in preview.sources:
            self.watch(str(path))

    def server_activate(self) -> None:
        """Begin to listen, and say where."""
        super().server_activate()
        host = f"[{self.host}]" if ":" in self.host else self.host
        self.url = f"http://{host}:{self.server_port}/"
        click.echo(f"the site is at {self.url} - Ctrl-C ends the preview", err=True)

    def rebuild(self) -> None:
        """Build again, and follow content and templates to where the settings moved them."""
        before = self.preview.sources
        self.preview.build()
        for path in self.preview.sources - before:
            self.watch(str(path))
        for path in before - self.preview.sources:
            self.unwatch(str(path))

    def missing(self, code: int) -> bytes | None:
        """Return the page for an address without a file: the problems, or the site's own 404."""
        if not self.preview.built:
            return _filled(_PAGE, self.preview.problems)
        page = self.preview.target / "404.html"
        return page.read_bytes() if code == HTTPStatus.NOT_FOUND and page.is_file() else None

    def serve_request(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request; an HTML page begins with the problems, if there are any."""
        said: list[Any] = []
        content = super().serve_request(environ, lambda *answer: said.extend(answer))
        status, headers = said[0], dict(said[1])
        if self.preview.problems and self.preview.built and _is_html(headers):
            page = _marked(b"".join(content), self.preview.problems)
            headers["Content-Length"] = str(len(page))
            content = [page]
        start_response(status, list(headers.items()))
        return content


def serve(  # noqa: PLR0913 - the options of the command
    site_file: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    internal: bool = False,
    as_of: str | None = None,
    open_browser: bool = False,
    core: Callable[..., Assembly] = assemble,
) -> int:
    """Preview the site until Ctrl-C; return the exit code, 2 if the address is not to be had.

    `core` turns the settings into documents.
    """
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder, _quiet():
        preview = Preview(
            site_file=site_file.absolute(),
            target=Path(folder, "site"),
            options={"internal": internal, "as_of": as_of},
            core=core,
        )
        server = PreviewServer(preview, host, port)
        try:
            server.rebuild()
            server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            pass
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or str(error)
            click.echo(f"cannot listen on {host}:{port}: {why.lower()}", err=True)
            click.echo(
                "    hint: end the other program there, or name a port: --port 8001", err=True
            )
            return 2
        finally:
            server.shutdown()
    return 0


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep MkDocs from telling of each request, but not of an error."""
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _sources(site: Site) -> Iterator[Path]:
    yield site.content
    if site.templates:
        yield site.templates


def _is_html(headers: Mapping[str, str]) -> bool:
    return headers.get("Content-Type", "").startswith("text/html")


def _marked(page: bytes, problems: Sequence[Problem]) -> bytes:
    """Return the page with the problems at the beginning of its body."""
    body = _BODY.search(page)
    at = body.end() if body else 0
    return page[:at] + _filled(_BANNER, problems) + page[at:]


def _filled(template: str, problems: Sequence[Problem]) -> bytes:
    items = [_item(problem) for problem in problems[:_MOST]]
    if len(problems) > _MOST:
        items.append(f"<li>and {len(problems) - _MOST} more, in the terminal</li>")
    return template.format(count=_count(problems), items="\n".join(items)).encode()


def _item(problem: Problem) -> str:
    where = html.escape(f"{problem.path}:{problem.line}")
    hint = f"<br>{html.escape(problem.hint)}" if problem.hint else ""
    return f"<li><code>{where}</code>: {html.escape(problem.message)}{hint}</li>"


def _count(problems: Sequence[Problem]) -> str:
    return "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
