"""What the element and the pages about it both know is the same in both."""

from __future__ import annotations

import json
import re

from tipsearch.paths import web_folder
from tipsearch.search.facets import FACETS as FACETS_OF_ANSWERS
from tipsearch.search.request import MAX_SIZE
from tipsearch.serve.presenters.embed import FACETS, FACETS_AT_FIRST, MOST_RESULTS, Element

SOURCE = (web_folder() / "widget" / "tip-search.js").read_text("utf-8")


def _found(pattern: str) -> str:
    found = re.search(pattern, SOURCE, re.DOTALL | re.MULTILINE)
    assert found, pattern
    return found[1]


def test_the_facets_of_the_element_are_called_as_in_its_builder() -> None:
    named = re.findall(r"^  (\w+): (\".*\"),$", _found(r"const FACETS = \{\n(.*?)^\};"), re.MULTILINE)
    assert {name: json.loads(title) for name, title in named} == FACETS
    assert set(FACETS) == set(FACETS_OF_ANSWERS)


def test_what_the_element_does_unless_told_otherwise_is_what_the_builder_leaves_out() -> None:
    assert tuple(_found(r'\|\| "([a-z ]+)"\)\s*\.split').split()) == FACETS_AT_FIRST
    assert int(_found(r'getAttribute\("limit"\) \|\| (\d+)')) == Element().limit


def test_as_many_results_as_the_builder_offers_can_be_asked_for() -> None:
    assert Element().limit <= MOST_RESULTS <= MAX_SIZE
