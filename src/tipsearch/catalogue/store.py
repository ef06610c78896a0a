"""The catalogue file: opening, connections, transactions."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import NullPool, QueuePool, create_engine, event, exc

from tipsearch.catalogue.change import Change
from tipsearch.catalogue.migrations import is_behind, migrate
from tipsearch.catalogue.view import View
from tipsearch.errors import LibraryError, LibraryMissing, LibraryOutdated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

#: A reader waits this long (seconds) for a writer's checkpoint.
_BUSY_TIMEOUT = 10.0


class Catalogue:
    """The truth about a library, in one SQLite file (write-ahead log, every commit on disk before it returns)."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open a catalogue that `create` has made, and bring it up to date.

        Args:
            path: of the file.
            read_only: write nothing, whatever happens; it must be up to date (`outdated`).

        Raises:
            LibraryMissing: there is none at that path.
            LibraryOutdated: it is newer than this program, or older and to be read only.
            LibraryError: it is damaged.
        """
        if not path.is_file():
            raise LibraryMissing(
                f"there is no library in {path.parent}; make one with: tipsearch --index {path.parent} index FOLDER"
            )
        with _failures_named(path), closing(_connect(path, read_only=read_only)) as connection:
            if not read_only:
                migrate(connection)
            elif is_behind(connection):
                raise LibraryOutdated(
                    f"the catalogue {path} is of an older version; the next run brings it up to date: tipsearch index"
                )
        self._engine = _engine(path, read_only=read_only)

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


def outdated(path: Path) -> bool:
    """Is a catalogue of an older version, which opening it for writing brings up to date?

    Raises:
        LibraryOutdated: it is newer than this program.
        LibraryError: it is damaged, or can't be read now.
    """
    with _failures_named(path), closing(_connect(path, read_only=True)) as connection:
        return is_behind(connection)


def damage(path: Path) -> str:
    """What is wrong with the tables of a catalogue, empty if nothing; reads all of it, and writes nothing.

    Raises:
        LibraryError: it can't be read now.
    """
    before = _state(path)
    found = _complaints(path)
    # What is read without locks may have been written meanwhile; now that somebody writes it is read with them.
    return _complaints(path) if found and _state(path) != before else found


def _complaints(path: Path) -> str:
    """What SQLite finds wrong.

    ``PRAGMA integrity_check``: the quicker ``quick_check`` of SQLite 3.40 finds NULLs that aren't there in tables without
    rowid whose key has its columns in another order (``keys``).
    """
    try:
        with closing(_connect(path, read_only=True)) as connection:
            said = [str(found) for (found,) in connection.execute("PRAGMA integrity_check(3)")]
    except sqlite3.OperationalError as error:
        raise _unopened(path, error) from error
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if said == ["ok"] else "; ".join(said)


@contextmanager
def _failures_named(path: Path) -> Iterator[None]:
    """What SQLite says on opening, in words of ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _unopened(path, error) from error
    except sqlite3.DatabaseError as error:
        raise LibraryError(
            f"the catalogue {path} is damaged or no catalogue ({error}); restore it from a backup, or move it away "
            "and index the sources again"
        ) from error


def _unopened(path: Path, error: sqlite3.OperationalError) -> LibraryError:
    return LibraryError(
        f"the catalogue {path} cannot be opened ({error}); check its permissions and its disk"
    )


def _connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection; where nothing may be written, one that reads without a lock file.

    SQLite keeps readers and writers apart by two files beside the catalogue, which a reader who may not write the
    folder can only use while a writer is there (https://www.sqlite.org/wal.html#read_only_databases).

    Args:
        path: of the file.
        read_only: change nothing, though it might be changed. Where there is a log, as of a run that was killed, the last
            to close puts it into the catalogue, so then it is opened for reading. Where there is none it isn't: those two
            files, made for reading, are removed only by who may write.
    """
    logged = _size(_log(path)) > 0
    if not _writable(path):
        return _connected(path, "mode=ro" if logged else "mode=ro&immutable=1")
    if not read_only:
        return sqlite3.connect(path, timeout=_BUSY_TIMEOUT, check_same_thread=False)
    connection = _connected(path, "mode=ro" if logged else "mode=rw")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connected(path: Path, how: str) -> sqlite3.Connection:
    address = f"file:{quote(os.fsencode(path.absolute()))}?{how}"
    return sqlite3.connect(address, uri=True, timeout=_BUSY_TIMEOUT, check_same_thread=False)


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _size(path: Path) -> int:
    """Bytes of a file; 0 where there is none, as of a log from any moment on."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _state(path: Path) -> tuple[int, int]:
    """Another one if somebody has written between two looks: into the log, or from there into the catalogue."""
    return path.stat().st_mtime_ns, _size(_log(path))


def _writable(path: Path) -> bool:
    return all(os.access(one, os.W_OK) for one in (path, path.parent))


def _engine(path: Path, *, read_only: bool) -> Engine:
    # SQLAlchemy's URL of a file can't hold every name that a folder may have.
    # What is read without locks may change underneath: then each view looks anew.
    pool = QueuePool if _writable(path) and not read_only else NullPool
    # What an error tells may be logged, and parameters can be what somebody looked for.
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, read_only=read_only),
        poolclass=pool,
        hide_parameters=True,
    )
    pragmas = () if read_only else ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:  # noqa: ANN401  the driver's own type
        # SQLAlchemy opens transactions, not the driver; the latter would do so only before the first write.
        connection.isolation_level = None
        for pragma in (*pragmas, "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:  # noqa: ANN401  SQLAlchemy's event signature
        connection.exec_driver_sql("BEGIN")

    return engine
