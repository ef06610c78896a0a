"""All quality measures of one library, made of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import details
import extraction
import ranking
import spellings
import tagging
import typed

if TYPE_CHECKING:
    from metrics import Metric

    from tipsearch import Library


def measure(library: Library) -> dict[str, Metric]:
    """Every metric by its name, in the order of the rooms that it judges."""
    return (
        extraction.measure(library)
        | details.measure(library)
        | tagging.measure(library)
        | spellings.measure()
        | typed.measure()
        | ranking.measure(library)
    )
