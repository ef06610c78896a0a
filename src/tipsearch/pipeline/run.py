"""One run over some sources, from looking to the report."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from tipsearch import reading, sources
from tipsearch.errors import MassDeletion
from tipsearch.indexing import Follower
from tipsearch.isolation import Fate, Limits, Nursery, Outcome, Task
from tipsearch.model import SEARCHABLE_STATES, Candidate, Extraction, FileState, RecordKind
from tipsearch.pipeline.plan import READER_VERSION, Plan, Planner, below
from tipsearch.pipeline.report import IndexReport, Options, Progress, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tipsearch.catalogue import Catalogue, Change, KnownFile
    from tipsearch.config import Settings
    from tipsearch.engines.generations import Generations

    Operation: TypeAlias = Callable[[Change], None]

#: A batch of results is written after so many files, bytes of answers or seconds. Small ones, so that writing goes on
#: beside reading and little is left to write when the last file has been read.
_BATCH_FILES, _BATCH_BYTES, _BATCH_SECONDS = 16, 32 << 20, 1.0
#: Without a confirmation a run removes at most this share of a source's files, or this number if that is more.
_MOST_GONE_SHARE, _MOST_GONE_FILES = 0.2, 50
#: … nor more than half of it, if it has so many files at least: that looks like a disk that isn't mounted.
_HALF_OF = 10
#: Readers see what a long run has brought after so many seconds.
_COMMIT_SECONDS = 2.0
_FATES = {
    Fate.TIMEOUT: FileState.TIMEOUT,
    Fate.MEMORY: FileState.MEMORY,
    Fate.CRASHED: FileState.CRASHED,
    Fate.FLOOD: FileState.TOO_BIG,
}


class Run:
    """One run over some sources; `go` does it."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        generations: Generations,
        settings: Settings,
        *,
        options: Options,
        progress: Progress | None = None,
    ) -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._generations = generations
        self._settings = settings
        self._options = options
        self._progress = progress or (lambda _: None)
        self._counts: Counter[str] = Counter()
        self._operations: list[tuple[str, Operation]] = []
        self._last_flush = self._last_commit = time.monotonic()
        self._done = self._total = self._waiting_bytes = 0
        self._most_bytes = settings.reading.max_file_mb << 20

    def go(self, places: Sequence[Path], version: str) -> IndexReport:
        """Bring these sources in.

        Raises:
            SourceError: one of them can't be opened; nothing was done.
            MassDeletion: too much of a source is gone; everything else was done.
            LibraryError, EngineError: writing failed; run again.
        """
        begin = time.monotonic()
        plan = self._look(places)
        self._counts["unchanged"] += plan.unchanged
        if self._options.watching and plan.is_empty:
            return IndexReport(**self._counts)
        with self._catalogue.change() as change:
            self._run = change.start_run(version)
            self._sources = [change.source(os.path.abspath(place)) for place in places]  # noqa: PTH100  as `walk` names them
        with ExitStack() as stack:
            if plan.examine:  # warms up while the index is opened
                self._nursery = stack.enter_context(self._make_nursery(len(plan.examine)))
            follower = Follower(self._generations, self._catalogue, self._settings.engine)
            self._follower = stack.enter_context(follower)
            self._bring_in(plan)
            self._remove(plan)
            self._follow(finish=True)
        report = IndexReport(**self._counts, seconds=round(time.monotonic() - begin, 3))
        with self._catalogue.change() as change:
            change.finish_run(self._run, msgspec.json.encode(report).decode())
        return report

    def _look(self, places: Sequence[Path]) -> Plan:
        own = self._folder
        found = [(number, place, sources.walk(place, without=own)) for number, place in enumerate(places)]
        with self._catalogue.view() as view:
            self._known = view.known_files()
        settle = self._options.settle_seconds
        self._planner = Planner(
            self._known,
            retry_failed=self._options.retry_failed,
            max_bytes=self._most_bytes,
            unsettled_from=time.time_ns() - int(settle * 1e9) if settle else None,
        )
        return self._planner.look(found)

    # -- reading ----------------------------------------------------------------------------------------------------

    def _bring_in(self, plan: Plan) -> None:
        self._total = len(plan.examine) + len(plan.refused)
        for candidate, reason, source in plan.refused:
            self._put(candidate, source, Extraction(FileState.UNSUPPORTED, reason=reason), None)
        waiting, originals = plan.examine, self._planner.originals()
        while waiting:
            twins: list[tuple[Candidate, int, str]] = []
            self._read(waiting, plan, twins, originals)
            self._flush()
            # Those left are copies of what files were before this run, and are read, one of each.
            waiting, originals = self._place_twins(twins), set()
        self._flush()

    def _make_nursery(self, files: int) -> Nursery:
        limits = Limits(
            memory_bytes=self._settings.reading.memory_mb << 20,
            cpu_seconds=self._settings.reading.cpu_seconds,
            wall_seconds=self._settings.reading.wall_seconds,
        )
        return Nursery("tipsearch.reading", keepers=min(self._options.places, files), limits=limits)

    def _read(
        self,
        files: Sequence[tuple[Candidate, int]],
        plan: Plan,
        twins: list[tuple[Candidate, int, str]],
        originals: set[str],
    ) -> None:
        for outcome in self._nursery.run(self._tasks(files, plan, twins, originals)):
            self._take(outcome)
            self._flush_if_due()

    def _tasks(
        self,
        files: Sequence[tuple[Candidate, int]],
        plan: Plan,
        twins: list[tuple[Candidate, int, str]],
        originals: set[str],
    ) -> Iterator[Task[tuple[Candidate, int, str]]]:
        """Open each file as a place falls free; those that need no parsing are settled here."""
        moved = {known.sha256: known for known in plan.gone.values() if known.sha256}
        for candidate, source in files:
            if candidate.size > self._most_bytes:
                self._put(candidate, source, reading.too_big(candidate.size, self._most_bytes), None)
                continue
            try:
                descriptor, sha256 = _opened(candidate)
            except OSError as error:
                self._put_unreadable(candidate, source, error)
                continue
            if self._needs_no_parsing(candidate, source, sha256, moved, plan):
                os.close(descriptor)
            elif sha256 in originals:
                os.close(descriptor)
                twins.append((candidate, source, sha256))
            else:
                originals.add(sha256)
                name = os.fsencode(candidate.path).decode("utf-8", "backslashreplace")
                yield Task((candidate, source, sha256), descriptor, reading.request(name, self._most_bytes))

    def _needs_no_parsing(
        self, candidate: Candidate, source: int, sha256: str, moved: dict[str, KnownFile], plan: Plan
    ) -> bool:
        known = self._known.get(os.fsencode(candidate.path))
        if known and known.sha256 == sha256 and self._planner.settled(known):
            self._operations.append((candidate.path, lambda change: change.touch(known.id, candidate)))
            self._count("unchanged", candidate, known.state)
            return True
        old = moved.pop(sha256, None)
        if old is None or not self._planner.settled(old) or known:
            return False
        del plan.gone[old.id]
        self._operations.append(
            (
                candidate.path,
                lambda change: change.rename(old.id, candidate, source=self._sources[source], run=self._run),
            )
        )
        self._counts["renamed"] += 1
        self._count("unchanged", candidate, old.state)
        return True

    def _take(self, outcome: Outcome[tuple[Candidate, int, str]]) -> None:
        candidate, source, sha256 = outcome.key
        self._counts["read"] += 1
        if outcome.fate is Fate.DONE:
            extraction = reading.answer(outcome.payload)
        else:
            extraction = Extraction(_FATES[outcome.fate], reason=outcome.detail)
        own = (record for record in extraction.records if record.kind is RecordKind.DOCUMENT)
        self._counts["pages"] += sum(len(record.pages) for record in own)
        self._waiting_bytes += len(outcome.payload)
        # What was read of a file that has changed meanwhile may not be what the hash says: no copy may rely on it.
        self._put(candidate, source, extraction, sha256 if sources.unchanged(candidate) else None)

    def _place_twins(self, twins: Sequence[tuple[Candidate, int, str]]) -> list[tuple[Candidate, int]]:
        """Note files with the bytes of another; those whose other has changed meanwhile are still to be read."""
        left = []
        changing = {os.fsencode(candidate.path) for candidate, _, _ in twins}
        for candidate, source, sha256 in twins:
            with self._catalogue.view() as view:
                original = view.file_with(sha256, but=changing)
            if original is None:
                left.append((candidate, source))
                continue
            self._operations.append(
                (
                    candidate.path,
                    lambda change, one=candidate, where=source, twin=original.id: change.put_twin(  # type: ignore[misc]  # bound now
                        one, twin, source=self._sources[where], run=self._run, reader=READER_VERSION
                    ),
                )
            )
            searchable = original.state in SEARCHABLE_STATES
            self._counts["duplicates" if searchable else "failed"] += 1
            state = FileState.DUPLICATE if searchable else original.state
            self._count(self._kind(candidate), candidate, state)
        return left

    # -- writing ----------------------------------------------------------------------------------------------------

    def _put(self, candidate: Candidate, source: int, extraction: Extraction, sha256: str | None) -> None:
        self._operations.append(
            (
                candidate.path,
                lambda change: change.put_file(
                    candidate,
                    extraction,
                    source=self._sources[source],
                    run=self._run,
                    reader=READER_VERSION,
                    sha256=sha256,
                ),
            )
        )
        if extraction.state not in SEARCHABLE_STATES:
            self._counts["failed"] += 1
        self._count(self._kind(candidate), candidate, extraction.state)

    def _put_unreadable(self, candidate: Candidate, source: int, error: OSError) -> None:
        extraction = _unreadable(error)
        known = self._known.get(os.fsencode(candidate.path))
        if known and known.sha256 is None and known.reason == extraction.reason:
            self._count("unchanged", candidate, known.state)
        else:
            self._put(candidate, source, extraction, None)

    def _kind(self, candidate: Candidate) -> str:
        known = self._known.get(os.fsencode(candidate.path))
        return "changed" if known and known.state is not FileState.GONE else "new"

    def _count(self, kind: str, candidate: Candidate, state: FileState) -> None:
        self._counts[kind] += 1
        self._done += 1
        self._progress(Step(self._done, self._total, candidate.path, state))

    def _remove(self, plan: Plan) -> None:
        if not plan.gone:
            return
        emptied = None if self._options.allow_mass_delete else _emptied(plan)
        if emptied:
            place, gone, total = emptied
            self._follow(finish=True)
            raise MassDeletion(
                f"{gone} of {total} files of the source {place} are not there any more; is "
                "a disk or share not mounted? Nothing was removed, all else was indexed. If they are really gone, "
                "run again with --allow-mass-delete"
            )
        for file, known in plan.gone.items():
            self._operations.append(
                (
                    os.fsdecode(known.path),
                    lambda change, one=file: change.gone(one, prune=self._options.prune, run=self._run),  # type: ignore[misc]  # bound now
                )
            )
        self._counts["gone"] += len(plan.gone)
        self._flush()

    def _flush_if_due(self) -> None:
        if (
            len(self._operations) >= _BATCH_FILES
            or self._waiting_bytes >= _BATCH_BYTES
            or time.monotonic() - self._last_flush > _BATCH_SECONDS
        ):
            self._flush()

    def _flush(self) -> None:
        """Write what has come together in one transaction, then feed the engine."""
        if self._operations:
            with self._catalogue.change() as change:
                for path, operation in self._operations:
                    self._do(change, path, operation)
                change.settle()
            self._operations.clear()
            self._waiting_bytes = 0
            self._follow(finish=False)
        self._last_flush = time.monotonic()

    def _do(self, change: Change, path: str, operation: Operation) -> None:
        """Write what one file brings; whatever is wrong with it costs that file only."""
        try:
            with change.step():
                operation(change)
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            reason = f"what was read of it could not be written down ({type(error).__name__}: {error})"
            refused = Extraction(FileState.CRASHED, reason=reason[:500].encode("utf-8", "replace").decode())
            change.put_file(
                Candidate(path, 0, 0, 0),
                refused,
                source=self._sources[0],
                run=self._run,
                reader=READER_VERSION,
                sha256=None,
            )
            self._counts["failed"] += 1

    def _follow(self, *, finish: bool) -> None:
        self._follower.feed()
        if finish:
            self._follower.finish()
        elif time.monotonic() - self._last_commit > _COMMIT_SECONDS:
            self._follower.commit()
            self._last_commit = time.monotonic()


def _emptied(plan: Plan) -> tuple[str, int, int] | None:
    """A source of which too much is gone: where it is, how much, of how much."""
    for place, present in plan.present.items():
        gone = sum(below([known.path], [os.fsencode(place)]) for known in plan.gone.values())
        total = gone + present
        if gone > max(_MOST_GONE_FILES, _MOST_GONE_SHARE * total) or (total >= _HALF_OF and gone * 2 > total):
            return place, gone, total
    return None


def _opened(candidate: Candidate) -> tuple[int, str]:
    """An open descriptor at the file's beginning, and the hash of its bytes."""
    descriptor = sources.open_file(candidate)
    try:
        with open(descriptor, "rb", closefd=False) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.lseek(descriptor, 0, os.SEEK_SET)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor, digest


def _unreadable(error: OSError) -> Extraction:
    return Extraction(
        FileState.UNSUPPORTED,
        reason=f"cannot be opened: {error.strerror}; check its permissions and its disk",
    )
