"""Documents as engines take them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch import SearchRequest, analysis
from tipsearch.indexing import to_index_document
from tipsearch.model import Document
from tipsearch.vocabulary import standard

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch import Library

UNODC = "United Nations Office on Drugs and Crime"


def test_a_listed_publisher_is_searched_by_all_its_names_and_counted_by_one() -> None:
    entry = to_index_document(Document("a", "Fees", publisher=UNODC), standard())
    words = analysis.words(entry.publisher_text)
    assert {"unodc", "onudc", "delito"} <= set(words)
    assert dict(entry.facets)["publisher"] == (UNODC,)


def test_another_publisher_is_searched_by_its_own_name() -> None:
    assert (
        to_index_document(Document("a", "Fees", publisher="Kiln Watch"), standard()).publisher_text
        == "Kiln Watch"
    )
    assert to_index_document(Document("a", "Fees"), standard()).publisher_text == ""


def test_a_query_finds_a_publisher_by_another_of_its_names(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.jsonl").write_text(
        '{"id": 1, "title": "Fees", "text": "Workers pay a fee.", "publisher": "UNODC, Vienna"}\n'
        '{"id": 2, "title": "Kilns", "text": "Workers mould bricks.", "publisher": "Kiln Watch"}\n'
    )
    library.index([folder])
    for query in ("publisher:UNODC", "publisher:ONUDC", 'publisher:"drugs and crime"'):
        found = library.search(SearchRequest(query)).results
        assert [one.document.publisher for one in found] == [UNODC], query
