"""seccomp: a list of system calls that a process may make; all others fail with EPERM.

The list (`data/system_calls.json`) has what reading takes once a file is open and all libraries are loaded: reading
and writing descriptors, memory that isn't executable, clocks, signals to oneself, ending. The filter is a classic BPF
program over `struct seccomp_data` (seccomp(2)): architecture, number and arguments of a call.

`newfstatat` is how older C libraries do `fstat`; its path can't be looked at from here, so a child could learn that a
file exists and how large it is, though nothing of what is in it.
"""

from __future__ import annotations

import ctypes
import os
import struct
from dataclasses import dataclass
from errno import EPERM
from typing import TYPE_CHECKING

import msgspec

from tipsearch.isolation import linux
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Sequence

_MODE_FILTER = 2
#: <linux/filter.h>: load a word, compare, answer.
_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
#: Answers of <linux/seccomp.h>: go on; don't, and give the caller this error.
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | EPERM
#: Places in `struct seccomp_data`; of an argument the lower word, then the upper.
_NUMBER, _ARCHITECTURE, _ARGUMENTS, _WORD = 0, 4, 16, 4
#: Position of the instruction with the wanted value behind the one that compares the number.
_WANTED = 4
_INSTRUCTION = struct.Struct("=HBBI")

Instruction = tuple[int, int, int, int]


class Call(msgspec.Struct, frozen=True):
    """A system call that is allowed.

    Attributes:
        name: its name.
        x86_64: its number on that architecture, None where there is no such call.
        aarch64: the same.
        argument: the one that is looked at, from 0; None if all are allowed.
        equals: what the argument must be.
        lacks: bits that it must not have.
        own: the argument must be the process's own id.
    """

    name: str
    x86_64: int | None = None
    aarch64: int | None = None
    argument: int | None = None
    equals: int | None = msgspec.field(default=None, name="is")
    lacks: int | None = None
    own: bool = False

    def number(self, architecture: str) -> int | None:
        """Its number on an architecture."""
        found: int | None = getattr(self, architecture)
        return found


class Architecture(msgspec.Struct, frozen=True):
    """What a filter must know of a kind of processor: its word in `seccomp_data`, and its largest number of a call.

    On x86_64 larger numbers are those of the x32 interface, by which a list could be walked around.
    """

    audit: int
    most: int


class Table(msgspec.Struct, frozen=True):
    """The data file."""

    architectures: dict[str, Architecture]
    calls: tuple[Call, ...]


class _SockFprog(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter made ready: a child only writes its own process id into it.

    Attributes:
        code: the instructions.
        own: positions in `code` of the words that stand for the process's own id.
    """

    code: bytearray
    own: tuple[int, ...]

    def install(self) -> None:
        """Bind this process, for good; it must have given up gaining privileges.

        Raises:
            OSError: the kernel refuses.
        """
        for position in self.own:
            struct.pack_into("=I", self.code, position, os.getpid())
        code = (ctypes.c_char * len(self.code)).from_buffer(self.code)
        program = _SockFprog(len(self.code) // _INSTRUCTION.size, ctypes.addressof(code))
        linux.filter_calls(_MODE_FILTER, program)


def table() -> Table:
    """The system calls that are allowed, and the architectures whose numbers of them are known."""
    return msgspec.json.decode(data_file("system_calls.json").read_bytes(), type=Table)


def prepare() -> Filter:
    """The filter for this machine.

    Raises:
        OSError: the system is no Linux, or its architecture is unknown here.
    """
    known, name = table(), linux.architecture()
    if name not in known.architectures:
        raise OSError(f"the system calls of {name or 'this system'} are not known")
    return assemble(known.calls, name, known.architectures[name])


def assemble(calls: Sequence[Call], name: str, architecture: Architecture) -> Filter:
    """The program that allows these calls on that architecture."""
    body: list[Instruction] = []
    own: list[int] = []
    for call in calls:
        number = call.number(name)
        if number is None:
            continue
        block = _judge(call)
        if call.own:
            own.append(len(body) + _WANTED)
        body.append((_EQUAL, 0, len(block), number))
        body += block
    head: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture.audit),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER),
        (_GREATER, 0, 1, architecture.most),
        (_RETURN, 0, 0, _REFUSE),
    ]
    whole = [*head, *body, (_RETURN, 0, 0, _REFUSE)]
    code = bytearray(b"".join(_INSTRUCTION.pack(*one) for one in whole))
    place = _INSTRUCTION.size - _WORD
    return Filter(code, tuple((len(head) + one) * _INSTRUCTION.size + place for one in own))


def _judge(call: Call) -> list[Instruction]:
    """What to do with a call of the right number."""
    if call.argument is None:
        return [(_RETURN, 0, 0, _ALLOW)]
    lower = _ARGUMENTS + 2 * _WORD * call.argument
    end: list[Instruction] = [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    if call.lacks is not None:
        return [(_LOAD, 0, 0, lower), (_ANY_BIT, 1, 0, call.lacks), *end]
    wanted = call.equals or 0  # one's own id is filled in later
    return [
        (_LOAD, 0, 0, lower + _WORD),
        (_EQUAL, 0, 3, 0),
        (_LOAD, 0, 0, lower),
        (_EQUAL, 0, 1, wanted),
        *end,
    ]
