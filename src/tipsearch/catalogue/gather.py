"""All that the catalogue holds about some documents, in few questions however many there are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from tipsearch.catalogue import codec
from tipsearch.catalogue.compose import StoredRecord
from tipsearch.catalogue.likeness import neighbours
from tipsearch.catalogue.schema import facts, files, records, sources
from tipsearch.catalogue.union import Union
from tipsearch.model import Fact, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection


def stored_records(connection: Connection, document_ids: Sequence[str]) -> dict[str, list[StoredRecord]]:
    """The records of each document, the oldest first."""
    query = (
        select(records, files.c.path, files.c.media_type, files.c.sha256, sources.c.location)
        .join(files, files.c.id == records.c.file_id)
        .join(sources, sources.c.id == files.c.source_id)
        .where(records.c.document_id.in_(document_ids))
        .order_by(records.c.id)
    )
    rows = connection.execute(query).all()
    said = _facts(connection, document_ids)
    twins = _twins(connection, document_ids)
    texts: Union[int] = Union()
    whole = {row.id: row.document_id for row in rows if row.kind == RecordKind.DOCUMENT}
    for couple in neighbours(connection, list(whole)) if len(whole) > len({*whole.values()}) else ():
        texts.join(*couple)
    found: dict[str, list[StoredRecord]] = defaultdict(list)
    for row in rows:
        record = Record(
            RecordKind(row.kind),
            facts=tuple(said.get(row.id, ())),
            outline=codec.unpack_outline(row.outline),
            number=row.number,
        )
        found[row.document_id].append(
            StoredRecord(
                row.id,
                record,
                codec.public_path(row.path, row.location),
                row.media_type,
                row.page_count,
                tuple(twins.get(row.file_id, ())) if record.kind is RecordKind.DOCUMENT else (),
                row.sha256,
                row.item,
                texts.find(row.id),
            )
        )
    return found


def _facts(connection: Connection, document_ids: Sequence[str]) -> dict[int, list[Fact]]:
    own = select(records.c.id).where(records.c.document_id.in_(document_ids))
    query = select(facts).where(facts.c.record_id.in_(own)).order_by(facts.c.record_id, facts.c.number)
    found: dict[int, list[Fact]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.record_id].append(
            codec.row_fact(row.field, row.value, row.origin, row.weight, row.evidence)
        )
    return found


def _twins(connection: Connection, document_ids: Sequence[str]) -> dict[int, list[str]]:
    own = select(records.c.file_id).where(records.c.document_id.in_(document_ids))
    query = (
        select(files.c.duplicate_of, files.c.path, sources.c.location)
        .join(sources, sources.c.id == files.c.source_id)
        .where(files.c.duplicate_of.in_(own))
        .order_by(files.c.path)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for original, path, location in connection.execute(query):
        found[original].append(codec.public_path(path, location))
    return found
