"""What a publication page says about its own publication, from the page's own lines.

The lines hold the abstract, the citation line, and maybe a line of labels or tags. Lines of metadata are taken out of
the text: they become facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch.extract.facts import abstract, fact, has_letters, one_line
from tipsearch.extract.lexicon import lexicon
from tipsearch.extract.web.cards import is_region_tag, split_labels, split_tags
from tipsearch.extract.web.citation import (
    MAX_LINE,
    Citation,
    is_link_words,
    may_cite,
    parse_citation,
    says_download,
    strip_link_words,
)
from tipsearch.extract.web.edges import trim_edges
from tipsearch.extract.web.lines import Line, Link, group, paragraphs
from tipsearch.model import Fact, Field, Page, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PDF = re.compile(r"\.pdf(?:$|[?#])", re.IGNORECASE)
#: A publisher named without a title («PUBLISHER 2019 DOWNLOAD») has few words; more of them are a sentence.
_MAX_PUBLISHER_WORDS = 10
_ACRONYM = re.compile(r"[A-Z][A-Z-]{1,9}|(?:[A-Z]\.){2,}")
#: A citation line is broken into so many lines at most.
_MAX_WRAPPED = 8
#: A tag without «TAGS:» («child labour») has few words and no punctuation.
_MAX_TAG_WORDS = 4
#: Marks at the end of a sentence.
SENTENCE_ENDS = (".", "!", "?", "。", "؟", "।")
_SENTENCE_MARKS = re.compile(r"[.,:;!?()\[\]«»“”\"/]")
#: Beside cards, text with fewer letters and without a sentence is the heading or the pager of a listing.
_LISTING_LETTERS = 80
#: Labels of the page itself stand in its first lines or below its citation line.
_HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A citation line and where it stands.

    Attributes:
        citation: what it says.
        text: as written, without the words of its link.
        first: index of its first line.
        after: index of the line after it.
    """

    citation: Citation = field(default_factory=Citation)
    text: str = ""
    first: int = -1
    after: int = -1


@dataclass(frozen=True, slots=True)
class Own:
    """What the lines of a page say about its own publication.

    Attributes:
        paragraphs: the text, without lines of metadata.
        cited: the citation line.
        facts: categories and tags.
        file_href: the link to the publication's file, as written.
    """

    paragraphs: tuple[str, ...]
    cited: Found
    facts: tuple[Fact, ...]
    file_href: str | None


def read_own(lines: Sequence[Line], titles: Sequence[str] = (), beside: Sequence[Line] = ()) -> Own:
    """Read the page's own lines.

    Args:
        lines: the lines of its text, without cards.
        titles: what the page's headings say, best first; the first lines are no text if they only repeat one.
        beside: lines that stand beside the text (in the same article, outside its content): searched for metadata only.
    """
    lines = trim_edges(lines, titles)
    lines = lines[_after_titles(lines, titles) :]
    cited = find_citation(lines, titles)
    cited_title = (cited.citation.title or "",)
    kept, facts = _take_metadata(lines, cited, start=_after_titles(lines[: max(cited.first, 0)], cited_title))
    cited_beside = _certain(find_citation(beside, titles))
    facts += _take_metadata(beside, cited_beside)[1]
    return Own(
        paragraphs=tuple(paragraph for paragraph in paragraphs(kept) if any(map(str.isalnum, paragraph))),
        cited=cited if cited.text else cited_beside,
        facts=tuple(facts),
        file_href=_file_href(lines, cited) or _file_href(beside, cited_beside),
    )


def is_heading_only(own: Own) -> bool:
    """Whether the text beside cards is no more than a listing's heading and pager: few letters, and no sentence."""
    letters = sum(map(str.isalpha, "".join(own.paragraphs)))
    return letters < _LISTING_LETTERS and not any(one.endswith(SENTENCE_ENDS) for one in own.paragraphs)


def own_record(own: Own, facts: Iterable[Fact]) -> Record:
    """The record of the page's own publication.

    Without an abstract, the citation line is its text: there is nothing else to find it by.
    """
    text = "\n\n".join(own.paragraphs) or one_line(own.cited.text)
    summary = abstract(own.paragraphs)
    return Record(
        RecordKind.DOCUMENT,
        (*facts, *([fact(Field.ABSTRACT, summary, "text", weight=0.5)] if summary else [])),
        (Page(1, text),) if has_letters(text) else (),
    )


def citation_facts(cited: Found) -> list[Fact]:
    """Title, publisher and date of a citation line; it outranks the dates of the page's markup, which are the page's."""
    said = (
        (Field.TITLE, cited.citation.title, 0.6),
        (Field.PUBLISHER, cited.citation.publisher, 1.0),
        (Field.DATE, cited.citation.date, 1.0),
    )
    return [
        fact(field, value, "citation", weight=weight, quote=cited.text)
        for field, value, weight in said
        if value
    ]


def find_citation(lines: Sequence[Line], titles: Sequence[str] = ()) -> Found:
    """The last citation line, with an empty text if there is none.

    It ends in the words of a link; or such a link stands alone below it; or, without a link, it is the last line but for
    tags and names title, publisher and date, or an organisation and a date.
    """
    for first, after in _spans(lines):
        if not may_cite(lines[after - 1].text):
            continue
        text = " ".join(line.text for line in lines[first:after])
        citation = _parse(text, titles)
        if citation.marked and not citation.is_telling:
            above = _above(lines, first, after, titles)
            if above is not None:
                return above
        elif citation.marked:
            if _is_plausible(citation):
                return Found(citation, strip_link_words(text)[0], first, after)
        elif _cites_without_link(citation, text) and all(map(_is_tag, lines[after:])):
            return Found(citation, text, first, after)
    return Found()


def _spans(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where a citation can stand, last first: a whole paragraph, as the line may have been wrapped, or one line of it."""
    after = len(lines)
    for block in reversed(group(lines)):
        first = after - len(block)
        if sum(len(line.text) + 1 for line in block) <= MAX_LINE:
            yield first, after
        if len(block) > 1:
            for index in reversed(range(first, after)):
                if len(lines[index].text) <= MAX_LINE:
                    yield index, index + 1
        after = first


def _above(lines: Sequence[Line], first: int, after: int, titles: Sequence[str]) -> Found | None:
    """The citation that ends above a link standing alone: the line above it, or the paragraph."""
    start = first - 1
    while first - _MAX_WRAPPED < start and start > 0 and not lines[start].starts:
        start -= 1
    for index in sorted({start, first - 1}):
        text = " ".join(line.text for line in lines[max(index, 0) : first])
        citation = _parse(text, titles)
        if citation.publisher and citation.date and _is_plausible(citation):
            return Found(citation, text, index, after)
    return None


def _parse(text: str, titles: Sequence[str]) -> Citation:
    folded = text.casefold()
    return parse_citation(
        text, next((title for title in titles if folded.startswith(title.casefold())), None)
    )


def _is_plausible(citation: Citation) -> bool:
    return citation.title is not None or len((citation.publisher or "").split()) <= _MAX_PUBLISHER_WORDS


def _certain(cited: Found) -> Found:
    """A citation beside the text, where «NETS 2024» may be the foot of the page: only one with a link or a title."""
    return cited if cited.citation.marked or cited.citation.title else Found()


def _cites_without_link(citation: Citation, text: str) -> bool:
    """Whether a line names a publication though no link ends it: title, publisher and date, or an organisation and a year."""
    if not citation.publisher or not citation.date:
        return False
    return citation.title is not None or (":" not in text and _is_organisation(citation.publisher))


def _is_organisation(name: str) -> bool:
    """Whether a few words, all of them names but the small ones, are those of an organisation."""
    words = name.rstrip(".,").split()
    if len(words) > _MAX_PUBLISHER_WORDS or _SENTENCE_MARKS.search(name.replace(".", "").replace(",", "")):
        return False
    known = lexicon()
    is_name = all(word[0].isupper() or word.casefold() in known.small_words for word in words)
    telling = [
        word for word in words if word.casefold() in known.organisation_words or _ACRONYM.fullmatch(word)
    ]
    return is_name and bool(telling) and words[0].casefold() not in known.small_words


def _after_titles(lines: Sequence[Line], titles: Sequence[str]) -> int:
    folded = {title.casefold() for title in titles}
    return next((index for index, line in enumerate(lines) if line.text.casefold() not in folded), len(lines))


def _take_metadata(lines: Sequence[Line], cited: Found, start: int = 0) -> tuple[list[Line], list[Fact]]:
    """The lines of text, and the facts of the other ones, from the line ``start`` on."""
    kept: list[Line] = []
    facts: list[Fact] = []
    for index, line in enumerate(lines):
        if index < start or cited.first <= index < cited.after or is_link_words(line.text):
            continue
        below = 0 <= cited.after <= index
        said = _said(line, at_edge=below or index < _HEAD_LINES, below=below)
        facts += said
        if not said:
            kept.append(line)
    return kept, facts


def _said(line: Line, *, at_edge: bool, below: bool) -> list[Fact]:
    """Categories or tags that a line of metadata states; nothing if it is a line of text."""
    labels = split_labels(line.text) if at_edge and not line.heading else ()
    if labels:
        return [fact(Field.CATEGORY, label, "text") for label in labels]
    tags = split_tags(line.text)
    if tags:
        return [fact(Field.TAG, tag, "tag", quote=line.text) for tag in tags]
    return [fact(Field.TAG, line.text, "tag", weight=0.5)] if below and _is_bare_tag(line) else []


def _is_tag(line: Line) -> bool:
    return bool(split_tags(line.text) or split_labels(line.text)) or _is_bare_tag(line)


def _is_bare_tag(line: Line) -> bool:
    few = len(line.text.split()) <= _MAX_TAG_WORDS and not _SENTENCE_MARKS.search(line.text)
    return is_region_tag(line.text) or (few and not line.heading)


def _file_href(lines: Sequence[Line], cited: Found) -> str | None:
    """The publication's file: the citation line's link, or another one that says «DOWNLOAD» or leads to a PDF."""
    cited_links = [link for line in lines[max(cited.first, 0) : cited.after] for link in line.links]
    links = [link for line in lines for link in line.links]
    tests = ((cited_links, _is_file), (links, lambda link: says_download(link.text)), (links, _is_pdf))
    return next((link.href for candidates, test in tests for link in candidates if test(link)), None)


def _is_file(link: Link) -> bool:
    return _is_pdf(link) or says_download(link.text)


def _is_pdf(link: Link) -> bool:
    return _PDF.search(link.href) is not None
