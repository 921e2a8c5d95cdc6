"""Broken links: what is wrong with each, and the nearest target that exists."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from generator.base.names import file_key, slug
from generator.base.problem import Problem, Severity
from generator.base.web_address import completed, unreachable
from generator.markdown import Link
from generator.model.declaration import nearest

MOST_COMPARED = 100_000
"""How many names are compared with mistyped ones, in one build, before no more are suggested.

Each comparison takes up to forty microseconds, and each broken link is compared with every file.
Where somebody renamed a folder, thousands of links break at once: among ten thousand records their
suggestions would take a quarter of an hour. With this bound they take four seconds at most. Ten
broken links get a suggestion among ten thousand records, two hundred among five hundred. The others
are reported without one.
"""

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
OTHER_PICTURES = frozenset({".svg", ".tif", ".tiff", ".bmp", ".heic", ".heif", ".ico", ".eps"})
TEXTS = (".md", ".markdown")
_PAGE = re.compile(r"\.(?:md|markdown|html?)$", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|csv|txt|zip|epub)$", re.IGNORECASE)
_OURS = re.compile(r"(?:case|term):", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_BLOCK = re.compile(r"#?\^[\w-]*$")
"""A paragraph that Obsidian names: no page has such a place."""


class Broken(Exception):  # noqa: N818 - it carries a problem, it is not one of ours
    """A link that leads nowhere, with the remedy: raised deep in the resolving of one link."""

    severity = Severity.ERROR

    def __init__(self, message: str, hint: str = "", code: str = "broken-link") -> None:
        """Take the parts of a problem that do not depend on where the link stands."""
        self.message, self.hint, self.code = message, hint, code

    def problem(self, path: str, link: Link) -> Problem:
        """Return the problem at the place of a link."""
        return Problem(
            path=path,
            line=link.line,
            column=link.column,
            severity=self.severity,
            code=self.code,
            message=self.message,
            hint=self.hint,
        )


class WikiLink(Broken):
    """A link as in a wiki (`[[name]]`), which is shown as it was typed."""

    severity = Severity.WARNING


class KnownFiles:
    """The files that links may name, by their paths and by their names, endings left aside."""

    def __init__(self, paths: Sequence[str]) -> None:
        """Take the paths of all files; of two with one name, the first is meant."""
        self.paths = paths
        self.compared = 0

    @cached_property
    def by_path(self) -> Mapping[str, str]:
        """Return the files by their paths, capitals and accents' form left aside."""
        return {file_key(_PAGE.sub("", path)): path for path in reversed(self.paths)}

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Return the files by their names, without folder and ending."""
        return {_PAGE.sub("", posixpath.basename(path)): path for path in reversed(self.paths)}

    def nearest(self, typed: str, names: Collection[str]) -> str:
        """Return the name that looks most like what was typed; empty after MOST_COMPARED."""
        self.compared += len(names)
        return nearest(typed, names) if self.compared <= MOST_COMPARED else ""


def missing_file(name: str, path: str, content: str, files: KnownFiles) -> Broken:
    """Return what is wrong with a link from `path` to a file that is not among `files`."""
    if meant := _not_a_file(name):
        return meant
    ending = posixpath.splitext(name)[1].lower()
    if _DOCUMENT.search(name):
        hint = (
            "only records, pages and pictures are kept here: put the document on the web "
            "and link to its address, or cite it under evidence"
        )
        return Broken(f"'{name}' is not a record or a page of this library", hint)
    if ending in PICTURES:
        hint = f"write ![what the picture shows]({name})"
        return Broken(f"'{name}' is not a record or a page of this library", hint)
    if hint := _file_hint(name, path, content, files):
        return Broken(f"there is no file '{name}'", hint)
    if ending in TEXTS:
        return Broken(f"there is no file '{name}'", "check its name, or link to case:ID")
    message = f"'{name}' is not a record or a page of this library"
    return Broken(message, "link to a .md file, to case:ID, to term:ID, or to a web address")


def _not_a_file(name: str) -> Broken | None:
    """Return what is wrong with the name of a file on somebody's computer, or of a web page."""
    if hidden := unreachable(name):
        return Broken(f"'{name}' {hidden.reason}", hidden.remedy)
    whole = completed(name)
    message = f"'{name}' is read as the name of a file"
    return Broken(message, f"write '{whole}'") if whole else None


def wiki_link(typed: str, path: str, content: str, files: KnownFiles) -> WikiLink:
    """Return what is wrong with `[[name#place|words]]`, and the link that is right instead."""
    name, _, words = (part.strip() for part in typed.strip("[]").partition("|"))
    message = f"'{typed}' is not read as a link"
    hint = _whole_link(name, words) or _file_link(name, words)
    return WikiLink(message, hint or _page_link(name, words, path, content, files), "wiki-link")


def _whole_link(name: str, words: str) -> str:
    """Return the remedy of `[[https://example.org words]]`, `[[case:x]]`, `[[term:x]]`; or ''."""
    if _OURS.match(name):
        return f"write [{words or name.partition(':')[2].strip()}]({_in_brackets(name)})"
    first, _, rest = name.partition(" ")
    address = first if _WEB.match(first) else completed(first)
    return f"write [{words or rest.strip() or first}]({address})" if address else ""


def _file_link(name: str, words: str) -> str:
    """Return the remedy of a wiki link to a picture or to a document; or ''."""
    ending = posixpath.splitext(name)[1].lower()
    if ending in PICTURES:
        return f"write ![what it shows]({_in_brackets(name)})"
    if ending in OTHER_PICTURES:
        kinds = ", ".join(sorted(kind[1:] for kind in PICTURES))
        return f"save the picture as one of {kinds}, and write ![what it shows](its name)"
    hint = f"write [{words or name}](https://…): no documents are kept here, put it on the web"
    return hint if _DOCUMENT.search(name) else ""


def _page_link(name: str, words: str, path: str, content: str, files: KnownFiles) -> str:
    """Return the remedy of a wiki link to a page: a file that is here, or that could be."""
    page, mark, place = _BLOCK.sub("", name).partition("#")
    words = words or _PAGE.sub("", page) or place
    if not page:
        return f"write [{words}]({_in_brackets(f'#{slug(place)}')})"
    file = _nearest_file(page, path, content, files)
    target = (file or f"{_PAGE.sub('', page)}.md") + (mark + slug(place) if mark else "")
    other = "" if file else ", with the name of a file that is here"
    return f"write [{words}]({_in_brackets(target)}){other}"


def _in_brackets(target: str) -> str:
    """Return the address of a link as Markdown reads it: one with a space stands in `<` and `>`."""
    return f"<{target}>" if " " in target else target


def outside_content(name: str, path: str, content: str, files: KnownFiles) -> Broken:
    """Return what is wrong with a link that leaves `content`, or that starts at a root."""
    if hidden := unreachable(name):
        return Broken(f"'{name}' {hidden.reason}", hidden.remedy, "outside-content")
    if not name.startswith("/"):
        message = f"'{name}' leads out of {content}/"
        return Broken(message, f"only what lies in {content}/ can be linked", "outside-content")
    message = f"'{name}' starts with '/'"
    bare = _PAGE.sub("", name).strip("/").removeprefix(f"{content}/")
    if file := files.by_path.get(file_key(f"{content}/{bare}")):
        return Broken(message, f"write '{_relative(path, file)}'")
    hint = f"write the way from this file to another in {content}/, or a full web address"
    return Broken(message, hint, "outside-content")


def _file_hint(name: str, path: str, content: str, files: KnownFiles) -> str:
    """Return the hint that names the file that was probably meant."""
    file = _nearest_file(name, path, content, files)
    return f"did you mean '{file}'?" if file else ""


def _nearest_file(name: str, path: str, content: str, files: KnownFiles) -> str:
    """Return the link to the file meant: the same but for its ending, else the nearest name."""
    here = posixpath.dirname(path)
    key = file_key(posixpath.normpath(posixpath.join(here, _PAGE.sub("", name))))
    file = files.by_path.get(key)
    if file is None:
        nearest_name = files.nearest(_PAGE.sub("", posixpath.basename(name)), files.by_name)
        file = files.by_name.get(nearest_name, "") if nearest_name else ""
    return _relative(path, file) if file.startswith(f"{content}/") else ""


def _relative(path: str, file: str) -> str:
    """Return the link from one file to another."""
    return posixpath.relpath(file, posixpath.dirname(path) or ".")
