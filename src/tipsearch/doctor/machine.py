"""The machine: how well untrusted files are confined on it, and whether its clock can be right."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tipsearch.doctor.finding import Finding, State
from tipsearch.errors import IsolationError
from tipsearch.isolation import Limits, confinement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.config import Settings

#: A clock may be off by so much (seconds) without harm: a day, for time zones that somebody got wrong.
_TOLERANCE = 86_400.0
_SET_CLOCK = "set the clock: sudo timedatectl set-ntp true"


def look_at_machine(settings: Settings, last_run: datetime | None) -> Iterator[Finding]:
    """The sandbox and the clock; `last_run` is when the library was last indexed, None if it never was."""
    yield _sandbox(settings)
    yield clock(time.time(), last_run)


def _sandbox(settings: Settings) -> Finding:
    reading = settings.reading
    try:
        found = confinement(Limits(reading.memory_mb << 20, reading.cpu_seconds, reading.wall_seconds))
    except IsolationError as error:
        return Finding(
            "sandbox", State.BROKEN, str(error), "allow processes to be started, or use another machine"
        )
    if found.complete:
        return Finding("sandbox", State.OK, found.detail)
    said, _, todo = found.detail.partition(": where ")
    return Finding("sandbox", State.WARNING, said, f"where {todo}" if todo else "index on Linux")


def clock(now: float, last_run: datetime | None) -> Finding:
    """Can it be that time? Files are told to be new by their time stamps.

    Args:
        now: what the clock says, in seconds since 1970.
        last_run: when the library was last indexed by the clock of then.
    """
    said = f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M} UTC"
    if now < Path(__file__).stat().st_mtime - _TOLERANCE:
        return Finding(
            "clock", State.WARNING, f"it says {said}, which is before this program was installed", _SET_CLOCK
        )
    if last_run is not None and now < last_run.timestamp() - _TOLERANCE:
        return Finding(
            "clock",
            State.WARNING,
            f"it says {said}, and the library was last indexed on {last_run:%Y-%m-%d}",
            _SET_CLOCK,
        )
    return Finding("clock", State.OK, said)
