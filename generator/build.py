"""Owns the way from a `Site` to its documents: read, check, collect, make pages, render."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import address, links, pictures
from generator.between import between
from generator.cache import Cache
from generator.collect import collect
from generator.dates import spoken
from generator.document import Document
from generator.formats import DataFile, data_files
from generator.gather import gather, model
from generator.library import Library
from generator.links import Resolved
from generator.model.record import Facet
from generator.pages import Making, Page, pages
from generator.pages.page import Download
from generator.pictures import Wanted
from generator.problem import Problem, arranged, errors
from generator.render import Renderer, templates
from generator.site import Site
from generator.sitemap import sitemap

Progress = Callable[[str, int], None]
"""Called with the name of a stage and the number of things in it, as each stage begins."""


@dataclass(frozen=True, slots=True)
class PageBody:
    """A page without its shell, for another theme to draw: safe HTML under one class."""

    path: str
    title: str
    body: str
    headings: tuple[tuple[int, str, str], ...]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A library that was read, and all problems; `misconfigured` where no record is to blame."""

    library: Library | None = None
    resolved: Mapping[str, Resolved] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    misconfigured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """The documents of a site, none where an error stands among the problems."""

    problems: tuple[Problem, ...]
    documents: tuple[Document, ...] = ()
    bodies: tuple[PageBody, ...] = ()
    cases: int = 0
    examples: int = 0
    pages: int = 0
    misconfigured: bool = False


def check(
    site: Site,
    *,
    internal: bool = False,
    as_of: str | None = None,
    extra: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Checked:
    """Return the library of a site and all that is wrong with its content."""
    tell = progress or (lambda _stage, _number: None)
    made, problems = model(site)
    if made is None:
        return Checked(problems=arranged(problems), misconfigured=True)
    wrong = _misnamed(site, made.facets)
    if wrong:
        return Checked(problems=wrong, misconfigured=True)
    tell("reading", 0)
    with Cache(site.cache) as cache:
        found = gather(site, made, cache, extra)
    tell("checking", len(found.cases))
    problems = (*problems, *found.problems, *between(found.cases, made))
    library = collect(found.cases, found.pages, made, internal=internal, as_of=as_of or "")
    # Links are checked for every record, internal ones too, but only published ones are shown.
    whole = collect(found.cases, found.pages, made, internal=True)
    content = site.content.relative_to(site.root).as_posix()
    resolved = dict(links.each(library, content))
    everything = resolved if library.cases == whole.cases else dict(links.each(whole, content))
    problems += tuple(p for item in everything.values() for p in item.problems)
    problems += tuple(pictures.check(site.content, _wanted(everything, whole)))
    problems += tuple(_page_clashes(library))
    return Checked(library=library, resolved=resolved, problems=arranged(problems))


def _wanted(resolved: Mapping[str, Resolved], library: Library) -> Iterator[Wanted]:
    files = {address.case(library, case.id): case.path for case in library.cases.values()}
    files |= {f"{page.name}.html": page.path for page in library.pages.values()}
    for page, item in resolved.items():
        for target, link in item.pictures:
            yield Wanted(files[page], target, link)


def _misnamed(site: Site, facets: Mapping[str, Facet]) -> tuple[Problem, ...]:
    """Return a problem for each facet that the configuration names and the model has not."""
    return tuple(
        Problem(
            path=site.path,
            code="unknown-facet",
            message=f"'{name}' in 'begin' is not a facet",
            hint=f"the facets are {', '.join(facets)}",
        )
        for name in site.begin
        if name not in facets
    )


def _page_clashes(library: Library) -> Iterator[Problem]:
    """Yield a problem for each plain page that would stand where a page of the site stands."""
    own = {address.CONTRIBUTE, address.GLOSSARY, address.NOT_FOUND}
    folders = {library.model.folder, "assets", "data", links.MEDIA}
    folders |= {facet.address for facet in library.model.facets.values()}
    for page in library.pages.values():
        if f"{page.name}.html" in own or page.name.partition("/")[0] in folders:
            yield Problem(
                path=page.path,
                code="page-taken",
                message=f"the site has a page {page.name}.html of its own",
                hint="rename the file",
            )


def assemble(
    site: Site,
    *,
    internal: bool = False,
    as_of: str | None = None,
    csp: bool = True,
    progress: Progress | None = None,
) -> Assembly:
    """Return everything that a build writes, or what is in its way."""
    checked = check(site, internal=internal, as_of=as_of, progress=progress)
    library = checked.library
    if library is None or errors(checked.problems):
        return Assembly(problems=checked.problems, misconfigured=checked.misconfigured)
    tell = progress or (lambda _stage, _number: None)
    files = list(data_files(library, site))
    making = Making(library, site, checked.resolved, tuple(_download(file) for file in files))
    made = list(pages(making))
    tell("rendering", len(made))
    shell = _shell(library, site)
    renderer = Renderer(templates(site.templates), shell, csp=csp, plain=site.plain)
    rendered = [(page, renderer.document(page)) for page in made]
    documents = [
        *(document for _, document in rendered if site.plain),
        *(Document(file.path, file.content) for file in files),
        *_assets(site),
        *pictures.documents(site.content, _wanted(checked.resolved, library)),
        *(sitemap(made, site.url, library.as_of) if site.plain else ()),
    ]
    return Assembly(
        problems=checked.problems,
        documents=tuple(documents),
        bodies=tuple(_body(page, document) for page, document in rendered)
        if not site.plain
        else (),
        cases=len(library.counted),
        examples=len(library.examples),
        pages=len(made),
    )


def _body(page: Page, document: Document) -> PageBody:
    headings = page.context.get("contents", ())
    return PageBody(
        path=page.path,
        title=page.title,
        body=document.content.decode(),
        headings=tuple((2, item[0], item[1]) for item in headings),
        description=page.description,
    )


def _download(file: DataFile) -> Download:
    return Download(file.path, file.what, file.rows, len(file.content))


def _assets(site: Site) -> Iterator[Document]:
    folder = templates(site.templates) / "assets"
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            yield Document(f"assets/{file.relative_to(folder).as_posix()}", file.read_bytes())


def _shell(library: Library, site: Site) -> dict[str, Any]:
    """Return what the shell of every page shows."""
    model_ = library.model
    records = model_.plural[:1].upper() + model_.plural[1:]
    reference = [
        ("Data", address.DATA),
        ("How to contribute", address.CONTRIBUTE),
        ("Glossary", address.GLOSSARY),
    ]
    texts = [(p.title, f"{p.name}.html") for p in library.pages.values() if p.name != "index"]
    chosen = [(label or _titled(library, path), path) for label, path in site.navigation]
    facets = [model_.facets[name] for name in site.begin]
    begun = [(facet.label, address.facet(facet)) for facet in facets]
    usual = [(records, address.cases(library)), *begun, *reference[1:]]
    return {
        "name": site.name,
        "url": site.url,
        "language": site.language,
        "direction": "rtl" if site.language.partition("-")[0] in RIGHT_TO_LEFT else "ltr",
        "navigation": chosen or usual,
        "footer": [(records, address.cases(library)), *reference, *texts],
        "edition": spoken(library.as_of) if library.as_of else "",
        "as_of": library.as_of,
        "counted": len(library.counted),
        "examples": len(library.examples),
        "record": model_.name,
        "records": model_.plural,
        "licence": site.licence,
    }


def _titled(library: Library, path: str) -> str:
    page = library.pages.get(path.removesuffix(".html"))
    facets = {address.facet(facet): facet.label for facet in library.model.facets.values()}
    return page.title if page else facets.get(path, path)


RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages whose usual script runs from right to left."""
