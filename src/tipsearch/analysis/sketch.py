"""A text's sketch: a few numbers by which texts that may be the same are found among many, without reading them.

A text is taken as the set of its pairs of neighbouring words, and of the hashes of these the smallest are kept (Broder,
«On the resemblance and containment of documents», 1997: a random sample that is the same for the same set, so that the
share which two samples have in common estimates the share which the texts have in common). Pairs rather than words, as
reports of one series share their vocabulary but not their sentences: two country reports of one year share 60 % of
their words but 14 % of their pairs (0.48 at most of 1,711 couples of them), one text set in one column and in two
at least 95 %.

Words are what stands between spaces, in small letters: finding the words of the dictionary would cost more than all
the rest. In scripts that write no spaces, where lines break within words, pieces of six characters stand for pairs.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tipsearch.model import Sketch

#: Hashes kept: an estimate is off by 0.03 at a resemblance of 0.95 (standard error, Broder 1997).
MARKS = 64
#: Texts with more bytes a character (UTF-8) are taken by characters: above Cyrillic and Arabic, below Thai and Han.
_BYTES_A_CHARACTER = 2
_PIECE = 6
#: Hashes looked at for each one kept, at least: most of a long text's are passed over as they come.
_SPARE = 4
_BANDS = 10


def marks(texts: Iterable[str]) -> tuple[int, tuple[int, ...]]:
    """How many words (or characters) there are on these pages, and the smallest hashes of its distinct pairs, ascending.

    0.8 ms for a report of ten pages. Fewer than `MARKS` hashes are those of the whole text.
    """
    text = " ".join(texts).lower()
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > _BYTES_A_CHARACTER * len(text):
        letters = "".join(text.split())
        return len(letters), _smallest(lambda: _pieces(letters), len(letters))
    words = data.split()
    # The first word's hash is where the second's begins.
    return len(words), _smallest(lambda: map(crc32, islice(words, 1, None), map(crc32, words)), len(words))


def resemblance(one: Sketch, other: Sketch) -> float:
    """The share of pairs of words that two texts have in common, of those that either has, as estimated: 0..1."""
    mine, theirs = set(one.marks), set(other.marks)
    sample = sorted(mine | theirs)[:MARKS]
    return sum(mark in mine and mark in theirs for mark in sample) / len(sample) if sample else 0.0


def bands(sketch: Sketch) -> tuple[int, ...]:
    """Numbers of which two sketches of nearly the same text share one at least: hashes of parts of the sketch.

    A part is missed when one of its six or seven marks differs. Of couples that resemble one another by 0.95 three in
    ten thousand share no band, by 0.9 seven in a thousand; of those that do by 0.3 five in a thousand share one.
    """
    if len(sketch.marks) < MARKS:  # short texts are the same or they aren't
        return (_digest(sketch.marks),) if sketch.marks else ()
    parts: list[list[int]] = [[] for _ in range(_BANDS)]
    for mark in sketch.marks:
        parts[mark % _BANDS].append(mark)
    return tuple(_digest(part) for part in parts if part)


def _pieces(letters: str) -> Iterator[int]:
    for start in range(max(len(letters) - _PIECE + 1, 1)):
        yield crc32(letters[start : start + _PIECE].encode("utf-8", "surrogatepass"))


def _smallest(hashes: Callable[[], Iterable[int]], count: int) -> tuple[int, ...]:
    limit = (_SPARE * MARKS << 32) // max(count, 1)
    found = {one for one in hashes() if one < limit}
    if len(found) < MARKS and not limit >> 32:  # a long text that repeats itself
        found = set(hashes())
    return tuple(sorted(found)[:MARKS])


def _digest(numbers: Iterable[int]) -> int:
    return crc32(b"".join(number.to_bytes(4, "big") for number in numbers))
