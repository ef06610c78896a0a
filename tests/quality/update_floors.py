"""Pin the quality floors to what is measured now: upwards only, unless a reason is given.

usage: python tests/quality/update_floors.py [--lower REASON]
"""

from __future__ import annotations

import argparse
import sys
import tempfile

import floors
from measuring import measure
from truth import SAMPLE, digest, files

from tipsearch import Library


def main() -> int:
    """Measure, compare, write. Returns 0, or 1 if a floor would fall and no reason was given."""
    parser = argparse.ArgumentParser(
        description="Pin the quality floors to what is measured now, upwards only."
    )
    parser.add_argument("--lower", metavar="REASON", default="", help="let floors fall, and record why")
    reason = parser.parse_args().lower
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        library.index([SAMPLE])
        measured = measure(library)
    old = floors.load() if floors.FILE.exists() else floors.Floors("", 0, {})
    try:
        new = floors.pin(old, measured, digest(), len(files()), reason)
    except floors.WouldLower as error:
        sys.stderr.write(f"Nothing was written: {error}\nMend it, or say why: --lower REASON\n")
        return 1
    floors.save(new)
    for name, metric in measured.items():
        before = old.metrics[name].floor if name in old.metrics else None
        sys.stdout.write(
            f"{name:42} measured {metric.value:.4f}  floor {before} -> {new.metrics[name].floor}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
