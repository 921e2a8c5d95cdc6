"""A core of one screen for the tests of the edges: each case is a title line and some text.

A line `broken` is an error, `doubtful` a warning, and `crash` a defect of the core.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

from generator.base.document import Batch, Document, PageBody
from generator.base.problem import Problem, Severity
from generator.base.site import Site
from generator.build.assemble import Assembly
from generator.build.build_options import DEFAULTS, BuildOptions
from generator.hosts.plugin import CasebookPlugin

STYLE = b"""\
/* ---- Values --- */
:root { --accent: rgb(9, 9, 9); --step: 1rem; }
/* ---- Page --- */
h1 { color: rgb(1, 2, 3); margin-block: var(--step); }
/* ---- Shell --- */
h1 { color: rgb(4, 5, 6); }
"""
_SEVERITIES = {"broken": Severity.ERROR, "doubtful": Severity.WARNING}


def assemble(site: Site, options: BuildOptions = DEFAULTS) -> Assembly:
    """Return a home page, a page for each case, and what stands beside pages."""
    cases = {path: path.read_text("utf-8") for path in sorted(site.content.glob("cases/*.md"))}
    bodies = [
        _body("index", site.name, f"internal {options.internal}, as of {options.as_of or None}")
    ]
    bodies += [_body(f"cases/{path.stem}", *text.split("\n", 1)) for path, text in cases.items()]
    documents = [
        Document("assets/casebook.css", STYLE),
        Document("data/blank.md", b"# Blank\n"),
        Document("data/library.json", b"[]\n"),
    ]
    if site.plain:
        documents += [Document("404.html", b"gone"), Document("sitemap.xml", b"<urlset/>")]
        documents += [Document(body.path, _page(body, csp=options.csp)) for body in bodies]
    problems = tuple(problem for path, text in cases.items() for problem in _problems(path, text))
    return Assembly(
        problems=problems,
        batches=(Batch("all", tuple(one.path for one in documents), lambda: documents),),
        bodies=() if site.plain else tuple(bodies),
        cases=len(cases),
        examples=0,
        pages=len(bodies),
    )


def _body(stem: str, title: str, text: str) -> PageBody:
    safe = f"<h1>{html.escape(title)}</h1>\n<p>{html.escape(text)}</p>"
    return PageBody(
        path=f"{stem}.html",
        language="en",
        direction="ltr",
        title=title,
        body=f'{safe}<h2 id="outcomes">What changed &amp; why</h2>',
        headings=((1, "top", title), (2, "outcomes", "What changed & why")),
        description=f'"{title}"',
    )


def _page(body: PageBody, *, csp: bool) -> bytes:
    policy = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'self'\">"
    head = f'<meta name="generator" content="casebook stub">{policy if csp else ""}'
    return f"<html><head>{head}</head><body>{body.body}</body></html>".encode()


def _problems(path: Path, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line == "crash":
            raise LookupError(line)
        if line in _SEVERITIES:
            yield Problem(
                path=f"content/cases/{path.name}",
                line=number,
                severity=_SEVERITIES[line],
                code="stub",
                message=f"'{line}' <b>is</b> not a word for a case",
                hint="take it out & go on",
            )


class StubPlugin(CasebookPlugin):  # type: ignore[no-untyped-call] # MkDocs left it untyped
    """The plugin with this core."""

    core = staticmethod(assemble)
