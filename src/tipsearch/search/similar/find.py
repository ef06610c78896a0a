"""The documents most like one: its translations, its own series, and others of the same matter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.search.similar import series, translation
from tipsearch.search.similar.candidates import Candidates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.catalogue import View
    from tipsearch.engines.base import Engine
    from tipsearch.model import Document
    from tipsearch.search.similar.profile import Profile
    from tipsearch.vocabulary import Vocabularies

#: Candidates for a translation of which the text is read, in each language.
_MOST_OF_A_LANGUAGE = 2
#: Documents like the one in its own language of which one may be the true original of what seems its translation.
_RIVALS = 3
#: Documents of which the text is read to see whether they are written on the same form.
_MOST_FORMS = 12
#: What a subject in common adds to the words in common, at most.
_SUBJECTS = 0.2
_MAIN_SUBJECTS = 5
#: A document that has less of the words, beside what the document itself has, is about something else.
_LEAST_SCORE = 0.1
#: What words in common weigh of the most telling words, as many as are named: of less nobody sees why it is listed.
_LEAST_TELLING = 0.12
#: Terms named as the reason, and pages in which they are looked for, so many characters of each.
_REASONS, _REASON_PAGES, _REASON_CHARACTERS = 5, 2, 4_000
#: Characters behind a word that don't all belong to a longer one: *migrant* stands in *migrants*, *port* isn't in *portrait*.
_ENDING = 3


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
    candidates = Candidates(document, engine, view, vocabularies, least=limit)
    translations = _translations(candidates)[:limit]
    taken = {one.id for one, _ in translations}
    siblings = [one for one in _siblings(candidates) if one.id not in taken]
    taken |= {one.id for one in siblings}
    others = [one for one in _others(candidates) if one[0].id not in taken]
    room = limit - len(translations)
    some = siblings[: max(room // 2, room - len(others))]
    found = [
        *((Relation.TRANSLATION, one, score) for one, score in translations),
        *((Relation.SERIES, one, candidates.scores.get(one.id, 0.0)) for one in some),
        *((Relation.SIMILAR, one, score) for one, score in others[: room - len(some)]),
    ]
    held = _reasons(candidates, [one for _, one, _ in found], view)
    spelt = candidates.profile.spelling
    return tuple(
        Similar(one, relation, round(min(score, 1.0), 3), tuple(map(spelt, held[one.id])))
        for relation, one, score in found
        if relation is not Relation.SIMILAR or _is_telling(candidates, held[one.id])
    )


def _is_telling(candidates: Candidates, held: Sequence[str]) -> bool:
    """Do words in common say enough of the document? «system, reported» don't of one on quarries."""
    weights = candidates.profile.weights
    most = sum(weights[word] for word in islice(candidates.terms, _REASONS))
    return sum(weights[word] for word in held) > _LEAST_TELLING * most


def _others(candidates: Candidates) -> list[tuple[Document, float]]:
    """Documents of the same matter with their scores, the best first."""
    mine = _subjects(candidates.document)
    found = []
    for one in candidates.likely.values():
        theirs = _subjects(one)
        common = len(mine & theirs) / max(1, len(mine | theirs))
        score = candidates.scores[one.id] * (1 + _SUBJECTS * common)
        if score >= _LEAST_SCORE:
            found.append((one, score))
    return sorted(found, key=lambda couple: (-couple[1], couple[0].id))


def _siblings(candidates: Candidates) -> list[Document]:
    """Other members of the document's series, the same place and the nearest years first."""
    own, regions, scores = candidates.document, candidates.vocabularies.regions, candidates.scores
    likely = {**candidates.likely, **candidates.of_its_name()}.values()
    told = [(one, series.in_series(own, one, regions)) for one in likely]
    untold = [one for one, is_member in told if is_member is None and scores.get(one.id, 0.0) >= _LEAST_SCORE]
    read = candidates.profiles(untold[:_MOST_FORMS]).values()
    found = [one for one, is_member in told if is_member]
    found += [one.document for one in read if series.of_one_form(candidates.profile, one)]
    return sorted(
        found, key=lambda one: (*series.distance(own, one, regions), -scores.get(one.id, 0.0), one.id)
    )


def _translations(candidates: Candidates) -> list[tuple[Document, float]]:
    """The same publication in other languages, at most one in each, with how much they agree; by language."""
    by_language = groupby(_foreign(candidates), lambda one: one.language)
    chosen = [one for _, some in by_language for one in islice(some, _MOST_OF_A_LANGUAGE)]
    profiles = candidates.profiles(chosen)
    found = []
    for _, some in groupby(profiles.values(), lambda one: one.document.language):
        compared = {one.document.id: _compared(candidates, candidates.profile, one) for one in some}
        best = translation.best((agreement, id_) for id_, agreement in compared.items() if agreement)
        if best and not _has_rival(candidates, profiles[best[1]], best[0]):
            found.append((profiles[best[1]].document, best[0].likeness))
    return found


def _compared(candidates: Candidates, one: Profile, other: Profile) -> translation.Agreement | None:
    return translation.compare(one, other, candidates.engine, candidates.vocabularies)


def _foreign(candidates: Candidates) -> list[Document]:
    """Documents in other languages against which nothing speaks, by language, the likeliest first."""
    own, vocabularies = candidates.document, candidates.vocabularies
    likely = [one for one in candidates.foreign().values() if translation.may_be(own, one, vocabularies)]
    return sorted(likely, key=lambda one: one.language or "")


def _has_rival(candidates: Candidates, translated: Profile, agreement: translation.Agreement) -> bool:
    """Is another document in this one's language, such as another year's edition, nearer to a likely translation?"""
    own, vocabularies = candidates.document, candidates.vocabularies
    same = [one for one in candidates.likely.values() if one.language == own.language][:_RIVALS]
    rivals = [one for one in same if translation.may_be(one, translated.document, vocabularies)]
    profiles = candidates.profiles(rivals).values()
    found = (_compared(candidates, one, translated) for one in profiles)
    return any(one.strength > agreement.strength for one in found if one)


def _reasons(candidates: Candidates, found: Sequence[Document], view: View) -> dict[str, tuple[str, ...]]:
    """For each document the most telling words that it shares, folded."""
    samples = view.samples(found, _REASON_PAGES)
    reasons = {}
    for one in found:
        texts = (text[:_REASON_CHARACTERS] for text in samples[one.id].texts)
        text = analysis.fold("\n".join((one.title, one.abstract or "", *texts)))
        held = (word for word in candidates.terms if _stands_in(word, text))
        reasons[one.id] = tuple(islice(held, _REASONS))
    return reasons


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
