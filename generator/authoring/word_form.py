"""The form for Word: every question with its help, and a content control for each answer.

The controls hold the tags of `form_questions`. The last line, and the keywords of the file, say
which form it is; a part of the file holds a digest of each printed line, so that words which an
author adds beside the controls are told from ours whatever the model has become.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from generator.authoring.form_questions import (
    Answer,
    Control,
    QuestionBlock,
    question_blocks,
    short_tag,
)
from generator.authoring.import_source import FORM_MARK
from generator.base.locale import Locale
from generator.model.record import Field, Model

VERSION = 1
"""The version of the form; it changes where its tags come to mean something else."""

LINES = "linesOfTheForm"
"""The root of the part with the digests of the printed lines."""

EMPTY_BOX, TICKED_BOX = "\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}"

_WORD_14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_SAME_MOMENT = (2000, 1, 1, 0, 0, 0)
_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def word_form(model: Model, locale: Locale, kind: str, *, library: str) -> bytes:
    """Return the form for a kind of record, in the language of the site; `library` is its name.

    The same model gives the same bytes.
    """
    kind = model.type_of(kind).id
    document = docx.Document()
    blocks = question_blocks(model, locale, kind)
    _style(document, locale)
    _begin(document, model, locale, kind, library)
    numbers = iter(range(1, 1_000_000))
    for block in blocks:
        document.add_heading(block.heading, block.level)
        for text in block.words:
            document.add_paragraph(text, "Form help")
        for control in block.controls:
            _add_control(document, control, locale, next(numbers))
    _add_terms(document, model, locale, blocks)
    mark = form_mark(blocks, kind)
    document.add_paragraph(mark, "Form help")
    document.core_properties.keywords = mark
    _add_lines(document)
    return _packed(document)


def form_mark(blocks: Iterable[QuestionBlock], kind: str) -> str:
    """Return the words by which a form is known: its version, the kind of record, a digest."""
    digest = hashlib.sha256(repr(tuple(blocks)).encode()).hexdigest()[:16]
    return f"{FORM_MARK.decode()} {VERSION} {kind or '-'} {digest}"


def prompt_words(locale: Locale, answer: Answer) -> str:
    """Return what stands in a control until somebody answers."""
    if answer is Answer.CHOICE:
        return str(locale.gettext("Choose here"))
    return str(locale.gettext("Write here"))


def line_digest(text: str) -> str:
    """Return the digest by which a printed line is known again."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


# ---- the parts of the document -------------------------------------------------------------------


def _style(document: Document, locale: Locale) -> None:
    """Set the styles: one for help, one for answers; right to left where the language runs so."""
    styles = document.styles
    styles["Normal"].font.size = Pt(11)
    for name, size, after in (("Form help", 9.5, 4), ("Form answer", 11, 6)):
        style: Any = styles.add_style(name, 1)  # of paragraphs
        style.base_style = styles["Normal"]
        style.font.size = Pt(size)
        style.font.italic = name == "Form help"
        style.paragraph_format.space_after = Pt(after)
    languages = {"w:val": locale.language, "w:eastAsia": locale.language, "w:bidi": locale.language}
    properties = styles["Normal"].element.get_or_add_rPr()
    properties.append(_element("w:lang", **languages))
    if locale.is_right_to_left:
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
            element = styles[name].element
            element.get_or_add_pPr().append(_element("w:bidi"))
            element.get_or_add_rPr().append(_element("w:rtl"))
        document.sections[0]._sectPr.append(_element("w:bidi"))  # noqa: SLF001 - it has no other way
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    properties.created = properties.modified = _DAY
    properties.language = locale.language


def _begin(document: Document, model: Model, locale: Locale, kind: str, library: str) -> None:
    _ = locale.gettext
    document.core_properties.title = f"{_('A form to fill in')}: {library}"
    document.add_heading(f"{_('A form to fill in')}: {library}", 0)
    own = model.fields.get(model.type_field)
    vocabulary = model.vocabularies.get(own.vocabulary) if own else None
    if vocabulary and kind in vocabulary.terms:
        term = vocabulary.terms[kind]
        document.add_paragraph(": ".join(filter(None, (term.label, term.definition))))
    document.add_paragraph(
        _(
            "Write into the places for answers, or by hand on paper. Leave empty what you do not "
            "want to say. Write “unknown” where somebody looked and nobody knows."
        )
    )
    document.add_paragraph(
        _("Write no e-mail address and no telephone number. Leave the last line as it is.")
    )


def _add_control(document: Document, control: Control, locale: Locale, number: int) -> None:
    """Add a line with a control: a box before its term, or else a label before the answer."""
    paragraph = document.add_paragraph(style="Form answer")
    element = paragraph._p  # noqa: SLF001 - the library has no controls
    if control.answer is Answer.BOX:
        element.append(_control(control, EMPTY_BOX, number, _box()))
        paragraph.add_run(f" {control.label}").bold = True
        if control.meaning:
            paragraph.add_run(f": {control.meaning}")
        return
    paragraph.add_run(f"{control.label}: ").bold = True
    if control.answer is not Answer.CHOICE:
        element.get_or_add_pPr().append(_rule())
    kinds = {
        # Rich text: another program doubled the words of plain text in two scripts.
        Answer.LINE: [],
        Answer.TEXT: [],
        Answer.CHOICE: [_terms("w:dropDownList", control)],
        Answer.WORD: [_terms("w:comboBox", control)] if control.terms else [],
    }
    kind = [_element("w:showingPlcHdr"), *kinds[control.answer]]
    element.append(_control(control, prompt_words(locale, control.answer), number, *kind))
    if control.answer is Answer.TEXT:
        paragraph.paragraph_format.space_after = Pt(36)  # room for a hand


def _control(control: Control, text: str, number: int, *kind: Any) -> Any:  # noqa: ANN401 - lxml
    """Return a content control around a run of text."""
    outer, properties, inner = map(_element, ("w:sdt", "w:sdtPr", "w:sdtContent"))
    properties.append(_element("w:alias", **{"w:val": control.label[:64]}))
    properties.append(_element("w:tag", **{"w:val": short_tag(control.tag)}))
    properties.append(_element("w:id", **{"w:val": str(number)}))
    properties.extend(kind)
    run = _element("w:r")
    if control.answer is not Answer.BOX:
        colour = _element("w:rPr")
        colour.append(_element("w:color", **{"w:val": "595959"}))
        run.append(colour)
    written = _element("w:t")
    written.text = text
    run.append(written)
    inner.append(run)
    outer.extend((properties, inner))
    return outer


def _box() -> Any:  # noqa: ANN401 - lxml has no types
    box = OxmlElement("w14:checkbox", nsdecls={"w14": _WORD_14})
    for name, value in (("checked", "0"), ("checkedState", "2612"), ("uncheckedState", "2610")):
        state = OxmlElement(f"w14:{name}", nsdecls={"w14": _WORD_14})
        state.set(f"{{{_WORD_14}}}val", value)
        if name != "checked":
            state.set(f"{{{_WORD_14}}}font", "MS Gothic")
        box.append(state)
    return box


def _terms(name: str, control: Control) -> Any:  # noqa: ANN401 - lxml has no types
    choice = _element(name)
    for id_, label in control.terms:
        choice.append(_element("w:listItem", **{"w:displayText": label, "w:value": id_}))
    return choice


def _rule() -> Any:  # noqa: ANN401 - lxml has no types
    """Return a line below a paragraph, to write on."""
    borders = _element("w:pBdr")
    line = {"w:val": "single", "w:sz": "4", "w:space": "1", "w:color": "7F7F7F"}
    borders.append(_element("w:bottom", **line))
    return borders


def _element(name: str, **attributes: str) -> Any:  # noqa: ANN401 - lxml has no types
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def _add_terms(
    document: Document, model: Model, locale: Locale, blocks: Iterable[QuestionBlock]
) -> None:
    """Add the terms of each list that is chosen from, with their meaning: paper has no lists."""
    asked = {c.tag for b in blocks for c in b.controls if c.answer is not Answer.BOX and c.terms}
    vocabularies = dict.fromkeys(
        own.vocabulary for own in model.walk() if own.vocabulary and _is_asked(own, asked)
    )
    if vocabularies:
        document.add_heading(locale.gettext("Words to choose from"), 1)
    for name in vocabularies:
        vocabulary = model.vocabularies[name]
        document.add_heading(vocabulary.title, 2)
        terms = [vocabulary.terms[id_] for id_ in vocabulary.fine]
        if any(term.definition for term in terms):
            for term in terms:
                text = ": ".join(filter(None, (term.label, term.definition)))
                document.add_paragraph(text, "Form help")
        else:
            document.add_paragraph(" · ".join(term.label for term in terms), "Form help")


def _is_asked(own: Field, tags: Iterable[str]) -> bool:
    top, *inside = own.path
    return any(
        parts[0] == top and (not inside or parts[-1] == inside[-1] or parts[-2] == inside[-1])
        for parts in (tag.split(".") for tag in tags)
    )


def _add_lines(document: Document) -> None:
    """Add the digests of all printed lines, as a part of the file that nobody sees."""
    body = document.element.body
    digests = sorted({line_digest(printed_text(p)) for p in body.iter(qn("w:p"))})
    xml = f'<{LINES} xmlns="urn:casebook:form">{json.dumps(digests)}</{LINES}>'
    name = PackURI("/customXml/casebook.xml")
    part = Part(name, "application/xml", xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def printed_text(paragraph: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the words of a paragraph that stand in no control, a newline for each line break."""
    return _words(paragraph, leave_out=qn("w:sdt"))


def control_text(control: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return the words in a control, a newline for each line break and between paragraphs."""
    paragraphs = [p for p in control.iter(qn("w:p")) if p is not control]
    return "\n".join(map(_words, paragraphs)) if paragraphs else _words(control)


_SIGNS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_UNREAD = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:pPr"),
    qn("w:rPr"),
    qn("w:sdtPr"),
    qn("w:txbxContent"),
}


def all_text(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Return all words of a paragraph, those in controls too."""
    return _words(element)


def _words(element: Any, leave_out: str = "") -> str:  # noqa: ANN401 - lxml has no types
    """Return the words below an element, without what was deleted under tracked changes."""
    if element.tag == qn("w:t"):
        return element.text or ""
    if element.tag in _SIGNS:
        return _SIGNS[element.tag]
    inner = (child for child in element if child.tag != leave_out and child.tag not in _UNREAD)
    return "".join(_words(child, leave_out) for child in inner)


def _packed(document: Document) -> bytes:
    """Return the bytes of a document, with no moment of their making in them."""
    made, packed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w") as stored:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, _SAME_MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            stored.writestr(info, parts.read(name))
    return packed.getvalue()
