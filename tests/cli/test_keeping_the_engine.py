"""A library stays with its engine until somebody names another one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tipsearch.cli import program

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

NOTE = "A short note\n\nA visa is tied to {} employer, who keeps the passports.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with two notes and no settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(NOTE.format(name), "utf-8")
    return tmp_path


def tipsearch(*arguments: str) -> Result:
    done = CliRunner().invoke(program, ["--index", "library", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def engine_and_generation() -> tuple[str, int]:
    found = json.loads(tipsearch("status", "--json").stdout)
    return found["engine"], found["generation"]


@pytest.mark.usefixtures("here")
def test_a_new_library_takes_tantivy_and_says_nothing_of_it() -> None:
    assert "anew" not in tipsearch("index", "one.txt").stderr
    assert engine_and_generation()[0] == "tantivy"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("changed_by", ["rebuild", "index"])
def test_index_goes_on_with_the_engine_of_the_library(changed_by: str) -> None:
    tipsearch("index", "one.txt")
    tipsearch(changed_by, "--engine", "whoosh")
    engine, generation = engine_and_generation()
    assert engine == "whoosh"
    done = tipsearch("index", "two.txt")
    assert "anew" not in done.stderr
    assert engine_and_generation() == ("whoosh", generation + 1)
    assert json.loads(tipsearch("search", "passports", "--format", "json").stdout)["total"] == 2


@pytest.mark.usefixtures("here")
def test_rebuild_keeps_the_engine_of_the_library() -> None:
    tipsearch("index", "one.txt", "--engine", "whoosh")
    assert "indexed with whoosh" in tipsearch("rebuild").stdout
    tipsearch("rebuild", "--engine", "tantivy")
    assert "indexed with tantivy" in tipsearch("rebuild").stdout


@pytest.mark.parametrize("named_by", ["option", "settings"])
def test_another_engine_that_is_named_is_taken_and_why_is_said(here: Path, named_by: str) -> None:
    tipsearch("index", "one.txt", "--engine", "whoosh")
    if named_by == "settings":
        (here / "tipsearch.toml").write_text('engine = "tantivy"\n', "utf-8")
    done = tipsearch("index", *(["--engine", "tantivy"] if named_by == "option" else []))
    assert "made anew: it was made by the engine whoosh, and tantivy is wanted" in done.stderr
    assert engine_and_generation()[0] == "tantivy"


def test_the_option_overrules_the_settings(here: Path) -> None:
    (here / "tipsearch.toml").write_text('engine = "whoosh"\n', "utf-8")
    tipsearch("index", "one.txt")
    assert engine_and_generation()[0] == "whoosh"
    tipsearch("rebuild", "--engine", "tantivy")
    assert engine_and_generation()[0] == "tantivy"


@pytest.mark.usefixtures("here")
def test_doctor_looks_at_the_engine_of_the_library() -> None:
    tipsearch("index", "one.txt", "--engine", "whoosh")
    found = {one["name"]: one for one in json.loads(tipsearch("doctor", "--json").stdout)}
    assert found["engine"]["detail"] == "whoosh"


def test_an_index_that_does_not_say_its_engine_is_made_anew(here: Path) -> None:
    tipsearch("index", "one.txt", "--engine", "whoosh")
    manifest = next((here / "library" / "engine").glob("g-*/manifest.json"))
    manifest.write_text(manifest.read_text("utf-8").replace("whoosh", "whoozh"), "utf-8")
    assert "indexed with tantivy" in tipsearch("rebuild").stdout
