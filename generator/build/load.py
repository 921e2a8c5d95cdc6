"""Owns what is read from the content folder: the model, the cases, the plain pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from generator import yaml_nodes
from generator.base.names import file_key, slug
from generator.base.problem import Problem, errors
from generator.base.site import Site
from generator.build.parse_cases import Read, parse_cases
from generator.build.record_cache import RecordCache
from generator.build.session import SessionFiles
from generator.model import load_model, vocabulary
from generator.model.declaration import ProblemCollector
from generator.model.record import Model
from generator.model.vocabulary import Vocabulary
from generator.records.case import Case
from generator.records.case_files import case_files, path_from_root
from generator.records.parse import Parsed
from generator.records.plain_page import PlainPage, plain_page
from generator.records.read_file import read_file


def load_site_model(site: Site) -> tuple[Model | None, tuple[Problem, ...]]:
    """Return the record model with its vocabularies, or None and why."""
    folder, root = model_folder(site)
    files = [folder / site.model, *sorted((folder / site.vocabulary).glob("*.yml"))]
    texts = tuple((file, read_file(root, file, within=folder)) for file in files)
    return _model(texts, root, site.model, site.vocabulary, site.languages)


@lru_cache(maxsize=1)  # a preview asks again and again
def _model(
    texts: tuple[tuple[Path, Read], ...],
    root: Path,
    name: str,
    vocabulary_folder: str,
    languages: tuple[str, ...],
) -> tuple[Model | None, tuple[Problem, ...]]:
    (file, text), folder = texts[0], texts[0][0].parents[len(PurePosixPath(name).parts) - 1]
    known = dict(texts)
    node, problems = _node(text)
    found = list(problems)
    findings = ProblemCollector(path_from_root(root, file))
    if node is None:
        return None, tuple(found)
    vocabularies: dict[str, Vocabulary] = {}
    for one in load_model.vocabularies_named(node):
        file = folder / vocabulary_folder / f"{PurePosixPath(one).name}.yml"
        about, problems = _node(known.get(file) or read_file(root, file, within=folder))
        found += problems
        if about is not None:
            terms = ProblemCollector(path_from_root(root, file))
            vocabularies[one] = vocabulary.load_vocabulary(one, about, terms.path, languages, terms)
            found += terms.problems
    made = load_model.load_model(node, vocabularies, findings)
    found += findings.problems
    return (None if errors(found) else made), tuple(found)


def model_folder(site: Site) -> tuple[Path, Path]:
    """Return the folder that holds the model, and the one that problems name files from.

    Content without a model of its own gets the packaged one.
    """
    own = (site.content / site.model).exists() or site.model != "record.yml"
    here = Path(__file__).parents[1]
    packaged = here / "starter" if (here / "starter").is_dir() else here.parent / "content"
    return (site.content, site.root) if own else (packaged, packaged.parent)


def _node(text: Read) -> tuple[yaml_nodes.Node | None, tuple[Problem, ...]]:
    source, problems = text
    if source is None:
        return None, problems
    composed = yaml_nodes.compose(source.text, path=source.path)
    if composed.node is None and not composed.problems:
        empty = Problem(path=source.path, code="empty-file", message="the file is empty")
        return None, (*problems, empty)
    return composed.node, (*problems, *composed.problems)


def _content(site: Site) -> str:
    return site.content.relative_to(site.root).as_posix()


@dataclass(frozen=True, slots=True)
class LoadedContent:
    """The cases and pages that could be read, and all that is wrong with them and with others.

    `unread` are the ids of files that hold no case as they stand: links to them are no mistake.
    """

    cases: tuple[Case, ...]
    unread: frozenset[str]
    pages: tuple[PlainPage, ...]
    problems: tuple[Problem, ...]


def load_content(  # noqa: PLR0913 - what `check` was given
    site: Site,
    made: Model,
    cache: RecordCache | None,
    extra: Sequence[Path] = (),
    *,
    tell: Callable[[str, int], None] = lambda _stage, _number: None,
    known: SessionFiles | None = None,
) -> LoadedContent:
    """Return all cases and plain pages; `extra` names case files that stand elsewhere.

    `tell` is called with what is begun and how many files it concerns. What is `known` of a file
    that has not changed is not worked out again.
    """
    files, problems = case_files(site.root, site.content, made.folder)
    tell("reading records:", len(files) + len(extra))
    found = list(problems)
    unread: set[str] = set()
    cases: list[Case] = []
    for file, parsed in _parsed(site, made, (files, extra), cache, known):
        found += parsed.problems
        if parsed.case:
            cases.append(parsed.case)
        else:
            unread.add(parsed.id or slug(file.stem))
    pages, wrong = _pages(site, made)
    return LoadedContent(tuple(cases), frozenset(unread), pages, (*found, *wrong))


def _parsed(
    site: Site,
    made: Model,
    files: tuple[Sequence[Path], Sequence[Path]],
    cache: RecordCache | None,
    known: SessionFiles | None,
) -> Iterator[tuple[Path, Parsed]]:
    """Yield each file with what came of it; `files` are the site's own, and those elsewhere."""
    own, others = files[0], frozenset(files[1])

    def text(file: Path) -> Read:
        return read_file(site.root, file, within=file.parent if file in others else site.content)

    before = known.begin(own, site, made) if known else {}
    under = known.under if known else ""
    defaults = {"visibility": site.default_visibility}
    every = (*own, *files[1])
    anew = [file for file in every if file not in before]
    fresh = parse_cases(anew, text, made, defaults, cache, under=under)
    for file in every:
        parsed = before.get(file)
        if parsed is None:
            parsed = next(fresh)
            if known:
                known.keep(file, replace(parsed, row=""))
        elif cache and parsed.key and parsed.case:
            cache.put(parsed.key, parsed.case, parsed.problems, "")
        yield file, parsed


def _pages(site: Site, made: Model) -> tuple[tuple[PlainPage, ...], tuple[Problem, ...]]:
    """Return the Markdown files of the content folder that are no cases."""
    files, problems = case_files(site.root, site.content, "")
    own = site.content / made.folder
    found, pages, content = list(problems), [], _content(site)
    named: dict[str, PlainPage] = {}
    for file in files:
        if own in file.parents:
            continue
        source, wrong = read_file(site.root, file, within=site.content)
        found += wrong
        if source:
            page, wrong = plain_page(source, content)
            found += wrong
            if page and (other := named.setdefault(file_key(page.name), page)) is not page:
                message = f"this file and {other.path} would both be the page {page.name}.html"
                found.append(
                    Problem(path=page.path, code="same-name", message=message, hint="rename one")
                )
            elif page:
                pages.append(page)
    return tuple(pages), tuple(
        p for p in found if not p.path.startswith(f"{content}/{made.folder}/")
    )
