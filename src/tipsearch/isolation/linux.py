"""The few calls of the Linux kernel that Python has no name for, through the C library.

No package does this job on a bare Debian: `pyseccomp` (MIT, last released in 2021) wants libseccomp's shared library
beside it, and `landlock` (MIT) has only had development releases. What is needed of both is two hundred lines.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Any

# <linux/prctl.h>
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
#: <linux/capability.h>: version 3 of the interface, with two words for each of the three sets.
_CAPABILITY_VERSION, _CAPABILITY_WORDS = 0x20080522, 6
#: Numbers of landlock_create_ruleset and landlock_restrict_self on all architectures, and of capset on those we know.
CREATE_RULESET, RESTRICT_SELF = 444, 446
_CAPSET = {"x86_64": 126, "aarch64": 91}

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def architecture() -> str | None:
    """This process's architecture as `uname` calls it; None where it is no 64-bit Linux."""
    return os.uname().machine if sys.platform == "linux" and sys.maxsize > 1 << 32 else None


def system_call(number: int, *arguments: int | ctypes.Array[Any] | None) -> int:
    """Call the kernel; arrays are handed over by their address.

    Raises:
        OSError: with the kernel's errno.
    """
    wide = (ctypes.c_long(one) if isinstance(one, int) else one for one in arguments)
    return _checked(_libc.syscall(ctypes.c_long(number), *wide))


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies, however that may happen."""
    _control(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it has died before
        os._exit(1)


def gain_nothing() -> None:
    """Never gain privileges, without which no process may confine itself; be dumped nowhere and traced by nobody.

    `RLIMIT_CORE` doesn't bind a program that the kernel pipes cores to (core(5)): every crash would start it.
    """
    _control(_PR_SET_NO_NEW_PRIVS, 1)
    _control(_PR_SET_DUMPABLE, 0)


def drop_capabilities() -> None:
    """Give up root's powers for good.

    Raises:
        OSError: the kernel or a container refuses, or the architecture is unknown here.
    """
    name = architecture()
    if name not in _CAPSET:
        raise OSError(f"the system calls of {name or 'this system'} are not known")
    none = (ctypes.c_uint32 * _CAPABILITY_WORDS)()
    system_call(_CAPSET[name], (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0), none)


def filter_calls(mode: int, program: ctypes.Structure) -> None:
    """Have every further system call judged by a BPF program; this can't be undone."""
    _control(_PR_SET_SECCOMP, mode, ctypes.addressof(program))


def _control(option: int, value: int, pointer: int = 0) -> None:
    _checked(
        _libc.prctl(
            option, ctypes.c_ulong(value), ctypes.c_ulong(pointer), ctypes.c_ulong(0), ctypes.c_ulong(0)
        )
    )


def _checked(result: int) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
