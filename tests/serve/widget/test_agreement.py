"""What the element and the pages about it both know is the same in both."""

from __future__ import annotations

import json
import re

from tipsearch.paths import web_folder
from tipsearch.search.facets import FACETS as FACETS_OF_ANSWERS
from tipsearch.search.request import MAX_SIZE
from tipsearch.serve.presenters.embed import FACETS, FACETS_AT_FIRST, MOST_PASSAGES, MOST_RESULTS, Element

SOURCE = (web_folder() / "widget" / "tip-search.js").read_text("utf-8")


def _found(pattern: str) -> str:
    found = re.search(pattern, SOURCE, re.DOTALL | re.MULTILINE)
    assert found, pattern
    return found[1]


def _amounts(attribute: str) -> list[int]:
    """What the element takes for an attribute that is a number: without it, at least, at most."""
    return [int(one) for one in _found(rf'#amount\("{attribute}", ([\d, ]+)\)').split(",")]


def test_the_facets_of_the_element_are_called_as_in_its_builder() -> None:
    named = re.findall(r"^  (\w+): (\".*\"),$", _found(r"const FACETS = \{\n(.*?)^\};"), re.MULTILINE)
    assert {name: json.loads(title) for name, title in named} == FACETS
    assert set(FACETS) == set(FACETS_OF_ANSWERS)


def test_what_the_element_does_unless_told_otherwise_is_what_the_builder_leaves_out() -> None:
    assert tuple(_found(r'\|\| "([a-z ]+)"\)\s*\.split').split()) == FACETS_AT_FIRST
    assert _amounts("limit")[0] == Element().limit
    assert _amounts("passages")[0] == Element().passages


def test_the_element_takes_as_much_as_the_library_gives_and_the_builder_no_more() -> None:
    assert _amounts("limit")[1:] == [1, MAX_SIZE]
    assert _amounts("passages")[1:] == [0, MOST_PASSAGES]
    assert Element().limit <= MOST_RESULTS <= MAX_SIZE
