"""Do things come in the same order in two texts?"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def in_order(places: Sequence[int]) -> float:
    """The share of places that come in order: the longest series of them, not all side by side, that never falls."""
    ends: list[int] = []  # of the series of each length, the lowest end
    for place in places:
        at = bisect_right(ends, place)
        ends[at : at + 1] = [place]
    return len(ends) / len(places) if places else 0.0
