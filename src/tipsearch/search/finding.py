"""Which documents answer a request, in what order: the part that a page of results, an export and a feed share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.engines.base import Sort
from tipsearch.query.nodes import MATCH_ALL
from tipsearch.recent import Recent
from tipsearch.search.answer import Listing
from tipsearch.search.asking import ask
from tipsearch.search.filters import canonical
from tipsearch.search.per_index import PerIndex
from tipsearch.search.ranking import ranked
from tipsearch.search.spelling import Speller
from tipsearch.search.understanding import understood

if TYPE_CHECKING:
    from tipsearch.catalogue import Catalogue, View
    from tipsearch.engines.base import Engine, Hits
    from tipsearch.query.nodes import Node
    from tipsearch.search.answer import Understood
    from tipsearch.search.asking import Asked
    from tipsearch.search.request import SearchRequest
    from tipsearch.vocabulary import Vocabularies


#: What was asked of an index of late, each with what was asked instead, so that the best documents come first.
_better: PerIndex[Recent[Node, Node]] = PerIndex(lambda _engine, _generation: Recent(64))


@dataclass(frozen=True, slots=True)
class Found:
    """What a request finds.

    Attributes:
        asked: what the engine was asked, in the better spelling if that was searched for instead.
        hits: the documents wanted, and how many there are.
        query: how the text was read.
    """

    asked: Asked
    hits: Hits
    query: Understood


def find(
    request: SearchRequest,
    engine: Engine,
    view: View,
    vocabularies: Vocabularies,
    generation: int,
    *,
    offset: int,
    limit: int,
) -> Found:
    """The documents that answer a canonical request: `limit` of them at most, from `offset` on.

    Raises:
        EngineFailed: the engine broke.
    """
    asked = ask(request, engine, vocabularies, generation)
    known = _better.of(engine, generation)
    found = _hits(asked, request, engine, view, (offset, limit), known)
    speller = Speller(engine, generation, vocabularies, asked.selection.filters(), request.match)
    better = speller.better(request.text, asked.parsed.node)
    corrected = better is not None and better.is_sure and request.spell and not found.total
    if better is not None and corrected:
        asked = ask(replace(request, text=better.text), engine, vocabularies, generation)
        found = _hits(asked, request, engine, view, (offset, limit), known)
    query = replace(
        understood(request, asked),
        text=request.text,
        did_you_mean=better.text if better else None,
        corrected=corrected,
    )
    return Found(asked, found, query)


def listing(  # noqa: PLR0917  as of `service.search`
    request: SearchRequest,
    engine: Engine,
    catalogue: Catalogue,
    vocabularies: Vocabularies,
    generation: int,
    limit: int,
) -> Listing:
    """All documents that answer a request, `limit` at most, in the order in which its pages show them.

    Raises:
        BadRequest: a facet value can't be understood.
        EngineFailed: the engine broke.
    """
    request = canonical(request, vocabularies)
    with catalogue.view() as view:
        found = find(request, engine, view, vocabularies, generation, offset=0, limit=limit)
    ids = tuple(hit.id for hit in found.hits.hits)
    return Listing(request, found.query, found.hits.total, ids, generation)


def _hits(  # noqa: PLR0917  of this module only
    asked: Asked,
    request: SearchRequest,
    engine: Engine,
    view: View,
    window: tuple[int, int],
    known: Recent[Node, Node],
) -> Hits:
    sort = request.sort
    if sort is Sort.RELEVANCE and asked.node == MATCH_ALL:
        sort = Sort.NEWEST
    filters = asked.selection.filters()
    return ranked(
        engine, asked.named, filters, texts=view, sort=sort, offset=window[0], limit=window[1], known=known
    )
