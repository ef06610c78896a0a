"""Pin the quality floors to what is measured now: upwards only, unless a reason is given.

usage: python tests/quality/update_floors.py [--lower REASON]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import floors
import literature
from measuring import measure
from truth import SAMPLE, digest, files

from tipsearch import Library

if TYPE_CHECKING:
    from metrics import Metric


def main() -> int:
    """Measure, compare, write. Returns 0, or 1 if a floor would fall and no reason was given."""
    parser = argparse.ArgumentParser(
        description="Pin the quality floors to what is measured now, upwards only."
    )
    parser.add_argument("--lower", metavar="REASON", default="", help="let floors fall, and record why")
    reason = parser.parse_args().lower
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        library.index([SAMPLE])
        done = _pin(floors.FILE, measure(library), digest(), len(files()), reason)
    data = os.environ.get("TIPSEARCH_DATA")
    if not data:
        sys.stdout.write("TIPSEARCH_DATA names no folder: the floors of literature stay as they are.\n")
        return 0 if done else 1
    labelled = sum(len(literature.labels(kind)) for kind in literature.KINDS)
    found = literature.measure(Path(data))
    done = _pin(floors.LITERATURE_FILE, found, literature.digest(), labelled, reason) and done
    return 0 if done else 1


def _pin(file: Path, measured: dict[str, Metric], corpus: str, count: int, reason: str) -> bool:
    old = floors.load(file) if file.exists() else floors.Floors("", 0, {})
    try:
        new = floors.pin(old, measured, corpus, count, reason)
    except floors.WouldLower as error:
        sys.stderr.write(f"{file.name} stays as it is: {error}\nMend it, or say why: --lower REASON\n")
        return False
    floors.save(new, file)
    for name, metric in measured.items():
        before = old.metrics[name].floor if name in old.metrics else None
        sys.stdout.write(
            f"{name:50} measured {metric.value:.4f}  floor {before} -> {new.metrics[name].floor}\n"
        )
    return True


if __name__ == "__main__":
    sys.exit(main())
