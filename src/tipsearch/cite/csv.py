"""A table of documents for spreadsheets (RFC 4180), in which no cell can be a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line, web_url
from tipsearch.cite.said import plain_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipsearch.cite.said import Label
    from tipsearch.model import Document

#: The columns, in order.
COLUMNS = (
    "id",
    "title",
    "authors",
    "publisher",
    "date",
    "language",
    "types",
    "regions",
    "topics",
    "pages",
    "url",
    "file_url",
)
#: A cell that begins so is calculated by spreadsheets (OWASP ASVS 5.0, 1.2.10), in East Asian ones in full width, too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


def stream(documents: Iterable[Document], label: Label = plain_label) -> Iterator[str]:  # noqa: ARG001  values stay as filters and `set` take them
    """The documents as CSV, line by line, with a header line; several values in a cell are separated by ``; ``."""
    yield _line(COLUMNS)
    for document in documents:
        yield _line([guarded(cell) for cell in _row(document)])


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _row(document: Document) -> tuple[str, ...]:
    return (
        document.id,
        document.title,
        "; ".join(document.authors),
        document.publisher or "",
        document.date or "",
        document.language or "",
        "; ".join(tag.value for tag in document.types),
        "; ".join(tag.value for tag in document.regions),
        "; ".join(tag.value for tag in document.topics),
        str(document.page_count),
        web_url(document.url) or "",
        web_url(document.file_url) or "",
    )


def guarded(cell: str) -> str:
    """The cell on one line, an apostrophe before what a spreadsheet would calculate."""
    cleaned = one_line(cell)
    return f"'{cleaned}" if _is_formula(cleaned) else cleaned


def unguarded(cell: str) -> str:
    """The reverse of `guarded`."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    """Would it be calculated, with or without apostrophes before? Else those that belong to it couldn't be told."""
    return cell.lstrip("'").startswith(_FORMULA_STARTS)
