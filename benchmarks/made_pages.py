"""As many pages as one likes, made from the literature in ``$TIPSEARCH_DATA`` by a fixed seed, one document at a time.

What is copied from real collections is what costs: pages of 3,000 characters, documents of 1 to 200 pages (25 on average), 84 % of
them English, several values in most facets, and a vocabulary that grows as it does in texts that nobody made. The literature
has 2,200 pages; recombining its sentences alone would stop at their 30,000 words. So words are coined, and met again
the more often the more often they were met (Simon 1955), most of them within their own document; their number follows
Heaps' law, at the rate that a library of 200,000 pages with 379,000 stems shows.

28 % of the pages are running text of one source (the same text comes again, as there is only so much of it), the
others are put together sentence by sentence, three in four from the few sources that a document is about.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from tipsearch import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_SEED = 2026
#: Characters after which a page is full; with the last sentence and the words put in there are 3,000.
_PAGE_LENGTH = 2_780
_MOST_PAGES = 200
#: Exponent that makes 1 to 200 pages 25 on average.
_SHORTNESS = 1.62
_ENGLISH = 0.84
_ORIGINAL = 0.28
#: Share of a recombined page that is about the document's subject.
_ON_SUBJECT = 0.75
#: Heaps' law: stems at so many pages, and how they grow.
_STEMS, _AT_PAGES, _GROWTH = 379_000, 200_000, 0.54
#: Pages of a real library that have as many words as the literature.
_HEAD_START = 860
#: Coined words on a page that were met before, and the share of them met in the same document.
_MET_AGAIN, _IN_DOCUMENT = 12, 0.7
_PUBLISHERS = 400
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]{4,}")


class MadeDocument(msgspec.Struct, frozen=True, array_like=True):
    """A document as `documents` makes it; `roles` as ``origin:nepal``."""

    id: str
    title: str
    language: str
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    roles: tuple[str, ...]
    kind: str
    year: int | None
    publisher: str
    pages: tuple[str, ...]


def write(literature: Path, target: Path, pages: int) -> None:
    """Write so many pages, as one document a line; a longer file begins with a shorter one's documents."""
    encode = msgspec.json.encode
    with target.open("wb") as file:
        for document in documents(literature, pages):
            file.write(encode(document) + b"\n")


def read(made: Path) -> Iterator[MadeDocument]:
    """The documents of a file that `write` has made."""
    decoder = msgspec.json.Decoder(MadeDocument)
    with made.open("rb") as file:
        yield from map(decoder.decode, file)


def documents(literature: Path, pages: int) -> Iterator[MadeDocument]:
    """Documents of so many pages together, the last one cut to fit."""
    maker = _Maker(literature)
    while maker.pages < pages:
        yield maker.document(pages - maker.pages)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, and where a word can be put into it."""

    text: str
    gap: int

    @classmethod
    def of(cls, text: str) -> _Sentence:
        return cls(text, text.find(" ", len(text) // 2))

    def holding(self, word: str) -> str:
        if self.gap < 0:
            return f"{self.text} {word}"
        return f"{self.text[: self.gap]} {word}{self.text[self.gap :]}"


#: Texts of one language, each as its sentences.
_Texts = dict[str, list[list[_Sentence]]]


class _Zipf:
    """Draws from values, the n-th one with a weight of 1/n."""

    def __init__(self, values: Sequence[str], chance: random.Random) -> None:
        self._values = values
        self._weights = list(accumulate(1 / rank for rank in range(1, len(values) + 1)))
        self._chance = chance

    def some(self, most: int) -> tuple[str, ...]:
        number = self._chance.randint(1, most)
        return tuple(dict.fromkeys(self._chance.choices(self._values, cum_weights=self._weights, k=number)))


class _Coiner:
    """Words that the literature hasn't, new ones and ones met before."""

    def __init__(self, chance: random.Random, words: Mapping[str, Sequence[str]]) -> None:
        self._chance = chance
        self._parts = words
        self._known = {one for some in words.values() for one in some}
        self._met: list[str] = []
        self._due = 0.0

    def words(self, page: int, language: str, own: list[str]) -> list[str]:
        """The coined words of the page of that number; `own` are its document's so far, and grow."""
        chance, met = self._chance, self._met
        self._due += _STEMS * _GROWTH / _AT_PAGES * ((page + _HEAD_START) / _AT_PAGES) ** (_GROWTH - 1)
        found = [
            chance.choice(own if own and chance.random() < _IN_DOCUMENT else met)
            for _ in range(_MET_AGAIN if met else 0)
        ]
        while self._due >= 1:
            self._due -= 1
            found.append(self._new(self._parts[language]))
        met += found
        own += found
        return found

    def _new(self, parts: Sequence[str]) -> str:
        chance = self._chance
        while True:
            one, other = chance.choice(parts), chance.choice(parts)
            word = one[: chance.randint(2, 5)] + other[-chance.randint(2, 5) :]
            if word not in self._known:
                self._known.add(word)
                return word if chance.random() < 0.5 else word.capitalize()  # noqa: PLR2004  half of them names


class _Maker:
    """Makes documents, one after another."""

    def __init__(self, literature: Path) -> None:
        self.pages = 0
        self._number = 0
        self._chance = chance = random.Random(_SEED)  # noqa: S311  no secret
        self._texts = _texts(literature)
        self._all = {
            language: [one for text in texts for one in text] for language, texts in self._texts.items()
        }
        words = {
            language: sorted({word for one in some for word in _WORD.findall(one.text.lower())})
            for language, some in self._all.items()
        }
        self._coiner = _Coiner(chance, words)
        standard = vocabulary.standard()
        regions = [one.value for one in standard.regions.data]
        self._regions = _Zipf(_shuffled(chance, regions), chance)
        self._topics = _Zipf(_shuffled(chance, [one.value for one in standard.topics.data]), chance)
        self._kinds = _Zipf([one.value for one in standard.types.data], chance)
        names = [
            f"{chance.choice(words['en']).title()} {chance.choice(words['en']).title()} {kind}"
            for kind in ("Foundation", "Institute", "Network", "Centre")
            for _ in range(_PUBLISHERS // 4)
        ]
        self._publishers = _Zipf(_shuffled(chance, names), chance)

    def document(self, most: int) -> MadeDocument:
        """The next document, of so many pages at most."""
        chance = self._chance
        english = chance.random() < _ENGLISH
        language = "en" if english else chance.choice([one for one in sorted(self._texts) if one != "en"])
        length = min(most, int((_MOST_PAGES + 1) ** (chance.random() ** _SHORTNESS)))
        subject = chance.sample(self._texts[language], 8)
        own: list[str] = []
        pages = tuple(self._page(language, subject, own) for _ in range(length))
        self._number += 1
        regions = self._regions.some(3)
        title = f"{subject[0][0].text[:80]} {own[0]} {self._number}"
        return MadeDocument(
            id=f"made{self._number:06d}",
            title=title,
            language=language,
            regions=regions,
            topics=self._topics.some(5),
            roles=tuple(
                f"{chance.choice(('origin', 'destination', 'transit'))}:{one}" for one in regions[1:]
            ),
            kind=self._kinds.some(1)[0],
            year=None if chance.random() < 0.05 else chance.randint(1995, 2026),  # noqa: PLR2004  some are undated
            publisher=self._publishers.some(1)[0],
            pages=pages,
        )

    def _page(self, language: str, subject: Sequence[list[_Sentence]], own: list[str]) -> str:
        chance = self._chance
        if chance.random() < _ORIGINAL:
            sentences = _running(chance, chance.choice(subject))
        else:
            sentences = self._recombined(language, subject)
        coined = self._coiner.words(self.pages, language, own)
        self.pages += 1
        every = max(1, len(sentences) // len(coined))
        parts = []
        for number, one in enumerate(sentences):
            holds = not number % every and coined
            parts.append(one.holding(coined.pop()) if holds else one.text)
        parts += coined
        return " ".join(parts)

    def _recombined(self, language: str, subject: Sequence[list[_Sentence]]) -> list[_Sentence]:
        chance, found, length = self._chance, list[_Sentence](), 0
        while length < _PAGE_LENGTH:
            texts = chance.choice(subject) if chance.random() < _ON_SUBJECT else self._all[language]
            one = chance.choice(texts)
            found.append(one)
            length += len(one.text) + 1
        return found


def _running(chance: random.Random, text: Sequence[_Sentence]) -> list[_Sentence]:
    """A page of running text, from anywhere in a text and from its beginning again where it ends."""
    place, found, length = chance.randrange(len(text)), list[_Sentence](), 0
    while length < _PAGE_LENGTH:
        one = text[place % len(text)]
        found.append(one)
        place += 1
        length += len(one.text) + 1
    return found


def _shuffled(chance: random.Random, values: Sequence[str]) -> list[str]:
    return chance.sample(values, len(values))


def _texts(literature: Path) -> _Texts:
    found: _Texts = {}
    for path in sorted(literature.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            source = msgspec.json.decode(line)
            text = source.get("text") or "\n".join((source.get("fields") or {}).values())
            sentences = [_Sentence.of(one) for one in _SENTENCE.split(text) if one.strip()]
            if sentences:
                found.setdefault(source.get("lang") or "en", []).append(sentences)
    return found
