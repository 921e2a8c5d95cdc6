"""YAML as people type it: what is read after all, and what is named by its cause."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base.problem import Problem
from generator.yaml_nodes import compose
from test_nodes import Plain, plain
from trouble import spent


def read(text: str) -> Plain:
    """Return what a text holds, of which nothing is wrong."""
    composed = compose(text, path="f")
    assert composed.problems == (), text
    return plain(composed.node)


def only_problem(text: str) -> Problem:
    """Return the one problem of a text."""
    (problem,) = compose(text, path="f").problems
    return problem


SLIPS = {
    "roles:\n  -lead: Oxfam\n   since: 2011\n": ("2:3 no-space-after-dash", "write: - lead: Oxfam"),
    "roles:\n  -lead: Oxfam\n  -lead: UNDP\n": ("2:3 no-space-after-dash", "write: - lead: Oxfam"),
    "towns:\n  -Kisumu\n  -Nakuru\n": ("2:3 no-space-after-dash", "write: - Kisumu"),
    "towns:\n  - Kisumu\n  -Nakuru\n": ("3:3 no-space-after-dash", "write: - Nakuru"),
    "towns:\n  -\xa0Kisumu\n": ("2:3 odd-space", "delete it and type a space: - Kisumu"),
    "towns:\n  -\u3000name: A\n    size: 3\n": (
        "2:3 odd-space",
        "delete it and type a space: - name: A",
    ),
    "towns:\n  — name: A\n    size: 3\n": ("2:3 no-list", "write: - name: A"),
    "towns:\n  ·\tname: A\n": ("2:3 no-list", "write: - name: A"),
    "towns:\n  - name: A\n    size: 3\n  name: B\n  size: 4\n": (
        "4:3 missing-dash",
        "write: - name: B; start the other lines of this entry two columns further right",
    ),
    "towns:\n  name: A\n  size: 3\n  - name: B\n    size: 4\n": (
        "2:3 missing-dash",
        "write: - name: A; start the other lines of this entry two columns further right",
    ),
    "towns:\n  - name: A\n    name: B\n": (
        "3:5 duplicate-key",
        "line 2 has it already: keep one of the two; to start another entry, write: - name: …",
    ),
    "towns:\n  - name: A\n  size: 3\n": (
        "3:3 indentation",
        "line 2 starts in column 5: start this line there too",
    ),
    "a: b\n**motto**: We walk\n": ("2:1 marked-field", "write: motto: We walk"),
    "a: b\n**motto:** We walk\n": ("2:1 marked-field", "write: motto: We walk"),
    "| motto | We walk |\n": ("1:1 marked-field", "write: motto: We walk"),
    "- `motto`: We walk\n": ("1:1 marked-field", "write: - motto: We walk"),
    "a: b\n\u2022 motto: We walk\n": (
        "2:1 no-list",
        "if it is a field, write: motto: We walk; if it is an item, write: - motto: We walk",
    ),
    "a: b\n* motto: We walk\n": (
        "2:1 no-list",
        "if it is a field, write: motto: We walk; if it is an item, write: - motto: We walk",
    ),
    "a: b\n- motto: We walk\n": (
        "2:1 indentation",
        (
            "if it is a field, write: motto: We walk; if it is an item, write nothing after the"
            " ':' of its field, and start every item in the same column"
        ),
    ),
    "a: b\nmotto = We walk\n": ("2:1 no-colon", "write: motto: We walk"),
    "a: b\nmotto=We walk\n": ("2:1 no-colon", "write: motto: We walk"),
    "a: b\nmotto -> We walk\n": ("2:1 no-colon", "write: motto: We walk"),
    "towns:\n  - name = A\n    size = 3\n": ("2:5 no-colon", "write: - name: A"),
    'motto: "We walk",\na: b\n': ("1:17 text-after-quote", 'write: motto: "We walk"'),
    "towns: [A, B],\na: b\n": ("1:14 text-after-bracket", "write: towns: [A, B]"),
    'towns: "A", "B"\na: b\n': (
        "1:11 text-after-quote",
        (
            'if these are several values, write: towns: ["A", "B"]; if it is one text, write:'
            """ towns: '"A", "B"'"""
        ),
    ),
    "motto: We\n# In Lao too?\n  walk\na: b\n": (
        "3:3 indentation",
        "move the comment of line 2 above the field",
    ),
    "voters: >5\na: b\n": (
        "1:9 block-marker",
        'write: voters: ">5", or start the text on the next line',
    ),
    "motto:- We walk\na: b\n": ("1:1 no-space-after-colon", "write: motto: We walk"),
    "motto:*We* walk\na: b\n": ("1:1 no-space-after-colon", 'write: motto: "*We* walk"'),
    "motto:'We' walk\na: b\n": ("1:1 no-space-after-colon", "write: motto: \"'We' walk\""),
    "towns\uff1a A\nsize: 3\n": ("1:6 like-colon", "write: towns: A"),
    "towns:\n  - name\uff1a A\n    size\uff1a 3\n": ("2:9 like-colon", "write: - name: A"),
    "motto: “Slowly: we walk”\n": ("1:15 colon-in-value", 'write: motto: "Slowly: we walk"'),
    "motto: «\xa0Sans toi: rien\xa0»\n": ("1:18 colon-in-value", 'write: motto: "Sans toi: rien"'),
    "motto: „Ohne: uns“ # 3\n": ("1:13 colon-in-value", 'write: motto: "Ohne: uns" # 3'),
    "motto: “One” or “two: x”\n": ("1:21 colon-in-value", 'write: motto: "“One” or “two: x”"'),
    "mottos:\n  - “Slowly: we walk”\n": ("2:5 colon-in-value", 'write: - "Slowly: we walk"'),
    "“motto”: x\n": ("1:1 curly-quotes", "write: motto: …"),
    "a: b\n#dates:\n  from: 2011\n": (
        "2:1 half-uncommented",
        "take the '#' away here too, or put one before each of those lines",
    ),
    "#dates:\n  from: 2011\na: b\n": (
        "1:1 half-uncommented",
        "take the '#' away here too, or put one before each of those lines",
    ),
    "a: b\n#towns:\n#    # Its name.\n  - name: A\n": (
        "2:1 half-uncommented",
        "take the '#' away here too, or put one before each of those lines",
    ),
    "towns:\n#  - name: A\n    size: 3\n": (
        "2:1 half-uncommented",
        "take the '#' away here too, or put one before each of those lines",
    ),
    "towns:\n#  - name: A\n#    # How large.\n    # In km2.\n    size: 3\n": (
        "2:1 half-uncommented",
        "take the '#' away here too, or put one before each of those lines",
    ),
    "towns:\n  - name: A\n    #roads:\n      - B\n": (
        "3:5 half-uncommented",
        "take the '#' away here too, or put one before each of those lines",
    ),
    "a: 'x'# 3\n": (
        "1:4 text-after-hash",
        "if it is text, put it inside the quotes; if not, type a space before '#' and after it",
    ),
    'a: [x, "y" #3\n  ]\n': (
        "1:8 text-after-hash",
        "if it is text, put it inside the quotes; if not, type a space before '#' and after it",
    ),
    "a: {b: c}#3\n": (
        "1:4 text-after-hash",
        "if it is text, put it inside the brackets; if not, type a space before '#' and after it",
    ),
    'a: "\\uDE0D"\n': (
        "1:5 backslash",
        "type the character itself, such as 😍, or both halves, such as \\ud83d\\ude0d",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", SLIPS, ids=lambda text: text.strip())
def test_the_cause_is_named_where_it_stands(text: str) -> None:
    """One problem, on the line that has to be changed, and the line as it must be typed."""
    problem = only_problem(text)
    found = f"{problem.line}:{problem.column} {problem.code}", problem.hint
    assert found == SLIPS[text]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: -5 degrees", {"a": "-5 degrees"}),
        ("a:\n  -5 degrees\n  -7 at night", {"a": "-5 degrees -7 at night"}),
        ("a: -ism", {"a": "-ism"}),
        ("a: [-x, -y]", {"a": ["-x", "-y"]}),
        ("a: >-\n  -x\n  -y", {"a": "-x -y"}),
        ("a: 标题\uff1a报告", {"a": "标题\uff1a报告"}),
        ("a: CARE\uff1a北京", {"a": "CARE\uff1a北京"}),
        ("a:\n  - CARE\uff1a北京", {"a": ["CARE\uff1a北京"]}),
        ("a: “whole”", {"a": "“whole”"}),
        ("a : b", {"a": "b"}),
        ("a: b # c", {"a": "b"}),
        ("a: 'b' # c", {"a": "b"}),
        ("a: 'b' ##", {"a": "b"}),
        ("a: [b] # c", {"a": ["b"]}),
        ("a:\n  # - one\n  b: c", {"a": {"b": "c"}}),
        ("a:\n  - b: c\n#  - b: d\n  - b: e", {"a": [{"b": "c"}, {"b": "e"}]}),
        ("a:\n#  - b: old\n#    c: old\n  b: new", {"a": {"b": "new"}}),
        ("# Terms: b, c\na: d", {"a": "d"}),
        ("a: b\n\t\nc: d", {"a": "b", "c": "d"}),
        ("a:\n  - b\n  \t \n  - c", {"a": ["b", "c"]}),
        ("a: |\n  b\n\t\n  c", {"a": "b\n\nc"}),
        ("a: b\n \t# note\nc: d", {"a": "b", "c": "d"}),
        ("a: |\n  b\nc: d\n\t# note", {"a": "b\n", "c": "d"}),
    ],
)
def test_what_is_meant_is_read(text: str, value: Plain) -> None:
    """What only looks like a slip is no slip; lines that hold nothing may hold tabs."""
    assert read(text) == value


def test_a_tab_in_a_block_hides_no_text() -> None:
    """A `#` after a tab in a block may be text, so it is never taken for a comment."""
    assert only_problem("a: |\n  b\n\t# c\n  d\n").code == "tab"


@given(
    st.recursive(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("k"), inner),
        max_leaves=6,
    ),
    st.sampled_from([None, 1, "\t"]),
)
def test_what_json_tools_write_is_read(value: Plain, indent: int | str | None) -> None:
    """Every text comes back from JSON with all but ASCII escaped, beside emoji in pairs."""
    text = json.dumps({"a": value, "\U0001f60d": "\U0001f1eb\U0001f1f7 \ue012"}, indent=indent)
    assert read(text) == {"a": value, "\U0001f60d": "\U0001f1eb\U0001f1f7 \ue012"}


def test_escapes_outside_double_quotes_stay_as_typed() -> None:
    """A pair is a character between double quotes alone, and after no backslash that is escaped."""
    pair = "\\ud83d\\uDE0D"
    text = f'a: {pair}\nb: \'{pair}\'\nc: |\n  {pair}\nd: "\\{pair}"\ne: "{pair}"\n'
    composed = compose(text.replace(f"\\{pair}", "\\\\ud83d"), path="f")
    assert composed.problems == ()
    assert plain(composed.node) == {
        "a": pair, "b": pair, "c": f"{pair}\n", "d": "\\ud83d", "e": "😍",
    }  # fmt: skip
    assert only_problem(f'a: "{pair} \\q"').hint == f"write: a: '{pair} \\q'"


@pytest.mark.parametrize(
    "text",
    [
        "\t{}x",
        "\\{}ud83d\\ude0d",
        "a: 'x'{}#y",
        "\t#\n{}",
        "- {}-a",
        "a:\n{}-b\n",
        "a:\n#{}- b\n  c: d",
        "a: b\n**a**{}\n",
        "a: 'b'{}\n",
        "|{}x |\n",
    ],
)
@pytest.mark.parametrize("part", ["\t", " ", "\\", "\t#\n", "- ", "#", "“", "\uff1a", ", 'c'", "*"])
def test_no_flood_takes_long(text: str, part: str) -> None:
    """A text of a megabyte is read, or refused, in time that grows as it does."""
    flood = text.replace("{}", part * (500_000 // len(part)))
    seconds, _ = spent(lambda: compose(flood, path="f"))
    assert seconds < 10


@pytest.mark.parametrize("between", [" = ", "=", ":", " -> "])
def test_each_line_of_fields_without_colons_is_named(between: str) -> None:
    """A file written as other programs have it is told line by line, and each can be mended."""
    text = f"title{between}Land\nsummary{between}A map\nstatus{between}active\n"
    problems = compose(text, path="f").problems
    hints = [problem.hint.removeprefix("write: ") for problem in problems]
    assert [problem.line for problem in problems] == [1, 2, 3]
    assert read("\n".join(hints)) == {"title": "Land", "summary": "A map", "status": "active"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hours: 10:30\n  11:30\n", {"hours": "10:30 11:30"}),
        ("sums: n = 12\n  m = 13\n", {"sums": "n = 12 m = 13"}),
        ("links:\n  https://example.org\n  https://example.com\n", None),
        ("voters: >-\na: b\n", {"voters": "", "a": "b"}),
        ("motto: >2\n  We walk\n", {"motto": "We walk\n"}),
    ],
)
def test_what_only_looks_like_such_a_slip_is_read(text: str, value: Plain) -> None:
    """Times, sums, addresses and long texts stay what they are."""
    assert read(text) == (value or {"links": "https://example.org https://example.com"})
