"""A document of the catalogue as engines take it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.model import IndexDocument
from tipsearch.publishers import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipsearch.model import Document, Page, Tag
    from tipsearch.vocabulary import Vocabularies, Vocabulary


def to_index_document(
    document: Document,
    vocabularies: Vocabularies,
    pages: tuple[Page, ...] = (),
    beside: tuple[Page, ...] = (),
) -> IndexDocument:
    """A document as engines take it in.

    Args:
        document: the document.
        vocabularies: of its library; values come with all their ancestors there.
        pages: its text.
        beside: as in `IndexDocument`.
    """
    facets = {
        "region": _with_ancestors(vocabularies.regions, document.regions),
        "topic": _with_ancestors(vocabularies.topics, document.topics),
        "role": _with_ancestors(vocabularies.roles, document.roles) if document.roles else (),
        "type": tuple(tag.value for tag in document.types),
        "language": (document.language,) if document.language else (),
        "publisher": (document.publisher,) if document.publisher else (),
    }
    return IndexDocument(
        id=document.id,
        title=document.title,
        language=document.language,
        pages=pages,
        facets=tuple((name, values) for name, values in facets.items() if values),
        year=document.year,
        date=_as_number(document.date),
        publisher_text="; ".join(names_of(document.publisher)) if document.publisher else "",
        authors_text="; ".join(document.authors),
        beside=beside,
    )


def _with_ancestors(tree: Vocabulary, tags: Iterable[Tag]) -> tuple[str, ...]:
    values: dict[str, None] = {}
    for tag in tags:
        values |= dict.fromkeys(tree.path(tag.value))
    return tuple(values)


def _as_number(date: str | None) -> int | None:
    """``2023-05`` as 20230500."""
    return int(date.replace("-", "").ljust(8, "0")) if date else None
