"""What one child process may use."""

from __future__ import annotations

import resource
from dataclasses import asdict, dataclass

import msgspec

_GIB = 1 << 30


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

        No file may be written (`RLIMIT_FSIZE` 0), no core left behind, few descriptors opened.
        """
        bounds = {
            resource.RLIMIT_AS: self.memory_bytes,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_NOFILE: 64,
        }
        for what, bound in bounds.items():
            resource.setrlimit(what, (bound, bound))
        # SIGXCPU at the soft limit tells what happened; at the hard one it would be a plain SIGKILL.
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu_seconds, self.cpu_seconds + 1))

    def to_json(self) -> str:
        """As text, for the nursery's command line."""
        return msgspec.json.encode(asdict(self)).decode()

    @classmethod
    def from_json(cls, text: str) -> Limits:
        """The reverse of `to_json`."""
        return msgspec.json.decode(text, type=cls)
