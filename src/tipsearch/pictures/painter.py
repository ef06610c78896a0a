"""Draws pages of PDF files, one at a time, in children of a nursery that starts with the first of them.

A page that asks too much must not keep others from being answered: one reader at most waits for the one drawing, the
rest are told to come again; and what couldn't be drawn isn't tried again for a while.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
import time
from collections import OrderedDict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from tipsearch.errors import CannotBeDrawn, IsolationError, PainterBusy
from tipsearch.isolation import Fate, Limits, Nursery, Task
from tipsearch.ocr.picture import unpack
from tipsearch.ocr.rendering import request
from tipsearch.pictures.cache import state_of
from tipsearch.pictures.png import png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from tipsearch.pictures.cache import PictureCache

#: Pixels from side to side: wide enough to read small print by, on most screens wider than its column.
WIDTH = 900
_DPI = 144
#: Tall pages are cut off by nobody, but a strip of paper as long as a street is no page.
_MOST_PIXELS = 4_000_000
_LIMITS = Limits(memory_bytes=1 << 30, cpu_seconds=3, wall_seconds=5.0, output_bytes=16 << 20)
#: Part of a picture's key: another way of drawing makes other pictures.
_MANNER = f"1 {WIDTH} {_DPI}"
#: Seconds that one reader waits for the one drawing before.
_PATIENCE = 3.0
#: Seconds after which what couldn't be drawn is tried again, and how many such pages are known.
_TRIED_AGAIN_AFTER, _MOST_FAILED = 600.0, 1_000


class PagePainter:
    """Gives the picture of a page, drawn now or kept from before. Safe to use from several threads.

    Args:
        cache: keeps pictures; None if nothing is to be kept.
    """

    def __init__(self, cache: PictureCache | None = None) -> None:
        self._cache = cache
        self._drawing = threading.Lock()
        self._waiting = threading.Lock()
        self._nursery: Nursery | None = None
        #: Pages that couldn't be drawn: when, and why.
        self._failed: OrderedDict[str, tuple[float, str]] = OrderedDict()
        #: Without it nobody who knows the files can tell from the names of pictures which were looked at.
        self._salt = secrets.token_bytes(16)

    def __enter__(self) -> Self:
        """Ready to draw."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the nursery go."""
        self.close()

    def close(self) -> None:
        """Let the nursery go, if there is one, and what is kept."""
        with self._drawing:
            self._let_go()
        if self._cache:
            self._cache.clear()

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
            state = state_of(os.fstat(descriptor))
            key = self._key(file, state, page)
            known = self._known(key)
            if known is not None:
                return known
            with self._turn():
                # Who drew before may have drawn this very page.
                known = self._known(key)
                return known or self._drawn(key, descriptor, page, file, state)
        finally:
            os.close(descriptor)

    def _key(self, file: Path, state: tuple[int, ...], page: int) -> str:
        """Names a picture: of this very file as it is now, that page, drawn in this manner. It gives nothing of them away."""
        told = f"{_MANNER} {page} {state} ".encode() + os.fsencode(file)
        return hashlib.blake2b(told, key=self._salt, digest_size=32).hexdigest()

    def _known(self, key: str) -> bytes | None:
        """The picture if it is kept.

        Raises:
            CannotBeDrawn: it couldn't be drawn a short while ago.
        """
        when, why = self._failed.get(key, (0.0, ""))
        if why and time.monotonic() - when < _TRIED_AGAIN_AFTER:
            raise CannotBeDrawn(why)
        return self._cache.get(key) if self._cache else None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """While nobody else draws.

        Raises:
            PainterBusy: somebody waits already, or the drawing takes too long.
        """
        if not self._drawing.acquire(blocking=False):
            if not self._waiting.acquire(blocking=False):
                raise PainterBusy("others wait already")
            try:
                if not self._drawing.acquire(timeout=_PATIENCE):
                    raise PainterBusy("another page is being drawn")
            finally:
                self._waiting.release()
        try:
            yield
        finally:
            self._drawing.release()

    def _drawn(self, key: str, descriptor: int, page: int, file: Path, state: tuple[int, ...]) -> bytes:
        """The picture, drawn now and kept; or else kept in mind that it can't be drawn."""
        try:
            drawn = _written(self._draw(descriptor, page))
        except CannotBeDrawn as error:
            self._failed[key] = time.monotonic(), str(error)
            if len(self._failed) > _MOST_FAILED:
                self._failed.popitem(last=False)
            raise
        if self._cache:
            self._cache.put(key, drawn, file, state)
        return drawn

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


def _written(payload: bytes) -> bytes:
    """The child's pixels as a file."""
    try:
        picture = unpack(payload)
    except ValueError as error:
        raise CannotBeDrawn(str(error)) from error
    if len(picture.pixels) > _MOST_PIXELS:
        raise CannotBeDrawn(f"it has {picture.width} x {picture.height} pixels")
    return png(picture)
