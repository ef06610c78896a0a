"""A few pages of a document instead of all: enough to tell what it is like, however long it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, tuple_

from tipsearch.catalogue import codec
from tipsearch.catalogue.schema import documents, pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Sample:
    """Pages of a document, evenly spread.

    Attributes:
        texts: of some of its pages in its main language, the first among them; of all if there are few.
        characters: how long the whole text is.
    """

    texts: tuple[str, ...]
    characters: int


def samples(connection: Connection, languages: dict[str, str | None], most: int) -> dict[str, Sample]:
    """Samples of documents.

    Args:
        connection: to the catalogue.
        languages: documents by id, and the language of each; pages in another one are passed over.
        most: pages of each.
    """
    query = (
        select(documents.c.id, documents.c.record_id, pages.c.number, pages.c.language, pages.c.characters)
        .join(pages, pages.c.record_id == documents.c.record_id)
        .where(documents.c.id.in_(languages))
        .order_by(documents.c.id, pages.c.number)
    )
    leaves: dict[str, list[tuple[int, int, bool]]] = {}
    lengths: dict[str, int] = dict.fromkeys(languages, 0)
    for id_, record, number, language, characters in connection.execute(query).all():
        is_foreign = language is not None and language != languages[id_]
        leaves.setdefault(id_, []).append((record, number, is_foreign))
        lengths[id_] += characters
    chosen = {id_: _spread(some, most) for id_, some in leaves.items()}
    texts = _texts(connection, [one for some in chosen.values() for one in some])
    return {
        id_: Sample(tuple(texts[one] for one in chosen.get(id_, ()) if one in texts), length)
        for id_, length in lengths.items()
    }


def _spread(leaves: Sequence[tuple[int, int, bool]], most: int) -> list[tuple[int, int]]:
    """So many pages from the first to near the last, at equal distances: those in the main language, if there are any."""
    own = [(record, number) for record, number, is_foreign in leaves if not is_foreign]
    usable = own or [(record, number) for record, number, _ in leaves]
    count = min(most, len(usable))
    return [usable[at * len(usable) // count] for at in range(count)]


def _texts(connection: Connection, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    query = select(pages.c.record_id, pages.c.number, pages.c.text).where(
        tuple_(pages.c.record_id, pages.c.number).in_(wanted)
    )
    rows = connection.execute(query).all()
    return {(record, number): codec.unpack_text(text) for record, number, text in rows}
