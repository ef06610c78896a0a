from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest

from tipsearch.isolation import Limits
from tipsearch.isolation.confine import trial

if TYPE_CHECKING:
    from collections.abc import Callable


def holds(what: Callable[[], bool]) -> bool:
    """Whether something holds, found in a fork, as a limit can't be taken back."""
    return trial(lambda: int(what())) == 1


def test_a_limit_set_from_outside_stays_where_it_is_tighter() -> None:
    def limited() -> bool:
        resource.setrlimit(resource.RLIMIT_CPU, (3, 3))
        Limits(cpu_seconds=20).apply()
        return resource.getrlimit(resource.RLIMIT_CPU) == (3, 3)

    assert holds(limited)


def test_limits_that_do_not_bind_are_named() -> None:
    def bound() -> bool:
        Limits().apply()
        return Limits().missing() == ()

    assert "FSIZE" in Limits().missing()
    assert holds(bound)


@pytest.mark.parametrize("limits", [Limits(), Limits(memory_bytes=1, cpu_seconds=2, wall_seconds=0.5)])
def test_limits_come_back_from_text(limits: Limits) -> None:
    assert Limits.from_json(limits.to_json()) == limits
