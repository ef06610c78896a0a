"""The table of search engines."""

from __future__ import annotations

import dataclasses
import json
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tipsearch.cli import program
from tipsearch.cli.engines import _QUESTIONS
from tipsearch.engines import registry
from tipsearch.engines.base import Capabilities
from tipsearch.engines.memory import MemoryEngine

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch import Library


class Forgetful(MemoryEngine):
    """An engine with a gap."""

    @property
    def capabilities(self) -> Capabilities:
        return dataclasses.replace(
            super().capabilities, name="forgetful", gaps=(("test_totals", "it counts to three"),)
        )


def run(folder: Path, *arguments: str) -> str:
    done = CliRunner().invoke(
        program, ["--index", str(folder), "engines", *arguments], catch_exceptions=False
    )
    assert done.exit_code == 0
    return done.stdout


@pytest.fixture
def odd_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {
        "tantivy": registry.ENGINES["tantivy"],
        "forgetful": registry.Entry(f"{__name__}:Forgetful", ""),
        "nowhere": registry.Entry("tipsearch.engines.nowhere:Engine", "pip install nowhere"),
    }
    monkeypatch.setattr(registry, "ENGINES", MappingProxyType(known))


def test_every_engine_is_listed_with_what_it_can_do(tmp_path: Path) -> None:
    listed = json.loads(run(tmp_path / "library", "--json"))
    assert [one["name"] for one in listed] == list(registry.ENGINES)
    assert all(one["installed"] and one["version"] for one in listed)
    assert {key for one in listed for key in one} == {
        "name", "used", "installed", "version", "gaps", "purpose", *_QUESTIONS,
    }  # fmt: skip


def test_the_engine_of_the_library_has_the_star(library: Library, papers: Path) -> None:
    library.index([papers], engine="whoosh")
    starred = [line.split()[1] for line in run(library.folder).splitlines()[:-1] if line.startswith("*")]
    assert starred == ["whoosh"]
    assert [one["name"] for one in json.loads(run(library.folder, "--json")) if one["used"]] == ["whoosh"]


def test_rebuild_changes_over(library: Library, papers: Path) -> None:
    library.index([papers])
    command = ["--index", str(library.folder), "rebuild", "--engine", "whoosh"]
    assert "3 documents indexed with whoosh" in CliRunner().invoke(program, command).stdout
    assert [one["name"] for one in json.loads(run(library.folder, "--json")) if one["used"]] == ["whoosh"]


def test_without_a_library_it_is_that_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tipsearch.toml").write_text('engine = "whoosh"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert [one["name"] for one in json.loads(run(tmp_path / "none", "--json")) if one["used"]] == ["whoosh"]


@pytest.mark.usefixtures("odd_engines")
def test_what_is_missing_says_how_to_get_it_and_gaps_say_why(tmp_path: Path) -> None:
    lines = run(tmp_path / "none").splitlines()
    assert "nowhere is not installed: pip install nowhere" in lines
    assert "forgetful does not keep test_totals: it counts to three" in lines
    forgetful, nowhere = json.loads(run(tmp_path / "none", "--json"))[1:]
    assert forgetful["gaps"] == [{"case": "test_totals", "reason": "it counts to three"}]
    assert nowhere["installed"] is False
    assert nowhere["install"] == "pip install nowhere"


def test_every_question_of_the_capabilities_is_in_the_table() -> None:
    yes_or_no = {one.name for one in dataclasses.fields(Capabilities) if one.type == "bool"}
    assert set(_QUESTIONS) == yes_or_no
