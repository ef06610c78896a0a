"""What is told of real literature doesn't fall below its floors (literature_floors.json), where that literature is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import floors
import literature
import pytest

from tipsearch import vocabulary

if TYPE_CHECKING:
    from metrics import Metric

FLOORS = floors.load(floors.LITERATURE_FILE)
DATA = os.environ.get("TIPSEARCH_DATA")


@pytest.fixture(scope="module")
def measured() -> dict[str, Metric]:
    if not DATA:
        pytest.skip("the literature isn't part of the project: name its folder in TIPSEARCH_DATA")
    return literature.measure(Path(DATA))


@pytest.mark.parametrize("name", FLOORS.metrics)
def test_what_is_told_of_literature_does_not_get_worse(name: str, measured: dict[str, Metric]) -> None:
    floor, metric = FLOORS.metrics[name], measured[name]
    assert metric.value >= floor.floor, (
        f"{name} measured {metric}; its floor is {floor.floor}, pinned at {floor.measured}"
    )


def test_every_measure_of_literature_has_a_floor(measured: dict[str, Metric]) -> None:
    assert set(measured) == set(FLOORS.metrics), "pin the new ones: python tests/quality/update_floors.py"


@pytest.mark.parametrize("name", literature.KINDS)
def test_labels_are_values_of_the_vocabularies_and_stand_once(name: str) -> None:
    kind = name.partition("-")[0]
    tree = vocabulary.topics() if kind == "topics" else vocabulary.regions()
    for document, one in literature.labels(name).items():
        values = [*one[kind], *one["also"]]
        assert len(values) == len(set(values)), document
        assert all(value.rpartition(":")[2] in tree for value in values), document


def test_as_many_documents_are_labelled_as_the_floors_are_of() -> None:
    assert FLOORS.files == sum(len(literature.labels(kind)) for kind in literature.KINDS)
    assert FLOORS.corpus == literature.digest()
