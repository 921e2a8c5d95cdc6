"""Scalars that readers of YAML take for something else, each as text and as it may be typed."""

from __future__ import annotations

import json

TEXTS = (
    *("no", "NO", "Yes", "on", "off", "true", "False", "null", "~", "NULL", "y", "n", "=", "<<"),
    *("0012", "012", "1e3", "0x1F", "0o17", "1_000", "12:30", "190:20:30", "1.0", ".5", "+1", "-0"),
    *(".inf", ".NaN", "2019-01-01", "2019-01-01T00:00:00Z", "1,000", "0b1", "-1.50", "1.2.3"),
    *("- a", "-", "--", "---", "--- a", "...", "? a", "?", ": a", ":", "::", "a:", "a: b", "a:b"),
    *("#", "# a", "a # b", "a#b", "a #", "&a", "*a", "!a", "!!str a", "|", ">", "|-", ">+", "|2"),
    *("%a", "@a", "`a`", "'", "''", "'a'", "a'b", '"', '""', '"a"', 'a"b', "\\", "\\n", "\\u0041"),
    *("[", "]", "[]", "[a, b]", "{", "}", "{}", "{a: b}", ",", "a, b", "a,b", "{{ a }}", "{% a %}"),
    *(" a", "a ", "  ", "\ta", "a\t", "a\tb", "a\nb", "a\n\nb", "a\n  b", "\na", "a\n", "a\n\n\n"),
    *("a\n- b", "a\n# b", "a\nb: c", "a\n---\nb", "---\na", "a\n...\n", " a\n  b\n c", "a  \nb"),
    *(
        "caf\u00e9",
        "\u0e81\u0ecd\u0ea5\u0eb0\u0e99\u0eb5",
        "\u0645\u0631\u062d\u0628\u0627",
        "\U0001f60d",
        "\u200b",
        "a\u200db",
        "\u202ea",
        "\ufeffa",
    ),
    *(
        "a\u00a0b",
        "\u00a0",
        "a\u2028b",
        "a\u2029b",
        "a\u0085b",
        "\u201ca\u201d",
        "\u2018a\u2019",
        "\u2026",
        "\u2013 a",
        "\u2022 a",
    ),
    *("unknown", "UNKNOWN", "withheld", "...", "TBC", "n/a", "?", "x" * 300, "a " * 200),
    *("http://a.b/#c", "a@b.c", "C:\\a\\b", "<b>a</b>", "a & b", "a && b", "100%", "$(a)", "`a`"),
)
"""What an author may mean: a text each."""


def typed(text: str) -> list[str]:
    """Return the ways in which a text may stand behind `what:` at a depth of four columns."""
    ways = [json.dumps(text, ensure_ascii=False), json.dumps(text)]
    if text.strip(" ") and "\n" not in text and text.isprintable():
        ways.append("'" + text.replace("'", "''") + "'")
    lines = text.split("\n")
    if all(not line or line.isprintable() for line in lines) and text.strip():
        below = "\n".join(f"      {line}" if line else "" for line in lines)
        ways += [f"{sign}\n{below}" for sign in ("|2", "|2-", "|2+", ">2", ">2+")]
    if text.replace(" ", "").isalnum() and text == text.strip():
        ways += [text, text.replace(" ", "\n        ")]
    return ways
