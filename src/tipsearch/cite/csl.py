"""CSL-JSON, the data format of the Citation Style Language (schema 1.0.2)."""

from __future__ import annotations

import json
from textwrap import indent
from typing import TYPE_CHECKING

from tipsearch.cite.kinds import kind_of
from tipsearch.cite.plain import one_line, web_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipsearch.model import Document


def write(documents: Iterable[Document]) -> str:
    """The documents as a JSON list of CSL items."""
    return "".join(stream(documents))


def stream(documents: Iterable[Document]) -> Iterator[str]:
    """The same item by item."""
    before = "[\n"
    for document in documents:
        # No line end stands inside a JSON string, so each line is one of the item's own.
        yield before + indent(json.dumps(item(document), ensure_ascii=False, indent=2), "  ")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def item(document: Document) -> dict[str, object]:
    """One document as a CSL item; what is unknown is left out, as the schema wants it.

    Authors are ``literal`` names: whether "International Labour Organization" or "Jane Doe" is a person isn't known,
    and a wrongly split organisation is worse than an unsplit person.
    """
    fields: dict[str, object] = {
        "id": document.id,
        "type": kind_of(document).csl,
        "title": one_line(document.title),
        "author": [{"literal": one_line(author)} for author in document.authors],
        "issued": {"date-parts": [_date_parts(document.date)]} if document.date else None,
        "publisher": one_line(document.publisher or ""),
        "language": document.language,
        "abstract": one_line(document.abstract or ""),
        "keyword": ", ".join(tag.value.replace("-", " ") for tag in (*document.topics, *document.regions)),
        "number-of-pages": str(document.page_count) if document.page_count else None,
        "URL": web_url(document.url) or web_url(document.file_url),
    }
    return {name: value for name, value in fields.items() if value}


def _date_parts(date: str) -> list[int]:
    return [int(part) for part in date.split("-")]
