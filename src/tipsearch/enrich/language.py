"""The language of a document and of each of its pages.

The script decides where it can (Thai, Khmer, Hangul …), telling letters where one script has a few languages (Arabic,
Cyrillic), frequent words in Devanagari; among languages in Latin letters langdetect decides, once a document. A page is
only compared with the document's language by its share of frequent words, and given to langdetect if another language
has more of them. Everything is deterministic: langdetect is seeded.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Characters that a document's language is decided by. langdetect is right on 99.3 % of paragraphs of 172 characters and
#: 92.6 % of four-word texts; on pieces of the UDHR in 22 languages 500 characters say what 1,000 say.
SAMPLE_LENGTH = 500
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


class _Hints(msgspec.Struct, frozen=True):
    """What tells languages apart without statistics (``language_hints.json``).

    Attributes:
        profiles: languages that langdetect is asked to tell apart.
        scripts: script to its ranges of code points, in hexadecimal, in multiples of 16.
        by_script: scripts of (practically) one language.
        letters: script to languages in order, each with its own letters and the percentage of them it takes.
        stop_words: frequent words by language, separated by spaces.
    """

    profiles: tuple[str, ...]
    scripts: dict[str, str]
    by_script: dict[str, str]
    letters: dict[str, tuple[tuple[str, str, float], ...]]
    stop_words: dict[str, str]


#: Random walks over the n-grams that langdetect averages. With 2 instead of its own 7 all of 1,089 pieces (200 to 1,000
#: characters) of the UDHR in 22 languages, and 190 pages of reports, get the same language in a third of the time.
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
    _languages_by_word()
    _blocks()


def detect(text: str) -> Guess | None:
    """The language of a text; None if there is too little of it. Only the first `SAMPLE_LENGTH` characters count."""
    sample = _URL.sub(" ", text[: SAMPLE_LENGTH * 2])[:SAMPLE_LENGTH]
    letters = [c for c in sample if c.isalpha()]
    script = _main_script(letters)
    if script is None or len(letters) < (MIN_LETTERS if script == "Latin" else MIN_OTHER_LETTERS):
        return None
    if script == "Latin":
        return _by_statistics(sample)
    return Guess(_by_script(script, letters, sample), 1.0, sample)


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


def is_latin(text: str) -> bool:
    """Whether most letters of a text are Latin."""
    return _main_script([c for c in text if c.isalpha()]) == "Latin"


def knows(language: str) -> bool:
    """Whether detection can tell this language, so that its word against it counts."""
    hints = _hints()
    by_letters = {name for table in hints.letters.values() for name, _, _ in table}
    return language in hints.stop_words or language in hints.by_script.values() or language in by_letters


def _page_language(text: str, language: str) -> str:
    """The page's language, by default the document's."""
    sample = _middle(text, SAMPLE_LENGTH)
    if _is_mostly_ascii(sample):
        words = sample.lower().split()
        own = _stop_words().get(language, frozenset())
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
    known = _languages_by_word()
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


def _by_script(script: str, letters: list[str], sample: str) -> str:
    if script in _hints().letters:
        counts = Counter(letters)
        for language, own, percent in _hints().letters[script]:
            if sum(counts[letter] for letter in own) * 100 >= percent * len(letters):
                return language
    if script == "Devanagari":
        words = sample.split()
        return max(("hi", "ne", "mr"), key=lambda name: sum(word in _stop_words()[name] for word in words))
    if script == "Han" and sum(_blocks().get(ord(c) >> 4) == "Kana" for c in letters) * 20 >= len(letters):
        return "ja"
    return _hints().by_script[script]


def _main_script(letters: Sequence[str]) -> str | None:
    blocks = _blocks()
    counts = Counter(blocks.get(ord(c) >> 4) for c in letters)
    counts.pop(None, None)
    return max(counts, key=lambda script: counts[script]) if counts else None


def _by_statistics(sample: str) -> Guess | None:
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415 (only for Latin letters)

    detector = _detector_factory().create()
    detector.n_trial = TRIALS
    detector.append(sample)
    try:
        best = detector.get_probabilities()
    except LangDetectException:  # no n-gram that any profile knows
        return None
    return Guess(best[0].lang, best[0].prob, sample) if best else None


@cache
def _detector_factory() -> Any:  # noqa: ANN401 (langdetect ships no types)
    """The factory of langdetect, with the profiles of the languages in Latin letters that matter here: 0.06 s instead of 0.26."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory  # noqa: PLC0415 (only for Latin letters)

    folder = Path(PROFILES_DIRECTORY)
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile([(folder / name).read_text("utf-8") for name in _hints().profiles])
    return factory


@cache
def _hints() -> _Hints:
    return msgspec.json.decode(data_file("language_hints.json").read_bytes(), type=_Hints)


@cache
def _stop_words() -> Mapping[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _hints().stop_words.items()}


@cache
def _languages_by_word() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _stop_words().items():
        for word in words:
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _blocks() -> Mapping[int, str]:
    """Script by code point divided by 16."""
    table: dict[int, str] = {}
    for script, ranges in _hints().scripts.items():
        for first, last in (part.split("-") for part in ranges.split()):
            table.update(dict.fromkeys(range(int(first, 16) >> 4, (int(last, 16) >> 4) + 1), script))
    return table
