"""The reference engine's own file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.engines.memory import MemoryEngine
from tipsearch.engines.memory.matching import analysed, matches
from tipsearch.errors import EngineFailed, UnsupportedQuery
from tipsearch.query.nodes import Prefix

if TYPE_CHECKING:
    from pathlib import Path


def test_interrupted_commit_leaves_the_last_state(tmp_path: Path) -> None:
    engine = MemoryEngine.create(tmp_path)
    (tmp_path / "documents.new").write_bytes(b"[half of a")
    engine.refresh()
    assert engine.document_count() == 0


def test_index_of_another_shape_is_refused(tmp_path: Path) -> None:
    (tmp_path / "documents.json").write_text('[{"id": 5}]')
    with pytest.raises(EngineFailed, match="no readable index"):
        MemoryEngine.open(tmp_path)


def test_leaf_that_was_not_expanded_is_refused() -> None:
    with pytest.raises(UnsupportedQuery, match="expanded"):
        matches(Prefix("se"), {None: analysed("sea", "en")}, {})
