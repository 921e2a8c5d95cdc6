"""`casebook serve`: a preview server that follows each change and shows problems in the page."""

from __future__ import annotations

import html
import logging
import posixpath
import re
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import click
from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from generator.base.problem import Problem
from generator.build.assemble import Assembly, assemble
from generator.build.build_options import BuildOptions
from generator.build.session import Session
from generator.hosts.preview import Preview, problem_count

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from generator.base.site import Site

SETTLED = 0.05
"""In seconds: changes that follow each other faster are one change, such as an editor's save."""

CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""The events that change a file; that one was only read is none of these."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""The names of a computer for itself."""

EVERYWHERE = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - what an author may ask for
"""The addresses to serve on that mean every network of this computer."""

_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^\[\]:/@,\s]+))(?::[0-9]{1,5})?")
_ONLY_OURS = ("Cross-Origin-Resource-Policy", "same-origin")
_REFUSED = """\
This preview does not answer to the name {name}.

It shows pages that are not published, so it answers only to its own names:
{names}.
Open {url} instead, or start it with the name: casebook serve --host NAME
"""
_BODY = re.compile(rb"<body[^>]*>")
_MOST_SHOWN = 100
_BANNER = """<aside role="alert" style="position:relative;z-index:9;margin:0;padding:1rem;\
background:#7a1420;color:#fff;font:1rem/1.5 system-ui,sans-serif">
<strong>{count} to fix; below is the last good build</strong>
<ul style="margin:.5rem 0 0;padding-inline-start:1.25rem">
{items}
</ul></aside>
"""
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The site cannot be built yet</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="1"></head>
<body style="margin:1rem;font:1rem/1.5 system-ui,sans-serif">
<h1>The site cannot be built yet</h1>
<p>{count} to fix; then it appears here by itself.</p>
<ul>
{items}
</ul></body></html>
"""


class _Changes(Observer):  # type: ignore[misc, valid-type] # it is chosen by the system
    """The system's own file watcher, which reports at once, and reports nothing but changes."""

    def schedule(
        self, event_handler: FileSystemEventHandler, path: str, *, recursive: bool = False
    ) -> object:
        """Watch a path."""
        return super().schedule(event_handler, path, recursive=recursive, event_filter=CHANGES)


class PreviewServer(LiveReloadServer):
    """MkDocs's server, with the pages of a preview and its problems on top of each."""

    def __init__(self, preview: Preview, host: str, port: int) -> None:
        """Serve what `preview` builds; nothing is bound before `serve`."""
        self.preview = preview
        super().__init__(self.rebuild, host, port, root="")
        self.build_delay = SETTLED
        self.observer = _Changes()
        self.host = host
        for path in preview.sources:
            self.watch(str(path))

    def server_activate(self) -> None:
        """Start to listen, and print the address."""
        super().server_activate()
        host = f"[{self.host}]" if ":" in self.host else self.host
        self.url = f"http://{host}:{self.server_port}/"
        click.echo(f"the site is at {self.url} - Ctrl-C ends the preview", err=True)

    def rebuild(self) -> None:
        """Build again, and watch content and templates where the settings now have them."""
        before = self.preview.sources
        self.preview.build()
        for path in self.preview.sources - before:
            self.watch(str(path))
        for path in before - self.preview.sources:
            self.unwatch(str(path))

    def serve_request(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request; an HTML page starts with the problems, if there are any.

        A page elsewhere may lead a browser here under a name of its own, or include what is here:
        what it asks for under another name is refused, and no browser gives it the rest.
        """
        for name in (environ.get("HTTP_HOST", ""), _origin_host(environ)):
            if name is not None and not self.is_own_name(name):
                return self._refusal(name, start_response)
        start_response = partial(_with_headers, start_response)
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        if path.startswith("/livereload/"):
            return super().serve_request(environ, start_response)
        with self._epoch_cond:  # wait for a build that is running
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            epoch = self._visible_epoch
        name = posixpath.normpath(path + "index.html" if path.endswith("/") else path).lstrip("/")
        page = self.preview.page(name)
        content, name = (self._missing(), "404.html") if page is None else (page, name)
        if name.endswith(".html") and self.preview.problems and self.preview.built:
            content = _with_banner(content, self.preview.problems)
        if name.endswith(".html") and page is not None:
            content = self._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        kind = str(self._guess_type(name))  # type: ignore[no-untyped-call]
        headers = [("Content-Type", kind), ("Content-Length", str(len(content)))]
        start_response("404 Not Found" if page is None else "200 OK", headers)
        return [content]

    def is_own_name(self, host: str) -> bool:
        """Tell whether a `Host` names this preview; with any port, since a port may be forwarded.

        Served on every network, it has every address in numbers: no name server can point one of
        these elsewhere.
        """
        parts = _HOST.fullmatch(host.lower())
        name = (parts["six"] or parts["name"].rstrip(".")) if parts else ""
        if name in self.names:
            return True
        return self.host in EVERYWHERE and _is_address(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that this preview answers to."""
        if self.host not in EVERYWHERE:
            return tuple(dict.fromkeys((*LOOPBACK, self.host.lower())))
        machine = socket.gethostname().lower()
        return (*LOOPBACK, machine, f"{machine.partition('.')[0]}.local")

    def _refusal(self, name: str, start_response: StartResponse) -> list[bytes]:
        words = {"name": f"'{name[:80]}'", "names": ", ".join(self.names), "url": self.url}
        content = _REFUSED.format_map(words).encode(errors="replace")
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(content))),
            _ONLY_OURS,
        ]
        start_response("403 Forbidden", headers)
        return [content]

    def _missing(self) -> bytes:
        """Return the page for an unknown address: the problems, or the site's 404 page."""
        if not self.preview.built:
            return _with_problems(_PAGE, self.preview.problems)
        return self.preview.page("404.html") or b"404 Not Found"


def _origin_host(environ: WSGIEnvironment) -> str | None:
    """Return the host of the page that asks, None where the browser does not say.

    `null` is the origin of a page that has none, such as one in a sandbox.
    """
    origin: str | None = environ.get("HTTP_ORIGIN")
    return None if origin is None else origin.partition("://")[2]


def _with_headers(
    start_response: StartResponse, status: str, headers: list[tuple[str, str]]
) -> Callable[[bytes], object]:
    """Start an answer that no page elsewhere may include."""
    return start_response(status, [*headers, _ONLY_OURS])


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def serve(  # noqa: PLR0913 - the options of the command
    site_file: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    internal: bool = False,
    as_of: str = "",
    open_browser: bool = False,
    core: Callable[[Site, BuildOptions], Assembly] = assemble,
) -> int:
    """Preview the site until Ctrl-C; return the exit code, 2 if the address cannot be used.

    `core` turns the settings into documents.
    """
    with _quiet():
        preview = Preview(
            site_file=site_file.absolute(),
            options=BuildOptions(internal=internal, as_of=as_of, csp=False, session=Session()),
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
    """Keep MkDocs from logging each request, but not an error."""
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _with_banner(page: bytes, problems: Sequence[Problem]) -> bytes:
    """Return the page with the problems at the start of its body."""
    body = _BODY.search(page)
    at = body.end() if body else 0
    return page[:at] + _with_problems(_BANNER, problems) + page[at:]


def _with_problems(template: str, problems: Sequence[Problem]) -> bytes:
    items = [_item(problem) for problem in problems[:_MOST_SHOWN]]
    if len(problems) > _MOST_SHOWN:
        items.append(f"<li>and {len(problems) - _MOST_SHOWN} more, in the terminal</li>")
    return template.format(count=problem_count(problems), items="\n".join(items)).encode()


def _item(problem: Problem) -> str:
    where = html.escape(f"{problem.path}:{problem.line}")
    hint = f"<br>{html.escape(problem.hint)}" if problem.hint else ""
    return f"<li><code>{where}</code>: {html.escape(problem.message)}{hint}</li>"
