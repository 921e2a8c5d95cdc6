"""Roles: what the site itself uses fields for, and which fields can be used so.

To add a role, add its entry to `ROLES` and use it: `model.role("licence")` is the field or None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.model.declaration import Declaration, nearest_or_all
from generator.model.record import Field, Model
from generator.model.unnamed import DESCRIPTION, KIND_OF_ENTRY, UNNAMED
from generator.model.value import NO, YES
from generator.yaml_nodes.suggested_fixes import quote_for_author

ROLE_OF_ENTRY = "entry-role"
"""What the one whom an entry names is there; see `ROLES`."""


@dataclass(frozen=True, slots=True)
class Role:
    """A use, and the kinds of field that can have it.

    All roles but those `within` a record are for fields outside any; `many` tells whether the
    field may hold several values, `term` which term its vocabulary must have.
    """

    meaning: str
    kinds: tuple[str, ...]
    many: bool = False
    within: bool = False
    term: str = ""


ROLES = {
    "title": Role("the record's name", ("line",)),
    "summary": Role("the few words under the name, on cards too", ("text", "line")),
    "id": Role("the name of the page, where it is not the file's", ("slug",)),
    "former-ids": Role("names the page had before", ("slug",), many=True),
    "allowed": Role(
        "words that seem private and are not, as casebook check quotes them", ("line",), many=True
    ),
    "type": Role("which kind of record it is", ("term",)),
    "language": Role("the language of the record's own words", ("language",)),
    "translation": Role("the record that this one translates", ("case",)),
    "authors": Role("who wrote the record", ("record", "line"), many=True),
    "reviewed": Role("who checked it, and when", ("record", "date"), many=True),
    "visibility": Role(
        "who may read it: only the terms public and anonymised are ever published",
        ("term",),
        term="public",
    ),
    "licence": Role("the licence of the record, where it is not the site's", ("line", "term")),
    "updated": Role("the day on which the record was last known to be true", ("date",)),
    "review-due": Role("the day after which it should be read again", ("date",)),
    "related": Role("other records that its author wants beside it", ("record",), many=True),
    "period": Role("when what it tells of began and ended", ("record", "date")),
    "consent": Role(
        "inside a record: whether who is named agreed to it; its term no hides the name",
        ("term",),
        within=True,
        term=NO,
    ),
    UNNAMED: Role(
        "inside a record with a key: its term yes says that the entry has no name of its own",
        ("term",),
        within=True,
        term=YES,
    ),
    KIND_OF_ENTRY: Role(
        "inside a record: what kind of entry it is, which tells who has no name",
        ("term",),
        within=True,
    ),
    ROLE_OF_ENTRY: Role(
        "inside a record: what the one whom it names does there; their page says so where it is "
        "not recorded",
        ("term", "line"),
        within=True,
    ),
    DESCRIPTION: Role("inside a record: who has no name, in a few words", ("line",), within=True),
}
"""What the site itself uses fields for, by the word that `role:` takes."""

Refuse = Callable[[str, str, str], None]
"""Adds a problem at a key of the field: what is wrong with it, and the remedy."""


def check_role(field: Field, model: Model, refuse: Refuse) -> None:
    """Refuse a role that one field cannot have."""
    name = field.role
    if not name:
        return
    role = ROLES.get(name)
    if role is None:
        hint = nearest_or_all(name, ROLES)
        refuse("role", f"{quote_for_author(name)} is not a known role", hint)
    elif field.kind not in role.kinds:
        hint = f"the role is for kind {' or '.join(role.kinds)}: {role.meaning}"
        refuse("role", f"a field of this kind cannot have the role '{name}'", hint)
    elif role.within != (len(field.path) > 1):
        where = "inside a record" if role.within else "outside any record"
        refuse("role", f"the role '{name}' is for a field {where}", "move it, or take it out")
    elif field.many and not role.many:
        refuse("many", f"the role '{name}' is for a single value", "take out 'many: yes'")
    elif name == "related" and not _names_records(field):
        refuse("role", "the role 'related' needs a key of kind case", "and 'many: yes'")
    elif name == UNNAMED and not _can_be_unnamed(field, model):
        hint = "give the record a 'key', and another term in it the role entry-kind"
        refuse("role", "nothing tells who has no name, nor of what kind", hint)
    elif path := _vocabulary_without_term(field, role, model):
        message = f"{path} lacks the term '{role.term}'"
        refuse("vocabulary", message, f"the role {name} depends on it")


def _vocabulary_without_term(field: Field, role: Role, model: Model) -> str:
    """Return the file of the field's vocabulary where the term that the role needs is missing."""
    vocabulary = model.vocabularies.get(field.vocabulary)
    return vocabulary.path if vocabulary and role.term not in {"", *vocabulary.terms} else ""


def _can_be_unnamed(field: Field, model: Model) -> bool:
    """Tell whether the record around a field has a term as its key, and one for the kind."""
    holder = model.at(field.path[:-1])
    key = holder.fields.get(holder.key) if holder else None
    has_kind = holder is not None and bool(holder.member_with_role(KIND_OF_ENTRY))
    return key is not None and key.kind == "term" and key is not field and has_kind


def _names_records(field: Field) -> bool:
    key = field.fields.get(field.key)
    return field.many and key is not None and key.kind == "case"


def check_roles_are_unique(model: Model, top: Declaration[Model]) -> None:
    """Report each role that two fields have."""
    holders: dict[str, str] = {}
    for field in model.fields.values():
        holder = holders.setdefault(field.role, field.name)
        if field.role and holder != field.name:
            message = f"the role '{field.role}' is already that of '{holder}'"
            position = top.parts[f"fields.{field.dotted}"].position("role")
            hint = "take it out of one of them"
            top.findings.add(position, "bad-field", f"field '{field.dotted}': {message}", hint)
