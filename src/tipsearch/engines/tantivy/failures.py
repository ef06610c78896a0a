"""The one place where tantivy's errors become ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tipsearch.errors import EngineFailed

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def translated(action: str) -> Iterator[None]:
    """Raise `EngineFailed` naming the action for whatever tantivy raises inside.

    tantivy-py raises ValueError for nearly everything, OSError for files, and pyo3's PanicException, which is a
    BaseException of a module that cannot be imported, where Rust panics.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise EngineFailed(f"tantivy failed to {action}: {_reason(error)}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise EngineFailed(f"tantivy broke while it tried to {action}: {_reason(error)}") from error


def _reason(error: BaseException) -> str:
    if "LockBusy" in str(error):
        return "another writer is open on this index; wait until it has finished"
    return str(error).partition("\n")[0] or type(error).__name__
