"""The last pass over sanitised HTML: valid nesting, headings, ids, tables; a split at its links.

The HTML must be spelled as nh3 spells it. Only what this pass writes gets onto a page.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

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
from generator.markdown.tags import attributes_of, bare_words, ident, start_tag

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


def split_html(safe: list[str], *, top: int) -> SplitHtml:
    """Return the parts of sanitised HTML; its smallest heading level becomes `top`.

    It is split at its tags by `tags.TAG`.
    """
    walk = _Walk(safe, top=top)
    walk.go()
    return SplitHtml(
        parts=(*walk.parts, "".join(walk.out)),
        references=tuple(walk.references),
        headings=tuple(walk.headings),
        anchors=tuple(walk.ids),
        words=_count_words(walk.texts, walk.names),
    )


def _count_words(texts: list[str], names: list[str]) -> int:
    """Return the number of words; only the tag of an inline element divides none."""
    before = [text if name in INLINE else f"{text} " for text, name in zip(texts, names)]  # noqa: B905 - one text more
    return len("".join([*before, texts[-1]]).split())


@lru_cache(maxsize=1_000)
def _plain_element(inside: Open, name: str) -> Open | None:
    """Return what a tag opens, where it fits as most do; None where more must be known."""
    if inside.implied or name in CHANGED or name in VOID or name == "details":
        return None
    fits = (
        inside.name in PARENTS[name]
        if name in PARENTS
        else inside.name not in IMPLIED and (name in INLINE or not inside.inline)
    )
    inline = inside.inline or name in HOLDS_INLINE
    return Open(name=name, end=f"</{name}>", inline=inline) if fits else None


@lru_cache(maxsize=1_000)
def _tags_alike(name: str, attributes: str) -> tuple[str, str]:
    """Return what the tags of an element become that depends on nothing around it."""
    given = attributes_of(attributes)
    if name == "span" and (task := TASKS.get(given.get("class", ""))):
        sign, words = task
        return f'<span class="task" role="img" aria-label="{words}">{sign}', "</span>"
    return start_tag(name, _allowed(name, given)), "" if name in VOID else f"</{name}>"


def _allowed(tag: str, given: dict[str, str]) -> dict[str, str]:
    """Return those attributes of a tag that an author may set, but for its id."""
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
    return kept


class _Walk:
    """One walk along the tags of a text, from left to right.

    The n-th tag stands behind the n-th of the `texts`; of an end tag `ends` has the slash. They are
    lists, and not an object for each tag: a text has hundreds of tags.
    """

    def __init__(self, pieces: list[str], *, top: int) -> None:
        self.top = top
        self.texts, self.ends, self.names, self.attributes = (pieces[n::4] for n in range(4))
        self.wrapping = wrapping(self.names, self.ends)
        self.given = {
            name
            for written in self.attributes
            if "id=" in written and (name := ident(attributes_of(written).get("id", "")))
        }
        self.ids: dict[str, None] = {}
        self.used: Counter[str] = Counter()
        self.back_links: Counter[str] = Counter()
        self.out: list[str] = []
        self.parts: list[str] = []
        self.references: list[LinkRef] = []
        self.headings: list[Heading] = []
        self.levels: list[int] = []
        self.heading_words: dict[int, str] = {}
        self.stack: list[Open] = [ROOT]
        self.tables = 0

    def go(self) -> None:
        """Walk to the end; most tags need no look at what is around or behind them."""
        stack, out = self.stack, self.out
        tags = zip(self.texts, self.ends, self.names, self.attributes)  # noqa: B905 - one text more
        for at, (text, end, name, attributes) in enumerate(tags):
            if text:
                if stack[-1].name in IMPLIED:
                    self._imply_for(text)
                out.append(text)
            if end:
                if stack[-1].implied:
                    out.append(stack.pop().end)
                out.append(stack.pop().end)
            elif (
                (element := _plain_element(stack[-1], name))
                and at not in self.wrapping
                and "id=" not in attributes
                and not (name == "p" and self._hollow(at, name))
            ):
                out.append(_tags_alike(name, attributes)[0])
                stack.append(element)
            else:
                self._start(at, name)
        self._imply_for(self.texts[-1])
        out.append(self.texts[-1])

    def _imply_for(self, text: str) -> None:
        if text.strip():
            self._imply("")

    def _imply(self, name: str) -> None:
        inside = self.stack[-1]
        wanted = IMPLIED.get(inside.name)
        if wanted and inside.name not in PARENTS.get(name, ()):
            self.out.append(f"<{wanted}>")
            self.stack.append(Open(name=wanted, end=f"</{wanted}>", inline=False, implied=True))

    def _start(self, at: int, name: str) -> None:
        if self.stack[-1].implied and self.stack[-2].name in PARENTS.get(name, ()):
            self.out.append(self.stack.pop().end)
        self._imply(name)
        inside = self.stack[-1]
        begin, end = self._fitting_tags(at, name) if self._fits(at, name) else ("", "")
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
            self.heading_words[at] = self._words_inside(at)
            return not self.heading_words[at]
        between, is_end = self.texts[at + 1].strip(), bool(self.ends[at + 1])
        if name == "details":
            return bool(between) or self.names[at + 1] != "summary" or is_end
        return not between and is_end

    def _inside(self, at: int) -> range:
        """Return which tags stand in an element, its end tag after them."""
        end = self.names.index(self.names[at], at + 1)
        while not self.ends[end]:
            end = self.names.index(self.names[at], end + 1)
        return range(at + 1, end)

    def _words_inside(self, at: int) -> str:
        """Return the text of an element, its blanks made one."""
        inside = self._inside(at)
        return bare_words("".join(self.texts[inside.start : inside.stop + 1]))

    def _accessible_text(self, at: int) -> str:
        """Return the text of an element as it is read aloud, pictures by their words."""
        pictures = (n for n in self._inside(at) if self.names[n] == "img")
        words = (attributes_of(self.attributes[n]).get("alt", "") for n in pictures)
        return " ".join([self._words_inside(at), *words]).strip()

    def _fitting_tags(self, at: int, name: str) -> tuple[str, str]:
        """Return what the start tag and the end tag become."""
        attributes = self.attributes[at]
        if name not in CHANGED and "id=" not in attributes:
            return _tags_alike(name, attributes)
        given = attributes_of(attributes)
        if name == "span" and given.get("class") in TASKS:
            return _tags_alike(name, attributes)
        kept = _allowed(name, given) if given else {}
        written = ident(given.get("id", ""))
        if written and written not in self.ids:
            self._name(kept, written)
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

    def _name(self, kept: dict[str, str], name: str) -> None:
        self.ids[name] = None
        kept["id"] = PREFIX + name

    def _header(self, at: int, kept: dict[str, str]) -> str:
        if self.ends[at + 1] and not bare_words(self.texts[at + 1]):
            kept.pop("scope", None)
            return "td"
        if any(around.name == "thead" for around in self.stack):
            kept.setdefault("scope", "col")
        return "th"

    def _heading(self, at: int, level: int, kept: dict[str, str]) -> str:
        text = self.heading_words[at]
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
        words = self._accessible_text(at)
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
            words = kept.pop("title", "Back to the text")
            self.back_links[words] += 1
            number = self.back_links[words]
            kept["aria-label"] = words if number == 1 else f"{words}, place {number}"
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
        self.out.clear()
