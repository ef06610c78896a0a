"""A job for the nursery that does what its request says."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

told: list[bytes] = []


def warm_up(argument: bytes) -> None:
    """Nothing to load."""
    told.append(argument)


def run(descriptor: int, request: bytes) -> bytes:  # noqa: C901  one line an end
    """Echo the file, or come to the end that is asked for."""
    match request.decode().strip():
        case "hang":
            time.sleep(60)
        case "burn":
            while True:
                pass
        case "eat":
            return str(len(bytearray(8 << 30))).encode()
        case "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "raise":
            raise ValueError("the file makes no sense")
        case "leave":
            os._exit(0)
        case "flood":
            return b"x" * (2 << 20)
        case "write":
            Path("written").write_bytes(b"should not be possible")
        case "told":
            return str(len(told[0])).encode() + told[0][:20]
        case "slow":
            time.sleep(0.3)
    return os.read(descriptor, 100)
