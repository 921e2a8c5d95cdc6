r"""E-mail addresses, telephone numbers and chat names in a text, told apart from all else in it.

Case studies are full of figures, years, laws and references, and an author who is warned of them
stops reading. So a number is a telephone number only if something says so:

1. Characters that nobody sees are left out, and escapes are read: `&nbsp;`, `\@`, `\u200b`.
2. Lines without an `@`, a chat's name or six digits are skipped: most lines of a text.
3. What is certainly something else is masked: web addresses, DOIs, ISBNs, dates, coordinates.
4. Each group of digits that is left is a candidate, unless a word before it says what it counts
   (`grant`, `village code`, `USD`).
5. A candidate with a label (`Tel.`, `WhatsApp`) needs few digits; one that reads as a figure and
   is too exact for it is doubtful (`Tel 79 123 456`, `Contact: 79123456`). One without must have a
   form in `_FORMS`: a country code, a leading zero, an area in parentheses, or groups of known
   lengths.
   Groups of three are refused where they read as a figure: `1 087 154`.
6. A form that codes and budget lines have too is doubtful: `61 22 33 44`.

Digits of any script count. No pattern takes a time that grows with the square of a line.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby

from generator.base.names import visible
from generator.records.privacy.name_words import word_set

_MAIL = re.compile(
    r"(?:(?<![\w.+'-])[\w.+'-]{1,64}|\"[^\"@\n]{1,64}\")"
    r"(?:[ ]?@[ ]?|%40|&\#0{0,5}64;|&\#x0{0,5}40;|&commat;"
    r"|[ ]?[(\[](?:at|@)[)\]][ ]?)"
    r"(?:[\w-]{1,63}(?:\.|[ ]?[(\[](?:dot|\.)[)\]][ ]?)){1,8}[^\W\d_]{2,24}(?![\w-])"
    r"|(?<![\w.+'-])[\w.+'-]{1,64}[ ]at(?:[ ][\w-]{1,63}[ ]dot){1,4}"
    r"[ ](?:com|org|net|edu|gov|int|info|ngo)\b",
    re.IGNORECASE,
)
_MAIL_SIGN = re.compile(
    r"@|[(\[]at[)\]]|[ ]at[ ](?=[^\n]{1,200}[ ]dot[ ])|%40|&(?:#|commat)", re.IGNORECASE
)
_FILES = word_set(
    """
    pdf doc docx xls xlsx ppt pptx odt ods odp csv tsv txt rtf html htm php asp aspx jsp json
    xml yml yaml png jpg jpeg gif webp avif svg tif tiff heic bmp mp3 mp4 wav avi mov epub mobi
    zip rar gz tgz exe dta sav shp kml kmz js css ipynb tex bib log
    """
)
"""Endings of files: `report@draft.pdf` is no e-mail address."""
_DOMAIN = re.compile(r"\.(?:com|org|net|edu|gov|info|int|[a-z]{2})$")
"""How most hosts of e-mail end."""
_REPOSITORY = re.compile(r"(?:git|hg|svn)@", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>]+", re.IGNORECASE)

_CHAT = re.compile(
    r"\b(?:wa\.me|t\.me|telegram\.me|m\.me|line\.me|signal\.me|join\.skype\.com"
    r"|(?:api|chat)\.whatsapp\.com)/[^\s<>]{2,200}|\b(?:skype|tg|viber):[^\s<>]{3,200}"
    r"|(?:\b(?:skype|wechat|weixin|telegram|signal|viber|snapchat|zalo|kakaotalk|line(?=[ -]id\b))"
    r"|微信)"
    r"(?:(?P<named>[ -]?(?:id|name|username|account|handle|号)\b))?"
    r"[ ]{0,2}:[ ]{0,2}(?P<name>@?[a-z][\w.:-]{3,40})",
    re.IGNORECASE,
)
_SIGNS = {
    "@": ("@",),
    "%": ("%40",),
    "&": ("&#", "&c"),
    ")": ("at)",),
    "]": ("at]",),
    " ": (" dot ",),
    "/": (".me/", "skype.com/", "whatsapp.com/"),
    ":": (
        *("skype", "wechat", "weixin", "telegram", "signal", "viber", "snapchat", "zalo"),
        *("kakaotalk", "line id", "line-id", "微信", "tg:"),
    ),
}
"""One of them is in every line that `_MAIL_SIGN` or `_CHAT` matches, in small letters: a quick
first test. Each stands behind a character that is in every such line too: quicker to look for."""
_SIX_DIGITS = re.compile(r"[0-9](?:[ ().\-/]{0,3}[0-9]){5}")
"""A part of every number that may be reported, since LABELLED is the fewest digits."""

_MASKED = re.compile(
    r"""(?x)
      (?: https?:// | www\. ) [^\s<>]+
    | \b 10\.\d{4,9}/ [^\s<>]+                                       # a DOI
    | \b 97[89] [ -]? (?:\d[ -]?){9} \d \b                           # an ISBN
    | \b [ep]?-? (?:isbn|issn|ismn|orcid|pmc?id|isni|oclc|lccn|doi|hdl|handle|arxiv|ssrn|isrctn
        |ean|gtin|asin)s? (?![a-z]) (?:[ -]?\(?1[03]\)?(?!\d))? [^\d\n]{0,30} \d[\dx \t-]{0,18}
        (?: [ ]? (?:[,;/]|and|et|y|e|und) [ ]? \d [\dx-]{6,18} )*
    | (?<!\d)(?<!\d[./-]) (?: \d{4} ([./-]) (?:0?[1-9]|1[0-2]) (?: \1 (?:0?[1-9]|[12]\d|3[01]) )?
        | (?:0?[1-9]|[12]\d|3[01]) ([./ -]) (?:0?[1-9]|1[0-2]) \2 (?:1[5-9]|20)\d\d
        | (?:0?[1-9]|1[0-2]) ([./-]) (?:1[5-9]|20)\d\d ) (?![./-]?\d)  # a day or a month
    | (?<![\d.+]) 0\.\d+ (?![\d.])
    | (?<![\d.+(])(?<!\d[ ]) \d{1,3}\.\d+ (?![\d.]) (?![ ]\d{3,4}(?!\d))  # a decimal
    | (?<![\d.+]) \d{1,3} (?:\.\d{1,3}){3} (?![\d.])                 # an address of a computer
    | \b \d{1,3} [ ]? [°º] [\d '\u2032’"\u2033.,]{0,20}                    # a coordinate
    | (?<![\d ]) \d{1,3} (?:[ ]\d{1,2}){2} (?:\.\d{1,9})? [ ]? [NSEWO] \b
    | \b [NSEWO] [ ]? \d{1,3} (?:[ ]\d{1,2}){1,2} (?:\.\d{1,9})? (?![\d.]|[ ]\d)
    | \b (?:lat|lon|long|latitude|longitude|latitud|longitud|gps|utm|easting|northing
        |coord[a-zé]{0,9}) s? (?:\.|\b) [:=( ]{0,3} [\d+-] [\d .,°'"-]{3,40}
    """,
    re.IGNORECASE,
)
_ISBN_10 = re.compile(r"(?<![\w-])\d(?:[ -]?\d){8}[ -]?[\dXx](?![\w-])")
_LABEL = (
    r"(?: \b (?: t[eé]l | t[eé]l[eé]?(?:ph|f)on[eo]? | telephone | phone | mob(?:ile)?"
    r" | gsm | natel | handy"
    r" | cel(?:l(?:ular)?)?"
    r" | celular | m[oó]vil | m[oó]bil | portable | whatsapp | viber | wechat | telegram | signal"
    r" | zalo | qq | fax | hotline | ph | тел"
    r" | điện[ ]thoại | đt ) (?:\.|\b) | 电话 | 電話 | 手机 | 전화 | هاتف | تلفون | فون | फ़ोन"
    r" | โทร | ໂທ | ទូរស័ព្ទ | ስልክ )"
    r" (?: [ ]? (?: number | no | nr | n° | num[eé]ro ) \b \.? )?"
)
_LABELLED_POINTS = re.compile(rf"(?x) {_LABEL} [ :=]{{0,3}} $", re.IGNORECASE)
"""A label before `77.123.45.67`, which else is the address of a computer."""
_VERB = (
    r"(?: \b (?: call | ring | dial | sms"
    r" | contact | appele[zr]"
    r" | t[eé]l[eé]phone[zr]"
    r" | contacte[zr] | joindre | llam[ae]r? | contacto | lig(?:ue|ar) | anrufen | hubungi | piga"
    r" ) \b )"
)
_CANDIDATE = re.compile(
    rf"""(?x)
    (?: (?P<label> {_LABEL} [ \t]{{0,3}} (?P<colon>[:=]?) [ \t]{{0,3}} )
      | (?P<verb> {_VERB} [ :]{{1,3}} ) )?
    (?<![\w.,/+-]) (?P<number> \+? [ ]? \(? \+? \d (?: [ ().\-/]{{0,3}} \d )* )
    (?! [\d\w] | [.,]\d )
    """,
    re.IGNORECASE,
)
_PAPERS = """
    grant award contract agreement project program programme programa projet proyecto projeto
    loan credit decree decision law act resolution circular order ordinance regulation
    directive permit licen[cs]e licen[cs]ia invoice factura facture account cuenta compte
    konto ref reference r[eé]f[eé]rence referencia report rapport relat[oó]rio informe bericht
    document documento paper file dossier expediente processo aktenzeichen case ticket isbn no
    nr nos n[uú]m d[eé]cret loi decreto ley arr[eê]t[eé] gesetz reg registration registered
    registro registre enregistrement immatriculation matr[ií]cula ein tin vat tva nif nit ruc
    rfc rut cnpj cpf cuit pan gstin siren siret rccm ninea tax fiscal charity company duns uei
    cfda aln abn acn npi budget line ligne l[ií]nea linha rubrique rubro partida chapter
    chapitre cap[ií]tulo article item section code c[oó]digo zip postcode pin cep plz id
    identifiant identifier identificador page p pp vol volume issue version model serial
    series s[eé]rie patent batch lot plot parcel parcela parcelle cadastre deed title
    certificate certificat certificado household cluster respondent sample record index score
    standard iso usd eur gbp chf lak khr vnd thb kes inr us
"""
_OTHER = re.compile(
    rf"(?<!area )(?<!country )(?<!dial )(?<!dialling )(?<!dialing )(?<!line )(?<!wechat )"
    rf"(?:\b(?:{'|'.join(_PAPERS.split())})|№|[$€£¥#]|n°)s?[ .:#=-]{{0,3}}"
    r"(?:(?:no|nr|nos|n°|num[eé]ro|n[uú]mero|nummer|numbers?|codes?|id|is|are|was|under|with"
    r"|(?:of|de|des|del|du|da) (?:the |las? |los )?(?-i:[a-zà-ÿ]{1,20})"
    r"|budg[a-zéè]+|presup[a-z]+|orçam[a-z]+|postale?s?|postaux|administrati[a-z]+)\b[ .:#=°]{0,3}"
    r"|\d[\d ./-]{0,30}(?:[,;&/]|and|et|y|und) ?){0,4}$",
    re.IGNORECASE,
)
"""A word before a number that makes it the number of a paper or a place, or a sum of money."""

_GROUPS = re.compile(r"\d+")
_FIGURE = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")

FEWEST, MOST = 8, 15
"""How many digits a whole telephone number has, at least and at most."""

LABELLED = 6
"""The fewest digits of a telephone number that has a label."""

BARE = 10
"""How many digits a mobile number has in India and its neighbours: often written without gaps."""

SHAPES = frozenset(
    {(3, 3, 4), (3, 4, 4), (2, 4, 4), (2, 5, 4), (1, 3, 3, 4), (3, 7), (2, 3, 4)}
    | {
        (2, 3, 2, 2),
        (3, 3, 2, 2),
        (3, 2, 2, 2),
        (2, 2, 2, 2),
        (2, 2, 2, 2, 2),
        (1, 2, 2, 2, 2),
        (1, 3, 3, 2, 2),
    }
)
"""How many digits the groups of a national number without a leading zero have.

No figure is grouped so: its groups have three digits, but for the first.
"""


BEST_KNOWN = frozenset({(3, 3, 4), (3, 4, 4), (2, 4, 4), (2, 5, 4), (1, 3, 3, 4)})
"""Those that hardly anything but a telephone number has."""

MAIL, TELEPHONE, CHAT = "an e-mail address", "a telephone number", "a name in a chat"
"""The kinds of contact, in words."""


@dataclass(frozen=True, slots=True)
class Contact:
    """An address or number as typed. `kind` names it in words; line and column start at 1.

    One that is not `certain` could be something else.
    """

    line: int
    column: int
    kind: str
    text: str
    certain: bool = True


def find_contacts(text: str) -> Iterator[Contact]:
    """Yield each e-mail address, telephone number and chat name of a text, line by line.

    In a line the addresses come first. Positions are those of the text as typed.
    """
    unseen = _unseen(text)
    if unseen is None:
        yield from _contacts(text)
        return
    lines = text.split("\n")
    visible_contacts = _contacts(unseen.sub(_seen, text))
    contacts = [
        c
        for n, group in groupby(visible_contacts, _line)
        for c in _as_typed(lines[n - 1], group, unseen)
    ]
    # As typed too: a zero width space divides words where a script puts no spaces.
    yield from sorted({*contacts, *_apart_from(contacts, _contacts(text))}, key=_order)


def _line(contact: Contact) -> int:
    return contact.line


def _order(contact: Contact) -> tuple[int, bool, int, str]:
    return contact.line, contact.kind != MAIL, contact.column, contact.text


_ESCAPES = (
    r"&\#?\w{2,24};|\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U000[0-9a-fA-F]{5})|\\(?=[@.+()/_-])"
)
_ESCAPE = re.compile(_ESCAPES)
_NO_ASCII = re.compile(r"[^\x00-\x7f]+")


def _unseen(text: str) -> re.Pattern[str] | None:
    """Return a pattern of all in a text that a reader does not see as typed; None if all is plain.

    Invisible characters, references such as `&nbsp;`, the escapes of YAML and of Markdown.
    """
    beyond = "" if text.isascii() else "".join(_NO_ASCII.findall(text))
    hidden = "".join(c for c in sorted(set(beyond)) if not visible(c))
    if hidden:
        return re.compile(f"[{re.escape(hidden)}]|{_ESCAPES}")
    return _ESCAPE if ("&" in text or "\\" in text) and _ESCAPE.search(text) else None


def _seen(match: re.Match[str]) -> str:
    """Return what a reader sees in place of a match of `_unseen`: one character, nothing, or it."""
    typed = match[0]
    if typed[0] == "&":
        decoded = unescape(typed)
        if len(decoded) > 1:
            return typed
    else:
        digits = typed[2:]
        decoded = chr(int(digits, 16)) if digits else ""
    decoded = visible(decoded)
    return " " if decoded.isspace() else decoded


def _as_typed(line: str, contacts: Iterator[Contact], unseen: re.Pattern[str]) -> Iterator[Contact]:
    """Yield the contacts of a line that was read without what is unseen, placed as it was typed."""
    origins: list[int] = []
    end = 0
    for match in unseen.finditer(line):
        origins += range(end, match.start())
        letters, end = _seen(match), match.end()
        origins += (
            [match.start()] * len(letters) if letters != match[0] else range(match.start(), end)
        )
    origins += range(end, len(line) + 1)
    for contact in contacts:
        start = origins[contact.column - 1]
        stop = origins[contact.column - 1 + len(contact.text)]
        typed = line[start:stop]
        while typed and not visible(typed[-1]):
            typed = typed[:-1]
        yield Contact(contact.line, start + 1, contact.kind, typed, contact.certain)


def _apart_from(contacts: Sequence[Contact], others: Iterator[Contact]) -> Iterator[Contact]:
    """Yield those of the others that lie over none of those found."""
    spans = sorted((c.line, c.column, c.column + len(c.text)) for c in contacts)
    for other in others:
        index = bisect_right(spans, (other.line, other.column + len(other.text)))
        near = spans[max(index - 2, 0) : index]
        if not any(line == other.line and end > other.column for line, _, end in near):
            yield other


def _contacts(text: str) -> Iterator[Contact]:
    plain = _with_plain_characters(text)
    # This is run over every file of every build: only lines with a hint are looked at closely.
    signed, with_digits = _hinted_lines(plain)
    if hinted := signed | with_digits:
        lines, plain_lines = text.split("\n"), plain.split("\n")
        for number in sorted(hinted):
            line, plain_line = lines[number], plain_lines[number]
            if number in signed:
                yield from _addresses(line, plain_line, number + 1)
            if number in with_digits:
                for start, end, certain in _telephone_numbers(plain_line, number in signed):
                    yield Contact(number + 1, start + 1, TELEPHONE, line[start:end], certain)


def _hinted_lines(plain: str) -> tuple[set[int], set[int]]:
    """Return which lines, from 0, may hold an address or a chat name, and which a number."""
    folded = _folded(plain)
    signs = [
        sign
        for character, signs in _SIGNS.items()
        if character in folded
        for sign in signs
        if sign in folded
    ]
    lines = enumerate(folded.split("\n") if signs else ())
    signed = {number for number, line in lines if any(sign in line for sign in signs)}
    with_digits: set[int] = set()
    number, at = 0, 0
    for digits in _SIX_DIGITS.finditer(plain):
        number += plain.count("\n", at, digits.start())
        at = digits.start()
        with_digits.add(number)
    return signed, with_digits


def _folded(text: str) -> str:
    """Return a text in small letters; a pattern takes the two odd letters of Turkish for an `i`."""
    if not text.isascii():
        text = text.replace("\u0130", "i").replace("\u0131", "i")
    return text.casefold()


def _addresses(line: str, plain: str, number: int) -> Iterator[Contact]:
    """Yield the e-mail addresses of a line, then its chat names."""
    if _MAIL_SIGN.search(plain):
        addresses = [match.span() for match in _URL.finditer(plain)]
        for match in _MAIL.finditer(plain):
            certain = _is_mail(match, addresses)
            if certain is not None:
                typed = line[match.start() : match.end()]
                yield Contact(number, match.start() + 1, MAIL, typed, certain)
    for match in _CHAT.finditer(plain):
        if match["name"] is None or match["named"] or re.search(r"[\d._@:]", match["name"]):
            typed = match[0].rstrip(".,;:)")
            certain = match["name"] is None and re.search(r"\d{7}", typed) is not None
            kind = TELEPHONE if certain else CHAT
            yield Contact(
                number, match.start() + 1, kind, line[match.start() :][: len(typed)], certain
            )


def _is_mail(match: re.Match[str], addresses: Sequence[tuple[int, int]]) -> bool | None:
    """Return whether what looks like an e-mail address certainly is one; None if it is none.

    `addresses` are where web addresses stand in the line. `@name@host` names an account that all
    may read, and `report@draft.pdf` a file.
    """
    line, (start, end) = match.string, match.span()
    if line[start - 1 : start] == "@" or (
        _REPOSITORY.match(match[0]) and line[end : end + 1] in ":/"
    ):
        return None
    host, _, ending = match[0].rpartition(".")
    if ending.lower() in _FILES:
        return False if _DOMAIN.search(host) else None
    index = bisect_right(addresses, (start, len(line)))
    for begin, stop in addresses[max(index - 1, 0) : index]:
        if start < stop:  # in the path of a web address it may be a part of its name
            return any(sign in line[begin:start] for sign in ("?", "mailto:"))
    spaced = re.search(r"[ ]@|@[ ]", match[0]) is not None
    if spaced and not ending.islower():  # we met @ St.Mary
        return None
    return not spaced or _DOMAIN.search(match[0]) is not None


def _telephone_numbers(line: str, signed: bool) -> Iterator[tuple[int, int, bool]]:  # noqa: FBT001 - of a line
    """Yield the start and end of each telephone number in a line, and whether it certainly is.

    `signed` tells that the line may hold a chat name.
    """
    # A mask is as long as what it covers, so that positions stay right.
    masked = _MASKED.sub(_masked, line)
    if signed:
        masked = _CHAT.sub(
            lambda match: "x" * len(match[0]) if match["name"] is None else match[0], masked
        )
    masked = _ISBN_10.sub(_masked_isbn, masked)
    for match in _CANDIDATE.finditer(masked):
        number = _closed(match["number"])
        certain = _is_telephone(number.strip(), match)
        if certain is not None and not _numbers_something_else(match):
            start = match.start("number")
            yield start + len(number) - len(number.lstrip()), start + len(number.rstrip()), certain


def _masked(match: re.Match[str]) -> str:
    """Return a mask for what is no telephone number, if no label says that it is one."""
    before = match.string[max(match.start() - 20, 0) : match.start()]
    labelled = match[0].count(".") == 3 and _LABELLED_POINTS.search(before)  # noqa: PLR2004
    return match[0] if labelled else "x" * len(match[0])


def _masked_isbn(match: re.Match[str]) -> str:
    """Return a mask for an ISBN-10 that is divided in four, else the number itself."""
    title, *others = re.split("[ -]", match[0])
    is_isbn = [len(group) for group in others[2:]] == [1] and _checks_as_isbn(
        "".join((title, *others))
    )
    return "x" * len(match[0]) if is_isbn else match[0]


def _checks_as_isbn(digits: str) -> bool:
    """Tell whether the last of the digits is the check digit of an ISBN-10."""
    values = [10 if digit in "Xx" else int(digit) for digit in digits]
    return sum(weight * value for weight, value in enumerate(reversed(values), start=1)) % 11 == 0


def _closed(number: str) -> str:
    """Return a number up to a parenthesis in it that does not close: `0060-002 (2010`."""
    opened = number.rfind("(")
    cut = opened > 0 and number[:opened].strip("+ ") and ")" not in number[opened:]
    return number[:opened].rstrip() if cut else number


def _numbers_something_else(match: re.Match[str]) -> bool:
    """Tell whether a word before a number says what it is: `grant 0123-456-7890`, `USD 100-200`.

    A `+` is stronger than any word.
    """
    start = match.start("number")
    bare = not (match["label"] or match["verb"] or match["number"].startswith("+"))
    return bare and _OTHER.search(match.string[max(start - 80, 0) : start]) is not None


def _is_telephone(number: str, match: re.Match[str]) -> bool | None:
    """Return whether a number certainly is one; None if it is none, by its label and its form."""
    groups = tuple(_GROUPS.findall(number))
    digits = "".join(groups)
    if len(re.sub("^(?:0011|011|00)", "", digits)) > MOST or not digits.strip("0"):
        return None
    if len(groups) == len(digits) and not match["label"]:  # a scale: 0 1 2 3 4 5 6 7 8 9
        return None
    firm = _has_firm_label(match)
    if (
        match["label"]
        and len(digits) >= LABELLED
        and (firm or _can_follow_weak_label(number, groups))
    ):
        return True
    if any(form(number, groups, digits) for form in _FORMS):
        return not _is_doubtful(number, groups, digits)
    called = match["verb"] and groups[1:] and len(digits) >= LABELLED + 1
    if (called and not _is_figure(number, groups)) or _is_exact(number, match):
        return False
    return None


def _is_exact(number: str, match: re.Match[str]) -> bool:
    """Tell whether a number that reads as a figure is too exact for one: `Tel 79 123 456`.

    A label stands before it, or a verb with a colon: `Contact: 79123456`.
    """
    asked_for = match["label"] or ":" in (match["verb"] or "")
    groups = _GROUPS.findall(number)
    exact = len("".join(groups)) >= FEWEST and not number.endswith("000")
    is_range = not set("-/").isdisjoint(number) or all(map(_YEAR.fullmatch, groups))
    return bool(asked_for and exact and not is_range)


def _is_doubtful(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether codes, budget lines and tax numbers have the form of this number too."""
    lengths = tuple(map(len, groups))
    if number.lstrip("( ").startswith("+") or _with_area(number, groups, digits):
        return False
    if digits.startswith("00"):
        return set(lengths) == {2} and groups[1][0] not in "23456789"
    if not digits.startswith("0"):
        return lengths not in BEST_KNOWN
    if len(groups) == 1:
        return len(digits) < BARE or (len(digits) == BARE and _checks_as_isbn(digits))
    return (
        len(digits) == FEWEST or lengths == (2, 7) or all(group.startswith("0") for group in groups)
    )


def _has_firm_label(match: re.Match[str]) -> bool:
    """Tell `Tel. 212 345` and `phone: 5551234`, which are labelled, from `mobile 120 000 users`."""
    return bool(match["colon"]) or (match["label"] or "").rstrip().endswith(".")


def _can_follow_weak_label(number: str, groups: tuple[str, ...]) -> bool:
    """Tell whether a number after a mere word such as `phone` is no count of phones."""
    return not (_is_figure(number, groups) or number.endswith("000") or len(number) <= LABELLED)


def _is_figure(number: str, groups: tuple[str, ...]) -> bool:
    """Tell whether a number reads as a figure, a range of figures, or years."""
    parts = [part.strip() for part in re.split(r"[-/]", number.lstrip("+ "))]
    figures = all(_FIGURE.fullmatch(part) and not part.startswith("0") for part in parts)
    return figures or all(_YEAR.fullmatch(group) for group in groups)


def _international(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether a country code starts it: `+856 20 5555 1234`, but not `+1 200 000`."""
    plus = number.lstrip("( ").startswith("+")
    zeros = re.match(r"\(?00[ .)-]{0,2}[1-9]|\(?0011[ .-]|011[ .-]", number) is not None
    zeros = zeros and number.count("/") == 0
    rest = digits if plus else re.sub("^(?:0011|011|00)", "", digits)
    if not (plus or zeros) or len(rest) < FEWEST:
        return False
    return not (_is_figure(number, groups) and (len(rest) <= FEWEST or digits.endswith("000")))


def _with_trunk_zero(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether a zero starts it: `020 5555 1234`, `(021) 212 345`, `0712345678`."""
    if not digits.startswith("0") or digits.startswith("00") or number.count("/") > 1:
        return False
    lengths = tuple(map(len, groups))
    if (
        groups[2:]
        and set(lengths) in ({3}, {4}, {5})
        and all(group.startswith("0") for group in groups)
    ):
        return False  # codes: 0101 0203 0405
    if len(digits) == FEWEST:
        return len(groups) > 1 and len(groups[0]) in {2, 3} and not _dated(groups)
    fits = FEWEST < len(digits) <= FEWEST + 4 and lengths != (5, 4)
    return fits and not _dated(groups) and not ("/" in number and groups[2:])


_TRUNK_AND_AREA = re.compile(r"[18][ -]?\((\d{3})\)[ -]?(\d{3}-\d{4}|\d{3}[ -]\d\d[ -]\d\d)$")


def _with_area(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether an area in parentheses starts it: `(555) 123-4567`, `(11) 98765-4321`."""
    area = re.match(r"\((\d{2,4})\) ?(.+)", number) or _TRUNK_AND_AREA.match(number)
    if not area or _YEAR.fullmatch(area[1]) or not FEWEST <= len(digits) <= FEWEST + 4:
        return False
    return not _is_figure(area[2], groups[1:]) or not digits.endswith("000")


def _grouped(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether its groups have known lengths: `555-123-4567`, `70 12 34 56`."""
    lengths = tuple(map(len, groups))
    separators = set(_GROUPS.sub("", number))
    if lengths == (3, 3, 3):  # with spaces or points it is a figure
        return separators == {"-"}
    if lengths == (5, 5):  # `98765 43210`, but not the range `12000-15000`
        return separators == {" "} and not digits.endswith("00")
    if lengths not in SHAPES or not separators <= set(" .-") or _dated(groups):
        return False
    # Signs that change from gap to gap are no accident only in the best known forms.
    return len(separators) == 1 or lengths in BEST_KNOWN - {(3, 4, 4)}


def _bare(number: str, groups: tuple[str, ...], digits: str) -> bool:
    """Tell whether it is a mobile number without gaps: `9876543210`, but not `7000000000`."""
    return (
        number == digits
        and len(digits) == BARE
        and digits[0] in "6789"
        and not digits.endswith("000")
        and len(groups) == 1
    )


_FORMS: tuple[Callable[[str, tuple[str, ...], str], bool], ...] = (
    _international,
    _with_trunk_zero,
    _with_area,
    _grouped,
    _bare,
)
"""Each form takes a number as typed, its groups of digits, and all its digits."""


def _dated(groups: tuple[str, ...]) -> bool:
    """Tell whether the first or the last group is a year: `12 06 2015`."""
    return any(_YEAR.fullmatch(group) for group in (groups[0], groups[-1]))


_SAME_WIDTH = {
    "\t": " ",
    "\u2212": "-",
    **dict.fromkeys("\uff20\ufe6b", "@"),
    **dict.fromkeys("\uff0b\ufe62", "+"),
    **dict.fromkeys("\uff0e\u2024", "."),
    **dict.fromkeys("\uff08\ufe59", "("),
    **dict.fromkeys("\uff09\ufe5a", ")"),
    "\uff0f": "/",
}
_SIGN_OF = {"Zs": " ", "Pd": "-"}
_ODD = re.compile(r"[^\x00-\x08\n-\x7f]")


def _with_plain_characters(text: str) -> str:
    """Return a text with digits, spaces and signs in their ASCII form, none of them moved."""
    if text.isascii() and "\t" not in text:
        return text
    for odd in set(_ODD.findall(text)):
        plain = _SAME_WIDTH.get(odd) or _SIGN_OF.get(unicodedata.category(odd))
        text = text.replace(odd, plain or str(unicodedata.decimal(odd, odd)))
    return text
