"""The canonical form of a record: the one long form that programs can read and write safely.

Each claim is a mapping, each field that may hold several values a list, everything in block style,
keys in the order of the model, terms by their id. It reads as the record that it was made of.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator import yaml_nodes
from generator.model.entries import field_of_value
from generator.model.former_names import field_called
from generator.model.kinds import is_blank_node, is_unknown_node
from generator.model.record import Field, Model
from generator.model.value import UNKNOWN
from generator.records.rewriting.edits import in_yaml
from generator.records.rewriting.order import header_length, model_order
from generator.records.rewriting.places import is_keyed, text_of
from generator.records.rewriting.present_names import present_key, present_term
from generator.yaml_nodes.block_layout import (
    Attached,
    Entries,
    Entry,
    Words,
    lines_of,
    words_of,
)
from generator.yaml_nodes.source_nodes import Comment, SourceNode, SourceTree


def canonical_text(tree: SourceTree, model: Model) -> str:
    """Return the canonical form of the fields of a record."""
    form = _CanonicalForm(tree, model)
    top = form.record(tree.root, model.fields)
    first = form.attached.above(tree.root.firsts[0])
    header = first[: header_length(first)]
    for entry in top.entries:
        if entry.above[: len(header)] == header:
            entry.above = entry.above[len(header) :]
            break
    top_entry = top.entries[0]
    while header and top_entry.above and not top_entry.above[0].text:
        top_entry.above.pop(0)  # the header ends with a blank line already
    return "\n".join([*lines_of(top, header), ""])


class _CanonicalForm:
    """One record on its way into the canonical form."""

    def __init__(self, tree: SourceTree, model: Model) -> None:
        self.tree, self.model = tree, model
        self.attached = Attached(tree)

    def words(self, part: SourceNode, written: str = "") -> Words:
        """Return a scalar as typed, or with another word in its place."""
        words = words_of(self.tree, part, self.attached)
        if written:
            return Words([written], quoted=written[0] == '"', comments=words.comments)
        return words

    def record(self, part: SourceNode, fields: Mapping[str, Field]) -> Entries:
        """Return a mapping of fields, in the order of the model."""
        entries = [self.field(part, key, value, fields) for key, value in part.pairs]
        order = model_order([text_of(key) for key, _ in part.pairs], fields)
        ordered = [entries[number] for number in order]
        return Entries(ordered, is_list=False, tail=self.attached.tail(part))

    def field(
        self,
        record: SourceNode,
        key: SourceNode,
        value: SourceNode,
        fields: Mapping[str, Field],
    ) -> Entry:
        """Return one field, under its present name; one that is unknown keeps its own."""
        field = field_called(text_of(key), fields)
        name = present_key(key, fields, record)
        written = name if name and name != text_of(key) else self.key_as_typed(key)
        return Entry(
            written,
            self.value(value, field) if field else self.as_typed(value),
            above=self.attached.above(key),
            beside=self.attached.beside(key) + self.beside(value),
        )

    def key_as_typed(self, key: SourceNode) -> str:
        typed = self.tree.text[key.start : key.end]
        return typed if "\n" not in typed else in_yaml(text_of(key))

    def beside(self, part: SourceNode) -> list[Comment]:
        """Return the comments beside the brackets of a collection."""
        return [] if isinstance(part.node, yaml_nodes.Scalar) else self.attached.beside(part)

    def as_typed(self, part: SourceNode) -> Words | Entries:
        """Return a value that no field reads: in block style, and otherwise as typed."""
        if isinstance(part.node, yaml_nodes.Scalar):
            return self.words(part)
        if isinstance(part.node, yaml_nodes.Sequence):
            items = [self.item(item, self.as_typed(item)) for item in part.items]
            return Entries(items, is_list=True, tail=self.attached.tail(part))
        return self.record(part, {})

    def item(self, part: SourceNode, value: Words | Entries) -> Entry:
        """Return an item of a list, with the comments above it and beside its brackets."""
        return Entry("", value, above=self.attached.above(part), beside=self.beside(part))

    def value(self, part: SourceNode, field: Field) -> Words | Entries:
        """Return the value of a field in its long form."""
        if is_unknown_node(part.node):
            return self.unknown(part)
        if is_blank_node(part.node):
            return self.as_typed(part)
        if field.many:
            return self.several(part, field)
        if isinstance(part.node, yaml_nodes.Sequence):
            return self.out_of_brackets(part, field)
        return self.single(part, field)

    def unknown(self, part: SourceNode) -> Words:
        return self.words(part, "" if part.style or text_of(part) == UNKNOWN else UNKNOWN)

    def out_of_brackets(self, part: SourceNode, field: Field) -> Words | Entries:
        """Return the one value of a list where a field takes one; several stay a list."""
        if len(part.items) > 1:
            return self.as_typed(part)
        (item,) = part.items
        nested = isinstance(item.node, yaml_nodes.Sequence)
        value = self.as_typed(item) if nested else self.value(item, field)
        comments = [*self.attached.above(item), *self.beside(item), *self.attached.tail(part)]
        if isinstance(value, Words):
            value.comments += [comment for comment in comments if comment.text]
        else:
            value.tail += comments
        return value

    def several(self, part: SourceNode, field: Field) -> Entries:
        """Return the list of values of a field that may hold several."""
        if not isinstance(part.node, yaml_nodes.Sequence):
            return Entries(self.entries(part, field, of_list=False), is_list=True)
        entries = [entry for item in part.items for entry in self.entries(item, field)]
        return Entries(entries, is_list=True, tail=self.attached.tail(part))

    def entries(self, part: SourceNode, field: Field, *, of_list: bool = True) -> list[Entry]:
        """Return the entries that an item stands for, or the only value of the field."""
        if is_keyed(part, field, self.model):
            entries = [self.item_by_term(key, value, field) for key, value in part.pairs]
            if of_list:
                entries[0].above = [
                    *self.attached.above(part),
                    *self.beside(part),
                    *entries[0].above,
                ]
            tail = self.attached.tail(part)
            last = entries[-1].value
            if isinstance(last, Entries):
                last.tail += tail
            return entries
        if is_blank_node(part.node):
            value = self.as_typed(part)
        elif is_unknown_node(part.node) and not field.key:
            value = self.unknown(part)
        else:
            value = self.single(part, field)
        return [self.item(part, value) if of_list else Entry("", value)]

    def single(self, part: SourceNode, field: Field) -> Words | Entries:
        """Return one value: an entry as a mapping, a term by its id, all else as typed."""
        if isinstance(part.node, yaml_nodes.Sequence):
            return self.as_typed(part)
        if field.kind == "record":
            return self.one_record(part, field)
        typed = text_of(part)
        id_ = present_term(typed, field, self.model) if typed else ""
        if not id_ or id_ == typed:
            return self.as_typed(part)
        return self.words(part, in_yaml(id_))

    def one_record(self, part: SourceNode, field: Field) -> Words | Entries:
        """Return a record as a mapping, whether it was written as one or as a term alone."""
        if isinstance(part.node, yaml_nodes.Scalar) and not field.key:
            return self.words(part)
        if isinstance(part.node, yaml_nodes.Scalar):
            member = field.fields[field.key]
            return Entries([Entry(member.name, self.value(part, member))], is_list=False)
        if len(part.pairs) == 1 and is_keyed(part, field, self.model):
            key, value = part.pairs[0]
            entries = self.entries_by_term(key, value, field)
            above = [*self.attached.above(key), *self.beside(value), *self.attached.tail(part)]
            entries.tail += above
            return entries
        return self.record(part, field.fields)

    def item_by_term(self, key: SourceNode, value: SourceNode, field: Field) -> Entry:
        """Return the item that `term: value` stands for."""
        entries = self.entries_by_term(key, value, field)
        above, beside = self.attached.above(key), self.beside(value)
        return Entry("", entries, above=above, beside=beside)

    def entries_by_term(self, key: SourceNode, value: SourceNode, field: Field) -> Entries:
        """Return the fields of the entry that `term: value` stands for."""
        member = field.fields[field.key]
        entries = [Entry(member.name, self.value(key, member))]
        tail: list[Comment] = []
        if isinstance(value.node, yaml_nodes.Mapping):
            inner = self.record(value, field.fields)
            entries += inner.entries
            tail = inner.tail
        elif not is_blank_node(value.node):
            about = field.fields[field_of_value(field)]
            entries.append(Entry(about.name, self.value(value, about)))
        else:
            tail = self.attached.beside(value)
        order = model_order([entry.key for entry in entries], field.fields)
        return Entries([entries[number] for number in order], is_list=False, tail=tail)
