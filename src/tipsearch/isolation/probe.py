"""A job that tries what a hostile file might, in a child like every other: `tipsearch doctor` tells what it could do."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch.isolation.confine import Cage
from tipsearch.isolation.level import Confinement
from tipsearch.isolation.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def _cage() -> Cage:
    return Cage.prepare()


def warm_up(_: bytes) -> None:
    """Find out in the keeper, as itself does, what the machine offers."""
    _cage()


def run(descriptor: int, request: bytes) -> bytes:  # noqa: ARG001 - every job takes a descriptor
    """Try everything, under the limits that the request names."""
    could = []
    for what, attempt in _ATTEMPTS.items():
        with suppress(OSError):
            attempt()
            could.append(what)
    cage = _cage()
    unlimited = Limits.from_json(request.decode()).missing()
    found = Confinement(cage.landlock_version, cage.calls is not None, tuple(could), unlimited)
    return msgspec.json.encode(found)


def _open() -> None:
    os.close(os.open("/", os.O_RDONLY))


def _connect() -> None:
    socket.socket().close()


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _signal() -> None:
    os.kill(os.getppid(), 0)


_ATTEMPTS: dict[str, Callable[[], None]] = {
    "open files": _open,
    "use the network": _connect,
    "start processes": _fork,
    "signal other processes": _signal,
}
