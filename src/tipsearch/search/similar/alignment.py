"""Is a long document the other in another language? Told by where its figures stand in the other.

Of a report of 300 pages a few are read. Whether the figures on them stand in the other as well, and in the same order, the index of
pages tells without reading that one.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.query.nodes import Phrase
from tipsearch.search.similar.figures import FIGURE, figure, is_telling
from tipsearch.search.similar.order import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.engines.base import Engine
    from tipsearch.model import Document
    from tipsearch.search.similar.profile import Profile

#: Documents of so many pages are looked up in the index of pages; shorter ones are read.
LONG = 9
#: Figures looked up of each page that is read.
_OF_A_PAGE = 4
#: The search ends when of so many less than half are there.
_FIRST = 6
#: So many, and this share of all, stand in a translation,
_LEAST, _SHARE = 8, 0.65
#: … and so many of these in the same order.
_IN_ORDER = 0.8


def aligned(one: Profile, other: Document, engine: Engine) -> float | None:
    """How many of one document's figures stand in the other, in the same order: 0..1; None if they are too few."""
    pages: list[int] = []
    looked = 0
    for mark in _marks(one):
        found = engine.best_pages(mark, [other.id], 1)[other.id]
        looked += 1
        pages += [hit.number for hit in found]
        if looked == _FIRST and 2 * len(pages) < looked:
            return None
    order = in_order(pages)
    if len(pages) < _LEAST or len(pages) < _SHARE * looked or order < _IN_ORDER:
        return None
    return len(pages) / looked * order


def _marks(one: Profile) -> Iterator[Phrase]:
    """Figures that hardly stand in two texts by chance, some of each page that was read, in the order of the text."""
    seen: set[str] = set()
    for text in one.pages:
        of_page: dict[str, tuple[str, ...]] = {}
        for found in FIGURE.findall(text):
            if is_telling(compared := figure(found)) and compared not in seen:
                of_page[compared] = tuple(analysis.words(found))
        for compared, words in islice(of_page.items(), _OF_A_PAGE):
            seen.add(compared)
            yield Phrase(words)
