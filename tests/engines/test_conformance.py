"""Every engine keeps the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.engines.registry import load
from tipsearch.testing.conformance import EngineConformance

if TYPE_CHECKING:
    from tipsearch.engines.base import EngineClass


class TestTantivy(EngineConformance):
    @pytest.fixture
    def engine_class(self) -> type[EngineClass]:
        return load("tantivy")


class TestWhoosh(EngineConformance):
    @pytest.fixture
    def engine_class(self) -> type[EngineClass]:
        return load("whoosh")


class TestMemory(EngineConformance):
    @pytest.fixture
    def engine_class(self) -> type[EngineClass]:
        return load("memory")
