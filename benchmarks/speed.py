"""Pages a second of reading in the sandbox, on one core, beside bare PDFium and pdfminer.six.

Each run is a fresh process pinned to one core; the loops take turns, so that a machine whose speed drifts treats them alike, and
a ratio is the median of the rounds' ratios. Start-up is apart. pdfminer.six reads every so many-th of the files only, and
is compared with our own run over the same ones.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
ROUNDS = 5
#: pdfminer.six reads one file in so many.
SAMPLE_STEP = 12


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured; speeds in pages a second of one core, medians.

    Attributes:
        pages: how many there are.
        megabytes: of the files, 10^6 bytes.
        ours, extraction_only, pdfium: speeds over all files; the second without regions, topics and languages.
        pdfminer, pdfminer_plain: over the sample, with its defaults and with ``boxes_flow=None``.
        to_pdfium, to_pdfium_extraction_only, to_pdfminer, to_pdfminer_plain: ratios of our speed to theirs.
        to_pdfium_cpu: the same in processor time, which other users of the machine disturb less.
        warm_up: seconds until the nursery is ready.
        sample: files that pdfminer.six read.
    """

    pages: int
    megabytes: float
    ours: float
    extraction_only: float
    pdfium: float
    pdfminer: float
    pdfminer_plain: float
    to_pdfium: float
    to_pdfium_cpu: float
    to_pdfium_extraction_only: float
    to_pdfminer: float
    to_pdfminer_plain: float
    warm_up: float
    sample: int


def measure(folder: Path) -> Speed:
    """Measure on the PDFs of a folder."""
    files = sorted(folder.glob("*.pdf"))
    sample = files[::SAMPLE_STEP]
    rounds = [_round(files, sample) for _ in range(ROUNDS + 1)][1:]  # the first warms the disk cache

    def speed(name: str) -> float:
        return statistics.median(float(one[name]["pages"] / one[name]["wall"]) for one in rounds)

    def ratio(ours: str, theirs: str, clock: str = "wall") -> float:
        return statistics.median(float(one[theirs][clock] / one[ours][clock]) for one in rounds)

    return Speed(
        pages=rounds[0]["pdfium"]["pages"],
        megabytes=sum(file.stat().st_size for file in files) / 1e6,
        ours=speed("ours"),
        extraction_only=speed("extraction_only"),
        pdfium=speed("pdfium"),
        pdfminer=speed("pdfminer"),
        pdfminer_plain=speed("pdfminer-plain"),
        to_pdfium=ratio("ours", "pdfium"),
        to_pdfium_cpu=ratio("ours", "pdfium", "cpu"),
        to_pdfium_extraction_only=ratio("extraction_only", "pdfium"),
        to_pdfminer=ratio("ours_on_sample", "pdfminer"),
        to_pdfminer_plain=ratio("ours_on_sample", "pdfminer-plain"),
        warm_up=statistics.median(one["ours"]["warm_up"] for one in rounds),
        sample=len(sample),
    )


def _round(files: Sequence[Path], sample: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """Every loop once; pdfminer.six in the middle of ours, whose sample is short."""
    return {
        "pdfium": run("loops.py", "pdfium", files),
        "ours": run("sandbox.py", "tipsearch.reading", files),
        "extraction_only": run("sandbox.py", "only_reading", files),
        "pdfminer": run("loops.py", "pdfminer", sample),
        "ours_on_sample": run("sandbox.py", "tipsearch.reading", sample),
        "pdfminer-plain": run("loops.py", "pdfminer-plain", sample),
    }


def run(script: str, what: str, files: Sequence[Path]) -> dict[str, Any]:
    """Run a script beside this one, on the last core that we may use; its figures.

    Raises:
        CalledProcessError: it failed; its words are on standard error.
    """
    path = [str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]  # the nursery looks for its job there
    core = max(os.sched_getaffinity(0))
    command = [sys.executable, str(HERE / script), what, *map(str, files)]
    done = subprocess.run(
        command,
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures
