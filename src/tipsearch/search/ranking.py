"""The order in which readers see documents, whatever the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.engines.base import Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.engines.base import Engine, Filter, Hits, YearRange
    from tipsearch.query.nodes import Node


def ranked(
    engine: Engine,
    node: Node,
    filters: Sequence[Filter | YearRange],
    *,
    sort: Sort = Sort.RELEVANCE,
    offset: int = 0,
    limit: int = 10,
) -> Hits:
    """The documents that match, in the order wanted."""
    return engine.search(node, filters, sort=sort, offset=offset, limit=limit)
