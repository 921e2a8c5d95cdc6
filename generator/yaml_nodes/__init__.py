"""YAML text in, nodes with positions out, and a problem for each mistake in the text.

`compose` takes the text of one file. It returns a `Composed`: the tree of nodes (`Mapping`,
`Sequence`, `Scalar`), the problems, and the names of the top-level fields that could not be read.

It promises three things. Every scalar stays the string that the author typed: `NO`, `012` and dates
have no type yet. One mistake hides none of the fields around it. No text raises an exception, and
none takes more than seconds: depth and number of nodes are limited.

To report one more mistake, add a row to `diagnoses` and use it in `tree` (what YAML allows and we
do not) or in `errors` (what libyaml cannot read).
"""

from __future__ import annotations

from generator.yaml_nodes.compose import Composed, compose
from generator.yaml_nodes.nodes import Mapping, Node, Scalar, Sequence

__all__ = ["Composed", "Mapping", "Node", "Scalar", "Sequence", "compose"]
