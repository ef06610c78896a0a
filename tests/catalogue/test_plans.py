"""What SQLite does to answer: questions that every search asks may not cost more the larger the library is."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from saying import document, put
from sqlalchemy import event

from tipsearch.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tipsearch.catalogue import View


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.create(tmp_path / "catalogue.sqlite")
    for name in ("one", "other"):
        put(
            made, f"/library/{name}.pdf", document([f"{name} first", f"{name} second"], title=f"Title {name}")
        )
    yield made
    made.close()


@contextmanager
def plans(view: View) -> Iterator[list[str]]:
    """Fills with SQLite's plans of what is asked of the view meanwhile."""
    asked: list[tuple[str, Any]] = []
    found: list[str] = []

    def note(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        asked.append((statement, parameters))

    connection = view._connection
    event.listen(connection, "before_cursor_execute", note)
    yield found
    event.remove(connection, "before_cursor_execute", note)
    for statement, parameters in asked:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        found += [str(row[3]) for row in plan]


def test_texts_and_documents_are_looked_up_by_their_keys(catalogue: Catalogue) -> None:
    with catalogue.view() as view:
        ids = [one.id for one in view.living()]
        with plans(view) as found:
            pages = view.pages([(one, number) for one in ids for number in (1, 2)])
            documents = view.documents(ids)
    assert (len(pages), len(documents)) == (4, 2)
    # What is gone through is the list of what is wanted.
    assert [step for step in found if step.startswith("SCAN")] == ["SCAN wanted VIRTUAL TABLE INDEX 1:"]


def test_samples_are_looked_up_by_their_keys(catalogue: Catalogue) -> None:
    with catalogue.view() as view:
        every = list(view.documents([one.id for one in view.living()]).values())
        with plans(view) as found:
            samples = view.samples(every, 2)
    assert sorted(one.texts for one in samples.values()) == [
        ("one first", "one second"),
        ("other first", "other second"),
    ]
    assert found
    assert not [step for step in found if step.startswith("SCAN")]


def test_a_sample_is_spread_over_the_pages_in_the_documents_language(catalogue: Catalogue) -> None:
    texts = [f"page {number}" for number in range(1, 13)]
    long = document(texts, title="Long", language="en")
    record = long.records[0]
    pages = tuple(replace(page, language="fr" if page.number <= 4 else None) for page in record.pages)
    put(catalogue, "/library/long.pdf", replace(long, records=(replace(record, pages=pages),)))
    with catalogue.view() as view:
        every = view.documents([one.id for one in view.living()]).values()
        samples = view.samples(every, 4)
        sample = next(samples[one.id] for one in every if one.title == "Long")
    assert sample.texts == ("page 5", "page 7", "page 9", "page 11")
    assert sample.characters == sum(map(len, texts))


def test_pages_that_are_not_there_are_left_out(catalogue: Catalogue) -> None:
    with catalogue.view() as view:
        first = next(iter(view.living())).id
        assert view.pages([(first, 9), ("nobody", 1)]) == {}
        assert view.pages([]) == {}
