"""The Whoosh engine: two indexes in one folder, matched by sets of documents."""

from __future__ import annotations

import hashlib
import sys
from functools import partial
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from tipsearch import analysis
from tipsearch.engines.base import Capabilities, Hits, Sort
from tipsearch.engines.expand import expansions_of
from tipsearch.engines.whoosh import manifest, ranking, schema
from tipsearch.engines.whoosh.asked import Now, expanded
from tipsearch.engines.whoosh.failures import translated
from tipsearch.engines.whoosh.matching import of_pages, refuse_depth
from tipsearch.engines.whoosh.shelf import runs_of
from tipsearch.engines.whoosh.view import View, known_facet
from tipsearch.engines.whoosh.writer import WhooshWriter
from tipsearch.query.nodes import leaves

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tipsearch.engines.base import Filter, PageHit, Writer, YearRange
    from tipsearch.query.nodes import Node

_VERSION = version("whoosh")
#: Where the index lies in the folder it is given.
_INSIDE = "index"


class WhooshEngine:
    """Searches the folder that it was opened on; many threads may use one engine."""

    # Numbers lie in the files as this machine has them in memory.
    fingerprint: ClassVar[str] = hashlib.sha256(
        f"{schema.SCHEMA_VERSION} {analysis.VERSION} {_VERSION} {sys.byteorder}".encode()
    ).hexdigest()[:16]

    def __init__(self, folder: Path, now: Now) -> None:
        self._folder = folder
        self._now = now
        self._refreshing = Lock()

    @classmethod
    def create(cls, folder: Path) -> WhooshEngine:
        """Make an empty index in an empty folder and open it.

        Raises:
            EngineFailed: it can't be made there.
        """
        with translated(f"make an index in {folder}"):
            inside = folder / _INSIDE
            inside.mkdir(parents=True)
            manifest.write(inside, manifest.Manifest())
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> WhooshEngine:
        """Open an index that `create` has made.

        Raises:
            EngineFailed: it is damaged, or holds what its manifest doesn't vouch for.
        """
        with translated(f"open the index in {folder}"):
            return cls(folder / _INSIDE, Now(View.of(manifest.open_files(folder / _INSIDE))))

    @property
    def capabilities(self) -> Capabilities:
        """What this engine can do."""
        return Capabilities(name="whoosh", version=_VERSION)

    def writer(self) -> AbstractContextManager[Writer]:
        """The one writer; a second one while it is open raises `EngineFailed`."""
        return WhooshWriter(self._folder)

    def refresh(self) -> None:
        """See what has been committed since, also by other processes."""
        with translated("read the index"), self._refreshing:
            before = self._now.view.opened
            opened = manifest.open_files(self._folder, before)
            if opened.manifest != before.manifest:
                self._now = Now(View.of(opened))

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
        now = self._now
        with translated("search"):
            asked = now.ask(node)
            chosen = asked.passing(filters)
            if limit < 1:
                return Hits(chosen.bit_count(), ())
            if sort is Sort.RELEVANCE and any(leaves(asked.node)):
                scores = ranking.scores_of(asked.documents, asked.node, chosen)
                return ranking.by_score(now.view.documents, chosen, scores, offset, limit)
            return ranking.by_key(now.view.documents, chosen, sort, offset, limit)

    def count_facets(
        self, node: Node, filters: Sequence[Filter | YearRange], facets: Sequence[str]
    ) -> Mapping[str, Mapping[str, int]]:
        """For each facet named, the number of matching documents per value (exact, zeros left out)."""
        now = self._now
        with translated("count facets"):
            names = [known_facet(facet) for facet in facets]
            chosen = now.ask(node).passing(filters) if names else 0
            return {facet: now.view.documents.values_in(facet, chosen) for facet in names}

    def best_pages(
        self, node: Node, document_ids: Sequence[str], limit: int
    ) -> Mapping[str, tuple[PageHit, ...]]:
        """For each document, up to `limit` pages that hold something of what was asked, best first."""
        now = self._now
        with translated("find pages"):
            refuse_depth(node)
            pages = now.view.pages
            places = {one: pages.pages_of(one) for one in document_ids}
            expand = partial(expanded, now.view, most=expansions_of(node))
            matcher = of_pages(now.view, runs_of(place for found in places.values() for place in found))
            scores = ranking.page_scores(pages, matcher, node, expand)
            return {one: ranking.best_of(pages, scores, found, limit) for one, found in places.items()}

    def expand(self, node: Node) -> Node:
        """The tree with prefix, wildcard and fuzzy leaves replaced by the words they stand for."""
        with translated("read the dictionary"):
            return self._now.ask(node).node

    def terms(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Folded, unstemmed words of the dictionary that begin so, with their document counts."""
        with translated("read the dictionary"):
            found = self._now.view.documents.dictionary("body").beginning(analysis.fold(prefix))
            return tuple(found[: max(0, limit)])

    def frequencies(self, words: Sequence[str]) -> Mapping[str, int]:
        """Folded, unstemmed words to the number of documents whose title or text has them."""
        documents = self._now.view.documents
        with translated("read the dictionary"):
            return {word: len(documents.occurrences("body", word).counts) for word in words}

    def document_count(self) -> int:
        """Number of documents in the index."""
        return self._now.view.documents.count

    def close(self) -> None:
        """Give files and handles back; the engine can't be used afterwards."""
        self.__dict__.pop("_now", None)
