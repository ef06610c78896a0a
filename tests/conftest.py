from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import chance  # noqa: F401  the profile of random examples
import program
import warmed
from tipsearch import Library
from tipsearch.isolation import nursery

if TYPE_CHECKING:
    from collections.abc import Iterator

# A shell that runs the tests in the background lets them ignore Ctrl-C, and so would all programs that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus.sample"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have to tell besides that they passed."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "told":
                terminalreporter.write_line(value)


@pytest.fixture(scope="session")
def shared_warm_up() -> Iterator[warmed.Subprocess]:
    """What starts reading processes without warming each of them up."""
    with warmed.sharing() as shared:
        yield shared


@pytest.fixture(scope="session", autouse=True)
def _warm(shared_warm_up: warmed.Subprocess) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nursery, "subprocess", shared_warm_up)
        yield


@pytest.fixture(scope="session")
def tipsearch_program(shared_warm_up: warmed.Subprocess) -> Iterator[program.Program]:
    """``tipsearch``, for tests that type many commands."""
    with program.started(shared_warm_up) as ready:
        yield ready


@pytest.fixture
def own_warm_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading processes start as they do for a user."""
    monkeypatch.setattr(nursery, "subprocess", subprocess)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library made of the sample corpus, indexed once for all tests that only read it."""
    folder = tmp_path_factory.mktemp("sample")
    with Library.open(folder) as library:
        library.index([SAMPLE])
    return folder


@pytest.fixture(scope="session")
def sample(sample_folder: Path) -> Iterator[Library]:
    """The sample library, opened for reading."""
    with Library.open_existing(sample_folder) as library:
        yield library


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of a few small files that a test may change."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("trafficking-defined-in-three-elements.pdf", "trafficking-for-organ-removal.pdf"):
        shutil.copy(SAMPLE / "reports" / name, folder / name)
    (folder / "notes.txt").write_text(
        "Recruitment fees in Nepal\n\nWorkers who leave Nepal often pay recruitment fees, although the law says that "
        "the employer pays. A debt binds them to the job.\n",
        "utf-8",
    )
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library.open(tmp_path / "library") as made:
        yield made
