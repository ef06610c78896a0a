"""The contract between tipsearch and a search engine.

An engine keeps two indexes: ``documents`` (which documents, how many, in what order, facet counts) and ``pages``
(within the documents shown, which pages first). It stores no text: that is the catalogue's. It is a cache: all of it
can be made again from the catalogue.

An engine module offers a class with this protocol; `tipsearch.engines.registry` knows where. The suite in
`tipsearch.testing.conformance` says in tests what the words here say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tipsearch.model import IndexDocument
    from tipsearch.query.nodes import Node

#: Facets that every engine counts and filters by. Values are strings; a ``year`` is `query.years.year_value` of the
#: document's, so that undated documents have one as well.
FACETS = ("region", "role", "topic", "type", "language", "year", "publisher")


class Sort(StrEnum):
    """Order of results. Ties are broken by document id, always. Undated documents come last in both date orders."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Filter:
    """Documents that carry at least one of the values in a facet."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearRange:
    """Documents published in the years from `first` to `last`, both included; None leaves that end open."""

    first: int | None = None
    last: int | None = None
    facet: ClassVar[str] = "year"


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that matches, with its score (0 where the order isn't by relevance)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """The exact number of all matching documents, and the ones asked for."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page of a document that matches, with its score."""

    number: int
    score: float


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do, as questions; printed by ``tipsearch engines`` and read by the conformance suite.

    Attributes:
        name: as given to ``--engine``.
        version: of the library or server in use.
        distributed: can the index lie on more than one machine?
        concurrent_readers: can other processes read while one writes?
        durable_commit: is a commit on disk when `Writer.commit` returns?
        ordered_slop: does a phrase with slop keep the order of its words?
        purpose: what it is for, where that isn't searching libraries of any size.
        gaps: conformance case name to the reason why this engine fails it; strict: a gap that closes must be struck.
    """

    name: str
    version: str
    distributed: bool = False
    concurrent_readers: bool = True
    durable_commit: bool = True
    ordered_slop: bool = True
    purpose: str = ""
    gaps: tuple[tuple[str, str], ...] = ()


class Writer(Protocol):
    """Takes changes in. Nothing is visible before `commit`; leaving the context without it drops what came after."""

    def add(self, document: IndexDocument) -> None:
        """Take a document in, replacing the one of the same id."""

    def delete(self, document_id: str) -> None:
        """Remove a document and its pages; unknown ids are ignored."""

    def commit(self) -> None:
        """Make all changes durable and visible to readers that refresh.

        Raises:
            EngineFailed: the engine refused; the state is that of the last commit.
        """


@runtime_checkable
class Engine(Protocol):
    """One search engine over one folder (or server). Safe to use from several threads for reading."""

    @property
    def capabilities(self) -> Capabilities:
        """What this engine can do."""

    def writer(self) -> AbstractContextManager[Writer]:
        """The one writer; a second one while it is open raises `EngineFailed`."""

    def refresh(self) -> None:
        """See what has been committed since, also by other processes."""

    def search(
        self,
        node: Node,
        filters: Sequence[Filter | YearRange] = (),
        *,
        sort: Sort = Sort.RELEVANCE,
        offset: int = 0,
        limit: int = 10,
    ) -> Hits:
        """Documents that match the node and all filters."""

    def count_facets(
        self, node: Node, filters: Sequence[Filter | YearRange], facets: Sequence[str]
    ) -> Mapping[str, Mapping[str, int]]:
        """For each facet named, the number of matching documents per value (exact, zeros left out)."""

    def best_pages(
        self, node: Node, document_ids: Sequence[str], limit: int
    ) -> Mapping[str, tuple[PageHit, ...]]:
        """For each document, up to `limit` pages that hold something of what was asked, best first.

        A page needs one leaf only (the words of a query may stand on different pages); pages with more of them,
        and phrases, come first. Documents without such a page (title hits) map to an empty tuple.
        """

    def expand(self, node: Node) -> Node:
        """The tree with prefix, wildcard and fuzzy leaves replaced by the words of the dictionary they stand for."""

    def terms(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Folded, unstemmed words of the dictionary that begin so, with their document counts, most frequent first."""

    def frequencies(self, words: Sequence[str]) -> Mapping[str, int]:
        """Folded, unstemmed words to the number of documents whose title or text has them; 0 for the unknown.

        As in `terms`, documents that were removed may count until the engine has tidied up.
        """

    def document_count(self) -> int:
        """Number of documents in the index."""

    def close(self) -> None:
        """Give files and handles back; the engine can't be used afterwards."""


class EngineClass(Protocol):
    """What the registry loads: how to make and to open an engine."""

    #: Changes whenever an index written by this code can't be read as before (schema, analyzers, engine's format).
    fingerprint: ClassVar[str]

    @classmethod
    def create(cls, folder: Path) -> Engine:
        """Make an empty index in an empty folder and open it."""

    @classmethod
    def open(cls, folder: Path) -> Engine:
        """Open an index that `create` has made.

        Raises:
            EngineFailed: it is damaged or not an index.
        """
