"""Numbered steps from an empty file to today's tables, such as ``0001_first.sql``.

Each runs in one transaction and is never edited after a release. `PRAGMA user_version` says how far a catalogue is.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from tipsearch.errors import LibraryOutdated

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def steps() -> tuple[tuple[int, str], ...]:
    """All migrations: number and SQL, in order."""
    files = [one for one in resources.files(__name__).iterdir() if one.name.endswith(".sql")]
    return tuple(sorted((int(one.name[:4]), one.read_text("utf-8")) for one in files))


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a catalogue up to date.

    Raises:
        LibraryOutdated: it was written by a newer version of tipsearch.
    """
    done = _done(connection)
    connection.isolation_level = None  # transactions are begun and ended here, not by the driver
    for number, sql in steps():
        if number > done:
            _step(connection, number, sql)


def is_behind(connection: sqlite3.Connection) -> bool:
    """Has `migrate` something to do?

    Raises:
        LibraryOutdated: as there.
    """
    return _done(connection) < steps()[-1][0]


def _done(connection: sqlite3.Connection) -> int:
    (done,) = connection.execute("PRAGMA user_version").fetchone()
    newest = steps()[-1][0]
    if done > newest:
        raise LibraryOutdated(
            f"this library was written by a newer tipsearch (catalogue version {done}, this one knows "
            f"{newest}); install that version or newer"
        )
    return int(done)


def _step(connection: sqlite3.Connection, number: int, sql: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been faster.
        if connection.execute("PRAGMA user_version").fetchone()[0] < number:
            for statement in _statements(sql):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:  # whatever ends it, also Ctrl-C: passed on below
        connection.rollback()
        raise


def _statements(sql: str) -> Iterator[str]:
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
