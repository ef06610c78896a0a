"""The tantivy engine: two indexes in one folder, searched with tantivy's own objects."""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, ClassVar

import tantivy

from tipsearch import analysis
from tipsearch.engines import expand as expansion
from tipsearch.engines.base import Capabilities, Hits, Sort
from tipsearch.engines.tantivy import ranking, schema
from tipsearch.engines.tantivy.compile import (
    DOCUMENT_PLACES,
    PAGE_PLACES,
    Compiler,
    filtered,
    known_facet,
)
from tipsearch.engines.tantivy.evidence import asks_little, page_scores
from tipsearch.engines.tantivy.failures import translated
from tipsearch.engines.tantivy.writer import TantivyWriter
from tipsearch.query.nodes import Prefer, leaves, with_children
from tipsearch.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tantivy import Index, Query, Searcher

    from tipsearch.engines.base import Filter, PageHit, Writer, YearRange
    from tipsearch.query.nodes import Node

_VERSION = version("tantivy")
_SORT_FIELDS = {Sort.NEWEST: "sort_newest", Sort.OLDEST: "sort_oldest", Sort.TITLE: "sort_title"}
#: Values of one facet that are counted; more than any library has publishers.
_MAX_FACET_VALUES = 20_000
#: Trees, and conditions on pages, of which is kept what they were made into: a search has one to three, of up to eight patterns.
_TREES = 24
#: Questions whose best pages are remembered.
_QUESTIONS = 32


@dataclass(frozen=True, slots=True)
class _View:
    """Both indexes as they were at one moment; replaced as a whole by `refresh`.

    Attributes:
        initials: by field and first letter the words as lines, and their document counts, for `words`.
        expanded: by tree (and words for each of its patterns) what it was expanded to: one search asks for the same ones several times.
        compiled: by tree its query of documents.
        conditions: by condition on pages the ids of the documents that have such a page.
        asked_of_pages: by tree its queries of pages.
        questions: by what was asked what the best pages say, for `page_scores`.
    """

    documents: Searcher
    pages: Searcher
    languages: tuple[str, ...]
    initials: dict[tuple[str, str], tuple[str, array[int]]] = field(default_factory=dict)
    expanded: Recent[tuple[Node, int | None], Node] = field(default_factory=lambda: Recent(_TREES))
    compiled: Recent[Node, Query] = field(default_factory=lambda: Recent(_TREES))
    conditions: Recent[Node, list[str]] = field(default_factory=lambda: Recent(_TREES))
    asked_of_pages: Recent[Node, list[tuple[Query, float]]] = field(default_factory=lambda: Recent(_TREES))
    questions: Recent[Node, Mapping[int, float]] = field(default_factory=lambda: Recent(_QUESTIONS))

    def document_compiler(self) -> Compiler:
        return Compiler(
            self.documents,
            schema.document_schema(),
            DOCUMENT_PLACES,
            self.languages,
            self.page_compiler(),
            self.conditions,
        )

    def page_compiler(self) -> Compiler:
        return Compiler(self.pages, schema.page_schema(), PAGE_PLACES, self.languages)

    def words(self, name: str, prefix: str) -> Iterable[tuple[str, int]]:
        """Words of a field that begin so, with document counts, most frequent first.

        All words of one letter are wanted for each word with typing errors. They are kept, as tantivy takes five times as
        long to list them, and kept as text, which takes a tenth of the memory (5 MB at 400,000 words).
        """
        if len(prefix) > 1:
            return self.documents.terms_with_prefix(name, prefix)
        kept = self.initials.get((name, prefix))
        if kept is None:
            found = self.documents.terms_with_prefix(name, prefix)
            if not found:
                return ()  # any character may be asked for, and is no letter of the library
            kept = "\n".join(word for word, _ in found), array("L", (count for _, count in found))
            self.initials[name, prefix] = kept
        return zip(kept[0].split("\n"), kept[1], strict=True)

    def page_scores(self, node: Node) -> Mapping[int, float]:
        """What the best pages say for each document, by its key; kept for a while, as ranking asks twice."""
        if self.pages.num_docs <= self.documents.num_docs:
            return {}  # a page each: they say nothing that the documents don't
        expanded = _expanded(self, asked := _asked(node))
        if not asks_little(expanded):
            return {}
        return self.questions.of(asked, lambda: page_scores(self.page_compiler(), expanded))


class TantivyEngine:
    """Searches the folder that it was opened on; many threads may use one engine."""

    # Patches of tantivy keep its format, so two numbers of its version are enough.
    fingerprint: ClassVar[str] = hashlib.sha256(
        "\n".join((schema.SCHEMA_VERSION, analysis.VERSION, *_VERSION.split(".")[:2])).encode()
    ).hexdigest()[:16]

    def __init__(self, folder: Path, documents: Index, pages: Index) -> None:
        self._folder = folder
        self._documents = documents
        self._pages = pages
        self.refresh()

    @classmethod
    def create(cls, folder: Path) -> TantivyEngine:
        """Make an empty index in an empty folder and open it.

        Raises:
            EngineFailed: it can't be made there.
        """
        with translated(f"make an index in {folder}"):
            for name, made in (("documents", schema.document_schema()), ("pages", schema.page_schema())):
                (folder / name).mkdir(parents=True)
                tantivy.Index(made, str(folder / name), reuse=False)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> TantivyEngine:
        """Open an index that `create` has made.

        Raises:
            EngineFailed: it is damaged or not an index.
        """
        opened = []
        with translated(f"open the index in {folder}"):
            for name in ("documents", "pages"):
                index = tantivy.Index.open(str(folder / name))
                schema.register_tokenizers(index)
                # The default would look at the files twice a second; we are told when to look.
                index.config_reader("manual", 0)
                opened.append(index)
        return cls(folder, *opened)

    @property
    def capabilities(self) -> Capabilities:
        """What this engine can do."""
        return Capabilities(name="tantivy", version=_VERSION)

    def writer(self) -> AbstractContextManager[Writer]:
        """The one writer; a second one while it is open raises `EngineFailed`."""
        return TantivyWriter(self._folder)

    def refresh(self) -> None:
        """See what has been committed since, also by other processes."""
        with translated("read the index"):
            self._documents.reload()
            self._pages.reload()
            documents = self._documents.searcher()
            languages = tuple(one for one in analysis.STEMMED if documents.doc_freq("stem_languages", one))
            self._view = _View(documents, self._pages.searcher(), languages)

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
        view = self._view
        with translated("search"):
            query = _query(view, node, filters)
            if limit < 1 or offset >= view.documents.num_docs:
                return Hits(ranking.total(view.documents.search(query, 1)), ())
            if sort is Sort.RELEVANCE and any(leaves(node)):
                pages = view.page_scores(node)
                return ranking.by_score(view.documents, query, offset, limit, pages)
            return ranking.by_key(view.documents, query, _SORT_FIELDS.get(sort, "id"), offset, limit)

    def count_facets(
        self, node: Node, filters: Sequence[Filter | YearRange], facets: Sequence[str]
    ) -> Mapping[str, Mapping[str, int]]:
        """For each facet named, the number of matching documents per value (exact, zeros left out)."""
        if not facets:
            return {}
        view = self._view
        wanted = {
            facet: {"terms": {"field": schema.facet_field(known_facet(facet)), "size": _MAX_FACET_VALUES}}
            for facet in facets
        }
        with translated("count facets"):
            counted = view.documents.aggregate(_query(view, node, filters), wanted)
        return {
            facet: {str(bucket["key"]): bucket["doc_count"] for bucket in counted[facet]["buckets"]}
            for facet in facets
        }

    def best_pages(
        self, node: Node, document_ids: Sequence[str], limit: int
    ) -> Mapping[str, tuple[PageHit, ...]]:
        """For each document, up to `limit` pages that hold something of what was asked, best first."""
        view = self._view
        with translated("find pages"):
            queries = view.asked_of_pages.of(node, lambda: _queries_of_pages(view, node))
            if not queries or limit < 1:
                return dict.fromkeys(document_ids, ())
            return ranking.pages_of(view.pages, schema.page_schema(), queries, document_ids, limit)

    def expand(self, node: Node) -> Node:
        """The tree with prefix, wildcard and fuzzy leaves replaced by the words they stand for."""
        with translated("read the dictionary"):
            return _expanded(self._view, node)

    def terms(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Folded, unstemmed words of the dictionary that begin so, with their document counts."""
        if limit < 1:
            return ()
        with translated("read the dictionary"):
            found = self._view.documents.terms_with_prefix("body", analysis.fold(prefix), limit=limit + 1)
        return tuple(one for one in found if one[0][0] != schema.GAP_SIGN)[:limit]

    def frequencies(self, words: Sequence[str]) -> Mapping[str, int]:
        """Folded, unstemmed words to the number of documents whose title or text has them."""
        searcher = self._view.documents
        with translated("read the dictionary"):
            return {word: searcher.doc_freq("body", word) if word else 0 for word in words}

    def document_count(self) -> int:
        """Number of documents in the index."""
        return int(self._view.documents.num_docs)

    def close(self) -> None:
        """Give files and handles back; the engine can't be used afterwards."""
        for name in ("_view", "_documents", "_pages"):
            self.__dict__.pop(name, None)


def _query(view: _View, node: Node, filters: Sequence[Filter | YearRange]) -> Query:
    query = view.compiled.of(node, lambda: view.document_compiler().compile(_expanded(view, node)))
    return filtered(query, schema.document_schema(), filters)


def _queries_of_pages(view: _View, node: Node) -> list[tuple[Query, float]]:
    expand = partial(_expanded, view, most=expansion.expansions_of(node))
    return ranking.page_queries(view.page_compiler(), node, expand)


def _expanded(view: _View, node: Node, most: int | None = None) -> Node:
    def dictionary(field: str | None, prefix: str) -> Iterable[tuple[str, int]]:
        return view.words(field or "body", prefix) if field in DOCUMENT_PLACES else ()

    if not expansion.has_patterns(node):
        return node
    return view.expanded.of((node, most), lambda: expansion.expand(node, dictionary, most))


def _asked(node: Node) -> Node:
    """The tree without what is only preferred, so that the same question is known again."""
    while isinstance(node, Prefer):
        node = node.child
    return with_children(node, _asked)
