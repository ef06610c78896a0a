"""The one place where Whoosh's errors become ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tipsearch.errors import EngineFailed, TipsearchError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def translated(action: str) -> Iterator[None]:
    """Raise `EngineFailed` naming the action for whatever Whoosh raises inside; our own errors pass.

    Whoosh has no tree of errors: a damaged file shows as KeyError, struct.error, AssertionError, OverflowError and more.
    """
    try:
        yield
    except TipsearchError:
        raise
    except Exception as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise EngineFailed(f"whoosh failed to {action}: {reason}") from error
