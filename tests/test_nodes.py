"""YAML text in, nodes and problems out."""

from __future__ import annotations

from typing import TypeAlias

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.base.position import Position
from generator.base.problem import Problem
from generator.yaml_nodes import Composed, Mapping, Node, Scalar, Sequence, compose, diagnoses
from generator.yaml_nodes.diagnoses import Diagnosis
from trouble import spent

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"


def plain(node: Node | None) -> Plain:
    """Return a node without its positions."""
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.value: plain(value) for key, value in node.pairs}
    return None if node is None else node.value


def problem_rows(composed: Composed) -> list[tuple[int, int, str, str]]:
    """Return line, column, code and hint of each problem."""
    return [(p.line, p.column, p.code, p.hint) for p in composed.problems]


def test_positions_are_those_of_the_file() -> None:
    """A node knows its line and column in the whole file, and whether it was typed plainly."""
    composed = compose("a: x\nb: ['y', |\n", path="f", first_line=2)
    assert composed.broken == {"b"}
    composed = compose("a: x\nb:\n  - 'y'\n  - |\n    z\n", path="f", first_line=2)
    key = {
        name: Scalar(value=name, position=Position(line, 1), plain=True)
        for name, line in (("a", 2), ("b", 3))
    }
    listed = Sequence(
        items=(
            Scalar(value="y", position=Position(4, 5), plain=False),
            Scalar(value="z\n", position=Position(5, 5), plain=False),
        ),
        position=Position(4, 3),
    )
    pairs = ((key["a"], Scalar(value="x", position=Position(2, 4), plain=True)), (key["b"], listed))
    assert composed == Composed(Mapping(pairs=pairs, position=Position(2, 1)), (), frozenset())


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", " " * 9, "\ufeff"])
def test_empty_documents_have_no_node(text: str) -> None:
    """Nothing written is nothing read, and no problem of this module."""
    assert compose(text, path="f") == Composed(None, (), frozenset())


@pytest.mark.parametrize(
    "typed",
    [
        "NO",
        "yes",
        "012",
        "0x1F",
        "12:30",
        "1_000",
        "1e3",
        "null",
        "~",
        "2026-11-22",
        ".inf",
        "=",
        "<<",
    ],
)
def test_every_scalar_stays_as_typed(typed: str) -> None:
    """No value, item or key changes its type."""
    composed = compose(f"a: {typed}\nb: [{typed}]\n{typed}: c\n", path="f")
    assert (plain(composed.node), composed.problems) == ({"a": typed, "b": [typed], typed: "c"}, ())


def test_an_empty_value_is_an_empty_plain_text() -> None:
    """A key with nothing after it has the empty text."""
    composed = compose("a:\nb: ''\n", path="f")
    assert isinstance(composed.node, Mapping)
    assert [
        (value.value, value.plain) for _, value in composed.node.pairs if isinstance(value, Scalar)
    ] == [
        ("", True),
        ("", False),
    ]


@pytest.mark.parametrize(
    ("text", "column"),
    [("k: [العربية, x]", 14), ("k: [😀😀, x]", 9), ("k: [e\u0301\u2028, x]", 10)],
)
def test_columns_count_characters_of_any_script(text: str, column: int) -> None:
    """A column is a number of characters, not of bytes."""
    node = compose(text, path="f").node
    assert isinstance(node, Mapping)
    listed = node.pairs[0][1]
    assert isinstance(listed, Sequence)
    assert listed.items[1].position == Position(1, column)


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"])
def test_unicode_line_breaks_are_text(mark: str) -> None:
    """The breaks that only Unicode knows end no line, in any kind of scalar and in messages."""
    text = (
        f"a: x{mark}y\nb: '{mark}'\nc: \"x{mark}y\"\nd: |\n  x{mark}y\n{mark}: e\nf: 'x{mark}' y\n"
    )
    composed = compose(text, path="f")
    value = f"x{mark}y"
    assert plain(composed.node) == {"a": value, "b": mark, "c": value, "d": f"{value}\n"}
    assert problem_rows(composed) == [
        (7, 9, "text-after-quote", f"write: f: \"'x{mark}' y\""),
        (6, 1, "no-key", "write 'field: value'"),
    ]


def test_illegible_characters_are_reported_and_the_rest_is_read() -> None:
    """A control character or noncharacter, typed or escaped, has a problem in its place."""
    composed = compose('a: x\x0by\nb: \ufdd0\nc: "\\0"\n', path="f", first_line=5)
    assert plain(composed.node) == {"a": "x\ufffdy", "b": "\ufffd", "c": "\ufffd"}
    hint = "delete it; it cannot be seen, so type the words around it again"
    assert composed.problems == tuple(
        Problem(
            path="f",
            line=line,
            column=column,
            code="control-character",
            message=f"there is a control character here, {name}",
            hint=hint,
        )
        for line, column, name in ((5, 5, "U+000B"), (6, 4, "U+FDD0"), (7, 4, "U+0000"))
    )


def test_duplicate_keys_keep_the_first() -> None:
    """The second of two equal keys is the problem, whichever way they are quoted or broken up."""
    composed = compose("a: 1\n'a': 2\nb: {c: 1, c: 2}\nd: @\na: 3\n", path="f")
    assert plain(composed.node) == {"a": "1", "b": {"c": "1"}}
    assert composed.broken == {"d"}
    again = "line 1 has it already: keep one of the two"
    assert problem_rows(composed) == [
        (4, 4, "needs-quotes", 'write: d: "@"'),
        (2, 1, "duplicate-key", again),
        (3, 11, "duplicate-key", again.replace("1", "3")),
        (5, 1, "duplicate-key", again),
    ]


NAME_ITEM = (
    "name the value: '- KEY: {}', with the field's own word for KEY;"
    " start the lines below it in the column of KEY"
)

ONE_PROBLEM = {
    "tab": (
        "a:\n\tb: 1\n",
        "2:1 tab",
        "there is a tab where only spaces are allowed",
        "delete the tab and indent with spaces, two for each step",
    ),
    "tab under a value": (
        "a: 1\n\tb: 2\n",
        "2:1 tab",
        "there is a tab where only spaces are allowed",
        "delete the tab and indent with spaces, two for each step",
    ),
    "no space after a dash": (
        "a:\n  -b: 1\n  -c: 2\n",
        "2:3 no-space-after-dash",
        "a space is missing after '-': '-b: 1'",
        "write: - b: 1",
    ),
    "no dash": (
        "a:\n  - b: 1\n    c: 2\n  b: 3\n",
        "4:3 missing-dash",
        "a '- ' is missing before 'b: 3'",
        "write: - b: 3; start the other lines of this entry two columns further right",
    ),
    "full-width colon": (
        "a:\n  - b\uff1a 1\n",
        "2:6 like-colon",
        "'\uff1a' is not an ordinary colon: '- b\uff1a 1'",
        "write: - b: 1",
    ),
    "curly quotes around a name": (
        "\u201ca\u201d: 1\n",
        "1:1 curly-quotes",
        "the quotes around the field name '\u201ca\u201d' are not needed",
        "write: a: \u2026",
    ),
    "something invisible in a name": (
        "x: y\na\u200bb: 1\n",
        "2:1 invisible-character",
        "there is a character that cannot be seen in the field name 'ab'",
        "delete the name and type it again: ab:",
    ),
    "a byte order mark before a name": (
        "x: y\n\ufeffa: 1\n",
        "2:1 invisible-character",
        "there is a character that cannot be seen in the field name 'a'",
        "delete the name and type it again: a: 1",
    ),
    "marks of Markdown around a name": (
        "x: y\n**a**: 1\n",
        "2:1 marked-field",
        "a field name stands alone, without the marks around it: '**a**: 1'",
        "write: a: 1",
    ),
    "a hash that was left": (
        "x: y\n#a:\n  b: 1\n",
        "2:1 half-uncommented",
        "this line still has its '#', and lines below it have not: '#a:'",
        "take the '#' away here too, or put one before each of those lines",
    ),
    "single quote": (
        "a: 'open\n",
        "1:4 unclosed-quote",
        "the quote that opens here is not closed: ''open'",
        'close it: a: "open"',
    ),
    "quote over keys": (
        "a:\n  - b: 'open\n    c: 'x'\n",
        "2:8 unclosed-quote",
        "the quote that opens here is not closed: ''open'",
        'close it: - b: "open"',
    ),
    "quote closed by chance": (
        'a:\n  b: "open\n  c: closed"\n',
        "2:6 unclosed-quote",
        "the quote that opens here is not closed: '\"open'",
        'close it: b: "open"',
    ),
    "colon": (
        "title: Land: a model\n",
        "1:12 colon-in-value",
        "a value without quotes contains a second ': ': 'title: Land: a model'",
        'write: title: "Land: a model"',
    ),
    "colon in item": (
        '- k: Land: a "b" # r\n',
        "1:10 colon-in-value",
        "a value without quotes contains a second ': ': '- k: Land: a \"b\" # r'",
        "write: - k: 'Land: a \"b\"' # r",
    ),
    "at": (
        "a: @x\n",
        "1:4 needs-quotes",
        "text that starts with '@' must be in quotes",
        'write: a: "@x"',
    ),
    "backtick": (
        "a: `x`\n",
        "1:4 needs-quotes",
        "text that starts with '`' must be in quotes",
        'write: a: "`x`"',
    ),
    "percent": (
        "a: %x\n",
        "1:4 needs-quotes",
        "text that starts with '%' must be in quotes",
        'write: a: "%x"',
    ),
    "percent line": (
        "%x\n",
        "1:1 needs-quotes",
        "text that starts with '%' must be in quotes",
        'write: "%x"',
    ),
    "stars": (
        "a: *important*\n",
        "1:4 needs-quotes",
        "text that starts with '*' must be in quotes",
        'write: a: "*important*"',
    ),
    "star": (
        "a: *imp text\n",
        "1:4 unknown-alias",
        "'*imp' refers to a value that is not marked '&' anywhere above",
        'if it is text, write: a: "*imp text"',
    ),
    "star in list": (
        "a: [*x, y]\n",
        "1:5 unknown-alias",
        "'*x' refers to a value that is not marked '&' anywhere above",
        'if it is text, put it in quotes: "*x"',
    ),
    "ampersand": (
        "a: & x\n",
        "1:4 needs-quotes",
        "text that starts with '&' must be in quotes",
        'write: a: "& x"',
    ),
    "bar": (
        "a: | x\n",
        "1:4 block-marker",
        "after '|' the text must start on the next line",
        'write: a: "| x", or start the text on the next line',
    ),
    "greater": (
        "a: >5 x\n",
        "1:4 block-marker",
        "after '>' the text must start on the next line",
        'write: a: ">5 x", or start the text on the next line',
    ),
    "bracket": (
        "a: [x, y\n",
        "1:4 unclosed-bracket",
        "the '[' that opens here is not closed, or a comma is missing after it",
        "close it with ']'; if it is text, put it in quotes",
    ),
    "brace": (
        "a: {x: 1\n",
        "1:4 unclosed-bracket",
        "the '{' that opens here is not closed, or a comma is missing after it",
        "close it with '}'; if it is text, put it in quotes",
    ),
    "bracket at end": (
        "a: [",
        "1:4 unclosed-bracket",
        "the '[' that opens here is not closed, or a comma is missing after it",
        "close it with ']'; if it is text, put it in quotes",
    ),
    "inner bracket": (
        "a: [[k: x], [y]\n",
        "1:4 unclosed-bracket",
        "the '[' that opens here is not closed, or a comma is missing after it",
        "close it with ']'; if it is text, put it in quotes",
    ),
    "comma": (
        "a: [x,, y]\n",
        "1:7 empty-item",
        "there is nothing before this comma",
        "delete the comma, or write what is missing",
    ),
    "quoted items": (
        "a: ['x' y]\n",
        "1:9 text-after-quote",
        "text follows after the closing quote: 'y]'",
        "put a comma between them, or one pair of quotes around both",
    ),
    "item in brackets": (
        "a: [@x, y]\n",
        "1:5 needs-quotes",
        "text that starts with '@' must be in quotes",
        'put it in quotes: "@x"',
    ),
    "closing bracket": (
        "a: [b]]\n",
        "1:7 text-after-bracket",
        "text follows after the closing bracket: ']'",
        'write: a: "[b]]"',
    ),
    "footnote": (
        "a: [1] says\n",
        "1:8 text-after-bracket",
        "text follows after the closing bracket: 'says'",
        'write: a: "[1] says"',
    ),
    "apostrophe": (
        "a: 'it's'\n",
        "1:8 text-after-quote",
        "text follows after the closing quote: 's''",
        'write: a: "it\'s"',
    ),
    "quoted word": (
        'a: "so" he\n',
        "1:9 text-after-quote",
        "text follows after the closing quote: 'he'",
        "write: a: '\"so\" he'",
    ),
    "two quoted words": (
        'a: "x" & "y"\n',
        "1:8 needs-quotes",
        "text that starts with '&' must be in quotes",
        'write: a: \'"x" & "y"\'',
    ),
    "quote in quotes": (
        'a: "so "go" he\n',
        "1:9 text-after-quote",
        "text follows after the closing quote: 'go\" he'",
        "write: a: 'so \"go\" he'",
    ),
    "first line indented": (
        "  a: 1\nb: 2\n",
        "2:1 indentation",
        "'b: 2' does not line up with the lines above it",
        "line 1 starts in column 3: start this line there too",
    ),
    "backslash": (
        'a: "C:\\path"\n',
        "1:7 backslash",
        "between double quotes '\\p' has no meaning",
        "write: a: 'C:\\path'",
    ),
    "hexadecimal": (
        'a: "\\xZZ"\n',
        "1:5 backslash",
        "between double quotes '\\x' has no meaning",
        "write: a: '\\xZZ'",
    ),
    "dedent": (
        "a:\n   b: 1\n  c: 2\n",
        "3:3 indentation",
        "'c: 2' does not line up with the lines above it",
        "line 2 starts in column 4: start this line there too",
    ),
    "indent": (
        "a: 1\n  b: 2\n",
        "2:3 indentation",
        "'b: 2' is indented as if it continued the value above it",
        "start a field in the column of the fields above; put text that contains ': ' in quotes",
    ),
    "item indent": (
        "a:\n- x\n - y\n",
        "3:2 indentation",
        "'- y' does not line up with the lines above it",
        "write nothing after the ':' of the field, and start every item in the same column",
    ),
    "value and list": (
        "a: 1\n- b\n",
        "2:1 indentation",
        "'- b' does not line up with the lines above it",
        "write nothing after the ':' of the field, and start every item in the same column",
    ),
    "list on line": (
        "a: - b\n",
        "1:4 list-on-field-line",
        "a list cannot start on the line of its field: 'a: - b'",
        'start the list on the next line; if it is text, write: a: "- b"',
    ),
    "question": (
        "a: ? b\n",
        "1:4 needs-quotes",
        "text that starts with '?' must be in quotes",
        'write: a: "? b"',
    ),
    "no key": (
        ": b\n",
        "1:1 no-key",
        "there is no field name before this ':'",
        "write 'field: value'",
    ),
    "glued": (
        "a:b\nc: 1\n",
        "1:1 no-space-after-colon",
        "an ordinary space is missing after the colon: 'a:b'",
        "write: a: b",
    ),
    "no-break space": (
        "a:\xa0b\nc: 1\n",
        "1:1 no-space-after-colon",
        "an ordinary space is missing after the colon: 'a: b'",
        "write: a: b",
    ),
    "no colon": (
        "a: 1\nplain words\nb: 2\n",
        "2:1 no-colon",
        "this line has no field name followed by ': ': 'plain words'",
        "write 'field: value'; if the line continues the value above, indent it by two spaces",
    ),
    "bullet": (
        "a:\n• b\nc: 1\n",
        "2:1 no-colon",
        "this line has no field name followed by ': ': '• b'",
        "start each list item with '- '",
    ),
    "list as key": (
        "[a]: 1\n",
        "1:1 key-not-text",
        "a field name cannot be a list or a record",
        "if it is text, put it in quotes",
    ),
    "odd indent": (
        "a: 1\n\xa0b: 1\n",
        "2:1 odd-space",
        "the spaces before 'b' are not ordinary spaces",
        "delete them and type spaces",
    ),
    "tag": (
        "a: !Important\n",
        "1:4 tag",
        "'!Important' is a YAML tag, which is not read",
        'if it is text, write: a: "!Important"',
    ),
    "bare tag": (
        "a: ! x\n",
        "1:4 tag",
        "'!' is a YAML tag, which is not read",
        'if it is text, write: a: "! x"',
    ),
    "unknown handle": (
        "a: !e!x y\n",
        "1:4 tag",
        "'!e!x' is a YAML tag, which is not read",
        'if it is text, write: a: "!e!x y"',
    ),
    "standard tag": (
        "a: [!!str x]\n",
        "1:5 tag",
        "'!!str' is a YAML tag, which is not read",
        'if it is text, put it in quotes: "!!str x"',
    ),
    "python": (
        "!!python/name:os.system x",
        "1:1 tag",
        "'!!python/name:os.system' is a YAML tag, which is not read",
        'if it is text, write: "!!python/name:os.system x"',
    ),
    "self": (
        "a: &x [*x]\n",
        "1:8 self-alias",
        "'*x' refers to the value that it is in",
        "write the value out instead",
    ),
    "anchor unused": (
        "a: &Co limited\n",
        "1:4 unused-anchor",
        "'&Co' is read as a mark for later use, and nothing uses it",
        'write: a: "&Co limited"',
    ),
    "second document": (
        "a: 1\n---\nb: 2\n",
        "2:1 second-document",
        "'---' starts a second document",
        "keep one document in a file: delete this line",
    ),
    "end": (
        "a: 1\n...\nb: 2\n",
        "3:1 outside",
        "'b: 2' is neither a field nor a list",
        "write 'field: value', and delete a line that starts with '...' or '%'",
    ),
    "hash": (
        "a: Phase #2 of it\n",
        "1:4 text-after-hash",
        "'#2 of it' is read as a comment and left out",
        "if it is text, put the whole value in quotes; if not, type a space after '#'",
    ),
    "item without a name": (
        "a:\n  - b\n    c: 1\n",
        "3:5 unnamed-item",
        "'c: 1' is below an item that has no name",
        NAME_ITEM.format("b"),
    ),
    "asterisk for a dash": (
        "a:\n* b\n",
        "2:1 no-list",
        "'* b' does not start like a list item",
        "start each list item with '- '",
    ),
    "number for a dash": (
        "a:\n1. b\nc: 1\n",
        "2:1 no-colon",
        "this line has no field name followed by ': ': '1. b'",
        "start each list item with '- '",
    ),
    "no-break space before a dash": (
        "- b\n\xa0- c\n",
        "2:1 no-colon",
        "this item has no name: '- c'",
        NAME_ITEM.format("c"),
    ),
    "backslash in brackets": (
        'a: {b: "x\\q"}\n',
        "1:10 backslash",
        "between double quotes '\\q' has no meaning",
        "use single quotes instead",
    ),
    "alias far from its anchor": (
        "a: &x 1\nb: 2\nc: 3\nd: 4\n*x\n",
        "5:1 no-colon",
        "this line has no field name followed by ': ': '*x'",
        "write 'field: value'; if the line continues the value above, indent it by two spaces",
    ),
    "control character": (
        "a: \0\n",
        "1:4 control-character",
        "there is a control character here, U+0000",
        "delete it; it cannot be seen, so type the words around it again",
    ),
    "two of one name": (
        "a: 1\na: 2\n",
        "2:1 duplicate-key",
        "'a' is written a second time",
        "line 1 has it already: keep one of the two",
    ),
    "65 levels": (
        "[" * 65 + "]" * 65,
        "1:65 too-deep",
        "lists and records are nested more than 64 deep here",
        "close the brackets, or indent less",
    ),
    "too many values": (
        "- b\n" * 100_000,
        "100000:3 too-large",
        "the file has more than 100000 values, counting each '*' in full",
        "split it into several files, or use fewer '*'",
    ),
}
"""By name: a text, its only problem as `line:column code`, message and hint."""


@pytest.mark.parametrize("name", ONE_PROBLEM)
def test_each_mistake_is_one_problem_with_its_remedy(name: str) -> None:
    """One mistake, one problem: where it is, its code, its message and a hint."""
    text, *expected = ONE_PROBLEM[name]
    problems = compose(text, path="f").problems
    assert [[f"{p.line}:{p.column} {p.code}", p.message, p.hint] for p in problems] == [expected]


@pytest.mark.parametrize(
    "name", [name for name, (*_, hint) in ONE_PROBLEM.items() if "write: " in hint]
)
def test_a_corrected_line_can_be_read(name: str) -> None:
    """What the hint says to write has no problem of its own."""
    corrected = ONE_PROBLEM[name][-1].partition("write: ")[2]
    end = ", or start the text on the next line"
    assert compose(corrected.removesuffix(end), path="f").problems == ()


def test_every_diagnosis_has_an_example() -> None:
    """A new row of the table comes with a text that shows it."""
    codes = {row.code for row in vars(diagnoses).values() if isinstance(row, Diagnosis)}
    assert codes == {expected.split(" ")[1] for _, expected, _, _ in ONE_PROBLEM.values()}


def test_all_mistakes_at_once_and_what_is_good_stays() -> None:
    """A broken field does not hide its neighbours, and its name is known."""
    text = "title: A: b\nsummary: 'open\nfocus: x\npartners:\n  - name: @x\n  country: y\nid: z\n"
    composed = compose(text, path="f", first_line=2)
    assert plain(composed.node) == {"focus": "x", "id": "z"}
    assert composed.broken == {"title", "summary", "partners", "country"}
    assert [(line, code) for line, _, code, _ in problem_rows(composed)] == [
        (2, "colon-in-value"),
        (3, "unclosed-quote"),
        (6, "needs-quotes"),
    ]


def test_aliases_repeat_a_value() -> None:
    """An alias is the very node that was named, also where the text had to be read in pieces."""
    composed = compose("a: &x [1]\nb: *x\n<<: *x\nc: @\n", path="f")
    assert plain(composed.node) == {"a": ["1"], "b": ["1"], "<<": ["1"]}
    assert isinstance(composed.node, Mapping)
    assert composed.node.pairs[0][1] is composed.node.pairs[1][1]


def test_an_alias_of_a_broken_field_is_no_second_problem() -> None:
    """Only the field that broke is reported, and both are known to be unread."""
    composed = compose("a: &x [@]\nb: *x\nc: 1\n", path="f")
    assert (plain(composed.node), set(composed.broken)) == ({"c": "1"}, {"a", "b"})
    assert [code for _, _, code, _ in problem_rows(composed)] == ["needs-quotes"]


def test_tags_may_be_passed_over() -> None:
    """Where tags are expected the value is read as it stands."""
    composed = compose("a: !ENV [X, y]\nb: !!python/name:m.f\n", path="f", tags=True)
    assert (plain(composed.node), composed.problems) == ({"a": ["X", "y"], "b": ""}, ())


def deep(levels: int) -> str:
    """Return a list nested so many levels, and a field after it."""
    return f"a: {'[' * levels}{']' * levels}\nb: 1\n"


def test_depth_has_a_bound() -> None:
    """63 lists in a record are 64 levels; one more is refused, and the next field is read."""
    assert compose(deep(63), path="f").problems == ()
    composed = compose(deep(64), path="f")
    assert plain(composed.node) == {"b": "1"}
    assert problem_rows(composed) == [(1, 67, "too-deep", "close the brackets, or indent less")]


def test_depth_counts_what_aliases_bring() -> None:
    """Aliases cannot nest deeper than brackets can."""
    text = f"a: &a {'[' * 40}{']' * 40}\nb: {'[' * 40}*a{']' * 40}\n"
    assert [code for _, _, code, _ in problem_rows(compose(text, path="f"))] == ["too-deep"]


BOMBS = {
    "laughs": "a0: &a0 [x]\n"
    + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)),
    "wide": f"a: &a [{'x, ' * 1000}x]\nb: [{'*a, ' * 1000}*a]\n",
    "keys": "".join(f"k{i}: x\n" for i in range(60_000)),
    "items": "- \n" * 330_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_too_many_values_are_refused_at_once(name: str) -> None:
    """Values are counted as aliases repeat them, without repeating them."""
    seconds, composed = spent(lambda: compose(BOMBS[name], path="f"))
    assert [code for _, _, code, _ in problem_rows(composed)] == ["too-large"]
    assert composed.node is None
    assert seconds < 2


HEAVY = {
    "[": "[" * 100_000,
    "{": "{" * 100_000,
    "- ": "- " * 100_000,
    "key [": "a: " + "[" * 100_000,
    "more [": "[" * 1_000_000,
    "spaces": " " * 1_000_000,
    "key and spaces": "a: x" + " " * 1_000_000 + ": y",
    "lines": "a: \n" * 250_000,
    "broken lines": "a: [\n" * 200_000,
    "blank lines": "a: @\n" + "\n" * 1_000_000,
    "words": "word " * 200_000,
    "colons": "a: " * 333_000,
    "quotes": "'\n" * 500_000,
    "control": "\0" * 1_000_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_texts_take_seconds_at_most(name: str) -> None:
    """A hundred thousand brackets or a megabyte of anything neither crash nor hang."""
    seconds, composed = spent(lambda: compose(HEAVY[name], path="f"))
    assert (len(composed.problems) > 0) == (name not in {"spaces", "words"})
    assert len(composed.problems) <= 220
    assert seconds < 4


YAMLISH = st.text(st.sampled_from("ab:- \n\t'\"[]{},&*!|>%@`#?~\\.é\x85\u2028\xa0"), max_size=60)


@given(st.one_of(st.text(), YAMLISH))
def test_compose_never_raises(text: str) -> None:
    """Whatever is typed, the answer is nodes and problems in lines that exist."""
    composed = compose(text, path="f")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert all(1 <= p.line <= len(lines) + 1 and p.column >= 1 for p in composed.problems)
    assert all(p.hint and p.message for p in composed.problems)


TYPED = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]))


@given(TYPED)
def test_quoted_text_comes_back(text: str) -> None:
    """What stands in double quotes is read as it was."""
    dumped = yaml.safe_dump({"a": text}, default_style='"', allow_unicode=True, width=10**6)
    composed = compose(dumped, path="f")
    assert (plain(composed.node), composed.problems) == ({"a": text}, ())
