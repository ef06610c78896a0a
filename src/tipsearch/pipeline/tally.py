"""The counts of one run, and the word to whoever watches."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tipsearch.pipeline.report import IndexReport, Step

if TYPE_CHECKING:
    from tipsearch.model import FileState
    from tipsearch.pipeline.report import Progress


class Tally:
    """Counts under the names of `IndexReport`, and tells of each file dealt with."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress or (lambda _: None)
        self._counts: Counter[str] = Counter()
        self._done = 0
        self.total = 0
        self.total_ocr = 0
        self.total_retagged = 0

    def add(self, name: str, count: int = 1) -> None:
        """Count something that is no file dealt with."""
        self._counts[name] += count

    def file(self, kind: str, path: str, state: FileState) -> None:
        """A file was dealt with: new, changed or unchanged."""
        self._counts[kind] += 1
        self._done += 1
        self._progress(Step(self._done, self.total, path, state))

    def page(self, path: str, page: int, state: FileState) -> None:
        """A page was read by OCR, well or in vain."""
        self._counts["ocr_pages"] += 1
        self._progress(Step(self._counts["ocr_pages"], self.total_ocr, path, state, page))

    def retagged(self, path: str, state: FileState) -> None:
        """The facets of a record were told anew."""
        self._counts["retagged"] += 1
        self._progress(Step(self._counts["retagged"], self.total_retagged, path, state, retagged=True))

    def report(self, seconds: float, rebuilt: str = "") -> IndexReport:
        """All counts, with the time taken and why the index was made anew."""
        return IndexReport(**self._counts, seconds=round(seconds, 3), rebuilt=rebuilt)
