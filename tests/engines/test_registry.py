"""Engines by name."""

from __future__ import annotations

import subprocess
import sys
from types import MappingProxyType

import pytest

from tipsearch.engines import registry
from tipsearch.engines.base import Engine
from tipsearch.errors import EngineMissing


@pytest.mark.parametrize("name", registry.ENGINES)
def test_every_engine_listed_can_be_made(name: str, tmp_path: object) -> None:
    engine = registry.load(name).create(tmp_path / "index")  # type: ignore[operator]  # pytest's is a Path
    assert isinstance(engine, Engine)
    assert engine.capabilities.name == name
    engine.close()


def test_unknown_engine_is_refused_with_those_there_are() -> None:
    with pytest.raises(EngineMissing, match="no engine 'lucene'; known: tantivy"):
        registry.load("lucene")


def test_engine_whose_library_is_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = registry.Entry("tipsearch.engines.nowhere:Engine", "pip install nowhere")
    monkeypatch.setattr(registry, "ENGINES", MappingProxyType({"nowhere": entry}))
    with pytest.raises(EngineMissing, match="pip install nowhere"):
        registry.load("nowhere")


def test_registry_imports_no_engine() -> None:
    code = "import sys, tipsearch.engines.registry; sys.exit('tantivy' in sys.modules or 'whoosh' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
