"""CSL-JSON, the data format of the Citation Style Language (schema 1.0.2)."""

from __future__ import annotations

import json
from textwrap import indent
from typing import TYPE_CHECKING

from tipsearch.cite.kinds import kind_of
from tipsearch.cite.people import person
from tipsearch.cite.plain import one_line, web_url
from tipsearch.cite.said import date_of, keywords_of, plain_label, summary_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipsearch.cite.said import Label
    from tipsearch.model import Document


def stream(documents: Iterable[Document], label: Label = plain_label) -> Iterator[str]:
    """The documents as a JSON list of CSL items, item by item."""
    before = "[\n"
    for document in documents:
        # No line end stands inside a JSON string, so each line is one of the item's own.
        yield before + indent(json.dumps(item(document, label), ensure_ascii=False, indent=2), "  ")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def item(document: Document, label: Label = plain_label) -> dict[str, object]:
    """One document as a CSL item; what is unknown is left out, as the schema wants it.

    Authors are ``literal`` names unless their form tells persons (``Doe, Jane``): whether "International Labour
    Organization" or "Jane Doe" is one isn't known, and a wrongly split organisation is worse than an unsplit person.
    """
    date = date_of(document)
    fields: dict[str, object] = {
        "id": document.id,
        "type": kind_of(document).csl,
        "title": one_line(document.title),
        "author": [_author(author) for author in document.authors],
        "issued": {"date-parts": [_date_parts(date)]} if date else None,
        "publisher": one_line(document.publisher or ""),
        "language": document.language,
        "abstract": summary_of(document),
        "keyword": ", ".join(word.replace(",", " ") for word in keywords_of(document, label)),
        "number-of-pages": str(document.page_count) if document.page_count else None,
        "URL": web_url(document.url) or web_url(document.file_url),
    }
    return {name: value for name, value in fields.items() if value}


def _author(name: str) -> dict[str, str]:
    one = person(name)
    if one is None:
        return {"literal": one_line(name)}
    parts = {
        "family": one.family,
        "given": one.given,
        "non-dropping-particle": one.particle,
        "suffix": one.suffix,
    }
    return {name: part for name, part in parts.items() if part}


def _date_parts(date: str) -> list[int]:
    return [int(part) for part in date.split("-")]
