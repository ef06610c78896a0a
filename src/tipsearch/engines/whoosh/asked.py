"""Trees prepared for one view; the last few are remembered, as a page of results asks for each several times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from tipsearch.engines import expand as expansion
from tipsearch.engines.whoosh.lookup import DOCUMENT_PLACES
from tipsearch.engines.whoosh.matching import of_documents, of_pages, refuse_depth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tipsearch.engines.base import Filter, YearRange
    from tipsearch.engines.whoosh.matching import Matcher
    from tipsearch.engines.whoosh.view import View
    from tipsearch.query.nodes import Node

#: Trees of one view for which is kept what was found.
_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A tree without prefix, wildcard and fuzzy leaves, and what finds it."""

    view: View
    node: Node
    documents: Matcher

    def passing(self, filters: Sequence[Filter | YearRange]) -> int:
        """The set of documents that match the tree and pass all filters."""
        chosen = self.documents.match(self.node)
        for one in filters:
            chosen &= self.view.documents.passing(one)
        return chosen


@dataclass(frozen=True, slots=True)
class Now:
    """A view and what was asked of it lately; replaced as a whole by `refresh`."""

    view: View
    ask: Callable[[Node], Asked]

    @classmethod
    def of(cls, view: View) -> Now:
        """A view of which nothing has been asked yet."""
        remembered = lru_cache(_REMEMBERED)(partial(_asked, view))

        def ask(node: Node) -> Asked:
            refuse_depth(node)  # before the look-up, which recurses
            return remembered(node)

        return cls(view, ask)


def expanded(view: View, node: Node, most: int | None = None) -> Node:
    """The tree with prefix, wildcard and fuzzy leaves replaced by the words they stand for: `most` for each, or its share."""

    def dictionary(field: str | None, prefix: str) -> Iterable[tuple[str, int]]:
        known = field in DOCUMENT_PLACES
        return view.documents.dictionary(field or "body").beginning(prefix) if known else ()

    return expansion.expand(node, dictionary, most)


def _asked(view: View, node: Node) -> Asked:
    return Asked(view, expanded(view, node), of_documents(view, of_pages(view)))
