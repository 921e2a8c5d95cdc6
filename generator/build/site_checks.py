"""Owns the checks of what the configuration and the plain pages say against the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import yaml_nodes
from generator.base.position import Position
from generator.base.problem import Problem
from generator.base.site import Site
from generator.exports.feed import newest_records
from generator.library import address, links
from generator.library.library import Library
from generator.model.declaration import ProblemCollector, suggestion
from generator.model.record import Facet

SettingPositions = Mapping[str, Position]
"""Where each word stands in the configuration."""

TOP = Position(1, 1)


def setting_positions(node: yaml_nodes.Node | None) -> dict[str, Position]:
    """Return where each value of a configuration stands, the first of equal ones."""
    found: dict[str, Position] = {}
    waiting = [node] if node else []
    while waiting:
        at = waiting.pop(0)
        if isinstance(at, yaml_nodes.Scalar):
            found.setdefault(at.value, at.position)
        elif isinstance(at, yaml_nodes.Sequence):
            waiting += at.items
        else:
            waiting += [part for pair in at.pairs for part in pair]
    return found


def unknown_facets(
    site: Site, facets: Mapping[str, Facet], at: SettingPositions
) -> tuple[Problem, ...]:
    """Return a problem for each facet that the configuration names and the model has not."""
    findings = ProblemCollector(site.path)
    for name in site.begin:
        if name not in facets:
            hint = suggestion(name, facets, f"the facets are {', '.join(facets)}")
            message = f"'{name}' in 'begin' is not a facet"
            findings.add(at.get(name, TOP), "unknown-facet", message, hint)
    for pair in site.matrices:
        for name in pair:
            if name not in facets:
                hint = suggestion(name, facets, f"the facets are {', '.join(facets)}")
                position = at.get(" by ".join(pair), TOP)
                findings.add(
                    position, "unknown-facet", f"'{name}' in 'matrices' is not a facet", hint
                )
    return tuple(findings.problems)


def dead_menu_entries(site: Site, library: Library, at: SettingPositions) -> tuple[Problem, ...]:
    """Return a problem for each entry of the menu that leads to no page."""
    findings, known = ProblemCollector(site.path), _pages(library)
    known |= dict.fromkeys(_matrices(site, library))
    known |= dict.fromkeys(_whole(library))
    for _, path in site.navigation:
        if "://" not in path and path.partition("#")[0] not in known:
            hint = suggestion(path, known, "write the path of a page, such as cases/index.html")
            message = f"the menu leads to '{path}', and the site has no such page"
            findings.add(at.get(path, TOP), "dead-menu-entry", message, hint)
    return tuple(findings.problems)


def _pages(library: Library) -> dict[str, None]:
    """Return the paths of the pages that a menu may name."""
    own = (address.HOME, address.CONTRIBUTE, address.GLOSSARY, address.DATA, address.cases(library))
    facets = library.model.facets.values()
    paths = [*own, *(address.facet(facet) for facet in facets)]
    paths += [f"{name}.html" for name in library.pages]
    paths += [address.case(library, id_) for id_ in library.cases]
    paths += [address.term(library, f, id_) for f in facets for id_ in library.index[f.name]]
    return dict.fromkeys(paths)


def _matrices(site: Site, library: Library) -> list[str]:
    """Return the paths of the matrices and of the map of evidence, where the site has them."""
    facets = library.model.facets
    paths = [address.matrix(facets[rows], facets[columns]) for rows, columns in site.matrices]
    paths += [address.MATRICES] if paths else []
    return [*paths, address.EVIDENCE_MAP] if library.model.across.evidence_map else paths


def _whole(library: Library) -> list[str]:
    """Return the paths of the pages across all records that have one path each."""
    across = library.model.across
    return [
        *([address.RESPONSES] if across.responses else []),
        *([address.SITUATIONS] if across.situations else []),
        *([address.CHALLENGES] if across.challenges else []),
        *([address.GAPS] if library.counted else []),
        *([address.PLACES] if across.places else []),
        *([address.TIMELINE] if across.timeline else []),
        *([address.REPORT] if library.counted else []),
        *([address.NEWS] if newest_records(library) else []),
    ]


def taken_page_names(library: Library) -> Iterator[Problem]:
    """Yield a problem for each plain page that would stand where a page of the site stands."""
    own = {address.CONTRIBUTE, address.GLOSSARY, address.NOT_FOUND}
    own |= {address.EVIDENCE_MAP} if library.model.across.evidence_map else set()
    own |= set(_whole(library))
    folders = {library.model.folder, "assets", "data", "matrix", "situations", links.MEDIA}
    folders |= {address.TIMELINE.partition(".")[0]} if library.model.across.timeline else set()
    folders |= {facet.address for facet in library.model.facets.values()}
    for page in library.pages.values():
        if f"{page.name}.html" in own or page.name.partition("/")[0] in folders:
            yield Problem(
                path=page.path,
                code="page-taken",
                message=f"the site has a page {page.name}.html of its own",
                hint="rename the file",
            )
