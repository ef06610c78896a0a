"""What every engine must do, as tests.

An engine's own test file needs only this::

    class TestMyEngine(EngineConformance):
        @pytest.fixture
        def engine_class(self) -> type[EngineClass]:
            return MyEngine

A case that the engine names in `Capabilities.gaps` is expected to fail, and must fail: a gap that closes has to be
struck from the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.testing.conformance.conditions import ConditionCases
from tipsearch.testing.conformance.facets import FacetCases
from tipsearch.testing.conformance.languages import LanguageCases
from tipsearch.testing.conformance.matching import MatchCases
from tipsearch.testing.conformance.ordering import OrderCases
from tipsearch.testing.conformance.pages import PageCases
from tipsearch.testing.conformance.patterns import PatternCases
from tipsearch.testing.conformance.phrases import PhraseCases
from tipsearch.testing.conformance.support import Make, commit
from tipsearch.testing.conformance.writing import WriteCases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tipsearch.engines.base import Engine, EngineClass
    from tipsearch.model import IndexDocument

__all__ = ["EngineConformance"]


class EngineConformance(
    MatchCases,
    LanguageCases,
    PhraseCases,
    PatternCases,
    ConditionCases,
    FacetCases,
    OrderCases,
    PageCases,
    WriteCases,
):
    """All cases; a subclass says which engine."""

    @pytest.fixture
    def engine_class(self) -> type[EngineClass]:
        """The engine under test."""
        raise NotImplementedError("override the fixture engine_class")

    @pytest.fixture
    def make(self, engine_class: type[EngineClass], tmp_path: Path) -> Iterator[Make]:
        """Makes an engine that holds the given documents; closed after the test."""
        engines: list[Engine] = []

        def make(*documents: IndexDocument) -> Engine:
            engine = engine_class.create(tmp_path / f"index-{len(engines)}")
            engines.append(engine)
            commit(engine, *documents)
            return engine

        yield make
        for engine in engines:
            engine.close()

    @pytest.fixture(autouse=True)
    def expect_gap(self, request: pytest.FixtureRequest, make: Make) -> None:
        """Turn a case that is a declared gap into a strict expected failure."""
        gaps = dict(make().capabilities.gaps)
        name = getattr(request.node, "originalname", request.node.name)
        if name in gaps:
            request.applymarker(pytest.mark.xfail(reason=gaps[name], strict=True))

    def test_gaps_name_cases_of_this_suite(self, make: Make) -> None:
        """A gap with a mistyped name would excuse nothing and hide that it closed."""
        assert [name for name, _ in make().capabilities.gaps if not hasattr(self, name)] == []
