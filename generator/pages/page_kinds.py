"""The list of page kinds; to add one, write a function and a template, and name it here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from generator.pages.case import case_pages
from generator.pages.cases import case_list_pages
from generator.pages.compare import compare_page
from generator.pages.download import download_page
from generator.pages.effort import effort_page
from generator.pages.evidence_map import evidence_map_page
from generator.pages.facet import facet_pages
from generator.pages.findings import findings_page
from generator.pages.gaps import gap_page
from generator.pages.home import home_page
from generator.pages.index_pages import about_page, learn_page
from generator.pages.matrix import matrix_pages
from generator.pages.meeting import meeting_pages
from generator.pages.my_cases import my_cases_page
from generator.pages.navigation import with_trail
from generator.pages.news import news_page
from generator.pages.page import Page, SiteContext
from generator.pages.plain_pages import not_found_page, plain_pages
from generator.pages.redirects import redirect_pages
from generator.pages.reference import contribute_page, data_page, glossary_page
from generator.pages.report import report_page
from generator.pages.responses import challenge_page, response_page
from generator.pages.style import style_page
from generator.pages.successes import success_page
from generator.pages.term import term_pages
from generator.pages.timeline import timeline_pages
from generator.pages.write import write_page
from generator.pages.write_shop import write_shop_page

PAGE_KINDS: tuple[Callable[[SiteContext], Iterator[Page]], ...] = (
    home_page,
    case_list_pages,
    case_pages,
    my_cases_page,
    facet_pages,
    term_pages,
    meeting_pages,
    learn_page,
    about_page,
    response_page,
    challenge_page,
    effort_page,
    compare_page,
    matrix_pages,
    success_page,
    findings_page,
    evidence_map_page,
    timeline_pages,
    report_page,
    news_page,
    gap_page,
    contribute_page,
    write_page,
    write_shop_page,
    glossary_page,
    data_page,
    download_page,
    style_page,
    plain_pages,
    redirect_pages,
    not_found_page,
)


def pages(ctx: SiteContext) -> Iterator[Page]:
    """Yield every page of the site, kind by kind."""
    yield from with_trail(ctx, chain.from_iterable(kind(ctx) for kind in PAGE_KINDS))
