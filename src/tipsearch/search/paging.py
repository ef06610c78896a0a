"""Which result pages of an answer can be turned to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.search.request import MAX_WINDOW

if TYPE_CHECKING:
    from tipsearch.search.answer import SearchAnswer


def reachable_pages(answer: SearchAnswer) -> int:
    """Number of the last result page that a request may ask for, at least 1: there is an end to turning pages."""
    return max(1, min(answer.page_count, MAX_WINDOW // answer.request.size))
