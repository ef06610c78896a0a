"""Draws pages of PDF files, one at a time, in children of a nursery that starts with the first of them."""

from __future__ import annotations

import hashlib
import os
import threading
from typing import TYPE_CHECKING, Self

from tipsearch.errors import CannotBeDrawn, IsolationError, PainterBusy
from tipsearch.isolation import Fate, Limits, Nursery, Task
from tipsearch.ocr.picture import unpack
from tipsearch.ocr.rendering import request
from tipsearch.pictures.png import png

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from tipsearch.pictures.cache import PictureCache

#: Pixels from side to side: wide enough to read small print by, on most screens wider than its column.
WIDTH = 900
_DPI = 144
#: Tall pages are cut off by nobody, but a strip of paper as long as a street is no page.
_MOST_PIXELS = 4_000_000
_LIMITS = Limits(memory_bytes=1 << 30, cpu_seconds=10, wall_seconds=15.0, output_bytes=16 << 20)
#: Part of a picture's key: another way of drawing makes other pictures.
_MANNER = f"1 {WIDTH} {_DPI}"
#: Seconds that a reader waits for the one drawing before.
_PATIENCE = 3.0


class PagePainter:
    """Gives the picture of a page, drawn now or kept from before. Safe to use from several threads.

    Args:
        cache: keeps pictures; None if nothing is to be kept.
    """

    def __init__(self, cache: PictureCache | None = None) -> None:
        self._cache = cache
        self._drawing = threading.Lock()
        self._nursery: Nursery | None = None

    def __enter__(self) -> Self:
        """Ready to draw."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the nursery go."""
        self.close()

    def close(self) -> None:
        """Let the nursery go, if there is one."""
        with self._drawing:
            self._let_go()

    def picture(self, file: Path, page: int) -> bytes:
        """A page of a PDF file as PNG.

        Args:
            file: the PDF.
            page: its number, 1-based.

        Raises:
            CannotBeDrawn: there is no picture of that page.
            PainterBusy: others are waiting already.
        """
        try:
            descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise CannotBeDrawn(f"its file can't be opened: {error.strerror}") from error
        try:
            key = _key(file, os.fstat(descriptor), page)
            kept = self._cache.get(key) if self._cache else None
            if kept is not None:
                return kept
            drawn = self._drawn(descriptor, page)
        finally:
            os.close(descriptor)
        if self._cache:
            self._cache.put(key, drawn)
        return drawn

    def _drawn(self, descriptor: int, page: int) -> bytes:
        if not self._drawing.acquire(timeout=_PATIENCE):
            raise PainterBusy("another page is being drawn")
        try:
            payload = self._draw(descriptor, page)
        finally:
            self._drawing.release()
        try:
            picture = unpack(payload)
        except ValueError as error:
            raise CannotBeDrawn(str(error)) from error
        if len(picture.pixels) > _MOST_PIXELS:
            raise CannotBeDrawn(f"it has {picture.width} x {picture.height} pixels")
        return png(picture)

    def _draw(self, descriptor: int, page: int) -> bytes:
        """What the child gives back."""
        if self._nursery is None:
            self._nursery = Nursery("tipsearch.ocr.rendering", keepers=1, limits=_LIMITS)
        try:
            (outcome,) = self._nursery.run([Task(page, os.dup(descriptor), request(page, _DPI, WIDTH))])
        except IsolationError:
            self._let_go()
            raise
        if outcome.fate is not Fate.DONE:
            raise CannotBeDrawn(f"it {outcome.detail}")
        return outcome.payload

    def _let_go(self) -> None:
        if self._nursery:
            self._nursery.__exit__(None, None, None)
            self._nursery = None


def _key(file: Path, status: os.stat_result, page: int) -> str:
    """Names a picture: of this very file as it is now, that page, drawn in this manner. It gives nothing of them away."""
    told = f"{_MANNER} {page} {status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} "
    return hashlib.sha256(told.encode() + os.fsencode(file)).hexdigest()
