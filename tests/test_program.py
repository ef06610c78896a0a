"""Commands run by the program that tests share do what they do when a user starts them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from program import Program


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        (("--help",), ""),
        (("--no-such-option",), ""),
        (("--index", "library", "status"), ""),
        (("--index", "library", "set", "--csv", "-"), "id,region\nnobody,asia\n"),
        (("show", "peshgi\udcff"), ""),
        (("thesaurus", "show", "debt-bondage", "--lang", "ar"), ""),
    ],
)
def test_it_prints_and_ends_as_one_of_its_own_does(
    tipsearch_program: Program, tmp_path: Path, typed: tuple[str, ...], given: str
) -> None:
    (tmp_path / "tipsearch.toml").write_text('[web]\nname = "Kilns"\n', "utf-8")
    done = tipsearch_program.run(*typed, cwd=tmp_path, given=given)
    own = subprocess.run(
        [sys.executable, "-m", "tipsearch", *map(os.fsencode, typed)],
        capture_output=True, text=True, cwd=tmp_path, input=given, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (own.returncode, own.stdout, own.stderr)


def test_it_is_given_folder_and_environment_anew_each_time(
    tipsearch_program: Program, tmp_path: Path
) -> None:
    (tmp_path / "odd.toml").write_text("nonsense = 1\n", "utf-8")
    environment = {**os.environ, "TIPSEARCH_CONFIG": "odd.toml"}
    refused = tipsearch_program.run("status", cwd=tmp_path, env=environment)
    assert refused.returncode == 2
    assert "nonsense" in refused.stderr
    assert "nonsense" not in tipsearch_program.run("status", cwd=tmp_path).stderr
