"""A record's file in another form, or mended, and the proof that it says what it said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator import yaml_nodes
from generator.base.problem import Problem, errors
from generator.model.record import Model
from generator.model.value import every_text
from generator.records.decode import decode
from generator.records.parse import Parsed, parse
from generator.records.read_file import SourceText
from generator.records.rewriting.canonical import canonical_text
from generator.records.rewriting.edits import Edit, edited
from generator.records.rewriting.mends import mending_edits
from generator.records.rewriting.order import in_model_order
from generator.records.rewriting.present_names import names_edits
from generator.records.rewriting.raw_file import RawFile, raw_file
from generator.records.rewriting.tabs import spaces_for_tabs
from generator.yaml_nodes.source_nodes import SourceTree, read_source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """The bytes of a file as they should be, None where they stay; why, and what was mended.

    `mends` are a line of the file as it was, and what is new there.
    """

    content: bytes | None = None
    problems: tuple[Problem, ...] = ()
    mends: tuple[tuple[int, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Rewrites the files of one library, as its records are read: by model and defaults."""

    model: Model
    defaults: Mapping[str, str]

    def form(self, content: bytes, path: str, *, canonical: bool) -> Rewritten:
        """Return a file with its keys in order and the names of today, or in canonical form.

        A file that cannot be read stays as it is, with its errors.
        """
        raw, problems = raw_file(content, path)
        if raw is None:
            return Rewritten(problems=problems)
        tree, problems = _tree(raw.fields, raw, path)
        if tree is None:
            return Rewritten(problems=problems)
        if canonical:
            fields = canonical_text(tree, self.model)
        else:
            fields = edited(raw.fields, names_edits(tree, self.model))
            renamed, problems = _tree(fields, raw, path)
            if renamed is None:
                return Rewritten(problems=(_unsafe(path, "its names could not be changed"),))
            fields = in_model_order(renamed, self.model)
        if fields == raw.fields:
            return Rewritten()
        after = raw.with_fields(fields)
        if reason := self._changed(raw, after, fields, path):
            return Rewritten(problems=(_unsafe(path, reason),))
        return Rewritten(content=after)

    def mend(self, content: bytes, path: str) -> Rewritten:
        """Return a file in which every slip is mended of which the remedy is certain."""
        raw, _ = raw_file(content, path)
        if raw is None:
            return Rewritten()
        fields, lines = spaces_for_tabs(raw.fields, path)
        mends = [(raw.first_line + line - 1, "spaces for tabs at its start") for line in lines]
        tree, _ = _tree(fields, raw, path)
        if tree is not None:
            edits = list(mending_edits(tree, self.model))
            mends += [(_line(fields, edit, raw), edit.note) for edit in edits]
            mended = edited(fields, edits)
            if mended != fields and self._loses(raw, fields, mended, path):
                mends, mended = mends[: len(lines)], fields
            fields = mended
        if fields == raw.fields:
            return Rewritten()
        return Rewritten(content=raw.with_fields(fields), mends=tuple(sorted(mends)))

    def _read(self, content: bytes, path: str) -> Parsed | None:
        text, _ = decode(content, path)
        return parse(SourceText(path, text), self.model, self.defaults) if text else None

    def _changed(self, raw: RawFile, content: bytes, fields: str, path: str) -> str:
        """Return what would be another record than before; nothing where all is the same."""
        before, after = self._read(raw.content, path), self._read(content, path)
        new, old = (_tree(text, raw, path)[0] for text in (fields, raw.fields))
        if before is None or before.case is None or after is None or after.case is None:
            return "it could not be read again"
        old_case, new_case = before.case, after.case
        same = {
            "its text": old_case.body.parts == new_case.body.parts,
            "its id": old_case.id == new_case.id,
            "its values": dict(old_case.values) == dict(new_case.values),
            "its new words": old_case.new_terms == new_case.new_terms,
            "what is wrong with it": _messages(before) == _messages(after),
            "its comments": new is not None and _comments(new) == _comments(old),
        }
        return next((f"{what} would change" for what, is_same in same.items() if not is_same), "")

    def _loses(self, raw: RawFile, before: str, after: str, path: str) -> bool:
        """Tell whether a mended record lacks a value that it had, or a comment."""
        old, new = (self._read(raw.with_fields(text), path) for text in (before, after))
        if old is None or old.case is None or new is None or new.case is None:
            return True
        trees = [_tree(text, raw, path)[0] for text in (before, after)]
        if trees[1] is None or _comments(trees[0]) != _comments(trees[1]):
            return True
        texts = [Counter(t for _, t in every_text(dict(c.values))) for c in (old.case, new.case)]
        return old.case.body.parts != new.case.body.parts or not texts[0] <= texts[1]


def _tree(fields: str, raw: RawFile, path: str) -> tuple[SourceTree | None, tuple[Problem, ...]]:
    """Return the nodes of a record's fields, or None and why they are left alone."""
    composed = yaml_nodes.compose(fields, path=path, first_line=raw.first_line)
    if wrong := errors(composed.problems):
        return None, wrong
    if not isinstance(composed.node, yaml_nodes.Mapping) or not composed.node.pairs:
        message = "there are no fields to bring into form"
        return None, (Problem(path=path, line=raw.first_line, code="no-fields", message=message),)
    tree = read_source(fields, composed.node)
    if tree is None:
        message = "this file repeats a value by '&' and '*', so it is left as it is"
        hint = "write the value out in each place"
        return None, (
            Problem(
                path=path, line=raw.first_line, code="repeated-value", message=message, hint=hint
            ),
        )
    return tree, ()


def _messages(parsed: Parsed) -> Counter[tuple[str, str]]:
    return Counter((problem.code, problem.message) for problem in errors(parsed.problems))


def _comments(tree: SourceTree | None) -> Counter[str] | None:
    if tree is None:
        return None
    return Counter(comment.text for comment in tree.comments if comment.text)


def _line(fields: str, edit: Edit, raw: RawFile) -> int:
    return raw.first_line + fields.count("\n", 0, edit.start)


def _unsafe(path: str, reason: str) -> Problem:
    return Problem(
        path=path,
        code="not-the-same",
        message=f"this file is left as it is: in the other form {reason}",
        hint="please tell those who make casebook, with the file",
    )
