"""Which pages of a document hold all of what was asked, where others hold some of it only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.query.nodes import And, Boost, Not, OnPage, Or, Prefer, children_of, leaves

if TYPE_CHECKING:
    from collections.abc import Collection

    from tipsearch.engines.base import Engine
    from tipsearch.model import Document
    from tipsearch.query.nodes import Node


def whole_pages(document: Document, node: Node, some: Collection[int], engine: Engine) -> frozenset[int]:
    """Those of the pages that hold all that is asked of a text; what is asked of title, publisher or author is theirs.

    Args:
        document: the document.
        node: what was asked, with other names of topics as alternatives.
        some: its pages that hold something of it.
        engine: its index.

    Raises:
        EngineFailed: the engine broke.
    """
    if not some:
        return frozenset()
    found = _Pages(document, engine).of(node)
    return frozenset(some) if found is None else found & frozenset(some)


class _Pages:
    """Pages of one document that match trees by themselves."""

    def __init__(self, document: Document, engine: Engine) -> None:
        self._document = document
        self._engine = engine

    def of(self, node: Node) -> frozenset[int] | None:
        """The pages that match; None where nothing is asked of a page."""
        match node:
            case Not():
                return None
            case Boost(child) | Prefer(child):
                return self.of(child)
            case OnPage(child, first, last):
                pages = self.of(child)
                return None if pages is None else frozenset(_within(pages, first, last))
            case And(children):
                return self._all(children)
            case Or(children) if any(map(children_of, children)):
                return self._any(children)
            case _:
                return self._holding(node)

    def _all(self, children: Collection[Node]) -> frozenset[int] | None:
        found = [pages for one in dict.fromkeys(children) if (pages := self.of(one)) is not None]
        return frozenset.intersection(*found) if found else None

    def _any(self, children: Collection[Node]) -> frozenset[int] | None:
        found = [pages for one in dict.fromkeys(children) if (pages := self.of(one)) is not None]
        return frozenset().union(*found) if found else None

    def _holding(self, node: Node) -> frozenset[int] | None:
        """The pages that hold the leaf, or one of several."""
        if not any(leaf.field is None for leaf in leaves(node)):
            return None
        hits = self._engine.best_pages(node, [self._document.id], self._document.page_count)
        return frozenset(hit.number for hit in hits[self._document.id])


def _within(pages: Collection[int], first: int | None, last: int | None) -> list[int]:
    return [one for one in pages if (first is None or one >= first) and (last is None or one <= last)]
