"""The best pages count beside the whole document.

A report of 300 pages with one chapter on the matter has few of its words for its length, so BM25 puts a two-page note before
it that mentions them in passing. Hence the first documents are ordered anew by their own score and that of their best
page, as Callan (SIGIR 1994) and Bendersky and Kurland (ECIR 2008) join evidence of documents and passages.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tantivy import Query

from tipsearch.engines.tantivy.compile import any_of, on_pages
from tipsearch.engines.wanted import wanted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tantivy import DocAddress, Searcher

    from tipsearch.engines.tantivy.compile import Compiler
    from tipsearch.query.nodes import Node

#: Documents that are ordered anew, the best by their own score.
WINDOW = 200
#: Pages looked at, the best of the library.
PAGE_HITS = 500
#: A query of more words, as patterns become, isn't worth looking them all up once more.
MAX_LEAVES = 128
#: What a page's score counts beside the document's. Where half of the documents of Cranfield, CISI, CACM and NPL are bound
#: into reports of 20 pages, nDCG@10 grows with it (8 % at 1, 13 % at 2); on the sample's reports, of which each speaks of
#: one matter, it stays the same up to 1 and falls by 1 % at 2.
PAGE_WEIGHT = 1.0


def asks_little(node: Node) -> bool:
    """Whether an expanded tree asks for something, and for so little that `page_scores` is worth its time."""
    return 0 < sum(1 for _ in islice(wanted(node), MAX_LEAVES + 1)) <= MAX_LEAVES


def page_scores(compiler: Compiler, node: Node) -> Mapping[int, float]:
    """By the key of each document that has some of the library's best pages: by how much its best one exceeds the rest.

    What the last page looked at scores is taken from all, so that the pages behind it, which nobody has looked at, don't
    fall off steeply.

    Args:
        compiler: of the index of pages.
        node: what is asked for, expanded.
    """
    found = [
        Query.boost_query(on_pages(compiler.compile(leaf), compiler.schema, first, last), weight)
        for leaf, weight, (first, last) in wanted(node)
    ]
    hits = compiler.searcher.search(any_of(found), PAGE_HITS, count=False).hits
    rest = hits[-1][0] if len(hits) == PAGE_HITS else 0.0
    best: dict[int, float] = {}
    for (score, _), key in zip(hits, keys(compiler.searcher, [address for _, address in hits]), strict=True):
        best.setdefault(key, score - rest)  # the first is the best
    return best


def keys(searcher: Searcher, addresses: list[DocAddress]) -> list[int]:
    """The keys of documents, or of the documents of pages."""
    found = searcher.fast_field_values("key", addresses)
    # Every entry has a key; the check tells so to the type checker.
    return [key if isinstance(key, int) else 0 for key in found]
