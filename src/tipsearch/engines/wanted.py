"""What a page can be shown for: what a tree asks for one by one, the same for every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tipsearch.query.nodes import And, Boost, Not, OnPage, Or, Phrase, Prefer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.query.nodes import Node

#: First and last number of the pages asked for, None for an open end.
Numbers: TypeAlias = tuple[int | None, int | None]


def wanted(
    node: Node, factor: float = 1.0, within: Numbers = (None, None)
) -> Iterator[tuple[Node, float, Numbers]]:
    """The leaves that are asked for, with their boosts and the pages asked for; a phrase counts for its words and one more.

    What is only preferred isn't asked for; of conditions on pages inside one another all hold. Other names for what was
    typed (an `Or` of it and of boosted ones) are asked for as one, so that a page gains nothing by listing many of them.
    """
    match node:
        case Or((typed, *others)) if others and all(isinstance(one, Boost) for one in others):
            yield from wanted(typed, factor, within)
            yield _names([one for one in others if isinstance(one, Boost)], factor, within)
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


def _names(others: Sequence[Boost], factor: float, within: Numbers) -> tuple[Node, float, Numbers]:
    heaviest = max(one.factor for one in others) or 1.0
    return Or(tuple(Boost(one.child, one.factor / heaviest) for one in others)), factor * heaviest, within


def _overlap(one: Numbers, other: Numbers) -> Numbers:
    firsts = [number for number in (one[0], other[0]) if number is not None]
    lasts = [number for number in (one[1], other[1]) if number is not None]
    return max(firsts, default=None), min(lasts, default=None)
