"""No recorded quality falls below its floor (floors.json); `floors` says how floors are made and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import floors
import pytest
import typed
from measuring import measure
from ranking import queries
from tagging import gold
from truth import digest, files, publications, reports

from tipsearch import vocabulary

if TYPE_CHECKING:
    from metrics import Metric

    from tipsearch import Library

FLOORS = floors.load()
_UPDATE = "python tests/quality/update_floors.py"


@pytest.fixture(scope="module")
def measured(sample: Library) -> dict[str, Metric]:
    return measure(sample)


@pytest.mark.parametrize("name", FLOORS.metrics)
def test_quality_does_not_fall(name: str, measured: dict[str, Metric]) -> None:
    floor = FLOORS.metrics[name]
    assert name in measured, f"{name} is no longer measured"
    metric = measured[name]
    assert metric.value >= floor.floor, (
        f"{name} measured {metric}; its floor is {floor.floor}, pinned at {floor.measured}"
    )


def test_every_measure_has_a_floor(measured: dict[str, Metric]) -> None:
    assert set(measured) == set(FLOORS.metrics), f"pin the new ones: {_UPDATE}"


def test_the_floors_are_of_this_sample_and_this_gold() -> None:
    assert (FLOORS.corpus, FLOORS.files) == (digest(), len(files())), f"they changed; pin anew: {_UPDATE}"


def test_the_gold_has_tags_for_every_document_with_text() -> None:
    assert set(gold()) == set(reports()) | set(publications())


def test_the_gold_has_types_for_every_pdf_with_text() -> None:
    assert set(typed.gold()) == set(reports())
    assert all(value in vocabulary.types() for values in typed.gold().values() for value in values)


def test_the_gold_s_tags_are_in_the_vocabularies_and_stand_once() -> None:
    for name, tags in gold().items():
        for facet, tree in (("regions", vocabulary.regions()), ("topics", vocabulary.topics())):
            values = [*tags[facet], *tags[f"also_{facet}"]]
            assert len(values) == len(set(values)), name
            assert not [value for value in values if value not in tree], name


def test_the_queries_expect_pages_that_are_there_and_cover_the_languages() -> None:
    sources = reports() | publications()
    for asked in queries():
        assert set(asked.gains) <= set(sources), asked.text
        for name, pages in asked.pages.items():
            assert max(pages) <= sources[name].keys.get("pages", 1), asked.text
    assert {asked.language for asked in queries()} == {"en", "es", "fr", "pt", "ar", "ru", "zh"}
    assert len({asked.text for asked in queries()}) == len(queries())
