"""What kind of document a text is, by how it speaks: of itself, in articles and sections, in instructions, to the press.

Words per 1,000 measured on English texts: words of statutes and numbered headings 40 in sections of the United States Code,
at most 6 in guides, reports and essays; words of obligation (*should*, *you*) 12 in guides for companies, 0 to 2 in reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.enrich.kind_words import Cue, kind_words, label_kind
from tipsearch.enrich.matcher import flatten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.model import Page

#: A document speaks of itself on its first pages; how it speaks is told by these and some of the others.
_OPENING, _OTHERS = 3, 2
_MAX_PAGE = 3_000
#: The beginning of a text, in characters, in which formulas of enacting, words for the press and the only ``this
#: handbook`` stand; and its first lines, of which one may name the kind: ``FACT SHEET``, ``Working paper no. 12``.
_BEGINNING = 1_500
_LABEL_LINES, _MAX_LABEL = 15, 60
#: Characters a word.
_WORD = {"zh": 1.7, "ar": 5.5, "ru": 7.3}
_USUAL_WORD = 6.2
#: Words of statutes per 1,000, and how many at least; fewer are enough behind an enacting formula, and two in few words.
_STATUTORY, _MIN_STATUTORY = 15.0, 3
_ENACTED, _DENSE, _FEW = 4.0, 25.0, 2
#: Words of obligation per 1,000, and how many at least.
_OBLIGING, _MIN_OBLIGING = 8.0, 4
#: A text of tables: this share of its words are numbers; in prose a twelfth of the characters at most are digits.
_NUMBERS, _MIN_NUMBERS, _DIGITS = 0.35, 100, 1 / 12
#: Press releases have no more words.
_MAX_RELEASE = 1_500
#: Headings of reports that make one.
_SECTIONS = 2
_QUOTE = 120
_TOKEN = re.compile(r"\S+")
_NUMBER = re.compile(r"(?<!\S)[(]?[\d.,%]*\d[\d.,%)]*(?!\S)")
#: ``GENEVA, 12 May 2023 –``, ``WASHINGTON (Reuters) —`` at the beginning of a line.
_DATELINE = re.compile(
    r"^(?:[A-ZÀ-ÝА-Я][\w.'’ -]{2,24})(?:,\s[\w.'’ -]{2,24})?(?:,?\s(?:\d{1,2}\s\w{3,10}\.?|\w{3,10}\.?\s\d{1,2})(?:,?\s\d{4})?"
    r"\s?[–—-]\s|\s\([A-Z][\w .]{1,20}\)\s?[–—-]\s)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """What speaks for a kind.

    Attributes:
        kind: see `KindWords.values`.
        weight: 0..1.
        quote: words found.
        count: how many.
        pages: on which pages.
    """

    kind: str
    weight: float
    quote: str
    count: int = 1
    pages: tuple[int, ...] = ()


@dataclass(slots=True)
class _Hits:
    """Words of one sort: how many, which, on which pages, and whether one stands at the beginning."""

    count: int = 0
    at_beginning: bool = False
    words: dict[str, int] = field(default_factory=dict)
    pages: dict[int, None] = field(default_factory=dict)

    def take(self, words: str, page: int, *, at_beginning: bool = False) -> None:
        """One more."""
        self.count += 1
        self.at_beginning |= at_beginning
        self.words[words] = self.words.get(words, 0) + 1
        self.pages[page] = None

    def sign(self, kind: str, weight: float, quote: str = "") -> Sign:
        """What they speak for."""
        often = sorted(self.words, key=lambda one: -self.words[one])[:6]
        return Sign(kind, weight, (quote or ", ".join(often))[:_QUOTE], self.count, tuple(self.pages)[:10])


def signs_of_text(pages: Sequence[Page], language: str | None) -> Iterator[Sign]:
    """What a text says of its kind, each kind of sign once.

    Args:
        pages: with their text.
        language: of most of it.
    """
    chosen = _sample([page for page in pages if page.text])
    if not chosen:
        return
    texts = {page.number: analysis.fold(page.text[:_MAX_PAGE]) for page in chosen}
    words = max(1.0, sum(map(len, texts.values())) / _WORD.get(language or "", _USUAL_WORD))
    is_short = len(chosen) == len(pages) and words <= _MAX_RELEASE
    found = _hits(chosen, texts, language or "en")
    yield from _of_label(chosen[0])
    yield from _of_law(found, words)
    yield from _of_itself(found)
    yield from _of_press(found, chosen[0]) if is_short else ()
    yield from _of_numbers(texts)
    obliging = found.get("obliging", _Hits())
    if obliging.count >= _MIN_OBLIGING and obliging.count * 1000 / words >= _OBLIGING:
        yield obliging.sign("guidance", 0.4)
    sections = found.get("section", _Hits())
    if len(sections.words) >= _SECTIONS:
        yield sections.sign("report", 0.45)


def _sample(pages: Sequence[Page]) -> list[Page]:
    """The first pages and some of the others, evenly spread."""
    rest = pages[_OPENING:]
    step = max(1, len(rest) // _OTHERS)
    return [*pages[:_OPENING], *rest[::step][:_OTHERS]]


def _hits(pages: Sequence[Page], texts: dict[int, str], language: str) -> dict[str, _Hits]:
    """All words that speak for a kind, by their sort (of ``self`` with the kind)."""
    found: dict[str, _Hits] = {}
    for place, page in enumerate(pages):
        text = flatten(texts[page.number])
        # Where folding has changed the length, the folded words must do for a quotation.
        written = flatten(page.text) if len(page.text[:_MAX_PAGE]) == len(text) else text
        for cues, start, end in kind_words().cues.find(text):
            at_beginning = not place and start <= _BEGINNING
            for cue in cues:
                if _counts(cue, language, is_opening=place < _OPENING, at_beginning=at_beginning):
                    hits = found.setdefault(f"{cue.sort} {cue.kind}".strip(), _Hits())
                    hits.take(written[start:end], page.number, at_beginning=at_beginning)
        for match in kind_words().headings.finditer(texts[page.number]):
            found.setdefault("statutory", _Hits()).take(match[0].strip(), page.number)
    return found


def _counts(cue: Cue, language: str, *, is_opening: bool, at_beginning: bool) -> bool:
    """Whether words mean something where they stand."""
    if cue.sort in {"enacting", "release"}:
        return at_beginning
    if cue.sort == "self":
        return is_opening
    return not cue.languages or language in cue.languages


def _of_label(first: Page) -> Iterator[Sign]:
    """The first line that is nothing but the name of a kind, in capitals or with a number: others are headings."""
    for line in map(str.strip, first.text.split("\n", _LABEL_LINES)[:_LABEL_LINES]):
        if len(line) > _MAX_LABEL:
            continue
        stands_out = line.isupper() or (line[:1].isalpha() and any(map(str.isdigit, line)))
        if kind := label_kind(line) if stands_out else None:
            yield Sign(kind, 0.65, line, 1, (first.number,))
            return


def _of_law(found: dict[str, _Hits], words: float) -> Iterator[Sign]:
    statutory, enacting = found.get("statutory", _Hits()), found.get("enacting")
    few = statutory.count < _MIN_STATUTORY
    needed = _ENACTED if enacting else _DENSE if few else _STATUTORY
    if statutory.count >= _FEW and statutory.count * 1000 / words >= needed:
        quote = next(iter(enacting.words)) if enacting else ""
        yield statutory.sign("law", 0.7 if enacting else 0.6, quote)


def _of_itself(found: dict[str, _Hits]) -> Iterator[Sign]:
    """The kind that the text calls itself most often: ``this handbook``."""
    own = {name.removeprefix("self "): hits for name, hits in found.items() if name.startswith("self ")}
    kind = max(own, key=lambda one: own[one].count, default="")
    others = sum(hits.count for other, hits in own.items() if other != kind)
    if kind and own[kind].count > others and (own[kind].count > 1 or own[kind].at_beginning):
        yield own[kind].sign(kind, 0.55 if own[kind].count > 1 else 0.45)


def _of_press(found: dict[str, _Hits], first: Page) -> Iterator[Sign]:
    dateline = _DATELINE.search(first.text[:_BEGINNING])
    if "release" in found:
        yield found["release"].sign("news", 0.6)
    elif dateline:
        yield Sign("news", 0.6, dateline[0].strip()[:_QUOTE], 1, (first.number,))


def _of_numbers(texts: dict[int, str]) -> Iterator[Sign]:
    whole = "\n".join(texts.values())
    if sum(map(whole.count, "0123456789")) < _DIGITS * len(whole):
        return
    numbers = _NUMBER.findall(whole)
    if len(numbers) >= max(_MIN_NUMBERS, _NUMBERS * len(_TOKEN.findall(whole))):
        yield Sign("statistics", 0.5, " ".join(numbers)[:_QUOTE], len(numbers), tuple(texts)[:10])
