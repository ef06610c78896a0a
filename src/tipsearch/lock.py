"""One writer at a time: a lock file that dies with its holder."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tipsearch.errors import LibraryError, LibraryLocked

if TYPE_CHECKING:
    from collections.abc import Iterator


#: Where the kernel lists who holds which lock (proc(5)).
_LOCKS = Path("/proc/locks")
#: Whoever waits for the lock asks again after so many seconds.
_ASK_EVERY = 0.1


def holder(folder: Path) -> int | None:
    """The process that is writing to a library, as far as can be told without getting in its way; None if nobody is."""
    try:
        lock = (folder / "lock").stat()
        listed = _LOCKS.read_text("ascii", "replace").splitlines()
    except OSError:
        return None
    place = f"{os.major(lock.st_dev):02x}:{os.minor(lock.st_dev):02x}:{lock.st_ino}"
    holding = (line.split() for line in listed if " FLOCK " in line and "->" not in line)
    return next((int(fields[4]) for fields in holding if fields[5] == place), None)


@contextmanager
def writing(folder: Path, *, patience: float = 0.0) -> Iterator[None]:
    """Hold the right to write to a library.

    The kernel frees the lock when the process ends, however it ends; the file itself stays and means nothing.

    Args:
        folder: the library's.
        patience: seconds to wait for a process that is writing.

    Raises:
        LibraryLocked: another process holds it; names its process number.
        LibraryError: nothing can be written there.
    """
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise LibraryError(
            f"the library {folder} cannot be written ({error.strerror}); it can still be searched. Check the folder's "
            "permissions and its disk"
        ) from error
    try:
        try:
            _take(descriptor, patience)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
            raise LibraryLocked(
                f"another process (number {holder}) is writing to {folder}; wait until it has finished"
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, patience: float) -> None:
    last = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= last:
                raise
            time.sleep(_ASK_EVERY)
        else:
            return
