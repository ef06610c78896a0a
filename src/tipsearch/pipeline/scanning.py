"""OCR within a run: which pages wait for it, in which order they are read, and what becomes of their texts.

Each page is kept in the catalogue as soon as it is read, by its file's content; so a run that is killed loses the pages that
it was at, and the next one goes on. When all pictures of a file have been read, the file is read once more together with
their texts, so that languages, regions and topics are found in them too, and takes its own place.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from tipsearch import ocr, reading, sources
from tipsearch.isolation import Task
from tipsearch.model import SEARCHABLE_STATES, FileState, RecordKind
from tipsearch.pipeline.intake import extraction_of, shown_name
from tipsearch.pipeline.plan import below

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from tipsearch.catalogue import Catalogue, Pictured
    from tipsearch.config import OcrSettings
    from tipsearch.isolation import Limits, Nursery
    from tipsearch.model import Candidate, Extraction, Scan
    from tipsearch.ocr import PageReader, Wanted
    from tipsearch.pipeline.ledger import Ledger
    from tipsearch.pipeline.tally import Tally

#: What a file may be after it was read together with its pictures' texts; anything else is bad luck, and the file stays.
_FINE = SEARCHABLE_STATES | {FileState.NO_TEXT}


def page_reader(settings: OcrSettings) -> PageReader:
    """What reads pages, as the settings want it.

    Raises:
        ProgramMissing: tesseract or its packs aren't installed.
    """
    limits = ocr.Limits(settings.cpu_seconds, settings.wall_seconds)
    return ocr.PageReader(ocr.Tesseract.find(limits), settings.languages, settings.min_confidence)


@dataclass(slots=True)
class _Pile:
    """Files with the same bytes, and the numbers of their pages that are still to be read."""

    files: list[Pictured]
    waiting: set[int] = field(default_factory=set)
    languages: Counter[str] = field(default_factory=Counter)

    def language(self) -> str | None:
        """Of most of what is known of it."""
        if self.languages:
            return self.languages.most_common(1)[0][0]
        return self.files[0].language


class Scanning:
    """Reads all pictures of pages below some places, and puts their texts in.

    Args:
        catalogue: knows which pages those are, and keeps what is read.
        reader: reads a page.
        ledger: takes what is to be written of files.
        tally: takes what is to be counted.
        places: of the run's sources, in their order.
        failed: paths of the files that this run has counted among those that failed.
        retry_failed: try pages again that could not be read before.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        reader: PageReader,
        ledger: Ledger,
        tally: Tally,
        *,
        places: Sequence[bytes],
        failed: Collection[str],
        retry_failed: bool,
    ) -> None:
        self._catalogue = catalogue
        self._reader = reader
        self._ledger = ledger
        self._tally = tally
        self._places = places
        self._failed = failed
        self._retry_failed = retry_failed
        self._most_bytes = 0

    def go(
        self, nursery: Callable[[], Nursery], limits: Limits, *, pages_at_once: int, dpi: int, most_bytes: int
    ) -> None:
        """Read what waits, file by file, those with few pages first, so that many can be searched soon.

        Args:
            nursery: starts the processes that read files.
            limits: bounds on drawing a page.
            pages_at_once: pages read at the same time.
            dpi: dots an inch that pages are drawn with at most.
            most_bytes: larger files aren't read.

        Raises:
            IsolationError: a nursery died; run again.
        """
        self._most_bytes = most_bytes
        piles = self._piles()
        if not piles:
            return
        self._tally.total_ocr = sum(len(pile.waiting) for pile in piles.values())
        with ExitStack() as stack:
            files = stack.enter_context(nursery())
            for sha256, pile in piles.items():
                if (
                    not pile.waiting
                ):  # what came before this run was stopped before the file could be read again
                    self._put_in(files, sha256, pile)
            painters = stack.enter_context(ocr.painters(pages_at_once, limits))
            scanned = ocr.scan(
                _wanted(piles),
                painters,
                self._reader,
                places=pages_at_once,
                dpi=dpi,
                language=lambda sha256: piles[sha256].language(),
            )
            for wanted, scan in stack.enter_context(closing(scanned)):
                pile = piles[wanted.sha256]
                self._keep(pile, wanted, scan)
                if not pile.waiting:
                    self._put_in(files, wanted.sha256, pile)

    def _piles(self) -> dict[str, _Pile]:
        """Files by content, in the order in which they are dealt with; without those of which nothing new can come."""
        piles: dict[str, _Pile] = {}
        with self._catalogue.view() as view:
            for file in view.pictured():
                if below([os.fsencode(file.candidate.path)], self._places):
                    piles.setdefault(file.sha256, _Pile([])).files.append(file)
            for sha256, pile in piles.items():
                known = view.scans(sha256)
                wanted = {page for file in pile.files for page in file.pages}
                pile.waiting = {page for page in wanted if page not in known or self._is_stale(known[page])}
                if not pile.waiting and not any(page in known and not known[page].reason for page in wanted):
                    pile.files.clear()
        useful = ((sha256, pile) for sha256, pile in piles.items() if pile.files)
        return dict(sorted(useful, key=lambda item: len(item[1].waiting)))

    def _is_stale(self, scan: Scan) -> bool:
        """Could another attempt at the page end better?"""
        return bool(scan.reason) and (self._retry_failed or scan.reader != self._reader.name)

    def _keep(self, pile: _Pile, wanted: Wanted, scan: Scan) -> None:
        with self._catalogue.change() as change:
            change.put_scan(wanted.sha256, scan)
        pile.waiting.discard(wanted.page)
        if scan.language:
            pile.languages[scan.language] += 1
        state = FileState.NEEDS_OCR if scan.reason else FileState.OK
        self._tally.page(pile.files[0].candidate.path, wanted.page, state)

    def _put_in(self, nursery: Nursery, sha256: str, pile: _Pile) -> None:
        """Read the file once more, with all that OCR has read of it; its copies become copies of that."""
        with self._catalogue.view() as view:
            texts = {number: scan.text for number, scan in view.scans(sha256).items() if not scan.reason}
        first = next((file for file in pile.files if sources.unchanged(file.candidate)), None)
        descriptor = _open(pile.files) if texts else None
        if first is None or descriptor is None:
            return
        request = reading.request(shown_name(first.candidate), self._most_bytes, texts)
        (outcome,) = nursery.run([Task(first, descriptor, request)])
        extraction = extraction_of(outcome)
        if extraction.state not in _FINE or not sources.unchanged(first.candidate):
            return
        source = self._source(first.candidate)
        self._ledger.put(first.candidate, source, extraction, sha256, len(outcome.payload))
        for other in pile.files:
            if other is not first:
                self._ledger.twin(other.candidate, self._source(other.candidate), first.id)
        self._ledger.flush()
        self._count(pile, extraction)

    def _count(self, pile: _Pile, extraction: Extraction) -> None:
        """Files that could not be searched before can be now."""
        if extraction.state is not FileState.OK:
            return
        found = [file for file in pile.files if file.state is not FileState.OK]
        self._tally.add("failed", -sum(file.candidate.path in self._failed for file in found))
        if found:
            own = (record for record in extraction.records if record.kind is RecordKind.DOCUMENT)
            self._tally.add("pages", sum(len(record.pages) for record in own))

    def _source(self, candidate: Candidate) -> int:
        path = os.fsencode(candidate.path)
        return next(number for number, place in enumerate(self._places) if below([path], [place]))


def _wanted(piles: dict[str, _Pile]) -> Iterator[Wanted]:
    for sha256, pile in piles.items():
        for page in sorted(pile.waiting):
            yield ocr.Wanted(sha256, page, partial(_open, pile.files))


def _open(files: Sequence[Pictured]) -> int | None:
    """A descriptor of the first of these copies that is there as it was, None if none is."""
    for file in files:
        if sources.unchanged(file.candidate):
            with suppress(OSError):
                return sources.open_file(file.candidate)
    return None
