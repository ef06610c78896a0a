"""What librarians decided on documents and on words: a log that only grows, and what of it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from tipsearch.catalogue import codec
from tipsearch.catalogue.schema import decisions, documents, records, word_decisions
from tipsearch.model import Field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from sqlalchemy import Connection

    #: Field to values; none at all where a librarian said so.
    Decided: TypeAlias = dict[Field, tuple[str, ...]]

#: Ids in one question: SQLite takes 32,766 values in a statement at most.
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry of the log: a field of a document, or of all documents that carry a tag, and what it is to be.

    Attributes:
        made: when, in UTC (ISO 8601).
        author: who.
        document: the document's id, None where a tag was decided on.
        tag: the word of sources, None where a document was decided on.
        field: which field.
        values: what was decided, empty for «none»; None where earlier decisions were taken back.
    """

    made: str
    author: str
    document: str | None
    tag: str | None
    field: Field
    values: tuple[str, ...] | None


def put_decision(
    connection: Connection, document_id: str, field: Field, values: Sequence[str] | None, author: str
) -> None:
    """Log a decision; None takes back all that count for the document, also those on what has become part of it."""
    named = [document_id] if values is not None else _holders(connection, document_id, field)
    packed = None if values is None else codec.pack_json(list(values))
    row = {"field": field.value, "values": packed, "author": author, "made": codec.now()}
    for one in named:
        connection.execute(insert(decisions).values(document_id=one, **row))


def decided_values(connection: Connection, document_ids: Sequence[str]) -> dict[str, Decided]:
    """The librarians' standing decisions by document and field; those on what has become part of it count as well."""
    if connection.scalar(select(decisions.c.id).limit(1)) is None:
        return {}
    shown = _parts(connection, document_ids)
    made, last = _made(connection, shown)
    found: dict[str, Decided] = defaultdict(dict)
    # What was decided on the document itself comes last, before it what was decided last.
    for named in sorted(made, key=lambda one: (one == shown[one], last[one])):
        found[shown[named]] |= made[named]
    return found


def all_decided(connection: Connection, document_ids: Iterable[str] | None = None) -> dict[str, Decided]:
    """The standing decisions on these documents, however many, or on all that there are."""
    shown = _decided_upon(connection) if document_ids is None else document_ids
    found: dict[str, Decided] = {}
    for some in _batches(sorted(shown)):
        found |= {one: fields for one, fields in decided_values(connection, some).items() if fields}
    return found


def _decided_upon(connection: Connection) -> set[str]:
    """All documents that there are and that a decision may count for."""
    named = sorted(connection.scalars(select(decisions.c.document_id).distinct()))
    shown: set[str] = set()
    for some in _batches(named):
        living = select(documents.c.id).where(documents.c.id.in_(some), documents.c.composed.is_not(None))
        part_of = select(records.c.document_id).where(records.c.item.in_(some)).distinct()
        shown |= {*connection.scalars(living), *connection.scalars(part_of)}
    return shown


def log(connection: Connection, document_id: str | None = None) -> Iterator[Decision]:
    """The log, the oldest entry first; of one document with those on its parts."""
    query = select(decisions).order_by(decisions.c.made, decisions.c.id)
    if document_id is not None:
        query = query.where(decisions.c.document_id.in_([*_parts(connection, [document_id])]))
    entries = [
        Decision(row.made, row.author, row.document_id, None, *_said(row))
        for row in connection.execute(query)
    ]
    if document_id is None:
        words = connection.execute(select(word_decisions).order_by(word_decisions.c.id))
        entries += [Decision(row.made, row.author, None, row.spelt, *_said(row)) for row in words]
    yield from sorted(entries, key=lambda entry: entry.made)


def _said(row: Any) -> tuple[Field, tuple[str, ...] | None]:  # noqa: ANN401  SQLAlchemy's row
    values = row._mapping["values"]  # noqa: SLF001  `values` is a method of rows
    return Field(row.field), None if values is None else codec.unpack_values(values)


def _holders(connection: Connection, document_id: str, field: Field) -> list[str]:
    """The ids on which a decision stands that counts for a document's field."""
    made, _ = _made(connection, _parts(connection, [document_id]))
    return sorted(named for named, fields in made.items() if field in fields)


def _made(connection: Connection, named: Collection[str]) -> tuple[dict[str, Decided], dict[str, int]]:
    """What stands by the id it was decided on, and the number of the last decision on each."""
    query = select(
        decisions.c.id, decisions.c.document_id, decisions.c.field, decisions.c["values"].label("packed")
    )
    made: dict[str, Decided] = defaultdict(dict)
    last: dict[str, int] = {}
    for row in connection.execute(
        query.where(decisions.c.document_id.in_([*named])).order_by(decisions.c.id)
    ):
        last[row.document_id] = row.id
        if row.packed is None:
            made[row.document_id].pop(Field(row.field), None)
        else:
            made[row.document_id][Field(row.field)] = codec.unpack_values(row.packed)
    return made, last


def _parts(connection: Connection, document_ids: Sequence[str]) -> dict[str, str]:
    """These documents, and the ids that their parts had, to the document that they are now."""
    query = select(records.c.item, records.c.document_id).where(records.c.document_id.in_(document_ids))
    parts = {row.item: row.document_id for row in connection.execute(query.distinct())}
    elsewhere = select(records.c.document_id).where(records.c.document_id.in_([*parts])).distinct()
    for living in connection.scalars(elsewhere):
        parts.pop(living)
    return {document: document for document in document_ids} | parts


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    for begin in range(0, len(ids), _AT_ONCE):
        yield ids[begin : begin + _AT_ONCE]
