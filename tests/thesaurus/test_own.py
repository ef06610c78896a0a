from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from files import PREFIXES, WHOLE

from tipsearch import Library, config
from tipsearch.config import Settings, ThesaurusSettings
from tipsearch.errors import ConfigError, ThesaurusError
from tipsearch.thesaurus import in_force, own
from tipsearch.vocabulary import topics

if TYPE_CHECKING:
    from pathlib import Path

KAFALA = (
    PREFIXES + 'my:kafala-visa a skos:Concept ; skos:prefLabel "Kafala visa"@en ; skos:broader :recruitment .'
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "our-topics.ttl"
    path.write_text(KAFALA, "utf-8")
    return path


def settings(file: Path, mode: str = "extend") -> Settings:
    return msgspec.convert({"thesaurus": {"file": str(file), "mode": mode}}, Settings)


def test_without_a_file_the_program_s_thesaurus_is_in_force(tmp_path: Path) -> None:
    assert in_force(ThesaurusSettings(), tmp_path) is topics()


def test_a_file_extends_the_program_s_thesaurus(tmp_path: Path, file: Path) -> None:
    known = in_force(settings(file).thesaurus, tmp_path)
    assert known.path("kafala-visa")[-2:] == ("recruitment", "kafala-visa")
    assert len(known) == len(topics()) + 1


def test_a_file_replaces_the_program_s_thesaurus(tmp_path: Path, file: Path) -> None:
    file.write_text(PREFIXES + WHOLE, "utf-8")
    known = in_force(settings(file, "replace").thesaurus, tmp_path)
    assert {one.value for one in known} == {"servitude", "debt-bondage", "migration", "recruitment"}


def test_what_replaces_can_not_build_on_what_it_replaces(tmp_path: Path, file: Path) -> None:
    with pytest.raises(
        ThesaurusError, match="kafala-visa: is below urn:tipsearch:topic:recruitment, which the file"
    ):
        in_force(settings(file, "replace").thesaurus, tmp_path)


def test_a_file_is_compiled_once(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = in_force(settings(file).thesaurus, tmp_path)
    monkeypatch.setattr(own, "compile_skos", None)
    assert in_force(settings(file).thesaurus, tmp_path).content == first.content


@pytest.mark.parametrize("change", ["file", "compiler", "mode"])
def test_a_file_is_compiled_again_when_something_has_changed(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    file.write_text(PREFIXES + WHOLE, "utf-8")
    in_force(settings(file).thesaurus, tmp_path)
    before = (tmp_path / "thesaurus.json").read_bytes()
    if change == "file":
        file.write_text(PREFIXES + WHOLE + "# ours", "utf-8")
    if change == "compiler":
        monkeypatch.setattr(own, "COMPILER_VERSION", "0")
    in_force(settings(file, "replace" if change == "mode" else "extend").thesaurus, tmp_path)
    assert (tmp_path / "thesaurus.json").read_bytes() != before


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"key": 1}', b"\xff"])
def test_what_was_kept_and_is_damaged_is_made_anew(tmp_path: Path, file: Path, damage: bytes) -> None:
    first = in_force(settings(file).thesaurus, tmp_path)
    (tmp_path / "thesaurus.json").write_bytes(damage)
    assert in_force(settings(file).thesaurus, tmp_path).content == first.content
    assert json.loads((tmp_path / "thesaurus.json").read_bytes())["key"]


def test_where_nothing_can_be_kept_it_works_all_the_same(tmp_path: Path, file: Path) -> None:
    assert "kafala-visa" in in_force(settings(file).thesaurus, tmp_path / "no-such-folder")
    (tmp_path / "thesaurus.json").mkdir()
    assert "kafala-visa" in in_force(settings(file).thesaurus, tmp_path)


def test_a_library_is_opened_with_its_own_thesaurus(tmp_path: Path, file: Path) -> None:
    with Library.open(tmp_path / "library", settings=settings(file)) as library:
        assert library.vocabularies.label("topic", "kafala-visa") == "Kafala visa"
    with Library.open(tmp_path / "library") as library:
        assert library.vocabularies.topics is topics()


def test_a_library_whose_thesaurus_is_broken_is_not_opened(tmp_path: Path, file: Path) -> None:
    file.write_text("nonsense", "utf-8")
    with pytest.raises(ThesaurusError, match=r"our-topics\.ttl: it is no sound Turtle"):
        Library.open(tmp_path / "library", settings=settings(file))


def test_the_file_lies_beside_the_settings(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "tipsearch.toml").write_text('[thesaurus]\nfile = "our-topics.ttl"\n', "utf-8")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert config.load(tmp_path / "tipsearch.toml").thesaurus.file == str(file)
    monkeypatch.chdir(tmp_path)
    assert config.load(None).thesaurus.file == str(file)
    (tmp_path / "tipsearch.toml").write_text(f'[thesaurus]\nfile = "{file}"\n', "utf-8")
    assert config.load(None).thesaurus.file == str(file)


def test_another_mode_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tipsearch.toml").write_text('[thesaurus]\nmode = "mix"\n', "utf-8")
    with pytest.raises(ConfigError, match="mode"):
        config.load(tmp_path / "tipsearch.toml")
