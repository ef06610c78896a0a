"""What ``tipsearch index`` costs beside the bare loop, in one run: wall and processor time as ratios, and memory.

The commands take turns, so that a machine whose speed drifts treats them alike. Reads ``$TIPSEARCH_DATA/reports``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from measure import Usage, data_folder, median, run, write_result

ROUNDS = 5
BARE = Path(__file__).parent / "bare.py"


def main() -> None:
    """Measure and write the figures."""
    folder = data_folder("reports")
    runs: dict[str, list[Usage]] = {"bare": [], "jobs_1": [], "jobs_2": [], "again": []}
    for number in range(ROUNDS + 1):
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            (place / "bare").mkdir()
            once = {
                "bare": run([sys.executable, str(BARE), str(folder), str(place / "bare")]),
                "jobs_1": run(_index(place / "one", folder, 1)),
                "jobs_2": run(_index(place / "two", folder, 2)),
                "again": run(_index(place / "two", folder, 2)),
            }
        if number:  # the first round warms the disk cache
            for key, usage in once.items():
                runs[key].append(usage)
    middle = {key: median(values) for key, values in runs.items()}
    write_result(
        "pipeline",
        {
            "folder": folder.name,
            "files": len(list(folder.glob("*.pdf"))),
            "rounds": ROUNDS,
            **middle,
            "cpu_ratio_to_bare": round(middle["jobs_1"].cpu / middle["bare"].cpu, 2),
            "wall_ratio_to_bare": round(middle["jobs_1"].wall / middle["bare"].wall, 2),
            "wall_ratio_jobs_2_to_1": round(middle["jobs_2"].wall / middle["jobs_1"].wall, 2),
            "wall_ratio_second_run": round(middle["again"].wall / middle["jobs_2"].wall, 2),
            "main_process_peak_mb": round(max(middle["jobs_1"].peak_mb, middle["jobs_2"].peak_mb)),
        },
    )


def _index(place: Path, folder: Path, jobs: int) -> list[str]:
    command = shutil.which("tipsearch", path=str(Path(sys.executable).parent)) or "tipsearch"
    return [command, "--index", str(place), "index", str(folder), "--jobs", str(jobs)]


if __name__ == "__main__":
    main()
