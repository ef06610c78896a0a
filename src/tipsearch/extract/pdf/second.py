"""The second reader: pdfminer.six for what PDFium refuses, or where it finds no characters.

Of 1,428 damaged files it opened 9 that PDFium could not, two of them encrypted in a way unknown to PDFium. It raises
nearly anything on damaged input (AttributeError, TypeError, binascii.Error, …), so its callers catch `Exception`.
"""

from __future__ import annotations

import logging
import time
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from pdfminer.converter import TextConverter
from pdfminer.layout import LAParams
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from tipsearch.extract.clean import drop_odd
from tipsearch.extract.hyphens import mark_hyphens
from tipsearch.extract.pdf.rtl import logical_order
from tipsearch.extract.pdf.text import RawDocument, RawPage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# Its debug messages cost time even where nobody listens, and its warnings speak of fonts.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

#: It reads 30 pages a second: these bounds keep a bad file from costing more than a hundred good ones.
_MAX_PAGES = 500
_MAX_SECONDS = 10.0


class _OutOfTimeError(Exception):
    """The time for this document is over."""


class _BoundedConverter(TextConverter):
    """A text converter that gives up when its time is over, as a single page can take minutes."""

    def __init__(self, resources: PDFResourceManager, out: StringIO, deadline: float) -> None:
        # Sorting boxes (`boxes_flow`) grows faster than quadratically; their order matters little to a search.
        super().__init__(resources, out, codec="", laparams=LAParams(boxes_flow=None, all_texts=True))
        self._deadline = deadline

    def render_string(self, *arguments: Any) -> None:  # noqa: ANN401 - handed on as they come
        """Take in a piece of text; raises when the time is over."""
        if time.monotonic() > self._deadline:
            raise _OutOfTimeError
        super().render_string(*arguments)


def read_whole(data: bytes) -> RawDocument | None:
    """A document as pdfminer.six reads it: at most 500 pages, or what it finds in 10 seconds.

    Returns:
        None if it can't open it either.
    """
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        pages = tuple(RawPage(text) for _, text in _texts(document, None))
        return RawDocument(pages, info=_info(document))
    except Exception:  # noqa: BLE001 - see the module's docstring
        return None


def read_some(data: bytes, numbers: Collection[int]) -> dict[int, str]:
    """The text of some pages, by their 1-based numbers; those without text or out of time are missing."""
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        return {number: text for number, text in _texts(document, numbers) if text.strip()}
    except Exception:  # noqa: BLE001 - see the module's docstring
        return {}


def _texts(document: PDFDocument, wanted: Collection[int] | None) -> Iterator[tuple[int, str]]:
    resources = PDFResourceManager()
    deadline = time.monotonic() + _MAX_SECONDS
    for number, page in enumerate(islice(PDFPage.create_pages(document), _MAX_PAGES), start=1):
        if wanted is not None and number not in wanted:
            continue
        out = StringIO()
        device = _BoundedConverter(resources, out, deadline)
        try:
            PDFPageInterpreter(resources, device).process_page(page)
        except _OutOfTimeError:
            return
        except Exception:  # noqa: BLE001 - one page's fault must not cost the others
            yield number, ""
        else:
            yield number, mark_hyphens(logical_order(out.getvalue()))


def _info(document: PDFDocument) -> dict[str, str]:
    found: dict[str, str] = {}
    for info in document.info:
        found.update(
            {key: drop_odd(decode_text(value)) for key, value in info.items() if isinstance(value, bytes)}
        )
    return found
