"""The order in which readers see documents, whatever the engine.

What an engine finds and scores word by word is ranked better by words that stand together (`proximity`) and by what the
first documents speak of (`feedback`). Both only add to scores, so that what is found stays what was asked for. Filters
have no part in them: with a facet ticked the same documents come in the same order, without the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tipsearch.engines.base import Sort
from tipsearch.query.nodes import Boost, Or, Prefer, Word, leaves, with_children
from tipsearch.search.feedback import Reading, related_words
from tipsearch.search.proximity import with_proximity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tipsearch.engines.base import Engine, Filter, Hits, YearRange
    from tipsearch.model import Document, Page
    from tipsearch.query.nodes import Node
    from tipsearch.recent import Recent

#: The best documents, which are read: of each the title and the best page, which is where it speaks of the matter.
READ_DOCUMENTS = 5
#: Characters read of a page, about a printed one: reading costs about a millisecond for all.
READ_LENGTH = 3_000
#: A query of fewer words says too little for its best documents to be relevant.
MIN_WORDS = 2


class Texts(Protocol):
    """Where documents are read: the catalogue's view is one."""

    def documents(self, ids: Sequence[str]) -> Mapping[str, Document]:
        """Documents by id; unknown ones are left out."""

    def pages(self, wanted: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], Page]:
        """Pages with their text, by document id and number; unknown ones are left out."""


def ranked(
    engine: Engine,
    node: Node,
    filters: Sequence[Filter | YearRange] = (),
    *,
    texts: Texts,
    sort: Sort = Sort.RELEVANCE,
    offset: int = 0,
    limit: int = 10,
    known: Recent[Node, Node] | None = None,
) -> Hits:
    """The documents that match, in the order wanted.

    Args:
        engine: that finds them.
        node: what is asked for; patterns may stand in it.
        filters: as for `Engine.search`.
        texts: where documents are read.
        sort: the order.
        offset: how many come before the first one wanted.
        limit: how many are wanted at most.
        known: keeps by tree what is asked instead, for as long as the index stays as it is: readers who turn pages and tick
            filters ask the same again.
    """
    if sort is Sort.RELEVANCE:
        typed = node

        def better() -> Node:
            return with_feedback(engine, with_proximity(typed), texts)

        node = better() if known is None else known.of(typed, better)
    return engine.search(node, filters, sort=sort, offset=offset, limit=limit)


def with_feedback(engine: Engine, node: Node, texts: Texts) -> Node:
    """The tree with words preferred that its best documents share; the tree itself where that can change nothing."""
    typed = _typed(node)
    asked = {leaf.text for leaf in leaves(typed) if isinstance(leaf, Word) and leaf.field is None}
    if len(asked) < MIN_WORDS:
        return node
    best = engine.search(typed, limit=READ_DOCUMENTS)
    if best.total <= READ_DOCUMENTS or best.hits[0].score <= 0:
        return node
    top = best.hits[0].score
    weights = {hit.id: (hit.score / top) ** 2 for hit in best.hits}
    better = related_words(_readings(engine, typed, weights, texts), engine, len(asked))
    return Prefer(node, better) if better else node


def _typed(node: Node) -> Node:
    """The tree without other names of what was typed: documents that only have those say little of what is meant."""
    match node:
        case Prefer(child, better):
            return Prefer(_typed(child), better)
        case Or((typed, *others)) if others and all(isinstance(one, Boost) for one in others):
            return _typed(typed)
        case _:
            return with_children(node, _typed)


def _readings(engine: Engine, node: Node, weights: Mapping[str, float], texts: Texts) -> list[Reading]:
    """Title and best page of each document as one text."""
    ids = list(weights)
    best = {one: pages[0].number for one, pages in engine.best_pages(node, ids, 1).items() if pages}
    pages = texts.pages(list(best.items()))
    readings = []
    for one, document in texts.documents(ids).items():
        page = pages.get((one, best.get(one, 0)))
        text = f"{document.title}\n{page.text[:READ_LENGTH] if page else ''}"
        readings.append(Reading(text, (page and page.language) or document.language, weights[one]))
    return readings
