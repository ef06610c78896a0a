"""Query nodes turned into tantivy's query objects, never into a query string.

Boosts are in one table. A word's score is the sum over the places where it may be found: the word itself and its stem,
in the text and in the title; so the exact form and the title rank first, and an inflected form still counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tantivy import FieldType, Occur, Query

from tipsearch import analysis
from tipsearch.engines.base import FACETS, Filter, YearRange
from tipsearch.engines.tantivy.schema import facet_field, stem_term
from tipsearch.errors import UnsupportedQuery
from tipsearch.query.nodes import And, Boost, Node, Not, OnPage, Or, Phrase, Prefer, Word
from tipsearch.query.slop import placements
from tipsearch.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tantivy import Schema, Searcher

#: Deeper trees are refused: tantivy recurses on the machine's stack and kills the process at about 900 levels.
MAX_DEPTH = 64
#: Of more alternatives than a person types only the first ones, the most frequent words of a pattern, rank each by itself.
_MANY, _RANKED = 64, 16
_LAST_YEAR = 9_999
_LAST_PAGE = 10**9


@dataclass(frozen=True, slots=True)
class Places:
    """Where a leaf is looked up: index fields with their boosts, of folded words and of stems."""

    words: tuple[tuple[str, float], ...]
    stems: tuple[tuple[str, float], ...] = ()


#: The boost table. The first field of words decides whether a phrase matches; the others add to its score.
DOCUMENT_PLACES: Mapping[str | None, Places] = {
    None: Places((("body", 0.3), ("title", 0.2)), (("stems", 1.0), ("title_stems", 0.2))),
    "title": Places((("title", 0.3),), (("title_stems", 1.0),)),
    "publisher": Places((("publisher", 1.0),)),
    "author": Places((("author", 1.0),)),
}
PAGE_PLACES: Mapping[str | None, Places] = {None: Places((("body", 0.3),), (("stems", 1.0),))}
_NOWHERE = Places(())
#: What a word written with the accents that were typed counts beside its stem.
_SPELT_BOOST = 0.2


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles trees without prefix, wildcard and fuzzy leaves for one index as it is now.

    Attributes:
        searcher: knows which words the index has.
        schema: of that index.
        places: which fields a leaf is looked up in.
        languages: of the stems that the index has.
        pages: of the index of pages, for one of documents; None for that of pages itself.
        conditions: by condition on pages the documents found of late that have such a page.
    """

    searcher: Searcher
    schema: Schema
    places: Mapping[str | None, Places]
    languages: tuple[str, ...]
    pages: Compiler | None = None
    conditions: Recent[Node, list[str]] = field(default_factory=lambda: Recent(1))

    def compile(self, node: Node, depth: int = 0) -> Query:
        """The query for a tree.

        Raises:
            UnsupportedQuery: it is nested too deeply, or wasn't expanded before.
        """
        if depth > MAX_DEPTH:
            raise UnsupportedQuery("tantivy", "nesting", f"a query may be nested {MAX_DEPTH} deep, not more")
        match node:
            case Word(text, field):
                return self._word(text, field)
            case Phrase(words, slop, field):
                return self._phrase([word for text in words for word in analysis.words(text)], slop, field)
            case And() | Not():
                return self._all_of(node.children if isinstance(node, And) else (node,), depth + 1)
            case Or(children):
                return any_of([*self._alternatives(children, depth + 1)])
            case Boost() | Prefer():
                return self._scored(node, depth + 1)
            case OnPage():
                return self._on_page(node, depth + 1)
            case _:
                raise UnsupportedQuery("tantivy", type(node).__name__, f"{node!r} must be expanded first")

    def _all_of(self, children: Sequence[Node], depth: int) -> Query:
        clauses: list[tuple[Occur, Query]] = []
        for child in children:
            if isinstance(child, Not):
                clauses.append((Occur.MustNot, self.compile(child.child, depth + 1)))
            else:
                clauses.append((Occur.Must, self.compile(child, depth + 1)))
        if all(occur is Occur.MustNot for occur, _ in clauses):
            # tantivy finds nothing for a query that only excludes.
            clauses.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
        return Query.boolean_query(clauses)

    def _scored(self, node: Boost | Prefer, depth: int) -> Query:
        child = self.compile(node.child, depth)
        if isinstance(node, Boost):
            return Query.boost_query(child, node.factor)
        return Query.boolean_query([(Occur.Must, child), (Occur.Should, self.compile(node.better, depth))])

    def _on_page(self, node: OnPage, depth: int) -> Query:
        if self.pages is None:
            return on_pages(self.compile(node.child, depth), self.schema, node.first, node.last)
        pages = self.pages
        ids = self.conditions.of(node, lambda: pages.documents_of(pages.compile(node, depth)))
        there = Query.const_score_query(Query.term_set_query(self.schema, "id", ids), 0.0)
        scored = self.compile(node.child, depth)
        return Query.boolean_query([(Occur.Must, there), (Occur.Should, scored)])

    def documents_of(self, pages: Query) -> list[str]:
        """Ids of the documents that have pages which a query finds."""
        most = max(1, self.searcher.num_docs)
        found = self.searcher.aggregate(pages, {"id": {"terms": {"field": "id", "size": most}}})
        return [str(bucket["key"]) for bucket in found["id"]["buckets"]]

    def _alternatives(self, children: Sequence[Node], depth: int) -> Iterator[Query]:
        """A query for each child; of the many words that a pattern stands for the rare ones together, and only matching.

        Each word that ranks is looked up by itself in every segment: a thousand of them cost more than all else in a
        search, and the rare ones would outweigh those that most readers mean.
        """
        ranked = children if len(children) <= _MANY else children[:_RANKED]
        rest: dict[str | None, list[str]] = {}
        for child in children[len(ranked) :]:
            if isinstance(child, Phrase) and len(child.words) == 1 and child.field in self.places:
                rest.setdefault(child.field, []).extend(analysis.words(child.words[0]))
            else:
                yield self.compile(child, depth)
        for child in ranked:
            yield self.compile(child, depth)
        for place, words in rest.items():
            name, boost = self.places[place].words[0]
            yield Query.const_score_query(Query.term_set_query(self.schema, name, words), boost)

    def _word(self, text: str, field: str | None) -> Query:
        words = analysis.words(text)
        if len(words) != 1:
            return self._phrase(words, 0, field)
        places = self.places.get(field, _NOWHERE)
        found = [
            self._term(name, words[0], boost) for name, boost in places.words if self._has(name, words[0])
        ]
        surfaces = analysis.surfaces(text)
        return any_of([*found, *self._stems(surfaces[0], places), *self._spelt(surfaces, places)])

    def _stems(self, surface: str, places: Places) -> Iterator[Query]:
        """The word's stem in each language of the index, all weighted as if they were one term.

        Otherwise an English word that one Russian report quotes would count as a rare Russian one there.
        """
        stems = {language: analysis.stem(surface, language) for language in self.languages if places.stems}
        terms = [stem_term(stem, language) for language, stem in stems.items() if stem]
        for name, boost in places.stems:
            counts = {term: count for term in terms if (count := self.searcher.doc_freq(name, term))}
            together = sum(counts.values())
            for term, count in counts.items():
                yield self._term(name, term, boost * self._rarity(together) / self._rarity(count))

    def _spelt(self, surfaces: list[str], places: Places) -> Iterator[Query]:
        """The word with its accents, so that texts that write them rank before those that don't."""
        terms = [stem_term(word, "") for word in analysis.spelt(surfaces)]
        for name, boost in places.stems:
            yield from (
                self._term(name, term, boost * _SPELT_BOOST) for term in terms if self._has(name, term)
            )

    def _rarity(self, count: int) -> float:
        """BM25's inverse document frequency, as tantivy works it out."""
        everything = int(self.searcher.num_docs)
        count = min(count, everything)
        return math.log(1 + (everything - count + 0.5) / (count + 0.5))

    def _phrase(self, words: Sequence[str], slop: int, field: str | None) -> Query:
        places = self.places.get(field, _NOWHERE)
        return any_of([self._phrase_in(name, words, slop, boost) for name, boost in places.words])

    def _phrase_in(self, name: str, words: Sequence[str], slop: int, boost: float) -> Query:
        if not words or not all(self._has(name, word) for word in words):
            return Query.empty_query()
        if len(words) == 1:
            return self._term(name, words[0], boost)
        spelt = [
            Query.phrase_query(self.schema, name, list(zip(places, words, strict=True)))
            for places in placements(len(words), slop)
        ]
        return Query.boost_query(any_of(spelt), boost)

    def _has(self, name: str, term: str) -> bool:
        return bool(term) and self.searcher.doc_freq(name, term) > 0

    def _term(self, name: str, term: str, boost: float) -> Query:
        return Query.boost_query(Query.term_query(self.schema, name, term, index_option="freq"), boost)


def filtered(query: Query, schema: Schema, filters: Sequence[Filter | YearRange]) -> Query:
    """The query, restricted to documents that pass all filters, with its scores unchanged.

    Raises:
        UnsupportedQuery: a filter names an unknown facet.
    """
    if not filters:
        return query
    restrictions = (Query.const_score_query(_filter(schema, one), 0.0) for one in filters)
    return Query.boolean_query([(Occur.Must, query), *((Occur.Must, one) for one in restrictions)])


def on_pages(query: Query, schema: Schema, first: int | None, last: int | None) -> Query:
    """A query of pages, restricted to those with numbers from `first` to `last`."""
    if first is None and last is None:
        return query
    low, high = (max(0, min(one, _LAST_PAGE)) for one in (first or 0, _LAST_PAGE if last is None else last))
    if low > high:
        return Query.empty_query()
    numbered = Query.range_query(schema, "number", FieldType.Unsigned, low, high)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(numbered, 0.0))])


def known_facet(facet: str) -> str:
    """The facet's name, checked."""
    if facet not in FACETS:
        raise UnsupportedQuery(
            "tantivy", f"facet {facet}", f"there is no facet {facet!r}; known: {', '.join(FACETS)}"
        )
    return facet


def _filter(schema: Schema, one: Filter | YearRange) -> Query:
    if isinstance(one, YearRange):
        first, last = _years(one.first, 0), _years(one.last, _LAST_YEAR)
        return (
            Query.range_query(schema, "year", FieldType.Unsigned, first, last)
            if first <= last
            else any_of([])
        )
    return Query.term_set_query(schema, facet_field(known_facet(one.facet)), list(one.values))


def _years(year: int | None, default: int) -> int:
    return default if year is None else max(0, min(year, _LAST_YEAR))


def any_of(queries: Sequence[Query]) -> Query:
    """What any of the queries finds, scored by all of them that do."""
    if len(queries) == 1:
        return queries[0]
    return (
        Query.boolean_query([(Occur.Should, query) for query in queries]) if queries else Query.empty_query()
    )
