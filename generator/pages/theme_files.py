"""The files of a theme: where templates are, and what lies beside them for pages to load."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rjsmin import jsmin

from generator.base.document import Document


def template_folder(templates_dir: Path | None) -> Path:
    """Return the folder of templates: the site's own, the packaged ones, or the repository's."""
    package = Path(__file__).parents[1]
    packaged = package / "templates"
    return templates_dir or (packaged if packaged.is_dir() else package.parent / "templates")


def packaged_model_folder() -> Path:
    """Return the folder that holds casebook's own model and its vocabularies."""
    package = Path(__file__).parents[1]
    packaged = package / "starter"
    return packaged if packaged.is_dir() else package.parent / "content"


def assets(templates_dir: Path | None) -> Iterator[Document]:
    """Yield the files beside the templates, such as the styles, that pages load.

    Scripts are without what only people read.
    """
    folder = template_folder(templates_dir) / "assets"
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            content = file.read_bytes()
            lean = _lean(content) if file.suffix == ".js" else content
            yield Document(f"assets/{file.relative_to(folder).as_posix()}", lean)


@cache
def _lean(script: bytes) -> bytes:
    """Return a script without comments and room; names and the order of things stay."""
    return bytes(jsmin(script))


def stray_assets(templates_dir: Path | None) -> Iterator[Path]:
    """Yield those files beside a site's own templates that are links to somewhere else."""
    folder = template_folder(templates_dir)
    for file in sorted((folder / "assets").rglob("*")) if templates_dir else ():
        if file.is_file() and not file.resolve().is_relative_to(folder.resolve()):
            yield file


def template_sources(templates_dir: Path | None) -> Iterator[bytes]:
    """Yield the texts of all templates."""
    folder = template_folder(templates_dir)
    return (file.read_bytes() for file in sorted(folder.rglob("*.html")))
