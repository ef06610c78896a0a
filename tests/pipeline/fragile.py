"""A nursery's job like `tipsearch.reading`, whose parser dies of some content."""

from __future__ import annotations

import os
import signal

from tipsearch import reading

warm_up = reading.warm_up


def run(descriptor: int, request: bytes) -> bytes:
    """Die of a signal, lie, or read the file."""
    data = os.pread(descriptor, 100, 0)
    if b"DEADLY" in data:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"LYING" in data:
        return b"\xc1 no answer that anyone could understand"
    return reading.run(descriptor, request)
