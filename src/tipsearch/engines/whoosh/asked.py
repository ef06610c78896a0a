"""Trees prepared for one view; the last ones are remembered, as a page of results asks for each several times."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from tipsearch.engines import expand as expansion
from tipsearch.engines.whoosh.lookup import DOCUMENT_PLACES
from tipsearch.engines.whoosh.matching import MOST_KEPT, of_documents, of_pages, refuse_depth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tipsearch.engines.base import Filter, YearRange
    from tipsearch.engines.whoosh.matching import Matcher
    from tipsearch.engines.whoosh.view import View
    from tipsearch.query.nodes import Node

#: Trees of one view for which is kept what was found. Better spellings are looked for between a page's hits and its counts.
_MOST_TREES = 64
#: … as long as those before the latest keep so much together (occurrences, 50 MB).
_MOST_KEPT = 2 * MOST_KEPT


@dataclass(frozen=True, slots=True)
class Asked:
    """A tree without prefix, wildcard and fuzzy leaves, and what finds it."""

    view: View
    node: Node
    documents: Matcher
    pages: Matcher

    @property
    def kept(self) -> int:
        """Occurrences that are kept in memory for it."""
        return self.documents.kept + self.pages.kept

    def passing(self, filters: Sequence[Filter | YearRange]) -> int:
        """The set of documents that match the tree and pass all filters."""
        chosen = self.documents.match(self.node)
        for one in filters:
            chosen &= self.view.documents.passing(one)
        return chosen


class Now:
    """A view and what was asked of it lately; replaced as a whole by `refresh`."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._trees: dict[Node, Asked] = {}
        self._lock = Lock()

    def ask(self, node: Node) -> Asked:
        """A tree, prepared.

        Raises:
            UnsupportedQuery: it is too deep.
        """
        refuse_depth(node)  # before the look-up, which recurses
        with self._lock:
            asked = self._trees.pop(node, None)
        if asked is None:
            asked = _asked(self.view, node)
        with self._lock:
            self._trees[node] = asked  # the latest is the last
            self._forget()
        return asked

    def _forget(self) -> None:
        """Forget the oldest trees, as long as too much is kept for them together."""
        kept = sum(one.kept for one in self._trees.values())
        for node, asked in list(self._trees.items())[:-1]:
            if kept <= _MOST_KEPT and len(self._trees) <= _MOST_TREES:
                return
            kept -= asked.kept
            del self._trees[node]


def expanded(view: View, node: Node, most: int | None = None) -> Node:
    """The tree with prefix, wildcard and fuzzy leaves replaced by the words they stand for: `most` for each, or its share."""

    def dictionary(field: str | None, prefix: str) -> Iterable[tuple[str, int]]:
        known = field in DOCUMENT_PLACES
        return view.documents.dictionary(field or "body").beginning(prefix) if known else ()

    return expansion.expand(node, dictionary, most)


def _asked(view: View, node: Node) -> Asked:
    pages = of_pages(view)
    return Asked(view, expanded(view, node), of_documents(view, pages), pages)
