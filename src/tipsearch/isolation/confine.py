"""Shuts a child in before it looks at its file: what this machine can do is found out once, by trying."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.isolation import landlock, linux, seccomp

if TYPE_CHECKING:
    from collections.abc import Callable

#: What a trial gives back if it failed; less is its result.
_FAILED = 255


@dataclass(frozen=True, slots=True)
class Cage:
    """What shuts a child in, made ready in its parent so that a child opens and builds nothing.

    Attributes:
        landlock_version: of the kernel's interface; None if there is none or it can't be used.
        ruleset: descriptor of the Landlock ruleset.
        calls: the seccomp filter, None if there is none or it can't be used.
        powerless: whether root's powers are given up; some containers forbid even that.
    """

    landlock_version: int | None = None
    ruleset: int | None = None
    calls: seccomp.Filter | None = None
    powerless: bool = False

    @classmethod
    def prepare(cls) -> Cage:
        """Try in children of their own what this machine can do; empty elsewhere than on Linux.

        Some containers answer a forbidden call with death, so that asking can't be done here.
        """
        if sys.platform != "linux":
            return cls()
        version = trial(_try_landlock)
        calls = seccomp.prepare() if trial(_try_seccomp) is not None else None
        ruleset = None if version is None else landlock.ruleset(version)
        return cls(version, ruleset, calls, trial(_try_powerless) is not None)

    def shut(self, parent: int) -> None:
        """Shut this process in for good; what could be done in a trial has to succeed now.

        Args:
            parent: process id of the one who forked it, without whom it won't live.

        Raises:
            OSError: the kernel refuses.
        """
        if sys.platform != "linux":
            return
        linux.die_with(parent)
        linux.gain_nothing()
        if self.powerless:
            linux.drop_capabilities()
        if self.ruleset is not None:
            landlock.restrict(self.ruleset)
            os.close(self.ruleset)
        if self.calls is not None:
            self.calls.install()


def trial(attempt: Callable[[], int]) -> int | None:
    """What an attempt gives (0 to 254) when made in a child of its own; None if it raises or the child dies of it."""
    child = os.fork()
    if child == 0:
        status = _FAILED
        with suppress(OSError):
            status = attempt()
        os._exit(status)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return code if 0 <= code < _FAILED else None


def _try_landlock() -> int:
    version = landlock.version()
    linux.gain_nothing()
    landlock.restrict(landlock.ruleset(version))
    return version if _opening_fails() else _FAILED


def _try_seccomp() -> int:
    calls = seccomp.prepare()
    linux.gain_nothing()
    calls.install()
    return 0 if _opening_fails() else _FAILED


def _try_powerless() -> int:
    linux.drop_capabilities()
    return 0


def _opening_fails() -> bool:
    try:
        os.open("/", os.O_RDONLY)
    except PermissionError:
        return True
    return False
