"""Web pages: one publication with cards below it, a listing of cards, or any other page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tipsearch.extract.charset import decode
from tipsearch.extract.facts import fact, has_letters, resolve, squeeze, unique
from tipsearch.extract.sniff import HTML
from tipsearch.extract.web.card_markup import take_cards
from tipsearch.extract.web.cards import Card, card_records
from tipsearch.extract.web.citation import says_download
from tipsearch.extract.web.dump import Parts, split_page
from tipsearch.extract.web.generic import generic_facts, is_large, main_lines
from tipsearch.extract.web.lines import Line
from tipsearch.extract.web.marked import marked_facts
from tipsearch.extract.web.markup import parse_html, strip_markup
from tipsearch.extract.web.meta import PageMeta, meta_facts, read_meta, title_facts
from tipsearch.extract.web.own import OwnPart, find_own, heading_facts, lines_beside, own_lines
from tipsearch.extract.web.publication import Own, citation_facts, is_heading_only, own_record, read_own
from tipsearch.extract.web.size import MAX_BYTES, MAX_CHARACTERS, MAX_LINES, clip, lighten, plain_page, tame
from tipsearch.model import Extraction, Fact, Field, FileState, Origin, PageIssue, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

#: What is said of a page that was read without a tree.
_BARE = ": its text was taken without its structure"


@dataclass(frozen=True, slots=True)
class _Shape:
    """A page taken apart.

    Attributes:
        own: its own lines.
        beside: the lines beside them.
        cards: other publications on it.
        is_generic: nothing was known about it.
        has_bare_cards: cards stood among its lines that no markup sets apart.
    """

    own: Sequence[Line]
    beside: Sequence[Line]
    cards: Sequence[Card]
    is_generic: bool
    has_bare_cards: bool = False


def read_html(data: bytes, _name: str) -> Extraction:
    """Read a web page.

    Args:
        data: the file.
        _name: its name; no page is told by it.

    Returns:
        A single publication as one document (number 0) and the cards on its page (from 1); a listing as its cards only;
        a page that cannot be parsed safely as its plain text, with an issue that says why; a page of more than
        `MAX_CHARACTERS` without scripts and embedded pictures as its beginning, with an issue that says so.
    """
    is_cut = len(data) > MAX_BYTES
    text = tame(decode(data[:MAX_BYTES] if is_cut else data, html=True))
    if len(text) > MAX_CHARACTERS:
        text = lighten(text)
    tree, trouble = parse_html(text)
    return (
        _read_plain(text, trouble, is_cut=is_cut) if tree is None else clip(_read_tree(tree), is_cut=is_cut)
    )


def _read_tree(tree: HtmlElement) -> Extraction:
    meta = read_meta(tree)
    part = find_own(tree)
    shape = _take_apart(tree, part)
    titles = unique([*heading_facts(part), *title_facts(meta)])
    own = read_own(shape.own, [title.value for title in titles], shape.beside)
    cards = card_records(shape.cards, meta.url)
    if cards and not own.cited.text and (part.is_listing or not _has_own_text(own, part, meta)):
        return Extraction(FileState.OK, HTML, cards)
    linked = [link.href for line in shape.own for link in line.links] if shape.has_bare_cards else None
    facts = [*titles, *_resolved(marked_facts(part, linked), meta.url), *_own_facts(own, meta)]
    if shape.is_generic:
        facts += generic_facts(tree, frozenset(one.field for one in facts))
    record = own_record(own, unique([*facts, *_slug_title(meta.url, facts)]))
    return _answer(record, cards)


def _take_apart(tree: HtmlElement, part: OwnPart) -> _Shape:
    cards = take_cards(tree, [element for element in (part.content, part.heading) if element is not None])
    lines = own_lines(part)
    parts = split_page(lines)
    is_known = part.content is not None or bool(cards) or len(parts.own) < len(lines)
    if is_known or part.is_listing or is_large(tree, lines):
        return _Shape(
            parts.own,
            lines_beside(part),
            [*cards, *parts.cards],
            is_generic=False,
            has_bare_cards=bool(parts.cards),
        )
    links = [line for line in lines if any(says_download(link.text) for link in line.links)]
    return _Shape(main_lines(tree) or parts.own, links, (), is_generic=True)


def _has_own_text(own: Own, part: OwnPart, meta: PageMeta) -> bool:
    is_certain = part.content is not None or part.is_single or meta.is_article or part.scope.tag == "article"
    return bool(own.paragraphs) if is_certain else not is_heading_only(own)


def _resolved(facts: Sequence[Fact], base: str | None) -> list[Fact]:
    """The facts with addresses made absolute."""
    absolute = {one: resolve(one.value, base) for one in facts if one.field is Field.FILE_URL}
    return [replace(one, value=absolute.get(one) or one.value) for one in facts]


def _own_facts(own: Own, meta: PageMeta) -> list[Fact]:
    cited = bool(own.cited.text)
    facts = [*citation_facts(own.cited), *own.facts, *meta_facts(meta, cited=cited)]
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
    records = (record,) if record.first(Field.TITLE) else ()
    return Extraction(FileState.NO_TEXT, HTML, records, "; ".join(["the page holds no text", *_whys(issues)]))


def _whys(issues: Sequence[PageIssue]) -> list[str]:
    """Why a page may hold no text, and what to do."""
    if issues:
        return [
            *(issue.reason.removesuffix(_BARE) for issue in issues),
            "save the page anew as a browser shows it",
        ]
    return ["what it shows may be loaded by a script: save the page as a browser shows it"]


def _read_plain(text: str, trouble: str, *, is_cut: bool) -> Extraction:
    """A page without a tree: its lines, with cards and citation as far as lines tell them."""
    title, body = strip_markup(text)
    state = FileState.TOO_BIG if len(text) > MAX_CHARACTERS else FileState.MALFORMED
    issue = PageIssue(1, state, f"{trouble}{_BARE}")
    title_fact = [fact(Field.TITLE, title, "metadata", weight=0.5)] if title else []
    if body.count("\n") > MAX_LINES or len(body) > MAX_CHARACTERS:
        page = plain_page(body)
        kept = (page,) if has_letters(page.text) else ()
        is_cut = is_cut or len(body) > MAX_CHARACTERS
        record = Record(RecordKind.DOCUMENT, tuple(title_fact), kept)
        return clip(_answer(record, (), [] if is_cut else [issue]), is_cut=is_cut)
    lines = [Line(line) for line in map(squeeze, body.split("\n")) if line]
    parts: Parts = split_page(lines)
    own = read_own(parts.own, [title] if title else [])
    facts = unique([*title_fact, *citation_facts(own.cited), *own.facts])
    return clip(_answer(own_record(own, facts), card_records(parts.cards, None), [issue]), is_cut=is_cut)
