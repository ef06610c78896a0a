"""RIS, the tagged format that reference managers read.

Source: the RIS format specification (Research Information Systems, 2001; types and tags of 2011): two letters, two
spaces, a hyphen, a space, the value; lines end in CR LF; ``TY`` first and ``ER`` last in each record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.cite.kinds import kind_of
from tipsearch.cite.plain import one_line, web_url
from tipsearch.cite.said import date_of, keywords_of, plain_label, summary_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipsearch.cite.said import Label
    from tipsearch.model import Document


def stream(documents: Iterable[Document], label: Label = plain_label) -> Iterator[str]:
    """The documents as RIS, record by record."""
    for document in documents:
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in _fields(document, label))


def _fields(document: Document, label: Label) -> Iterator[tuple[str, str]]:
    yield "TY", kind_of(document).ris
    for tag, value in _optional(document, label):
        # A line end in a value would begin a field of the author's choosing.
        if value and (cleaned := one_line(value)):
            yield tag, cleaned
    yield "ER", ""


def _optional(document: Document, label: Label) -> Iterator[tuple[str, str | None]]:
    date = date_of(document)
    yield "ID", document.id
    yield "TI", document.title
    for author in document.authors:
        yield "AU", author
    yield "PY", date[:4] if date else None
    yield "DA", _date(date)
    yield "PB", document.publisher
    yield "LA", document.language
    yield "AB", summary_of(document)
    for word in keywords_of(document, label):
        yield "KW", word
    yield "UR", web_url(document.url)
    yield "L1", web_url(document.file_url)


def _date(date: str | None) -> str | None:
    """``YYYY/MM/DD/`` with what is unknown left empty, as the specification has it."""
    if date is None:
        return None
    year, month, day = (*date.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/"
