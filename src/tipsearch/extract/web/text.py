"""Plain text: a scraped publication page as a text dump, or just a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.extract.charset import decode
from tipsearch.extract.facts import abstract, fact, has_letters, unique
from tipsearch.extract.sniff import TEXT
from tipsearch.extract.web.cards import card_records
from tipsearch.extract.web.dump import split_page
from tipsearch.extract.web.lines import lines_of_text, paragraphs
from tipsearch.extract.web.publication import (
    citation_facts,
    find_citation,
    is_heading_only,
    own_record,
    read_own,
)
from tipsearch.extract.web.size import MAX_BYTES, MAX_CHARACTERS, MAX_LINES, clip, plain_page, tame
from tipsearch.model import Extraction, Fact, Field, FileState, Page, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A first line of more characters is a paragraph, not a title.
_MAX_TITLE = 200
_SENTENCE_ENDS = (".", ",", ";", ":", "。")


def read_text(data: bytes, _name: str) -> Extraction:
    """Read a text file.

    Args:
        data: the file.
        _name: its name; no text is told by it.

    Returns:
        A dump of a publication page as its document and the cards below it; any other text as one document with a page
        for each form feed, or with one page where there are more than `MAX_LINES`.
    """
    is_cut = len(data) > MAX_BYTES
    text = tame(decode(data[:MAX_BYTES] if is_cut else data))
    if not has_letters(text):
        return Extraction(FileState.NO_TEXT, TEXT, reason="it holds no letters")
    text, is_cut = text[:MAX_CHARACTERS], is_cut or len(text) > MAX_CHARACTERS
    if text.count("\n") + text.count("\f") > MAX_LINES:
        record = Record(RecordKind.DOCUMENT, (), (plain_page(text),))
        return clip(Extraction(FileState.OK, TEXT, (record,)), is_cut=is_cut)
    return clip(_read_dump(text) or Extraction(FileState.OK, TEXT, (_read_plain(text),)), is_cut=is_cut)


def _read_dump(text: str) -> Extraction | None:
    """A publication page scraped as text; None if nothing tells that it is one."""
    lines = lines_of_text(text)
    parts = split_page(lines)
    if len(parts.own) == len(lines) and not find_citation(parts.own).citation.marked:
        return None
    own = read_own(parts.own)
    cards = card_records(parts.cards, None)
    if cards and not own.cited.text and is_heading_only(own):
        return Extraction(FileState.OK, TEXT, cards)
    titled = [] if own.cited.citation.title else first_title(own.paragraphs)
    record = own_record(own, unique([*citation_facts(own.cited), *own.facts, *titled]))
    return Extraction(FileState.OK, TEXT, (record, *cards) if record.pages else cards)


def _read_plain(text: str) -> Record:
    pages = [paragraphs(lines_of_text(page)) for page in text.split("\f")]
    while not pages[-1]:
        pages.pop()
    facts = first_title(pages[0])
    summary = abstract(paragraph for page in pages for paragraph in page[len(facts) * (page is pages[0]) :])
    if summary:
        facts.append(fact(Field.ABSTRACT, summary, "text", weight=0.5))
    numbered = (Page(number, "\n\n".join(page)) for number, page in enumerate(pages, start=1))
    return Record(RecordKind.DOCUMENT, tuple(facts), tuple(numbered))


def first_title(paragraphs_of_page: Sequence[str]) -> list[Fact]:
    """The first line as title, if it is short, stands alone, ends like no sentence, and something follows."""
    first = paragraphs_of_page[0] if len(paragraphs_of_page) > 1 else ""
    is_title = has_letters(first) and len(first) <= _MAX_TITLE and not first.endswith(_SENTENCE_ENDS)
    return [fact(Field.TITLE, first, "text", weight=0.4)] if is_title else []
