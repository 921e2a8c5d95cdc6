"""All mistakes in YAML that an author is told of, one row each: code, message, hint.

`{line}` and the like are placeholders. Whoever uses a row fills them; `errors` fills those of
`placeholder_values` for every row.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.base.position import Position
from generator.base.problem import Problem, Severity
from generator.yaml_nodes.nodes import DEEPEST, MOST_NODES


class Diagnosis(NamedTuple):
    """One kind of mistake, in words; `code`, `message` and `hint` are as in `Problem`."""

    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR

    def problem(self, path: str, position: Position, **values: str) -> Problem:
        """Return the problem at one position; `values` are what the placeholders stand for."""
        return Problem(
            path=path,
            line=position.line,
            column=position.column,
            severity=self.severity,
            code=self.code,
            message=self.message.format_map(values),
            hint=self.hint.format_map(values),
        )


_FIELD = "write 'field: value'"
_QUOTE_IF_TEXT = "if it is text, {value_in_quotes}"
_START_ITEMS = "start each list item with '- '"
_NAME_ITEM = (
    "name the value: '- KEY: {item}', with the field's own word for KEY;"
    " start the lines below it in the column of KEY"
)

# The formatter would give each row five lines: code and message stand above the hint.
# fmt: off

# Characters
CONTROL_CHARACTER = Diagnosis("control-character", "there is a {kind} character here, {name}",
    "delete it; it cannot be seen, so type the words around it again")
TAB = Diagnosis("tab", "there is a tab where only spaces are allowed",
    "delete the tab and indent with spaces, two for each step")
ODD_SPACE = Diagnosis("odd-space", "the spaces before {key} are not ordinary spaces",
    "delete them and type spaces")
INVISIBLE = Diagnosis("invisible-character",
    "there is a character that cannot be seen in the field name {key}",
    "delete the name and type it again: {mended}")

# Values that need quotes
NEEDS_QUOTES = Diagnosis("needs-quotes", "text that starts with '{character}' must be in quotes",
    "{value_in_quotes}")
TEXT_AFTER_HASH = Diagnosis("text-after-hash", "{rest} is read as a comment and left out",
    "if it is text, put the whole value in quotes; if not, type a space after '#'",
    Severity.WARNING)
HASH_AFTER_CLOSING = TEXT_AFTER_HASH._replace(
    hint="if it is text, put it inside the {word}; if not, type a space before '#' and after it")
COLON_IN_VALUE = Diagnosis("colon-in-value",
    "a value without quotes contains a second ': ': {line}",
    "{line_in_quotes}")
COLON_IN_BRACKETS = COLON_IN_VALUE._replace(hint="put the value in quotes")
BLOCK_MARKER = Diagnosis("block-marker", "after '{character}' the text must start on the next line",
    "{line_in_quotes}, or start the text on the next line")
TAG = Diagnosis("tag", "{word} is a YAML tag, which is not read", _QUOTE_IF_TEXT)
UNKNOWN_ALIAS = Diagnosis("unknown-alias",
    "{word} refers to a value that is not marked '&' anywhere above",
    _QUOTE_IF_TEXT)
SELF_ALIAS = Diagnosis("self-alias", "{word} refers to the value that it is in",
    "write the value out instead")
UNUSED_ANCHOR = Diagnosis("unused-anchor",
    "{word} is read as a mark for later use, and nothing uses it",
    "{line_in_quotes}")

# Quotes and brackets
UNCLOSED_QUOTE = Diagnosis("unclosed-quote", "the quote that opens here is not closed: {rest}",
    "{quote_closed}")
TEXT_AFTER_QUOTE = Diagnosis("text-after-quote", "text follows after the closing quote: {rest}",
    "{line_in_quotes}")
COMMA_AFTER_QUOTE = Diagnosis("text-after-quote", "a comma follows after the closing quote: {line}",
    "write: {without_comma}")
SEVERAL_QUOTES = TEXT_AFTER_QUOTE._replace(
    hint="if these are several values, write: {in_brackets}; if it is one text, {line_in_quotes}")
QUOTE_IN_BRACKETS = TEXT_AFTER_QUOTE._replace(
    hint="put a comma between them, or one pair of quotes around both")
BACKSLASH = Diagnosis("backslash", "between double quotes {two_characters} has no meaning",
    "{line_in_quotes}")
BACKSLASH_IN_LONG_TEXT = BACKSLASH._replace(hint="use single quotes instead")
HALF_CHARACTER = Diagnosis("backslash", "{half} is only half of a character",
    "type the character itself, such as 😍, or both halves, such as \\ud83d\\ude0d")
UNCLOSED_BRACKET = Diagnosis("unclosed-bracket",
    "the '{character}' that opens here is not closed, or a comma is missing after it",
    "close it with '{closing_bracket}'; if it is text, put it in quotes")
COMMA_AFTER_BRACKET = Diagnosis("text-after-bracket",
    "a comma follows after the closing bracket: {line}",
    "write: {without_comma}")
EMPTY_ITEM = Diagnosis("empty-item", "there is nothing before this comma",
    "delete the comma, or write what is missing")
TEXT_AFTER_BRACKET = Diagnosis("text-after-bracket",
    "text follows after the closing bracket: {rest}",
    "{line_in_quotes}")

# Fields
NO_KEY = Diagnosis("no-key", "there is no field name before this ':'", _FIELD)
KEY_NOT_TEXT = Diagnosis("key-not-text", "a field name cannot be a list or a record",
    "if it is text, put it in quotes")
CURLY_KEY = Diagnosis("curly-quotes", "the quotes around the field name {key} are not needed",
    "write: {mended}: …")
DUPLICATE_KEY = Diagnosis("duplicate-key", "{key} is written a second time",
    "line {first} has it already: keep one of the two")
DUPLICATE_IN_ITEM = DUPLICATE_KEY._replace(
    hint="line {first} has it already: keep one of the two; to start another entry, {entry}")
MARKED_KEY = Diagnosis("marked-field",
    "a field name stands alone, without the marks around it: {line}",
    "write: {mended}")
EQUALS_SIGN = Diagnosis("no-colon", "this line has '{mark}' where ': ' belongs: {line}",
    "write: {mended}")
NO_SPACE_AFTER_COLON = Diagnosis("no-space-after-colon",
    "an ordinary space is missing after the colon: {line}",
    "{colon_spaced}")
NO_COLON = Diagnosis("no-colon", "this line has no field name followed by ': ': {line}",
    f"{_FIELD}; if the line continues the value above, indent it by two spaces")
BULLET = NO_COLON._replace(hint=_START_ITEMS)
LIKE_COLON = Diagnosis("like-colon", "'{character}' is not an ordinary colon: {line}",
    "write: {mended}")
BARE_ITEM = Diagnosis("no-colon", "this item has no name: {line}", _NAME_ITEM)

# Lines and lists
NO_LIST = Diagnosis("no-list", "{rest} does not start like a list item", _START_ITEMS)
LIST_ON_FIELD_LINE = Diagnosis("list-on-field-line",
    "a list cannot start on the line of its field: {line}",
    "start the list on the next line; if it is text, {line_in_quotes}")
NO_SPACE_AFTER_DASH = Diagnosis("no-space-after-dash", "a space is missing after '-': {line}",
    "write: {mended}")
ODD_SPACE_AFTER_DASH = Diagnosis("odd-space",
    "the space after '-' is not an ordinary space: {line}",
    "delete it and type a space: {mended}")
BULLET_BEFORE_FIELD = Diagnosis("no-list", "{line} does not start like a list item",
    "write: {mended}")
BULLET_OR_FIELD = BULLET_BEFORE_FIELD._replace(
    hint="if it is a field, write: {field}; if it is an item, write: {mended}")
MISSING_DASH = Diagnosis("missing-dash", "a '- ' is missing before {line}",
    "write: {mended}; start the other lines of this entry two columns further right")
HALF_UNCOMMENTED = Diagnosis("half-uncommented",
    "this line still has its '#', and lines below it have not: {line}",
    "take the '#' away here too, or put one before each of those lines")
UNNAMED_ITEM = Diagnosis("unnamed-item", "{line} is below an item that has no name",
    _NAME_ITEM)
CONTINUES_VALUE = Diagnosis("indentation",
    "{line} is indented as if it continued the value above it",
    "start a field in the column of the fields above; put text that contains ': ' in quotes")
MISALIGNED = Diagnosis("indentation", "{line} does not line up with the lines above it",
    "line {above} starts in column {above_column}: start this line there too")
COMMENT_IN_VALUE = Diagnosis("indentation",
    "the value that goes on with {line} is ended by a comment",
    "move the comment of line {above} above the field")
ITEM_OR_FIELD = MISALIGNED._replace(
    hint="if it is a field, write: {field}; if it is an item, write nothing after the ':' of its"
    " field, and start every item in the same column")
MISALIGNED_ITEM = MISALIGNED._replace(
    hint="write nothing after the ':' of the field, and start every item in the same column")
OUTSIDE = Diagnosis("outside", "{line} is neither a field nor a list",
    f"{_FIELD}, and delete a line that starts with '...' or '%'")
SECOND_DOCUMENT = Diagnosis("second-document", "'---' starts a second document",
    "keep one document in a file: delete this line")

# Size
TOO_DEEP = Diagnosis("too-deep", f"lists and records are nested more than {DEEPEST} deep here",
    "close the brackets, or indent less")
TOO_LARGE = Diagnosis("too-large",
    f"the file has more than {MOST_NODES} values, counting each '*' in full",
    "split it into several files, or use fewer '*'")
