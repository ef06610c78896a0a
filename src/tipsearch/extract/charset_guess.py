"""Which old character set a text is in, where nothing that can be trusted says so.

Of a single-byte set, the letters tell: read rightly, nearly all bytes above 127 are letters of one language's alphabet;
read wrongly, many become symbols, letters of other languages, or capitals inside words. Accented Latin letters stand
among ASCII ones, those of other scripts never do. Of a double-byte set, the first bytes tell: the frequent characters
of GB 2312, Big5, KS X 1001 and JIS X 0208 lie in rows of their own (the method of "A composite approach to
language/encoding detection", Li and Momoi 2001, whose tables of frequent characters these rows replace). All tables
are in `data/charsets.json`. It takes a millisecond, as bytes are counted once and weighed by tables.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from tipsearch.paths import data_file

#: What a byte counts as, of the text's bytes above 127. A capital counts a little less than a small letter, by which
#: KOI8 and windows-1251 differ; a double-byte character less than a letter and more than a mere symbol would.
_SMALL, _CAPITAL, _DOUBLE = 1.0, 0.96, 0.95
#: Nearly all bytes are Thai letters, so that Thai explains double-byte text as well as that set itself.
_THAI = 0.94
#: The sets of double bytes stand with the one of the fewest frequent rows first, which another can hold.
_NARROWER = 0.02
#: A character that no text holds speaks against its set.
_IMPOSSIBLE = -1.0
_FIRST_HIGH = 128
#: The commonest set by far; English has nothing but its curly quotes, which are letters in others.
_USUAL = "cp1252"
_DOUBT = 0.05
#: Bytes above 127 beside a Latin letter, and in runs longer than accented letters ever make.
_TOUCHING = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_LONG_RUN = re.compile(rb"[\x80-\xff]{4,}")
_RUN = re.compile(rb"[\x80-\xff]+")
#: Thai parts phrases by spaces, not words, so that its runs are longer (bytes, on average).
_THAI_RUN = 8
_ALL_BYTES = bytes(range(256))
#: Bytes that are looked at: more of them change nothing.
SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class Guess:
    """A character set, as Python names it, and how well it explains the text: 1 is all of it, 0 or less nothing."""

    codec: str
    fit: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """One language in one single-byte set: what each of the 256 bytes says for it."""

    language: str
    is_latin: bool
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Charsets:
    """The tables of `data/charsets.json`.

    Attributes:
        labels: what pages mean by a label, by the Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels).
        codecs: all that a page may declare, under their Python names.
        single_byte: name to its languages.
        double_byte: name to the first bytes of frequent characters.
    """

    labels: dict[str, str]
    codecs: frozenset[str]
    single_byte: dict[str, tuple[_Reading, ...]]
    double_byte: dict[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class _Bytes:
    """The bytes above 127 of a sample: how often each occurs, and how they stand."""

    counts: tuple[tuple[int, int], ...]
    total: int
    touching: float
    in_long_runs: float
    mean_run: float


@cache
def charsets() -> Charsets:
    """The tables, read once per process; every codec in them is loaded, for a child process may not be able to."""
    raw = json.loads(data_file("charsets.json").read_text(encoding="utf-8"))
    names = {*raw["labels"].values(), *raw["also_declared"], *raw["single_byte"], *raw["double_byte"]}
    for name in names:
        codecs.lookup(name)
    punctuation = raw["punctuation"]
    return Charsets(
        labels=raw["labels"],
        codecs=frozenset(names),
        single_byte={
            name: tuple(_reading(name, one, raw["alphabets"][one], punctuation) for one in languages)
            for name, languages in raw["single_byte"].items()
        },
        double_byte={
            name: frozenset(lead for first, last in rows for lead in range(first, last + 1))
            for name, rows in raw["double_byte"].items()
        },
    )


def guess(data: bytes) -> Guess:
    """The character set that explains the text best; windows-1252 with a fit of 0 where none explains anything."""
    sample = data[:SAMPLE]
    high = _survey(sample)
    singles = [Guess(name, _single_fit(name, high)) for name in charsets().single_byte]
    best = max(singles, key=lambda one: one.fit)
    usual = max(Guess(_USUAL, 0.0), *(one for one in singles if one.codec == _USUAL), key=lambda one: one.fit)
    best = best if best.fit > usual.fit + _DOUBT else usual
    wide = Guess(_USUAL, 0.0)
    for name in charsets().double_byte:
        explained = _double_fit(name, sample)
        wide = Guess(name, explained) if explained > wide.fit + _NARROWER else wide
    return max(best, wide, key=lambda one: one.fit)


def fit(data: bytes, codec: str) -> float | None:
    """How well a character set explains a text; None if nothing is known about that set."""
    sample = data[:SAMPLE]
    if codec in charsets().single_byte:
        return _single_fit(codec, _survey(sample))
    return _double_fit(codec, sample) if codec in charsets().double_byte else None


def _survey(sample: bytes) -> _Bytes:
    counts = tuple((byte, count) for byte, count in Counter(sample).items() if byte >= _FIRST_HIGH)
    total = sum(count for _, count in counts)
    runs = _RUN.findall(sample)
    return _Bytes(
        counts=counts,
        total=total,
        touching=sum(1 for _ in _TOUCHING.finditer(sample)) / max(total, 1),
        in_long_runs=sum(map(len, _LONG_RUN.findall(sample))) / max(total, 1),
        mean_run=total / max(len(runs), 1),
    )


def _single_fit(name: str, high: _Bytes) -> float:
    return max((_reading_fit(reading, high) for reading in charsets().single_byte[name]), default=0.0)


def _reading_fit(reading: _Reading, high: _Bytes) -> float:
    if not high.total:
        return 0.0
    explained = sum(reading.weights[byte] * count for byte, count in high.counts) / high.total
    if reading.language == "th":
        explained *= _THAI * min(1.0, high.mean_run / _THAI_RUN)
    return explained - (high.in_long_runs if reading.is_latin else high.touching)


def _double_fit(name: str, sample: bytes) -> float:
    """The share of its characters that begin like frequent ones, if the sample can be read at all."""
    decoder = codecs.getincrementaldecoder(name)()
    try:
        text = decoder.decode(sample)
    except UnicodeDecodeError:
        return _IMPOSSIBLE
    wide = [character for character in text if ord(character) >= _FIRST_HIGH]
    if not wide:
        return 0.0
    rows = charsets().double_byte[name]
    encoded = (character.encode(name, "replace") for character in wide)
    return _DOUBLE * sum(len(one) > 1 and one[0] in rows for one in encoded) / len(wide)


def _reading(name: str, language: str, alphabet: str, punctuation: str) -> _Reading:
    small, capitals = frozenset(alphabet), frozenset(alphabet.upper()) | frozenset(punctuation)
    # Each byte is a character of its own, that of an unassigned one U+FFFD.
    weights = tuple(_weight(character, small, capitals) for character in _ALL_BYTES.decode(name, "replace"))
    return _Reading(language, is_latin=alphabet[0] < "\u0250", weights=weights)


def _weight(character: str, small: frozenset[str], capitals: frozenset[str]) -> float:
    if character in small:
        return _SMALL
    if character in capitals:
        return _CAPITAL
    is_control = "\x7f" <= character <= "\x9f"
    return _IMPOSSIBLE if is_control or character == "\N{REPLACEMENT CHARACTER}" else 0.0
