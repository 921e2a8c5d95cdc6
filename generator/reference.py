"""Owns the field reference in words: what a field takes, whether it is needed, an example as YAML."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.record import Field, Model
from generator.model.shape import Plain

_KINDS = {
    "line": "one line of text",
    "text": "text",
    "slug": "a short name",
    "date": "a date",
    "url": "a web address",
    "language": "a language tag",
    "term": "a term",
    "case": "the address of another record",
    "source": "the id of a source",
    "record": "a record of fields",
}
_MANY = {
    "term": "one or more terms",
    "line": "one or more lines of text",
    "slug": "one or more short names",
    "source": "the ids of one or more sources",
    "record": "a list of records",
}


def kind_words(field: Field) -> str:
    """Return what a field takes, in words."""
    words = _MANY.get(field.kind, _KINDS[field.kind]) if field.many else _KINDS[field.kind]
    if field.kind == "date" and field.precision == "day":
        words = "a day"
    return f"{words}, at most {field.max} characters" if field.max else words


def need_words(field: Field, model: Model) -> str:
    """Return which kinds of record need a field, in words."""
    kinds = [kind for kind in model.types.values() if field.need and field.need in kind.needs]
    if not kinds:
        return "optional"
    words = "needed"
    if len(kinds) < len(model.types):
        vocabulary = model.vocabularies.get(model.fields[model.type_field].vocabulary)
        labels = [
            vocabulary.terms[k.id].label if vocabulary and k.id in vocabulary.terms else k.id
            for k in kinds
        ]
        words += f" in: {', '.join(labels)}"
    if field.alternative:
        words += f" (or {field.alternative})"
    return words


def example_yaml(field: Field) -> str:
    """Return an example of a field as an author would write it."""
    return "\n".join(_yaml(field, _example(field), "")) + "\n"


def _example(field: Field) -> Plain:
    if field.kind != "record":
        return [field.example] if field.many and isinstance(field.example, str) else field.example
    entry: Plain = {m.name: m.example for m in field.fields.values() if m.example}
    return [entry] if field.many else entry


def _yaml(field: Field, value: Plain, indent: str) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{indent}{field.name}: {quoted(value)}"
        return
    yield f"{indent}{field.name}:"
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _yaml(field.fields[key], item, f"{indent}  ")
        return
    for item in value:
        if isinstance(item, dict):
            lines = [
                line
                for key, v in item.items()
                for line in _yaml(field.fields[key], v, f"{indent}    ")
            ]
            yield f"{indent}  - {lines[0].strip()}"
            yield from lines[1:]
        else:
            yield f"{indent}  - {quoted(str(item))}"


def quoted(text: str) -> str:
    """Return text as a YAML value, in quotes only where it must have them."""
    plain = text.strip() == text and text and "\n" not in text and not text.endswith(":")
    plain = plain and not any(mark in text for mark in (": ", " #"))
    if plain and text[0] not in "-?:,[]{}#&*!|>'\"%@`":
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def as_text(model: Model) -> str:
    """Return the reference of all fields as plain text."""
    lines: list[str] = []
    for field in model.fields.values():
        lines += _text(field, model, "")
    return "\n".join(lines) + "\n"


def _text(field: Field, model: Model, indent: str) -> Iterator[str]:
    yield f"{indent}{field.name}  ({kind_words(field)}; {need_words(field, model)})"
    yield f"{indent}    {field.help}"
    if field.vocabulary:
        yield f"{indent}    terms: {model.vocabularies[field.vocabulary].path}"
    if isinstance(field.example, str) and field.example:
        yield f"{indent}    example: {quoted(field.example)}"
    for member in field.fields.values():
        yield from _text(member, model, f"{indent}    ")


def as_markdown(model: Model) -> str:
    """Return the reference of all fields as Markdown, a section for each."""
    lines = [f"# The fields of a {model.name}", ""]
    for field in model.fields.values():
        lines += [f"## `{field.name}`: {field.label}", "", *_row(field, model), ""]
        lines += [
            f"- **`{m.name}`** ({kind_words(m)}; {need_words(m, model)}): {m.help}"
            for m in field.fields.values()
        ]
        lines += [""] if field.fields else []
        lines += ["```yaml", example_yaml(field).rstrip(), "```", ""]
    return "\n".join(lines)


def _row(field: Field, model: Model) -> Iterator[str]:
    yield f"{kind_words(field).capitalize()}; {need_words(field, model)}. {field.help}"
    if field.vocabulary:
        yield ""
        yield f"Terms: `{model.vocabularies[field.vocabulary].path}`."
