"""Floors only rise, but for a reason that is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import floors
import pytest
from floors import Floor, Floors, Lowered
from metrics import Metric

if TYPE_CHECKING:
    from pathlib import Path

OLD = Floors("old", 3, {"extraction.titles": Floor(0.9, 0.9, 10)})


def pinned(value: float, reason: str = "", old: Floors = OLD) -> Floors:
    return floors.pin(old, {"extraction.titles": Metric(value, 10)}, "new", 4, reason)


def test_a_floor_rises_with_what_is_measured() -> None:
    new = pinned(0.95)
    assert new == Floors("new", 4, {"extraction.titles": Floor(0.95, 0.95, 10)})


def test_a_floor_does_not_fall_without_a_reason() -> None:
    with pytest.raises(floors.WouldLower, match=r"extraction\.titles: 0\.9 would become 0\.8"):
        pinned(0.8)


def test_a_blank_reason_is_none() -> None:
    with pytest.raises(floors.WouldLower):
        pinned(0.8, "  ")


def test_a_floor_lowered_for_a_reason_is_recorded() -> None:
    new = pinned(0.8, "the gold was wrong")
    assert new.metrics["extraction.titles"].floor == 0.8
    assert new.lowered == (Lowered("extraction.titles", 0.9, 0.8, "the gold was wrong"),)


def test_a_reason_is_kept_when_floors_rise_again() -> None:
    assert len(pinned(0.9, old=pinned(0.8, "the gold was wrong")).lowered) == 1


def test_a_metric_is_not_given_up_without_a_reason() -> None:
    with pytest.raises(floors.WouldLower, match="None"):
        floors.pin(OLD, {}, "new", 4)


def test_a_value_inside_the_margin_leaves_the_floor_where_it_is() -> None:
    name = "extraction.text.reports.en"
    old = Floors("old", 3, {name: Floor(0.99, 0.992, 10)})
    new = floors.pin(old, {name: Metric(0.9905, 10)}, "new", 4)
    assert new.metrics[name] == Floor(0.99, 0.992, 10)


def test_shares_have_no_margin_and_rankings_that_of_one_swap() -> None:
    assert floors.margin("extraction.titles", 10) == 0
    assert floors.margin("ranking.mrr@10", 50) == 0.01


def test_a_floor_is_never_above_its_value() -> None:
    assert pinned(2 / 3, "any").metrics["extraction.titles"].floor <= 2 / 3


@pytest.mark.parametrize("floors_", [OLD, pinned(0.8, "the gold – was wrong")])
def test_what_is_written_is_read_again(floors_: Floors, tmp_path: Path) -> None:
    floors.save(floors_, tmp_path / "floors.json")
    assert floors.load(tmp_path / "floors.json") == floors_
