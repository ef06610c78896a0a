"""Headings that a tagged PDF declares on one page (PDF 1.7, 14.8), read by PDFium.

A tree of one page costs 0.3 ms and the texts of its headings 1 ms, against 40 ms for the fonts and places of all letters
by pdfminer.six. But a tag says only what its author clicked: the first ``H1`` may be a masthead or «Introduction» below
a title in larger type. So each heading comes with what the page sets larger, and `title` judges.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from math import hypot
from typing import TYPE_CHECKING, Any

import pypdfium2
from pypdfium2 import raw as pdfium

from tipsearch.extract.clean import drop_odd
from tipsearch.extract.facts import squeeze
from tipsearch.extract.pdf.title_words import is_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pypdfium2 import PdfPage, PdfTextObj, PdfTextPage

#: Names of the types that head a document, by what is tried first; ``Title`` since PDF 2.0, and Word's before.
_ROLES = {"Title": 0, "H1": 1, "H": 1, "H2": 2}
#: A tree with more elements on one page is a form or a table; a title stands among the first.
_MAX_ELEMENTS = 3_000
_MAX_OBJECTS = 5_000
#: So many pieces of text are asked for: PDFium goes through all letters of the page for each.
_MAX_PIECES = 200
#: So many headings are looked for, so many read, and so many handed on.
_MAX_FOUND, _MAX_MARKED, _MAX_HEADINGS = 100, 9, 3
#: What is set larger than a heading by this factor competes with it.
_LARGER = 1.1
#: The largest distance between two lines of one heading, in its type size.
_LEADING = 1.6
#: The name before it is mapped to a standard one; not every PDFium that pypdfium2 brings along tells it.
_RAW_TYPE: Callable[..., int] | None = getattr(pdfium, "FPDF_StructElement_GetRawType", None)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is tagged.

    Attributes:
        role: ``Title``, ``H1``, ``H`` or ``H2``.
        text: its text, its spaces not always right.
        size: its type size in points.
        larger: texts that the page sets at least a tenth larger, in page order.
    """

    role: str
    text: str
    size: float
    larger: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of text and the number of the marked content that it belongs to, -1 for none."""

    item: PdfTextObj
    content: int
    size: float


def read_headings(data: bytes, number: int = 1) -> tuple[Heading, ...]:
    """The headings of a page, titles first, then those of the first level, in page order.

    Args:
        data: the PDF.
        number: which page, 1-based.

    Returns:
        At most three; none if the file isn't tagged or the page has none.
    """
    with ExitStack() as stack:
        try:
            pdf = stack.enter_context(pypdfium2.PdfDocument(data))
            if not pdfium.FPDFCatalog_IsTagged(pdf):
                return ()
            page = pdf.get_page(number - 1)
            stack.callback(page.close)
            tree = pdfium.FPDF_StructTree_GetForPage(page)
            if not tree:
                return ()
            stack.callback(pdfium.FPDF_StructTree_Close, tree)
            marked = _marked(tree)
            if not marked:
                return ()
            textpage = page.get_textpage()
            stack.callback(textpage.close)
            return _headings(marked, tuple(_pieces(page, textpage)))
        except pypdfium2.PdfiumError:
            return ()


def _marked(tree: Any) -> list[tuple[str, tuple[int, ...]]]:  # noqa: ANN401 - a handle of PDFium
    """The page's headings with the numbers of the content that is marked as theirs."""
    roots = range(pdfium.FPDF_StructTree_CountChildren(tree))
    elements = _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at) for at in roots)
    headings = ((role, element) for element in elements if (role := _role(element)) in _ROLES)
    # Each is walked through once more, so that their number has to be bounded as well.
    first = sorted(islice(headings, _MAX_FOUND), key=lambda one: _ROLES[one[0]])[:_MAX_MARKED]
    return [
        (role, tuple(number for part in _walk([element]) for number in _contents(part)))
        for role, element in first
    ]


def _walk(elements: Iterable[Any]) -> Iterator[Any]:
    """Elements and all below them in order; at most 3,000, as a damaged tree may be endless."""
    pending = [element for element in elements if element][::-1]
    for _ in range(_MAX_ELEMENTS):
        if not pending:
            return
        element = pending.pop()
        yield element
        count = min(pdfium.FPDF_StructElement_CountChildren(element), _MAX_ELEMENTS - len(pending))
        children = (pdfium.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(count))
        pending += [child for child in children if child][::-1]


def _role(element: Any) -> str:  # noqa: ANN401 - a handle of PDFium
    """The type of an element; its own name for it where that says title and the standard type doesn't."""
    if _RAW_TYPE and _string(_RAW_TYPE, element) == "Title":
        return "Title"
    return _string(pdfium.FPDF_StructElement_GetType, element)


def _contents(element: Any) -> Iterator[int]:  # noqa: ANN401 - a handle of PDFium
    count = pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)
    for at in range(min(count, _MAX_PIECES)):
        number = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
        if number >= 0:
            yield number


def _string(get: Callable[..., int], element: Any) -> str:  # noqa: ANN401 - a handle of PDFium
    length = get(element, None, 0)
    buffer = (pdfium.FPDF_WCHAR * max(length // 2, 1))()
    get(element, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _pieces(page: PdfPage, textpage: PdfTextPage) -> Iterator[_Piece]:
    """The pieces of text on a page; those inside forms count their contents anew and are left out."""
    items = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1, textpage=textpage)
    for item in islice(items, _MAX_OBJECTS):
        matrix = item.get_matrix()
        size = abs(item.get_font_size()) * hypot(matrix.c, matrix.d)
        yield _Piece(item, pdfium.FPDFPageObj_GetMarkedContentID(item), size)


def _headings(marked: Sequence[tuple[str, tuple[int, ...]]], pieces: Sequence[_Piece]) -> tuple[Heading, ...]:
    by_content: dict[int, list[_Piece]] = {}
    for piece in pieces:
        by_content.setdefault(piece.content, []).append(piece)
    runs: list[tuple[str, list[_Piece]]] = []
    for role, contents in marked:
        own = [piece for content in contents for piece in by_content.get(content, ())]
        if runs and own and runs[-1][0] == role and _goes_on(runs[-1][1], own):
            runs[-1][1].extend(own)
        elif own:
            runs.append((role, own))
    found = []
    for role, own in runs[:_MAX_HEADINGS]:
        size = max(piece.size for piece in own)
        found.append(Heading(role, _joined(own), size, _larger(by_content, size)))
    return tuple(heading for heading in found if heading.text)


def _goes_on(above: Sequence[_Piece], below: Sequence[_Piece]) -> bool:
    """Whether a heading is the next line of the one before it: a title in two paragraphs is tagged as two."""
    last, first = above[-1], below[0]
    step = last.item.get_bounds()[1] - first.item.get_bounds()[1]
    alike = abs(last.size - first.size) < last.size / 10
    return alike and 0 < step <= _LEADING * last.size and not is_label(_joined(below))


def _larger(by_content: Mapping[int, Sequence[_Piece]], size: float) -> tuple[str, ...]:
    """What the page sets larger, each content for itself; what is in none is one piece each."""
    found = []
    for content, pieces in by_content.items():
        large = [piece for piece in pieces if piece.size > _LARGER * size]
        found += [_joined([piece]) for piece in large] if content < 0 else [_joined(large)]
    return tuple(filter(None, found))


def _joined(pieces: Sequence[_Piece]) -> str:
    """The text of pieces, with spaces where one ends and another begins elsewhere."""
    text, right, base = "", 0.0, 0.0
    for piece in pieces[:_MAX_PIECES]:
        left, bottom, end, _ = piece.item.get_bounds()
        apart = abs(bottom - base) > piece.size / 2 or left - right > piece.size / 10
        text += (" " if text and apart else "") + _extract(piece.item)
        right, base = end, bottom
    return squeeze(drop_odd(text))


def _extract(item: PdfTextObj) -> str:
    try:
        return str(item.extract())
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return ""
