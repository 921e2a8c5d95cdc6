"""`Page`, of which a template makes a document, and `SiteContext`, which page kinds read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from generator.base.site import Site
from generator.exports.data_file import DataFile
from generator.exports.formats import data_files
from generator.library import address
from generator.library.library import Library
from generator.library.questions import digest
from generator.pages.pieces import Piece

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    View = DataclassInstance | Mapping[str, Any]

Contents = list[tuple[str, str, tuple[()]]]
"""The table of contents of a page: the anchor and the title of each part, nothing below them."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """A view that is made when its page is rendered, perhaps in a worker process.

    `view` is called with the context and with what is `given`: plain values, which tell this page
    from others of its kind. The fields of the dataclass that it returns become the variables of the
    template, each under its own name; a mapping holds them already.
    """

    view: Callable[..., View]
    ctx: SiteContext
    given: tuple[object, ...] = ()

    def __call__(self) -> Mapping[str, Any]:
        """Return the variables of the template by name."""
        values = self.view(self.ctx, *self.given)
        if isinstance(values, Mapping):
            return values
        return {field.name: getattr(values, field.name) for field in fields(values)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page before it is rendered: its path in the site, its template, and the template's values.

    `context` is called when the page is rendered, perhaps in a worker process, and not before.
    `above` are the pages over it, the nearest last; `language` is set where the page is not in the
    site's own; `listed` is false for a page that no list of pages should name. Where there is a
    `head`, it returns title, description and language, when the page is rendered.
    """

    path: str
    title: str
    template: str
    context: Deferred
    description: str = ""
    above: tuple[Piece, ...] = ()
    language: str = ""
    listed: bool = True
    head: Callable[[], Mapping[str, Any]] | None = None

    def completed(self) -> Page:
        """Return the page with what `head` knows of it: its title, perhaps more."""
        return replace(self, head=None, **self.head()) if self.head else self

    @property
    def identity(self) -> bytes:
        """A digest of all that the page holds before anything is asked for it."""
        head = (self.title, self.template, self.description, self.above, self.language)
        return digest((*head, self.context.given))


def deferred_view(view: Callable[..., View], ctx: SiteContext, *given: object) -> Deferred:
    """Defer `view(ctx, *given)` until the page is rendered, perhaps in a worker process."""
    return Deferred(view, ctx, given)


_UNITS = ((10**9, "GB", 1), (10**6, "MB", 1), (10**3, "KB", 0))
"""Units of size in bytes, largest first, and how many decimals a size has in each."""


@dataclass(frozen=True, slots=True)
class Download:
    """A data file of the site: its description, its rows if it has any, its size in bytes.

    The size is None where the file is not in the copy that the page is for.
    """

    path: str
    what: str
    rows: int | None
    size: int | None

    @property
    def name(self) -> str:
        """Return the name of the file, without its folder."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class CopyFile:
    """The copy of the site to take along: its name without the ending, its size in bytes.

    The size is None on the page that is in the copy.
    """

    name: str
    size: int | None = None

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return f"{self.name}.zip"

    @property
    def path(self) -> str:
        """Return the path of the file in the site."""
        return f"{address.DOWNLOAD.rpartition('/')[0]}/{self.file}"


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What every page kind reads: the library, and the settings.

    `copy` is the copy of the site to take along, None where there is none.
    """

    library: Library
    site: Site
    downloads: tuple[Download, ...] = ()
    copy: CopyFile | None = None

    def files(self) -> Iterator[DataFile]:
        """Yield the data files of the site, each made when it is asked for: some are large."""
        return data_files(self.library, self.site)
