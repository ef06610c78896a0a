"""What a page can be shown for: the leaves of a tree that are asked for, the same for every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tipsearch.query.nodes import And, Boost, Not, OnPage, Or, Phrase, Prefer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.query.nodes import Leaf, Node

#: First and last number of the pages asked for, None for an open end.
Numbers: TypeAlias = tuple[int | None, int | None]


def wanted(
    node: Node, factor: float = 1.0, within: Numbers = (None, None)
) -> Iterator[tuple[Leaf, float, Numbers]]:
    """The leaves that are asked for, with their boosts and the pages asked for; a phrase counts for its words and one more.

    What is only preferred isn't asked for; of conditions on pages inside one another all hold.
    """
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from wanted(child, factor, within)
        case Boost(child, more):
            yield from wanted(child, factor * more, within)
        case Prefer(child):
            yield from wanted(child, factor, within)
        case OnPage(child, first, last):
            yield from wanted(child, factor, _overlap(within, (first, last)))
        case Not():
            return
        case Phrase(words) if len(words) > 1:
            yield node, factor * (len(words) + 1), within
        case _:
            yield node, factor, within


def _overlap(one: Numbers, other: Numbers) -> Numbers:
    firsts = [number for number in (one[0], other[0]) if number is not None]
    lasts = [number for number in (one[1], other[1]) if number is not None]
    return max(firsts, default=None), min(lasts, default=None)
