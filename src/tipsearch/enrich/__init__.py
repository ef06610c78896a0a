"""What a text says about itself: its language, the places and topics it is about.

`enrich` takes an extraction and returns one with more facts, each with its evidence. It needs no network and no
state, and the same text always gets the same facts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tipsearch.enrich import given, kinds, language, places, regions, topics
from tipsearch.model import Evidence, Fact, Field, Origin, Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipsearch.model import Extraction, Record

__all__ = ["enrich", "warm_up"]

#: Languages with less than this share of a document's text are those of quotations and sources.
QUOTATION_SHARE = 0.2
#: Facts that only this package makes; made anew each time.
_OURS = frozenset({Field.REGION, Field.TOPIC, Field.TYPE})
_FROM_TEXT = "text"


def warm_up() -> None:
    """Load profiles and build matchers once, so that processes forked later share them."""
    language.warm_up()
    places.warm_up()
    topics.warm_up()
    given.warm_up()
    kinds.warm_up()


def enrich(extraction: Extraction) -> Extraction:
    """The extraction with languages, regions, topics and types detected, and the source's own words made facet values.

    A card is judged by its title, tags and teaser alone. Enriching twice changes nothing.
    """
    return replace(
        extraction, records=tuple(_enrich_record(one, extraction.media_type) for one in extraction.records)
    )


def _enrich_record(record: Record, media_type: str) -> Record:
    guess, page_languages = language.detect_pages([page.text for page in record.pages])
    pages = tuple(
        replace(page, language=found) if found else page
        for page, found in zip(record.pages, page_languages, strict=True)
    )
    facts = given.resolve(fact for fact in record.facts if not _is_ours(fact))
    facts = _with_language(facts, guess)
    title = record.first(Field.TITLE)
    titles = (title,) if title else ()
    spoken = next((fact.value for fact in facts if fact.field is Field.LANGUAGE), None) or _spoken(title)
    text = _quotations_as_own(pages) if any(page.text for page in pages) else _abstracts(record, spoken)
    facts += regions.detect(titles, text, spoken)
    facts += topics.detect(titles, text, spoken)
    facts += kinds.detect(record.kind, media_type, facts, pages, spoken)
    return replace(record, facts=tuple(_each_once(facts)), pages=pages)


def _spoken(title: str | None) -> str | None:
    """The language of a title, where nothing else is known."""
    guess = language.detect(title or "")
    return guess.language if guess else None


def _is_ours(fact: Fact) -> bool:
    if fact.origin is not Origin.DETECTED:
        return False
    from_text = fact.field is Field.LANGUAGE and any(
        evidence.where == _FROM_TEXT for evidence in fact.evidence
    )
    return from_text or fact.field in _OURS


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
    """Each statement once, the weightiest; statements of different origin are different."""
    best: dict[tuple[Field, str, Origin], Fact] = {}
    for fact in facts:
        key = (fact.field, fact.value, fact.origin)
        if key not in best or fact.weight > best[key].weight:
            best[key] = fact
    return best.values()
