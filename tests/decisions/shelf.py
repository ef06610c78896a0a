"""What the tests of decisions look things up by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tipsearch import Library


def ids(library: Library) -> dict[str, str]:
    """The documents' ids by path."""
    with library._catalogue.view() as view:
        return {one.path or "": one.id for one in view.living()}
