"""Web pages: one publication with cards below it, a listing of cards, or any other page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tipsearch.extract.charset import decode
from tipsearch.extract.facts import fact, has_letters, resolve, unique
from tipsearch.extract.sniff import HTML
from tipsearch.extract.web.blocks import elements
from tipsearch.extract.web.card_markup import take_cards
from tipsearch.extract.web.cards import Card, card_records
from tipsearch.extract.web.citation import says_download
from tipsearch.extract.web.dump import Parts, split_page
from tipsearch.extract.web.generic import MAX_CHARACTERS, MAX_ELEMENTS, generic_facts, main_lines
from tipsearch.extract.web.markup import MAX_BYTES, parse_html, strip_markup
from tipsearch.extract.web.meta import PageMeta, meta_facts, read_meta, title_facts
from tipsearch.extract.web.own import OwnPart, find_own, heading_facts, lines_beside, marked_facts, own_lines
from tipsearch.extract.web.publication import Own, citation_facts, own_record, read_own
from tipsearch.model import Extraction, Fact, Field, FileState, Origin, PageIssue, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from tipsearch.extract.web.lines import Line

#: Beside cards, text with fewer letters and without a known container is the heading or the pager of a listing.
_LISTING_LETTERS = 80


@dataclass(frozen=True, slots=True)
class _Shape:
    """A page taken apart: its own lines, the lines beside them, its cards, and whether nothing was known about it."""

    own: Sequence[Line]
    beside: Sequence[Line]
    cards: Sequence[Card]
    is_generic: bool


def read_html(data: bytes, name: str) -> Extraction:
    """Read a web page.

    Args:
        data: the file.
        name: its name, for messages.

    Returns:
        A single publication as one document (number 0) and the cards on its page (from 1); a listing as its cards only;
        a page that cannot be parsed safely as its plain text, with an issue that says why.
    """
    if len(data) > MAX_BYTES:
        reason = (
            f"{name} has {len(data):,} bytes, more than the {MAX_BYTES:,} that are read; save its text as PDF"
        )
        return Extraction(FileState.TOO_BIG, HTML, reason=reason)
    text = decode(data, html=True)
    tree, trouble = parse_html(text)
    return _read_plain(text, trouble) if tree is None else _read_tree(tree)


def _read_tree(tree: HtmlElement) -> Extraction:
    meta = read_meta(tree)
    part = find_own(tree)
    shape = _take_apart(tree, part)
    titles = unique([*heading_facts(part), *title_facts(meta)])
    own = read_own(shape.own, [title.value for title in titles], shape.beside)
    cards = card_records(shape.cards, meta.url)
    if cards and not own.cited.text and (part.is_listing or not _has_own_text(own, part)):
        return Extraction(FileState.OK, HTML, cards)
    facts = [*titles, *_own_facts(own, meta, part)]
    if shape.is_generic:
        facts += generic_facts(tree, frozenset(one.field for one in facts))
    record = own_record(own, unique([*facts, *_slug_title(meta.url, facts)]))
    return _answer(record, cards)


def _take_apart(tree: HtmlElement, part: OwnPart) -> _Shape:
    cards = take_cards(tree, [element for element in (part.content, part.heading) if element is not None])
    lines = own_lines(part)
    parts = split_page(lines)
    is_known = part.content is not None or bool(cards) or len(parts.own) < len(lines)
    if is_known or part.is_listing or _is_large(tree, lines):
        return _Shape(parts.own, lines_beside(part), [*cards, *parts.cards], is_generic=False)
    links = [line for line in lines if any(says_download(link.text) for link in line.links)]
    return _Shape(main_lines(tree) or parts.own, links, (), is_generic=True)


def _is_large(tree: HtmlElement, lines: Sequence[Line]) -> bool:
    has_many = next(islice(elements(tree), MAX_ELEMENTS, None), None) is not None
    return has_many or sum(len(line.text) for line in lines) > MAX_CHARACTERS


def _has_own_text(own: Own, part: OwnPart) -> bool:
    letters = sum(map(str.isalpha, "".join(own.paragraphs)))
    is_certain = part.content is not None or part.is_single or part.scope.tag == "article"
    return letters > 0 if is_certain else letters >= _LISTING_LETTERS


def _own_facts(own: Own, meta: PageMeta, part: OwnPart) -> list[Fact]:
    cited = bool(own.cited.text)
    facts = [*citation_facts(own.cited), *own.facts, *marked_facts(part), *meta_facts(meta, cited=cited)]
    address = resolve(own.file_href, meta.url) if own.file_href else None
    if address:
        facts.append(fact(Field.FILE_URL, address, "link"))
    return facts


def _slug_title(url: str | None, facts: Sequence[Fact]) -> list[Fact]:
    """A title made of the page's address, where the page has none at all."""
    if url is None or any(one.field is Field.TITLE and one.value for one in facts):
        return []
    slug = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    words = slug.replace("-", " ").replace("_", " ").strip()
    title = words[:1].upper() + words[1:]
    return [fact(Field.TITLE, title, "url", weight=0.1, origin=Origin.DETECTED)] if has_letters(title) else []


def _answer(record: Record, cards: Sequence[Record], issues: Sequence[PageIssue] = ()) -> Extraction:
    if record.pages or (cards and record.facts):
        return Extraction(FileState.OK, HTML, (record, *cards), issues=tuple(issues))
    if cards:
        return Extraction(FileState.OK, HTML, tuple(cards), issues=tuple(issues))
    reason = "; ".join([issue.reason for issue in issues] or ["the page holds no text"])
    records = (record,) if record.first(Field.TITLE) else ()
    todo = "what it shows may be loaded by a script: save the page as a browser shows it"
    return Extraction(FileState.NO_TEXT, HTML, records, f"{reason}; {todo}")


def _read_plain(text: str, trouble: str) -> Extraction:
    """A page without a tree: its lines, with cards and citation as far as lines tell them."""
    title, lines = strip_markup(text)
    parts: Parts = split_page(lines)
    own = read_own(parts.own, [title] if title else [])
    facts = unique(
        [
            *([fact(Field.TITLE, title, "metadata", weight=0.5)] if title else []),
            *citation_facts(own.cited),
            *own.facts,
        ]
    )
    issue = PageIssue(1, FileState.MALFORMED, f"{trouble}: its text was taken without its structure")
    return _answer(own_record(own, facts), card_records(parts.cards, None), [issue])
