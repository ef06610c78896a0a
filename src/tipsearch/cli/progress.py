"""Progress of a run on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from tipsearch.model import SEARCHABLE_STATES

if TYPE_CHECKING:
    from tipsearch.pipeline import Step

#: Without a terminal a line comes this often (seconds).
_EVERY = 10.0
#: On a terminal the bar is drawn at most so often (seconds).
_REDRAW = 0.1
_WIDTH = 30


class Progress:
    """Shows how far a run is; call it with each step, then `close`."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._begin = self._last = time.monotonic()
        self._shown = False
        self._counting = _counted(None)

    def __call__(self, step: Step) -> None:
        """Note a step; failures get a line of their own at once."""
        now = time.monotonic()
        if self._counting != _counted(step):  # OCR has its own count, and pace, and so has retagging
            self._begin, self._counting = now, _counted(step)
        if step.state not in SEARCHABLE_STATES and not step.retagged:
            self._clear()
            where = (
                _printable(step.path) if step.page is None else f"{_printable(step.path)}, page {step.page}"
            )
            click.echo(f"{step.state}: {where}", err=True)
        if self._terminal and (now - self._last > _REDRAW or step.done == step.total):
            self._last = now
            self._bar(step, now - self._begin)
        elif not self._terminal and now - self._last > _EVERY:
            self._last = now
            click.echo(self._words(step, now - self._begin), err=True)

    def close(self) -> None:
        """Take the bar away."""
        self._clear()

    def _bar(self, step: Step, seconds: float) -> None:
        full = _WIDTH * step.done // max(1, step.total)
        bar = "█" * full + "·" * (_WIDTH - full)
        click.echo(f"\r\x1b[K{bar} {self._words(step, seconds)}", nl=False, err=True)
        self._shown = True

    def _words(self, step: Step, seconds: float) -> str:
        how_far = f"{step.done:,} of {step.total:,}"
        if step.page is not None:
            return f"OCR: page {how_far}{_pace(step, seconds)}"
        if step.retagged:
            return f"facets told anew: {how_far} {_noun('record', step)}{_pace(step, seconds)}"
        return f"{how_far} {_noun('file', step)}{_pace(step, seconds)}"

    def _clear(self) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._shown = False


def _noun(one: str, step: Step) -> str:
    return one if step.total == 1 else f"{one}s"


def _pace(step: Step, seconds: float) -> str:
    """How fast, and how long still; nothing in the first second, of which neither can be told."""
    if seconds < 1 or not step.done:
        return ""
    rate = step.done / seconds
    told = f"{rate:,.1f}" if rate < 10 else f"{rate:,.0f}"  # noqa: PLR2004  one digit before the point
    return f", {told} a second, {_duration((step.total - step.done) / rate)} left"


def _counted(step: Step | None) -> str:
    """What a step is one of."""
    if step is None or (step.page is None and not step.retagged):
        return "files"
    return "records" if step.retagged else "pages"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _printable(path: str) -> str:
    """A path that can't play tricks on a terminal."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
