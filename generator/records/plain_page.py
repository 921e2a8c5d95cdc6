"""Plain pages: the Markdown files of the content folder that are no records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from generator import yaml_nodes
from generator.base.names import reason_no_page_name, slug
from generator.base.position import Position
from generator.base.problem import Problem
from generator.base.site import DEFAULT_MARKDOWN, MarkdownSettings
from generator.markdown import Body, convert
from generator.model.declaration import Declaration, ProblemCollector, yaml_key
from generator.records.checks.disclosures import allowed_words, contact_problems
from generator.records.front_matter import FrontMatter, split_front_matter
from generator.records.privacy.hidden_names import shown_text
from generator.records.read_file import SourceText


@dataclass(frozen=True, slots=True)
class PageFields:
    """What the front matter of a plain page may hold."""

    title: str = yaml_key("the page's name")
    description: str = yaml_key("what the page is for, in a sentence")
    allowed: tuple[str, ...] = yaml_key("words that seem to be contact data and are not", "texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    """A page of text beside the records.

    `name` is its path in the site without the ending (`about/team`), `path` that of its file.
    """

    name: str
    path: str
    title: str
    description: str
    body: Body


def plain_page(
    source: SourceText, content: str, markdown: MarkdownSettings = DEFAULT_MARKDOWN
) -> tuple[PlainPage | None, tuple[Problem, ...]]:
    """Return the page of a Markdown file, or None, and its problems.

    `content` is the path of the content folder from the root. The title is that of the front
    matter, else the first heading, else the file's name.
    """
    findings = ProblemCollector(source.path)
    front = FrontMatter(text="", first_line=1, body=source.text, body_line=1)
    if source.text.lstrip().startswith("---"):
        opened, problems = split_front_matter(source)
        findings.problems += problems
        if opened is None:
            return None, tuple(findings.problems)
        front = opened
    fields = _page_fields(front, findings)
    body, problems = convert(
        front.body, path=source.path, first_line=front.body_line, top=2, settings=markdown
    )
    findings.problems += problems
    allowed = allowed_words("allowed", fields.allowed)
    rendered = shown_text(body.parts, "\n")
    findings.problems += contact_problems(source.path, source.text, allowed, rendered)
    title = fields.title
    if not title:
        title = body.headings[0].text if body.headings else PurePosixPath(source.path).stem
    name = _page_name(source.path.removeprefix(f"{content}/"), findings)
    page = PlainPage(
        name=name, path=source.path, title=title, description=fields.description, body=body
    )
    return page, tuple(findings.problems)


def _page_fields(front: FrontMatter, findings: ProblemCollector) -> PageFields:
    composed = yaml_nodes.compose(front.text, path=findings.path, first_line=front.first_line)
    findings.problems += composed.problems
    if composed.node is None:
        return PageFields(title="", description="", allowed=())
    return Declaration(composed.node, PageFields, findings, "a page").read()


def _page_name(file: str, findings: ProblemCollector) -> str:
    """Return the path of a page without its ending, made of slugs."""
    name = "/".join(slug(part) for part in file.rpartition(".")[0].split("/"))
    if reason := reason_no_page_name(name.rpartition("/")[2]) if name != "index" else None:
        message = f"the file name cannot name a page: {reason}"
        findings.add(Position(1, 1), "bad-file-name", message, "rename the file")
    return name
