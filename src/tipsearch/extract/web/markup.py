"""HTML to a tree, or to plain lines where a tree would cost too much or lose the text.

libxml2 is quick on honest pages, but takes quadratic time for the attributes of one element, and gives an empty tree,
without an exception, above its limits of depth and size. So the cost is estimated first by one linear pass, and the
parser's log is read afterwards.
"""

from __future__ import annotations

import html
import re

import lxml.etree
import lxml.html

from tipsearch.extract.web.blocks import markup_words
from tipsearch.extract.web.size import MAX_CHARACTERS, MAX_LINES

#: An element costs some 20 µs to read and 600 bytes; the longest statute book in one page has 80,000 tags.
_MAX_TAGS = 160_000
#: Sum of squared numbers of attributes; 100,000 attributes in one element (10^10) take lxml 16 s, this 0.2 s.
_MAX_ATTRIBUTE_COST = 100_000_000
#: A tag of fewer characters cannot cost much.
_LONG_TAG = 2000

#: What libxml2 reads, as a character or by its number, and lxml refuses to write back when a tree is changed.
_NOT_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)"
    r"|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)

# As the HTML Standard's tokenizer reads them. Possessive throughout: each character is looked at once.
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+)"""
_ATTRIBUTE = re.compile(rf"[^\s/>][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?")
_TAG = re.compile(rf"</?([a-zA-Z][^\s/>]*+)((?:[\s/]++|{_ATTRIBUTE.pattern})*+)(?:>|\Z)")
_SILENT = re.compile(
    r"<!--(?:(?!-->).)*+(?:-->)?|<[!?][^>]*+>?"
    r"|<(script|style|noscript|template|svg|textarea|iframe|title)\b[^>]*+(?:>|\Z)(?:(?!</\1\b).)*+",
    re.IGNORECASE | re.DOTALL,
)
_PRE = re.compile(r"<pre\b", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]*+(?:>|\Z)([^<]{0,2000})", re.IGNORECASE)


def parse_html(text: str) -> tuple[lxml.html.HtmlElement | None, str]:
    """The tree of a page.

    Returns:
        The tree and an empty text; or None and why there is no tree, for a librarian.
    """
    trouble = _cost(text)
    if trouble:
        return None, trouble
    text = _NOT_XML.sub("", text)
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError:
        return None, "the page is empty"
    fatal = parser.error_log.filter_from_fatals()
    if len(fatal):
        return None, f"the page's markup is beyond what can be parsed ({fatal[0].message})"
    return tree, ""


def strip_markup(text: str) -> tuple[str, str]:
    """Title and text of a page in linear time, by taking the tags out; for pages that `parse_html` refuses.

    Each block element begins a line of the text.
    """
    title = _TITLE.search(text)
    breaking = markup_words().block_elements | {"br"}
    body = _SILENT.sub(" ", text)
    if not _PRE.search(body):
        body = body.replace("\n", " ")
    body = _TAG.sub(lambda tag: "\n" if tag[1].lower() in breaking else "", body)
    return html.unescape(title[1]).strip() if title else "", html.unescape(body)


def _cost(text: str) -> str:
    """Why a tree of the page would cost too much; empty if it wouldn't."""
    if len(text) > MAX_CHARACTERS:
        return f"the page has {len(text) / 1e6:,.0f} million characters"
    if text.count("<") > _MAX_TAGS:
        return f"the page has more than {_MAX_TAGS:,} tags"
    if text.count("\n") > MAX_LINES and _PRE.search(text):
        return f"the page has more than {MAX_LINES:,} lines of preformatted text"
    if _attribute_cost(text) > _MAX_ATTRIBUTE_COST:
        return "an element of the page has too many attributes"
    return ""


def _attribute_cost(text: str) -> int:
    """What the attributes of all long tags cost: the sum of their squared numbers."""
    return sum(
        sum(1 for _ in _ATTRIBUTE.finditer(tag[2])) ** 2
        for tag in _TAG.finditer(text)
        if len(tag[2]) > _LONG_TAG
    )
