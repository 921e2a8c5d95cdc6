"""The tags an author types: which are words after all, and what is reported of those that go.

A tag that would vanish is shown as it was typed; what goes with its content is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from generator.base.problem import Severity
from generator.base.web_address import completed
from generator.markdown.nesting import INLINE, VOID
from generator.markdown.sanitise import ATTRIBUTES, EMPTIED
from generator.markdown.source import Lint, MarkdownText
from generator.markdown.tags import names

LITERAL_TAG = "\ufdd0"
"""Stands for a `<` that is shown, while Markdown is read; no text may hold this character."""

TAG = re.compile(
    r"<(/?)([A-Za-z][^\s<>/@]*)(?=[\s/>])([^<>]*)>|<()(\?|!--|!|/(?![A-Za-z>]))([^\s<>]*)"
)
"""A tag, or what begins a comment or an instruction."""

QUOTED = r"""(?:"(?:(?!\n[ \t]*\n)[^"<])*+"|'(?:(?!\n[ \t]*\n)[^'<])*+'|[^\s"'<>]++)"""
WHOLE = re.compile(
    r"""</?[A-Za-z][^\s<>/@]*+(?:[\s/]++(?:[^\s"'<>/=]++"""
    rf"""(?:\s*+=\s*+{QUOTED})?)?)*+>"""
)
"""A tag whose quotes are closed. Where one is not, a browser takes what follows for its value."""

ADDRESS_ENDS = {
    "](": re.compile(r"\s*(?:\)|[\"'(])"),
    "]:": re.compile(r"[ \t]*(?:\n|\Z|[\"'(])"),
}
"""What comes after `<address>` in a link and in a definition: else it was no address."""

HALF = re.compile(r"<(?=/?[A-Za-z])[^<>]*(?=<|\Z)")
"""The beginning of a tag without its end: amid HTML, all up to the next tag would go with it."""

BARE = re.compile(r"""\s+([^\s"'=]+)(?=\s|/|$)|\s+[^\s"'=]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']+)""")
SWITCHES = frozenset({"open", "hidden", "reversed", "controls", "itemscope", "nowrap", "border"})
"""Attributes without a value; any other word in a tag shows that it is none."""

DROPPED = names(
    "acronym address article aside base basefont bdi bdo big blink body button center col"
    " colgroup data datalist dfn dialog dir fieldset font footer form frame frameset head"
    " header hgroup html input label legend link main map area marquee menu meta meter nav"
    " nobr optgroup option output param picture progress rp rt ruby search source strike"
    " time track tt"
)
"""Elements of HTML that a page does without; the text in them stays."""

ALONE = VOID | names("area base basefont col embed frame input link meta param source track")
"""Elements that have no end tag."""

CHILDLESS = names("br hr img wbr p li td th tr dt dd")
"""Elements that need no end tag, or have none: nothing stays open in them."""

KNOWN = frozenset(ATTRIBUTES) | EMPTIED | DROPPED
SWALLOW = (frozenset(ATTRIBUTES) - INLINE) | EMPTIED
"""Elements without whose end the rest of the text is not shown, or not read as Markdown."""

REMOVED = "removed-html"
COMMENT = "!--"
NEED_NO_END = ALONE | (CHILDLESS - {"p"}) | {"colgroup", "option", "optgroup", "rp", "rt"}
LONGEST_QUOTED = 60
LONGEST_LABEL = 1_000


def escape_unknown_tags(source: MarkdownText, plain: str) -> tuple[MarkdownText, list[Lint]]:
    """Return the text with the `<` of each tag that is none made `LITERAL_TAG`, and what to report.

    `plain` is the text with code and comments blanked, each character in its place. A tag in code
    is made so too: where HTML stands around it, backticks would not make it words.
    """
    text = source.text
    lints: list[Lint] = []
    if "<" not in text:
        return source, lints
    marked = [tag.start() for tag in TAG.finditer(text) if plain[tag.start()] == " "]
    marked = [at for at in marked if not text.startswith("<!--", at)]
    hidden = 0
    lowered = plain.lower()
    tags = [tag for tag in TAG.finditer(plain) if not _is_address(plain, tag)]
    ends = {_name(tag): tag.start() for tag in tags if tag[1]}
    for tag in tags:
        name = _name(tag)
        if tag.start() < hidden:  # inside an element that goes with its content
            continue
        ended = ends.get(name, -1) > tag.start() and name != "plaintext"
        lint = None if tag[1] or name == "/" else _lint(tag, name, source, ended=ended)
        if lint:
            lints.append(lint)
        if lint.code != REMOVED if lint else name not in KNOWN:
            marked.append(tag.start())
        elif name in EMPTIED and ended and not tag[1]:
            hidden = lowered.find(f"</{name}", tag.end())
    marked += [match.start() for match in HALF.finditer(plain)]
    if not marked:
        return source, lints
    characters = list(text)
    for at in marked:
        characters[at] = LITERAL_TAG
    return source.with_text("".join(characters)), lints


def _name(tag: re.Match[str]) -> str:
    return (tag[2] or tag[5]).lower()


def _is_address(plain: str, tag: re.Match[str]) -> bool:
    """Tell whether what looks like a tag is an address: `<https://…>`, `](<a file.md>)`."""
    if _name(tag).endswith(":"):
        return True
    before = plain[max(0, tag.start() - 9) : tag.start()].rstrip(" \t\n>")
    ending = ADDRESS_ENDS.get(before[-2:])
    if ending is None or not ending.match(plain, tag.end()):
        return False
    label = plain.rfind("[", max(0, tag.start() - LONGEST_LABEL), tag.start())
    return before[-2:] == "](" or not plain.startswith("[^", label)  # a note has words


def _lint(tag: re.Match[str], name: str, source: MarkdownText, *, ended: bool) -> Lint | None:
    """Return what is reported of a start tag: nothing, where it does its work."""
    typed = " ".join(tag[0].split())
    if len(typed) > LONGEST_QUOTED:
        typed = f"{typed[:LONGEST_QUOTED]}…"
    words = f"write {escape(typed, quote=False)} or put it in backticks"
    position, inside = source.position(tag.start()), (tag[3] or "").strip("/ \n")
    if name == COMMENT:
        message, hint = "the comment that starts with '<!--' never ends", "write --> where it ends"
        severity = Severity.ERROR
        return Lint(
            position=position, code="unclosed-tag", message=message, hint=hint, severity=severity
        )
    if "=" in inside and not WHOLE.match(source.text, tag.start()):
        message = f"'{typed}' has a quote that is not closed, and is shown as it was typed"
        return Lint(position=position, code="unknown-tag", message=message, hint=words)
    if name not in KNOWN or any(_prose(inside)):
        message = f"'{typed}' is not HTML, and is shown as it was typed"
        if whole := completed(tag[0].strip("<>")):
            words = f"write {whole}, without the brackets"
        return Lint(position=position, code="unknown-tag", message=message, hint=words)
    if not ended and name not in NEED_NO_END and (name in SWALLOW or not inside):
        return Lint(
            position=position,
            code="unclosed-tag",
            message=f"'{typed}' is never closed",
            hint=f"write </{name}> where it ends; if it is meant as words, {words}",
            severity=Severity.ERROR if name in SWALLOW else Severity.WARNING,
        )
    if name in DROPPED or name in EMPTIED:
        nor = ", nor what is in it" if name in EMPTIED - ALONE else ""
        hint = f"take it out; if it is meant as words, {words}"
        return Lint(
            position=position, code=REMOVED, message=f"'{typed}' is not shown{nor}", hint=hint
        )
    return None


def _prose(inside: str) -> Iterator[str]:
    """Yield the words in a tag that are no attributes."""
    for match in BARE.finditer(" " + " ".join(inside.split())):
        if match[1] and match[1].lower() not in SWITCHES:
            yield match[1]
