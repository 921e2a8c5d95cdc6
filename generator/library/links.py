"""The links that authors write, resolved: where each leads, or what is wrong with it.

A link may name five things, tried in this order:

    ![a plan](plan.png)            a picture, by its path from the file
    [x](case:clinic#story)         a record, by its id or a former one
    [x](term:sector/government)    a term, by facet or vocabulary and any of its spellings
    [x](#beginning)                a place on the same page
    [x](../about.md#beginning)     a file, by its path from the file that links

Links to web addresses are not among them: `markdown` leaves those in the HTML.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from generator.base.names import file_key, fold, relative, slug
from generator.base.problem import Problem
from generator.library import address
from generator.library.anchors import case_anchors, find_anchor
from generator.library.broken_links import (
    PICTURES,
    Broken,
    KnownFiles,
    missing_file,
    outside_content,
    wiki_link,
)
from generator.library.library import Library
from generator.markdown import Body, Link, join
from generator.model.declaration import suggestion

MEDIA = "media"
"""The folder of the site that pictures are copied to, at their paths below content/."""

_SCHEME = re.compile(r"(case|term):(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where the links of one body lead, in the order of `Body.links`.

    `targets` are paths of the site. None stands for a link that becomes plain words: its target is
    withheld from this build, or it has a problem. `pictures` are paths below content/, each with
    the link that asks for it.
    """

    targets: tuple[str | None, ...]
    pictures: tuple[tuple[str, Link], ...]
    problems: tuple[Problem, ...]


class Resolver:
    """Resolves the links of bodies against one library."""

    def __init__(self, library: Library) -> None:
        """Index what a link may name: files, ids and terms."""
        self.library = library
        self.ids_by_file = {file_key(case.path): case.id for case in library.cases.values()}
        self.pages_by_file = {file_key(page.path): page.name for page in library.pages.values()}
        paths = [case.path for case in library.cases.values()]
        self.files = KnownFiles([*paths, *(page.path for page in library.pages.values())])
        self.terms = _linkable_terms(library)

    def resolve(self, body: Body, path: str, page: str, content: str) -> Resolved:
        """Return where the links of a body lead.

        `path` is the file's, `content` the folder of the content (both relative to the root),
        `page` the path of the page that the body stands on.
        """
        targets: list[str | None] = []
        pictures: list[tuple[str, Link]] = []
        problems: list[Problem] = []
        for link in body.links:
            try:
                target = self._target(link, body, path, page, content)
            except Broken as broken:
                problems.append(broken.problem(path, link))
                target = None
            if link.image and target:
                pictures.append((target, link))
                target = f"{MEDIA}/{target}"
            targets.append(target)
        return Resolved(tuple(targets), tuple(pictures), tuple(problems))

    def _target(self, link: Link, body: Body, path: str, page: str, content: str) -> str | None:
        """Return the target of one link, None where it is withheld; raise Broken if it has none."""
        scheme = _SCHEME.fullmatch(link.target)
        if link.target.startswith("[["):
            raise wiki_link(link.target, path, content, self.files)
        if link.image:
            return self._picture(link.target, path, content)
        if scheme and scheme[1].casefold() == "case":
            name, fragment = _name_and_fragment(scheme[2])
            return self._case(name.strip(), fragment)
        if scheme:
            return self._term(_name_and_fragment(scheme[2])[0].strip())
        name, fragment = _name_and_fragment(link.target)
        if not name:
            case = self.library.cases.get(self.ids_by_file.get(file_key(path), ""))
            others = case_anchors(self.library, case) if case else ()
            return f"{page}#{find_anchor(fragment, body, others)}"
        # Names of files may hold `#` and `%`. A file of just the name that was typed comes first.
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.target))
        if file_key(whole) in self.ids_by_file or file_key(whole) in self.pages_by_file:
            name, fragment = link.target, ""
        return self._file(name, fragment, path, content)

    def _case(self, typed: str, fragment: str) -> str | None:
        """Return the page of a record, by its id as typed or as a slug, now or formerly."""
        library = self.library
        for id_ in (library.current_ids.get(name, name) for name in (typed, slug(typed))):
            if id_ in library.withheld_ids:
                return None
            if case := library.cases.get(id_):
                anchor = (
                    find_anchor(fragment, case.body, case_anchors(library, case))
                    if fragment
                    else ""
                )
                return address.case(library, id_) + (f"#{anchor}" if anchor else "")
        near = self.files.nearest(typed, library.cases)
        hint = (
            f"did you mean '{near}'?" if near else "write the name of the other file, without .md"
        )
        raise Broken(f"there is no {library.model.name} '{typed}'", hint)

    def _term(self, typed: str) -> str:
        """Return the page of a term of a facet, else its place in the glossary."""
        vocabulary, _, word = typed.rpartition("/")
        term = self.terms.get((vocabulary.replace("-", "_"), fold(word)))
        if term is None:
            ids = {id_ for _, id_ in self.terms.values()}
            raise Broken(f"there is no term '{typed}'", suggestion(word, ids, "see the glossary"))
        name, id_ = term
        facet = self.library.model.facets.get(name)
        terms = self.library.model.vocabularies[facet.vocabulary if facet else name]
        if facet is None:
            return address.glossary(self.library, terms, id_)
        if self.library.named(facet, id_) or self.library.is_in_glossary(terms, id_):
            return address.term(self.library, facet, id_)
        return address.facet(facet)  # of a long vocabulary the glossary lists only what is named

    def _file(self, name: str, fragment: str, path: str, content: str) -> str | None:
        """Return the page that is made of a file."""
        target = self._inside(name, path, content)
        key = file_key(f"{content}/{target}")
        if key in self.ids_by_file:
            return self._case(self.ids_by_file[key], fragment)
        if key in self.pages_by_file:
            page = self.pages_by_file[key]
            anchor = find_anchor(fragment, self.library.pages[page].body) if fragment else ""
            return f"{page}.html" + (f"#{anchor}" if anchor else "")
        stem = posixpath.splitext(posixpath.basename(target))[0]
        if stem in self.library.withheld_ids:  # a library does not keep the paths of these
            return None
        raise missing_file(name, path, content, self.files)

    def _inside(self, name: str, path: str, content: str) -> str:
        """Return the path below content/ of a relative link; raise Broken if it leads out of it."""
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        odd = name.startswith("/") or "\\" in name or "\0" in name
        if odd or not target.startswith(f"{content}/"):
            raise outside_content(name, path, content, self.files)
        return target[len(content) + 1 :]

    def _picture(self, target: str, path: str, content: str) -> str:
        """Return the path of a picture below content/; whether it is there is checked elsewhere."""
        name = _name_and_fragment(target.partition("?")[0])[0]
        if posixpath.splitext(name)[1].lower() not in PICTURES:
            kinds = ", ".join(sorted(kind[1:] for kind in PICTURES))
            message = f"'{name}' is not a picture that pages can show"
            raise Broken(message, f"save it as one of {kinds}", "bad-picture")
        return self._inside(name, path, content)


def body_with_links(body: Body, targets: tuple[str | None, ...], page: str) -> str:
    """Return the HTML of a body with its links put in, as they are written on `page`."""
    return join(
        body,
        [
            # A '#' belongs to the name of a picture, and to nothing else that has an address here.
            None if to is None else relative(to, page, fragment="" if link.image else None)
            for link, to in zip(body.links, targets, strict=True)
        ],
    )


def _name_and_fragment(target: str) -> tuple[str, str]:
    """Return the name and the fragment of a link, each percent-decoded after the split at `#`."""
    name, _, fragment = target.partition("#")
    return unquote(name), unquote(fragment)


def _linkable_terms(library: Library) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return the facet, or else vocabulary, and the id of each term, by what `term:` may name it.

    The key is a prefix (facet, vocabulary or nothing) and a folded spelling. Facets come first, in
    the order of the model: one word can be a term of two, and a facet has a page for it.
    """
    terms: dict[tuple[str, str], tuple[str, str]] = {}
    holders: list[tuple[str, str]] = [(f.name, f.vocabulary) for f in library.model.facets.values()]
    holders += [(name, name) for name in library.model.vocabularies]
    for name, vocabulary_name in holders:
        vocabulary = library.model.vocabularies[vocabulary_name]
        spellings = {**vocabulary.spellings, **{fold(id_): id_ for id_ in vocabulary.terms}}
        for spelling, id_ in spellings.items():
            for prefix in (name, vocabulary_name, ""):
                terms.setdefault((prefix, spelling), (name, id_))
    return terms


def resolve_links(library: Library, content: str) -> Iterator[tuple[str, Resolved]]:
    """Yield the path of the page of every body in a library, and where its links lead.

    `content` is the path of the content folder from the root.
    """
    resolver = Resolver(library)
    for case in library.cases.values():
        page = address.case(library, case.id)
        yield page, resolver.resolve(case.body, case.path, page, content)
    for plain in library.pages.values():
        page = f"{plain.name}.html"
        yield page, resolver.resolve(plain.body, plain.path, page, content)
