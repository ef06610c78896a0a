"""The measures, worked out by ir_measures (MacAvaney, Macdonald and Ounis 2022), which asks trec_eval's own code.

Its libraries are only wanted here, and heavy (NumPy and SciPy come along), so they are an extra of the package.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.errors import ProgramMissing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tipsearch.engines.base import Hit


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over the judged queries, those without any result included.

    Attributes:
        ndcg: nDCG of the first ten results.
        average_precision: its mean over the queries is known as MAP.
        precision: share of relevant ones among the first ten.
        recall: share of all relevant ones that is found among the first hundred.
        queries: how many were judged.
    """

    ndcg: float
    average_precision: float
    precision: float
    recall: float
    queries: int

    def named(self) -> dict[str, float]:
        """By the names under which they are known."""
        return {
            "ndcg@10": self.ndcg,
            "map": self.average_precision,
            "p@10": self.precision,
            "r@100": self.recall,
            "queries": self.queries,
        }


def check_installed() -> None:
    """Be sure that `measure` will work.

    Raises:
        ProgramMissing: what it needs isn't installed; says what to install.
    """
    try:
        import ir_measures  # noqa: F401, PLC0415  an extra, see above
    except ImportError as error:
        raise ProgramMissing(
            f"measuring needs ir_measures ({error}); install it with: pip install 'tipsearch[eval]'"
        ) from error


def measure(judgements: Mapping[str, Mapping[str, int]], found: Mapping[str, Sequence[Hit]]) -> Measures:
    """Measure ranked lists.

    Args:
        judgements: grades by query and document.
        found: hits by query, by falling score; those of other queries are ignored.

    Raises:
        ProgramMissing: what it needs isn't installed.
    """
    check_installed()
    from ir_measures import AP, P, Qrel, R, ScoredDoc, calc_aggregate, nDCG  # noqa: PLC0415  an extra, see above

    grades = [
        Qrel(query, one, grade) for query, judged in judgements.items() for one, grade in judged.items()
    ]
    run = [ScoredDoc(query, hit.id, hit.score) for query in judgements for hit in found.get(query, ())]
    values = calc_aggregate([nDCG @ 10, AP, P @ 10, R @ 100], grades, run)
    return Measures(values[nDCG @ 10], values[AP], values[P @ 10], values[R @ 100], len(judgements))
