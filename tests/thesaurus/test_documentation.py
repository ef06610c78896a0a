"""The example of docs/thesaurus.md does what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tipsearch import config
from tipsearch.thesaurus import in_force, parsing
from tipsearch.vocabulary import Vocabulary, topics

PAGE = (Path(__file__).parents[2] / "docs" / "thesaurus.md").read_text("utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert isinstance(found, str)
    return found


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("library")
    (folder / "tipsearch.toml").write_text(block("toml"), "utf-8")
    (folder / "our-topics.ttl").write_text(block("turtle"), "utf-8")
    return in_force(config.load(folder / "tipsearch.toml").thesaurus, folder)


def test_two_concepts_are_added(known: Vocabulary) -> None:
    assert {one.value for one in known} - {one.value for one in topics()} == {"brick-kilns", "peshgi"}
    assert known.path("brick-kilns") == ("manufacturing", "brick-kilns")
    assert known.path("peshgi")[-2:] == ("debt-bondage", "peshgi")
    assert known.label("brick-kilns", "es") == "Ladrilleras"


def test_a_concept_gets_a_local_word(known: Vocabulary) -> None:
    (one,) = (concept for concept in known.data if concept.value == "debt-bondage")
    assert "jeeta" in one.terms["en"]
    assert {"brick-kilns"} <= set(one.related)


def test_a_concept_moves_to_the_top(known: Vocabulary) -> None:
    assert len(topics().path("illegal-adoption")) > 1
    assert known.path("illegal-adoption") == ("illegal-adoption",)


def test_the_page_names_every_property_that_is_read_and_no_other() -> None:
    named = set(re.findall(r"`(?:skos|tip):(\w+)`", PAGE.partition("| property |")[2].partition("\n* ")[0]))
    source = (Path(parsing.__file__).parent / "source.py").read_text("utf-8")
    read = set(re.findall(r"\{SKOS\}(\w+)", source)) | set(re.findall(r'= "(\w+Label)"', source))
    spoken_of_elsewhere = {"member", "hasTopConcept", "inScheme"}
    assert named == read - spoken_of_elsewhere
