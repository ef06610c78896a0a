"""Ordering hits: by score or by a sort key, always with ties broken by id, and the best pages of a document."""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING

from tipsearch.engines.base import Hit, Hits, PageHit, Sort
from tipsearch.engines.wanted import wanted
from tipsearch.query.nodes import And, Boost, Not, OnPage, Or, Prefer, children_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tipsearch.engines.whoosh.matching import Matcher
    from tipsearch.engines.whoosh.view import Documents, Pages
    from tipsearch.query.nodes import Node

#: What a page gets for each leaf it holds, so much that BM25 only decides among pages that hold equally many.
_LEAF_BONUS = 64.0


def by_score(documents: Documents, chosen: int, scores: dict[int, float], offset: int, limit: int) -> Hits:
    """The hits from `offset` on, by score and then by id, of a set of documents."""
    ranked = ((-scores.get(doc, 0.0), documents.ids[doc]) for doc in documents.numbers_of(chosen))
    best = heapq.nsmallest(offset + limit, ranked)[offset:]
    return Hits(chosen.bit_count(), tuple(Hit(one, 0.0 - negated) for negated, one in best))


def by_key(documents: Documents, chosen: int, sort: Sort, offset: int, limit: int) -> Hits:
    """The hits from `offset` on, by a sort key and then by id."""
    flags = documents.flags_of(chosen)
    found = (documents.ids[doc] for doc in documents.in_order(sort) if flags[doc])
    total = chosen.bit_count()
    window = islice(found, min(offset, total), min(offset + limit, total))
    return Hits(total, tuple(Hit(one, 0.0) for one in window))


def scores_of(matcher: Matcher, node: Node, within: int) -> dict[int, float]:
    """What a tree earns the documents of a set; those that earn nothing are left out."""
    scores: dict[int, float] = {}
    add_scores(matcher, node, within, 1.0, scores)
    return scores


def add_scores(matcher: Matcher, node: Node, within: int, factor: float, scores: dict[int, float]) -> None:
    """Add what a tree earns the documents of a set; what is excluded earns nothing."""
    if any(children_of(node)):
        within &= matcher.match(node)
    match node:
        case And(children) | Or(children):
            for child in children:
                add_scores(matcher, child, within, factor, scores)
        case Boost(child, more):
            add_scores(matcher, child, within, factor * more, scores)
        case Prefer(child, better):
            add_scores(matcher, child, within, factor, scores)
            add_scores(matcher, better, within, factor, scores)
        case OnPage(child):
            add_scores(matcher, child, within, factor, scores)
        case Not():
            return
        case _:
            matcher.weigh(node, within, factor, scores)


def page_scores(
    pages: Pages, matcher: Matcher, node: Node, expand: Callable[[Node], Node]
) -> dict[int, float]:
    """The score of each page that holds any leaf of the tree, as far as the matcher looks.

    A leaf is expanded by itself, so that a page gains no bonus by holding many words of one prefix.
    """
    scores: dict[int, float] = {}
    for leaf, weight, (first, last) in wanted(node):
        expanded = expand(leaf)
        holding = matcher.match(expanded) & pages.numbered(first, last)
        add_scores(matcher, expanded, holding, 1.0, scores)
        for page in pages.numbers_of(holding):
            scores[page] = scores.get(page, 0.0) + _LEAF_BONUS * weight
    return scores


def best_of(pages: Pages, scores: dict[int, float], found: Sequence[int], limit: int) -> tuple[PageHit, ...]:
    """Up to `limit` of the pages found for a document that have a score, by score and then by number."""
    ranked = [PageHit(pages.stored[page].number, scores[page]) for page in found if page in scores]
    ranked.sort(key=lambda page: (-page.score, page.number))
    return tuple(ranked[: max(0, limit)])
