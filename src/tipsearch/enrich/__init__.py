"""What a text says about itself: its language, the places and topics it is about.

`enrich` takes an extraction and returns one with more facts, each with its evidence. It needs no network and no
state, and the same text always gets the same facts from the same vocabularies. With others, `retag` gives a record the
facts that it would have got from those; `Tagger` stamps it with what it was told by.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tipsearch.enrich import given, kinds, language, places, regions, roles, topics, zones
from tipsearch.enrich.tagger import Tagger, fingerprint
from tipsearch.model import Evidence, Fact, Field, Origin, Page
from tipsearch.vocabulary import standard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipsearch.model import Extraction, Record
    from tipsearch.vocabulary import Vocabularies

__all__ = ["Tagger", "enrich", "fingerprint", "retag", "warm_up"]

#: Languages with less than this share of a document's text are those of quotations and sources.
QUOTATION_SHARE = 0.2
#: Facts that only this package makes; made anew each time.
_OURS = frozenset({Field.REGION, Field.TOPIC, Field.ROLE, Field.TYPE})
_FROM_TEXT = "text"


def warm_up(vocabularies: Vocabularies | None = None, languages: Iterable[str] = ("en",)) -> None:
    """Load profiles and build matchers once, so that processes forked later share them.

    Args:
        vocabularies: those that come with the program if None.
        languages: of the texts to come; what one in another language needs is made for it, which takes 70 ms.
    """
    spoken = tuple(languages)
    known = vocabularies or standard()
    language.warm_up()
    places.warm_up(spoken)
    roles.warm_up()
    zones.warm_up()
    topics.warm_up(known.topics, spoken)
    given.warm_up(known)
    kinds.warm_up()


def enrich(extraction: Extraction, vocabularies: Vocabularies | None = None) -> Extraction:
    """The extraction with languages, regions, topics and types detected, and the source's own words made facet values.

    A card is judged by its title, tags and teaser alone. Enriching twice changes nothing.

    Args:
        extraction: as read, or enriched before.
        vocabularies: those that come with the program if None.
    """
    known = vocabularies or standard()
    records = tuple(_enriched(record, extraction.media_type, known) for record in extraction.records)
    return replace(extraction, records=records)


def retag(record: Record, media_type: str, vocabularies: Vocabularies, *, languages: bool) -> Record:
    """A record that was enriched before, as if it had been enriched by these vocabularies the first time.

    Args:
        record: with its pages.
        media_type: what its file is.
        vocabularies: those of today.
        languages: whether its languages are to be told anew as well.
    """
    if languages:
        bare = tuple(replace(page, language=None) for page in record.pages)
        return _enriched(replace(record, pages=bare), media_type, vocabularies)
    said = given.as_said(fact for fact in record.facts if not _is_ours(fact))
    return _with_subjects(record, given.resolve(said, vocabularies), media_type, vocabularies)


def _enriched(record: Record, media_type: str, vocabularies: Vocabularies) -> Record:
    guess, page_languages = language.detect_pages([page.text for page in record.pages])
    pages = tuple(
        replace(page, language=found) if found else page
        for page, found in zip(record.pages, page_languages, strict=True)
    )
    said = given.as_said(fact for fact in record.facts if not (_is_ours(fact) or _is_from_text(fact)))
    facts = _with_language(given.resolve(said, vocabularies), guess)
    return _with_subjects(replace(record, pages=pages), facts, media_type, vocabularies)


def _with_subjects(record: Record, facts: list[Fact], media_type: str, vocabularies: Vocabularies) -> Record:
    """The record with these facts, and what it is about and of what kind it is."""
    pages = record.pages
    title = record.first(Field.TITLE)
    titles = (title,) if title else ()
    spoken = next((fact.value for fact in facts if fact.field is Field.LANGUAGE), None) or _spoken(title)
    text = _quotations_as_own(pages) if any(page.text for page in pages) else _abstracts(record, spoken)
    bodies = zones.bodies(text)
    facts += regions.detect(titles, bodies, spoken)
    facts += topics.detect(titles, bodies, spoken, vocabularies.topics)
    facts += kinds.detect(record.kind, media_type, facts, pages, spoken)
    return replace(record, facts=tuple(_each_once(facts)))


def _spoken(title: str | None) -> str | None:
    """The language of a title, where nothing else is known."""
    guess = language.detect(title or "")
    return guess.language if guess else None


def _is_ours(fact: Fact) -> bool:
    return fact.origin is Origin.DETECTED and fact.field in _OURS


def _is_from_text(fact: Fact) -> bool:
    """Is it the language that its text was found to be in?"""
    return (
        fact.origin is Origin.DETECTED
        and fact.field is Field.LANGUAGE
        and any(evidence.where == _FROM_TEXT for evidence in fact.evidence)
    )


def _with_language(facts: list[Fact], guess: language.Guess | None) -> list[Fact]:
    """The facts with the text's language first; a declared one only stays if the text doesn't contradict it.

    Templates declare ``en-US`` over texts in any language, so the text is believed. But a declared language stands that
    detection can't tell, or only with difficulty (Malay from Indonesian).
    """
    if guess is None:
        return facts
    declared = [fact for fact in facts if fact.field is Field.LANGUAGE]
    others = [fact for fact in facts if fact.field is not Field.LANGUAGE]
    if any(not language.contradicts(guess, fact.value) for fact in declared if fact.value != guess.language):
        return declared + others
    evidence = Evidence(_FROM_TEXT, " ".join(guess.sample[:200].split()))
    detected = Fact(Field.LANGUAGE, guess.language, Origin.DETECTED, round(guess.probability, 3), (evidence,))
    return [detected, *(fact for fact in declared if fact.value == guess.language), *others]


def _quotations_as_own(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The pages with those few in another language taken as the document's own.

    A page or two in another language is an annex or a list of sources. Looking for that language's names of places and
    topics there would find little, and each process would have to build the tables for it first (30 ms).
    """
    lengths = Counter[str | None]()
    for page in pages:
        lengths[page.language] += len(page.text)
    (main, _), *_ = lengths.most_common(1)
    minor = {name for name, length in lengths.items() if length < QUOTATION_SHARE * lengths.total()}
    return tuple(replace(page, language=main) if page.language in minor else page for page in pages)


def _abstracts(record: Record, spoken: str | None) -> tuple[Page, ...]:
    """What is known of a text that isn't there; said twice is said once."""
    texts = dict.fromkeys(record.all(Field.ABSTRACT))
    return tuple(Page(number, text, None, spoken) for number, text in enumerate(texts, start=1))


def _each_once(facts: Iterable[Fact]) -> Iterable[Fact]:
    """Each statement once, the weightiest, whatever their order.

    What a tag means is another one than what was said so, or told by another.
    """
    best: dict[tuple[Field, str, Origin, bool], Fact] = {}
    for fact in facts:
        key = (fact.field, fact.value, fact.origin, given.is_of_words(fact))
        if key not in best or _precedence(fact) < _precedence(best[key]):
            best.pop(
                key, None
            )  # it stands where it is said best, so that saying it once more changes nothing
            best[key] = fact
    return best.values()


def _precedence(fact: Fact) -> tuple[float, tuple[tuple[str, str, int, tuple[int, ...]], ...]]:
    """What is said first of several, by ascending order."""
    return -fact.weight, tuple((one.where, one.quote, one.count, one.pages) for one in fact.evidence)
