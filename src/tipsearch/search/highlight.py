"""Where a text answers a query, and the passage around it: one highlighter for all engines.

A word is marked when it equals a word of the query without regard to case and accents, or when it has the same stem in
the text's language. A phrase marks its words only where they stand together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tipsearch import analysis
from tipsearch.query.nodes import Phrase, Word, leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipsearch.analysis import Token
    from tipsearch.query.nodes import Node

Span = tuple[int, int]

#: Length of a passage in characters, and how far a cut may move to fall between words.
PASSAGE_LENGTH = 280
_SLACK = 40
#: Places where a passage could begin, and matches inside it, that are looked at: more on a page say nothing new.
_MOST_STARTS, _MOST_INSIDE = 200, 40
#: A word is stemmed only if it begins like a stem that is wanted; looking at so many letters is enough.
_HEAD = 3


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
    """Words that must follow one another, with so many others between at most."""

    words: tuple[str, ...]
    slop: int
    leaf: int


class Highlighter:
    """Finds the words of one query (already expanded: words and phrases) in texts."""

    def __init__(self, node: Node) -> None:
        self._words: list[tuple[str, str, int]] = []
        self._sequences: list[_Sequence] = []
        for number, leaf in enumerate(dict.fromkeys(leaves(node))):
            if isinstance(leaf, Word | Phrase):
                self._take(leaf, number)
        self._wanted = cache(self._wanted_in)

    def matches(self, text: str, language: str | None) -> list[Match]:
        """All places in the text that answer the query, in order."""
        if not self._words and not self._sequences:
            return []
        tokens = analysis.tokens(text)
        found = list(_single_words(text, tokens, self._wanted(language), language))
        for sequence in self._sequences:
            found += _in_sequence(tokens, sequence)
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
        if isinstance(leaf, Word) and len(words) == 1:
            self._words.append((words[0], leaf.text, number))
        elif words:
            self._sequences.append(_Sequence(words, leaf.slop if isinstance(leaf, Phrase) else 0, number))

    def _wanted_in(self, language: str | None) -> _Wanted:
        words = {folded: number for folded, _, number in reversed(self._words)}
        stems = {}
        for _, typed, number in reversed(self._words):
            stem = analysis.stem(typed, language) if language else None
            if stem:
                stems[stem] = number
        return _Wanted(words, stems, frozenset(stem[:_HEAD] for stem in stems))


def _single_words(
    text: str, tokens: Iterable[Token], wanted: _Wanted, language: str | None
) -> Iterator[Match]:
    words, stems, heads = wanted
    short = any(len(head) < _HEAD for head in heads)
    for start, end, word in tokens:
        leaf = words.get(word)
        if leaf is None and heads and (short or word[:_HEAD] in heads) and language:
            leaf = stems.get(analysis.stem(text[start:end], language) or "")
        if leaf is not None:
            yield Match(((start, end),), leaf)


def _in_sequence(tokens: Sequence[Token], wanted: _Sequence) -> Iterator[Match]:
    """Where the words follow one another; without slop the whole stretch is marked, else each word."""
    first = wanted.words[0]
    for begin, token in enumerate(tokens):
        if token[2] != first:
            continue
        places = _follow(tokens, begin, wanted)
        if places and wanted.slop:
            yield Match(tuple((tokens[one][0], tokens[one][1]) for one in places), wanted.leaf)
        elif places:
            yield Match(((token[0], tokens[places[-1]][1]),), wanted.leaf)


def _follow(tokens: Sequence[Token], begin: int, wanted: _Sequence) -> list[int]:
    places, last = [begin], begin + len(wanted.words) - 1 + wanted.slop
    for word in wanted.words[1:]:
        stop = min(last, len(tokens) - 1)
        place = next((one for one in range(places[-1] + 1, stop + 1) if tokens[one][2] == word), None)
        if place is None:
            return []
        places.append(place)
    return places


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
    for number, match in enumerate(matches):
        if number > 200:  # noqa: PLR2004  a page that repeats a word thousands of times needs no better passage
            break
        inside = [
            one for one in matches[number : number + 40] if one.start < match.start + PASSAGE_LENGTH - _SLACK
        ]
        value = (len({one.leaf for one in inside}), len(inside))
        if value > best:
            best, best_start = value, match.start
    return max(0, min(best_start - _SLACK, length - PASSAGE_LENGTH))


def _cut(text: str, start: int, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """A passage from about `start` on, cut between words, on one line, with the spans inside it."""
    begin = _word_start(text, start)
    end = _word_end(text, min(len(text), begin + PASSAGE_LENGTH))
    piece = text[begin:end].translate(_ONE_LINE)
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
    space = re.compile(r"\s").search(text, max(0, start - 1), start + _SLACK)
    return space.end() if space else start


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = max(text.rfind(" ", end - _SLACK, end), text.rfind("\n", end - _SLACK, end))
    return space if space > 0 else end


_ONE_LINE = {ord("\n"): " ", ord("\r"): " ", ord("\t"): " ", 0x0B: " ", 0x0C: " "}
