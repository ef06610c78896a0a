"""What a run is asked to do, how it says where it is, and what it has done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from tipsearch.model import FileState


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes about it.

    Attributes:
        jobs: files read at the same time.
        retry_failed: read the files again that failed before, and only those and changed ones.
        prune: forget files that are gone instead of keeping their row.
        allow_mass_delete: remove whatever is gone, however much.
        settle_seconds: leave files alone that changed so shortly ago: somebody may be copying them.
        ocr: read pages that are pictures with tesseract.
        watching: look at nothing but the sources; when they haven't changed, the run ends at once.
    """

    jobs: int = 0
    retry_failed: bool = False
    prune: bool = False
    allow_mass_delete: bool = False
    settle_seconds: float = 0.0
    watching: bool = False
    ocr: bool = False

    @property
    def places(self) -> int:
        """Files read at the same time: as asked, or one a core that this process may use."""
        return self.jobs or len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class Step:
    """Progress: a file was dealt with, or, each counted apart, one page of it was read by OCR or one record retagged.

    Attributes:
        page: the page's number, None where it is a whole file.
        retagged: whether it is a record of the file whose facets were told anew.
    """

    done: int
    total: int
    path: str
    state: FileState
    page: int | None = None
    retagged: bool = False


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did, in files (pages and seconds apart).

    Attributes:
        new: files never seen before, or back again.
        changed: files whose bytes are others than before.
        unchanged: files that needed no reading (renamed ones among them).
        failed: files read in this run that can't be searched.
        gone: files that aren't there any more.
        pages: pages of text that were read, teasers of cards apart.
        seconds: on the clock.
        read: files that were parsed.
        renamed: files found under another name.
        duplicates: files with the bytes or the text of another one.
        bytes: size of the files that were parsed.
        ocr_pages: pictures of pages that OCR looked at.
        retagged: records (documents and cards) whose facets were told anew, as vocabularies or rules had changed.
        rebuilt: why the index was made anew, empty if it was added to or is the first one.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    gone: int = 0
    pages: int = 0
    seconds: float = 0.0
    read: int = 0
    renamed: int = 0
    duplicates: int = 0
    bytes: int = 0
    ocr_pages: int = 0
    retagged: int = 0
    rebuilt: str = ""

    @property
    def did_something(self) -> bool:
        """Is the library another than before?"""
        return bool(self.new or self.changed or self.gone or self.renamed or self.ocr_pages or self.retagged)


#: Called with each file dealt with.
Progress: TypeAlias = "Callable[[Step], None]"
