"""Where the leaves of a tree are found, and with which boosts.

Boosts are in one table. A word's score is the sum over the places where it may be found: the word itself and its stem,
in the text and in the title; so the exact form and the title rank first, and an inflected form still counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.engines.whoosh.phrases import phrase_occurrences
from tipsearch.engines.whoosh.schema import stem_term
from tipsearch.engines.whoosh.shelf import Occurrences
from tipsearch.errors import UnsupportedQuery
from tipsearch.query.nodes import Leaf, Phrase, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.engines.whoosh.shelf import Counts, Run, Shelf


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
#: What a word written with the accents that were typed counts beside its stem.
_SPELT_BOOST = 0.2


@dataclass(frozen=True, slots=True)
class Part:
    """Where a leaf is found in one field, and what that counts."""

    field: str
    boost: float
    found: Occurrences


@dataclass(frozen=True, slots=True)
class Lookup:
    """Looks leaves up in one of the indexes.

    Attributes:
        shelf: that index.
        places: which fields a leaf is looked up in.
        languages: of the stems that the index has.
        runs: documents to look at; None means all.
    """

    shelf: Shelf
    places: Mapping[str | None, Places]
    languages: tuple[str, ...]
    runs: Sequence[Run] | None = None

    def parts(self, leaf: Leaf) -> Iterator[Part]:
        """Where a leaf is found, field by field.

        Raises:
            UnsupportedQuery: it wasn't expanded before.
        """
        places = self.places.get(leaf.field, _NOWHERE)
        match leaf:
            case Word(text):
                words = analysis.words(text)
                yield from self._phrase(words, 0, places)
                if len(words) == 1:
                    surfaces = analysis.surfaces(text)
                    yield from self._stems(surfaces[0], places)
                    yield from self._spelt(surfaces, places)
            case Phrase(texts, slop):
                words = [word for text in texts for word in analysis.words(text)]
                yield from self._phrase(words, slop, places)
            case _:
                raise UnsupportedQuery("whoosh", type(leaf).__name__, f"{leaf!r} must be expanded first")

    def _phrase(self, words: Sequence[str], slop: int, places: Places) -> Iterator[Part]:
        for name, boost in places.words if words else ():
            if len(words) == 1:
                yield Part(name, boost, self.shelf.occurrences(name, words[0], self.runs))
            else:
                yield Part(name, boost, phrase_occurrences(self.shelf, name, words, slop, self.runs))

    def _stems(self, surface: str, places: Places) -> Iterator[Part]:
        """The word's stem in each language of the index, all counted as if they were one term.

        Otherwise an English word that one Russian report quotes would count as a rare Russian one there.
        """
        stems = {language: analysis.stem(surface, language) for language in self.languages if places.stems}
        terms = [stem_term(stem, language) for language, stem in stems.items() if stem]
        for name, boost in places.stems:
            yield Part(
                name, boost, _together(self.shelf.occurrences(name, term, self.runs) for term in terms)
            )

    def _spelt(self, surfaces: list[str], places: Places) -> Iterator[Part]:
        """The word with its accents, so that texts that write them rank before those that don't."""
        for word in analysis.spelt(surfaces):
            for name, boost in places.stems:
                found = self.shelf.occurrences(name, stem_term(word, ""), self.runs)
                yield Part(name, boost * _SPELT_BOOST, found)


def _together(terms: Iterator[Occurrences]) -> Occurrences:
    counts: Counts = {}
    frequency = 0
    for one in terms:
        frequency += one.frequency
        if not counts:
            counts = one.counts
            continue
        for doc, count in one.counts.items():
            counts[doc] = counts.get(doc, 0) + count
    return Occurrences(counts, frequency)
