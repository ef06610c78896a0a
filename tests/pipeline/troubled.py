"""What troubles a command; `test_failing_machine` has its process do this before."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

from tipsearch import Library, SearchRequest


def without_room(size: int) -> None:
    """Let no file grow beyond that many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def as_nobody() -> None:
    """Be a user who owns nothing.

    All that is wanted is imported before, as nobody need not be able to read the interpreter's own folder.
    """
    place = sys.argv[sys.argv.index("--index") + 1]
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(shutil.copytree(place, Path(folder) / "copy")) as library,
    ):
        library.search(SearchRequest("kiln"))
        library.index([])
        library.rebuild()
        library.decide("03.txt", {"region": "qatar"})
        library.review()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)
    os.chdir("/")
