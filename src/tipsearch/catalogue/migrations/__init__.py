"""Numbered steps from an empty file to today's tables, such as ``0001_first.sql``.

Each runs in one transaction and is never edited after a release. `PRAGMA user_version` says how far a catalogue is.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from tipsearch.errors import LibraryOutdated

if TYPE_CHECKING:
    import sqlite3


def steps() -> list[tuple[int, str]]:
    """All migrations: number and SQL, in order."""
    files = [one for one in resources.files(__name__).iterdir() if one.name.endswith(".sql")]
    return sorted((int(one.name[:4]), one.read_text("utf-8")) for one in files)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a catalogue up to date.

    Raises:
        LibraryOutdated: it was written by a newer version of tipsearch.
    """
    (done,) = connection.execute("PRAGMA user_version").fetchone()
    todo = steps()
    if done > todo[-1][0]:
        raise LibraryOutdated(
            f"this library was written by a newer tipsearch (catalogue version {done}, this one knows "
            f"{todo[-1][0]}); install that version or newer"
        )
    for number, sql in todo:
        if number > done:
            # executescript commits what came before and runs the rest as written: one transaction a step.
            connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {number};\nCOMMIT;")
