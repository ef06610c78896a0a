"""A few pages of a document instead of all: enough to tell what it is like, however long it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

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
    lengths: dict[str, int] = dict.fromkeys(languages, 0)
    records: dict[str, int] = {}
    leaves: dict[str, list[tuple[int, bool]]] = {}
    for id_, record, language, numbers, length in connection.execute(_LEAVES, {"ids": list(languages)}):
        records[id_] = record
        lengths[id_] += length
        is_foreign = language is not None and language != languages[id_]
        leaves.setdefault(id_, []).extend((number, is_foreign) for number in json.loads(numbers))
    texts = {
        id_: _texts(connection, records[id_], _spread(sorted(some), most)) for id_, some in leaves.items()
    }
    return {id_: Sample(texts.get(id_, ()), length) for id_, length in lengths.items()}


def _spread(leaves: Sequence[tuple[int, bool]], most: int) -> list[int]:
    """So many pages from the first to near the last, at equal distances: those in the main language, if there are any."""
    own = [number for number, is_foreign in leaves if not is_foreign]
    usable = own or [number for number, _ in leaves]
    count = min(most, len(usable))
    return [usable[at * len(usable) // count] for at in range(count)]


def _texts(connection: Connection, record: int, numbers: Sequence[int]) -> tuple[str, ...]:
    rows = connection.execute(_TEXTS_OF, {"record": record, "numbers": numbers})
    return tuple(codec.unpack_text(text) for (text,) in rows)


#: Of each document one row a language, however many pages it has.
_LEAVES = (
    select(
        documents.c.id,
        documents.c.record_id,
        pages.c.language,
        func.json_group_array(pages.c.number),
        func.sum(pages.c.characters),
    )
    .join(pages, pages.c.record_id == documents.c.record_id)
    .where(documents.c.id.in_(bindparam("ids", expanding=True)))
    .group_by(documents.c.id, pages.c.language)
)
#: One statement for several records would make SQLite go through every page that there is.
_TEXTS_OF = (
    select(pages.c.text)
    .where(pages.c.record_id == bindparam("record"), pages.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(pages.c.number)
)
