"""Decides which topics of the thesaurus a document is about.

Compounds of the field ("debt bondage") are strong signs, bare words ("law", "health", "training") weak ones, since
nearly every report has them. A topic needs its mention in the title, or enough mentions for the length of the text.
Broader topics aren't added: the index does that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tipsearch import vocabulary
from tipsearch.analysis.spelling import american
from tipsearch.enrich.matcher import Matcher, flatten, lower
from tipsearch.enrich.tally import Tally, facts
from tipsearch.model import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tipsearch.enrich.zones import Body
    from tipsearch.model import Fact
    from tipsearch.vocabulary import Vocabulary

#: Topics a document, at most.
MAX_TOPICS = 16
#: What mentions count: of a strong term 1, of a bare word this much in the text and this much in a title. Those in the
#: beginning and in headings count more (`tally.FACTORS`).
BARE_WEIGHT = 0.25
BARE_TITLE_WEIGHT = 0.5
#: A topic needs this score (a teaser of a few sentences has one mention of what it is about),
MIN_SCORE = 1.0
#: … for a text of w thousand words this one times w to that power: 1 for 540 words, 2.5 for a thousand,
SCORE_OF_A_THOUSAND, GROWTH = 2.5, 1.5
#: … up to one that is enough however long the text is,
ENOUGH = 6.0
#: … and this part of the score of the topic mentioned most. Of 720 such settings these are right for texts of all
#: lengths at once: F1 .87 on 80 documents labelled for it, .86 on 40 others, .87 on the sample (tests/quality).
MIN_OF_LEADER = 0.08
#: Bare words alone need so many times the score: nearly every report has some law, some training and some health in it.
BARE_FACTOR = 2.0
#: Characters a word, to estimate the number of words (English 6.1, Spanish 6.2, Russian 7.3 with the space).
_CHARACTERS_PER_WORD = 6.2
#: Characters on both sides in which a word is looked for that makes a narrower topic of a mention, within its sentence.
_NEAR = 160
_SENTENCE_ENDS = (". ", "; ", "。", "؟", "! ", "? ")
#: Not the second of a pair: "women and children" are people, not children.
_AND = r"(?<!\band )(?<!\by )(?<!\be )(?<!\bet )(?<!\bdan )"
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


def warm_up(thesaurus: Vocabulary, languages: Iterable[str] = ("en",)) -> None:
    """Build what texts in these languages need."""
    for language in languages:
        _find("", language, thesaurus)


def detect(
    titles: Sequence[str],
    bodies: Sequence[Body],
    language: str | None,
    thesaurus: Vocabulary | None = None,
) -> tuple[Fact, ...]:
    """The topics of a document as facts, the main one first.

    Args:
        titles: its title (or titles).
        bodies: its text (see `zones.bodies`).
        language: the language of the titles.
        thesaurus: the topics; the program's own if None.

    Returns:
        At most `MAX_TOPICS` facts of origin ``detected``, weights from 1 down.
    """
    tallies = count(titles, bodies, language, thesaurus or vocabulary.topics())
    return facts(Field.TOPIC, choose(tallies, sum(len(body.text) for body in bodies)))


def count(
    titles: Sequence[str], bodies: Sequence[Body], language: str | None, thesaurus: Vocabulary
) -> dict[str, TopicTally]:
    """How often and where a document speaks of each topic; arguments as of `detect`."""
    tallies: dict[str, TopicTally] = {}
    for title in titles:
        for term, start, end in _find(flatten(title), language, thesaurus):
            tally = tallies.setdefault(term.value, TopicTally(term.value))
            tally.entitle(title[start:end], BARE_TITLE_WEIGHT if term.bare else 1.0)
    for body in bodies:
        for term, start, end in _find(body.text, body.language, thesaurus):
            tally = tallies.setdefault(term.value, TopicTally(term.value))
            tally.add(term, body, start, end)
    return tallies


@dataclass(slots=True)
class TopicTally(Tally):
    """What is known of one topic in one document.

    Attributes:
        strong: the part of its score that strong terms made.
    """

    strong: float = 0.0

    def add(self, term: Term, body: Body, start: int, end: int) -> None:
        """Count a mention in the text."""
        before, place = self.score, body.where(start, end)
        self.take(body.text[start:end], BARE_WEIGHT if term.bare else 1.0, body.page, place)
        if not term.bare:
            self.strong += self.score - before


def choose(tallies: Mapping[str, TopicTally], length: int) -> list[TopicTally]:
    """The topics with evidence enough in a text of that length (characters), at most `MAX_TOPICS`."""
    top = max((tally.score for tally in tallies.values()), default=0.0)
    thousands = length / _CHARACTERS_PER_WORD / 1000
    by_length = min(ENOUGH, SCORE_OF_A_THOUSAND * thousands**GROWTH)
    needed = max(MIN_SCORE, by_length, MIN_OF_LEADER * top)
    chosen = [tally for tally in tallies.values() if tally.score >= needed * _factor(tally)]
    chosen.sort(key=lambda tally: (-tally.title, -tally.score, tally.value))
    return chosen[:MAX_TOPICS]


def _factor(tally: TopicTally) -> float:
    """What part of the evidence otherwise needed a topic needs."""
    if tally.title:
        return 0.0
    return 1.0 if tally.strong else BARE_FACTOR


def _find(flat: str, language: str | None, thesaurus: Vocabulary) -> list[tuple[Term, int, int]]:
    """The terms in a text that `flatten` has gone over, from left to right."""
    spoken = language if language in _languages(thesaurus) else "en"
    matcher, narrower, small = _matcher(thesaurus, spoken), _narrower(thesaurus, spoken), lower(flat)
    return [
        (_narrowed(term, narrower, small, start, end) if term.value in narrower else term, start, end)
        for term, start, end in matcher.find(small)
        if term is not None and (not term.exact or flat[start:end] == term.exact)
    ]


def _narrowed(
    term: Term, narrower: Mapping[str, tuple[Term, re.Pattern[str]]], text: str, start: int, end: int
) -> Term:
    """The narrower topic that is meant, if one of its words stands in the same sentence: exploitation of children."""
    meant, words = narrower[term.value]
    first = max(text.rfind(sign, max(0, start - _NEAR), start) for sign in _SENTENCE_ENDS)
    last = min(
        filter(lambda place: place >= 0, (text.find(sign, end, end + _NEAR) for sign in _SENTENCE_ENDS)),
        default=end + _NEAR,
    )
    found = not term.bare and words.search(text, first if first >= 0 else max(0, start - _NEAR), last)
    return meant if found else term


@cache
def _narrower(thesaurus: Vocabulary, language: str) -> dict[str, tuple[Term, re.Pattern[str]]]:
    """By topic, the one below it that words near a mention make of it, and these words."""
    found: dict[str, tuple[Term, re.Pattern[str]]] = {}
    for concept in thesaurus.data:
        words = [word for name in dict.fromkeys((language, "en")) for word in concept.near.get(name, ())]
        if words and concept.parent:
            pattern = _AND + "(?:" + "|".join(map(_whole, words)) + ")"
            found[concept.parent] = Term(concept.value), re.compile(pattern)
    return found


@cache
def _languages(thesaurus: Vocabulary) -> frozenset[str]:
    return frozenset(language for concept in thesaurus.data for language in concept.terms)


@cache
def _matcher(thesaurus: Vocabulary, language: str) -> Matcher[Term | None]:
    """All forms, in lower case, with their meaning; English ones in every language, since reports quote them."""
    forms: dict[str, Term | None] = {}
    # Of a form with several meanings the last one written counts.
    for name in dict.fromkeys(("en", language)):
        forms |= _weak(thesaurus, name)
    for name in dict.fromkeys(("en", language)):
        forms |= _strong(thesaurus, name)
    for name in dict.fromkeys(("en", language)):
        forms |= _others(thesaurus, name)
    return Matcher(forms | _acronyms(thesaurus))


@cache
def _others(thesaurus: Vocabulary, language: str) -> dict[str, None]:
    """Phrases that mean something else."""
    phrases = (text for concept in thesaurus.data for text in concept.other.get(language, ()))
    return dict.fromkeys(form for text in phrases for form in _forms(text, language))


def _whole(word: str) -> str:
    """A pattern for a word; in scripts without spaces it may stand within another one."""
    plain = re.escape(word.lower())
    return rf"\b{plain}\b" if word[0] < "\u0e00" else plain


@cache
def _acronyms(thesaurus: Vocabulary) -> dict[str, Term]:
    return {
        acronym.lower(): Term(concept.value, exact=acronym)
        for concept in reversed(thesaurus.data)
        for acronym in concept.acronyms
    }


@cache
def _strong(thesaurus: Vocabulary, language: str) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for concept in thesaurus.data:
        term = Term(concept.value)
        # A label that is both, as a concept's own name that is a common word, is a bare one.
        weak = {text.lower() for text in concept.bare.get(language, ())}
        for text in concept.terms.get(language, ()):
            if text.lower() not in weak:
                for form in _forms(text, language):
                    found.setdefault(form, term)
    return found


@cache
def _weak(thesaurus: Vocabulary, language: str) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for concept in thesaurus.data:
        term = Term(concept.value, bare=True)
        for text in concept.bare.get(language, ()):
            for form in _forms(text, language):
                found.setdefault(form, term)
    return found


def _forms(term: str, language: str) -> set[str]:
    """A term as it may be printed: in British and American spelling, with and without a final s, with straight apostrophes."""
    base = term.lower().replace("’", "'")
    forms = {base}
    if language == "en":
        forms.add(" ".join(map(american, base.split(" "))))
        if "-" in base:
            forms |= {form.replace("-", " ") for form in forms}
    if language in _PLURAL_LANGUAGES and base[-1].isalpha():
        forms |= {_other_number(form) for form in forms}
    return forms


def _other_number(form: str) -> str:
    """The plural of a singular, or the singular of a plural, as far as an s makes it."""
    return form.removesuffix("s") if form.endswith("s") and not form.endswith("ss") else f"{form}s"
