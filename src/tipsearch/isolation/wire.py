"""The two messages between the nursery and its user, over a Unix socket."""

from __future__ import annotations

import os
import socket
import struct
from tempfile import TemporaryFile

#: Task: length of the request that follows; the file's descriptor rides along as ancillary data, and after it that of the
#: request where it is a long one.
_TASK = struct.Struct(">I")
#: Outcome: fate, length of the payload that follows.
_OUTCOME = struct.Struct(">BI")
_CHUNK = 1 << 20
#: Longer requests (bytes) go in a file of their own: who sends must never wait for a receiver who is himself sending, and
#: the smallest buffer of a Unix socket in use holds 8 KiB, two of these and their headers.
_INLINE = 2048


def send_task(channel: socket.socket, request: bytes, descriptor: int) -> None:
    """Send a request with an open file descriptor (which stays open here)."""
    if len(request) <= _INLINE:
        message = _TASK.pack(len(request)) + request
        channel.sendall(message[socket.send_fds(channel, [message], [descriptor]) :])
        return
    with TemporaryFile() as file:
        file.write(request)
        file.flush()
        socket.send_fds(channel, [_TASK.pack(len(request))], [descriptor, file.fileno()])


def receive_task(channel: socket.socket) -> tuple[bytes, int] | None:
    """The next request and its descriptor (now ours to close), or None when the other side has closed."""
    header, descriptors, _, _ = socket.recv_fds(channel, _TASK.size, 2)
    if not header:
        return None
    header += receive_exactly(channel, _TASK.size - len(header))
    (length,) = _TASK.unpack(header)
    descriptor, *long = descriptors
    if not long:
        return receive_exactly(channel, length), descriptor
    with os.fdopen(long[0], "rb") as file:
        file.seek(0)
        return file.read(length), descriptor


def send_outcome(channel: socket.socket, fate: int, payload: bytes) -> None:
    """Send what became of the task."""
    channel.sendall(_OUTCOME.pack(fate, len(payload)))
    channel.sendall(payload)


def receive_outcome(channel: socket.socket) -> tuple[int, bytes]:
    """Fate and payload of the task.

    Raises:
        EOFError: the other side died.
    """
    fate, length = _OUTCOME.unpack(receive_exactly(channel, _OUTCOME.size))
    return fate, receive_exactly(channel, length)


def receive_exactly(channel: socket.socket, length: int) -> bytes:
    """That many bytes.

    Raises:
        EOFError: the stream ended before.
    """
    parts: list[bytes] = []
    while length:
        part = channel.recv(min(length, _CHUNK))
        if not part:
            raise EOFError("the other process closed the connection in the middle of a message")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes to a pipe."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
