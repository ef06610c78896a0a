"""The documents most like one: its translations, its own series, and others of the same matter."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby, islice
from threading import Lock
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.engines.base import Filter, YearRange
from tipsearch.errors import BadRequest
from tipsearch.query.nodes import And, Boost, Or, Phrase, Word
from tipsearch.search.request import MAX_SIZE
from tipsearch.search.similar import series, translation
from tipsearch.search.similar.profile import COGNATE, PAGES, Collection, Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tipsearch.catalogue import Catalogue, View
    from tipsearch.engines.base import Engine, Hit
    from tipsearch.model import Document
    from tipsearch.query.nodes import Node
    from tipsearch.vocabulary import Vocabularies

#: Words by which documents are looked for, and figures and names by which translations are.
_TERMS, _MARKS = 25, 24
#: … and beginnings of words, with how many words that begin so.
_COGNATES, _WORDS_OF_A_COGNATE = 24, 5
#: A word of the title counts so much beside one of the text.
_TITLE = 2.0
#: Documents looked at for each of the three relations; of candidates for a translation, how many in each language.
_MOST, _MOST_SIBLINGS, _MOST_FOREIGN, _MOST_OF_A_LANGUAGE = 30, 24, 32, 2
#: Documents like the one in its own language of which one may be the true original of what seems its translation.
_RIVALS = 3
#: Documents of which the text is read to see whether they are written on the same form.
_MOST_FORMS = 12
#: What a subject in common adds to the words in common, at most.
_SUBJECTS = 0.2
_MAIN_SUBJECTS = 5
#: A document that has less of the words, beside what the document itself has, is about something else.
_LEAST_SCORE = 0.1
#: Terms named as the reason, and pages in which they are looked for, so many characters of each.
_REASONS, _REASON_PAGES, _REASON_CHARACTERS = 5, 3, 4_000
#: Characters behind a word that don't all belong to a longer one: *migrant* stands in *migrants*, *port* isn't in *portrait*.
_ENDING = 3
_YEARS_APART = 1
#: Answers kept, of ten documents each: about 10 MB.
_MOST_KEPT = 100


class Relation(StrEnum):
    """What a document is to the one it is like."""

    TRANSLATION = "translation"
    SERIES = "series"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Similar:
    """A document that is like another one.

    Attributes:
        document: it.
        relation: the same publication in another language, another member of its series, or about the same.
        score: 0..1, how much alike they are: of `Relation.TRANSLATION` by what languages share, else by their words.
        terms: typical words of the one that stand in the other, the most telling first.
    """

    document: Document
    relation: Relation
    score: float
    terms: tuple[str, ...]


def find_similar(
    document: Document, limit: int, engine: Engine, view: View, vocabularies: Vocabularies
) -> tuple[Similar, ...]:
    """The documents most like one: translations first, then its series, then others; each by how near it is.

    Series and others share what room there is. The same library gives the same answer; ties are broken by id.

    Args:
        document: the one.
        limit: how many at most.
        engine: the library's index.
        view: its catalogue.
        vocabularies: its own.
    """
    search = _Search(document, engine, view, vocabularies)
    translations = search.translations()[:limit]
    taken = {one.id for one, _ in translations}
    siblings = [one for one in search.siblings() if one.id not in taken]
    taken |= {one.id for one in siblings}
    others = [one for one in search.others() if one[0].id not in taken]
    room = limit - len(translations)
    some = siblings[: max(room // 2, room - len(others))]
    found = [
        *((Relation.TRANSLATION, one, score) for one, score in translations),
        *((Relation.SERIES, one, search.scores.get(one.id, 0.0)) for one in some),
        *((Relation.SIMILAR, one, score) for one, score in others[: room - len(some)]),
    ]
    terms = search.terms_in([one for _, one, _ in found])
    return tuple(
        Similar(one, relation, round(min(score, 1.0), 3), terms[one.id]) for relation, one, score in found
    )


class MoreLikeThis:
    """Finds the documents most like one of a library, and keeps what was asked for last; safe to use from several threads."""

    def __init__(self, catalogue: Catalogue, vocabularies: Vocabularies) -> None:
        self._catalogue = catalogue
        self._vocabularies = vocabularies
        self._kept: OrderedDict[tuple[int, str, int], tuple[Similar, ...]] = OrderedDict()
        self._keeping = Lock()

    def find(self, document: Document, limit: int, engine: Engine, generation: int) -> tuple[Similar, ...]:
        """The documents most like one.

        Args:
            document: the one.
            limit: how many at most.
            engine: the library's index.
            generation: of the index; what is kept holds for this one.

        Raises:
            BadRequest: so many can't be asked for.
        """
        if not 1 <= limit <= MAX_SIZE:
            raise BadRequest("size", f"size is a number from 1 to {MAX_SIZE}, not {limit}")
        asked = (generation, document.id, limit)
        with self._keeping:
            if asked in self._kept:
                self._kept.move_to_end(asked)
                return self._kept[asked]
        with self._catalogue.view() as view:
            found = find_similar(document, limit, engine, view, self._vocabularies)
        with self._keeping:
            self._kept[asked] = found
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found


class _Search:
    """What is looked for on one document's behalf."""

    def __init__(self, document: Document, engine: Engine, view: View, vocabularies: Vocabularies) -> None:
        self.document = document
        self.engine = engine
        self.view = view
        self.vocabularies = vocabularies
        self.collection = Collection.of(engine)
        self.profile = self._profiles([document])[document.id]

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
        hits = self.engine.search(self._alike(), limit=_MOST + 1).hits
        whole = next((hit.score for hit in hits if hit.id == self.document.id), max(_scores(hits), default=1))
        return {hit.id: hit.score / (whole or 1) for hit in hits if hit.id != self.document.id}

    def others(self) -> list[tuple[Document, float]]:
        """Documents of the same matter with their scores, the best first."""
        mine = _subjects(self.document)
        found = []
        for one in self._likely.values():
            theirs = _subjects(one)
            common = len(mine & theirs) / max(1, len(mine | theirs))
            score = self.scores[one.id] * (1 + _SUBJECTS * common)
            if score >= _LEAST_SCORE:
                found.append((one, score))
        return sorted(found, key=lambda couple: (-couple[1], couple[0].id))

    def siblings(self) -> list[Document]:
        """Other members of the document's series, the same place and the nearest years first."""
        candidates = {**self._likely, **self._documents(self._of_its_name())}.values()
        regions = self.vocabularies.regions
        told = [(one, series.in_series(self.document, one, regions)) for one in candidates]
        likely = [one for one, is_member in told if is_member is None and self._is_alike(one)]
        open_ = self._profiles(likely[:_MOST_FORMS])
        found = [one for one, is_member in told if is_member]
        found += [one.document for one in open_.values() if series.of_one_form(self.profile, one)]
        return sorted(
            found,
            key=lambda one: (
                *series.distance(self.document, one, regions),
                -self.scores.get(one.id, 0.0),
                one.id,
            ),
        )

    def _is_alike(self, one: Document) -> bool:
        return self.scores.get(one.id, 0.0) >= _LEAST_SCORE

    def translations(self) -> list[tuple[Document, float]]:
        """The same publication in other languages, at most one in each, with how much they agree; by language."""
        documents = self._documents(self._foreign())
        likely = [
            one for one in documents.values() if translation.may_be(self.document, one, self.vocabularies)
        ]
        by_language = groupby(sorted(likely, key=lambda one: one.language or ""), lambda one: one.language)
        chosen = [one for _, some in by_language for one in list(some)[:_MOST_OF_A_LANGUAGE]]
        profiles = self._profiles(chosen)
        agreed: dict[str, list[tuple[translation.Agreement, str]]] = {}
        for one in chosen:
            if agreement := translation.compare(self.profile, profiles[one.id], self.vocabularies):
                agreed.setdefault(one.language or "", []).append((agreement, one.id))
        best = [one for _, some in sorted(agreed.items()) if (one := translation.best(some))]
        found = [(documents[id_], agreement) for agreement, id_ in best]
        return [
            (one, agreement.likeness)
            for one, agreement in found
            if not self._has_rival(profiles[one.id], agreement)
        ]

    def _has_rival(self, translated: Profile, agreement: translation.Agreement) -> bool:
        """Is another document in this one's language, such as another year's edition, nearer to a likely translation?"""
        own = [one for one in self._likely.values() if one.language == self.document.language]
        rivals = [
            one for one in own[:_RIVALS] if translation.may_be(one, translated.document, self.vocabularies)
        ]
        profiles = self._profiles(rivals)
        found = (translation.compare(one, translated, self.vocabularies) for one in profiles.values())
        return any(one.strength > agreement.strength for one in found if one)

    def terms_in(self, found: Sequence[Document]) -> dict[str, tuple[str, ...]]:
        """For each document the most telling words that it shares."""
        samples = self.view.samples(found, _REASON_PAGES)
        reasons = {}
        for one in found:
            texts = [
                one.title,
                one.abstract or "",
                *(text[:_REASON_CHARACTERS] for text in samples[one.id].texts),
            ]
            text = analysis.fold("\n".join(texts))
            held = (word for word in self.terms if _stands_in(word, text))
            reasons[one.id] = tuple(map(self.profile.spelling, islice(held, _REASONS)))
        return reasons

    @cached_property
    def _likely(self) -> dict[str, Document]:
        return self._documents(self.scores)

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

    def _alike(self) -> Node:
        return Or(
            tuple(Boost(Word(self.profile.spelling(one)), round(self._weights[one], 3)) for one in self.terms)
        )

    def _of_its_name(self) -> list[str]:
        """Documents with the words of the series' name in their title, those on the same places before others."""
        said = series.title_of(self.document, self.vocabularies.regions)
        if said is None:
            return []
        stop = analysis.stop_words(self.document.language or "en")
        names = [tuple(word for word in name if word not in stop) for name in (said.column, said.name)]
        ids: list[str] = []
        for name in names:
            if not name:
                continue
            node = And(tuple(Word(word, "title") for word in dict.fromkeys(name)))
            if said.places:
                ids += self._ids(node, [Filter("region", tuple(sorted(said.places)))], _MOST_SIBLINGS)
            ids += self._ids(node, [], _MOST_SIBLINGS)
        return ids

    def _foreign(self) -> list[str]:
        """Documents in other languages with the same numbers and names, the likeliest first."""
        own = self.document.language
        languages = tuple(sorted(one for one in self.collection.by_language if one != own))
        if not own or not languages:
            return []
        weights, names = self.profile.weights, self.profile.names
        held = (word for word, count in self.profile.frequencies.items() if count > 1)
        marks = sorted(
            (word for word in held if word.isdecimal() or word in names),
            key=lambda word: (-weights[word], word),
        )
        likely = {word: weights[word] for word in marks[:_MARKS]} | self._cognates()
        if not likely:
            return []
        node = Or(tuple(Boost(Phrase((word,)), round(weight, 3)) for word, weight in likely.items()))
        filters: list[Filter | YearRange] = [Filter("language", languages)]
        ids = self._ids(node, filters, _MOST_FOREIGN)
        if self.document.publisher and self.document.year:
            year = self.document.year
            filters += [Filter("publisher", (self.document.publisher,))]
            filters += [YearRange(year - _YEARS_APART, year + _YEARS_APART)]
            ids = [*self._ids(node, filters, _MOST_FOREIGN), *ids]
        return ids

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
        found = self.view.documents(wanted) if wanted else {}
        return {one: found[one] for one in wanted if one in found}

    def _profiles(self, documents: Sequence[Document]) -> dict[str, Profile]:
        samples = self.view.samples(documents, PAGES) if documents else {}
        return {one.id: Profile(one, samples[one.id], self.collection) for one in documents}

    def _stem(self, word: str) -> str:
        surface = self.profile.spelling(word)
        return analysis.stem(surface, self.document.language or "") or word


def _scores(hits: Sequence[Hit]) -> list[float]:
    return [hit.score for hit in hits]


def _subjects(document: Document) -> frozenset[tuple[str, str]]:
    """The main regions and topics of a document."""
    facets = (("region", document.regions), ("topic", document.topics))
    return frozenset((facet, tag.value) for facet, tags in facets for tag in tags[:_MAIN_SUBJECTS])


def _stands_in(word: str, text: str) -> bool:
    """Does a word stand in a folded text, as it is or with an ending of a few letters?"""
    if analysis.has_unspaced_script(word):
        return word in text
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[max(0, at - 1) : at].isalnum() and not text[end : end + _ENDING].isalnum():
            return True
        at = text.find(word, at + 1)
    return False
