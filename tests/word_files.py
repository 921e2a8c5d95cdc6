"""Word files for tests: a form filled in as Word does it or without controls, a report."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from lxml import etree
from PIL import Image

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a packed file in which one part is another, or new."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        names = dict.fromkeys([*old.namelist(), name])
        for part in names:
            before = old.read(part) if part in old.namelist() else b""
            info = zipfile.ZipInfo(part)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, change(before) if part == name else before)
    return packed.getvalue()


def with_document(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a Word file whose document was changed as a tree."""

    def changed(part: bytes) -> bytes:
        root = etree.fromstring(part)
        change(root)
        return bytes(etree.tostring(root))

    return with_part(content, "word/document.xml", changed)


def tags(content: bytes) -> list[str]:
    """Return the tags of all controls of a form, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        root = etree.fromstring(parts.read("word/document.xml"))
    return [tag.get(f"{W}val") for tag in root.iter(f"{W}tag")]


def filled(content: bytes, answers: Mapping[str, str]) -> bytes:
    """Return a form with answers by the tags of its controls; a box is ticked by any answer."""

    def fill(root: Any) -> None:  # noqa: ANN401 - lxml has no types
        left = dict(answers)
        for control in root.iter(f"{W}sdt"):
            tag = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val")
            if tag in left:
                _answer(control, left.pop(tag))
        assert left == {}

    return with_document(content, fill)


def _answer(control: Any, text: str) -> None:  # noqa: ANN401 - lxml has no types
    properties, inside = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    box = properties.find(f"{W14}checkbox")
    if box is not None:
        box.find(f"{W14}checked").set(f"{W14}val", "1")
        next(inside.iter(f"{W}t")).text = "\N{BALLOT BOX WITH X}"
        return
    properties.remove(properties.find(f"{W}showingPlcHdr"))
    inside[:] = []
    run = etree.SubElement(inside, f"{W}r")
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        for place, piece in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, f"{W}tab")
            written = etree.SubElement(run, f"{W}t")
            written.text = piece
            written.set(SPACE, "preserve")


def without_controls(content: bytes) -> bytes:
    """Return a form whose controls became plain words, as some programs leave them."""

    def strip(root: Any) -> None:  # noqa: ANN401 - lxml has no types
        for control in list(root.iter(f"{W}sdt")):
            above = control.getparent()
            for child in control.find(f"{W}sdtContent"):
                control.addprevious(child)
            above.remove(control)

    return with_document(content, strip)


def with_paragraph(content: bytes, after: str, words: str) -> bytes:
    """Return a Word file with a new paragraph below the one that has some words."""

    def add(root: Any) -> None:  # noqa: ANN401 - lxml has no types
        for paragraph in root.iter(f"{W}p"):
            if after in "".join(paragraph.itertext()):
                new = etree.Element(f"{W}p")
                written = etree.SubElement(etree.SubElement(new, f"{W}r"), f"{W}t")
                written.text = words
                paragraph.addnext(new)
                return
        raise AssertionError(after)

    return with_document(content, add)


def picture() -> bytes:
    """Return a small picture."""
    made = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(made, "PNG")
    return made.getvalue()


def report(title: str, parts: Iterable[tuple[str, str]]) -> Any:  # noqa: ANN401 - docx's own
    """Return a report of headings and paragraphs, as a document that may be added to."""
    document = docx.Document()
    document.add_heading(title, 0)
    for heading, words in parts:
        document.add_heading(heading, 1)
        document.add_paragraph(words)
    return document


def saved(document: Any) -> bytes:  # noqa: ANN401 - docx's own
    """Return the bytes of a document."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def add_link(paragraph: Any, words: str, address: str) -> None:  # noqa: ANN401 - docx's own
    """Add a link to a paragraph, as Word keeps one."""
    external = f"{RELATION}/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, external, is_external=True))
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = words
    run.append(text)
    link.append(run)
    paragraph._p.append(link)  # noqa: SLF001 - docx has no other way


def add_note(paragraph: Any, kind: str, id_: int, words: str) -> None:  # noqa: ANN401 - docx's own
    """Add a note to a paragraph: a footnote, or an endnote; one of each kind in a document."""
    run = OxmlElement("w:r")
    reference = OxmlElement(f"w:{kind}Reference")
    reference.set(qn("w:id"), str(id_))
    run.append(reference)
    paragraph._p.append(run)  # noqa: SLF001 - docx has no other way
    content = (
        f"<w:{kind}s {nsdecls('w')}><w:{kind} w:id='{id_}'><w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
        f"</w:{kind}></w:{kind}s>"
    )
    name = PackURI(f"/word/{kind}s.xml")
    whole = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(name, whole, content.encode(), paragraph.part.package)
    paragraph.part.relate_to(part, f"{RELATION}/{kind}s")
