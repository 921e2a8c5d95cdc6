"""Owns what must not be published: contact data, hidden names, and what a redacted record shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.model.record import Field, Model
from generator.model.value import UNKNOWN, Value, every, field_path, listed
from generator.names import fold

ANONYMISED = "anonymised"
INTERNAL = "internal"
WITHHELD = "withheld"
"""The value that stands where a name was taken out."""

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_PHONE = re.compile(
    r"""(?x)
      (?<![\w.,/-]) (?: \+ | 00(?=[1-9]) ) \d{1,3} (?: [\s.()/-]{0,2} \d ){6,12} (?!\d)
    | (?<![\w.,/-]) \(0?\d{1,4}\) [\s.-]? \d{3} (?: [\s.-]? \d ){3,5} (?![\d-])
    | (?<![\w.,/-]) 0\d{1,3} [\s.-] \d{3} [\s.-]? \d{3,4} (?![\d-])
    | (?<![\w.,/-]) \d{3} [.-] \d{3} [.-] \d{4} (?![\d-])
    | \b (?: tel | telephone | phone | mobile | cell | whatsapp | fax | telefono | teléfono
           | téléphone | celular | telefone ) \b \.? [\s:.]* \+? \(? (?: \d [\s().-]{0,2} ){6,14}
    | tel:\+?\d+
    """,
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact data found in a text: `what` names the kind, line and column start at 1."""

    line: int
    column: int
    what: str
    found: str


def contacts(text: str) -> Iterator[Contact]:
    """Yield each e-mail address and telephone number of a text, digits of any script."""
    for number, line in enumerate(text.split("\n"), start=1):
        if "@" in line:
            for match in _EMAIL.finditer(line):
                yield Contact(number, match.start() + 1, "an e-mail address", match[0])
        if any(char.isdigit() for char in line):
            masked = _URL.sub(lambda m: "x" * len(m[0]), _ascii_digits(line))
            for match in _PHONE.finditer(masked):
                column = match.start() + 1
                found = line[match.start() : match.end()].strip()
                yield Contact(number, column, "a telephone number", found)


def _ascii_digits(line: str) -> str:
    if line.isascii():
        return line
    return "".join(
        str(unicodedata.digit(char))
        if char.isdigit() and unicodedata.decimal(char, None) is not None
        else char
        for char in line
    )


def visibility(values: Mapping[str, Value], model: Model) -> str:
    """Return who may read a record: public, internal or anonymised."""
    field = model.role("visibility")
    return str(values.get(field.name, "public")) if field else "public"


def hidden_entries(values: Mapping[str, Value], model: Model) -> Iterator[tuple[str, str]]:
    """Yield the place and value of every name that a published page may not print."""
    anonymous = visibility(values, model) == ANONYMISED
    for owner in model.fields.values():
        if not owner.fields:
            continue
        for index, entry in enumerate(listed(values.get(owner.name))):
            if not isinstance(entry, dict):
                continue
            place = f"{owner.name}.{index}" if owner.many else owner.name
            withheld = anonymous or _no_consent(entry, owner)
            for member in owner.fields.values():
                name = entry.get(member.name)
                secret = (member.private and withheld and name != owner.besides) or (
                    member.personal and anonymous
                )
                if secret and isinstance(name, str) and name != UNKNOWN:
                    yield f"{place}.{member.name}", name


def _no_consent(entry: Mapping[str, Value], owner: Field) -> bool:
    return any(entry.get(m.name) == "no" for m in owner.fields.values() if m.role == "consent")


def mentions(text: str, names: Iterable[str]) -> str:
    """Return the first of the names that stands in a text, however it is written, or nothing."""
    folded = f" {fold(text)} "
    for name in names:
        wanted = fold(name)
        bounded = wanted.isascii() or all(
            "LATIN" in unicodedata.name(c, "") for c in wanted if c.isalpha()
        )
        if wanted and (f" {wanted} " if bounded else wanted) in folded:
            return name
    return ""


def redacted(values: Mapping[str, Value], model: Model) -> dict[str, Value]:
    """Return the values as they may be published: hidden names and their sources' addresses out."""
    made: dict[str, Value] = _copy(values)
    for place, _ in hidden_entries(values, model):
        _put(made, place)
    if visibility(values, model) == ANONYMISED:
        links = {field.path for field in model.walk() if field.source_link}
        for place, _ in list(every(made)):
            if field_path(place) in links:
                _drop(made, place)
    return made


def _copy(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: _copied(value) for key, value in values.items()}


def _copied(value: Value) -> Value:
    if isinstance(value, dict):
        return _copy(value)
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _holder(values: dict[str, Value], place: str) -> tuple[dict[str, Value], str]:
    *above, last = place.split(".")
    at: Value = values
    for part in above:
        at = at[int(part)] if isinstance(at, list) else at[part] if isinstance(at, dict) else at
    if not isinstance(at, dict):
        raise TypeError(place)
    return at, last


def _put(values: dict[str, Value], place: str) -> None:
    holder, last = _holder(values, place)
    holder[last] = WITHHELD


def _drop(values: dict[str, Value], place: str) -> None:
    holder, last = _holder(values, place)
    holder.pop(last, None)
