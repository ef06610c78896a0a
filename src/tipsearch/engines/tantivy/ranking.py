"""Ordering hits: by score or by a sort key, always with ties broken by id, and the best pages of a document."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tantivy import Occur, Order, Query

from tipsearch.engines.base import Hit, Hits, PageHit
from tipsearch.engines.tantivy.compile import any_of, on_pages
from tipsearch.engines.tantivy.evidence import PAGE_WEIGHT, WINDOW, keys
from tipsearch.engines.tantivy.schema import document_key
from tipsearch.engines.wanted import wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tantivy import DocAddress, Schema, Searcher, SearchResult

    from tipsearch.engines.tantivy.compile import Compiler
    from tipsearch.query.nodes import Node

#: Hits fetched beyond those asked for, to see whether the last ones are tied with the next.
_SPARE = 16
#: Hits of a search that wants all of them, at first: pages of ten documents.
_MANY = 4_096
#: What a page gets for each leaf it holds, so much that BM25 only decides among pages that hold equally many.
_LEAF_BONUS = 64.0
_NO_PAGES: Mapping[int, float] = MappingProxyType({})


def by_score(
    searcher: Searcher, query: Query, offset: int, limit: int, pages: Mapping[int, float] = _NO_PAGES
) -> Hits:
    """The hits from `offset` on, by score and then by id, with the exact total.

    Args:
        searcher: of the documents.
        query: which of them match.
        offset: how many come before the first one wanted.
        limit: how many are wanted.
        pages: what the best page of a document adds to its score among the first ones, by key.
    """
    end = offset + limit
    count, hits = _best(searcher, query, max(end, WINDOW) if pages else end)
    if pages:
        hits = _ordered_anew(searcher, hits, pages)
    first, last = _tied(hits, offset, end)
    ranked = sorted((-score, _document_id(searcher, address)) for score, address in hits[first:last])
    return Hits(count, tuple(Hit(one, -negated) for negated, one in ranked[offset - first : end - first]))


def _best(searcher: Searcher, query: Query, end: int) -> tuple[int, list[tuple[float, DocAddress]]]:
    """How many hits there are, and the first ones by score: up to `end` and all that are tied with that one."""
    # tantivy reserves memory for as many hits as are asked for, so never ask for more than there are documents.
    most = max(1, searcher.num_docs)
    fetch = min(end + _SPARE, most)
    while True:
        found = searcher.search(query, fetch)
        hits = found.hits
        if len(hits) < fetch or fetch == most or hits[-1][0] != hits[end - 1][0]:
            return total(found), hits
        fetch = min(4 * fetch, most)


def _all_hits(searcher: Searcher, query: Query) -> list[tuple[float, DocAddress]]:
    """Every hit. As many are asked for as there mostly are: to count them first takes a third of the time."""
    fetch, most = _MANY, max(1, searcher.num_docs)
    while True:
        hits = searcher.search(query, min(fetch, most), count=False).hits
        if len(hits) < fetch or fetch >= most:
            return hits
        fetch *= 8


def _ordered_anew(
    searcher: Searcher, hits: list[tuple[float, DocAddress]], pages: Mapping[int, float]
) -> list[tuple[float, DocAddress]]:
    """The hits with the first of them, and all that are tied with the last one of these, by their pages' scores too."""
    window = min(WINDOW, len(hits))
    while 0 < window < len(hits) and hits[window][0] == hits[window - 1][0]:
        window += 1
    found = keys(searcher, [address for _, address in hits[:window]])
    first = [
        (score + PAGE_WEIGHT * pages.get(key, 0.0), address)
        for (score, address), key in zip(hits, found, strict=False)
    ]
    first.sort(key=lambda hit: -hit[0])
    return first + hits[window:]


def by_key(searcher: Searcher, query: Query, field: str, offset: int, limit: int) -> Hits:
    """The hits from `offset` on, by a fast field whose values end in the document's id."""
    limit = min(limit, max(1, searcher.num_docs))
    found = searcher.search(query, limit, order_by_field=field, offset=offset, order=Order.Asc)
    return Hits(total(found), tuple(Hit(key.rpartition("\x00")[2], 0.0) for key, _ in found.hits))


def total(found: SearchResult) -> int:
    """How many hits there are in all."""
    return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy-py's stub


def _tied(hits: Sequence[tuple[float, DocAddress]], offset: int, end: int) -> tuple[int, int]:
    """The smallest range of hits that holds `offset` to `end` and splits no group of equal scores."""
    first, last = min(offset, len(hits)), min(end, len(hits))
    while 0 < first < len(hits) and hits[first - 1][0] == hits[first][0]:
        first -= 1
    while last < len(hits) and hits[last][0] == hits[last - 1][0]:
        last += 1
    return first, last


def _document_id(searcher: Searcher, address: DocAddress) -> str:
    return str(searcher.doc(address).get_first("id"))


def page_queries(compiler: Compiler, node: Node, expand: Callable[[Node], Node]) -> list[tuple[Query, float]]:
    """For each leaf of the tree a query for the pages that hold it, and what holding it is worth.

    A leaf is expanded by itself, so that a page gains nothing by holding many words of one prefix.
    """
    return [
        (on_pages(compiler.compile(expand(leaf)), compiler.schema, first, last), _LEAF_BONUS * weight)
        for leaf, weight, (first, last) in wanted(node)
    ]


def pages_of(
    searcher: Searcher,
    schema: Schema,
    queries: Sequence[tuple[Query, float]],
    document_ids: Sequence[str],
    limit: int,
) -> dict[str, tuple[PageHit, ...]]:
    """For each document, up to `limit` pages that any of the queries finds, by score and then by number.

    All documents are asked for in one search: to prepare hundreds of words takes longer than to look at some thousand pages.
    """
    these = Query.term_set_query(schema, "id", list(document_ids))
    # Each query is restricted by itself: tantivy works out alternatives for thousands of pages in advance.
    found = [
        Query.boolean_query([(Occur.Must, Query.const_score_query(these, worth)), (Occur.Must, query)])
        for query, worth in queries
    ]
    hits = _all_hits(searcher, any_of(found))
    addresses = [address for _, address in hits]
    numbers = searcher.fast_field_values("number", addresses)
    # Plain pairs first: of hundreds of pages of a long report three are wanted.
    pages: dict[int, list[tuple[float, int]]] = {document_key(one): [] for one in document_ids}
    for (score, _), key, number in zip(hits, keys(searcher, addresses), numbers, strict=True):
        # Every page has a number; the check tells so to the type checker.
        if isinstance(number, int):
            pages[key].append((-score, number))
    return {
        one: tuple(PageHit(number, -worse) for worse, number in sorted(pages[document_key(one)])[:limit])
        for one in document_ids
    }
