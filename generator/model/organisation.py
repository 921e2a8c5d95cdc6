"""`{organisation}` in the files of a model: who "we" are, which the settings of a site say once.

A model that many organisations use names none of them. Its texts say `{organisation}`, and so do
those of its vocabularies; the name is put there while the files are loaded. Without a name they
say "our organisation", in the language of the site if casebook has words in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator import yaml_nodes
from generator.base.locale import Locale
from generator.model.declaration import ProblemCollector, nearest
from generator.yaml_nodes.suggested_fixes import quote_for_author

WORD = "organisation"

_PLACEHOLDER = re.compile(r"\{\s*([A-Za-z]{3,20})\s*\}")
"""What may be the placeholder, in any spelling; `{fr: word}` in YAML is not like it."""

_BEGINS = re.compile(r"\A|[.!?]\s")
"""Where a sentence begins."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation whose library it is: its name, empty where the settings give none."""

    name: str = ""
    language: str = "en"

    @property
    def words(self) -> str:
        """What `{organisation}` says."""
        # Plain text: what stands in a label is never marked as a part in another language.
        return self.name or "".join(Locale(self.language).gettext("our organisation"))

    def named_in(self, node: yaml_nodes.Node, findings: ProblemCollector) -> yaml_nodes.Node:
        """Return a node of a model or a vocabulary in whose texts the organisation is named.

        A placeholder in another spelling is a mistake.
        """
        return _Naming(self, findings).node(node)


@dataclass(frozen=True, slots=True)
class _Naming:
    """One walk through a file."""

    organisation: Organisation
    findings: ProblemCollector

    def node(self, node: yaml_nodes.Node) -> yaml_nodes.Node:
        if isinstance(node, yaml_nodes.Scalar):
            return self.scalar(node) if "{" in node.value else node
        if isinstance(node, yaml_nodes.Sequence):
            return node._replace(items=tuple(map(self.node, node.items)))
        return node._replace(pairs=tuple((key, self.node(value)) for key, value in node.pairs))

    def scalar(self, node: yaml_nodes.Scalar) -> yaml_nodes.Scalar:
        typed = {match[0]: match[1] for match in _PLACEHOLDER.finditer(node.value)}
        for placeholder, word in typed.items():
            if placeholder != f"{{{WORD}}}" and nearest(word, [WORD]):
                message = f"{quote_for_author(placeholder)} stands for nothing"
                hint = f"write '{{{WORD}}}' for the name of the organisation"
                self.findings.add(node.position, "unknown-placeholder", message, hint)
        if f"{{{WORD}}}" not in typed:
            return node
        return node._replace(value=self.text(node.value))

    def text(self, text: str) -> str:
        """Return a text with the name; "our organisation" begins a sentence with a capital."""
        words = self.organisation.words
        if not self.organisation.name:
            begins = re.compile(rf"({_BEGINS.pattern})\{{{WORD}\}}")
            capital = f"{words[:1].upper()}{words[1:]}"
            text = begins.sub(lambda match: match[1] + capital, text)
        return text.replace(f"{{{WORD}}}", words)


def might_name(text: str) -> bool:
    """Tell whether the text of a file may hold the placeholder, in any spelling."""
    return _PLACEHOLDER.search(text) is not None
