"""What is read from the content folder: the record model, the cases, the plain pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from generator.base.names import file_key, slug
from generator.base.problem import Problem, errors
from generator.base.site import Site
from generator.build.build_options import DEFAULTS, BuildOptions
from generator.build.parse_cases import CaseParser, Read
from generator.model import load_model, vocabulary
from generator.model.declaration import ProblemCollector
from generator.model.organisation import Organisation
from generator.model.record import Model
from generator.model.vocabulary import Vocabulary
from generator.pages.theme_files import packaged_model_folder
from generator.records.case import Case
from generator.records.case_files import case_files, path_from_root
from generator.records.plain_page import PlainPage, plain_page
from generator.records.read_file import read_file
from generator.store.record_cache import RecordCache
from generator.store.whole_cases import WholeCases
from generator.yaml_nodes import Node


def load_site_model(site: Site) -> tuple[Model | None, tuple[Problem, ...]]:
    """Return the record model with its vocabularies, or None and why."""
    folder, root = model_folder(site)
    files = [folder / site.model, *sorted((folder / site.vocabulary).glob("*.yml"))]
    return _load_model(
        tuple((file, read_file(root, file, within=folder)) for file in files), folder, root, site
    )


@lru_cache(maxsize=1)  # a preview asks again and again
def _load_model(
    texts: tuple[tuple[Path, Read], ...], folder: Path, root: Path, site: Site
) -> tuple[Model | None, tuple[Problem, ...]]:
    file, text = texts[0]
    organisation = Organisation(site.organisation, site.language)
    text_of = dict(texts)
    node, yaml_problems = _node(text, organisation)
    problems = list(yaml_problems)
    collector = ProblemCollector(path_from_root(root, file))
    if node is None:
        return None, tuple(problems)
    vocabularies: dict[str, Vocabulary] = {}
    for name_ in load_model.vocabularies_named(node):
        file = folder / site.vocabulary / f"{PurePosixPath(name_).name}.yml"
        terms_text = text_of.get(file) or read_file(root, file, within=folder)
        terms_node, yaml_problems = _node(terms_text, organisation)
        problems += yaml_problems
        if terms_node is not None:
            own = ProblemCollector(path_from_root(root, file))
            vocabularies[name_] = vocabulary.load_vocabulary(
                name_, terms_node, own.path, site.languages, own
            )
            problems += own.problems
    model = load_model.load_model(node, vocabularies, collector, organisation)
    problems += collector.problems
    return (None if errors(problems) else model), tuple(problems)


def model_folder(site: Site) -> tuple[Path, Path]:
    """Return the folder that holds the model, and the one that paths in problems start from.

    Content without a model of its own gets the packaged one.
    """
    own = (site.content / site.model).exists() or site.model != "record.yml"
    packaged = packaged_model_folder()
    return (site.content, site.root) if own else (packaged, packaged.parent)


def _node(text: Read, organisation: Organisation) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the node of a file, None if it cannot be read, and the problems found."""
    source, problems = text
    if source is None:
        return None, problems
    node, more = load_model.declared_node(source.text, source.path, organisation)
    return node, (*problems, *more)


@dataclass(frozen=True, slots=True)
class LoadedContent:
    """The outlines of cases and the plain pages that could be read, and the problems of all files.

    `unparsed_ids` are the ids of files that hold no case as they are: links to them are no mistake.
    `rows` are the keys of the cached rows of case files. `whole` adds its words to an outline.
    """

    outlines: tuple[Case, ...]
    unparsed_ids: frozenset[str]
    pages: tuple[PlainPage, ...]
    problems: tuple[Problem, ...]
    rows: Mapping[str, str]
    whole: WholeCases


def load_content(  # noqa: PLR0913, PLR0917 - most of them are options
    site: Site,
    model: Model,
    cache: RecordCache,
    extra: Sequence[Path] = (),
    options: BuildOptions = DEFAULTS,
    rows: Mapping[str, str] = MappingProxyType({}),
) -> LoadedContent:
    """Return all cases and plain pages; `extra` names case files outside the content folder.

    `rows` are the keys of the cached rows of files that are known to be unchanged.
    """
    files, problems = case_files(site.root, site.content, model.folder)
    options.progress("reading records:", len(files) + len(extra))
    outside = frozenset(extra)

    def read(file: Path) -> Read:
        return read_file(site.root, file, within=file.parent if file in outside else site.content)

    all_problems = list(problems)
    unparsed_ids: set[str] = set()
    outlines: list[Case] = []
    keys: dict[str, str] = {}
    parser = case_parser(site, model, cache)
    whole = WholeCases(cache, lambda path, key: parser.parse_again(read(site.root / path)[0], key))
    every = (*files, *extra)
    known = {file: rows[str(file)] for file in every if str(file) in rows}
    for file, parsed in zip(every, parser.parse_files(every, read, known), strict=True):
        all_problems += parsed.problems
        if parsed.key and not parsed.whole:
            keys[str(file)] = parsed.key
        if parsed.outline:
            outlines.append(parsed.outline)
            whole.add(parsed.outline.path, parsed.key, parsed.whole)
        else:
            unparsed_ids.add(parsed.id or slug(file.stem))
    pages, page_problems = _plain_pages(site, model)
    return LoadedContent(
        tuple(outlines),
        frozenset(unparsed_ids),
        pages,
        (*all_problems, *page_problems),
        keys,
        whole,
    )


def case_parser(site: Site, model: Model, cache: RecordCache) -> CaseParser:
    """Return what parses the case files of a site."""
    return CaseParser(model, {"visibility": site.default_visibility}, cache, site.markdown)


def _plain_pages(site: Site, model: Model) -> tuple[tuple[PlainPage, ...], tuple[Problem, ...]]:
    """Return the Markdown files of the content folder that are no cases, and their problems."""
    files, problems = case_files(site.root, site.content, "")
    case_folder = site.content / model.folder
    cases = f"{site.content_path}/{model.folder}/"
    plain = [file for file in files if case_folder not in file.parents]
    pages, page_problems = load_plain_pages(site, plain)
    every = (*problems, *page_problems)
    return pages, tuple(p for p in every if not p.path.startswith(cases))


def load_plain_pages(
    site: Site, files: Iterable[Path]
) -> tuple[tuple[PlainPage, ...], tuple[Problem, ...]]:
    """Return the plain pages in some files, and their problems."""
    all_problems: list[Problem] = []
    page_of: dict[str, PlainPage] = {}
    for file in files:
        source, file_problems = read_file(site.root, file, within=site.content)
        all_problems += file_problems
        if source is None:
            continue
        page, page_problems = plain_page(source, site.content_path, site.markdown)
        all_problems += page_problems
        if page and (other := page_of.setdefault(file_key(page.name), page)) is not page:
            message = f"this file and {other.path} would both be the page {page.name}.html"
            all_problems.append(
                Problem(path=page.path, code="same-name", message=message, hint="rename one")
            )
    return tuple(page_of.values()), tuple(all_problems)
