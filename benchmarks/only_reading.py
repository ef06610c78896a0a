"""The nursery's job without the second half: pages and facts as extracted, no regions, topics and languages."""

from __future__ import annotations

import os

import msgspec

from tipsearch import extract, reading


def warm_up(argument: bytes) -> None:
    """As the whole job does."""
    reading.warm_up(argument)


def run(descriptor: int, request: bytes) -> bytes:
    """Read the file behind the descriptor."""
    asked = msgspec.msgpack.decode(request, type=reading.Request)
    data = os.read(descriptor, os.fstat(descriptor).st_size)
    return msgspec.msgpack.encode(extract.read(data, asked.name, asked.scanned))
