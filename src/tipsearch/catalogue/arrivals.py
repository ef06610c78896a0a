"""When documents came into the library: the run that last read the file their text comes from, as new or as changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tipsearch.catalogue.schema import documents, files, records, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

#: Ids in one statement, well below SQLite's bound on parameters.
_AT_ONCE = 1_000
_ARRIVED = (
    select(documents.c.id, runs.c.started)
    .join(records, records.c.id == documents.c.record_id)
    .join(files, files.c.id == records.c.file_id)
    .join(runs, runs.c.id == files.c.run_id)
    .where(documents.c.composed.is_not(None))
)


def arrivals(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """By id, when (ISO 8601, UTC) each of these documents came in; unknown ones are left out."""
    found: dict[str, str] = {}
    for first in range(0, len(ids), _AT_ONCE):
        query = _ARRIVED.where(documents.c.id.in_(ids[first : first + _AT_ONCE]))
        found |= {row.id: row.started for row in connection.execute(query)}
    return found


def roll(connection: Connection, after: str, limit: int) -> tuple[tuple[str, str], ...]:
    """The next documents behind an id, in the order of ids, each with when it came in; empty at the end."""
    query = _ARRIVED.where(documents.c.id > after).order_by(documents.c.id).limit(limit)
    return tuple((row.id, row.started) for row in connection.execute(query))
