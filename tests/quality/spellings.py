"""Region tags as they are spelled in the world, looked up in the vocabulary (region_spellings.tsv).

A spelling is right if all the values that it means are found and no other; of one that means nothing, none may be.
"""

from __future__ import annotations

from metrics import Metric, share
from truth import HERE

from tipsearch import vocabulary

_NOTHING = "-"


def spellings() -> dict[str, frozenset[str]]:
    """The values that each spelling means, in the order of the file."""
    lines = (HERE / "region_spellings.tsv").read_text("utf-8").splitlines()
    return dict(_judged(line) for line in lines if not line.startswith("#"))


def measure() -> dict[str, Metric]:
    """The share of spellings that are understood, or rightly aren't."""
    known = vocabulary.regions()
    outcomes = {
        f"{spelling} is {', '.join(sorted(values)) or 'nothing'}": frozenset(known.resolve_all(spelling))
        == values
        for spelling, values in spellings().items()
    }
    return {"tagging.region-spellings": share(outcomes)}


def _judged(line: str) -> tuple[str, frozenset[str]]:
    spelling, values = line.split("\t")
    return spelling, frozenset() if values == _NOTHING else frozenset(values.split(","))
