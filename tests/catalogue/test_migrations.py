"""A catalogue of an older version is brought up to date without losing what it holds."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tipsearch.catalogue import Catalogue, migrations
from tipsearch.model import Origin, Tag

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_kinds_of_publication_written_as_words_become_tags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalogue.sqlite"
    first_three = migrations.steps()[:3]
    with monkeypatch.context() as older:
        older.setattr(migrations, "steps", lambda: first_three)
        Catalogue.create(path).close()
    connection = sqlite3.connect(path)
    rows = [
        ("a", 1, b'{"id":"a","title":"Fees","types":["guidance","covid-19"],"page_count":2}'),
        ("b", 2, b'{"id":"b","title":"None"}'),
        ("c", 3, None),
    ]
    connection.executemany("INSERT INTO documents (id, seq, composed) VALUES (?, ?, ?)", rows)
    connection.commit()
    connection.close()

    with Catalogue(path).view() as view:
        found = view.documents(["a", "b", "c"])

    assert found["a"].types == (Tag("guidance", Origin.SOURCE), Tag("covid-19", Origin.SOURCE))
    assert (found["a"].title, found["a"].page_count) == ("Fees", 2)
    assert found["b"].types == ()
    assert "c" not in found
