"""Owns the list of page kinds; to add one, write a function and a template, and name it here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.pages.case import case_pages
from generator.pages.cases import case_list
from generator.pages.challenges import challenge_page
from generator.pages.evidence_map import evidence_map
from generator.pages.facet import facet_pages
from generator.pages.gaps import gap_page
from generator.pages.home import home
from generator.pages.matrix import matrix_pages
from generator.pages.news import news
from generator.pages.page import Page, SiteContext
from generator.pages.places import place_pages
from generator.pages.plain_pages import not_found, plain_pages
from generator.pages.redirects import redirect_pages
from generator.pages.reference import contribute, data, glossary_page
from generator.pages.report import report
from generator.pages.responses import response_page
from generator.pages.situations import situation_pages
from generator.pages.term import term_pages
from generator.pages.timeline import timeline

PAGE_KINDS: tuple[Callable[[SiteContext], Iterator[Page]], ...] = (
    home,
    case_list,
    case_pages,
    facet_pages,
    term_pages,
    situation_pages,
    response_page,
    challenge_page,
    matrix_pages,
    evidence_map,
    place_pages,
    timeline,
    report,
    news,
    gap_page,
    contribute,
    glossary_page,
    data,
    plain_pages,
    redirect_pages,
    not_found,
)


def pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield every page of the site, kind by kind."""
    for kind in PAGE_KINDS:
        yield from kind(ctx)
