"""From a request to the tree that an engine is asked: read, restricted, and joined by the other names of topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch import query
from tipsearch.search.expansion import Expanded, expand
from tipsearch.search.filters import read_selection

if TYPE_CHECKING:
    from tipsearch.engines.base import Engine
    from tipsearch.query import Parsed
    from tipsearch.query.nodes import Node
    from tipsearch.search.filters import Selection
    from tipsearch.search.request import SearchRequest
    from tipsearch.vocabulary import Vocabularies


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an engine.

    Attributes:
        parsed: the text, as it was read.
        selection: the filters.
        named: the tree with other names of topics.
        node: the same after the engine has put words for its patterns.
        expansions: term to the names that were added for it.
    """

    parsed: Parsed
    selection: Selection
    named: Node
    node: Node
    expansions: tuple[tuple[str, tuple[str, ...]], ...] = ()


def ask(request: SearchRequest, engine: Engine, vocabularies: Vocabularies, generation: int) -> Asked:
    """What a canonical request asks of an engine at that generation of its index.

    Raises:
        EngineFailed: the engine broke.
    """
    parsed = query.parse(request.text, match=request.match)
    selection = read_selection(request, parsed.filters, vocabularies)
    found = Expanded(parsed.node)
    if request.expand:
        found = expand(
            parsed.node,
            request.text,
            match=request.match,
            topics=vocabularies.topics,
            engine=engine,
            generation=generation,
        )
    return Asked(parsed, selection, found.node, engine.expand(found.node), found.added)
