"""All that a search finds, in order: what exports and feeds are made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tipsearch import Library, SearchRequest
from tipsearch.errors import BadRequest
from tipsearch.search.request import MAX_SIZE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", ["", "labour", "forced labour", "trafick", "traffick*"])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title"])
def test_a_listing_has_what_the_pages_have_in_the_same_order(sample: Library, text: str, sort: str) -> None:
    request = SearchRequest(text, sort=sort, size=7)  # type: ignore[arg-type]
    first = sample.search(request)
    turned = [
        result.document.id
        for page in range(1, first.page_count + 1)
        for result in sample.search(SearchRequest(text, sort=sort, size=7, page=page)).results  # type: ignore[arg-type]
    ]
    listed = sample.listing(request, 1_000)
    assert list(listed.ids) == turned
    assert listed.total == first.total == len(turned)
    assert (listed.query, listed.generation) == (first.query, first.generation)


def test_a_listing_keeps_filters_and_ends_where_it_is_told_to(sample: Library) -> None:
    asia = SearchRequest(regions=("asia",))
    every = sample.listing(asia, MAX_SIZE)
    assert every.total == sample.search(asia).total > 3
    cut = sample.listing(asia, 3)
    assert (cut.ids, cut.total) == (every.ids[:3], every.total)


def test_a_listing_refuses_what_a_search_refuses(sample: Library) -> None:
    with pytest.raises(BadRequest):
        sample.listing(SearchRequest(regions=("atlantis",)), 10)


def test_the_shelf_gives_documents_in_the_order_asked_for_and_leaves_unknown_ones_out(
    sample: Library,
) -> None:
    ids = sample.listing(SearchRequest(), 5).ids
    backwards = [*reversed(ids), "nobody", "half \ud800 a letter"]
    assert list(sample.shelf.documents(backwards)) == list(reversed(ids))


def test_the_roll_tells_of_every_document_once(sample: Library) -> None:
    told: list[tuple[str, str]] = []
    while more := sample.shelf.roll(told[-1][0] if told else "", 4):
        told += more
    assert [one for one, _ in told] == sorted(sample.listing(SearchRequest(), 1_000).ids)
    assert sample.shelf.arrivals([one for one, _ in told]) == dict(told)


def test_what_comes_later_has_a_later_arrival(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    with Library.open(tmp_path / "library") as library:
        for name, day in (("first", "2026-01-01"), ("second", "2026-02-01")):
            monkeypatch.setattr("tipsearch.catalogue.codec.now", lambda day=day: f"{day}T00:00:00+00:00")
            line = json.dumps({"id": name, "title": name, "text": f"The {name} report on fees."})
            (folder / f"{name}.jsonl").write_text(line, "utf-8")
            library.index([folder])
        arrived = library.shelf.arrivals(library.listing(SearchRequest(), 10).ids)
        titles = {library.document(one).title: when for one, when in arrived.items()}
    assert titles == {"first": "2026-01-01T00:00:00+00:00", "second": "2026-02-01T00:00:00+00:00"}
