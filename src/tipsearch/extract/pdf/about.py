"""What a PDF says about itself: title, dates, names and language, each with its evidence."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tipsearch.extract.pdf.byline import find_byline
from tipsearch.extract.pdf.meta import Declared, declared
from tipsearch.extract.pdf.names import find_names
from tipsearch.extract.pdf.published import find_dates, imprint_pages
from tipsearch.extract.pdf.tagged import read_headings
from tipsearch.extract.pdf.title import FirstPage, Seen, find_title
from tipsearch.extract.pdf.xmp import read_xmp
from tipsearch.model import Evidence, Fact, Field, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.extract.pdf.headline import LayoutLine
    from tipsearch.model import Page

#: So many pages are enough to recognise the head of a series.
_FOLLOWING = 8
#: What a page says about its document stands among so many characters; a hostile page can have millions.
_MAX_PAGE = 50_000


def find_facts(
    data: bytes, info: Mapping[str, str], pages: Sequence[Page], running: frozenset[str]
) -> tuple[Fact, ...]:
    """All that the file and its pages say about the document.

    Args:
        data: the PDF.
        info: its document information by key, with the catalogue's ``Lang``.
        pages: its cleaned pages from the first that has text on.
        running: its masked running lines.
    """
    pages = [
        replace(page, text=page.text[:_MAX_PAGE]) if len(page.text) > _MAX_PAGE else page for page in pages
    ]
    first = pages[0]
    said = declared(info, read_xmp(data))
    seen = Seen(partial(read_headings, data, first.number), partial(_layout, data, first.number))
    following = tuple(page.text for page in pages[1:_FOLLOWING])
    title = find_title(said.titles, FirstPage(first.number, first.text, running, following), seen)
    imprints = imprint_pages(pages)
    return (
        *([title] if title else []),
        *find_byline(first, said.authors),
        *find_dates(said, title, pages, imprints),
        *find_names(said, pages, imprints, title.value if title else ""),
        *_language(said),
    )


def _layout(data: bytes, number: int) -> tuple[LayoutLine, ...]:
    from tipsearch.extract.pdf.layout import read_layout  # noqa: PLC0415 - 40 ms that few files need

    return read_layout(data, number)


def _language(said: Declared) -> Iterator[Fact]:
    """The declared language; a light word, as templates declare theirs over texts in any."""
    if said.language:
        yield Fact(Field.LANGUAGE, said.language, Origin.SOURCE, 0.3, (Evidence("metadata", said.language),))
