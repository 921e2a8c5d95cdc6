"""Owns what the owner of a `site_config.yml` is told: where a setting stands, and in what words.

Words of our own for a setting of MkDocs are a row of `_WORDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator import yaml_nodes
from generator.base.position import Position
from generator.base.problem import Severity
from generator.model.declaration import ProblemCollector
from generator.yaml_nodes.suggested_fixes import quote_as_yaml

_WEB_ADDRESS = (
    "'{typed}' is not a web address",
    "write it whole, such as https://example.org/cases/, or leave it out",
)
_WORDS = {
    "site_name": ("the site has no name", "add a line: site_name: the name of your library"),
    "docs_dir": ("there is no folder '{typed}'", "make it, or name the folder of your content"),
    "site_dir": (
        "'site_dir' and 'docs_dir' lie one inside the other, so a build would delete the content",
        "name a folder beside the content, such as: site_dir: site",
    ),
    "custom_dir": ("there is no folder '{typed}'", "make it, or name the folder of the templates"),
    "site_url": _WEB_ADDRESS,
    "repo_url": _WEB_ADDRESS,
}
_ABOUT_THE_NAME = frozenset({"ignored", "unknown-option", "unknown-setting"})
_EXPECTED = re.compile(r"Expected (?:type: <class '(\w+)'>|a (str)ing)")
_KINDS = {"bool": "true or false", "str": "text", "list": "a list", "int": "a whole number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A wrong setting: `where` is the way to it, from the top; the words are the owner's."""

    where: tuple[str, ...]
    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class SettingPosition:
    """Where a setting stands: its name, and what was written for it."""

    key: Position
    value: yaml_nodes.Node | None

    @property
    def position(self) -> Position:
        """Where the value stands."""
        return self.value.position if self.value else self.key

    @property
    def typed(self) -> str:
        """What the owner typed, empty where it is more than one word or line of text."""
        return self.value.value if isinstance(self.value, yaml_nodes.Scalar) else ""


def find_setting(node: yaml_nodes.Node | None, where: tuple[str, ...]) -> SettingPosition:
    """Return where a setting stands, or what stands above it where it was not written."""
    found = SettingPosition(Position(1, 1), node)
    for name in where:
        deeper = next((p for key, p in _below(found.value) if key == name), None)
        if deeper is None:
            return SettingPosition(found.key, None)
        found = deeper
    return found


def _below(node: yaml_nodes.Node | None) -> Iterator[tuple[str, SettingPosition]]:
    """Yield the settings inside a node; the entries of a list count as one."""
    for part in node.items if isinstance(node, yaml_nodes.Sequence) else [node]:
        if isinstance(part, yaml_nodes.Mapping):
            yield from (
                (key.value, SettingPosition(key.position, value)) for key, value in part.pairs
            )
        elif isinstance(part, yaml_nodes.Scalar):
            yield part.value, SettingPosition(part.position, None)


def report(findings: ProblemCollector, node: yaml_nodes.Node | None, mistake: Mistake) -> None:
    """Note the mistake where it was made."""
    at = find_setting(node, mistake.where)
    position = at.key if mistake.code in _ABOUT_THE_NAME else at.position
    findings.add(position, mistake.code, mistake.message, mistake.hint, mistake.severity)


def mkdocs_refusal(node: yaml_nodes.Node, key: str, said: str) -> Mistake:
    """Return the mistake in a setting of MkDocs's that MkDocs refused, saying `said`."""
    where = ("theme", "custom_dir") if "custom_dir" in said else (key,)
    typed = find_setting(node, where).typed
    expected = _EXPECTED.match(said)
    kind = _KINDS.get(expected[1] or expected[2]) if expected else None
    if kind:
        message = f"'{key}' must be {kind}"
        hint = f"put it in quotes: {quote_as_yaml(typed)}" if kind == "text" and typed else ""
    elif where[-1] in _WORDS:
        message, hint = _WORDS[where[-1]]
        message = message.format(typed=typed or "docs")
    else:
        first = (said.strip().splitlines() or ["this cannot be used"])[0].rstrip(".")
        message = f"'{key}': {first[:1].lower()}{first[1:]}"
        hint = "MkDocs's manual says what it takes"
    return Mistake(where=where, code="setting", message=message, hint=hint)
