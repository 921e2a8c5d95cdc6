"""What nobody thought of: typed at random, it is read or refused, in time, and never changed."""

from __future__ import annotations

import json
import re
import tempfile
import time
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.base.problem import errors
from generator.base.site import Site
from generator.build.assemble import assemble
from generator.build.load import load_site_model
from generator.hosts.config import load_site
from generator.model.record import Model
from generator.records.parse import parse
from generator.records.plain_page import plain_page
from generator.records.read_file import SourceText
from generator.yaml_nodes import compose
from generator.yaml_nodes.nodes import Mapping, Scalar
from inert import wrongs
from small import FIELDS, library, snapshot
from trouble import FUZZ

MANY = settings(
    max_examples=100 * FUZZ, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
FEW = settings(MANY, max_examples=15 * FUZZ)
CPU = timedelta(seconds=5).total_seconds()
"""A short text that takes so much time of a processor would take for ever, somewhat longer."""

TRAPS = [
    *("no", "NO", "Yes", "on", "off", "true", "False", "null", "~", "NULL", "0012", "012", "1e3"),
    *("0x1F", "0o17", "1_000", "12:30", "190:20:30", "1.0", ".5", "+1", "-0", ".inf", ".NaN"),
    *("2019-01-01", "2019-01-01T00:00:00Z", "2019", "=", "<<", "1,000", "0b1", "y", "n", "-1.50"),
]
MARKS = [
    *("# ", "## ", "*", "_", "**", "__", "`", "```", "~~~", "[", "]", "(", ")", "![", "](", "[^1]"),
    *(
        "[^1]: ",
        "|",
        "|-|",
        "---",
        "***",
        "> ",
        "- ",
        "+ ",
        "1. ",
        "1) ",
        "\\",
        "&",
        "&lt;",
        "&#0;",
    ),
    *("<", "> ", "</", "<b>", "<!--", "-->", "<script>", "<a href=", ":", ";", "{{", "}}", "{%"),
    *("%}", "'", '"', "\n", "\n\n", "\t", "  ", "    ", "https://", "mailto:", "case:", "term:"),
    *("@", "a.b", "\u00e9", "\u200b", "\u202e", "\ufeff", "\ud83d", "\x00", "\x1b", "0", "word"),
]
PIECES = st.one_of(st.sampled_from(MARKS), st.text(max_size=8), st.sampled_from(TRAPS))
TEXTS = st.lists(PIECES, max_size=60).map("".join)
LINES = st.lists(st.one_of(PIECES, st.just("\n"), st.just(": "), st.just("- ")), max_size=50)


@cache
def known() -> tuple[Site, Model]:
    """Return the settings and the model of the shipped content."""
    site, problems = load_site(Path(__file__).parent.parent / "site_config.yml")
    assert site, problems
    made, problems = load_site_model(site)
    assert made, problems
    return site, made


def read(text: str) -> Any:  # noqa: ANN401
    """Return what comes of a case file, within the time it may take."""
    start = time.process_time()
    parsed = parse(SourceText("content/cases/a.md", text), known()[1], {})
    assert time.process_time() - start < CPU, text
    assert all(1 <= p.line <= text.count("\n") + 2 for p in parsed.problems), text
    return parsed


@MANY
@given(TEXTS)
def test_any_file_is_read_or_refused(text: str) -> None:
    """No text whatever makes the reader of cases or of pages crash or hang."""
    read(text)
    plain_page(SourceText("content/a.md", text), "content")


@MANY
@given(LINES.map("".join))
def test_any_fields_are_read_or_refused(lines: str) -> None:
    """No front matter whatever makes the reader crash or hang; a problem stands on a line of it."""
    read(f"---\n{lines}\n---\nWords.\n")


@MANY
@given(TEXTS)
def test_any_body_is_inert(text: str) -> None:
    """No text whatever becomes HTML that runs, even where it is refused."""
    parsed = read(f"---\n{FIELDS.format(title='One')}---\n{text}")
    assert parsed.case
    page = "".join(
        part + (' src="a"' if link.image else ' href="a"')
        for part, link in zip(parsed.case.body.parts, parsed.case.body.links, strict=False)
    )
    assert wrongs((page + parsed.case.body.parts[-1]).encode()) == [], text


PLAIN = re.compile(r"[\w.+:,~=<-][\w.+,~=<-]*")


@MANY
@given(st.one_of(st.sampled_from(TRAPS), st.from_regex(PLAIN, fullmatch=True)))
def test_no_value_changes_its_type(typed: str) -> None:
    """A word without quotes, in quotes, or in a list is the text that was typed."""
    for line in (f"title: '{typed}'", f'title: "{typed}"', f"title: {typed}"):
        composed = compose(f"{line}\n", path="a.md")
        if composed.problems:
            assert line == f"title: {typed}", composed.problems
            continue
        assert isinstance(composed.node, Mapping)
        ((_, found),) = composed.node.pairs
        assert isinstance(found, Scalar) or typed == "-"
        assert not isinstance(found, Scalar) or found.value == typed
    parsed = read(f"---\ntitle: '{typed}'\nsummary: \"{typed}\"\nlocations: ['{typed}']\n---\n")
    values = parsed.case.values if parsed.case else {}
    assert values.get("title", typed) == typed
    assert values.get("summary", typed) == typed
    for value in values.get("locations", []):
        assert (type(value), value) == (str, typed)


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=40
)


@st.composite
def cases(draw: st.DrawFn) -> str:
    """Return a case of which most that is drawn passes the check."""
    said = draw(st.lists(WORDS, min_size=8, max_size=8))
    quoted = [json.dumps(each, ensure_ascii=False) for each in said]
    vocabularies = known()[1].vocabularies
    factor, other, constraint, focus, place = (
        draw(st.sampled_from(sorted(vocabularies[name].terms)))
        for name in ("success_factors", "success_factors", "constraints", "focus", "countries")
    )
    more = draw(st.lists(st.sampled_from(list(range(6))), unique=True))
    lines = [
        f"constraints: [{{constraint: {constraint}, what: {quoted[2]}, response: {quoted[3]}}}]",
        f"outcomes: [{{what: {quoted[4]}, who_changed: {quoted[5]}, level: policy}}]",
        f"evidence: [{{id: one, citation: {quoted[6]}, kind: document}}]",
        f"locations: [{quoted[7]}]",
        "period: {start: 2019, end: 2021-03}",
        "record_type: indicative-example",
    ]
    return "\n".join(
        [
            f"---\ntitle: {quoted[0]}\nsummary: {quoted[1]}\nupdated: 2026-11-22",
            f"countries: ['{place}']\nfocus: {focus}\npartners: UNICEF\nour_role: leading",
            f"success_factors: [{factor}, {other}]",
            *(lines[number] for number in more),
            # No file in UTF-8 holds half a character, so none is written here.
            f"---\n{draw(TEXTS).encode(errors='replace').decode()}",
        ]
    )


@FEW
@given(st.lists(cases(), min_size=1, max_size=3))
def test_whatever_passes_the_check_is_rendered(files: list[str]) -> None:
    """A library without errors becomes pages, every name in every template known; all inert.

    What does not pass is left out, file by file, and only libraries without a case are passed over.
    """
    good = [text for text in files if not errors(read(text).problems)]
    assume(good)
    with tempfile.TemporaryDirectory() as folder:
        named = {f"case-{number}": text for number, text in enumerate(good)}
        root = library(Path(folder), **named, sound=snapshot("Sound"))
        site, problems = load_site(root / "site_config.yml")
        assert site, problems
        made = assemble(site)
        pages = {each.path: each.content for each in made.documents}
    if errors(made.problems):
        return
    assert "index.html" in pages
    for number in range(len(good)):
        assert wrongs(pages[f"cases/case-{number}.html"]) == []
    assert wrongs(pages["index.html"]) == []
