"""A document as an OpenURL context object for a page of results (COinS): what reference managers find in lists.

Written in the words of ``info:ofi/fmt:kev:mtx:dc``, in which Zotero takes every kind of item, its language and address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from tipsearch.cite.kinds import kind_of
from tipsearch.cite.plain import one_line, web_url
from tipsearch.cite.said import date_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.model import Document

#: More authors than this are for the record itself, not for a list.
_MAX_AUTHORS = 10


def coins(document: Document) -> str:
    """The document as the ``title`` of a span of class ``Z3988``."""
    fields = ((name, one_line(value)) for name, value in _fields(document))
    return urlencode([field for field in fields if field[1]], quote_via=quote)


def _fields(document: Document) -> Iterator[tuple[str, str]]:
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    yield "rft.type", kind_of(document).dc
    yield "rft.title", document.title
    for author in document.authors[:_MAX_AUTHORS]:
        yield "rft.creator", author
    yield "rft.publisher", document.publisher or ""
    yield "rft.date", date_of(document) or ""
    yield "rft.language", document.language or ""
    yield "rft.identifier", web_url(document.url) or web_url(document.file_url) or ""
