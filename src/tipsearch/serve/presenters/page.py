"""One page of a document: its text with the words marked, and ways to the next page and the next hit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.model import PDF
from tipsearch.search.service import MOST_PAGES
from tipsearch.serve.presenters.page_list import PageRef
from tipsearch.serve.presenters.results import file_name, page_name
from tipsearch.serve.presenters.text import Run, paragraphs
from tipsearch.serve.tongue import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.model import Page
    from tipsearch.search.answer import PageFound
    from tipsearch.serve.presenters.citing import Citation
    from tipsearch.serve.presenters.opened import Opened

    Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TextPage:
    """All that a page's page shows. `hit_note` says which of the pages with hits this is."""

    document_title: str
    document_language: str | None
    warning: str
    name: str
    number: int
    page_count: int
    language: str | None
    paragraphs: tuple[tuple[Run, ...], ...]
    needs_ocr: bool
    ocr: bool
    text: str
    hit_note: str
    previous: PageRef | None
    next: PageRef | None
    previous_hit: PageRef | None
    next_hit: PageRef | None
    citation: Citation
    picture_url: str | None
    document_url: str
    file_url: str | None
    file_name: str
    viewer_url: str | None
    back_url: str | None
    canonical_url: str


def text_page(
    opened: Opened, page: Page, spans: Sequence[Span] = (), hits: Sequence[PageFound] = ()
) -> TextPage:
    """The page that shows one page.

    Args:
        opened: the document.
        page: the page.
        spans: where the words of the query that led here stand in the page's text.
        hits: the pages of the document that answer it, wholly or in part.
    """
    document, links = opened.document, opened.links

    def ref(number: int | None) -> PageRef | None:
        if number is None or not 1 <= number <= len(opened.page_labels):
            return None
        return PageRef(number, page_name(number, opened.page_labels[number - 1]), opened.page_url(number))

    label = page.label or str(page.number)
    # Where some pages hold all that was asked, they are the ones to go through.
    numbers = sorted([hit.number for hit in hits if hit.whole] or [hit.number for hit in hits])
    file_url = opened.file_url
    is_pdf = document.media_type == PDF
    return TextPage(
        document_title=one_line(document.title),
        document_language=document.language,
        warning=one_line(document.warning or ""),
        name=page_name(page.number, label),
        number=page.number,
        page_count=len(opened.page_labels),
        language=page.language or document.language,
        paragraphs=paragraphs(page.text, spans),
        needs_ocr=page.needs_ocr,
        ocr=page.ocr and bool(page.text),
        text=opened.text,
        hit_note=_hit_note(page.number, numbers, hits),
        previous=ref(page.number - 1),
        next=ref(page.number + 1),
        previous_hit=ref(max((number for number in numbers if number < page.number), default=None)),
        next_hit=ref(min((number for number in numbers if number > page.number), default=None)),
        citation=opened.citation(opened.page_url(page.number), label),
        picture_url=links.picture(document.id, page.number) if file_url and is_pdf else None,
        document_url=links.document(document.id, opened.text),
        # The fragment is that of RFC 8118: viewers open the file at this page.
        file_url=f"{file_url}#page={page.number}" if file_url and is_pdf else file_url,
        file_name=file_name(document),
        viewer_url=opened.viewer_url(page.number),
        back_url=links.back(opened.text),
        canonical_url=links.alone().page(document.id, page.number),
    )


def _hit_note(number: int, numbers: Sequence[int], hits: Sequence[PageFound]) -> str:
    """Which of the pages to go through this is, and whether they hold all that was asked or some of it."""
    count = len(numbers)
    if not count or len(hits) >= MOST_PAGES:  # there may be more than were looked for
        return ""
    if all(hit.whole for hit in hits):
        return _of_pages_that_answer(number, numbers)
    place = numbers.index(number) + 1 if number in numbers else 0
    if not any(hit.whole for hit in hits):
        return _of_pages_with_some(count, place)
    if place:
        return ngettext(
            "%(count)s page has all of what you asked; this is number %(number)s.",
            "%(count)s pages have all of what you asked; this is number %(number)s.",
            count,
            number=place,
        )
    if any(hit.number == number for hit in hits):
        return ngettext(
            "This page has some of what you asked; %(count)s page has all of it.",
            "This page has some of what you asked; %(count)s pages have all of it.",
            count,
        )
    return ngettext(
        "%(count)s page has all of what you asked; this is not one of them.",
        "%(count)s pages have all of what you asked; this is not one of them.",
        count,
    )


def _of_pages_that_answer(number: int, numbers: Sequence[int]) -> str:
    count = len(numbers)
    if number not in numbers:
        return ngettext(
            "%(count)s page answers your query; this is not one of them.",
            "%(count)s pages answer your query; this is not one of them.",
            count,
        )
    if count == 1:
        return gettext("This is the one page that answers your query.")
    return gettext(
        "%(count)s pages answer your query; this is number %(number)s.",
        count=count,
        number=numbers.index(number) + 1,
    )


def _of_pages_with_some(count: int, place: int) -> str:
    if place:
        return ngettext(
            "%(count)s page has some of what you asked, none has all of it; this is number %(number)s.",
            "%(count)s pages have some of what you asked, none has all of it; this is number %(number)s.",
            count,
            number=place,
        )
    return ngettext(
        "%(count)s page has some of what you asked, none has all of it; this is not one of them.",
        "%(count)s pages have some of what you asked, none has all of it; this is not one of them.",
        count,
    )
