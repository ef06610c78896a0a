"""Words parted at a line's end of which their document can't tell whether a hyphen belongs there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select, update

from tipsearch.catalogue import codec
from tipsearch.catalogue.schema import documents, pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_positions = msgspec.json.Decoder(tuple[int, ...])


@dataclass(frozen=True, slots=True)
class OpenBreaks:
    """A page with such words, joined so far.

    Attributes:
        document_id: the document that it is a page of.
        record_id, number: where it stands in the catalogue.
        text: its text.
        positions: of the breaks in it, ascending.
    """

    document_id: str
    record_id: int
    number: int
    text: str
    positions: tuple[int, ...]


def open_breaks(connection: Connection, after: int) -> Iterator[OpenBreaks]:
    """The pages of documents that changed after that number of the order of changes."""
    query = (
        select(documents.c.id, pages.c.record_id, pages.c.number, pages.c.text, pages.c.breaks)
        .join(pages, pages.c.record_id == documents.c.record_id)
        .where(documents.c.seq > after, pages.c.breaks.is_not(None))
    )
    for document_id, record_id, number, text, breaks in connection.execute(query):
        yield OpenBreaks(document_id, record_id, number, codec.unpack_text(text), _positions.decode(breaks))


def put_text(connection: Connection, page: OpenBreaks) -> None:
    """Replace a page's text and what is still open in it."""
    same = (pages.c.record_id == page.record_id) & (pages.c.number == page.number)
    connection.execute(
        update(pages)
        .where(same)
        .values(
            text=codec.pack_text(page.text),
            characters=len(page.text),
            breaks=codec.pack_json(page.positions) if page.positions else None,
        )
    )
