"""Owns the check for people's addresses and telephone numbers in the text of a file."""

from __future__ import annotations

from itertools import islice

from generator.base.position import Position
from generator.model.declaration import ProblemCollector
from generator.records.privacy.contacts import find_contacts
from generator.records.read_file import SourceText

MOST_CONTACTS = 50
"""Whoever pastes a list of addresses is told of so many."""


def report_contacts(source: SourceText, findings: ProblemCollector) -> None:
    """Report each address or number in the text of a file, on its line."""
    for contact in islice(find_contacts(source.text), MOST_CONTACTS):
        findings.add(
            Position(contact.line, contact.column),
            "contact-data",
            f"'{contact.found}' looks like {contact.what}",
            "name a position instead, or nobody; a figure is written with commas: 1,087,154",
        )
