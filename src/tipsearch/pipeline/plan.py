"""A look at the sources beside what is known: what is new, changed, refused, gone, and what needs no work."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from tipsearch.model import SEARCHABLE_STATES, Candidate, FileState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tipsearch.catalogue import KnownFile
    from tipsearch.sources import Found, Refused

#: Raise this when the same file gives another text or says something else of itself than before: files are then read
#: again. What a text means by vocabularies and rules is told anew without that (`enrich.tagger`).
READER_VERSION = "4"


@dataclass(slots=True)
class Plan:
    """What a look at the sources has shown; it shrinks as files turn out to be others renamed.

    Attributes:
        examine: files that are new or seem changed, with the index of their source.
        refused: what is no file to be read, with the reason and the index of its source.
        gone: known files that aren't there any more, by number.
        forgotten: files that were gone before and still are.
        present: place of each source to the number of its files that are there.
        unchanged: number of files that need no work.
    """

    examine: list[tuple[Candidate, int]] = field(default_factory=list)
    refused: list[tuple[Candidate, str, int]] = field(default_factory=list)
    gone: dict[int, KnownFile] = field(default_factory=dict)
    forgotten: list[KnownFile] = field(default_factory=list)
    present: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Is there nothing to do?"""
        return not (self.examine or self.refused or self.gone)


class SetAside(Protocol):
    """Knows the content that parsers die of (`pipeline.quarantine`)."""

    def reason(self, sha256: str | None) -> str | None:
        """Why content with this hash is set aside, None if it isn't."""


class Planner:
    """Compares what sources offer with what the catalogue knows.

    Args:
        known: all files ever seen, by path.
        retry_failed: files that failed before want reading again.
        max_bytes: larger files aren't read.
        set_aside: knows the content that parsers die of.
        unsettled_from: files changed at or after this moment (nanoseconds since 1970) are left alone.
    """

    def __init__(
        self,
        known: Mapping[bytes, KnownFile],
        *,
        retry_failed: bool,
        max_bytes: int,
        set_aside: SetAside,
        unsettled_from: int | None = None,
    ) -> None:
        self._known = known
        self._unsettled_from = unsettled_from
        self._retry_failed = retry_failed
        self._max_bytes = max_bytes
        self._set_aside = set_aside

    def look(self, found: Sequence[tuple[int, Path, Found]]) -> Plan:
        """Sort what was found: for each source its index, its place and its files."""
        plan, seen = Plan(), set[bytes]()
        for number, _, listing in found:
            for candidate in listing.candidates:
                self._sort(candidate, number, plan, seen)
            for refused in listing.refused:
                self._sort_refused(refused, number, plan, seen)
        roots = [os.fsencode(os.path.abspath(place)) for _, place, _ in found]  # noqa: PTH100  as `walk` names them
        # What lies in a folder that can't be read just now isn't gone.
        hidden = [os.fsencode(one.path) for _, _, listing in found for one in listing.refused]
        for path, known in self._known.items():
            if path in seen or not below([path], roots):
                continue
            if known.state is FileState.GONE:
                plan.forgotten.append(known)
                continue
            if below([path], hidden):
                plan.unchanged += 1
            else:
                plan.gone[known.id] = known
        for _, place, _ in found:
            where = os.path.abspath(place)  # noqa: PTH100  as above
            plan.present[where] = sum(below([path], [os.fsencode(where)]) for path in seen)
        return plan

    def settled(self, known: KnownFile) -> bool:
        """Was this file dealt with for good, unless it has changed?"""
        if known.state is FileState.GONE or known.reader != READER_VERSION:
            return False
        if known.sha256 is None:  # never read: it was too big, couldn't be opened, or changed meanwhile
            return known.state is FileState.TOO_BIG and known.size > self._max_bytes
        if known.state is FileState.CRASHED:  # aside until the parser changes, whoever asks
            return self._set_aside.reason(known.sha256) is not None
        return known.state in SEARCHABLE_STATES or not self._retry_failed

    def originals(self) -> set[str]:
        """Hashes of the files that were read themselves and don't want reading again."""
        return {
            known.sha256
            for known in self._known.values()
            if known.sha256 and self.settled(known) and known.duplicate_of is None
        }

    def _sort(self, candidate: Candidate, source: int, plan: Plan, seen: set[bytes]) -> None:
        path = os.fsencode(candidate.path)
        if path in seen:  # a file named twice, as when one source lies within another
            return
        seen.add(path)
        known = self._known.get(path)
        if known and self.settled(known) and _stamp(known) == _stamp(candidate):
            plan.unchanged += 1
        elif self._unsettled_from is None or candidate.mtime_ns < self._unsettled_from:
            plan.examine.append((candidate, source))

    def _sort_refused(self, refused: Refused, source: int, plan: Plan, seen: set[bytes]) -> None:
        path = os.fsencode(refused.path)
        seen.add(path)
        known = self._known.get(path)
        if known and known.state is FileState.UNSUPPORTED and known.reason == refused.reason:
            plan.unchanged += 1
        else:
            plan.refused.append((Candidate(refused.path, 0, 0, 0), refused.reason, source))


def below(paths: Sequence[bytes], roots: Sequence[bytes]) -> bool:
    """Do all the paths lie at or below one of the roots?"""
    return all(
        any(path == root or path.startswith(root.rstrip(b"/") + b"/") for root in roots) for path in paths
    )


def _stamp(file: Candidate | KnownFile) -> tuple[int, int, int]:
    return file.size, file.mtime_ns, file.inode
