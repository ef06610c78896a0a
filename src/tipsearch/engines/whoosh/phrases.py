"""Phrases: words in order on one run, counted from their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.query.slop import allowed_slop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.engines.whoosh.postings import PostingList
    from tipsearch.engines.whoosh.shelf import Counts, Shelf


def phrase_occurrences(shelf: Shelf, field: str, words: Sequence[str], slop: int) -> Counts:
    """In which documents the words stand in order with at most `slop` others between them, and how often."""
    slop = allowed_slop(len(words), slop)
    counts: Counts = {}
    for segment in shelf.segments:
        lists = [segment.terms.posting_list(field, word.encode()) for word in words]
        found = [one for one in lists if one is not None]
        if len(found) == len(words):
            counts |= segment.live(_in_segment(found, slop))
    return counts


def _in_segment(lists: Sequence[PostingList], slop: int) -> dict[int, int]:
    rarest, *others = sorted((one.docs for one in lists), key=len)
    shared = set(rarest).intersection(*others)
    counts = {doc: count_in([one.places_in(doc) for one in lists], slop) for doc in sorted(shared)}
    return {doc: count for doc, count in counts.items() if count}


def count_in(places: Sequence[Sequence[int]], slop: int) -> int:
    """How often words that stand at these places (ascending) follow one another; by their last word.

    >>> count_in([[0, 5], [1, 7]], 0), count_in([[0, 5], [1, 7]], 1)
    (1, 2)
    """
    if slop == 0:
        starts = set(places[0])
        for offset, following in enumerate(places[1:], 1):
            starts.intersection_update([place - offset for place in following])
        return len(starts)
    # For every end that a chain of words can have, the latest place where it can begin.
    chains = [(place, place) for place in places[0]]
    for following in places[1:]:
        chains = _prolonged(chains, following)
    reach = len(places) - 1 + slop
    return sum(end - start <= reach for end, start in chains)


def _prolonged(chains: Sequence[tuple[int, int]], following: Sequence[int]) -> list[tuple[int, int]]:
    """Chains with one more word; a later chain never begins before an earlier one."""
    longer: list[tuple[int, int]] = []
    before = 0
    for place in following:
        while before < len(chains) and chains[before][0] < place:
            before += 1
        if before:
            longer.append((place, chains[before - 1][1]))
    return longer
