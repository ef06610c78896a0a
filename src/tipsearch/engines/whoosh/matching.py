"""Which documents or pages a tree matches, as sets, and how well its leaves are answered.

Boosts are in one table. A word's score is the sum over the places where it may be found: the word itself and its stem,
in the text and in the title; so the exact form and the title rank first, and an inflected form still counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.engines.whoosh.phrases import phrase_occurrences
from tipsearch.engines.whoosh.schema import stem_term
from tipsearch.errors import UnsupportedQuery
from tipsearch.query.nodes import And, Boost, Leaf, Node, Not, OnPage, Or, Phrase, Prefer, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tipsearch.engines.whoosh.shelf import Counts, Shelf
    from tipsearch.engines.whoosh.view import Documents, Lengths, Pages, View

#: Deeper trees are refused, as by the other engines: whatever walks over a tree recurses.
MAX_DEPTH = 64
#: BM25's constants: how fast repetition stops to count, and how much length does.
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Places:
    """Where a leaf is looked up: index fields with their boosts, of folded words and of stems."""

    words: tuple[tuple[str, float], ...]
    stems: tuple[tuple[str, float], ...] = ()


#: The boost table.
DOCUMENT_PLACES: Mapping[str | None, Places] = {
    None: Places((("body", 0.3), ("title", 0.2)), (("stems", 1.0), ("title_stems", 0.2))),
    "title": Places((("title", 0.3),), (("title_stems", 1.0),)),
    "publisher": Places((("publisher", 1.0),)),
    "author": Places((("author", 1.0),)),
}
PAGE_PLACES: Mapping[str | None, Places] = {None: Places((("body", 0.3),), (("stems", 1.0),))}
_NOWHERE = Places(())


@dataclass(frozen=True, slots=True)
class Found:
    """Where a leaf is found: the set, and for each field with its boost how often in which document."""

    docs: int
    parts: tuple[tuple[str, float, Counts], ...]


@dataclass(slots=True)
class Matcher:
    """Matches trees without prefix, wildcard and fuzzy leaves on one of the indexes as it is now.

    Attributes:
        shelf: that index.
        places: which fields a leaf is looked up in.
        languages: of the stems that the index has.
        lengths: of its fields.
        on_page: finds what `OnPage` asks for.
    """

    shelf: Shelf
    places: Mapping[str | None, Places]
    languages: tuple[str, ...]
    lengths: Lengths
    on_page: Callable[[Matcher, OnPage], int]
    _sets: dict[Node, int] = field(default_factory=dict)
    _found: dict[Leaf, Found] = field(default_factory=dict)

    def match(self, node: Node) -> int:
        """The set of documents that match a tree.

        Raises:
            UnsupportedQuery: it wasn't expanded before.
        """
        known = self._sets.get(node)
        if known is None:
            known = self._sets[node] = self._match(node)
        return known

    def _match(self, node: Node) -> int:
        match node:
            case And(children):
                chosen = self.shelf.all
                for child in children:
                    chosen &= self.match(child)
                return chosen
            case Or(children):
                chosen = 0
                for child in children:
                    chosen |= self.match(child)
                return chosen
            case Not(child):
                return self.shelf.all & ~self.match(child)
            case Boost(child) | Prefer(child):
                return self.match(child)
            case OnPage():
                return self.on_page(self, node)
            case _:
                return self.find(node).docs

    def find(self, leaf: Leaf) -> Found:
        """Where a leaf is found."""
        known = self._found.get(leaf)
        if known is None:
            parts = tuple(part for part in self._parts(leaf) if part[2])
            docs = self.shelf.set_of(doc for _, _, counts in parts for doc in counts)
            known = self._found[leaf] = Found(docs, parts)
        return known

    def _parts(self, leaf: Leaf) -> Iterator[tuple[str, float, Counts]]:
        places = self.places.get(leaf.field, _NOWHERE)
        match leaf:
            case Word(text):
                words = analysis.words(text)
                yield from self._phrase(words, 0, places)
                if len(words) == 1:
                    yield from self._stems(analysis.surfaces(text)[0], places)
            case Phrase(texts, slop):
                yield from self._phrase(
                    [word for text in texts for word in analysis.words(text)], slop, places
                )
            case _:
                raise UnsupportedQuery("whoosh", type(leaf).__name__, f"{leaf!r} must be expanded first")

    def _phrase(self, words: Sequence[str], slop: int, places: Places) -> Iterator[tuple[str, float, Counts]]:
        for name, boost in places.words if words else ():
            if len(words) == 1:
                yield name, boost, self.shelf.occurrences(name, words[0])
            else:
                yield name, boost, phrase_occurrences(self.shelf, name, words, slop)

    def _stems(self, surface: str, places: Places) -> Iterator[tuple[str, float, Counts]]:
        """The word's stem in each language of the index, all counted as if they were one term.

        Otherwise an English word that one Russian report quotes would count as a rare Russian one there.
        """
        stems = {language: analysis.stem(surface, language) for language in self.languages if places.stems}
        terms = [stem_term(stem, language) for language, stem in stems.items() if stem]
        for name, boost in places.stems:
            together: Counts = {}
            for term in terms:
                for doc, count in self.shelf.occurrences(name, term).items():
                    together[doc] = together.get(doc, 0) + count
            yield name, boost, together

    def weigh(self, leaf: Leaf, within: int, factor: float, scores: dict[int, float]) -> None:
        """Add to the scores what a leaf earns the documents of a set: BM25 in each field, summed up."""
        wanted = self.shelf.flags_of(within)
        for name, boost, counts in self.find(leaf).parts:
            rarity = boost * factor * self._rarity(len(counts)) * (_K1 + 1)
            lengths, mean = self.lengths.of_field[name], self.lengths.mean[name]
            for doc, count in counts.items():
                if wanted[doc]:
                    damped = count + _K1 * (1 - _B + _B * lengths[doc] / mean)
                    scores[doc] = scores.get(doc, 0.0) + rarity * count / damped

    def _rarity(self, count: int) -> float:
        """BM25's inverse document frequency."""
        return math.log(1 + (self.shelf.count - count + 0.5) / (count + 0.5))


def matchers(view: View) -> tuple[Matcher, Matcher]:
    """A matcher of documents and one of pages."""
    documents, pages = view.documents, view.pages

    def here(matcher: Matcher, node: OnPage) -> int:
        return matcher.match(node.child) & pages.numbered(node.first, node.last)

    def there(_: Matcher, node: OnPage) -> int:
        return documents_of(of_pages.match(node), pages, documents)

    of_pages = Matcher(pages, PAGE_PLACES, documents.languages, pages.lengths, here)
    return Matcher(documents, DOCUMENT_PLACES, documents.languages, documents.lengths, there), of_pages


def documents_of(chosen: int, pages: Pages, documents: Documents) -> int:
    """The set of documents that have one of these pages."""
    ids = {pages.stored[place].id for place in pages.numbers_of(chosen)}
    return documents.set_of(documents.numbers[one] for one in ids)


def refuse_depth(node: Node) -> None:
    """Look how deep a tree is, without recursion.

    Raises:
        UnsupportedQuery: it is deeper than `MAX_DEPTH`.
    """
    level: list[Node] = [node]
    for _ in range(MAX_DEPTH + 1):
        level = [child for one in level for child in _children(one)]
        if not level:
            return
    raise UnsupportedQuery("whoosh", "nesting", f"a query may be nested {MAX_DEPTH} deep, not more")


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case And(children) | Or(children):
            return children
        case Not(child) | Boost(child) | OnPage(child):
            return (child,)
        case Prefer(child, better):
            return (child, better)
        case _:
            return ()
