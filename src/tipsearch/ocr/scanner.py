"""Several pages at once: drawn in the nursery's children, read by as many processes of tesseract as there are places."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.isolation import Fate, Limits, Nursery, Outcome, Task
from tipsearch.ocr.picture import unpack
from tipsearch.ocr.rendering import request

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from tipsearch.model import Scan
    from tipsearch.ocr.reader import PageReader

#: Drawing a page takes a twentieth of the time of reading it.
_READERS_A_PAINTER = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to be read.

    Attributes:
        sha256: of its file's bytes.
        page: its number, 1-based.
        open: gives an open descriptor of the file, or None if it isn't there as it was.
    """

    sha256: str
    page: int
    open: Callable[[], int | None]


def painters(places: int, limits: Limits) -> Nursery:
    """The processes that draw pages for so many places (pages read at the same time)."""
    return Nursery("tipsearch.ocr.rendering", keepers=1 + places // _READERS_A_PAINTER, limits=limits)


def scan(
    wanted: Iterable[Wanted],
    nursery: Nursery,
    reader: PageReader,
    *,
    places: int,
    dpi: int,
    language: Callable[[str], str | None],
) -> Generator[tuple[Wanted, Scan], None, None]:
    """Read pages, each given out as soon as it is read; when the caller leaves, what is being read is dropped.

    Args:
        wanted: pages, taken one by one as places fall free; those whose files are gone are left out.
        nursery: draws them (`painters`).
        reader: reads them.
        places: pages read at the same time.
        dpi: dots an inch at most.
        language: of the file with that hash, as far as is known when it is asked.

    Raises:
        IsolationError: the nursery died.
    """

    def read(outcome: Outcome[Wanted]) -> tuple[Wanted, Scan]:
        return outcome.key, _read(outcome, reader, language(outcome.key.sha256))

    running: set[Future[tuple[Wanted, Scan]]] = set()
    with ThreadPoolExecutor(places) as pool:
        try:
            for outcome in nursery.run(_tasks(wanted, dpi)):
                running.add(pool.submit(read, outcome))
                if len(running) > places:  # one waits, so that no place is ever empty
                    yield from _finished(running)
            while running:
                yield from _finished(running)
        finally:
            reader.stop()
            pool.shutdown(cancel_futures=True)


def _tasks(wanted: Iterable[Wanted], dpi: int) -> Iterator[Task[Wanted]]:
    for one in wanted:
        descriptor = one.open()
        if descriptor is not None:
            yield Task(one, descriptor, request(one.page, dpi))


def _read(outcome: Outcome[Wanted], reader: PageReader, language: str | None) -> Scan:
    page = outcome.key.page
    if outcome.fate is not Fate.DONE:
        return reader.unread(page, f"its picture cannot be drawn: it {outcome.detail}")
    try:
        picture = unpack(outcome.payload)
    except ValueError as error:
        return reader.unread(page, f"its picture cannot be drawn ({error})")
    return reader.read(page, picture, language)


def _finished(running: set[Future[tuple[Wanted, Scan]]]) -> Iterator[tuple[Wanted, Scan]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        running.discard(future)
        yield future.result()
