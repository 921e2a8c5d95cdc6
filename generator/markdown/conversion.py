"""How a text becomes a body: read, sanitised, split at its links, and what is wrong with these."""

from __future__ import annotations

import html
from collections import defaultdict, deque
from collections.abc import Callable, Mapping

from generator.base.position import Position
from generator.base.problem import Problem, Severity
from generator.base.site import COMMONMARK, DEFAULT_MARKDOWN, PYTHON_MARKDOWN, MarkdownSettings
from generator.base.web_address import UNREACHABLE, completed, unreachable
from generator.markdown import commonmark, python_markdown
from generator.markdown.body import EMPTY, Body, Link, pack
from generator.markdown.render import SPACE_MARK, WIKI_MARK
from generator.markdown.sanitise import LinkKind, cleaned_pieces, readable
from generator.markdown.source import Address, Draft, Lint, MarkdownText, TooComplexError
from generator.markdown.split import LinkRef, SplitHtml, split_html
from generator.markdown.unknown_tags import LITERAL_TAG

READERS: Mapping[str, Callable[[MarkdownText, MarkdownSettings], Draft]] = {
    COMMONMARK: lambda source, _settings: commonmark.read_commonmark(source),
    PYTHON_MARKDOWN: python_markdown.read_python_markdown,
}
"""What makes a `Draft` of a `MarkdownText`, by the name in the settings."""

RESERVED = ("\0", LITERAL_TAG, SPACE_MARK, WIKI_MARK)
"""Characters that no text needs, and that stand for something while it is read."""

REFUSED = {
    LinkKind.UNSAFE: (
        "unsafe-link",
        "'{}' is not an address that a page may link to",
        "write a full address that begins with https://, or the name of a file or term",
    ),
    LinkKind.CONTACT: (
        "contact-link",
        "'{}' is a link to a person's address or number",
        "take it out, and name a position in contact_role",
    ),
}
REMOTE_PICTURE = (
    "remote-picture",
    "the picture '{}' is not in the library",
    "put the picture beside the case and write its file name",
)
WITHOUT_ADDRESS = (
    "unsafe-link",
    "a link or a picture has no address",
    "write [words](address), or ![what it shows](picture.jpg)",
)
LINK_WITHOUT_WORDS = (
    "link-without-words",
    "the link to '{}' has no words, so nobody sees or hears it",
    "write [words]({})",
)
PICTURE_WITHOUT_TEXT = (
    "picture-without-text",
    "the picture '{}' has no text for people who cannot see it",
    "write ![what the picture shows]({})",
)


def convert(
    text: str,
    *,
    path: str,
    first_line: int = 1,
    top: int = 3,
    settings: MarkdownSettings = DEFAULT_MARKDOWN,
) -> tuple[Body, tuple[Problem, ...]]:
    """Return the body of a Markdown text and what is wrong with it, in reading order.

    `first_line` is where the text begins in its file; `top` is what its largest headings become.
    A text too complex to read in good time gives an empty body and a problem; nothing raises.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for character in RESERVED:
        text = text.replace(character, "\ufffd")
    text = text.encode(errors="replace").decode()
    try:
        draft = READERS[settings.reader](MarkdownText.from_file(text, first_line), settings)
    except TooComplexError as error:
        return EMPTY, (_too_complex(path, error),)
    split = split_html(cleaned_pieces(draft.html, steady=not draft.has_html), top=top)
    body, problems = _with_links(split, draft, path)
    problems += [_reported(lint, path) for lint in draft.lints]
    problems = _once(problems)
    return body, tuple(sorted(problems, key=lambda p: (p.line, p.column)))


def _once(problems: list[Problem]) -> list[Problem]:
    """Return the problems; of what readers cannot open one at a place, and none beside another."""
    by_place = {
        (problem.line, problem.column): problem
        for problem in sorted(problems, key=lambda problem: problem.code != UNREACHABLE)
    }
    last = set(map(id, by_place.values()))
    return [one for one in problems if one.code != UNREACHABLE or id(one) in last]


def _with_links(split: SplitHtml, draft: Draft, path: str) -> tuple[Body, list[Problem]]:
    """Return the body, its links at their places, and what is wrong with any link."""
    links: list[Link] = []
    problems: list[Problem] = []
    places = _Places(draft)
    for reference in split.references:
        typed, position = places.take(reference)
        if reference.kind is LinkKind.INTERNAL:
            alt = reference.words if reference.image else ""
            line, column = position
            image = reference.image
            links.append(Link(target=typed, line=line, column=column, image=image, alt=alt))
        if fault := _fault(reference, typed):
            code, message, hint = fault
            severity = Severity.WARNING if code == UNREACHABLE else Severity.ERROR
            problems.append(
                Problem(
                    path=path,
                    line=position.line,
                    column=position.column,
                    severity=severity,
                    code=code,
                    message=message.replace("{}", typed),
                    hint=hint.replace("{}", typed),
                )
            )
    body = Body(
        packed=pack(split.parts),
        links=tuple(links),
        headings=split.headings,
        anchors=split.anchors,
        words=split.words,
    )
    return body, problems


class _Places:
    """The places of all addresses, to be taken in the order of the HTML."""

    def __init__(self, draft: Draft) -> None:
        """Sort the addresses of a draft by what a browser would read."""
        self.source = draft.source
        self.waiting: dict[str, deque[Address]] = defaultdict(deque)
        for address in draft.addresses:
            self.waiting[html.unescape(address.target).strip()].append(address)

    def take(self, reference: LinkRef) -> tuple[str, Position]:
        """Return the target of a link, and where it stands: the k-th of its kind at the k-th place.

        Of those that the sanitiser could not read, the next one is it.
        """
        target = reference.target.strip()
        waiting = self.waiting.get(target)
        if not reference.target:
            unread = (w for key, w in self.waiting.items() if w and not readable(key))
            waiting = next(unread, waiting)
        if waiting:
            address = waiting.popleft() if len(waiting) > 1 or not target else waiting[0]
            return reference.target or address.target, self.source.position(address.offset)
        words = target.split()
        match = self.source.text.find(words[0]) if words else -1
        return reference.target, self.source.position(max(match, 0))


def _fault(reference: LinkRef, typed: str) -> tuple[str, str, str] | None:
    """Return code, message and hint for a link that is not as it should be."""
    if not reference.target and not typed:
        return WITHOUT_ADDRESS
    if reference.image and reference.kind is not LinkKind.INTERNAL:
        return REMOTE_PICTURE
    if reference.image:
        return None if reference.words else PICTURE_WITHOUT_TEXT
    return _link_fault(reference, typed)


def _link_fault(reference: LinkRef, typed: str) -> tuple[str, str, str] | None:
    """Return code, message and hint for a link, no picture, that is not as it should be."""
    if reference.kind is LinkKind.UNSAFE:
        return _refused_address(typed)
    if reference.kind in REFUSED:
        return REFUSED[reference.kind]
    if reference.kind is LinkKind.EXTERNAL and (hidden := unreachable(typed)):
        return UNREACHABLE, f"'{{}}' {hidden.reason}", hidden.remedy
    return None if reference.words else LINK_WITHOUT_WORDS


def _refused_address(typed: str) -> tuple[str, str, str]:
    """Return code, message and hint for an address that a page may not link to."""
    code, message, hint = REFUSED[LinkKind.UNSAFE]
    if hidden := unreachable(typed):
        return code, f"'{{}}' {hidden.reason}", hidden.remedy
    if any(map(str.isspace, typed)):
        return code, message, "there is a space in it: take it out"
    whole = completed(typed)
    return code, message, f"write {whole}" if whole else hint


def _reported(lint: Lint, path: str) -> Problem:
    return Problem(
        path=path,
        line=lint.position.line,
        column=lint.position.column,
        severity=lint.severity,
        code=lint.code,
        message=lint.message,
        hint=lint.hint,
    )


def _too_complex(path: str, error: TooComplexError) -> Problem:
    return Problem(
        path=path,
        line=error.line,
        code="text-too-complex",
        message=error.reason,
        hint="divide the text with blank lines and take out what is repeated",
    )
