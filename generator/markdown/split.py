"""The last pass over sanitised HTML: valid nesting, headings, ids, tables; a split at its links.

The HTML must be spelled as nh3 spells it. Only what this pass writes gets onto a page.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from generator.base.names import slug
from generator.markdown.nesting import (
    HEADINGS,
    HOLDS_INLINE,
    IMPLIED,
    INLINE,
    PARENTS,
    ROOT,
    VOID,
    Open,
    wrapping,
)
from generator.markdown.sanitise import CHECKED, LinkKind, classes, judge
from generator.markdown.tags import TAG, accessible_text, attributes_of, ident, start_tag, words_in

PREFIX = "text-"
DEEPEST = 6
CHANGED = HEADINGS | {"a", "img", "table", "th"}
TASKS = {"task-open": ("☐", "to do"), "task-done": ("☑", "done")}
"""The sign of an item of a task list, by its class, and what is read aloud for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a body; `id` is without the prefix."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRef:
    """A link or picture as met in the HTML, in order, whatever became of it.

    `target` is empty where there is none that a browser could read. `words` are a picture's text
    for people who cannot see it, or the words of a link.
    """

    target: str
    image: bool
    words: str
    kind: LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitHtml:
    """Safe HTML without the addresses of its internal links: one part more than such links.

    `references` are all links, external and refused ones too.
    """

    parts: tuple[str, ...]
    references: tuple[LinkRef, ...]
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]
    words: int


def split_html(safe: str, *, top: int) -> SplitHtml:
    """Return the parts of sanitised HTML; its smallest heading level becomes `top`."""
    walk = _Walk(safe, top=top)
    walk.go()
    return SplitHtml(
        parts=(*walk.parts, "".join(walk.out)),
        references=tuple(walk.references),
        headings=tuple(walk.headings),
        anchors=tuple(walk.ids),
        words=len("".join(walk.text).split()),
    )


class _Walk:
    """One walk along the tags of a text, from left to right."""

    def __init__(self, safe: str, *, top: int) -> None:
        self.safe = safe
        self.top = top
        self.tags = list(TAG.finditer(safe))
        self.wrapping = wrapping(self.tags)
        self.given = {
            name
            for tag in self.tags
            if "id=" in tag[3] and (name := ident(attributes_of(tag).get("id", "")))
        }
        self.ids: dict[str, None] = {}
        self.used: Counter[str] = Counter()
        self.out: list[str] = []
        self.text: list[str] = []
        self.parts: list[str] = []
        self.references: list[LinkRef] = []
        self.headings: list[Heading] = []
        self.levels: list[int] = []
        self.stack: list[Open] = [ROOT]
        self.tables = 0

    def go(self) -> None:
        """Walk to the end."""
        place = 0
        for at, tag in enumerate(self.tags):
            self._words(self.safe[place : tag.start()])
            place = tag.end()
            self.text.append("" if tag[2] in INLINE else " ")
            if tag[1]:
                self._close()
            else:
                self._start(at, tag)
        self._words(self.safe[place:])

    def _words(self, text: str) -> None:
        if text:
            if self.stack[-1].name in IMPLIED and text.strip():
                self._imply("")
            self.out.append(text)
            self.text.append(text)

    def _imply(self, name: str) -> None:
        inside = self.stack[-1]
        wanted = IMPLIED.get(inside.name)
        if wanted and inside.name not in PARENTS.get(name, ()):
            self.out.append(f"<{wanted}>")
            self.stack.append(Open(name=wanted, end=f"</{wanted}>", inline=False, implied=True))

    def _close(self) -> None:
        while self.stack[-1].implied:
            self.out.append(self.stack.pop().end)
        self.out.append(self.stack.pop().end)

    def _start(self, at: int, tag: re.Match[str]) -> None:
        name = tag[2]
        if self.stack[-1].implied and self.stack[-2].name in PARENTS.get(name, ()):
            self.out.append(self.stack.pop().end)
        self._imply(name)
        inside = self.stack[-1]
        begin, end = self._fitting_tags(at, tag) if self._fits(at, name) else ("", "")
        self.out.append(begin)
        if name not in VOID:
            element = end[2 : end.index(">")] if end else ""
            inline = inside.inline or bool(element and name in HOLDS_INLINE)
            self.stack.append(Open(name=element or inside.name, end=end, inline=inline))

    def _fits(self, at: int, name: str) -> bool:
        inside = self.stack[-1]
        if name in PARENTS and inside.name not in PARENTS[name]:
            return False
        if name not in INLINE and inside.inline and name not in PARENTS:
            return False
        if name == "a" and any(around.name == "a" for around in self.stack):
            return False
        if name in HEADINGS or name in {"details", "p"}:
            return not self._hollow(at, name)
        return at not in self.wrapping

    def _hollow(self, at: int, name: str) -> bool:
        """Tell whether a heading has no words, a paragraph nothing, a `details` no summary."""
        if name in HEADINGS:
            return not words_in(self._inside(at))
        after = self.tags[at + 1]
        between = self.safe[self.tags[at].end() : after.start()].strip()
        if name == "details":
            return bool(between) or after[2] != "summary" or bool(after[1])
        return not between and bool(after[1])

    def _inside(self, at: int) -> str:
        name = self.tags[at][2]
        later = (self.tags[place] for place in range(at + 1, len(self.tags)))
        end = next(tag for tag in later if tag[1] and tag[2] == name)
        return self.safe[self.tags[at].end() : end.start()]

    def _fitting_tags(self, at: int, tag: re.Match[str]) -> tuple[str, str]:
        """Return what the start tag and the end tag become."""
        name = tag[2]
        if not tag[3] and name not in CHANGED:
            return tag[0], "" if name in VOID else f"</{name}>"
        given = attributes_of(tag)
        if name == "span" and (task := TASKS.get(given.get("class", ""))):
            sign, words = task
            return f'<span class="task" role="img" aria-label="{words}">{sign}', "</span>"
        kept = self._kept(name, given)
        match name:
            case "a":
                return self._link(at, given, kept)
            case "img":
                return self._picture(given, kept), ""
            case "table":
                self.tables += 1
                region = (
                    f'class="table" tabindex="0" role="region" aria-label="Table {self.tables}"'
                )
                return f"<div {region}>{start_tag(name, kept)}", "</table></div>"
            case "th":
                name = self._header(at, kept)
            case _ if name in HEADINGS:
                name = self._heading(at, int(name[1]), kept)
        return start_tag(name, kept), "" if name in VOID else f"</{name}>"

    def _kept(self, tag: str, given: dict[str, str]) -> dict[str, str]:
        kept = {
            key: value
            for key, value in given.items()
            if key == "title" or (key in CHECKED and CHECKED[key].fullmatch(value))
        }
        names = classes(given["class"], tag) if "class" in given else []
        if align := kept.pop("align", ""):
            names.append(f"align-{align}")
        if names:
            kept["class"] = " ".join(names)
        name = ident(given.get("id", ""))
        if name and name not in self.ids:
            self._name(kept, name)
        return kept

    def _name(self, kept: dict[str, str], name: str) -> None:
        self.ids[name] = None
        kept["id"] = PREFIX + name

    def _header(self, at: int, kept: dict[str, str]) -> str:
        after = self.tags[at + 1]
        if after[1] and not words_in(self.safe[self.tags[at].end() : after.start()]):
            kept.pop("scope", None)
            return "td"
        if any(around.name == "thead" for around in self.stack):
            kept.setdefault("scope", "col")
        return "th"

    def _heading(self, at: int, level: int, kept: dict[str, str]) -> str:
        text = words_in(self._inside(at))
        if "id" not in kept:
            self._name(kept, self._fresh(slug(text) or "section"))
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        level = min(self.top + len(self.levels) - 1, DEEPEST)
        self.headings.append(Heading(level=level, id=kept["id"].removeprefix(PREFIX), text=text))
        return f"h{level}"

    def _fresh(self, name: str) -> str:
        fresh = name
        while fresh in self.ids or fresh in self.given:
            self.used[name] += 1
            fresh = f"{name}-{self.used[name] + 1}"
        return fresh

    def _link(self, at: int, given: dict[str, str], kept: dict[str, str]) -> tuple[str, str]:
        target = given.get("href")
        if "footnote" in kept.get("class", "") and (target or "").startswith("#"):
            return self._note_link(ident((target or "")[1:]), kept)
        if target is None and "id" in kept:
            return start_tag("a", kept), "</a>"
        kind = judge(target) if target else LinkKind.UNSAFE
        words = accessible_text(self._inside(at))
        self.references.append(LinkRef(target=target or "", image=False, words=words, kind=kind))
        if kind is LinkKind.INTERNAL:
            self._part("<a")
            return start_tag("", kept).removeprefix("<"), "</a>"
        if kind is LinkKind.EXTERNAL:
            address = re.sub(r"\s+", "%20", (target or "").strip())
            return start_tag("a", {"href": address, "rel": "noopener noreferrer", **kept}), "</a>"
        return "", ""

    def _note_link(self, name: str, kept: dict[str, str]) -> tuple[str, str]:
        if name not in self.given:
            return "", ""
        if "footnote-backref" in kept["class"]:
            kept["aria-label"] = kept.pop("title", "Back to the text")
        return start_tag("a", {"href": f"#{PREFIX}{name}", **kept}), "</a>"

    def _picture(self, given: dict[str, str], kept: dict[str, str]) -> str:
        target, alt = given.get("src", ""), given.get("alt", "").strip()
        kind = judge(target) if target else LinkKind.UNSAFE
        self.references.append(LinkRef(target=target, image=True, words=alt, kind=kind))
        if kind is not LinkKind.INTERNAL:
            return ""
        self._part("<img")
        return start_tag("", {"alt": alt, **kept}).removeprefix("<")

    def _part(self, opening: str) -> None:
        self.parts.append("".join(self.out) + opening)
        self.out = []
