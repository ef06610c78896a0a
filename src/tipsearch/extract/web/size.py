"""Pages and texts of any size: read as far as a child process can, and what is left out is said."""

from __future__ import annotations

import operator
import re
from dataclasses import replace

from tipsearch.extract.clean import clean
from tipsearch.model import Extraction, FileState, Page, PageIssue, Record

#: Characters of one document that are read: a hundred books. Indexing and snippets of more would hold up all others.
MAX_CHARACTERS = 20_000_000
#: Bytes that are decoded; of a page of more, embedded pictures are most.
MAX_BYTES = 64_000_000
#: A line costs about 20 µs to look at; a book of 1,000 pages has 50,000. Text of more lines is taken as it is.
MAX_LINES = 150_000

#: Why there is an issue with a document of which something was left out, and what to do.
CUT = f"only its beginning can be found, {MAX_CHARACTERS // 1_000_000} million characters at most: split it"

# A tag that is never closed goes to the end of the file: so each is looked at once.
_EMBEDDED = re.compile(
    r"data:[\w.+/;=-]*+,[^\"'\s)>]*+"
    r"|<!--(?:(?!-->).)*+(?:-->|\Z)"
    r"|<(script|style|svg)\b(?![^>]{0,500}ld\+json)[^>]*+(?:>|\Z)(?:(?!</\1\b).)*+",
    re.IGNORECASE | re.DOTALL,
)
_LIGATURE = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"
_MAX_LIGATURES = 100_000
_GAP = re.compile(r"\n\s*\n")
_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")


def lighten(text: str) -> str:
    """A page without embedded pictures, scripts, styles and comments, as pages saved into one file have megabytes of."""
    return _EMBEDDED.sub("", text)


def tame(text: str) -> str:
    """A text without its longest ligature where it has more of it than any book: each becomes 18 letters by NFKC."""
    return text if text.count(_LIGATURE) <= _MAX_LIGATURES else text.replace(_LIGATURE, " ")


def plain_page(text: str) -> Page:
    """The beginning of a text of very many lines as one page, without a look at its lines."""
    return Page(1, _GAP.sub("\n\n", _BLANKS.sub(" ", clean(text[:MAX_CHARACTERS]))))


def clip(extraction: Extraction, *, is_cut: bool = False) -> Extraction:
    """The same with no more than `MAX_CHARACTERS` in a document, and an issue if something was left out.

    Args:
        extraction: what a reader made of a file.
        is_cut: the reader has left out the file's end already.
    """
    records = tuple(map(clipped, extraction.records))
    if not extraction.records or (not is_cut and all(map(operator.is_, records, extraction.records))):
        return extraction
    issue = PageIssue(1, FileState.TOO_BIG, CUT)
    return replace(extraction, records=records, issues=(*extraction.issues, issue))


def clipped(record: Record) -> Record:
    """The record itself, or with the beginning of its text if it has more than `MAX_CHARACTERS`."""
    if sum(len(page.text) for page in record.pages) <= MAX_CHARACTERS:
        return record
    left = MAX_CHARACTERS
    pages = []
    for page in record.pages:
        pages.append(page if len(page.text) <= left else replace(page, text=_head(page.text, left)))
        left -= len(pages[-1].text)
    return replace(record, pages=tuple(pages))


def _head(text: str, length: int) -> str:
    """The beginning of a text, cut after a word where there are any."""
    head = text[:length]
    end = head.rfind(" ", max(0, length - 1000))
    return head[:end] if end > 0 else head
