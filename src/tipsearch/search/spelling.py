"""Did you mean: misspelt words of a query and what they were probably meant to be, from the index's own words.

A word that the index has is taken to be right, unless it is very rare and one slip away from a very frequent one: a false
offer is worse than none. What is offered is the typed text with other words in the same places, and it has been searched
for before: it finds something. A word that the library lacks may be right all the same, in another language say, so only
a correction that is likely enough by itself is searched for unasked where the text as typed finds nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise, product
from math import log, log1p
from typing import TYPE_CHECKING, NamedTuple

from tipsearch import analysis, query
from tipsearch.query.caps import MAX_CHARACTERS
from tipsearch.query.nodes import Phrase, Word, leaves
from tipsearch.search.dictionary import DICTIONARIES, is_correctable, undoubled
from tipsearch.search.known import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.engines.base import Engine, Filter, YearRange
    from tipsearch.query.nodes import Node
    from tipsearch.search.dictionary import Candidate, Dictionary
    from tipsearch.vocabulary import Vocabularies

#: Misspelt words of one query; a text with more of them is in a language that the library doesn't have.
_MOST_MISSPELT = 4
#: Corrections looked at for one word, and whole queries tried.
_MOST_OPTIONS, _MOST_TRIES = 4, 8
#: A word in so few documents may be misspelt all the same …
_RARE = 2
#: … if it is long and one slip away from a word that is so many times as frequent.
_RARE_LENGTH, _RARE_RATIO, _SLIP_LENGTH = 7, 50, 9
#: Two errors in a shorter word, or in a name, are too many, and so they are for a word that is rare itself.
_TWO_ERRORS_LENGTH, _TWO_ERRORS_COUNT = 7, 3
#: A short word has many neighbours: only those in one of so many documents are looked at.
_SHORT_LENGTH, _SHORT_SHARE = 5, 200
#: Words that run together or fell apart, beside one error in a word (both in natural logarithms, see `dictionary`).
_SPACE_COST = 4.0
_SHORTEST_PART = 3
#: What a result of the whole query counts, and one of a pair of words side by side; so many pairs are counted.
_RESULTS_WEIGHT, _PAIR_WEIGHT = 0.5, 1.0
_MOST_PAIRS = 16
#: Two errors are sure in words of so many letters; in shorter ones if letters changed places or were doubled.
_SURE_LENGTH = 8
#: Libraries of so many documents have a word in two of them, if it is to be searched for unasked.
_SURE_IN_TWO = 20
_FIELD = re.compile(r"(\w+):[\"(]?$")
_EXCLUDED = re.compile(r"(?:^|[\s(])-[\"(]?$")
_PATTERN = frozenset("*?~")
#: Characters before a word among which a field's name is looked for.
_FIELD_WIDTH = 32
#: The one field whose words are words of texts; the values of others are names.
_TEXT_FIELD = "title"
#: Languages in which a word and its other forms are known to be the same word.
_LANGUAGES = ("en", "es", "fr", "pt", "it", "de", "ru", "ar", "id")


class _Token(NamedTuple):
    """A word in the text typed: where it stands, and its folded form."""

    start: int
    end: int
    word: str


class Correction(NamedTuple):
    """A text in a better spelling, and whether that is likely enough to be searched for unasked."""

    text: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Option:
    """Another way to write a piece of the text; `is_sure` as of the whole."""

    start: int
    end: int
    text: str
    likelihood: float
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Speller:
    """Corrects queries to one index.

    Attributes:
        engine: it.
        generation: of it.
        vocabularies: the library's; their names are right.
        filters: that hold for the query.
        match: whether ``all`` or ``any`` of the words side by side must be found.
    """

    engine: Engine
    generation: int
    vocabularies: Vocabularies
    filters: Sequence[Filter | YearRange] = ()
    match: str = "all"

    def better(self, text: str, node: Node) -> Correction | None:
        """The text with what was probably meant, None if nothing in it looks misspelt or nothing better finds anything.

        Costs one look at the dictionary where all words are well known.

        Args:
            text: as typed.
            node: its tree, before anything was expanded.

        Raises:
            EngineFailed: the engine broke.
        """
        tokens = _tokens(text, node) if len(text) <= MAX_CHARACTERS else []
        if not tokens:
            return None
        counts = self.engine.frequencies(list(dict.fromkeys(token.word for token in tokens)))
        doubtful = [
            place for place, token in enumerate(tokens) if counts[token.word] <= self._rare(token.word)
        ]
        doubtful = [place for place in doubtful if not is_known(tokens[place].word, self.vocabularies)]
        if not 0 < len(doubtful) <= _MOST_MISSPELT:
            return None
        dictionary = DICTIONARIES.of(self.engine, self.generation)
        options = [self._options(text, tokens, place, counts, dictionary) for place in doubtful]
        wanted = [best for best in options if best]
        return self._best(text, wanted) if wanted else None

    def _rare(self, word: str) -> int:
        """So few documents make a word doubtful."""
        return _RARE if len(word) >= _RARE_LENGTH else 0

    def _options(
        self,
        text: str,
        tokens: Sequence[_Token],
        place: int,
        counts: Mapping[str, int],
        dictionary: Dictionary,
    ) -> list[_Option]:
        """What a doubtful word may have been meant to be, the likeliest first."""
        token = tokens[place]
        typed, count = text[token.start : token.end], counts[token.word]
        found = [*_joined(text, tokens, place, counts, dictionary)]
        if count == 0:
            found += self._parted(token, typed, dictionary)
        if _may_be_misspelt(typed, token.word):
            for one in islice(_meant(typed, token.word, count, dictionary), _MOST_OPTIONS):
                is_sure = _is_sure(token.word, one, dictionary.documents)
                found.append(
                    _Option(token.start, token.end, _spelt(one.word, typed), one.likelihood, is_sure)
                )
        return sorted(found, key=lambda one: -one.likelihood)[:_MOST_OPTIONS]

    def _parted(self, token: _Token, typed: str, dictionary: Dictionary) -> Iterator[_Option]:
        """Two words that ran together, if the index has them side by side."""
        word, counts = token.word, dictionary.counts
        if len(word) != len(typed):
            return
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            parts = word[:cut], word[cut:]
            least = min(counts.get(parts[0], 0), counts.get(parts[1], 0))
            if least and (together := self._total(Phrase(parts))):
                parted, likelihood = f"{typed[:cut]} {typed[cut:]}", log(together) - _SPACE_COST
                is_sure = _is_in_enough(together, dictionary.documents)
                yield _Option(token.start, token.end, parted, likelihood, is_sure)

    def _best(self, text: str, options: Sequence[Sequence[_Option]]) -> Correction | None:
        """Of all ways to correct the text the one that is likeliest by its words and by what it finds."""
        ways = sorted(product(*options), key=lambda way: -sum(one.likelihood for one in way))
        judged: dict[Correction, float] = {}
        pairs: dict[tuple[str, str], int] = {}
        for way in islice(filter(_is_possible, ways), _MOST_TRIES):
            corrected = Correction(_replaced(text, way), all(one.is_sure for one in way))
            node = query.parse(corrected.text, match=self.match).node
            total = self.engine.search(self.engine.expand(node), self.filters, limit=0).total
            if total and corrected not in judged:
                likelihood = sum(one.likelihood for one in way)
                found = _RESULTS_WEIGHT * log1p(total) + _PAIR_WEIGHT * self._pairs(
                    corrected.text, way, pairs
                )
                judged[corrected] = likelihood + found
        return max(judged, key=judged.__getitem__, default=None)

    def _pairs(self, text: str, way: Sequence[_Option], known: dict[tuple[str, str], int]) -> float:
        """How often the corrected words stand beside their neighbours, as a logarithm.

        Args:
            text: corrected.
            way: how.
            known: pairs that were counted; more are added until there are `_MOST_PAIRS`, those of likelier ways first.
        """
        new = {word for one in way for word in analysis.words(one.text)}
        wanted = {pair for pair in pairwise(analysis.words(text)) if not new.isdisjoint(pair)}
        for pair in sorted(wanted - known.keys())[: _MOST_PAIRS - len(known)]:
            known[pair] = self._total(Phrase(pair))
        return sum(log1p(known.get(pair, 0)) for pair in wanted)

    def _total(self, node: Node) -> int:
        return self.engine.search(node, limit=0).total


def _tokens(text: str, node: Node) -> list[_Token]:
    """The words of the text that are searched for as words: no operators, no values of fields, nothing excluded."""
    wanted = {
        word
        for leaf in leaves(node)
        if isinstance(leaf, Word | Phrase) and leaf.field in {None, "title"}
        for word in analysis.words(leaf.text if isinstance(leaf, Word) else " ".join(leaf.words))
    }
    return [
        _Token(start, end, word)
        for start, end, word in analysis.tokens(text)
        if word in wanted and not _is_special(text, start, end)
    ]


def _is_special(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _FIELD_WIDTH) : start]
    field = _FIELD.search(before)
    return (
        (field is not None and field[1].lower() != _TEXT_FIELD)
        or _EXCLUDED.search(before) is not None
        or not _PATTERN.isdisjoint(text[end : end + 1] + text[start - 1 : start])
    )


def _may_be_misspelt(typed: str, word: str) -> bool:
    """No number, no abbreviation, nothing in a script without spaces."""
    return is_correctable(word) and not (typed.isupper() and len(typed) <= _RARE_LENGTH)


def _meant(typed: str, word: str, count: int, dictionary: Dictionary) -> Iterator[Candidate]:
    """The words that may have been meant by one that is in so many documents; none if it is another form of one."""
    candidates = dictionary.similar(word)
    if count == 0 and candidates and _same_stem(word, candidates[0].word):
        return
    for one in candidates:
        fits = _is_like(typed, word, one, dictionary.documents)
        if count:
            fits = one.errors == 1 and one.count >= _RARE_RATIO * count and _is_slip(word, one.word)
        if fits and not _same_stem(word, one.word):
            yield one


def _is_like(typed: str, word: str, one: Candidate, documents: int) -> bool:
    """Whether a word may have been meant by one that no document has: the shorter that is, the more frequent it must be."""
    if one.errors == 1:
        return len(word) > _SHORT_LENGTH or one.count * _SHORT_SHARE >= documents
    return len(word) >= _TWO_ERRORS_LENGTH and one.count >= _TWO_ERRORS_COUNT and not typed[0].isupper()


def _is_slip(typed: str, meant: str) -> bool:
    """Whether two words differ as by a slip of the hand, and not as two words do.

    Letters changed places, one is doubled that isn't or the other way round, or one is missing in the midst of a long word.
    Another letter in the place of one makes another word all too often (*resorts*, *reports*).
    """
    if sorted(typed) == sorted(meant) or undoubled(typed) == undoubled(meant):
        return True
    return len(meant) > max(len(typed), _SLIP_LENGTH) and typed[:2] == meant[:2] and typed[-2:] == meant[-2:]


def _is_sure(typed: str, one: Candidate, documents: int) -> bool:
    """Whether a word was so probably meant that it may be searched for unasked.

    Of words in another language many are two letters away from one that the library has (*rescate*, *relate*).
    """
    from rapidfuzz.distance import OSA, Levenshtein  # noqa: PLC0415  the dictionary has imported it before

    if not _is_in_enough(one.count, documents):
        return False
    if one.errors == 1 or len(typed) >= _SURE_LENGTH:
        return True
    is_swapped = Levenshtein.distance(typed, one.word) > one.errors
    return is_swapped or OSA.distance(undoubled(typed), undoubled(one.word)) < one.errors


def _is_in_enough(count: int, documents: int) -> bool:
    """Whether what is in so many documents is no mere chance; in a small library anything may be in one only."""
    return count > 1 or documents < _SURE_IN_TWO


def _same_stem(word: str, other: str) -> bool:
    return any(analysis.stem(word, one) == analysis.stem(other, one) for one in _LANGUAGES)


def _joined(
    text: str, tokens: Sequence[_Token], place: int, counts: Mapping[str, int], dictionary: Dictionary
) -> Iterator[_Option]:
    """One word that fell apart, with the neighbour before or after."""
    for first in (place - 1, place):
        if not 0 <= first < len(tokens) - 1:
            continue
        left, right = tokens[first], tokens[first + 1]
        whole = left.word + right.word
        count, least = dictionary.counts.get(whole, 0), min(counts[left.word], counts[right.word])
        if text[left.end : right.start] in {" ", "-"} and count > _RARE_RATIO * least:
            first_part, second_part = text[left.start : left.end], text[right.start : right.end]
            joined = first_part + (second_part if first_part.isupper() else second_part.lower())
            is_sure = _is_in_enough(count, dictionary.documents)
            yield _Option(left.start, right.end, joined, log(count) - _SPACE_COST, is_sure)


def _spelt(meant: str, typed: str) -> str:
    """A word of the index with the accents and capitals of what was typed: the index knows words without."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415  the dictionary has imported it before

    folded = analysis.fold(typed)
    if len(folded) == len(typed):
        steps = Levenshtein.opcodes(folded, meant)
        meant = "".join(
            typed[one.src_start : one.src_end] if one.tag == "equal" else meant[one.dest_start : one.dest_end]
            for one in steps
        )
    if typed.isupper():
        return meant.upper()
    return meant[0].upper() + meant[1:] if typed[0].isupper() else meant


def _is_possible(way: Sequence[_Option]) -> bool:
    """Whether the pieces to be replaced don't overlap; the same one may be meant twice."""
    ordered = sorted(set(way), key=lambda one: one.start)
    return all(before.end <= after.start for before, after in pairwise(ordered))


def _replaced(text: str, way: Sequence[_Option]) -> str:
    for one in sorted(set(way), key=lambda one: -one.start):
        text = text[: one.start] + one.text + text[one.end :]
    return text
