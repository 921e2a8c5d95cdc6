"""The record model: the fields of a record, the kinds of value and the vocabularies, all as data.

In: the nodes of `record.yml` and of each vocabulary. Out: a frozen `Model` with its `Vocabulary`s,
or a `Problem` at the line and column of every mistake; and, for `records`, the values of a record
as its author meant them (`kinds.read_values`). Promise: nothing here touches a file or knows what
one field is about; what the site itself needs it finds by `role`.

To add a field, write lines in `content/record.yml`: the reader, its checks, the page, the facet,
the reference, the blank record and the JSON Schema follow. A key of `record.yml` is an attribute
made by `yaml_key` in `record` (its checks are in `field_rules`, `model_rules`, `across_rules`), a
kind of value a class in `kinds.KINDS`, a role an entry in `roles.ROLES`.
"""
