"""The reading process that tests share reads as one that was started for its nursery."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import warmed
from tipsearch import reading
from tipsearch.isolation import Limits, Nursery, Task
from tipsearch.vocabulary import standard

if TYPE_CHECKING:
    import pytest

    from tipsearch.isolation import Outcome


def outcomes(papers: Path, started_as: type) -> list[Outcome[str]]:
    argument = reading.instruction(standard())
    with Nursery("tipsearch.reading", keepers=2, limits=Limits(), argument=argument) as nursery:
        assert isinstance(nursery._process, started_as)
        return list(
            nursery.run(
                Task(one.name, os.open(one, os.O_RDONLY), reading.request(one.name, 1 << 30))
                for one in sorted(papers.iterdir())
            )
        )


def test_it_reads_as_one_of_its_own_does(request: pytest.FixtureRequest, papers: Path) -> None:
    found = outcomes(papers, warmed.Fork)
    request.getfixturevalue("own_warm_up")
    assert found == outcomes(papers, subprocess.Popen)
    assert [one.fate.name for one in found] == ["DONE"] * 3


def test_its_end_is_waited_for() -> None:
    with Nursery("tipsearch.reading", keepers=1) as nursery:
        process = nursery._process
    assert not Path(f"/proc/{process.pid}").exists()
