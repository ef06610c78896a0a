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

from tipsearch.extract.facts import squeeze
from tipsearch.extract.web.blocks import markup_words
from tipsearch.extract.web.lines import Line

#: Bytes of a page; the answer of an extraction process is limited to as much text.
MAX_BYTES = 20_000_000
#: A tree takes about 600 bytes an element; 300,000 of them are some 200 MB.
_MAX_TAGS = 300_000
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
    r"|<(script|style|noscript|template|svg|textarea|iframe|title)\b[^>]*+>(?:(?!</\1\b).)*+",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<title\b[^>]*+>([^<]{0,2000})", re.IGNORECASE)


def parse_html(text: str) -> tuple[lxml.html.HtmlElement | None, str]:
    """The tree of a page.

    Returns:
        The tree and an empty text; or None and why there is no tree, for a librarian.
    """
    if text.count("<") > _MAX_TAGS:
        return None, f"the page has more than {_MAX_TAGS:,} tags"
    if _attribute_cost(text) > _MAX_ATTRIBUTE_COST:
        return None, "an element of the page has too many attributes"
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


def strip_markup(text: str) -> tuple[str, list[Line]]:
    """Title and lines of a page in linear time, by taking the tags out; for pages that `parse_html` refuses."""
    title = _TITLE.search(text)
    breaking = markup_words().block_elements | {"br"}
    body = _SILENT.sub(" ", text)
    body = _TAG.sub(lambda tag: "\n" if tag[1].lower() in breaking else "", body)
    lines = (squeeze(html.unescape(line)) for line in body.split("\n"))
    return html.unescape(title[1]).strip() if title else "", [Line(line) for line in lines if line]


def _attribute_cost(text: str) -> int:
    """What the attributes of all long tags cost: the sum of their squared numbers."""
    return sum(
        sum(1 for _ in _ATTRIBUTE.finditer(tag[2])) ** 2
        for tag in _TAG.finditer(text)
        if len(tag[2]) > _LONG_TAG
    )
