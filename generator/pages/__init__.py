"""Owns the list of page kinds; to add one, write a function and a template, and name it here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.pages.case import case_pages
from generator.pages.cases import case_list
from generator.pages.facet import facet_pages
from generator.pages.home import home
from generator.pages.moved import moved_pages
from generator.pages.page import Making as Making
from generator.pages.page import Page as Page
from generator.pages.reference import contribute, data, glossary
from generator.pages.term import term_pages
from generator.pages.text import not_found, plain_pages

PAGE_KINDS: tuple[Callable[[Making], Iterator[Page]], ...] = (
    home,
    case_list,
    case_pages,
    facet_pages,
    term_pages,
    contribute,
    glossary,
    data,
    plain_pages,
    moved_pages,
    not_found,
)


def pages(making: Making) -> Iterator[Page]:
    """Yield every page of the site, kind by kind."""
    for kind in PAGE_KINDS:
        yield from kind(making)
