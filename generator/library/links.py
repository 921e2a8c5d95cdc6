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
from collections.abc import Mapping
from urllib.parse import unquote

from generator.base.lazy import LazyMapping
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
from generator.library.collection import Collection
from generator.library.library import Library
from generator.library.resolved import Resolved
from generator.markdown import Body, Link, join
from generator.model.declaration import suggestion

MEDIA = "media"
"""The folder of the site that pictures are copied to, at their paths below content/."""

_SCHEME = re.compile(r"(case|term):(.*)", re.IGNORECASE | re.DOTALL)


class Resolver:
    """Resolves the links of bodies against one collection."""

    def __init__(self, collection: Collection) -> None:
        """Index what a link may name: files, ids and terms."""
        self.collection = collection
        self.addresses = Library(collection)
        paths, pages = collection.paths, collection.pages.values()
        self.ids_by_file = {file_key(path): id_ for id_, path in paths.items()}
        self.pages_by_file = {file_key(page.path): page.name for page in pages}
        self.files = KnownFiles([*paths.values(), *(page.path for page in pages)])
        self.terms = _linkable_terms(collection)

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
            case = self.collection.outlines.get(self.ids_by_file.get(file_key(path), ""))
            others = case_anchors(self.collection, case) if case else ()
            return f"{page}#{find_anchor(fragment, body, others)}"
        # Names of files may hold `#` and `%`. A file of just the name that was typed comes first.
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.target))
        if file_key(whole) in self.ids_by_file or file_key(whole) in self.pages_by_file:
            name, fragment = link.target, ""
        return self._file(name, fragment, path, content)

    def _case(self, typed: str, fragment: str) -> str | None:
        """Return the page of a record, by its id as typed or as a slug, now or formerly."""
        collection = self.collection
        for id_ in (collection.current_ids.get(name, name) for name in (typed, slug(typed))):
            if id_ in collection.withheld_ids:
                return None
            if case := collection.outlines.get(id_):
                anchor = (
                    find_anchor(fragment, case.body, case_anchors(collection, case))
                    if fragment
                    else ""
                )
                return address.case(self.addresses, id_) + (f"#{anchor}" if anchor else "")
        near = self.files.nearest(typed, collection.outlines)
        hint = (
            f"did you mean '{near}'?" if near else "write the name of the other file, without .md"
        )
        raise Broken(f"there is no {collection.model.name} '{typed}'", hint)

    def _term(self, typed: str) -> str:
        """Return the page of a term of a facet, else its place in the glossary."""
        vocabulary, _, word = typed.rpartition("/")
        term = self.terms.get((vocabulary.replace("-", "_"), fold(word)))
        if term is None:
            ids = {id_ for _, id_ in self.terms.values()}
            raise Broken(f"there is no term '{typed}'", suggestion(word, ids, "see the glossary"))
        name, id_ = term
        library = self.addresses
        facet = library.model.facets.get(name)
        terms = library.model.vocabularies[facet.vocabulary if facet else name]
        if facet is None:
            return address.glossary(library, terms, id_)
        if library.named(facet.name, id_) or library.is_in_glossary(terms, id_):
            return address.term(library, facet, id_)
        return address.facet(facet)  # of a long vocabulary the glossary lists only what is named

    def _file(self, name: str, fragment: str, path: str, content: str) -> str | None:
        """Return the page that is made of a file."""
        target = self._inside(name, path, content)
        key = file_key(f"{content}/{target}")
        if key in self.ids_by_file:
            return self._case(self.ids_by_file[key], fragment)
        if key in self.pages_by_file:
            page = self.pages_by_file[key]
            anchor = find_anchor(fragment, self.collection.pages[page].body) if fragment else ""
            return f"{page}.html" + (f"#{anchor}" if anchor else "")
        stem = posixpath.splitext(posixpath.basename(target))[0]
        if stem in self.collection.withheld_ids:  # a collection does not keep the paths of these
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


def _linkable_terms(collection: Collection) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return the facet, or else vocabulary, and the id of each term, by what `term:` may name it.

    The key is a prefix (facet, also by a former name, vocabulary or nothing) and a folded spelling.
    Facets come first, in the order of the model: one word can be a term of two, and a facet has a
    page for it.
    """
    terms: dict[tuple[str, str], tuple[str, str]] = {}
    holders: list[tuple[str, str, tuple[str, ...]]] = [
        (f.name, f.vocabulary, f.former_names) for f in collection.model.facets.values()
    ]
    holders += [(name, name, ()) for name in collection.model.vocabularies]
    for name, vocabulary_name, former in holders:
        vocabulary = collection.model.vocabularies[vocabulary_name]
        spellings = {**vocabulary.spellings, **{fold(id_): id_ for id_ in vocabulary.terms}}
        for spelling, id_ in spellings.items():
            for prefix in (name, vocabulary_name, *former, ""):
                terms.setdefault((prefix, spelling), (name, id_))
    return terms


def resolve_links(collection: Collection, content: str) -> Mapping[str, Resolved]:
    """Return by the path of its page where the links of every body lead, each when it is asked for.

    `content` is the path of the content folder from the root.
    """
    resolver = Resolver(collection)
    folder = collection.model.folder
    ids = {f"{folder}/{id_}.html": id_ for id_ in collection.outlines}
    names = {f"{name}.html": name for name in collection.pages}

    def resolved(page: str) -> Resolved:
        if page in ids:
            case = collection.outlines[ids[page]]
            return resolver.resolve(case.body, case.path, page, content)
        plain = collection.pages[names[page]]
        return resolver.resolve(plain.body, plain.path, page, content)

    return LazyMapping([*ids, *names], resolved)
