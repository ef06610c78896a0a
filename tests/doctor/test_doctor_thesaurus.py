from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tipsearch import Library
from tipsearch.config import Settings
from tipsearch.doctor import Finding, State, examine

if TYPE_CHECKING:
    from pathlib import Path

OURS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:tipsearch:topic:kilns> a skos:Concept ; skos:prefLabel "Kilns"@en .
"""


def own(folder: Path, mode: str = "extend") -> Settings:
    (folder / "ours.ttl").write_text(OURS, "utf-8")
    return msgspec.convert({"thesaurus": {"file": str(folder / "ours.ttl"), "mode": mode}}, Settings)


def look(folder: Path, settings: Settings) -> Finding:
    return next(one for one in examine(folder, settings) if one.name == "thesaurus")


def test_the_program_s_own_thesaurus_is_fine(tmp_path: Path) -> None:
    found = look(tmp_path / "none", Settings())
    assert found.state is State.OK
    assert found.detail.startswith("the program's own: ")


def test_a_library_s_own_thesaurus_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    found = look(tmp_path / "library", own(tmp_path, "replace"))
    assert (found.state, found.detail) == (State.OK, "ours.ttl, which replaces the program's own: 1 concept")
    assert not list((tmp_path / "library").iterdir())


def test_a_thesaurus_that_can_not_be_used_is_broken(tmp_path: Path) -> None:
    settings = own(tmp_path)
    (tmp_path / "ours.ttl").write_text("nonsense", "utf-8")
    found = look(tmp_path / "none", settings)
    assert found.state is State.BROKEN
    assert "ours.ttl: it is no sound Turtle" in found.detail
    assert found.todo == f"tipsearch thesaurus check {tmp_path / 'ours.ttl'}, or take it out of the settings"


def test_facets_that_were_told_by_another_one_are_counted(tmp_path: Path, papers: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.index([papers])
    assert look(tmp_path / "library", Settings()).state is State.OK
    found = look(tmp_path / "library", own(tmp_path))
    assert (found.state, found.todo) == (State.WARNING, "tipsearch index")
    assert "facets of 3 records were told by other vocabularies or rules" in found.detail
