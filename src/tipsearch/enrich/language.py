"""The language of a document and of each of its pages.

The script decides where it can (Thai, Khmer, Hangul …), telling letters and frequent words where one script has a few
languages (Arabic, Cyrillic, Devanagari). Among languages in Latin letters langdetect decides, once a document; frequent
words correct it where they speak clearly for one that it doesn't know (Malay, Hausa, Welsh …). A page is only compared
with the document's language by its share of frequent words, and given to langdetect if another language has more of
them. Everything is deterministic: langdetect is seeded.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipsearch.enrich import frequent, hints, scripts

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Characters that a document's language is decided by. langdetect is right on 99.3 % of paragraphs of 172 characters and
#: 92.6 % of four-word texts; all of this on 99.9 % of 902 pieces of 300 characters of the UDHR in 22 languages.
SAMPLE_LENGTH = 500
#: … of which langdetect gets the first, since it takes most of the time, and frequent words all.
STATISTICS_LENGTH = 300
#: … and a page's.
PAGE_SAMPLE_LENGTH = 400
#: With fewer letters nothing is said about a text in Latin letters.
MIN_LETTERS = 40
#: … and with fewer of another script, which mostly is its language.
MIN_OTHER_LETTERS = 4
#: A page with this share of its document's frequent words is in its language. English prose has 0.35 to 0.45, its
#: lists of sources 0.12 to 0.2, Spanish prose 0.05 English ones.
SAME_LANGUAGE_SHARE = 0.15
#: … and one with fewer words isn't given another language.
MIN_WORDS = 10

#: Running text has lines as long as this, and this share of letters and spaces.
MIN_LINE = 30
MIN_LINE_LETTERS = 0.8

_URL = re.compile(r"\S*(?:://|www\.|@)\S*")

#: Random walks over the n-grams that langdetect averages. With two instead of its own 7, and 300 characters instead of all,
#: the same languages are found in 902 pieces of the UDHR in 22 languages, 4,500 of interfaces in 70 languages and 715
#: of 717 pages of reports; 3 of 4,000 English pieces of 100 characters are taken for another language, as with 400.
TRIALS = 2


@dataclass(frozen=True, slots=True)
class Guess:
    """A language with the probability that its detector gave it, and the text it was read from."""

    language: str
    probability: float
    sample: str


def warm_up() -> None:
    """Load what detection needs, so that processes forked later share it."""
    _detector_factory()
    hints.languages_by_word()
    hints.blocks()
    hints.known()


def detect(text: str) -> Guess | None:
    """The language of a text; None if there is too little of it. Only the first `SAMPLE_LENGTH` characters count."""
    sample = _URL.sub(" ", text[: SAMPLE_LENGTH * 2])[:SAMPLE_LENGTH]
    letters = list(filter(str.isalpha, sample))
    script = scripts.main_script(letters)
    if script is None or len(letters) < (MIN_LETTERS if script == "Latin" else MIN_OTHER_LETTERS):
        return None
    language = scripts.language_of(script, letters, sample)
    return Guess(language, 1.0, sample) if language else _by_statistics(sample)


def detect_pages(texts: Sequence[str]) -> tuple[Guess | None, list[str | None]]:
    """The language of a document and of each page.

    Args:
        texts: the text of each page.

    Returns:
        The guess for the document (the language of most of its text), and a language a page: that of the document,
        where a page is too short to tell or says nothing else.
    """
    guess = detect(_sample(texts))
    if guess is None:
        return None, [None] * len(texts)
    pages = [_page_language(text, guess.language) for text in texts]
    lengths = Counter({guess.language: 0})
    for text, language in zip(texts, pages, strict=True):
        lengths[language] += len(text)
    # The first of equals is the document's own.
    main, length = lengths.most_common(1)[0]
    if main != guess.language:
        guess = Guess(main, length / lengths.total(), guess.sample)
    return guess, list(pages)


def contradicts(guess: Guess, declared: str) -> bool:
    """Whether what was detected speaks against another language that somebody declared.

    It doesn't if detection can't tell that language, or confuses it with a relative, as long as the letters may be its.
    """
    related = any({declared, guess.language} <= set(group.split()) for group in hints.hints().relatives)
    return not _is_latin(guess.sample) or (declared in hints.known() and not related)


def _is_latin(text: str) -> bool:
    return scripts.main_script(list(filter(str.isalpha, text))) == "Latin"


def _page_language(text: str, language: str) -> str:
    """The page's language, by default the document's."""
    sample = _middle(text, SAMPLE_LENGTH)
    if _is_mostly_ascii(sample):
        words = sample.lower().split()
        own = hints.words().get(language, frozenset())
        count = sum(word in own for word in words)
        if count >= SAME_LANGUAGE_SHARE * len(words) or not _another_is_likelier(words, language, count):
            return language
    guess = detect(_middle(text, PAGE_SAMPLE_LENGTH))
    return guess.language if guess else language


def _is_mostly_ascii(text: str) -> bool:
    """Whether it looks like Latin letters, without looking at each: accents are rare in all languages that have them."""
    return text.isascii() or len(text.encode("ascii", "ignore")) * 2 > len(text)


def _another_is_likelier(words: list[str], language: str, count: int) -> bool:
    """Whether enough of the words are frequent ones of another language, and more than of this one (`count`)."""
    if len(words) < MIN_WORDS:
        return False
    known = hints.languages_by_word()
    counts = Counter(other for word in words for other in known.get(word, ()))
    counts.pop(language, None)
    return max(counts.values(), default=0) >= max(SAME_LANGUAGE_SHARE * len(words), 1.5 * count)


def _middle(text: str, length: int) -> str:
    """Up to `length` characters around the middle, from the start of a word."""
    if len(text) <= length:
        return text
    start = (len(text) - length) // 2
    return text[start : start + length].partition(" ")[2] or text[start : start + length]


def _sample(texts: Sequence[str]) -> str:
    """Prose from the middle of a document: no title page, running heads, tables, addresses or lists of sources."""
    middle = texts[1 : max(2, round(len(texts) * 0.7))] or texts
    step = max(1, len(middle) // 3)
    chosen = [text for text in middle[::step] if text.strip()][:3]
    share = SAMPLE_LENGTH // max(1, len(chosen))
    prose = " ".join(_prose(text, share) for text in chosen)
    if sum(c.isalpha() for c in prose) >= MIN_LETTERS * 3:
        return prose
    return " ".join(_middle(text, SAMPLE_LENGTH) for text in texts[:4])


def _prose(text: str, length: int) -> str:
    """Up to `length` characters of lines that look like running text."""
    found: list[str] = []
    size = 0
    for line in _middle(text, 4 * length).splitlines():
        if len(line) < MIN_LINE or sum(c.isalpha() or c == " " for c in line) < MIN_LINE_LETTERS * len(line):
            continue
        found.append(line)
        size += len(line)
        if size >= length:
            break
    return " ".join(found)[:length]


def _by_statistics(sample: str) -> Guess | None:
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415 (only for Latin letters)

    detector = _detector_factory().create()
    detector.n_trial = TRIALS
    detector.append(sample[:STATISTICS_LENGTH])
    try:
        best = detector.get_probabilities()
    except LangDetectException:  # no n-gram that any profile knows
        return None
    if not best:
        return None
    language, probability = best[0].lang, best[0].prob
    better = frequent.likelier(frequent.words_of(sample), language)
    if better:
        language, probability = better
    return Guess(language, probability, sample)


@cache
def _detector_factory() -> Any:  # noqa: ANN401 (langdetect ships no types)
    """The factory of langdetect, with the profiles of the languages in Latin letters that matter here: 0.06 s instead of 0.26."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory  # noqa: PLC0415 (only for Latin letters)

    folder = Path(PROFILES_DIRECTORY)
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile([(folder / name).read_text("utf-8") for name in hints.hints().profiles])
    # A list of floats has a counter in each of them, so that a forked process that reads some copies 3 MB of memory.
    known = factory.word_lang_prob_map
    factory.word_lang_prob_map = {ngram: array("d", shares) for ngram, shares in known.items()}
    return factory
