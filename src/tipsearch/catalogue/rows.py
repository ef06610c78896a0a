"""What a file says, as rows: written, dropped, handed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from tipsearch.catalogue import codec, likeness, linking
from tipsearch.catalogue.naming import before
from tipsearch.catalogue.schema import facts, files, keys, pages, records

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from tipsearch.catalogue.naming import Before, Naming
    from tipsearch.model import Record, Sketch


@dataclass(slots=True)
class Pending:
    """What a change has still to settle.

    Attributes:
        documents: to be grouped and composed anew, in the order in which they were touched.
        sketched: records for which others of the same text are to be looked for, with the sketches of those that are new.
        freed: names (`around`) that others may have been kept apart by.
        copies: files found to be copies of others.
    """

    documents: dict[str, None] = field(default_factory=dict)
    sketched: dict[int, Sketch | None] = field(default_factory=dict)
    freed: set[str] = field(default_factory=set)
    copies: int = 0

    def copy(self) -> Pending:
        """As it is now."""
        return Pending(dict(self.documents), dict(self.sketched), set(self.freed), self.copies)


def put_records(
    connection: Connection,
    file: int,
    found: Sequence[Record],
    naming: Naming,
    pending: Pending,
    *,
    stamp: Callable[[Record], str] | None = None,
) -> None:
    """Write what a file says; `stamp` as in `Change.put_file`."""
    first = (connection.scalar(select(func.max(records.c.id))) or 0) + 1
    rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in (records, keys, facts, pages)}
    for id_, (record, (names, item)) in enumerate(zip(found, naming.items(found), strict=True), first):
        document = naming.shown(item)
        pending.documents[document] = None
        if record.sketch:
            pending.sketched[id_] = record.sketch
        row = _record_row(id_, file, record, item, document)
        rows["records"].append(row | {"tagger": stamp(record) if stamp else ""})
        rows["keys"] += [
            {"record_id": id_, "key": key} for key in dict.fromkeys((*names, *linking.keys(record)))
        ]
        rows["facts"] += [codec.fact_row(id_, number, fact) for number, fact in enumerate(record.facts)]
        rows["pages"] += [codec.page_row(id_, page) for page in record.pages]
    for table in (records, keys, facts, pages):
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])


def drop_records(connection: Connection, file: int, pending: Pending) -> Before:
    """Forget what a file said; what that was."""
    known = before(connection, file)
    own = select(records.c.id).where(records.c.file_id == file)
    met = dict.fromkeys(likeness.forget(connection, own))
    pending.sketched = {id_: one for id_, one in (met | pending.sketched).items() if id_ not in known.ids}
    pending.freed |= known.names | file_names(connection, file)
    for table in (keys, facts, pages):
        connection.execute(delete(table).where(table.c.record_id.in_(own)))
    connection.execute(delete(records).where(records.c.file_id == file))
    pending.documents |= dict.fromkeys(known.shown.values())
    return known


def file_names(connection: Connection, file: int) -> set[str]:
    """What links to a file are called, as others look for them."""
    name = connection.scalar(select(files.c.name).where(files.c.id == file))
    return {f"link:{name}"} if name else set()


def _record_row(id_: int, file: int, record: Record, item: str, document: str) -> dict[str, Any]:
    return {
        "id": id_,
        "file_id": file,
        "number": record.number,
        "kind": record.kind.value,
        "document_id": document,
        "outline": codec.pack_json(record.outline),
        "page_count": len(record.pages),
        "words": record.sketch.words if record.sketch else None,
        "sketch": likeness.pack(record.sketch.marks) if record.sketch else None,
        "item": item,
    }
