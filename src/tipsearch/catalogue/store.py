"""The catalogue file: opening, connections, transactions."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import NullPool, QueuePool, create_engine, event, exc

from tipsearch.catalogue.change import Change
from tipsearch.catalogue.migrations import migrate
from tipsearch.catalogue.view import View
from tipsearch.errors import LibraryError, LibraryMissing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

#: A reader waits this long (seconds) for a writer's checkpoint.
_BUSY_TIMEOUT = 10.0


class Catalogue:
    """The truth about a library, in one SQLite file (write-ahead log, every commit on disk before it returns)."""

    def __init__(self, path: Path) -> None:
        """Open a catalogue that `create` has made.

        Raises:
            LibraryMissing: there is none at that path.
            LibraryOutdated: it is newer than this program.
            LibraryError: it is damaged.
        """
        if not path.is_file():
            raise LibraryMissing(
                f"there is no library in {path.parent}; make one with: tipsearch --index {path.parent} index FOLDER"
            )
        try:
            with closing(_connect(path)) as connection:
                migrate(connection)
        except sqlite3.OperationalError as error:
            raise LibraryError(
                f"the catalogue {path} cannot be opened ({error}); check its permissions and its disk"
            ) from error
        except sqlite3.DatabaseError as error:
            raise LibraryError(
                f"the catalogue {path} is damaged or no catalogue ({error}); restore it from a backup, or move it away "
                "and index the sources again"
            ) from error
        self._engine = _engine(path)

    @classmethod
    def create(cls, path: Path) -> Catalogue:
        """Make an empty catalogue if there is none, and open it.

        Raises:
            LibraryError: it can't be made there; and as for opening.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()  # a file of no bytes is an empty catalogue to SQLite
        except OSError as error:
            if not path.is_file():
                raise LibraryError(f"no library can be made in {path.parent}: {error.strerror}") from error
        return cls(path)

    @contextmanager
    def change(self) -> Iterator[Change]:
        """One transaction for writing: all of it or nothing, and on disk when the context ends.

        Raises:
            LibraryError: the disk is full or the file can't be written.
        """
        try:
            with self._engine.begin() as connection:
                yield Change(connection)
        except exc.DBAPIError as error:
            raise LibraryError(
                f"the catalogue could not be written: {error.orig}; nothing of the last step was kept, "
                "run the same command again when this is mended"
            ) from error

    @contextmanager
    def view(self) -> Iterator[View]:
        """One consistent state for reading.

        Raises:
            LibraryError: the file can't be read.
        """
        try:
            with self._engine.connect() as connection:
                yield View(connection)
        except exc.DBAPIError as error:
            raise LibraryError(f"the catalogue could not be read: {error.orig}") from error

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def damage(path: Path) -> str:
    """What is wrong with the tables of a catalogue, empty if nothing; reads all of it.

    ``PRAGMA integrity_check``: the quicker ``quick_check`` of SQLite 3.40 finds NULLs that aren't there in tables without
    rowid whose key has its columns in another order (``keys``).
    """
    try:
        with closing(_connect(path)) as connection:
            said = [str(found) for (found,) in connection.execute("PRAGMA integrity_check(3)")]
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if said == ["ok"] else "; ".join(said)


def _connect(path: Path) -> sqlite3.Connection:
    """A connection; where nothing may be written, one that reads without a lock file.

    SQLite keeps readers and writers apart by two files beside the catalogue, which a reader who may not write the
    folder can only use while a writer is there (https://www.sqlite.org/wal.html#read_only_databases).
    """
    if _writable(path):
        return sqlite3.connect(path, timeout=_BUSY_TIMEOUT, check_same_thread=False)
    log = path.with_name(f"{path.name}-wal")
    alone = not log.is_file() or not log.stat().st_size
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode=ro{'&immutable=1' if alone else ''}"
    return sqlite3.connect(address, uri=True, timeout=_BUSY_TIMEOUT, check_same_thread=False)


def _writable(path: Path) -> bool:
    return all(os.access(one, os.W_OK) for one in (path, path.parent))


def _engine(path: Path) -> Engine:
    # SQLAlchemy's URL of a file can't hold every name that a folder may have.
    # What is read without locks may change underneath: then each view looks anew.
    pool = QueuePool if _writable(path) else NullPool
    engine = create_engine("sqlite://", creator=lambda: _connect(path), poolclass=pool)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:  # noqa: ANN401  the driver's own type
        # SQLAlchemy opens transactions, not the driver; the latter would do so only before the first write.
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:  # noqa: ANN401  SQLAlchemy's event signature
        connection.exec_driver_sql("BEGIN")

    return engine
