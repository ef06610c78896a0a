"""The recorded floors: what they are, when they may change, and how much noise they allow.

A floor is a measured value less a margin. The sample doesn't change and the program is deterministic, so the margin is
only for what lies outside this tree: another permitted release of a library may break a line elsewhere or add up scores
in another order. It is no allowance for changes of our own.

* Shares of things that are right or wrong, and the lowest F1: none and 0.005. One more wrong title is a fault.
* Mean F1 of texts: 0.002. A report has 1,000 to 6,000 words; two words joined in each are less.
* F1 of pairs of words: twice as much. A word that is cut or joined spoils the pair before it and the one after it.
* Rankings: two neighbours change places in one query. That costs at most 1/2 (reciprocal rank, ranks 1 and 2) or
  1 - 1/log2(3) (nDCG, the same) of one query, divided by their number.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from truth import HERE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from metrics import Metric

FILE = HERE / "floors.json"
#: Floors of what is measured on literature outside the project; its labels, not its texts, are in the digest.
LITERATURE_FILE = HERE / "literature_floors.json"
_STEPS = 10_000
_LOWEST_F1_MARGIN = 0.005
_MEAN_F1_MARGIN = 0.002
_SWAPPED_MRR = 1 / 2
_SWAPPED_NDCG = 1 - 1 / math.log2(3)


class WouldLower(Exception):
    """New floors would be lower than the recorded ones; the message names each."""


@dataclass(frozen=True, slots=True)
class Floor:
    """One metric's floor, the value it was made of, and on how many items that was measured."""

    floor: float
    measured: float
    count: int


@dataclass(frozen=True, slots=True)
class Lowered:
    """A floor that was lowered on purpose; `new` is None for a metric that was given up."""

    metric: str
    old: float
    new: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Floors:
    """The file's content.

    Attributes:
        corpus: SHA-256 over the sample, its sources and the gold, as `truth.digest` makes it.
        files: how many files that is.
        metrics: floors by name of the metric.
        lowered: every floor that was ever lowered, with the reason, oldest first.
    """

    corpus: str
    files: int
    metrics: dict[str, Floor]
    lowered: tuple[Lowered, ...] = ()


def margin(name: str, count: int) -> float:
    """How far a metric may fall by noise alone, see above."""
    if name == "ranking.mrr@10":
        return _SWAPPED_MRR / count
    if name == "ranking.ndcg@10":
        return _SWAPPED_NDCG / count
    if name.startswith(("extraction.text.", "extraction.bigrams.")):
        words = 2 if name.startswith("extraction.bigrams.") else 1
        return words * (_LOWEST_F1_MARGIN if name.endswith(".worst") else _MEAN_F1_MARGIN)
    return 0.0


def load(path: Path = FILE) -> Floors:
    """Read the recorded floors."""
    content = json.loads(path.read_text("utf-8"))
    metrics = {name: Floor(**one) for name, one in content["metrics"].items()}
    return Floors(
        content["corpus"], content["files"], metrics, tuple(Lowered(**one) for one in content["lowered"])
    )


def save(floors: Floors, path: Path = FILE) -> None:
    """Write the floors, one metric a line."""
    metrics = ",\n".join(
        f"  {json.dumps(n)}: {json.dumps(asdict(f))}" for n, f in sorted(floors.metrics.items())
    )
    lowered = ",\n".join(f"  {json.dumps(asdict(one), ensure_ascii=False)}" for one in floors.lowered)
    path.write_text(
        f'{{\n "corpus": "{floors.corpus}",\n "files": {floors.files},\n "metrics": {{\n{metrics}\n }},\n'
        f' "lowered": [{f"{chr(10)}{lowered}{chr(10)} " if lowered else ""}]\n}}\n',
        "utf-8",
    )


def pin(old: Floors, measured: Mapping[str, Metric], corpus: str, files: int, reason: str = "") -> Floors:
    """Floors raised to what was measured; none falls unless there is a reason, which is recorded.

    A value between its floor and the value it was pinned at is noise: that floor stays.

    Raises:
        WouldLower: a metric fell below its floor or is gone, and no reason was given.
    """
    metrics = {name: _pinned(name, metric) for name, metric in measured.items()}
    fallen: list[Lowered] = []
    for name, was in old.metrics.items():
        now = metrics.get(name)
        if now is None or now.measured < was.floor:
            fallen.append(Lowered(name, was.floor, now.floor if now else None, reason))
        elif now.floor < was.floor:
            metrics[name] = replace(was, count=now.count)
    if fallen and not reason.strip():
        raise WouldLower("; ".join(f"{one.metric}: {one.old} would become {one.new}" for one in fallen))
    return Floors(corpus, files, metrics, (*old.lowered, *fallen))


def _pinned(name: str, metric: Metric) -> Floor:
    measured = _down(metric.value)
    return Floor(_down(max(0.0, metric.value - margin(name, metric.count))), measured, metric.count)


def _down(value: float) -> float:
    """Cut, not rounded, so that a floor is never above the value it comes from."""
    return math.floor(value * _STEPS + 1e-9) / _STEPS
