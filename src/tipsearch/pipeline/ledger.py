"""What a run has to write down: gathered, written in batches, and fed to the engine after that."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeAlias

from tipsearch.model import Extraction, FileState
from tipsearch.pipeline.plan import READER_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tipsearch.catalogue import Catalogue, Change, KnownFile
    from tipsearch.indexing import Follower
    from tipsearch.model import Candidate, Record
    from tipsearch.pipeline.tally import Tally

    Operation: TypeAlias = Callable[[Change], None]

#: A batch of results is written after so many files, bytes of answers or seconds. Small ones, so that writing goes on
#: beside reading and little is left to write when the last file has been read.
_BATCH_FILES, _BATCH_BYTES, _BATCH_SECONDS = 16, 32 << 20, 1.0
#: Readers see what a long run has brought after so many seconds.
_COMMIT_SECONDS = 2.0


class Ledger:
    """Changes that wait to be written, in the order in which they came.

    Args:
        catalogue: where they are written.
        follower: the engine's, fed after each batch.
        stamp: says of a record by which vocabularies and rules its facets were told.
        run: number of the run.
        sources: the catalogue's number of each of the run's sources.
        tally: told when something can't be written.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        follower: Follower,
        *,
        stamp: Callable[[Record], str],
        run: int,
        sources: Sequence[int],
        tally: Tally,
    ) -> None:
        self._catalogue = catalogue
        self._follower = follower
        self._stamp = stamp
        self._run = run
        self._sources = sources
        self._tally = tally
        self._operations: list[Operation] = []
        self._waiting_bytes = 0
        self._last_flush = self._last_commit = time.monotonic()

    def put(
        self,
        candidate: Candidate,
        source: int,
        extraction: Extraction,
        sha256: str | None,
        size: int = 0,
    ) -> None:
        """What was read of a file (`size`: bytes of the answer), or why nothing was."""
        self._waiting_bytes += size

        def write(change: Change, said: Extraction = extraction, digest: str | None = sha256) -> None:
            change.put_file(
                candidate,
                said,
                source=self._sources[source],
                run=self._run,
                reader=READER_VERSION,
                sha256=digest,
                stamp=self._stamp,
            )

        def write_or_refuse(change: Change) -> None:
            """Whatever is wrong with what was read of a file costs that file only."""
            try:
                with change.step():
                    write(change)
            except (ValueError, TypeError, LookupError, ArithmeticError) as error:
                write(change, _refused(error), None)
                self._tally.add("failed")

        self._operations.append(write_or_refuse)

    def twin(self, candidate: Candidate, source: int, original: int) -> None:
        """A file has the bytes of another one."""
        self._operations.append(
            lambda change: change.put_twin(
                candidate, original, source=self._sources[source], run=self._run, reader=READER_VERSION
            )
        )

    def rename(self, file: int, candidate: Candidate, source: int) -> None:
        """A known file lies elsewhere."""
        self._operations.append(
            lambda change: change.rename(file, candidate, source=self._sources[source], run=self._run)
        )

    def touch(self, file: int, candidate: Candidate) -> None:
        """A known file has another time stamp but the same bytes."""
        self._operations.append(lambda change: change.touch(file, candidate))

    def unreadable(self, known: KnownFile, reason: str) -> None:
        """A known file can't be opened just now."""
        self._operations.append(lambda change: change.unreadable(known.id, reason, run=self._run))

    def gone(self, known: KnownFile, *, prune: bool) -> None:
        """A known file isn't there any more."""
        self._operations.append(lambda change: change.gone(known.id, prune=prune, run=self._run))

    def crashed(self, sha256: str, parser: str, reason: str) -> None:
        """A parser died of this content."""
        self._operations.append(lambda change: change.crashed(sha256, parser, reason))

    def flush_if_due(self) -> None:
        """Write if enough has come together or waited long enough."""
        if (
            len(self._operations) >= _BATCH_FILES
            or self._waiting_bytes >= _BATCH_BYTES
            or time.monotonic() - self._last_flush > _BATCH_SECONDS
        ):
            self.flush()

    def flush(self) -> None:
        """Write what has come together in one transaction, then feed the engine."""
        if self._operations:
            with self._catalogue.change() as change:
                for operation in self._operations:
                    operation(change)
                change.settle()
            self._tally.add("duplicates", change.copies)
            self._operations.clear()
            self._waiting_bytes = 0
            self._feed()
        self._last_flush = time.monotonic()

    def finish(self) -> None:
        """Write all that is left and make the index durable."""
        self.flush()
        self._follower.feed()
        self._follower.finish()

    def _feed(self) -> None:
        self._follower.feed()
        if time.monotonic() - self._last_commit > _COMMIT_SECONDS:
            self._follower.commit()
            self._last_commit = time.monotonic()


def _refused(error: Exception) -> Extraction:
    reason = f"what was read of it could not be written down ({type(error).__name__}: {error})"
    return Extraction(FileState.CRASHED, reason=reason[:500].encode("utf-8", "replace").decode())
