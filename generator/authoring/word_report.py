"""An ordinary report written in Word, read as a draft: its headings become those of the text.

mammoth makes HTML of it, and this makes Markdown of the dozen elements that it writes. What the
HTML cannot hold is counted in the file itself and told: comments, changes that were tracked, text
boxes, the lines at the head and foot of pages. The fields of the record stay to be filled in.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from generator.authoring.draft import RecordDraft, escaped_markdown, without_blank_ends
from generator.authoring.filled_form import document_body
from generator.authoring.import_source import ImportSettings, ImportSource
from generator.authoring.packed_file import unreadable
from generator.base.names import fold

_DEEPEST = 5
"""So many levels of lists have a style of their own in Word."""

_LIST_STYLES = (
    f"p[style-name='List {name} {level}'] => {'ul|ol > li > ' * (level - 1)}{tag} > li:fresh"
    for name, tag in (("Bullet", "ul"), ("Number", "ol"))
    for level in range(2, _DEEPEST + 1)
)

STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1.title:fresh",
        "p[style-name='Subtitle'] => p:fresh",
        *_LIST_STYLES,
    )
)
"""What mammoth makes of styles. Its own rules ask for a level, which a style of lists has not."""

PICTURES: Mapping[str, str] = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
}
"""The kinds of picture that pages can show, and the endings of their files."""

MOST_PICTURES = 50
"""So many pictures of a report are taken."""

_DROPPED = (
    (b"<w:comment ", "word/comments.xml", "comments are left out"),
    (b"<w:del ", "word/document.xml", "words deleted under tracked changes are left out"),
    (b"<w:ins ", "word/document.xml", "words inserted under tracked changes are taken as accepted"),
    (
        b"<w:txbxContent",
        "word/document.xml",
        "text boxes may be out of order: look for their words",
    ),
    (b"<m:oMath", "word/document.xml", "formulas are left out"),
)
"""What is looked for in which part, and what its author is told."""

_VOID = {"br", "img", "input", "hr"}


def word_report(source: ImportSource, settings: ImportSettings) -> RecordDraft:
    """Return the draft of a report; raise ImportRefusedError where it is no Word file."""
    body = document_body(source)
    pictures: dict[str, bytes] = {}
    notes: list[str] = []
    html = _html(source, pictures, notes)
    root = _tree(html)
    writer = _Writer(notes)
    blocks = list(writer.blocks(root))
    title = next((text for kind, text in blocks if kind == "title"), "")
    sections = tuple(_sections(blocks, settings.model.headings))
    if not title:
        notes.append("no paragraph has the style 'Title': write the title yourself")
    notes += _left_out(source, body)
    role = settings.model.role("title")
    return RecordDraft(
        values={role.name: title} if role and title else {},
        sections=sections,
        kind=settings.kind or settings.model.type_of("").id,
        imported_from=source.name,
        places={name: f"the heading '{name[3:]}'" for name in (f"## {h}" for h, _ in sections)},
        notes=tuple(dict.fromkeys(notes)),
        pictures=pictures,
    )


def _html(source: ImportSource, pictures: dict[str, bytes], notes: list[str]) -> str:
    import mammoth  # noqa: PLC0415 - a report alone needs it

    def picture(image: Any) -> dict[str, str]:  # noqa: ANN401 - the library has no types
        ending = PICTURES.get(image.content_type, "")
        if not ending or len(pictures) >= MOST_PICTURES:
            notes.append(f"a picture is left out: pages cannot show {image.content_type}")
            return {"src": ""}
        name = f"picture-{len(pictures) + 1}{ending}"
        with image.open() as stream:
            pictures[name] = stream.read()
        return {"src": f"picture:{name}"}

    convert = mammoth.images.img_element(picture)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(source.content),
            style_map=STYLES,
            convert_image=convert,
            external_file_access=False,
        )
    except Exception as error:  # whatever a damaged file does to the library
        raise unreadable("Word file") from error
    notes += [f"{message.message}" for message in result.messages if "image" in message.message]
    return str(result.value)


def _left_out(source: ImportSource, body: Any) -> Iterator[str]:  # noqa: ANN401 - lxml
    del body
    for sign, part, words in _DROPPED:
        if sign in source.parts.get(part, b""):
            yield words
    ends = re.compile(r"word/(?:header|footer)\d*\.xml")
    texts = (part for name, part in source.parts.items() if ends.fullmatch(name))
    if any(re.search(rb"<w:t[ >][^<]*[^<\s]", part) for part in texts):
        yield "the lines at the head and foot of pages are left out"
    if any(name.endswith("vbaProject.bin") for name in source.parts):
        yield "the file holds a macro: it was not run, and is left out"


# ---- HTML as a tree ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Element:
    """An element of HTML with what is inside it: text and elements."""

    tag: str
    attributes: Mapping[str, str]
    inside: list[_Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[_Element]:
        """Yield the elements of some names below this one."""
        for child in self.inside:
            if isinstance(child, _Element):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.all(*tags)


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Element("root", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def _tree(html: str) -> _Element:
    builder = _TreeBuilder()
    builder.feed(html)
    builder.close()
    return builder.open[0]


# ---- Markdown ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Writer:
    """Writes Markdown, and notes what its author should look at."""

    notes: list[str]

    def blocks(self, root: _Element) -> Iterator[tuple[str, str]]:
        """Yield each block with what it is: title, h1 to h6, or text."""
        for child in root.inside:
            if isinstance(child, str):
                if child.strip():
                    yield "text", escaped_markdown(child)
            elif child.tag == "h1" and child.attributes.get("class") == "title":
                yield "title", _plain(child)
            elif re.fullmatch(r"h[1-6]", child.tag):
                if _plain(child):
                    yield child.tag, _plain(child)
            elif text := self.block(child):
                yield "text", text

    def block(self, element: _Element) -> str:
        if element.tag in {"ul", "ol"}:
            return self.notes_of_pages(element) or self.items(element)
        if element.tag == "table":
            return self.table(element)
        text = self.inline(element).strip()
        if (
            element.tag == "p"
            and re.fullmatch(r"\*\*[^*\n]{1,80}\*\*", text)
            and len(text.split()) <= 10  # noqa: PLR2004 - a sentence is longer
        ):
            self.notes.append(f"this looks like a heading, and has no style of one: {text[2:-2]}")
        return text

    def items(self, element: _Element, indent: str = "") -> str:
        """Return a list, each list inside it indented below its item.

        An item without words is none: a list that begins at its second level begins at the first.
        """
        lines = []
        items = (child for child in element.inside if isinstance(child, _Element))
        for number, item in enumerate(items, 1):
            mark = f"{number}. " if element.tag == "ol" else "- "
            words = self.inline(_Element("p", {}, [c for c in item.inside if not _is_list(c)]))
            lists = [c for c in item.inside if isinstance(c, _Element) and _is_list(c)]
            if has_words := bool(words.strip()):
                lines.append(f"{indent}{mark}{words.strip()}")
            inner = indent + " " * len(mark) if has_words else indent
            lines += [self.items(child, inner) for child in lists]
        return "\n".join(lines)

    def notes_of_pages(self, element: _Element) -> str:
        """Return the footnotes of a report, which stand in a list at its end; or nothing."""
        items = [child for child in element.inside if isinstance(child, _Element)]
        ids = [item.attributes.get("id", "") for item in items]
        if not items or not all(re.search(r"(?:foot|end)note-", id_) for id_ in ids):
            return ""
        lines = []
        for id_, item in zip(ids, items, strict=True):
            text = re.sub(r"\s*\[↑\]\([^)]*\)\s*$", "", self.inline(item).strip())
            lines.append(f"[^{_note_name(id_)}]: {' '.join(text.split())}")
        return "\n\n".join(lines)

    def table(self, element: _Element) -> str:
        """Return a table; the first row is its head."""
        rows = [[self.cell(cell) for cell in row.all("td", "th")] for row in element.all("tr")]
        width = max(map(len, rows), default=0)
        if not width:
            return ""
        if any("colspan" in c.attributes or "rowspan" in c.attributes for c in element.all("td")):
            self.notes.append("a table has joined cells: look it over")
        full = [row + [""] * (width - len(row)) for row in rows]
        lines = [f"| {' | '.join(row)} |" for row in full]
        return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])

    def cell(self, cell: _Element) -> str:
        blocks = [self.inline(c).strip() for c in cell.inside if isinstance(c, _Element)]
        text = "<br>".join(filter(None, blocks)) or self.inline(cell).strip()
        return re.sub(r"\s*\\?\n\s*", "<br>", text).replace("\n", " ")

    def inline(self, element: _Element) -> str:
        return "".join(self.piece(child) for child in element.inside)

    def piece(self, child: _Element | str) -> str:  # noqa: PLR0911 - a line for each element
        if isinstance(child, str):
            return _escaped(child)
        inner = self.inline(child)
        if child.tag == "br":
            return "\\\n"
        if child.tag == "img":
            return self.picture(child)
        if child.tag == "input":
            return "☒ " if "checked" in child.attributes else "☐ "
        if child.tag in {"strong", "em"}:
            return _marked(inner, "**" if child.tag == "strong" else "*")
        if child.tag == "a":
            return self.link(child, inner)
        if child.tag == "sup":
            return inner if "[^" in inner else f"<sup>{inner}</sup>" if inner.strip() else ""
        if child.tag in {"ul", "ol"}:
            return f" {_plain(child)}"
        return f"{inner} " if child.tag == "p" else inner

    def picture(self, child: _Element) -> str:
        source = child.attributes.get("src", "")
        words = _escaped(" ".join(child.attributes.get("alt", "").split()))
        if not source.startswith("picture:"):
            return words
        if not words:
            self.notes.append("a picture has no words for people who cannot see it: add them")
        return f"![{words}]({source})"

    def link(self, child: _Element, inner: str) -> str:
        href = child.attributes.get("href", "")
        if match := re.fullmatch(r"#(?:\w+-)?((?:foot|end)note-\d+)", href):
            return f"[^{_note_name(match[1])}]"
        if re.search(r"(?:foot|end)note-ref", href):
            return ""
        if not href or href.startswith("#"):
            return inner
        if urlsplit(href).scheme.lower() not in {"http", "https"}:
            self.notes.append(f"a link is left out, its words are kept: {href[:80]}")
            return inner
        return f"[{inner}](<{href.replace('<', '%3C').replace('>', '%3E')}>)"


def _note_name(id_: str) -> str:
    """Return the name of a note in Markdown: `2` for a footnote, `e2` for one at the end."""
    match = re.search(r"(foot|end)note-(\d+)", id_)
    if match is None:
        return id_
    return match[2] if match[1] == "foot" else f"e{match[2]}"


def _is_list(child: _Element | str) -> bool:
    return isinstance(child, _Element) and child.tag in {"ul", "ol"}


def _plain(element: _Element) -> str:
    texts = (c if isinstance(c, str) else _plain(c) for c in element.inside)
    return " ".join("".join(texts).split())


def _escaped(text: str) -> str:
    """Return text as Markdown inside a paragraph, the room at its ends kept."""
    if not text.strip():
        return " " if text else ""
    start = " " if text[0].isspace() else ""
    end = " " if text[-1].isspace() else ""
    return f"{start}{' '.join(escaped_markdown(text).split())}{end}"


def _marked(text: str, mark: str) -> str:
    """Return text between marks that touch its words: room inside them would undo them."""
    words = text.strip()
    if not words:
        return text
    start, _, end = text.partition(words)
    return f"{start}{mark}{words}{mark}{end}"


def _sections(
    blocks: list[tuple[str, str]], headings: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Yield each section; a heading that the model has is written as the model has it."""
    named = {fold(heading): heading for heading in headings}
    levels = [int(kind[1]) for kind, _ in blocks if re.fullmatch(r"h[1-6]", kind)]
    top = min(levels, default=1)
    heading, texts = "", list[str]()
    for kind, text in blocks:
        if kind == "title":
            continue
        if kind == f"h{top}":
            yield heading, without_blank_ends("\n\n".join(texts))
            heading, texts = named.get(fold(text), text), []
        elif kind != "text":
            depth = min(int(kind[1]) - top + 2, 6)
            texts.append(f"{'#' * depth} {escaped_markdown(text)}")
        else:
            texts.append(text)
    yield heading, without_blank_ends("\n\n".join(texts))
