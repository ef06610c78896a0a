"""What one child process may use."""

from __future__ import annotations

import resource
from contextlib import suppress
from dataclasses import asdict, dataclass

import msgspec

_GIB = 1 << 30
_DESCRIPTORS = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document's child process.

    The defaults are the design brief's: of 1,428 broken PDFs none needed more than 68 MB or a second with PDFium,
    while bombs ask for any amount.

    Attributes:
        memory_bytes: address space.
        cpu_seconds: processor time.
        wall_seconds: time on the clock; at its end the child is killed.
        output_bytes: size of what the child may give back.
    """

    memory_bytes: int = _GIB
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    output_bytes: int = 256 << 20

    def apply(self) -> None:
        """Bind the calling process; it can't loosen this again unless it is root's.

        No file may be written (`RLIMIT_FSIZE` 0), no core left behind, no process or thread begun (root's may: seccomp
        refuses those), few descriptors opened.
        """
        for what, bound in self._bounds().items():
            # A system without one of them (macOS knows no bound on the address space) still has the others.
            with suppress(ValueError, OSError):
                resource.setrlimit(what, _within(what, bound))

    def missing(self) -> tuple[str, ...]:
        """Names of the bounds (``AS``, ``CPU``, …) that the calling process isn't held to."""
        names = {number: name for name, number in vars(resource).items() if name.startswith("RLIMIT_")}
        return tuple(
            names[what].removeprefix("RLIMIT_")
            for what, (soft, _) in self._bounds().items()
            if not 0 <= resource.getrlimit(what)[0] <= soft
        )

    def _bounds(self) -> dict[int, tuple[int, int]]:
        """Each resource with its soft and hard bound."""
        return {
            resource.RLIMIT_AS: (self.memory_bytes, self.memory_bytes),
            # SIGXCPU at the soft limit tells what happened; at the hard one it would be a plain SIGKILL.
            resource.RLIMIT_CPU: (self.cpu_seconds, self.cpu_seconds + 1),
            resource.RLIMIT_FSIZE: (0, 0),
            resource.RLIMIT_CORE: (0, 0),
            resource.RLIMIT_NPROC: (0, 0),
            resource.RLIMIT_NOFILE: (_DESCRIPTORS, _DESCRIPTORS),
        }

    def to_json(self) -> str:
        """As text, for the nursery's command line."""
        return msgspec.json.encode(asdict(self)).decode()

    @classmethod
    def from_json(cls, text: str) -> Limits:
        """The reverse of `to_json`."""
        return msgspec.json.decode(text, type=cls)


def _within(what: int, bound: tuple[int, int]) -> tuple[int, int]:
    """A bound, no looser than the one that the process was started with."""
    _, hard = resource.getrlimit(what)
    if hard == resource.RLIM_INFINITY:
        return bound
    return min(bound[0], hard), min(bound[1], hard)
