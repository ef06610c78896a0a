"""Where a text answers a query, and the passage around it: one highlighter for all engines.

A word is marked when it equals a word of the query without regard to case and accents, or when it has the same stem in
the text's language. A phrase marks its words only where they stand together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tipsearch import analysis
from tipsearch.query.nodes import Phrase, Word, leaves

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tipsearch.analysis import Token
    from tipsearch.query.nodes import Node

Span = tuple[int, int]

#: Length of a passage in characters, and how far a cut may move to fall between words.
PASSAGE_LENGTH = 280
_SLACK = 40
#: Places where a passage could begin, and matches inside it, that are looked at: more on a page say nothing new.
_MOST_STARTS, _MOST_INSIDE = 200, 40
#: A word is looked at only if it begins like one that is wanted; so many letters are enough.
_HEAD = 3
#: Room for one word and what separates it from the next, in characters, where a phrase is looked for.
_WORD_WIDTH = 30
#: Letters outside ASCII among the first `_HEAD` of a word, with the letters behind them, and signs that aren't the usual
#: punctuation.
_FOREIGN = re.compile(
    r"[^\x00-\x7f\xa0-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\u2010-\u2027\u2030-\u205e]"
    rf"(?<![a-z0-9]{{{_HEAD}}}[^\x00-\x7f])(?:(?<=[^\W_])[^\W_]+)?"
)
_ASCII_WORD = re.compile(r"[a-z0-9]++(?![^\x00-\x7f])")
_SPACE = re.compile(r"\s")
_BREAK = re.compile(r"[\n\r\t\v\f]")


@dataclass(frozen=True, slots=True)
class Match:
    """A place that answers the query: what to mark there, and which leaf of the query it answers."""

    spans: tuple[Span, ...]
    leaf: int

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.spans[0][0]


class _Wanted(NamedTuple):
    """Single words that a query looks for, in one language: folded words and stems, each with its leaf's number."""

    words: dict[str, int]
    stems: dict[str, int]
    heads: frozenset[str]


class _Sequence(NamedTuple):
    """Words that must follow one another, with so many others between at most.

    Attributes:
        plain: finds them where nothing outside ASCII is around; None if words may stand between.
    """

    words: tuple[str, ...]
    slop: int
    leaf: int
    plain: re.Pattern[str] | None

    @classmethod
    def of(cls, words: tuple[str, ...], slop: int, leaf: int) -> _Sequence:
        """The sequence of these folded words."""
        is_plain = not slop and all(map(str.isascii, words))
        # As words are cut there: the possessive belongs to its word but isn't part of it.
        between = r"(?:'s\b)?+[\x00-\x2f\x3a-\x60\x7b-\x7f]+"
        pattern = rf"{between.join(words)}(?![a-z0-9]|[^\x00-\x7f])" if is_plain else ""
        return cls(words, slop, leaf, re.compile(pattern) if is_plain else None)


class Highlighter:
    """Finds the words of one query (already expanded: words and phrases) in texts."""

    def __init__(self, node: Node) -> None:
        self._words: list[tuple[str, str | None, int]] = []
        self._sequences: dict[str, list[_Sequence]] = defaultdict(list)
        for number, leaf in enumerate(dict.fromkeys(leaves(node))):
            # What was asked of the title or publisher alone is no answer in the text.
            if isinstance(leaf, Word | Phrase) and leaf.field is None:
                self._take(leaf, number)
        self._unspaced = any(
            analysis.has_unspaced_script("".join(words))
            for words in (
                *([word] for word, _, _ in self._words),
                *(one.words for several in self._sequences.values() for one in several),
            )
        )
        self._wanted = cache(self._wanted_in)

    def matches(self, text: str, language: str | None) -> list[Match]:
        """All places in the text that answer the query, in order."""
        wanted = self._wanted(language)
        paired = self._unspaced and analysis.has_unspaced_script(text)
        place = (None if paired else Scan.of(text)) or Cut(text)
        found: list[Match] = []
        if wanted.heads:
            found += _single_words(text, place.words(wanted.heads), wanted, language)
        if self._sequences:
            found += place.follow(self._sequences)
        return sorted(found, key=lambda match: (match.spans, match.leaf))

    def spans(self, text: str, language: str | None) -> tuple[Span, ...]:
        """What to mark in the text: sorted, without overlaps."""
        return _disjoint(span for match in self.matches(text, language) for span in match.spans)

    def passage(self, text: str, language: str | None) -> tuple[str, tuple[Span, ...]]:
        """The piece of the text that answers best, and what to mark in it; its beginning where nothing does."""
        matches = self.matches(text, language)
        start = _best_start(matches, len(text))
        return _cut(text, start, _disjoint(span for match in matches for span in match.spans))

    def _take(self, leaf: Word | Phrase, number: int) -> None:
        typed = (leaf.text,) if isinstance(leaf, Word) else leaf.words
        words = tuple(folded for word in typed for _, _, folded in analysis.tokens(word))
        if len(words) == 1:
            # A phrase of one word, as expansion makes them, wants that very word, not its other forms.
            self._words.append((words[0], leaf.text if isinstance(leaf, Word) else None, number))
        elif words:
            slop = leaf.slop if isinstance(leaf, Phrase) else 0
            self._sequences[words[0]].append(_Sequence.of(words, slop, number))

    def _wanted_in(self, language: str | None) -> _Wanted:
        words = {folded: number for folded, _, number in reversed(self._words)}
        stems = {}
        for _, typed, number in reversed(self._words):
            stem = analysis.stem(typed, language) if typed and language else None
            if stem:
                stems[stem] = number
        return _Wanted(words, stems, frozenset(one[:_HEAD] for one in (*words, *stems)))


class Cut:
    """A text cut into all its words, where they can't be told by their first letters."""

    def __init__(self, text: str) -> None:
        self._tokens = analysis.tokens(text)
        self._places: dict[str, list[int]] = defaultdict(list)
        for number, (_, _, word) in enumerate(self._tokens):
            self._places[word].append(number)

    def words(self, _: Iterable[str]) -> Sequence[Token]:
        """All words."""
        return self._tokens

    def follow(self, sequences: Mapping[str, Sequence[_Sequence]]) -> Iterator[Match]:
        """Where the words of sequences, given by their first words, follow one another."""
        for first, several in sequences.items():
            for begin in self._places.get(first, ()):
                for wanted in several:
                    yield from _follow(self._tokens, begin, 0, wanted)


class Scan:
    """A text in which words are found by their first letters.

    Looking for a few letters is 4 to 40 times faster than cutting a page into words, and few words are wanted.
    """

    def __init__(self, text: str, lowered: str) -> None:
        self._text = text
        self._lowered = lowered
        self._foreign = frozenset(() if lowered.isascii() else _foreign_starts(lowered))

    @classmethod
    def of(cls, text: str) -> Scan | None:
        """None where small letters are longer than the capital ones (Turkish İ), so that places would shift."""
        lowered = text.lower()
        return cls(text, lowered) if len(lowered) == len(text) else None

    def words(self, heads: Collection[str]) -> Iterator[Token]:
        """Words that begin with one of the heads (folded), and some others that have letters outside ASCII at their beginning."""
        for start in sorted(self._starts(heads)):
            plain = _ASCII_WORD.match(self._lowered, start)
            if plain:
                yield start, plain.end(), plain[0]
            else:
                yield from self._word(start)
        # Their heads are known once they are folded, which takes longer than to look at the first letter. A head of fewer
        # letters is a stem, whose words may begin otherwise.
        initials = None if any(len(head) < _HEAD for head in heads) else {head[0] for head in heads}
        for start in sorted(self._foreign):
            if initials is None or analysis.fold(self._lowered[start])[:1] in {"", *initials}:
                yield from self._word(start)

    def follow(self, sequences: Mapping[str, Sequence[_Sequence]]) -> Iterator[Match]:
        """Where the words of sequences, given by their first words, follow one another."""
        for start, _, word in self.words({first[:_HEAD] for first in sequences}):
            if several := sequences.get(word):
                yield from self._follow(start, several)

    def _follow(self, start: int, sequences: Sequence[_Sequence]) -> Iterator[Match]:
        """The sequences that begin at a place."""
        others = []
        for wanted in sequences:
            if wanted.plain and (found := wanted.plain.match(self._lowered, start)):
                yield Match((found.span(),), wanted.leaf)
            else:
                others.append(wanted)
        if not others:
            return
        width = _WORD_WIDTH * max(len(wanted.words) + wanted.slop for wanted in others)
        end = _end_of_word(self._text, min(len(self._text), start + width))
        piece = self._lowered[start:end]
        # Looking for letters costs a tenth of cutting words; most places hold the first word alone.
        likely = [
            one
            for one in others
            if not piece.isascii() or (one.plain is None and all(word in piece for word in one.words))
        ]
        tokens = analysis.tokens(self._text[start:end]) if likely else ()
        for wanted in likely:
            yield from _follow(tokens, 0, start, wanted)

    def _starts(self, heads: Iterable[str]) -> set[int]:
        found: set[int] = set()
        for head in heads:
            place = self._lowered.find(head)
            while place >= 0:
                if not place or not _in_word(self._lowered[place - 1]):
                    found.add(place)
                place = self._lowered.find(head, place + 1)
        return found - self._foreign

    def _word(self, start: int) -> Iterator[Token]:
        end = _end_of_word(self._text, start)
        is_spaced = not analysis.has_unspaced_script(self._text[start:end])
        if is_spaced and (token := analysis.word_at(self._lowered, start)):
            yield token
            return
        for first, last, word in analysis.tokens(self._text[start:end])[:1]:
            yield start + first, start + last, word


def _foreign_starts(text: str) -> Iterator[int]:
    for found in _FOREIGN.finditer(text):
        start = found.start()
        if _in_word(text[start]):
            while start and _in_word(text[start - 1]):
                start -= 1
        yield start


def _in_word(character: str) -> bool:
    return character.isalnum() or (not character.isascii() and unicodedata.category(character)[0] in "MC")


def _end_of_word(text: str, place: int) -> int:
    space = _SPACE.search(text, place)
    return space.start() if space else len(text)


def _single_words(
    text: str, tokens: Iterable[Token], wanted: _Wanted, language: str | None
) -> Iterator[Match]:
    words, stems, heads = wanted
    short = any(len(head) < _HEAD for head in heads)
    for start, end, word in tokens:
        leaf = words.get(word)
        if leaf is None and stems and (short or word[:_HEAD] in heads) and language:
            leaf = stems.get(analysis.stem(text[start:end], language) or "")
        if leaf is not None:
            yield Match(((start, end),), leaf)


def _follow(tokens: Sequence[Token], begin: int, shift: int, wanted: _Sequence) -> Iterator[Match]:
    """The match of a sequence that starts at a token: the stretches that have none but its words are marked."""
    if begin >= len(tokens) or tokens[begin][2] != wanted.words[0]:
        return
    places, last = [begin], min(begin + len(wanted.words) - 1 + wanted.slop, len(tokens) - 1)
    for word in wanted.words[1:]:
        place = next((one for one in range(places[-1] + 1, last + 1) if tokens[one][2] == word), None)
        if place is None:
            return
        places.append(place)
    spans = ((tokens[a][0] + shift, tokens[b][1] + shift) for a, b in _stretches(places))
    yield Match(tuple(spans), wanted.leaf)


def _stretches(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of the places that follow one another."""
    first = last = places[0]
    for place in places[1:]:
        if place != last + 1:
            yield first, last
            first = place
        last = place
    yield first, last


def _disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _best_start(matches: Sequence[Match], length: int) -> int:
    """Where a passage begins that answers most leaves of the query, then has most places; the earliest of several."""
    best, best_start = (0, 0), 0
    inside: Counter[int] = Counter()
    end = 0
    for number, match in enumerate(matches[:_MOST_STARTS]):
        last = match.start + PASSAGE_LENGTH - _SLACK
        while end < min(len(matches), number + _MOST_INSIDE) and matches[end].start < last:
            inside[matches[end].leaf] += 1
            end += 1
        value = (len(inside), end - number)
        if value > best:
            best, best_start = value, match.start
        inside[match.leaf] -= 1
        if not inside[match.leaf]:
            del inside[match.leaf]
    return max(0, min(best_start - _SLACK, length - PASSAGE_LENGTH))


def _cut(text: str, start: int, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """A passage from about `start` on, cut between words, on one line, with the spans inside it."""
    begin = _word_start(text, start)
    end = _word_end(text, min(len(text), begin + PASSAGE_LENGTH))
    piece = _BREAK.sub(" ", text[begin:end])
    stripped = piece.lstrip()
    begin += len(piece) - len(stripped)
    piece = stripped.rstrip()
    before, after = "…" if begin > 0 else "", "…" if end < len(text.rstrip()) else ""
    move = len(before) - begin
    inside = tuple((a + move, b + move) for a, b in spans if a >= begin and b <= begin + len(piece))
    return before + piece + after, inside


def _word_start(text: str, start: int) -> int:
    if start <= 0:
        return 0
    space = _SPACE.search(text, max(0, start - 1), start + _SLACK)
    return space.end() if space else start


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = max(text.rfind(" ", end - _SLACK, end), text.rfind("\n", end - _SLACK, end))
    return space if space > 0 else end
