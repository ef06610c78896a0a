"""A declared gap is excused only as long as it is one."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SUITE = """
import dataclasses, pytest
from tipsearch.engines.memory import MemoryEngine
from tipsearch.testing.conformance import EngineConformance

class Forgetful(MemoryEngine):
    @property
    def capabilities(self):
        return dataclasses.replace(super().capabilities, gaps=(({name!r}, "knows no counting"),))

    def document_count(self):
        return -1

class TestForgetful(EngineConformance):
    @pytest.fixture
    def engine_class(self):
        return Forgetful
"""


def run(tmp_path: Path, name: str, case: str) -> str:
    """The last lines of a run of one case on an engine that can't count and declares a gap of that name."""
    (tmp_path / "test_suite.py").write_text(SUITE.format(name=name))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", case, "test_suite.py"]
    # The suite needs none of the plugins that are installed here, some of which take seconds to import.
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        command, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize(
    ("gap", "case", "outcome"),
    [
        ("test_document_count_counts_all", "test_document_count_counts_all", "1 xfailed"),
        ("test_threads_may_read", "test_document_count_counts_all", "1 failed"),
        (
            "test_phrase_of_no_words_matches_nothing",
            "test_phrase_of_no_words_matches_nothing",
            "XPASS(strict)",
        ),
        ("test_no_such_case", "test_gaps_name_cases_of_this_suite", "1 failed"),
    ],
)
def test_gap_is_excused_only_while_it_is_one(tmp_path: Path, gap: str, case: str, outcome: str) -> None:
    assert outcome in run(tmp_path, gap, case)
