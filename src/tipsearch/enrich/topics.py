"""Decides which topics of the thesaurus a document is about.

Compounds of the field ("debt bondage") are strong signs, bare words ("law", "health", "training") weak ones, since
nearly every report has them. A topic needs its mention in the title, or enough mentions for the length of the text.
Broader topics aren't added: the index does that.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tipsearch.enrich.matcher import Matcher, flatten, lower
from tipsearch.enrich.tally import Tally, facts
from tipsearch.model import Field
from tipsearch.vocabulary import topics

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.enrich.zones import Body
    from tipsearch.model import Fact

#: Topics a document, at most.
MAX_TOPICS = 10
#: A strong term counts 1, a bare word this much in the text and this much in a title.
BARE_WEIGHT = 0.2
BARE_TITLE_WEIGHT = 0.5
#: Mentions that a topic needs in the text, by its length in characters (of a teaser one, of a page two).
MIN_COUNTS = ((800, 1.0), (2_500, 2.0), (float("inf"), 3.0))
#: … its score per 1,000 words,
MIN_DENSITY = 0.8
#: … and this part of the score of the topic mentioned most.
MIN_OF_LEADER = 0.08
#: Bare words alone need so many mentions, and so many per 1,000 words: "law" has 8 in a report on child labour with
#: a chapter on the law, "training" 3 to 5.
MIN_BARE_COUNT = 8
MIN_BARE_DENSITY = 12.0
#: Characters a word, to estimate the number of words (English 6.1, Spanish 6.2, Russian 7.3 with the space).
_CHARACTERS_PER_WORD = 6.2
#: British to American spelling; terms are in the British one.
_SPELLINGS = (("labour", "labor"), ("isation", "ization"), ("programme", "program"), ("centre", "center"))
#: Languages whose terms also match with an "s" more or less at the end.
_PLURAL_LANGUAGES = frozenset({"en", "es", "fr", "pt"})


@dataclass(frozen=True, slots=True)
class Term:
    """What a term means.

    Attributes:
        value: the topic.
        bare: a common word, see the module.
        exact: an acronym, which must stand in the text with this case.
    """

    value: str
    bare: bool = False
    exact: str = ""


def warm_up() -> None:
    """Build what texts in English need."""
    _matcher("en")


def detect(titles: Sequence[str], bodies: Sequence[Body], language: str | None) -> tuple[Fact, ...]:
    """The topics of a document as facts, the main one first.

    Args:
        titles: its title (or titles).
        bodies: its text (see `zones.bodies`).
        language: the language of the titles.

    Returns:
        At most `MAX_TOPICS` facts of origin ``detected``, weights from 1 down.
    """
    tallies: dict[str, Tally] = {}
    bare: Counter[str] = Counter()
    for title in titles:
        for term, start, end in _find(flatten(title), language):
            weight = BARE_TITLE_WEIGHT if term.bare else 1.0
            tallies.setdefault(term.value, Tally(term.value)).entitle(title[start:end], weight)
    for body in bodies:
        for term, start, end in _find(body.text, body.language):
            weight = BARE_WEIGHT if term.bare else 1.0
            place = body.where(start, end)
            tallies.setdefault(term.value, Tally(term.value)).take(
                body.text[start:end], weight, body.page, place
            )
            bare[term.value] += term.bare
    length = sum(len(body.text) for body in bodies)
    return facts(Field.TOPIC, _choose(tallies, bare, length))


def _choose(tallies: dict[str, Tally], bare: Counter[str], length: int) -> list[Tally]:
    """The topics with evidence enough, at most `MAX_TOPICS`."""
    top = max((tally.score for tally in tallies.values()), default=0.0)
    needed = next(count for limit, count in MIN_COUNTS if length < limit)
    thousands = max(length, 1) / _CHARACTERS_PER_WORD / 1000
    strongly = max(needed, MIN_DENSITY * thousands, MIN_OF_LEADER * top)
    barely = max(MIN_BARE_COUNT, MIN_BARE_DENSITY * thousands)
    chosen = [
        tally
        for tally in tallies.values()
        if tally.title
        or tally.score - BARE_WEIGHT * bare[tally.value] >= strongly
        or bare[tally.value] >= barely
    ]
    chosen.sort(key=lambda tally: (-tally.title, -tally.score, tally.value))
    return chosen[:MAX_TOPICS]


def _find(flat: str, language: str | None) -> list[tuple[Term, int, int]]:
    matcher = _matcher(language if language in _languages() else "en")
    return [
        (term, start, end)
        for term, start, end in matcher.find(lower(flat))
        if not term.exact or flat[start:end] == term.exact
    ]


@cache
def _languages() -> frozenset[str]:
    return frozenset(language for concept in topics().data for language in concept.terms)


@cache
def _matcher(language: str) -> Matcher[Term]:
    patterns: dict[str, Term] = {}
    for form, term in _terms(language):
        patterns.setdefault(form, term)
    return Matcher(patterns)


def _terms(language: str) -> Iterator[tuple[str, Term]]:
    """All forms, in lower case, with their meaning; English ones in every language, since reports quote them."""
    for concept in topics().data:
        for acronym in concept.acronyms:
            yield acronym.lower(), Term(concept.value, exact=acronym)
    for concept in topics().data:
        for name in dict.fromkeys(("en", language)):
            for text in concept.terms.get(name, ()):
                yield from ((form, Term(concept.value)) for form in _forms(text, name))
    for concept in topics().data:
        for text in (text for texts in concept.bare.values() for text in texts):
            yield from ((form, Term(concept.value, bare=True)) for form in _forms(text, "en"))


def _forms(term: str, language: str) -> set[str]:
    base = term.lower()
    forms = {base}
    if language == "en":
        for british, american in _SPELLINGS:
            forms |= {form.replace(british, american) for form in forms}
    if language in _PLURAL_LANGUAGES and base[-1].isalpha():
        forms |= {
            form.removesuffix("s") if form.endswith("s") and not form.endswith("ss") else f"{form}s"
            for form in forms
        }
    return forms
