"""Phrases: words in order on one run, counted from their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.engines.whoosh.shelf import Occurrences
from tipsearch.query.slop import allowed_slop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.engines.whoosh.postings import PostingList
    from tipsearch.engines.whoosh.shelf import Counts, Run, Segment, Shelf


def phrase_occurrences(
    shelf: Shelf, field: str, words: Sequence[str], slop: int, runs: Sequence[Run] | None = None
) -> Occurrences:
    """Where the words stand in order with at most `slop` others between them: in all documents, or in those of some runs."""
    slop = allowed_slop(len(words), slop)
    counts: Counts = {}
    frequency = 0
    for segment in shelf.segments:
        lists = [segment.terms.posting_list(field, word.encode()) for word in words]
        found = [one for one in lists if one is not None]
        if len(found) == len(words):
            frequency += min(len(one.docs) for one in found)
            counts |= segment.live(_in_segment(segment, found, slop, runs))
    return Occurrences(counts, len(counts) if runs is None else frequency)


def _in_segment(
    segment: Segment, lists: Sequence[PostingList], slop: int, runs: Sequence[Run] | None
) -> dict[int, int]:
    rarest = min(lists, key=lambda one: len(one.docs))
    shared = {rarest.docs[index] for part in segment.places_of(rarest, runs) for index in part}
    for one in lists:
        if one is not rarest:
            shared &= {one.docs[index] for part in segment.places_of(one, runs) for index in part}
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
