"""Small documents and the few things that all cases do with an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tipsearch.model import IndexDocument, Page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tipsearch.engines.base import Engine, Filter, Sort, YearRange
    from tipsearch.query.nodes import Node


class Make(Protocol):
    """Makes an engine that holds the given documents."""

    def __call__(self, *documents: IndexDocument) -> Engine:
        """The engine, refreshed."""


def document(
    document_id: str,
    *pages: str,
    title: str = "",
    language: str | None = "en",
    date: int | None = None,
    publisher: str = "",
    authors: str = "",
    facets: Mapping[str, Sequence[str]] | None = None,
) -> IndexDocument:
    """A document with these pages, numbered from 1; `date` is ``yyyymmdd`` and gives the year."""
    return IndexDocument(
        id=document_id,
        title=title,
        language=language,
        pages=tuple(Page(number, text) for number, text in enumerate(pages, 1)),
        facets=tuple((name, tuple(values)) for name, values in (facets or {}).items()),
        year=None if date is None else date // 10_000,
        date=date,
        publisher_text=publisher,
        authors_text=authors,
    )


def commit(engine: Engine, *documents: IndexDocument) -> None:
    """Put documents in and look at the index anew."""
    with engine.writer() as writer:
        for one in documents:
            writer.add(one)
        writer.commit()
    engine.refresh()


def found(engine: Engine, node: Node, *filters: Filter | YearRange) -> set[str]:
    """The ids of all documents that match, with the total checked on the way."""
    hits = engine.search(node, filters, limit=1_000)
    assert hits.total == len(hits.hits)
    return {hit.id for hit in hits.hits}


def order(engine: Engine, node: Node, sort: Sort) -> list[str]:
    """The ids of all documents that match, in order."""
    return [hit.id for hit in engine.search(node, sort=sort, limit=1_000).hits]
