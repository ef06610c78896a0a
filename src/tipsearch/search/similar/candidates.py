"""Which documents may be like one, as the index tells: by its typical words, by its title, by figures and names.

What they are to it is judged by `series`, `translation` and `find`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.engines.base import Filter, YearRange
from tipsearch.query.nodes import And, Boost, Or, Phrase, Prefer, Word
from tipsearch.search.similar import series
from tipsearch.search.similar.profile import COGNATE, PAGES, Collection, Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tipsearch.catalogue import View
    from tipsearch.engines.base import Engine
    from tipsearch.model import Document
    from tipsearch.query.nodes import Node
    from tipsearch.search.similar.editions import Edition
    from tipsearch.vocabulary import Vocabularies

#: Words by which documents are looked for, and figures and names by which translations are.
_TERMS, _MARKS = 25, 16
#: … and beginnings of words, with how many words that begin so.
_COGNATES, _WORDS_OF_A_COGNATE = 14, 4
#: A word of the title counts so much beside one of the text.
_TITLE = 2.0
#: Documents looked at, at least: of those with the same words, of each kind of those with the same title, of those in
#: other languages.
_MOST, _MOST_OF_A_NAME, _MOST_FOREIGN = 30, 16, 32
#: A translation that was published with its original came out within so many years.
_YEARS_APART = 1
#: Members of a series that stand so near, in years or numbers, are looked at before others.
_NEAR = 3


class Candidates:
    """Looks for the documents that may be like one.

    Attributes:
        document: the one.
        vocabularies: the library's.
        engine: its index.
        profile: the document's.
    """

    def __init__(
        self, document: Document, engine: Engine, view: View, vocabularies: Vocabularies, *, least: int
    ) -> None:
        """Look on behalf of a document for `least` others at least, if there are so many."""
        self.document = document
        self.vocabularies = vocabularies
        self.engine = engine
        self._view = view
        self._most = max(_MOST, 2 * least)
        self._collection = Collection.of(engine)
        self.profile = self.profiles([document])[document.id]

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The words by which others are looked for, the most telling first; of those with one stem the best."""
        weights = self._weights
        stems: dict[str, str] = {}
        for word in sorted(weights, key=lambda word: (-weights[word], word)):
            stems.setdefault(self._stem(word), word)
            if len(stems) == _TERMS:
                break
        return tuple(stems.values())

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """The documents that have most of these words, with how much beside the document itself, the best first."""
        if not self.terms:
            return {}
        leaves = (Boost(Word(self.profile.spelling(one)), round(self._weights[one], 3)) for one in self.terms)
        found = {
            hit.id: hit.score for hit in self.engine.search(Or(tuple(leaves)), limit=self._most + 1).hits
        }
        # The document itself has all of the words, so it comes first, unless the index hasn't taken it in yet.
        whole = found.pop(self.document.id, None) or max(found.values(), default=0.0) or 1.0
        return {id_: score / whole for id_, score in found.items()}

    @cached_property
    def likely(self) -> dict[str, Document]:
        """The same documents."""
        return self._documents(self.scores)

    def of_its_name(self) -> dict[str, Document]:
        """Documents with the words of the series' name in their title."""
        said = series.title_of(self.document, self.vocabularies.regions)
        if said is None:
            return {}
        ids: list[str] = []
        for node in self._names(said):
            if said.places:
                ids += self._ids(node, [Filter("region", tuple(sorted(said.places)))], _MOST_OF_A_NAME)
            if self.document.publisher:
                ids += self._ids(node, [Filter("publisher", (self.document.publisher,))], _MOST_OF_A_NAME)
            ids += self._ids(node, [], _MOST_OF_A_NAME)
        return self._documents(ids)

    def foreign(self) -> dict[str, Document]:
        """Documents in other languages with the same numbers, names and beginnings of words, the likeliest first."""
        own = self.document.language
        languages = tuple(sorted(one for one in self._collection.by_language if one != own))
        marks = self._marks() if own and languages else {}
        if not marks:
            return {}
        node = Or(tuple(Boost(Phrase((word,)), round(weight, 3)) for word, weight in marks.items()))
        elsewhere = Filter("language", languages)
        ids: list[str] = []
        if self.document.publisher and (year := self.document.year):
            beside = YearRange(year - _YEARS_APART, year + _YEARS_APART)
            published = Filter("publisher", (self.document.publisher,))
            ids = self._ids(node, [elsewhere, published, beside], _MOST_FOREIGN)
        return self._documents([*ids, *self._ids(node, [elsewhere], _MOST_FOREIGN)])

    def profiles(self, documents: Sequence[Document]) -> dict[str, Profile]:
        """Profiles of documents by id."""
        samples = self._view.samples(documents, PAGES) if documents else {}
        return {one.id: Profile(one, samples[one.id], self._collection) for one in documents}

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """The words that some other document has as well, no numbers, with their weights; those of the title count more."""
        in_title = set(analysis.words(self.document.title))
        weights, held = self.profile.weights, self.profile.frequencies
        return {
            word: weight * (_TITLE if word in in_title else 1.0)
            for word, weight in weights.items()
            if held[word] > 1 and not word.isdecimal()
        }

    def _names(self, said: Edition) -> Iterator[Node]:
        """Titles with the words of a series' name, the years or numbers next to the document's own before others."""
        stop = analysis.stop_words(self.document.language or "en")
        for name, own in ((said.column, {said.position}), (said.name, said.years)):
            words = dict.fromkeys(word for word in name if word not in stop)
            if not words:
                continue
            near = sorted({int(one) + step for one in own for step in range(-_NEAR, _NEAR + 1)})
            node = And(tuple(Word(word, "title") for word in words))
            yield Prefer(node, Or(tuple(Word(str(one), "title") for one in near))) if near else node

    def _marks(self) -> dict[str, float]:
        """What a translation has as well, by what is telling: numbers and names, and words that may be cognates."""
        weights, names = self.profile.weights, self.profile.names
        held = (word for word, count in self.profile.frequencies.items() if count > 1)
        marks = sorted(
            (word for word in held if word.isdecimal() or word in names),
            key=lambda word: (-weights[word], word),
        )
        return {word: weights[word] for word in marks[:_MARKS]} | self._cognates()

    def _cognates(self) -> dict[str, float]:
        """Words of the library that begin as the document's most telling ones do, but aren't in it."""
        across = self.profile.across
        telling = sorted((key for key in across if len(key) == COGNATE), key=lambda key: (-across[key], key))
        return {
            word: across[key]
            for key in telling[:_COGNATES]
            for word, _ in self.engine.terms(key, _WORDS_OF_A_COGNATE)
            if word not in self.profile.words
        }

    def _ids(self, node: Node, filters: Sequence[Filter | YearRange], limit: int) -> list[str]:
        return [hit.id for hit in self.engine.search(node, filters, limit=limit).hits]

    def _documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """These documents in this order, each once, without the one itself."""
        wanted = [one for one in dict.fromkeys(ids) if one != self.document.id]
        found = self._view.documents(wanted) if wanted else {}
        return {one: found[one] for one in wanted if one in found}

    def _stem(self, word: str) -> str:
        return analysis.stem(self.profile.spelling(word), self.document.language or "") or word
