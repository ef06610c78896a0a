"""Cards: what a page says in a few lines about other publications.

A card is a title, the category labels run together («GuidancePublications»), a teaser cut in the middle of a word
(«Conseq...Read More»), and maybe «TAGS: Europe». Cards are other documents: they become records of their own and lend
the page nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tipsearch.extract.dehyphenate import dehyphenate
from tipsearch.extract.facts import fact, has_letters, one_line, resolve, unique
from tipsearch.extract.words import page_words
from tipsearch.model import Fact, Field, Page, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The link's words stand within so many characters of a line's end.
_TAIL = 80
_DOTS = re.compile(r"\s*(?:\[\s*)?(?:\.{3,}|…)(?:\s*\])?$")
#: Scripts that don't part words by spaces: Thai to Burmese, Khmer, kana, Han. Their «last word» could be the teaser.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]$")


@dataclass(frozen=True, slots=True)
class Card:
    """One card as found on a page.

    Attributes:
        title: empty if the card has none.
        teaser: the beginning of the text, cleaned by `clean_teaser`.
        labels: category labels.
        tags: words after «TAGS:».
        href: its link as written.
    """

    title: str = ""
    teaser: str = ""
    labels: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    href: str = ""


def split_labels(line: str) -> tuple[str, ...]:
    """Category labels of a line in which they are run together.

    Longest match first; no label is the beginning of another, so that there is one way at most.

    Returns:
        The labels, each once, in order; empty if anything is left over, as the line is then no line of labels.
    """
    if not _label_line().fullmatch(line.strip()):
        return ()
    return tuple(dict.fromkeys(_label().findall(line)))


def split_tags(line: str) -> tuple[str, ...]:
    """The tags of a line like «TAGS: Europe, Asia»; empty if it is none."""
    match = _tag_line().match(line)
    return tuple(tag for part in re.split(r"[,;|]", match[1]) if (tag := part.strip())) if match else ()


def is_region_tag(line: str) -> bool:
    """Whether the line is a bare region, as some copies have it without «TAGS:»."""
    return line.strip().casefold() in page_words().region_tags


def ends_in_read_more(line: str) -> bool:
    """Whether the line ends in the words of a card's link."""
    return _read_more().search(line[-_TAIL:]) is not None


def is_cut_teaser(line: str) -> bool:
    """Whether the line ends in dots and the words of a card's link."""
    match = _read_more().search(line, max(0, len(line) - _TAIL))
    return match is not None and _DOTS.search(line[: match.start()].rstrip()[-_TAIL:]) is not None


def is_read_more(text: str) -> bool:
    """Whether the text is that of a card's link and nothing else."""
    match = _read_more().search(text) if len(text) <= _TAIL else None
    return match is not None and not has_letters(text[: match.start()])


def clean_teaser(text: str) -> str:
    """A teaser without «...Read More» and without the word it was cut in, its broken words mended.

    A teaser that ends in a full stop or a space before the dots was not cut within a word, and keeps all.
    """
    text = one_line(_read_more().sub("", text))
    dots = _DOTS.search(text)
    if dots:
        text = _before_dots(text[: dots.start()], text[dots.start() :])
    return dehyphenate(text.strip())


def _before_dots(text: str, dots: str) -> str:
    if dots.startswith("...."):
        return f"{text}."
    if dots[:1].isspace() or not text[-1:].isalnum() or _UNSPACED.search(text):
        return text
    return text.rpartition(" ")[0]


def card_record(card: Card, number: int, base: str | None) -> Record | None:
    """A card as a record.

    Args:
        card: the card.
        number: its position on the page, from 1.
        base: the page's own address, against which the card's link is resolved.

    Returns:
        The record; None if it has neither a title nor an address.
    """
    url = resolve(card.href, base) if card.href else None
    facts: list[Fact] = [fact(Field.URL, url, "card", weight=0.5)] if url else []
    if has_letters(card.title):
        facts.append(fact(Field.TITLE, card.title, "card", weight=0.5))
    elif not facts:
        return None
    facts += [fact(Field.CATEGORY, label, "card") for label in card.labels]
    facts += [fact(Field.TAG, tag, "tag") for tag in card.tags]
    pages = (Page(1, card.teaser),) if has_letters(card.teaser) else ()
    if pages:
        facts.append(fact(Field.ABSTRACT, card.teaser, "card", weight=0.3))
    return Record(RecordKind.CARD, unique(facts), pages, number=number)


def card_records(cards: Sequence[Card], base: str | None) -> tuple[Record, ...]:
    """The cards of a page as records, numbered from 1."""
    records: list[Record] = []
    for card in cards:
        record = card_record(card, len(records) + 1, base)
        if record is not None:
            records.append(record)
    return tuple(records)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(label).replace(r"\ ", r"\s+") for label in page_words().category_labels)
    )


@cache
def _label_line() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_label().pattern})[\s,;|•·/]*)+")


@cache
def _read_more() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, page_words().read_more))
    return re.compile(rf"(?<!\w)(?:{phrases})\s*[»>→›.…]*\s*$", re.IGNORECASE)


@cache
def _tag_line() -> re.Pattern[str]:
    prefixes = "|".join(map(re.escape, page_words().tag_prefixes))
    return re.compile(rf"\s*(?:{prefixes})\s*:\s*(.+)$", re.IGNORECASE)
