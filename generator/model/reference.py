"""The field reference: in words, what a field takes and who needs it; an example as YAML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from generator.base.locale import ENGLISH, Locale
from generator.base.names import fold
from generator.model.declaration import Plain, with_article
from generator.model.former_names import present_path
from generator.model.kinds import KINDS
from generator.model.number import in_its_bounds
from generator.model.record import Field, Model
from generator.model.vocabulary import Vocabulary

WIDTH = 90
"""No line of running text has more characters, indentation included."""


def kind_words(field: Field, locale: Locale = ENGLISH) -> str:
    """Return what a field takes, in words: `one or more terms`."""
    kind, _ = KINDS[field.kind], locale.gettext
    words = _(kind.several if field.many else kind.single)
    if field.precision == "day":
        words = _("one or more days") if field.many else _("a day")
    if field.kind == "number":
        return in_its_bounds(field, words, locale)
    if not field.max:
        return words
    most = locale.ngettext(
        "at most %(num)s character", "at most %(num)s characters", int(field.max)
    )
    return locale.joined_by_commas([words, most])


def need_words(field: Field, model: Model, locale: Locale = ENGLISH) -> str:
    """Return which kinds of record need a field, in words."""
    kinds = [kind.id for kind in model.types.kinds.values() if field.need in kind.needs]
    if not kinds:
        return locale.gettext("optional")
    _, other = locale.gettext, field.alternative
    instead = (" ", _("(or %(field)s)", field=other)) if other else ()
    if len(kinds) == len(model.types.kinds):
        return locale.concatenated(_("needed"), *instead)
    terms = model.vocabularies[model.fields[model.type_field].vocabulary].terms
    names = locale.comma.join(terms[kind].label for kind in kinds)
    return locale.concatenated(_("needed in: %(kinds)s", kinds=names), *instead)


def example_yaml(field: Field) -> str:
    """Return an example of a field as an author would write it."""
    return "\n".join(_yaml_lines(field.name, _example(field), "")) + "\n"


def _example(field: Field) -> Plain:
    if field.kind == "record":
        members = {m.name: _example(m) for m in field.fields.values()}
        entry: Plain = {name: value for name, value in members.items() if value}
        return [entry] if field.many else entry
    if field.many and isinstance(field.example, str) and field.example:
        return [field.example]
    return field.example


def _yaml_lines(name: str, value: Plain, indent: str) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{indent}{name}: {yaml_scalar(value)}"
    elif isinstance(value, dict):
        yield f"{indent}{name}:"
        for key, item in value.items():
            yield from _yaml_lines(key, item, f"{indent}  ")
    else:
        yield f"{indent}{name}:"
        for item in value:
            yield from _yaml_item(item, f"{indent}  ")


def _yaml_item(item: Plain, indent: str) -> Iterator[str]:
    if not isinstance(item, dict):
        yield f"{indent}- {yaml_scalar(str(item))}"
        return
    lines = [line for key, value in item.items() for line in _yaml_lines(key, value, f"{indent}  ")]
    if lines:
        yield f"{indent}- {lines[0].strip()}"
    yield from lines[1:]


_SPECIAL = frozenset("-?:,[]{}#&*!|>'\"%@`")


def yaml_scalar(text: str) -> str:
    """Return text as a YAML value, in quotes only where it must have them."""
    plain = text.isprintable() and text.strip() == text and bool(text)
    plain = plain and text[0] not in _SPECIAL and not text.startswith(("---", "..."))
    if plain and ": " not in text and " #" not in text and not text.endswith(":"):
        return text
    return '"' + "".join(_ESCAPES.get(c) or _escape(c) for c in text) + '"'


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _escape(character: str) -> str:
    if character.isprintable():
        return character
    return f"\\U{ord(character):08x}"


def as_text(model: Model, fields: Iterable[Field] = ()) -> str:
    """Return the reference of all fields as plain text; of some fields in full, with their terms.

    A field that stands inside another is called by its dotted path.
    """
    chosen, lines = list(fields), list[str]()
    for field in chosen or model.fields.values():
        lines += [*_text_lines(field, model, "", in_full=bool(chosen)), ""]
    return "\n".join(lines)


def find_fields(model: Model, typed: str) -> tuple[Field, ...]:
    """Return the fields that a word means: a dotted path, a name or a label, in any spelling.

    A name that stands inside several fields means all of these. A name that a field had before
    means that field.
    """
    key = fold(typed)
    for spelling in (_dotted, _name, _label):
        if fields := tuple(field for field in model.walk() if fold(spelling(field)) == key):
            return fields
    former = model.at(present_path(typed, model.fields))
    if former:
        return (former,)
    return tuple(f for f in model.walk() if key in map(fold, f.former_names))


def _dotted(field: Field) -> str:
    return field.dotted


def _name(field: Field) -> str:
    return field.name


def _label(field: Field) -> str:
    return field.label


def _text_lines(field: Field, model: Model, indent: str, *, in_full: bool = False) -> Iterator[str]:
    name = field.name if indent or not in_full else field.dotted
    yield f"{indent}{name}  ({kind_words(field)}; {need_words(field, model)})"
    inner = f"{indent}    "
    yield from _wrapped(field.help, inner)
    if field.former_names:
        yield f"{inner}formerly: {', '.join(field.former_names)}"
    if field.vocabulary:
        yield f"{inner}terms: {model.vocabularies[field.vocabulary].path}"
    if field.kind != "record" and field.example:
        yield from _wrapped(f"for example {_inline(field.example)}", inner)
    if in_full and field.vocabulary:
        yield from _terms_in_full(model.vocabularies[field.vocabulary], inner)
    for member in field.fields.values():
        yield from _text_lines(member, model, inner, in_full=in_full)


def _terms_in_full(vocabulary: Vocabulary, indent: str) -> Iterator[str]:
    """Yield each term with its label and its definition, in the order of the file."""
    if vocabulary.open:
        yield f"{indent}a term that is not listed here is welcome too"
    for term in vocabulary.terms.values():
        label = "" if fold(term.label) == fold(term.id) else f"  {term.label}"
        group = "  (a group: name one of those below it)" if term.id in vocabulary.broad else ""
        yield f"{indent}- {term.id}{label}{group}"
        yield from _wrapped(term.definition, f"{indent}    ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _inline(example: Plain) -> str:
    return yaml_scalar(example) if isinstance(example, str) else ", ".join(map(str, example))


def as_markdown(model: Model, fields: Iterable[Field] = ()) -> str:
    """Return the reference of all fields as Markdown, a section for each; of some with their terms.

    The terms of a field inside a record stand under the field itself.
    """
    chosen = list(fields)
    lines = [f"# The fields of {with_article(model.name)}", ""]
    for field in chosen or model.fields.values():
        name = field.dotted if chosen else field.name
        lines += [f"## `{name}`: {field.label}", "", _summary(field, model), ""]
        if field.fields:
            lines += [*_member_bullets(field, model, ""), ""]
        if field.example or field.fields:
            lines += ["```yaml", example_yaml(field).rstrip(), "```", ""]
        if chosen:
            lines += [*_term_bullets(field, model), ""]
    return "\n".join(lines)


def _term_bullets(field: Field, model: Model) -> Iterator[str]:
    """Yield the terms of a field, and of those inside it, each with its label and definition."""
    for member in field.walk():
        if vocabulary := model.vocabularies.get(member.vocabulary):
            yield from (f"Terms of `{member.dotted}`:", "")
            for term in vocabulary.terms.values():
                yield f"- `{term.id}` ({term.label}): {term.definition}".rstrip(": ")
            yield ""


def _member_bullets(field: Field, model: Model, indent: str) -> Iterator[str]:
    for member in field.fields.values():
        what = f"{kind_words(member)}; {need_words(member, model)}"
        yield f"{indent}- `{member.name}` ({what}): {member.help}{_terms_file(member, model)}"
        yield from _member_bullets(member, model, f"{indent}  ")


def _summary(field: Field, model: Model) -> str:
    what = f"{kind_words(field)}; {need_words(field, model)}."
    return f"{what[:1].upper()}{what[1:]} {field.help}{_terms_file(field, model)}"


def _terms_file(field: Field, model: Model) -> str:
    vocabulary = model.vocabularies.get(field.vocabulary)
    return f" Terms: `{vocabulary.path}`." if vocabulary else ""
