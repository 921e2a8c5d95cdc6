"""Checks of the configuration and of plain pages against the library and its site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import yaml_nodes
from generator.analysis.comparison import has_comparison
from generator.analysis.findings import conditions_of
from generator.analysis.meetings import meeting_answers
from generator.analysis.qca.analysis import MOST_CONDITIONS
from generator.analysis.successes import has_successes
from generator.base.position import Position
from generator.base.problem import Problem
from generator.base.site import FindingSetting, Site
from generator.exports.feed import newest_records
from generator.library import address, links
from generator.library.library import Library
from generator.model.declaration import ProblemCollector, suggestion
from generator.model.record import Facet, Model


def wrong_settings(site: Site, model: Model) -> tuple[Problem, ...]:
    """Return a problem for each setting that names what the model does not have."""
    return unknown_facets(site, model.facets) or wrong_findings(site, model)


def unknown_facets(site: Site, facets: Mapping[str, Facet]) -> tuple[Problem, ...]:
    """Return a problem for each facet that the configuration names and the model does not have."""
    former = {old: name for name, facet in facets.items() for old in facet.former_names}
    written = [("begin", name, name) for name in site.begin]
    written += [("matrices", name, " by ".join(pair)) for pair in site.matrices for name in pair]
    written += [
        ("findings", name, _as_typed(setting))
        for setting in site.findings
        for name in (setting.facet, *setting.conditions)
    ]
    mistakes = [
        _Mistake(
            typed=typed,
            code="unknown-facet",
            message=f"'{name}' in '{setting}' is not a facet",
            hint=suggestion(former.get(name, name), facets, f"the facets are {', '.join(facets)}"),
        )
        for setting, name, typed in written
        if name not in facets
    ]
    return _problems(site, mistakes)


def wrong_findings(site: Site, model: Model) -> tuple[Problem, ...]:
    """Return a problem for each finding whose terms or conditions cannot be compared.

    Its facets are those of the model: see `unknown_facets`.
    """
    mistakes = []
    for setting in site.findings:
        facet = model.facets[setting.facet]
        terms = model.vocabulary_of(facet).terms
        unknown = [term for term in setting.terms if term not in terms]
        number = len(conditions_of(model, setting.conditions))
        typed = _as_typed(setting)
        mistakes += [
            _Mistake(
                typed=typed,
                code="unknown-term",
                message=f"'{term}' in 'findings' is no term of '{facet.name}'",
                hint=suggestion(term, terms, f"the terms are in {model.vocabulary_of(facet).path}"),
            )
            for term in unknown
        ]
        if facet.name in setting.conditions or number > MOST_CONDITIONS:
            mistakes.append(
                _Mistake(
                    typed=typed,
                    code="findings",
                    message=f"'{typed}' in 'findings' has {number} conditions"
                    if number > MOST_CONDITIONS
                    else f"'{facet.name}' in 'findings' is outcome and condition",
                    hint=f"name facets with at most {MOST_CONDITIONS} families in all"
                    if number > MOST_CONDITIONS
                    else "name other facets after 'by'",
                )
            )
    return _problems(site, mistakes)


def _as_typed(setting: FindingSetting) -> str:
    terms, conditions = ", ".join(setting.terms), ", ".join(setting.conditions)
    return f"{setting.facet}={terms} by {conditions}"


def dead_menu_entries(site: Site, library: Library) -> tuple[Problem, ...]:
    """Return a problem for each entry of the menu that leads to no page."""
    if not site.navigation:
        return ()
    paths = [*_paths_of_pages(library), *_matrix_paths(site, library), *_across_paths(library)]
    known = dict.fromkeys(paths)
    mistakes = [
        _Mistake(
            typed=path,
            code="dead-menu-entry",
            message=f"the menu leads to '{path}', and the site has no such page",
            hint=suggestion(path, known, "write the path of a page, such as cases/index.html"),
        )
        for _, path in site.navigation
        if "://" not in path and path.partition("#")[0] not in known
    ]
    return _problems(site, mistakes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mistake:
    """A value in the configuration that means nothing here, as it was typed."""

    typed: str
    code: str
    message: str
    hint: str


def _problems(site: Site, mistakes: Sequence[_Mistake]) -> tuple[Problem, ...]:
    """Return the mistakes as problems at their positions, for which the file is read once more."""
    collector = ProblemCollector(site.path)
    positions = _value_positions(site) if mistakes else {}
    for mistake in mistakes:
        position = positions.get(mistake.typed, Position(1, 1))
        collector.add(position, mistake.code, mistake.message, mistake.hint)
    return tuple(collector.problems)


def _value_positions(site: Site) -> dict[str, Position]:
    """Return the position of each value in the configuration file, the first of equal ones."""
    file = site.root / site.path
    text = file.read_text("utf-8-sig") if file.is_file() else ""
    node = yaml_nodes.compose(text, path=site.path, tags=True).node
    positions: dict[str, Position] = {}
    waiting = [node] if node else []
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, yaml_nodes.Scalar):
            positions.setdefault(node.value, node.position)
        elif isinstance(node, yaml_nodes.Sequence):
            waiting += node.items
        else:
            waiting += [part for pair in node.pairs for part in pair]
    return positions


def _paths_of_pages(library: Library) -> list[str]:
    """Return the paths of the pages that a menu may name, but for those across all records."""
    facets = library.model.facets.values()
    paths = [address.HOME, address.CONTRIBUTE, address.GLOSSARY, address.DATA, address.STYLE]
    paths += [address.MY_CASES, address.WRITE, address.WRITE_SHOP]
    paths += [address.cases(library), *(address.facet(facet) for facet in facets)]
    paths += [f"{name}.html" for name in library.page_names]
    paths += [address.case(library, id_) for id_ in library.ids]
    paths += [
        address.term(library, facet, id_)
        for facet in facets
        for id_ in library.model.vocabulary_of(facet).terms
        if library.named(facet.name, id_)
    ]
    return paths


def _matrix_paths(site: Site, library: Library) -> list[str]:
    """Return the paths of what the settings and the map of evidence ask for, where they do."""
    facets = library.model.facets
    paths = [address.matrix(facets[rows], facets[columns]) for rows, columns in site.matrices]
    paths += [address.COMPARE] if has_comparison(site, library) else []
    paths += [address.FINDINGS] if site.findings and library.counted else []
    return [*paths, address.EVIDENCE_MAP] if library.model.across.evidence_map else paths


def _across_paths(library: Library) -> list[str]:
    """Return the paths of the pages about all records together, of those that the site has."""
    across = library.model.across
    return [
        *([address.RESPONSES] if across.responses else []),
        address.LEARN,
        address.ABOUT,
        *([address.PREPARE] if across.meeting else []),
        *(address.meeting(library, id_) for id_ in meeting_answers(library)),
        *([address.CHALLENGES] if across.challenges else []),
        *([address.EFFORT] if across.effort else []),
        *([address.GAPS] if library.counted else []),
        *([address.SUCCESSES] if has_successes(library) else []),
        *([address.TIMELINE] if across.timeline else []),
        *([address.REPORT] if library.counted else []),
        *([address.NEWS] if newest_records(library) else []),
    ]


def taken_page_names(library: Library) -> Iterator[Problem]:
    """Yield a problem for each plain page whose path is that of a page of the site."""
    paths = {address.CONTRIBUTE, address.WRITE, address.WRITE_SHOP, address.GLOSSARY}
    paths |= {address.NOT_FOUND, address.FINDINGS}
    paths |= {address.EVIDENCE_MAP} if library.model.across.evidence_map else set()
    paths |= {address.FORMER_PLACES} if library.model.across.places else set()
    paths |= set(_across_paths(library))
    folders = {library.model.folder, "assets", "compare", "data", "download", "matrix"}
    folders |= {links.MEDIA}
    folders |= {"situations"} if library.model.across.situations else set()
    folders |= {"prepare"} if library.model.across.meeting else set()
    folders |= {address.TIMELINE.partition(".")[0]} if library.model.across.timeline else set()
    folders |= {facet.address for facet in library.model.facets.values()}
    for page in filter(None, map(library.page, library.page_names)):
        if f"{page.name}.html" in paths or page.name.partition("/")[0] in folders:
            yield Problem(
                path=page.path,
                code="page-taken",
                message=f"the site has a page {page.name}.html of its own",
                hint="rename the file",
            )
