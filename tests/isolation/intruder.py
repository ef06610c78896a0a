"""A job that tries what a file might that has taken over its reader: it answers ``done``, or how it was refused."""

from __future__ import annotations

import ctypes
import errno
import json
import mmap
import os
import resource
import signal
import socket
import stat
import subprocess
import threading
import time
from typing import TYPE_CHECKING

from tipsearch.isolation import linux

if TYPE_CHECKING:
    from collections.abc import Callable

libc = ctypes.CDLL(None, use_errno=True)
PTRACE_ATTACH = 16
#: System calls that the C library has no function for, by architecture.
NUMBERS = {
    "x86_64": {"bpf": 321, "io_uring_setup": 425, "execveat": 322, "ioctl": 16, "openat": 257, "clone": 56},
    "aarch64": {"bpf": 280, "io_uring_setup": 425, "execveat": 281, "ioctl": 29, "openat": 56, "clone": 220},
}
#: On x86_64, numbers with this bit reach the same functions of the kernel by another table.
X32 = 0x40000000


def warm_up(_: bytes) -> None:
    """All is loaded by the imports above."""


def run(descriptor: int, request: bytes) -> bytes:
    """Try one thing."""
    asked = json.loads(request)
    if asked["name"] == "inherited":
        return json.dumps(inherited(descriptor)).encode()
    return attempt(ATTEMPTS[asked["name"]], asked.get("argument", "")).encode()


def attempt(what: Callable[[str], object], argument: str) -> str:
    """``done``, or the name of the error."""
    try:
        what(argument)
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    except RuntimeError as error:  # what Python makes of a thread that can't be started
        return str(error)
    return "done"


def inherited(own: int) -> list[str]:
    """What the child finds open besides its own file."""
    found = []
    for number in range(64):
        try:
            about = os.fstat(number)
        except OSError:
            continue
        if number != own:
            is_null = stat.S_ISCHR(about.st_mode) and about.st_rdev == os.makedev(1, 3)
            found.append("null" if is_null else "pipe" if stat.S_ISFIFO(about.st_mode) else "other")
    return found


def write(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT))


def connect(port: str) -> None:
    with socket.socket() as made:
        made.connect(("127.0.0.1", int(port)))


def connect_unix(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.connect(path)


def begin_thread(_: str) -> None:
    threading.Thread(target=time.sleep, args=(0,)).start()


def fork(_: str) -> None:
    if os.fork() == 0:
        os._exit(0)


def trace_parent(_: str) -> None:
    checked(libc.ptrace(PTRACE_ATTACH, os.getppid(), 0, 0))


def read_parent(_: str) -> None:
    buffer = ctypes.create_string_buffer(8)
    piece = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)
    checked(libc.process_vm_readv(os.getppid(), piece, 1, piece, 1, 0))


def call(name: str) -> None:
    system_call(NUMBERS[linux.architecture() or ""][name])


def call_x32(_: str) -> None:
    system_call(X32 | 39)  # getpid, which its proper number allows


def type_into_terminal(_: str) -> None:
    system_call(NUMBERS[linux.architecture() or ""]["ioctl"], 0, 0x5412, 0)


def system_call(number: int, *arguments: int) -> None:
    linux.system_call(number, *(*arguments, 0, 0, 0, 0, 0)[:6])


def map_code(_: str) -> None:
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


def loosen(_: str) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError as error:  # what Python makes of EPERM here
        raise PermissionError(errno.EPERM, str(error)) from error


def hang_silently(_: str) -> None:
    os.closerange(3, 64)
    time.sleep(60)


def ignore_its_time(_: str) -> None:
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass


def talk(_: str) -> None:
    raise ValueError("x" * 100_000)


def checked(result: int) -> None:
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")


ATTEMPTS: dict[str, Callable[[str], object]] = {
    "open a file": lambda _: os.open("/etc/passwd", os.O_RDONLY),
    "create a file": write,
    "list a folder": lambda _: os.listdir("/"),
    "look at a path": os.stat,
    "remove a file": os.unlink,
    "rename a file": lambda path: os.rename(path, f"{path}.old"),
    "open its own memory": lambda _: os.open("/proc/self/mem", os.O_RDWR),
    "make a file in memory": lambda _: os.memfd_create("x"),
    "connect": connect,
    "connect to a Unix socket": connect_unix,
    "run a program": lambda _: os.execv("/bin/true", ["true"]),  # noqa: S606 - refused, as the test demands
    "run a program from a descriptor": lambda _: call("execveat"),
    "start a program": lambda _: subprocess.run(["/bin/true"], check=False),
    "fork": fork,
    "clone": lambda _: call("clone"),
    "begin a thread": begin_thread,
    "signal its parent": lambda _: os.kill(os.getppid(), 0),
    "signal its group": lambda _: os.kill(0, 0),
    "signal everybody": lambda _: os.kill(-1, 0),
    "trace its parent": trace_parent,
    "read its parent's memory": read_parent,
    "set up a ring": lambda _: call("io_uring_setup"),
    "load a program into the kernel": lambda _: call("bpf"),
    "call by another table": call_x32,
    "type into a terminal": type_into_terminal,
    "map executable memory": map_code,
    "loosen a limit": loosen,
    "leave its groups": lambda _: os.setgroups([]),
    # These are its own affair, and how it ends is judged by the keeper.
    "signal itself": lambda _: os.kill(os.getpid(), 0),
    "abort": lambda _: os.abort(),
    "die oddly": lambda _: os.kill(os.getpid(), signal.SIGRTMIN + 1),
    "stop itself": lambda _: os.kill(os.getpid(), signal.SIGSTOP),
    "ignore its time": ignore_its_time,
    "hang silently": hang_silently,
    "talk": talk,
}
