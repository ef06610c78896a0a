"""Runs commands as whole processes and says what they used."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run of a command used.

    Attributes:
        wall: seconds on the clock.
        cpu: seconds of processor time, all processes that it started included.
        peak_mb: the largest resident size of its first process.
    """

    wall: float
    cpu: float
    peak_mb: float


def run(command: Sequence[str]) -> Usage:
    """Run a command to its end.

    Raises:
        SystemExit: it failed; its output is shown.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    peak = 0.0
    while (status := os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)) is None:
        peak = max(peak, high_water_mb(process.pid))
        time.sleep(0.005)
    wall = time.perf_counter() - begin
    assert process.stdout is not None
    output = process.stdout.read()
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = status.si_status
    process.stdout.close()
    if status.si_status:
        sys.exit(f"{' '.join(command)} failed:\n{output.decode()}")
    return Usage(wall, used.ru_utime + used.ru_stime, peak)


def median(runs: Sequence[Usage]) -> Usage:
    """The median of each figure."""
    return Usage(
        *(statistics.median(getattr(one, name) for one in runs) for name in ("wall", "cpu", "peak_mb"))
    )


def write_result(name: str, figures: dict[str, object]) -> None:
    """Print figures and keep them in ``benchmarks/results/<name>.json`` with what is needed to compare them."""
    result = {
        "benchmark": name,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        **{key: asdict(value) if isinstance(value, Usage) else value for key, value in figures.items()},
    }
    text = json.dumps(result, indent=2, ensure_ascii=False)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")
    print(text)


def high_water_mb(process: int | str = "self") -> float:
    """The largest resident size of a process so far, this one's if none is given; 0 when it has gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def yardstick_us() -> float:
    """Microseconds of processor time that adding up a thousand numbers takes just now.

    A processor that others share takes longer for the same, by a factor of three and more, and that counts as its time.
    """
    costs = []
    for _ in range(200):
        before = time.process_time()
        for _ in range(10):
            sum(range(1000))
        costs.append((time.process_time() - before) * 1e5)
    return round(statistics.median(costs), 1)


def data_folder(name: str) -> Path:
    """A folder of measuring material below ``TIPSEARCH_DATA``; the sample library's where that isn't set."""
    data = os.environ.get("TIPSEARCH_DATA")
    if data:
        return Path(data) / name
    print("TIPSEARCH_DATA is not set: measuring on corpus.sample", file=sys.stderr)
    return Path(__file__).parent.parent / "corpus.sample" / "reports"
