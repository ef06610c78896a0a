"""The engine class and the documents it holds."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, ClassVar

from tipsearch import analysis
from tipsearch.engines import expand as expansion
from tipsearch.engines.base import FACETS, Capabilities, Filter, Hit, Hits, PageHit, Sort, YearRange
from tipsearch.engines.memory.matching import (
    Text,
    analysed,
    count_of,
    matches,
    page_score,
    score_of,
    weighted,
)
from tipsearch.engines.memory.store import load, open_writer, save
from tipsearch.engines.sortkeys import newest_key, oldest_key, title_key
from tipsearch.engines.wanted import wanted
from tipsearch.errors import UnsupportedQuery
from tipsearch.query.nodes import TEXT_FIELDS, Or
from tipsearch.query.years import year_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tipsearch.engines.base import Writer
    from tipsearch.model import IndexDocument
    from tipsearch.query.nodes import Leaf, Node

_FIELDS = (None, *TEXT_FIELDS)


class _Entry:
    """A document, analysed."""

    def __init__(self, document: IndexDocument) -> None:
        self.document = document
        title = analysed(document.title, document.language)
        self.pages = {
            page.number: analysed(page.text, page.language or document.language) for page in document.pages
        }
        beside = (analysed(page.text, page.language or document.language) for page in document.beside)
        everything = (title, *self.pages.values(), *beside)
        self.fields = {
            None: Text(
                tuple(one.runs[0] for one in everything),
                tuple(stem for one in everything for stem in one.stems),
                tuple(word for one in everything for word in one.spelt),
            ),
            "title": title,
            "publisher": analysed(document.publisher_text, None),
            "author": analysed(document.authors_text, None),
        }
        self.facets = {
            name: set(values) for name, values in document.facets if name in FACETS and name != "year"
        }
        self.facets["year"] = {year_value(document.year)}

    def passes(self, one: Filter | YearRange) -> bool:
        if isinstance(one, Filter):
            return not self.facets.get(_known(one.facet), set()).isdisjoint(one.values)
        year = self.document.year
        return year is not None and (one.first or 0) <= year <= (9_999 if one.last is None else one.last)

    def sort_key(self, sort: Sort) -> tuple[str, str]:
        key = {Sort.NEWEST: newest_key, Sort.OLDEST: oldest_key}.get(sort, title_key)
        return key(self.document), self.document.id


class MemoryEngine:
    """Keeps all documents in memory and in one file of its folder."""

    fingerprint: ClassVar[str] = f"memory-2-{analysis.VERSION}"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries: dict[str, _Entry] = {}
        self.refresh()

    @classmethod
    def create(cls, folder: Path) -> MemoryEngine:
        """Make an empty index in an empty folder and open it."""
        folder.mkdir(parents=True, exist_ok=True)
        save(folder, [])
        return cls(folder)

    @classmethod
    def open(cls, folder: Path) -> MemoryEngine:
        """Open an index that `create` has made.

        Raises:
            EngineFailed: it is damaged or not an index.
        """
        return cls(folder)

    @property
    def capabilities(self) -> Capabilities:
        """What this engine can do."""
        return Capabilities(
            name="memory",
            version="1",
            purpose="what the others are tested against: minutes for a few hundred reports",
        )

    def writer(self) -> AbstractContextManager[Writer]:
        """The one writer; a second one while it is open raises `EngineFailed`."""
        return open_writer(self._folder)

    def refresh(self) -> None:
        """See what has been committed since, also by other processes."""
        self._entries = {document.id: _Entry(document) for document in load(self._folder)}

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
        expanded = self.expand(node)
        found = list(self._matching(expanded, filters))
        if sort is Sort.RELEVANCE:
            scores = self._scores(expanded)
            hits = [Hit(entry.document.id, score_of(expanded, entry.fields, scores)) for entry in found]
            hits.sort(key=lambda hit: (-hit.score, hit.id))
        else:
            found.sort(key=lambda entry: entry.sort_key(sort))
            hits = [Hit(entry.document.id, 0.0) for entry in found]
        return Hits(len(hits), tuple(hits[offset : offset + max(0, limit)]))

    def count_facets(
        self, node: Node, filters: Sequence[Filter | YearRange], facets: Sequence[str]
    ) -> Mapping[str, Mapping[str, int]]:
        """For each facet named, the number of matching documents per value."""
        counts: dict[str, dict[str, int]] = {_known(facet): {} for facet in facets}
        for entry in self._matching(self.expand(node), filters):
            for facet, count in counts.items():
                for value in entry.facets.get(facet, ()):
                    count[value] = count.get(value, 0) + 1
        return counts

    def best_pages(
        self, node: Node, document_ids: Sequence[str], limit: int
    ) -> Mapping[str, tuple[PageHit, ...]]:
        """For each document, up to `limit` pages that hold something of what was asked, best first."""
        most = expansion.expansions_of(node)
        asked = [
            (expansion.expand(leaf, self._dictionary, most), weight, numbers)
            for leaf, weight, numbers in wanted(node)
        ]
        scores = self._scores(Or(tuple(leaf for leaf, *_ in asked)))
        best: dict[str, tuple[PageHit, ...]] = {}
        for one in document_ids:
            pages = self._entries[one].pages if one in self._entries else {}
            hits = [
                PageHit(number, page_score(asked, number, text, scores)) for number, text in pages.items()
            ]
            hits = sorted((hit for hit in hits if hit.score > 0), key=lambda hit: (-hit.score, hit.number))
            best[one] = tuple(hits[: max(0, limit)])
        return best

    def expand(self, node: Node) -> Node:
        """The tree with prefix, wildcard and fuzzy leaves replaced by the words they stand for."""
        return expansion.expand(node, self._dictionary)

    def terms(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Folded, unstemmed words of the dictionary that begin so, with their document counts."""
        return tuple(self._dictionary(None, analysis.fold(prefix))[: max(0, limit)])

    def frequencies(self, words: Sequence[str]) -> Mapping[str, int]:
        """Folded, unstemmed words to the number of documents whose title or text has them."""
        known = dict(self._dictionary(None, ""))
        return {word: known.get(word, 0) for word in words}

    def document_count(self) -> int:
        """Number of documents in the index."""
        return len(self._entries)

    def close(self) -> None:
        """Forget everything; the engine can't be used afterwards."""
        self._entries = {}

    def _matching(self, node: Node, filters: Sequence[Filter | YearRange]) -> Iterator[_Entry]:
        for entry in self._entries.values():
            if all(entry.passes(one) for one in filters) and matches(node, entry.fields, entry.pages):
                yield entry

    def _dictionary(self, field: str | None, prefix: str) -> list[tuple[str, int]]:
        counts: dict[str, int] = {}
        if field not in _FIELDS:
            return []
        for entry in self._entries.values():
            for word in {word for run in entry.fields[field].runs for word in run if word.startswith(prefix)}:
                counts[word] = counts.get(word, 0) + 1
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def _scores(self, node: Node) -> dict[Leaf, float]:
        """The inverse document frequency of each leaf that is asked for."""
        total = len(self._entries)
        return {
            leaf: log(
                1 + total / max(1, sum(count_of(leaf, entry.fields) > 0 for entry in self._entries.values()))
            )
            for leaf, _ in weighted(node, 1.0)
        }


def _known(facet: str) -> str:
    if facet not in FACETS:
        raise UnsupportedQuery(
            "memory", f"facet {facet}", f"there is no facet {facet!r}; known: {', '.join(FACETS)}"
        )
    return facet
