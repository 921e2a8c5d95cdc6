"""The way from a `Site` to its documents: check, make pages, divide them into batches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property, partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from generator.base.document import Batch, Document, FileStore, PageBody, SiteCopy, StoredFile
from generator.base.problem import Problem, errors
from generator.base.site import Site
from generator.build.build_options import DEFAULTS, BuildOptions
from generator.build.check import CheckResult, check_site
from generator.build.data_files import data_batch
from generator.build.reasons import MODEL, SETTINGS, SHELL, TEMPLATES
from generator.build.recall import MadeBuild, Recall, look_at_inputs, recall
from generator.build.remake import (
    PAGES_PER_BATCH,
    Plan,
    linked_batches,
    page_batches,
    plan,
)
from generator.build.search_files import search_batches
from generator.build.touched import check_touched, remember_check
from generator.library import address
from generator.library.library import Library
from generator.library.links import MEDIA
from generator.library.questions import Answers
from generator.media.check_pictures import picture_documents
from generator.media.kept_pictures import KeptPictures
from generator.pages import search_index
from generator.pages.download import copy_file, site_copy
from generator.pages.page import Page, SiteContext
from generator.pages.page_data import FOLDER as PAGE_DATA_FOLDER
from generator.pages.page_kinds import pages
from generator.pages.render import Renderer
from generator.pages.shell import shell
from generator.pages.sitemap import feed_and_sitemap
from generator.pages.theme_files import assets, template_folder, template_sources
from generator.store.record_cache import configuration_digest
from generator.store.signing import SIZE, load_key


@dataclass(slots=True)
class Remade:
    """Of one kind of page how many there are and how many are made again, with their reasons.

    A reason is what has changed; a page has several if it asked several, the causes first.
    """

    pages: int = 0
    again: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def count(self, reasons: Iterable[str]) -> None:
        """Count a page; one without a reason is as it was."""
        self.pages += 1
        self.again += bool(reasons)
        self.reasons.update(reasons)


def _forgetting(_names: Mapping[str, str], _notes: Iterable[object]) -> None:
    """Remember nothing of a build."""


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """The documents of a site in batches, none where an error stands among the problems.

    `cases`, `examples` and `pages` are numbers. `misconfigured` tells that no record is to blame
    for the problems. `remade` says by kind of page what is made again, and why. Whoever
    writes the documents hands their names in `store`, and the notes of all batches, to `remember`.
    `copy` is the copy of the site to take along; None where none is wanted, or it is among the
    files of the last build.
    """

    problems: tuple[Problem, ...]
    batches: tuple[Batch, ...] = ()
    bodies: tuple[PageBody, ...] = ()
    cases: int = 0
    examples: int = 0
    pages: int = 0
    misconfigured: bool = False
    remade: Mapping[str, Remade] = field(default_factory=dict)
    store: FileStore | None = None
    copy: SiteCopy | None = None
    remember: Callable[[Mapping[str, str], Iterable[object]], None] = _forgetting

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Return all documents, made now."""
        return tuple(chain.from_iterable(self.batches))


def assemble(site: Site, options: BuildOptions = DEFAULTS) -> Assembly:
    """Return everything that a build writes, or the problems that prevent it.

    An incremental build whose inputs are those of the last one makes nothing. Any other makes the
    pages that asked a question whose answer has changed. Nothing is remembered of a build with
    internal records.
    """
    recalled = recall(site, options)
    if recalled and recalled.is_current:
        return _as_before(recalled)
    checked = _checked(site, options, recalled)
    if checked.library is None or errors(checked.problems):
        return Assembly(problems=checked.problems, misconfigured=checked.misconfigured)
    return _assembly(site, options, checked, checked.library, recalled)


def _checked(site: Site, options: BuildOptions, recalled: Recall | None) -> CheckResult:
    """Return the result of the check, by the short way where it can be taken."""
    session = options.session
    inputs = recalled.inputs if recalled else None
    last = recalled.last_check() if recalled else None
    if session:
        inputs, last = look_at_inputs(site, options, session.files), session.last
    checked = check_touched(site, options, last, inputs) if last and inputs else None
    if checked is None:
        rows = last.rows if last else {}
        known = inputs.unchanged & rows.keys() if inputs else set()
        checked = check_site(site, options, rows={path: rows[path] for path in known})
    if session:
        remember_check(session, checked, inputs)
    return checked


def _as_before(recalled: Recall) -> Assembly:
    """Return the last build, all files of which are there."""
    last, memory = recalled.last, recalled.memory
    return Assembly(
        problems=last.problems,
        batches=tuple(linked_batches(memory.store.folder, last.names)),
        cases=last.cases,
        examples=last.examples,
        pages=last.number,
        store=memory.store,
        remember=lambda names, _notes: memory.keep_files(frozenset(names.values())),
    )


def _assembly(
    site: Site,
    options: BuildOptions,
    checked: CheckResult,
    library: Library,
    recalled: Recall | None,
) -> Assembly:
    """Return the assembly of a library without errors."""
    options.progress("relating records:", len(library.ids))
    copy = copy_file(library, site, internal=options.internal) if options.zip else None
    ctx = SiteContext(library, site, copy=copy if site.plain else None)
    site_pages = list(pages(ctx))
    around = shell(ctx, internal=options.internal)
    renderer = Renderer(
        template_folder(site.templates),
        around,
        csp=options.csp,
        plain=site.plain,
        locale=library.locale,
    )
    drawn = [page for page in site_pages if page.path not in _APART] if site.plain else []
    kept = Plan()
    if recalled:
        options.progress("comparing answers:", len(drawn))
        settings = _settings(site, options, checked, around)
        kept = plan(library, drawn, recalled.last, recalled.believed, settings, checked.touched)
    if options.incremental:
        options.await_templates()
        if common := _common_templates(drawn, kept):
            renderer.prepare(common)
    options.progress("making pages:", len(drawn) - len(kept.pages))
    build = MadeBuild(
        checked=checked,
        pages=drawn,
        kept=kept,
        taken=library.recorder.take() if recalled else Answers(),
        cases=library.number_counted,
        examples=len(library.examples),
        number=len(site_pages),
    )
    return Assembly(
        problems=checked.problems,
        batches=tuple(_batches(ctx, site_pages, renderer, build, recalled)),
        bodies=() if site.plain else tuple(map(renderer.body, site_pages)),
        cases=build.cases,
        examples=build.examples,
        pages=build.number,
        remade=_remade(drawn, kept) if recalled else {},
        store=recalled.memory.store if recalled else None,
        copy=_site_copy(ctx, renderer, kept, recalled),
        remember=partial(recalled.remember, build) if recalled else _forgetting,
    )


_APART = {address.DATA, address.DOWNLOAD}
"""Pages that print the sizes of files, so they are made with these."""


def _site_copy(
    ctx: SiteContext, renderer: Renderer, kept: Plan, recalled: Recall | None
) -> SiteCopy | None:
    """Return how the copy to take along is made, if one is wanted."""
    stored, names = None, dict[str, str]()
    if ctx.copy and recalled and kept.same_settings and ctx.copy.path in kept.copies:
        stored = StoredFile(recalled.memory.store.folder / kept.copies[ctx.copy.path])
        own = {ctx.copy.path, address.DOWNLOAD}
        names = {path: name for path, name in recalled.last.names.items() if path not in own}
    return site_copy(ctx, renderer, stored, names, lambda file: file.stat().st_size)


def _common_templates(drawn: Iterable[Page], kept: Plan) -> list[str]:
    """Return the templates of several batches; the one worker that needs another compiles it."""
    again = Counter(page.template for page in drawn if page.path not in kept.pages)
    return [name for name, number in again.items() if number > PAGES_PER_BATCH]


def _batches(
    ctx: SiteContext,
    site_pages: Sequence[Page],
    renderer: Renderer,
    build: MadeBuild,
    recalled: Recall | None,
) -> Iterator[Batch]:
    """Yield everything that is written, the slowest first."""
    library, kept = ctx.library, build.kept
    folder = recalled.memory.store.folder if recalled else None
    yield data_batch(ctx, renderer, kept, folder)
    yield from search_batches(ctx, kept, recalled) if ctx.site.plain else ()
    yield from page_batches(library, build.pages, renderer, kept, folder)
    feeds = partial(feed_and_sitemap, ctx, site_pages)
    yield Batch("feed and sitemap", ("feed.xml", "sitemap.xml"), feeds)
    known = folder if build.checked.touched else None
    yield from _copies(ctx.site, library, kept, known, remembering=recalled is not None)


def _remade(drawn: Iterable[Page], kept: Plan) -> Mapping[str, Remade]:
    remade: dict[str, Remade] = defaultdict(Remade)
    for page in drawn:
        remade[page.template].count(kept.reasons.get(page.path, ()))
    return remade


def _settings(
    site: Site, options: BuildOptions, checked: CheckResult, around: Mapping[str, object]
) -> dict[str, str]:
    """Return the digests of what every page depends on, each by the reason that it stands for."""
    own = {"root", "content", "templates", "output", "cache"}
    settings = {name: value for name, value in asdict(site).items() if name not in own}
    model = configuration_digest(checked.model, {}) if checked.model else ""
    secret = load_key() or bytes(SIZE)  # a vocabulary may hold names that no page shows
    sources = [blake2b(source).hexdigest() for source in template_sources(site.templates)]
    parts = {
        MODEL: model,
        SETTINGS: [site.content_path, settings, options.csp],
        TEMPLATES: sources,
        SHELL: around,
    }
    return {
        reason: blake2b(repr(part).encode(), key=secret, digest_size=32).hexdigest()
        for reason, part in parts.items()
    }


def _copies(
    site: Site, library: Library, kept: Plan, store: Path | None, *, remembering: bool
) -> Iterator[Batch]:
    """Yield what is copied: the files beside the templates, and pictures.

    With a store they are linked to those of the last build.
    """
    media = f"{MEDIA}/"
    if store:
        folders = ("assets/", media)
        apart = (PAGE_DATA_FOLDER, search_index.FOLDER)
        names = {
            path: name
            for path, name in kept.copies.items()
            if path.startswith(folders) and not path.startswith(apart)
        }
        yield from linked_batches(store, names)
        return

    secret = load_key() if remembering else None
    kept_pictures = KeptPictures(site.cache, secret) if secret else None

    def picture_files() -> Iterator[Document]:
        # Looked for when the first is asked for: a preview would resolve the links of all texts.
        return picture_documents(site.content, library.pictures(), kept_pictures)

    styles = tuple(document.path for document in assets(site.templates))
    yield Batch("styles and scripts", styles, partial(assets, site.templates))
    yield Batch("pictures", (media,), picture_files)
