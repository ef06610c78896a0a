"""From tesseract's table of words to text: lines, paragraphs, and how sure it is of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Of a line that is read with less confidence (percent) only the words with more of it are kept. On maps and pictures
#: tesseract makes up words with 0 to 50; in a line of prose an unknown name may have as little and be right.
_SOUND = 60.0
#: A word of so many letters, of which so few differ, read without confidence, is a row of dots or a rule: in a table of contents
#: tesseract reads ``cece eeee``, twice as much of it as text. Such is no text that got lost.
_LEADER_LENGTH, _LEADER_LETTERS = 3, 3
#: Columns of the table (https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html).
_LEVEL, _BLOCK, _PARAGRAPH, _LINE, _CONFIDENCE, _TEXT = 0, 2, 3, 4, 10, 11
_WORD = "5"


@dataclass(frozen=True, slots=True)
class Recognised:
    r"""What was read on a page.

    Attributes:
        text: lines ended by ``\n``, paragraphs by an empty line; without what is noise.
        confidence: percent, of the characters kept, by tesseract's own judgement.
        kept: share of the characters that are in `text`, 0..1.
        characters: found on the page, noise included, rows of dots left out.
        trouble: why nothing was read, empty if something could have been.
    """

    text: str = ""
    confidence: float = 0.0
    kept: float = 0.0
    characters: int = 0
    trouble: str = ""

    @property
    def sureness(self) -> float:
        """Confidence over all characters, those left out counted as wrong: by this two readings are compared."""
        return self.confidence * self.kept


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float
    paragraph: tuple[int, int]
    line: int


def recognised(table: str) -> Recognised:
    """The text of a page from tesseract's table (tab separated, with a head)."""
    words = [word for word in _words(table) if not _is_leader(word)]
    paragraphs: list[str] = []
    kept: list[_Word] = []
    for _, paragraph in groupby(words, key=lambda word: word.paragraph):
        lines = [_sound(list(line)) for _, line in groupby(paragraph, key=lambda word: word.line)]
        kept += (word for line in lines for word in line)
        paragraphs.append("\n".join(" ".join(word.text for word in line) for line in lines if line))
    total, length = _length(words), _length(kept)
    if not length:
        return Recognised(characters=total)
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return Recognised(text, _confidence(kept), length / total, total)


def _words(table: str) -> Iterator[_Word]:
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) == _TEXT + 1 and cells[_LEVEL] == _WORD and cells[_TEXT].strip():
            with suppress(
                ValueError
            ):  # what comes from a program that has read hostile pixels may be anything
                yield _word(cells)


def _word(cells: Sequence[str]) -> _Word:
    paragraph = int(cells[_BLOCK]), int(cells[_PARAGRAPH])
    confidence = max(0.0, min(float(cells[_CONFIDENCE]), 100.0))  # 0 for what is no number, too
    return _Word(cells[_TEXT].strip(), confidence, paragraph, int(cells[_LINE]))


def _is_leader(word: _Word) -> bool:
    return (
        word.confidence < _SOUND
        and len(word.text) >= _LEADER_LENGTH
        and len(set(word.text.casefold())) <= _LEADER_LETTERS
    )


def _sound(line: Sequence[_Word]) -> list[_Word]:
    """The words of a line without those that are most likely noise."""
    if _confidence(line) >= _SOUND:
        return list(line)
    return [word for word in line if word.confidence >= _SOUND]


def _confidence(words: Sequence[_Word]) -> float:
    """Of a character."""
    return sum(word.confidence * len(word.text) for word in words) / _length(words)


def _length(words: Iterable[_Word]) -> int:
    return sum(len(word.text) for word in words)
