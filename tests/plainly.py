"""A second, plain reading of a content folder, to compare the generator's numbers with.

It takes PyYAML and loops, and nothing of the generator: who names which term (`index`), which cases
count (`counted`), which terms stand in one entry (`pairs`).
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

Index = dict[str, dict[str, set[str]]]
"""By facet and label of a term, the counted cases that name it, groups included."""


def loaded(file: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return a YAML file with every value as text."""
    text = file.read_text("utf-8").replace("{organisation}", "CARE")
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes only text


def listed(value: Any) -> list[Any]:  # noqa: ANN401
    """Return one value or many as a list."""
    return value if isinstance(value, list) else [value] if value not in (None, "") else []


class Plainly:
    """A content folder, read as a newcomer with a YAML library would."""

    def __init__(self, content: Path, model: Path) -> None:
        """Read the model, the vocabularies and the front matter of every case."""
        self.model = loaded(model / "record.yml")
        self.terms = {
            file.stem: loaded(file)["terms"] for file in (model / "vocabulary").glob("*.yml")
        }
        files = sorted((content / self.model.get("folder", "cases")).glob("*.md"))
        self.cases = {file.stem: self._front(file) for file in files}
        self.facets = dict(self._facets(self.model["fields"], ()))

    def _front(self, file: Path) -> dict[str, Any]:
        front = yaml.load(file.read_text("utf-8").split("---\n")[1], yaml.BaseLoader)  # noqa: S506
        assert isinstance(front, dict)
        for name, field in self.model["fields"].items():
            for former in listed(field.get("former_names")):
                if former in front:
                    front[name] = front.pop(former)
        if types := self.model.get("types"):
            front.setdefault(types["field"], next(iter(types["kinds"])))
        return front

    def _facets(self, fields: Any, above: tuple[str, ...]) -> Any:  # noqa: ANN401
        for name, field in fields.items():
            if field.get("facet") == "true" and field["kind"] == "record":
                yield name, ((*above, name, field["key"]), field["fields"][field["key"]])
            elif field.get("facet") == "true":
                yield name, ((*above, name), field)
            yield from self._facets(field.get("fields", {}), (*above, name))

    def counted(self) -> dict[str, dict[str, Any]]:
        """Return the cases that numbers are made of."""
        types = self.model.get("types", {"field": "", "kinds": {}})
        return {
            id_: front
            for id_, front in self.cases.items()
            if types["kinds"].get(front.get(types["field"]), {}).get("counts") != "false"
            and front.get("translation_of") not in self.cases
            and front.get("visibility") != "internal"
        }

    def _label(self, vocabulary: str, typed: str) -> list[str]:
        """Return the labels of the term that was meant and of the groups above it."""
        by_id = {term["id"]: term for term in self.terms[vocabulary]}
        for term in self.terms[vocabulary]:
            words = [term["id"], term["label"], *listed(term.get("synonyms"))]
            words += listed(term.get("former_ids"))
            words += term.get("labels", {}).values()
            if typed.casefold() in {word.casefold() for word in words}:
                found = [term["label"]]
                while term.get("broader"):
                    term = by_id[term["broader"]]  # noqa: PLW2901 - up the groups
                    found.append(term["label"])
                return found
        return [typed]

    def _typed(self, front: dict[str, Any], path: tuple[str, ...]) -> list[str]:
        owner = self.model["fields"][path[0]]
        found: list[str] = []
        for entry in listed(front.get(path[0])):
            if not isinstance(entry, dict):
                found += [entry] if path[1:] in ((), (owner.get("key"),)) else []
                continue
            hidden = front.get("visibility") == "anonymised" or "no" in (
                entry.get("consent"),
                entry.get("consent_to_name"),
            )
            private = owner["fields"][path[1]].get("private") == "true"
            found += [] if hidden and private else listed(entry.get(path[1]))
        return found

    def index(self) -> Index:
        """Return who names what."""
        made: Index = {name: defaultdict(set) for name in self.facets}
        for name, (path, field) in self.facets.items():
            for id_, front in self.counted().items():
                for typed in self._typed(front, path):
                    if typed != "unknown":
                        for label in self._label(field["vocabulary"], typed):
                            made[name][label].add(id_)
        return {name: dict(terms) for name, terms in made.items()}

    def named(
        self, front: dict[str, Any], facet: str, *, by_group: bool = False
    ) -> list[tuple[int, str]]:
        """Return the terms of a facet that a case names, groups left out: entry and label.

        With `by_group` it is the label of the topmost group of each, where it has one.
        """
        path, field = self.facets[facet]
        return [
            (number, self._label(field["vocabulary"], typed)[-1 if by_group else 0])
            for number, entry in enumerate(listed(front.get(path[0])))
            for typed in self._typed({**front, path[0]: [entry]}, path)
            if typed != "unknown"
        ]

    def pairs(
        self, rows: str, columns: str, *, by_group: bool = False
    ) -> dict[tuple[str, str], set[str]]:
        """Return who names a term of each of two facets: in one entry, where both stand in one."""
        owners = [self.facets[name][0][0] for name in (rows, columns)]
        entry = owners[0] == owners[1] and self.model["fields"][owners[0]].get("many") == "true"
        made: dict[tuple[str, str], set[str]] = defaultdict(set)
        for id_, front in self.counted().items():
            for here, row in self.named(front, rows, by_group=by_group):
                for there, column in self.named(front, columns, by_group=by_group):
                    if here == there or not entry:
                        made[row, column].add(id_)
        return dict(made)
