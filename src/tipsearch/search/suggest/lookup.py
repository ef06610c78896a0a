"""Entries by the beginnings of their words, and words by beginnings with an error in them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from heapq import nsmallest
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.recent import Recent
from tipsearch.search.suggest.typed import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from tipsearch.search.suggest.entries import Entry, Kind

    #: An entry, and whether its whole name begins as wanted, and not only a word in it.
    Found: TypeAlias = tuple[Entry, bool]

#: Candidates of one kind that a beginning gives, at most.
_MOST_OF_A_KIND = 24
#: Beginnings whose candidates are kept.
_MOST_KEPT = 4_000
#: Lists of words alike in length and first letter that are kept: of the larger libraries about 20 MB together.
_MOST_ALIKE = 64
#: Shorter words are never taken for misspelt; of that length a word may have two errors.
SHORTEST, _TWO_ERRORS = 5, 8
#: Other words tried in the place of a misspelt one.
_MOST_CORRECTIONS = 3
#: Bits of a place inside a name.
_PLACE_BITS = 8
_LAST_PLACE = (1 << _PLACE_BITS) - 1
_LAST = chr(0x10FFFF)
#: The Arabic article is written together with its word.
_ARTICLE = "ال"


class Lookup:
    """The entries of one index.

    Args:
        found: all of them.
    """

    def __init__(self, found: Iterable[Entry]) -> None:
        self.entries: Sequence[Entry] = tuple(found)
        self._names = [plain(entry.name).strip() for entry in self.entries]
        ranked = sorted(range(len(self.entries)), key=self._rank)
        self._ranks = array("I", bytes(4 * len(ranked)))
        for rank, number in enumerate(ranked):
            self._ranks[number] = rank
        places = (
            number << _PLACE_BITS | place
            for number, name in enumerate(self._names)
            for place in _starts(name)
            if place <= _LAST_PLACE
        )
        self._places = array("Q", sorted(places, key=self._rest))
        self._kept: dict[tuple[str, str], tuple[Found, ...]] = {}
        self._words = frozenset(word for name in self._names for word in name.split())
        self._alike: Recent[tuple[str, int], list[str]] = Recent(_MOST_ALIKE)

    def _rank(self, number: int) -> tuple[int, int, str]:
        entry = self.entries[number]
        return -entry.weight, len(entry.name), entry.name

    def _rest(self, packed: int) -> str:
        return self._names[packed >> _PLACE_BITS][packed & _LAST_PLACE :]

    def beginning(self, text: str, language: str = "en") -> tuple[Found, ...]:
        """The best entries of each kind with a word that begins a folded text, names in that language first."""
        known = self._kept.get((text, language))
        if known is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            known = self._kept[text, language] = tuple(self._beginning(text, language))
        return known

    def _beginning(self, text: str, language: str) -> Iterator[Found]:
        first = bisect_left(self._places, text, key=self._rest)
        last = bisect_left(self._places, text + _LAST, lo=first, key=self._rest)
        of_kind: dict[Kind, list[tuple[int, int, int]]] = defaultdict(list)
        entries, ranks = self.entries, self._ranks
        spoken = (language, "en", "")
        for packed in self._places[first:last]:
            number = packed >> _PLACE_BITS
            entry = entries[number]
            inside = packed & _LAST_PLACE != 0
            # All that matters more than the rank, in one number.
            class_ = (entry.language not in spoken) * 4 + (not entry.preferred) * 2 + inside
            of_kind[entry.kind].append((class_, ranks[number], packed))
        for keys in of_kind.values():
            for _, _, packed in nsmallest(_MOST_OF_A_KIND, keys):
                yield entries[packed >> _PLACE_BITS], not packed & _LAST_PLACE

    def corrected(self, text: str) -> tuple[str, ...]:
        """A folded text with one misspelt word mended, in the likeliest ways; empty if no word is misspelt."""
        words = text.split()
        finished = text.endswith(" ")
        for place, word in enumerate(words):
            is_last = place == len(words) - 1 and not finished
            if len(word) < SHORTEST or word in self._words or (is_last and self.beginning(word)):
                continue
            mended = self._similar(word, only_begun=is_last)
            end = " " if finished else ""
            return tuple(" ".join((*words[:place], one, *words[place + 1 :])) + end for one in mended)
        return ()

    def _similar(self, word: str, *, only_begun: bool) -> list[str]:
        # 15 ms to import, which only misspelt words should cost.
        from rapidfuzz import process  # noqa: PLC0415
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        most = 2 if len(word) >= _TWO_ERRORS else 1
        found: dict[str, int] = {}
        for length in range(len(word) - 1, len(word) + 2):
            for first in dict.fromkeys(word[:2]):
                near = self._near(first, length if only_begun else -length)
                hits = process.extract(word, near, scorer=OSA.distance, score_cutoff=most, limit=9)
                found.update((other, errors) for other, errors, _ in hits)
        ranked = sorted(
            found, key=lambda one: (found[one], one[0] != word[0], abs(len(one) - len(word)), one)
        )
        return ranked[:_MOST_CORRECTIONS]

    def _near(self, first: str, length: int) -> list[str]:
        """The words' beginnings of that length, or if it is negative the words of that length, with that first letter."""
        words = self._by_letter.get(first, [])

        def work_out() -> list[str]:
            if length > 0:
                return sorted({word[:length] for word in words if len(word) >= length})
            return sorted({word for word in words if len(word) == -length})

        return self._alike.of((first, length), work_out) if words else []

    @cached_property
    def _by_letter(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            found[word[0]].append(word)
        return found


def _starts(name: str) -> Iterator[int]:
    """Where something starts in a folded name that one may begin to type with."""
    if name:
        yield 0
    for place in range(1, len(name)):
        behind_article = name.startswith(_ARTICLE, place - 2) and place in (2, name.rfind(" ", 0, place) + 3)
        if name[place - 1] == " " or behind_article or analysis.has_unspaced_script(name[place]):
            yield place
