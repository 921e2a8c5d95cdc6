"""Tests of the blank record: pleasant to read, and sound once its prompts are filled."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import yaml_nodes
from generator.base.problem import Problem, errors
from generator.model.declaration import Plain
from generator.model.record import Model
from generator.model.reference import as_markdown, as_text, example_yaml, yaml_scalar
from generator.model.scaffold import blank_record
from generator.records.parse import parse
from generator.records.read_file import SourceText
from postmortems import model
from test_cases import shipped

MODELS: dict[str, Callable[[], Model]] = {"shipped": shipped, "another": model}
SIZES = [(name, kind) for name, made in MODELS.items() for kind in made().types.kinds]
PROMPT = re.compile(r"^(#*)([ #-]*)(\w+): (\[?)\.\.\.\]?$")


def filled(text: str, made: Model) -> str:
    """Return a blank record with each prompt written over with its field's example."""
    lines, above = [], ""
    for line in text.splitlines():
        if top := re.match(r"#?(\w+):", line):
            above = top[1]
        if match := PROMPT.match(line):
            field = next(f for f in made.fields[above].walk() if f.name == match[3])
            lines.append(f"{line[: line.rindex(': ')]}: {match[4]}{typed(field.example)}")
            lines[-1] += "]" if match[4] else ""
        else:
            lines.append(line)
    return "\n".join(lines)


def typed(example: Plain) -> str:
    """Return an example as it stands between brackets."""
    words = example if isinstance(example, list) else [example or "unknown"]
    return ", ".join(f'"{word}"' for word in words)


def said(text: str, made: Model) -> tuple[Problem, ...]:
    """Return what is said of a record."""
    return parse(SourceText(f"{made.folder}/a.md", text), made, {"visibility": "public"}).problems


@pytest.mark.parametrize(("name", "kind"), SIZES)
def test_a_blank_record_is_sound_once_it_is_filled(name: str, kind: str) -> None:
    """Every prompt is told of; with examples in their place nothing is wrong."""
    made = MODELS[name]()
    text = blank_record(made, "A: title", kind, "2026-11-22")
    prompts = [line for line in text.splitlines() if PROMPT.match(line) and "#" not in line]
    unfilled = [p for p in said(text, made) if p.code == "unfilled-prompt"]
    assert len(unfilled) == len(prompts) >= 1
    assert errors(said(filled(text, made), made)) == ()


@pytest.mark.parametrize(("name", "kind"), SIZES)
def test_taking_every_mark_away_leaves_a_record(name: str, kind: str) -> None:
    """Without the `#` before a field, every field of the model is there, and none is misread."""
    made = MODELS[name]()
    text = filled(blank_record(made, "A title", kind, "2026-11-22"), made)
    for _ in range(3):
        text = re.sub(r"^( *)#(?! \S)", r"\1", text, flags=re.MULTILINE)
    front = text.split("---\n")[1]
    composed = yaml_nodes.compose(front, path="a.md")
    assert composed.problems == ()
    assert isinstance(composed.node, yaml_nodes.Mapping)
    assert [key.value for key, _ in composed.node.pairs] == list(made.fields)
    codes = {p.code for p in said(text, made)} - {"unknown-case", "self-reference"}
    assert codes <= {"behind-the-scenes-in-public", "hidden-name", "open-to-all"}


@pytest.mark.parametrize(("name", "kind"), SIZES)
def test_no_comment_is_overlong(name: str, kind: str) -> None:
    """A blank record is read in a narrow window."""
    lines = blank_record(MODELS[name](), "A title", kind, "2026-11-22").splitlines()
    assert [line for line in lines if len(line) > 100] == []


def test_a_blank_note() -> None:
    """The whole text of a short one: help, terms, the needed fields open, the rest behind `#`."""
    text = blank_record(model(), "Queue: full", "", "")
    assert text.split("\n\n")[:6] == [
        (
            "---\n# Write over each ... and leave the rest as it is. A line that begins like"
            " '#status:' may\n# be left out; take its # away to use it. Write unknown wherever"
            " nobody knows."
        ),
        '# Say it\ntitle: "Queue: full"',
        "# How long.\n# Terms: note, report, drill\n#size: ...",
        "# Who reads it.\n# Terms: public, internal, anonymised\n#access: ...",
        "# A day.\n#began: ...",
        "# A date.\n#ended: ...",
    ]


def test_of_two_fields_either_of_which_will_do_the_first_is_open() -> None:
    """A blank snapshot asks for what every record needs, for success factors, not constraints."""
    text = blank_record(shipped(), "", "", "")
    assert re.findall(r"^(\w+):", text, re.MULTILINE) == [
        "title",
        "summary",
        "updated",
        "countries",
        "focus",
        "partners",
        "our_role",
        "success_factors",
    ]
    assert "\n#constraints:\n" in text


def test_the_headings_of_a_blank_record_are_the_model_s() -> None:
    """Each is a comment in the text, and a model without any has none."""
    made = replace(model(), headings=("What broke", "What we did"))
    body = blank_record(made, "T", "", "").rpartition("---\n")[2]
    assert body == "\n<!-- ## What broke -->\n<!-- ## What we did -->\n"
    assert blank_record(model(), "T", "", "").endswith("---\n\n")


@given(st.text())
def test_quoted_text_is_read_as_it_was(text: str) -> None:
    """Any text that a record may hold comes back from YAML."""
    if yaml_nodes.compose(f"a: '{text}'", path="a").problems or not text.isprintable():
        return
    composed = yaml_nodes.compose(f"a: {yaml_scalar(text)}", path="a")
    assert isinstance(composed.node, yaml_nodes.Mapping)
    value = composed.node.pairs[0][1]
    assert isinstance(value, yaml_nodes.Scalar)
    assert value.value == text


def test_every_example_is_yaml_of_its_field() -> None:
    """The example of each field, as the reference prints it, is read without a problem."""
    for made in (shipped(), model()):
        for field in made.fields.values():
            composed = yaml_nodes.compose(example_yaml(field), path="a")
            assert (composed.problems, isinstance(composed.node, yaml_nodes.Mapping)) == ((), True)


def test_the_reference_of_a_field() -> None:
    """A field says what it takes, who needs it, what to write, and gives an example."""
    made = model()
    text, markdown = as_text(made), as_markdown(made)
    assert text.startswith(
        "title  (one line of text, at most 40 characters; needed)\n    Say it\n"
        "    for example Up\n\nsize  (a term; optional)\n    How long.\n"
        "    terms: content/vocabulary/size.yml\n"
    )
    assert "        until  (a date; optional)\n            When.\n" in text
    assert markdown.startswith(
        "# The fields of a post-mortem\n\n## `title`: Title\n\n"
        "One line of text, at most 40 characters; needed. Say it\n\n"
        "```yaml\ntitle: Up\n```\n\n## `size`: Size\n"
    )
    assert "contributing_factors  (a list of records; needed in: Report (or no_factor))" in text
    assert "  - `at` (a date; needed): When.\n" in markdown
