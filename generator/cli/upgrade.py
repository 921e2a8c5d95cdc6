"""Bringing a library with an older model forward to the model that this program ships.

All is done in a copy first: the model and its vocabularies of today, with what the library has
besides; then the records, by the names of today. What cannot be carried over is a conflict, and
stops it. Nothing is written into the library until the copy can be read.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import yaml_nodes
from generator.base.problem import Problem, errors
from generator.base.site import Site
from generator.build.check import check_site
from generator.build.load import load_site_model
from generator.cli.new_library import without_names
from generator.cli.rewrite_files import rewrite_files
from generator.pages.theme_files import packaged_model_folder


class NoUpgradeError(Exception):
    """The library cannot be brought forward; as a string it is the reason and the remedy."""


@dataclass(slots=True)
class Upgrade:
    """What an upgrade does: lines of a report, what stops it, and the files that change.

    `errors_before` and `errors_after` are the errors of the library, as it is and as it would be;
    `files` are paths below the content.
    """

    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    errors_before: tuple[Problem, ...] = ()
    errors_after: tuple[Problem, ...] = ()

    @property
    def is_safe(self) -> bool:
        """Whether nothing is lost: no conflict, and no file with an error that had none before."""
        known = {problem.path for problem in self.errors_before}
        return not self.conflicts and all(each.path in known for each in self.errors_after)


def upgrade_library(site: Site, *, write: bool) -> Upgrade:
    """Bring a library forward, or say what that would do.

    Raises NoUpgradeError where the library has no model of its own, or its files cannot be read or
    written.
    """
    if not (site.content / site.model).is_file():
        raise NoUpgradeError("this library has no model of its own: it follows the shipped one")
    upgrade = Upgrade()
    checked = check_site(site)
    upgrade.errors_before = errors(checked.problems)
    try:
        with tempfile.TemporaryDirectory(prefix="casebook-") as scratch:
            root = Path(scratch)
            content = root / "content"
            shutil.copytree(site.content, content)
            shutil.copyfile(site.root / site.path, root / site.path)
            copy = replace(site, root=root, content=content, cache=root / ".casebook-cache")
            _renew(copy, upgrade)
            if write and upgrade.is_safe:
                _bring_back(site, content, upgrade.files)
    except OSError as error:
        raise NoUpgradeError(f"the library cannot be copied: {error}") from error
    return upgrade


def _bring_back(site: Site, content: Path, names: list[str]) -> None:
    """Put the changed files of a copy into a library: all beside their places first."""
    pairs = []
    for name in names:
        target = site.content / name
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.casebook")
        shutil.copyfile(content / name, beside)
        pairs.append((beside, target))
    for beside, target in pairs:
        beside.replace(target)


def _renew(site: Site, upgrade: Upgrade) -> None:
    """Renew model, vocabularies and records in a copy of a library."""
    packaged = packaged_model_folder()
    before = _files(site.content)
    old, new = _read(site.content / site.model), _read(packaged / "record.yml")
    _require_same_model(old, new)
    _renew_model(site.content / site.model, old, new, upgrade)
    for file in sorted((packaged / "vocabulary").glob("*.yml")):
        own = site.content / site.vocabulary / file.name
        shipped = _read(file)
        if own.is_file() and _holds_names(shipped):
            upgrade.lines.append(f"vocabulary {file.stem}: names of this library; it stays")
        elif own.is_file():
            _renew_vocabulary(own, _read(own), shipped, upgrade)
        else:
            own.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, own)
            without_names(own)
            upgrade.lines.append(f"vocabulary {file.stem}: new")
    model, problems = load_site_model(site)
    if model is None:
        upgrade.conflicts += [str(problem) for problem in errors(problems)]
        return
    results = rewrite_files(
        site,
        model,
        (),
        lambda rewriter, content, path: rewriter.form(content, path, canonical=False),
        write=True,
    )
    changed = sum(result.changed for result in results)
    upgrade.lines.append(f"{changed} of {len(results)} records by the names of today")
    upgrade.errors_after = errors(check_site(site).problems)
    after = _files(site.content)
    upgrade.files = sorted(name for name in after if before.get(name) != after[name])


def _require_same_model(old: _YamlFile, new: _YamlFile) -> None:
    """Raise NoUpgradeError where a model is no earlier edition of the shipped one.

    An earlier edition has most of its fields in common with it, under a name of today or before.
    """
    pairs = _pairs(new.block("fields"))
    known = {name.value for name, _ in pairs}
    known |= {former for _, value in pairs for former in _texts(value, "former_names")}
    own = [name.value for name, _ in _pairs(old.block("fields"))]
    shared = sum(name in known for name in own)
    if shared * 2 < len(pairs):
        message = f"{shared} of {len(pairs)} shipped fields are in this library's model"
        raise NoUpgradeError(f"{message}: it is a model of its own, not an older one of casebook's")


def _pairs(node: yaml_nodes.Node | None) -> tuple[tuple[yaml_nodes.Scalar, yaml_nodes.Node], ...]:
    return node.pairs if isinstance(node, yaml_nodes.Mapping) else ()


def _holds_names(vocabulary: _YamlFile) -> bool:
    """Return whether the terms are names that only this or that library has, such as partners."""
    return all(_texts(vocabulary.node, key) == ["true"] for key in ("open", "names"))


def _files(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@dataclass(frozen=True, slots=True)
class _YamlFile:
    """A file of YAML: its text and the mapping in it."""

    text: str
    node: yaml_nodes.Mapping

    @property
    def lines(self) -> list[str]:
        """The lines of the text, with their ends."""
        return self.text.splitlines(keepends=True)

    def end_of(self, key: str) -> int:
        """Return the number of lines up to the end of what stands under a key at the top.

        Blank lines and comments before the next key belong to that one.
        """
        starts = {name.value: name.position.line - 1 for name, _ in self.node.pairs}
        later = [start for start in starts.values() if start > starts.get(key, 0)]
        lines = self.lines
        end = min(later, default=len(lines))
        while end and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        return end

    def block(self, key: str) -> yaml_nodes.Node | None:
        """Return the value of a key at the top."""
        return _value(self.node, key)


def _read(file: Path) -> _YamlFile:
    text = file.read_text("utf-8-sig")
    node = yaml_nodes.compose(text, path=file.name).node
    if not isinstance(node, yaml_nodes.Mapping):
        raise NoUpgradeError(f"'{file.name}' holds no fields; casebook check says more")
    return _YamlFile(text, node)


def _value(node: yaml_nodes.Node | None, key: str) -> yaml_nodes.Node | None:
    pairs = node.pairs if isinstance(node, yaml_nodes.Mapping) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _texts(node: yaml_nodes.Node | None, key: str) -> list[str]:
    """Return the texts of a key that may hold one or a list."""
    value = _value(node, key)
    nodes = value.items if isinstance(value, yaml_nodes.Sequence) else (value,)
    return [each.value for each in nodes if isinstance(each, yaml_nodes.Scalar)]


def _renew_model(file: Path, old: _YamlFile, new: _YamlFile, upgrade: Upgrade) -> None:
    """Write the model of today, the fields that only this library has at its end."""
    ours, theirs = old.block("fields"), new.block("fields")
    own = list(_compare_fields(ours, theirs, "", upgrade))
    for name, value in old.node.pairs:
        if name.value != "fields" and _plain(value) != _plain(new.block(name.value)):
            upgrade.lines.append(f"'{name.value}' of the model: as shipped from now on")
    added: list[str] = []
    if own and isinstance(ours, yaml_nodes.Mapping):
        added = ["\n", "  # fields of this library\n", *_source_of(old, "fields", ours.pairs, own)]
    file.write_text(_with_lines(new, "fields", added), "utf-8", newline="\n")


def _with_lines(file: _YamlFile, key: str, added: list[str]) -> str:
    """Return the text of a file with lines at the end of what stands under a key at its top."""
    lines = file.lines
    if not added:
        return file.text
    end = file.end_of(key)
    ended = [line if line.endswith("\n") else f"{line}\n" for line in (*lines[:end], *added)]
    return "".join([*ended, *lines[end:]])


def _compare_fields(
    ours: yaml_nodes.Node | None, theirs: yaml_nodes.Node | None, above: str, upgrade: Upgrade
) -> Iterator[str]:
    """Yield the fields at the top that only this library has; report what became of the others."""
    old, new = _pairs(ours), _pairs(theirs)
    names = {name.value: (name.value, value) for name, value in new}
    for name, value in new:
        names |= {
            former: (name.value, value)
            for former in _texts(value, "former_names")
            if former not in names
        }
    met = set()
    for name, value in old:
        path = f"{above}{name.value}"
        if name.value not in names:
            if above:
                upgrade.conflicts.append(
                    f"field {path}: only this library has it; move it to a field of its own"
                )
            else:
                upgrade.lines.append(f"field {path}: only this library has it; it stays")
                yield name.value
            continue
        present, other = names[name.value]
        met.add(present)
        if present != name.value:
            upgrade.lines.append(f"field {path}: now called {present}")
        if changed := _changed_keys(value, other, "fields"):
            upgrade.lines.append(f"field {path}: {changed} as shipped from now on")
        yield from _compare_fields(
            _value(value, "fields"), _value(other, "fields"), f"{path}.", upgrade
        )
    upgrade.lines += [f"field {above}{n.value}: new" for n, _ in new if n.value not in met]


def _source_of(
    file: _YamlFile,
    key: str,
    pairs: Sequence[tuple[yaml_nodes.Scalar, yaml_nodes.Node]],
    names: list[str],
) -> Iterator[str]:
    """Yield the lines of some fields under a key as they stand, from each name to the next."""
    starts = [name.position.line - 1 for name, _ in pairs]
    for (name, _), start, end in zip(pairs, starts, [*starts[1:], file.end_of(key)], strict=True):
        if name.value in names:
            yield from file.lines[start:end]


def _renew_vocabulary(file: Path, old: _YamlFile, new: _YamlFile, upgrade: Upgrade) -> None:
    """Write a vocabulary of today, the terms that only this library has at its end."""
    ours, theirs = old.block("terms"), new.block("terms")
    old_terms = ours.items if isinstance(ours, yaml_nodes.Sequence) else ()
    new_terms = theirs.items if isinstance(theirs, yaml_nodes.Sequence) else ()
    present = {id_: id_ for term in new_terms for id_ in _texts(term, "id")}
    for term in new_terms:
        for former in _texts(term, "former_ids"):
            present.setdefault(former, _texts(term, "id")[0])
    shipped = {"".join(_texts(term, "id")): term for term in new_terms}
    starts = [term.position.line - 1 for term in old_terms]
    ends = [*starts[1:], old.end_of("terms")][: len(starts)]
    kept: list[str] = []
    met = set()
    for term, start, end in zip(old_terms, starts, ends, strict=True):
        id_ = "".join(_texts(term, "id"))
        where = f"vocabulary {file.stem}, term {id_}"
        if id_ not in present:
            kept += old.lines[start:end]
            upgrade.lines.append(f"{where}: only this library has it; it stays")
            continue
        met.add(present[id_])
        if present[id_] != id_:
            upgrade.lines.append(f"{where}: now called {present[id_]}")
        if changed := _changed_keys(term, shipped[present[id_]], "id", "former_ids"):
            upgrade.lines.append(f"{where}: {changed} as shipped from now on")
    fresh = [id_ for id_ in shipped if id_ not in met]
    if fresh:
        upgrade.lines.append(f"vocabulary {file.stem}: {len(fresh)} new terms")
    file.write_text(_with_lines(new, "terms", kept), "utf-8", newline="\n")


def _changed_keys(old: yaml_nodes.Node, new: yaml_nodes.Node, *besides: str) -> str:
    """Return the keys of a mapping that say something else in another, in words."""
    names = dict.fromkeys(name.value for name, _ in _pairs(old))
    changed = [
        name
        for name in names
        if name not in besides and _plain(_value(old, name)) != _plain(_value(new, name))
    ]
    return ", ".join(changed)


def _plain(node: yaml_nodes.Node | None) -> object:
    """Return what a node says, without where it stands."""
    if isinstance(node, yaml_nodes.Scalar):
        return " ".join(node.value.split())
    if isinstance(node, yaml_nodes.Sequence):
        return [_plain(item) for item in node.items]
    return [(name.value, _plain(value)) for name, value in _pairs(node)]
