"""The words of the interface: found in code and templates, and put into the catalogues.

`make words` renews `messages.pot` and every catalogue beside it. What is new there has an empty
translation, and what nobody says any more goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from generator.base.locale import CATALOGUES
from generator.model.kinds import KINDS

ROOT = Path(__file__).parent.parent
TEMPLATE = CATALOGUES / "messages.pot"
KEYWORDS = {"_": None, "gettext": None, "html": None, "ngettext": (1, 2)}
JINJA = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}

HEADER = """\
# The words of casebook's pages. The messages themselves are the English.
# To add a language, see docs/adapting.md."""

LEFT_OUT = tuple(
    f'"{name}'
    for name in (
        *("Project-Id-Version", "Report-Msgid", "POT-Creation-Date", "PO-Revision-Date"),
        *("Last-Translator", "Language-Team", "Generated-By"),
    )
)
"""Lines of the head that say when, by whom and by which program: they change, and tell nobody."""

Found = tuple[str, int, str | tuple[str, ...]]
"""A file, a line, and a message: with its form for several, if it has one."""


def found_messages() -> Iterator[Found]:
    """Yield each message where it stands, in the order of the files."""
    files = [
        *((file, "python", {}) for file in sorted((ROOT / "generator").rglob("*.py"))),
        *((file, "jinja2", JINJA) for file in sorted((ROOT / "templates").rglob("*.html"))),
    ]
    for file, method, options in files:
        path = file.relative_to(ROOT).as_posix()
        for line, message, _, _ in extract_from_file(
            method, str(file), keywords=KEYWORDS, options=options
        ):
            yield path, line, message
    for kind in KINDS.values():
        yield "generator/model/kinds.py", 0, kind.single
        yield "generator/model/kinds.py", 0, kind.several


def extracted() -> Catalog:
    """Return the catalogue of all messages, without translations."""
    catalogue = Catalog(project="casebook", header_comment=HEADER, charset="utf-8")
    for path, _, message in found_messages():
        # No lines: they would change with every edit above them.
        catalogue.add(message, locations=[(path, 0)])
    return catalogue


def as_text(catalogue: Catalog) -> str:
    """Return a catalogue as its file holds it."""
    out = BytesIO()
    write_po(
        out, catalogue, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True
    )
    lines = out.getvalue().decode().splitlines()
    return "\n".join(line for line in lines if not line.startswith(LEFT_OUT)) + "\n"


def catalogue_files() -> list[Path]:
    """Return the files of the languages that have a catalogue."""
    return sorted(CATALOGUES.glob("*.po"))


def main() -> None:
    """Renew every catalogue."""
    template = extracted()
    TEMPLATE.write_text(as_text(template), "utf-8")
    for file in catalogue_files():
        with file.open("rb") as opened:
            catalogue = read_po(opened)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        file.write_text(as_text(catalogue), "utf-8")


if __name__ == "__main__":
    main()
