"""Landlock: the process may open no file, connect to nothing and signal nobody outside.

A ruleset that handles all rights and allows none (https://docs.kernel.org/userspace-api/landlock.html). In Linux since
5.13 where the list of security modules names it.
"""

from __future__ import annotations

import ctypes
import struct

from tipsearch.isolation import linux

_VERSION = 1 << 0
#: Rights that each version of the interface knows: on files, on TCP, and scopes (abstract sockets, signals).
_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_NETWORK = {4: 0b11}
_SCOPES = {6: 0b11}


def version() -> int:
    """The version of the kernel's interface.

    Raises:
        OSError: the kernel has no Landlock, it is switched off, or a container forbids it.
    """
    return linux.system_call(linux.CREATE_RULESET, None, 0, _VERSION)


def ruleset(version: int) -> int:
    """A descriptor of a ruleset that allows nothing of what that version of the interface can forbid.

    Raises:
        OSError: as for `version`.
    """
    words = struct.pack("=QQQ", *(_latest(table, version) for table in (_FILES, _NETWORK, _SCOPES)))
    buffer = ctypes.create_string_buffer(words, len(words))
    # A kernel that knows fewer fields accepts more as long as they are zero, as they are then.
    return linux.system_call(linux.CREATE_RULESET, buffer, len(words), 0)


def restrict(ruleset: int) -> None:
    """Bind this process to a ruleset, for good; it must have given up gaining privileges.

    Raises:
        OSError: the kernel refuses.
    """
    linux.system_call(linux.RESTRICT_SELF, ruleset, 0)


def _latest(table: dict[int, int], version: int) -> int:
    return next((table[since] for since in sorted(table, reverse=True) if since <= version), 0)
