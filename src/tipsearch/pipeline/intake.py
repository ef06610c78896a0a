"""Files brought in: opened and hashed here, read in the nursery's children, and handed to the ledger."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tipsearch import reading, sources
from tipsearch.isolation import Fate, Nursery, Outcome, Task
from tipsearch.model import SEARCHABLE_STATES, Candidate, Extraction, FileState, RecordKind
from tipsearch.pipeline.quarantine import parser
from tipsearch.pipeline.scans import Scans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.catalogue import Catalogue, KnownFile
    from tipsearch.pipeline.ledger import Ledger
    from tipsearch.pipeline.plan import Plan, Planner
    from tipsearch.pipeline.quarantine import Quarantine
    from tipsearch.pipeline.tally import Tally

_FATES = {
    Fate.TIMEOUT: FileState.TIMEOUT,
    Fate.MEMORY: FileState.MEMORY,
    Fate.CRASHED: FileState.CRASHED,
    Fate.FLOOD: FileState.TOO_BIG,
}


@dataclass(frozen=True, slots=True)
class Work:
    """A file on its way: where it lies, the index of its source, the hash of its bytes."""

    candidate: Candidate
    source: int
    sha256: str


class Intake:
    """Reads the files of a plan.

    Args:
        catalogue: asked for files with the same bytes.
        known: all files ever seen, by path.
        planner: knows which of them are dealt with for good.
        quarantine: knows which content parsers die of.
        ledger: takes what is to be written.
        tally: takes what is to be counted.
        most_bytes: larger files aren't read.

    Attributes:
        failed: paths of the files that were counted as failed.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        known: Mapping[bytes, KnownFile],
        planner: Planner,
        quarantine: Quarantine,
        ledger: Ledger,
        tally: Tally,
        most_bytes: int,
    ) -> None:
        self._catalogue = catalogue
        self._known = known
        self._planner = planner
        self._quarantine = quarantine
        self._ledger = ledger
        self._tally = tally
        self._most_bytes = most_bytes
        self.failed: set[str] = set()
        self._scans = Scans(catalogue)
        self._twins: list[Work] = []
        self._again: list[tuple[Candidate, int]] = []

    def refuse(self, candidate: Candidate, source: int, reason: str) -> None:
        """Note what is no file to be read."""
        self._put(candidate, source, Extraction(FileState.UNSUPPORTED, reason=reason), None)

    def read(self, nursery: Nursery, plan: Plan) -> None:
        """Read all files that the plan wants examined; those that moved leave its list of files gone."""
        waiting, originals = plan.examine, self._planner.originals()
        while waiting:
            for outcome in nursery.run(self._tasks(waiting, plan, originals)):
                self._take(outcome)
                self._ledger.flush_if_due()
            self._ledger.flush()
            # Those left crashed the first time, or are copies of what files were before this run, and are read, one of each.
            waiting, originals = [*self._again, *self._place_twins()], set()
            self._again = []
        self._ledger.flush()

    def _tasks(
        self, files: Sequence[tuple[Candidate, int]], plan: Plan, originals: set[str]
    ) -> Iterator[Task[Work]]:
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
            work = Work(candidate, source, sha256)
            if self._needs_no_parsing(work, moved, plan):
                os.close(descriptor)
            elif sha256 in originals:
                os.close(descriptor)
                self._twins.append(work)
            else:
                originals.add(sha256)
                name = shown_name(candidate)
                yield Task(
                    work, descriptor, reading.request(name, self._most_bytes, self._scans.texts(sha256))
                )

    def _needs_no_parsing(self, work: Work, moved: dict[str, KnownFile], plan: Plan) -> bool:
        candidate = work.candidate
        known = self._known.get(os.fsencode(candidate.path))
        if known and known.sha256 == work.sha256 and self._planner.settled(known):
            self._ledger.touch(known.id, candidate)
            self._tally.file("unchanged", candidate.path, known.state)
            return True
        old = moved.pop(work.sha256, None)
        if old is not None and self._planner.settled(old) and not known:
            del plan.gone[old.id]
            self._ledger.rename(old.id, candidate, work.source)
            self._tally.add("renamed")
            self._tally.file("unchanged", candidate.path, old.state)
            return True
        reason = self._quarantine.reason(work.sha256)
        if reason is not None:
            self._put(candidate, work.source, Extraction(FileState.CRASHED, reason=reason), work.sha256)
            return True
        return False

    def _take(self, outcome: Outcome[Work]) -> None:
        work = outcome.key
        extraction = extraction_of(outcome)
        # What was read of a file that has changed meanwhile may not be what the hash says: no copy may rely on it.
        sha256 = work.sha256 if sources.unchanged(work.candidate) else None
        if extraction.state is FileState.CRASHED and sha256:
            reason = self._quarantine.crashed(sha256, extraction.reason)
            self._ledger.crashed(sha256, parser(), reason)
            if self._quarantine.reason(sha256) is None:
                self._again.append((work.candidate, work.source))
                return
            extraction = replace(extraction, reason=reason)
        self._tally.add("read")
        self._tally.add("bytes", work.candidate.size)
        own = (record for record in extraction.records if record.kind is RecordKind.DOCUMENT)
        self._tally.add("pages", sum(len(record.pages) for record in own))
        self._put(work.candidate, work.source, extraction, sha256, len(outcome.payload))

    def _place_twins(self) -> list[tuple[Candidate, int]]:
        """Note files with the bytes of another; those whose other has changed meanwhile are still to be read."""
        left = []
        twins, self._twins = self._twins, []
        changing = {os.fsencode(work.candidate.path) for work in twins}
        for work in twins:
            with self._catalogue.view() as view:
                original = view.file_with(work.sha256, but=changing)
            if original is None:
                left.append((work.candidate, work.source))
                continue
            self._ledger.twin(work.candidate, work.source, original.id)
            state = FileState.DUPLICATE if original.state in SEARCHABLE_STATES else original.state
            if state is FileState.DUPLICATE:
                self._tally.add("duplicates")
            else:
                self._count_failed(work.candidate)
            self._tally.file(self._kind(work.candidate), work.candidate.path, state)
        return left

    def _put(
        self, candidate: Candidate, source: int, extraction: Extraction, sha256: str | None, size: int = 0
    ) -> None:
        self._ledger.put(candidate, source, extraction, sha256, size)
        if extraction.state not in SEARCHABLE_STATES:
            self._count_failed(candidate)
        self._tally.file(self._kind(candidate), candidate.path, extraction.state)

    def _put_unreadable(self, candidate: Candidate, source: int, error: OSError) -> None:
        reason = f"cannot be opened: {error.strerror}; check its permissions and its disk"
        known = self._known.get(os.fsencode(candidate.path))
        if known and known.reason == reason:
            self._tally.file("unchanged", candidate.path, known.state)
        elif known and known.sha256 and known.state is not FileState.GONE:
            # It may be a disk that comes back; what was read of it can still be found.
            self._ledger.unreadable(known, reason)
            self._count_failed(candidate)
            self._tally.file("unchanged", candidate.path, FileState.UNSUPPORTED)
        else:
            self.refuse(candidate, source, reason)

    def _count_failed(self, candidate: Candidate) -> None:
        self.failed.add(candidate.path)
        self._tally.add("failed")

    def _kind(self, candidate: Candidate) -> str:
        known = self._known.get(os.fsencode(candidate.path))
        return "changed" if known and known.state is not FileState.GONE else "new"


def shown_name(candidate: Candidate) -> str:
    """How a file is called in the child that reads it."""
    return os.fsencode(candidate.path).decode("utf-8", "backslashreplace")


def extraction_of(outcome: Outcome[Any]) -> Extraction:
    """What a child found; a child that was taken over may answer anything, which costs its own file only."""
    if outcome.fate is not Fate.DONE:
        return Extraction(_FATES[outcome.fate], reason=outcome.detail)
    try:
        return reading.answer(outcome.payload)
    except ValueError as error:
        return Extraction(
            FileState.CRASHED, reason=f"the reading process gave no sound answer ({error})"[:500]
        )


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
