"""Whatever a file was made to do, it ends in a state that has a name, within its limits, and costs nobody else."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hostile import pages, pdfs, texts
from tipsearch import isolation, reading
from tipsearch.isolation import Fate, Limits, Nursery, Outcome, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Less memory than a document has by default, so that a bomb needs no gigabyte to show what it is; three times the processor
#: time that the slowest of those takes which have to be read, and wall time enough for a machine that is busy with other things.
LIMITS = Limits(memory_bytes=256 << 20, cpu_seconds=6, wall_seconds=90)
MAX_BYTES = 64 << 20
STATES = json.loads((Path(__file__).parent / "states.json").read_text("utf-8"))
ALLOWED: dict[str, list[str]] = {
    **{f"{name}.pdf": allowed for name, allowed in STATES["pdfs"].items()},
    **{f"{name}.html": allowed for name, allowed in STATES["pages"].items()},
    **STATES["texts"],
}
FATES = {Fate.TIMEOUT: "timeout", Fate.MEMORY: "memory", Fate.CRASHED: "crashed", Fate.FLOOD: "too_big"}
#: By how much this process may grow while the children read: the answers, which are let go.
MOST_GROWTH = 64 << 20
HEALTHY = "healthy.pdf"


@dataclass(frozen=True)
class End:
    """How a file ended.

    Attributes:
        state: its name.
        reason: what is said about it.
        length: characters of its text.
    """

    state: str
    reason: str
    length: int


@dataclass(frozen=True)
class Run:
    """What became of all files, of a healthy one after them, how long the whole took, and how much this process grew."""

    ends: dict[str, End]
    seconds: float
    growth: int


def build(folder: Path) -> list[Path]:
    """All files, and a healthy one to be read last."""
    for name, make in pdfs.PDFS.items():
        (folder / f"{name}.pdf").write_bytes(make())
    for name, draw in pages.PAGES.items():
        (folder / f"{name}.html").write_text(draw(), "utf-8")
    for name, write in texts.TEXTS.items():
        (folder / name).write_bytes(write())
    made = sorted(folder.iterdir())
    (folder / HEALTHY).write_bytes(pdfs.healthy())
    return [*made, folder / HEALTHY]


def tasks(files: list[Path]) -> Iterator[Task[str]]:
    for path in files:
        yield Task(path.name, os.open(path, os.O_RDONLY), reading.request(path.name, MAX_BYTES))


def ended(outcome: Outcome[str]) -> End:
    if outcome.fate is not Fate.DONE:
        return End(FATES[outcome.fate], outcome.detail, 0)
    found = reading.answer(outcome.payload)
    texts_ = [page.text for record in found.records for page in record.pages]
    reasons = [found.reason, *(issue.reason for issue in found.issues)]
    return End(found.state, "; ".join(reasons), sum(map(len, texts_)))


def own_memory() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    files = build(tmp_path_factory.mktemp("hostile"))
    gc.collect()
    before, begin = own_memory(), time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            isolation.nursery, "subprocess", subprocess
        )  # as for a user, since memory is counted here
        with Nursery("tipsearch.reading", keepers=2, limits=LIMITS) as nursery:
            ends = {outcome.key: ended(outcome) for outcome in nursery.run(tasks(files))}
    gc.collect()
    return Run(ends, time.monotonic() - begin, own_memory() - before)


@pytest.mark.parametrize("name", ALLOWED)
def test_it_ends_in_a_state_that_it_may_end_in(run: Run, name: str) -> None:
    end = run.ends[name]
    assert end.state in ALLOWED[name], end.reason


def test_none_is_missing_from_the_table(run: Run) -> None:
    assert run.ends.keys() == {*ALLOWED, HEALTHY}


def test_none_is_silent(run: Run) -> None:
    for name, end in run.ends.items():
        assert end.length if end.state == "ok" else end.reason, name


def test_a_healthy_file_among_them_is_read(run: Run) -> None:
    assert run.ends[HEALTHY].state == "ok"


def test_the_process_that_asked_is_untouched(run: Run) -> None:
    assert run.growth < MOST_GROWTH


def test_the_count_of_each_state_is_told_at_the_end(
    run: Run, record_property: Callable[[str, str], None]
) -> None:
    counts = Counter(str(end.state) for end in run.ends.values())
    said = ", ".join(f"{count} {state}" for state, count in counts.most_common())
    record_property("told", f"{len(run.ends)} hostile files in {run.seconds:.0f} s: {said}")
    assert counts.total() == len(ALLOWED) + 1
