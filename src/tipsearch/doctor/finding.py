"""What the doctor finds of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How bad it is: a warning may bite one day, what is missing leaves one feature out, what is broken stops work."""

    OK = "ok"
    WARNING = "warning"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: what it is (``sandbox``, ``tesseract``, ``catalogue``, …).
        state: how it is.
        detail: its version, place or size, or what is wrong, in a sentence.
        todo: what to do, where possible the command; empty if there is nothing to be done.
    """

    name: str
    state: State
    detail: str
    todo: str = ""
