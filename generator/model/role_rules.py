"""Owns the rules of roles: which field can have which, and that no two have one."""

from __future__ import annotations

from collections.abc import Callable

from generator.model.declaration import suggestion
from generator.model.hints import known_keys
from generator.model.keys import ROLES, Role
from generator.model.parts import Parts
from generator.model.record import Field, Model
from generator.yaml_nodes.suggested_fixes import quote_for_author

Refuse = Callable[[str, str, str], None]
"""Notes, at a key, what is wrong with it and the remedy."""


def check_role(made: Field, model: Model, refuse: Refuse) -> None:
    """Note what is wrong with the role of one field."""
    name = made.role
    if not name:
        return
    role = ROLES.get(name)
    if role is None:
        hint = suggestion(name, ROLES, known_keys(ROLES))
        refuse("role", f"{quote_for_author(name)} is not a known role", hint)
    elif made.kind not in role.kinds:
        hint = f"the role is for kind {' or '.join(role.kinds)}: {role.meaning}"
        refuse("role", f"a field of this kind cannot have the role '{name}'", hint)
    elif role.within != (len(made.path) > 1):
        where = "inside a record" if role.within else "outside any record"
        refuse("role", f"the role '{name}' is for a field {where}", "move it, or take it out")
    elif made.many and not role.many:
        refuse("many", f"the role '{name}' is for a single value", "take out 'many: yes'")
    elif name == "related" and not _names_records(made):
        refuse("role", "the role 'related' needs a key of kind case", "and 'many: yes'")
    elif path := _lacking(made, role, model):
        message = f"{path} lacks the term '{role.term}'"
        refuse("vocabulary", message, f"the role {name} depends on it")


def _lacking(made: Field, role: Role, model: Model) -> str:
    """Return the file of a vocabulary that lacks the term on which the field's role depends."""
    vocabulary = model.vocabularies.get(made.vocabulary)
    return vocabulary.path if vocabulary and role.term not in {"", *vocabulary.terms} else ""


def _names_records(made: Field) -> bool:
    key = made.fields.get(made.key)
    return made.many and key is not None and key.kind == "case"


def check_taken(model: Model, parts: Parts) -> None:
    """Note a role that two fields have."""
    taken: dict[str, str] = {}
    for made in model.fields.values():
        if made.role and taken.setdefault(made.role, made.dotted) != made.dotted:
            message = f"the role '{made.role}' is already that of '{taken[made.role]}'"
            position = parts.at[made.dotted].position("role")
            hint = "take it out of one of them"
            parts.findings.add(position, "bad-field", f"field '{made.dotted}': {message}", hint)
