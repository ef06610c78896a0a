"""The pages of one document say which of them hold all of what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch import SearchRequest

if TYPE_CHECKING:
    from tipsearch import Library


@pytest.fixture(scope="module")
def handbook(sample: Library) -> str:
    """A document of many pages."""
    (result,) = sample.search(SearchRequest('"pocket handbook of human trafficking" title:handbook')).results
    return result.document.id


def _some(library: Library, document: str, text: str) -> set[int]:
    return {hit.number for hit in library.page_hits(document, text)}


def _whole(library: Library, document: str, text: str) -> set[int]:
    return {hit.number for hit in library.page_hits(document, text) if hit.whole}


def test_of_several_words_all_are_wanted_on_a_page(sample: Library, handbook: str) -> None:
    debt, police = (_some(sample, handbook, word) for word in ("debt", "police"))
    assert debt - police
    assert police - debt
    assert _some(sample, handbook, "debt police") == debt | police
    assert _whole(sample, handbook, "debt police") == debt & police


def test_of_one_word_every_page_is_whole(sample: Library, handbook: str) -> None:
    assert _whole(sample, handbook, "debt") == _some(sample, handbook, "debt") != set()


def test_alternatives_are_enough_one_each(sample: Library, handbook: str) -> None:
    debt, police, child = (_some(sample, handbook, word) for word in ("debt", "police", "child"))
    assert _whole(sample, handbook, "debt OR police") == debt | police
    assert _whole(sample, handbook, "child (debt OR police)") == child & (debt | police)
    assert _whole(sample, handbook, "child OR (debt police)") == child | (debt & police)


def test_what_is_excluded_or_asked_of_the_record_is_nothing_that_a_page_lacks(
    sample: Library, handbook: str
) -> None:
    debt = _some(sample, handbook, "debt")
    assert _whole(sample, handbook, "debt -unicorn title:handbook") == debt


def test_a_range_of_pages_holds(sample: Library, handbook: str) -> None:
    debt = _some(sample, handbook, "debt")
    first = min(debt)
    assert _whole(sample, handbook, f"debt page:{first}") == {first}


def test_a_word_that_no_page_holds_leaves_no_page_whole(sample: Library, handbook: str) -> None:
    assert not _whole(sample, handbook, "debt unicornish")
    assert _some(sample, handbook, "debt unicornish")


@pytest.mark.parametrize(
    "text", ["debt", "debt police", "child* -debt", '"debt bondage" OR page:3', "title:handbook"]
)
def test_pages_are_found_without_passages_as_with_them(sample: Library, handbook: str, text: str) -> None:
    with_passages = [(hit.number, hit.whole) for hit in sample.page_hits(handbook, text)]
    assert [(one.number, one.whole) for one in sample.pages_found(handbook, text)] == with_passages


def test_a_document_at_hand_stands_for_its_id(sample: Library, handbook: str) -> None:
    document = sample.document(handbook)
    assert sample.page(document, 2) == sample.page(handbook, 2)
    assert sample.page_hits(document, "debt") == sample.page_hits(handbook, "debt") != ()
    assert sample.similar(document, 3) == sample.similar(handbook, 3) != ()
