"""How well children are confined on this machine, in words for people."""

from __future__ import annotations

import os
from dataclasses import dataclass

import msgspec

from tipsearch.errors import IsolationError
from tipsearch.isolation.limits import Limits
from tipsearch.isolation.nursery import Fate, Nursery, Task


@dataclass(frozen=True, slots=True)
class Confinement:
    """What is in force in a child, found by trying.

    Attributes:
        landlock_abi: version of the kernel's Landlock interface; None where Landlock isn't in force.
        seccomp: whether the system calls that a child may make are filtered.
        could: what a child could still do, such as ``open files``; nothing where it is confined.
        unlimited: names of the limits (``AS``, ``CPU``, …, see setrlimit(2)) that don't bind it.
    """

    landlock_abi: int | None
    seccomp: bool
    could: tuple[str, ...] = ()
    unlimited: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether a file that takes over its reader can do nothing with it, and is held to all limits."""
        return not self.could and not self.unlimited

    @property
    def detail(self) -> str:
        """A sentence or two: what confines the children, and what to do where that is too little."""
        means = [
            *(["seccomp"] if self.seccomp else []),
            *([f"Landlock (version {self.landlock_abi})"] if self.landlock_abi else []),
            "limits on memory and time",
        ]
        said = f"each file is read in a process of its own, confined by {', '.join(means)}"
        if self.unlimited:
            said += f"; the system doesn't heed the limits {', '.join(self.unlimited)}"
        if not self.could:
            return said
        return (
            f"{said}. A file that takes over its reader could {', '.join(self.could)}: where files come from "
            "strangers, index them on Linux 5.13 or later with seccomp and Landlock, which some containers forbid"
        )


def confinement(limits: Limits | None = None) -> Confinement:
    """Find out by trying in a child of a nursery; takes about a tenth of a second.

    Args:
        limits: the bounds that children are to have.

    Raises:
        IsolationError: no process can be started, or a confined one can't work.
    """
    bounds = limits or Limits()
    descriptor = os.open(os.devnull, os.O_RDONLY)
    with Nursery("tipsearch.isolation.probe", keepers=1, limits=bounds) as nursery:
        (outcome,) = nursery.run([Task(None, descriptor, bounds.to_json().encode())])
    if outcome.fate is not Fate.DONE:
        raise IsolationError(f"a confined process can't work on this machine: {outcome.detail}")
    return msgspec.json.decode(outcome.payload, type=Confinement)
