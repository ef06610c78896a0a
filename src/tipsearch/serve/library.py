"""What the web pages need of a library. `tipsearch.library.Library` is one; tests may bring a smaller one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from tipsearch.model import Document, Page
    from tipsearch.search.answer import Listing, PageFound, Passage, SearchAnswer
    from tipsearch.search.request import SearchRequest
    from tipsearch.search.similar import Similar
    from tipsearch.search.suggest import Suggestion


class Status(Protocol):
    """What is in a library: documents, pages, files by state, engine's name, generation, files still to be indexed, day of the last change."""

    @property
    def documents(self) -> int: ...  # noqa: D102  # described above
    @property
    def pages(self) -> int: ...  # noqa: D102  # described above
    @property
    def files(self) -> Mapping[str, int]: ...  # noqa: D102  # described above
    @property
    def engine(self) -> str: ...  # noqa: D102  # described above
    @property
    def generation(self) -> int: ...  # noqa: D102  # described above
    @property
    def waiting(self) -> int: ...  # noqa: D102  # described above
    @property
    def changed(self) -> str | None: ...  # noqa: D102  # described above


class Shelf(Protocol):
    """Where documents are taken from many at a time."""

    def documents(self, ids: Sequence[str]) -> Mapping[str, Document]:
        """Documents by the ids given, also those they had before, in their order; unknown ones are left out."""

    def arrivals(self, ids: Sequence[str]) -> Mapping[str, str]:
        """When each document came in, new or changed (ISO 8601, UTC), by id."""

    def roll(self, after: str = "", limit: int = 1_000) -> tuple[tuple[str, str], ...]:
        """The next documents behind an id, in the order of ids, each with when it came in; empty at the end."""


class Library(Protocol):
    """A library to read from; safe to use from several threads."""

    def search(self, request: SearchRequest, *, facets: Collection[str] | None = None) -> SearchAnswer:
        """Answer a request, with these facets or all."""

    @property
    def shelf(self) -> Shelf: ...  # noqa: D102  # described there

    def listing(self, request: SearchRequest, limit: int) -> Listing:
        """All that a request finds, `limit` documents at most, as ids in its order."""

    def document(self, document_id: str) -> Document:
        """The document of that id; raises `NotFound`."""

    def page(self, document: Document | str, number: int) -> Page:
        """One page of a document (it or its id) with its text; raises `NotFound`."""

    def page_labels(self, document_id: str) -> tuple[str, ...]:
        """The printed label of each page in order, the number as text where there is none."""

    def ocr_pages(self, document_id: str) -> frozenset[int]:
        """Numbers of the pages whose text was read from a picture."""

    def pages_found(
        self, document: Document | str, text: str, *, expand: bool = True
    ) -> tuple[PageFound, ...]:
        """The pages of the document that answer the query (the best 200 at most), by number."""

    def page_hits(self, document: Document | str, text: str, *, expand: bool = True) -> tuple[Passage, ...]:
        """The same with a passage each."""

    def best_passages(
        self, document: Document | str, text: str, *, first: int | None = None, expand: bool = True
    ) -> tuple[Passage, ...]:
        """The pages that a search shows of the document, three at most, the best first; page `first` before them."""

    def similar(self, document: Document | str, limit: int = 10) -> tuple[Similar, ...]:
        """The documents most like it, so many at most: translations, its series, others about the same."""

    def suggest(self, text: str, limit: int = 8, language: str = "en") -> tuple[Suggestion, ...]:
        """What a reader who is typing may mean, so many at most; raises `BadRequest` on a senseless limit."""

    def highlight(
        self, text: str, query: str, language: str | None, /, *, expand: bool = True
    ) -> tuple[tuple[int, int], ...]:
        """Start and end of what matches the query in a page's text."""

    def file(self, document_id: str) -> Path | None:
        """The original file if it is still there."""

    def status(self) -> Status:
        """What is in the library."""

    def generation(self) -> int:
        """Of the index, 0 where there is none: grows with every change that readers can see. Asks no engine."""

    def identity(self) -> str:
        """Tells this library from all others."""

    def thesaurus(self) -> str:
        """Tells the thesaurus in force from all others."""

    def labels(self, facet: str, value: str, language: str = "en") -> str:
        """The label of a facet's value, or of a ``role``, in a language."""

    def facet_of(self, topic: str) -> str:
        """The facet in which a topic is chosen: ``form``, ``context``, ``response``, ``sector``; or ``topic``."""

    def topics_named(self, text: str) -> tuple[str, ...]:
        """The topics that the text is a name of, each followed by those above it; none if it names none."""
