"""Searching the sample library: the whole way from typed text to an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch import Library, SearchRequest, analysis
from tipsearch.errors import BadRequest, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.shapes import FacetValue


def titles(answer: SearchAnswer) -> list[str]:
    return [result.document.title for result in answer.results]


def flat(values: Iterable[FacetValue]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in values:
        found |= {value.value: value.count, **flat(value.children)}
    return found


def test_a_word_on_one_page_of_a_long_report_names_that_page(sample: Library) -> None:
    answer = sample.search(SearchRequest('"a jug of water and a chair"'))
    (result,) = answer.results
    assert (result.document.page_count, [page.number for page in result.pages]) == (40, [30])
    (page,) = result.pages
    assert [page.text[start:end] for start, end in page.spans] == ["a jug of water and a chair"]


def test_the_printed_label_is_told_beside_the_number(sample: Library) -> None:
    (result,) = sample.search(SearchRequest('"bales lose their names"')).results
    assert [(page.number, page.label) for page in result.pages] == [(17, "11")]


def test_words_on_different_pages_are_one_document_with_both_pages(sample: Library) -> None:
    (result,) = sample.search(SearchRequest('"a jug of water" "belongs to firefighters"')).results
    assert {page.number for page in result.pages} == {30, 37}


def test_a_condition_on_pages_holds_for_one_page(sample: Library) -> None:
    def total(text: str) -> int:
        return sample.search(SearchRequest(text)).total

    jug, firefighters = '"a jug of water"', '"belongs to firefighters"'
    assert total(f"{jug} {firefighters}") == 1
    assert total(f"page:({jug} {firefighters})") == 0
    assert total(f"page:{jug} page:{firefighters}") == 1
    assert total(f"{jug} page:30") == 1
    assert total(f"{jug} page:31..") == 0
    (result,) = sample.search(SearchRequest(f"{jug} page:>=30")).results
    assert [page.number for page in result.pages] == [30]


def test_the_reading_names_values_as_the_vocabulary_does_in_the_readers_language(sample: Library) -> None:
    understood = sample.search(
        SearchRequest("debt region:NP region:atlantis topic:debt-bondage", ui="fr")
    ).query
    assert understood.language == "fr"
    words = [part.words.replace("\u00a0", " ") for part in understood.parts]
    assert words == ["« debt »", "région : Népal", "thème : Servitude pour dettes"]
    (notice,) = understood.notices
    assert notice.startswith("region:atlantis a été laissé de côté")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("trabajo forzoso", "es"),
        ("travail forcé", "fr"),
        ("trabalho escravo", "pt"),
        ("الاتجار بالأشخاص", "ar"),
        ("принудительный труд", "ru"),
        ("强迫劳动", "zh"),
    ],
)
def test_each_language_finds_its_documents(sample: Library, text: str, language: str) -> None:
    answer = sample.search(SearchRequest(text))
    assert answer.results[0].document.language == language
    assert answer.results[0].pages[0].spans


def test_a_facets_counts_leave_its_own_selection_out(sample: Library) -> None:
    free = sample.search(SearchRequest("trafficking"))
    chosen = sample.search(SearchRequest("trafficking", languages=("fr",)))
    assert flat(chosen.facets["language"]) == flat(free.facets["language"])
    assert flat(chosen.facets["region"]) != flat(free.facets["region"])


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["trafficking", "labour", "", "debt OR kafala"]), st.data())
def test_ticking_a_value_brings_exactly_the_count_that_was_shown(
    sample: Library, text: str, data: st.DataObject
) -> None:
    shown = sample.search(SearchRequest(text))
    facet, parameter = data.draw(
        st.sampled_from([("region", "regions"), ("topic", "topics"), ("language", "languages")])
    )
    counts = {value: count for value, count in flat(shown.facets[facet]).items() if count}
    value = data.draw(st.sampled_from(sorted(counts)))
    ticked = sample.search(replace(SearchRequest(text), **{parameter: (value,)}))  # type: ignore[arg-type]  # one of three
    assert ticked.total == counts[value]


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_parent_counts_what_its_children_and_itself_hold(sample: Library, data: st.DataObject) -> None:
    answer = sample.search(SearchRequest())
    parent = data.draw(st.sampled_from([one for one in answer.facets["region"] if one.children]))
    together = sample.search(SearchRequest(regions=tuple(child.value for child in parent.children)))
    assert max(child.count for child in parent.children) <= together.total <= parent.count


def test_or_within_a_facet_and_across_facets(sample: Library) -> None:
    def total(**selected: tuple[str, ...]) -> int:
        return sample.search(replace(SearchRequest(), **selected)).total  # type: ignore[arg-type]  # names are checked

    assert total(regions=("africa", "asia")) >= max(total(regions=("africa",)), total(regions=("asia",)))
    assert total(regions=("africa",), languages=("fr",)) <= min(
        total(regions=("africa",)), total(languages=("fr",))
    )


def test_turning_pages_shows_every_document_once(sample: Library) -> None:
    total = sample.search(SearchRequest()).total
    seen = [
        result.document.id
        for page in range(1, -(-total // 7) + 1)
        for result in sample.search(SearchRequest(page=page, size=7)).results
    ]
    assert len(seen) == len(set(seen)) == total
    assert not sample.search(SearchRequest(page=100, size=7)).results


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title"])
def test_the_same_search_gives_the_same_order(sample: Library, sort: str) -> None:
    request = SearchRequest("trafficking", sort=sort, size=50)  # type: ignore[arg-type]  # as a caller would type it
    first, second = sample.search(request), sample.search(request)
    assert titles(first) == titles(second)


def test_sorting_by_date_and_title(sample: Library) -> None:
    newest = [one.document.date for one in sample.search(SearchRequest(sort="newest", size=100)).results]  # type: ignore[arg-type]  # as above
    dated = [date for date in newest if date]
    assert dated == sorted(dated, reverse=True)
    assert newest[: len(dated)] == dated, "undated documents come last"
    by_title = titles(sample.search(SearchRequest(sort="title", languages=("en",), size=100)))  # type: ignore[arg-type]  # as above
    assert by_title == sorted(by_title, key=lambda title: " ".join(analysis.words(title)))


def test_an_empty_query_lists_everything_newest_first(sample: Library) -> None:
    answer = sample.search(SearchRequest())
    assert answer.total == sample.status().documents
    assert answer.results[0].document.date is not None


@pytest.mark.parametrize(
    "text",
    [
        "title: a colon",
        '"unbalanced',
        "[2020",
        "a/b",
        "C*",
        "-",
        "AND",
        "((((",
        "\\",
        "*",
        "a" * 5000,
        "~~~",
        "😀",
        "\x00",
        "{}",
        "^5",
    ],
)
def test_whatever_is_typed_is_answered(sample: Library, text: str) -> None:
    answer = sample.search(SearchRequest(text))
    assert answer.total >= 0


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(alphabet='ab "()*?~-:^[]{}\\/ANDORT', max_size=60))
def test_no_query_is_an_error(sample: Library, text: str) -> None:
    sample.search(SearchRequest(text))


def test_an_unknown_selection_is_an_error_that_names_it(sample: Library) -> None:
    with pytest.raises(BadRequest, match="atlantis"):
        sample.search(SearchRequest(regions=("atlantis",)))


def test_every_page_of_a_document_that_answers_is_listed_in_order(sample: Library) -> None:
    (result,) = sample.search(SearchRequest('"pocket handbook of human trafficking" title:handbook')).results
    hits = sample.page_hits(result.document.id, "debt")
    assert len(hits) > 3
    assert [hit.number for hit in hits] == sorted(hit.number for hit in hits)
    assert all(hit.spans for hit in hits)


def test_the_best_pages_of_a_document_are_those_that_a_search_shows_in_that_order(sample: Library) -> None:
    shown = sample.search(SearchRequest("debt bondage")).results
    (handbook,) = (one for one in shown if "pocket handbook" in one.document.title.lower())
    best = sample.best_passages(handbook.document.id, "debt bondage")
    assert best == handbook.pages
    numbers = [one.number for one in best]
    assert numbers != sorted(numbers)
    first = sample.best_passages(handbook.document, "debt bondage", first=1)
    assert [one.number for one in first] == [1, *numbers[:2]]
    again = sample.best_passages(handbook.document, "debt bondage", first=numbers[1])
    assert [one.number for one in again] == [numbers[1], numbers[0], numbers[2]]
    assert [one.number for one in sample.best_passages(handbook.document, "", first=2)] == [2]
    assert sample.best_passages(handbook.document, "") == ()


def test_missing_documents_and_pages_are_not_found(sample: Library) -> None:
    with pytest.raises(NotFound):
        sample.document("nothing")
    document = sample.search(SearchRequest()).results[0].document
    with pytest.raises(NotFound, match=f"has no page {document.page_count + 1}"):
        sample.page(document.id, document.page_count + 1)


def test_searches_from_many_threads_agree(sample: Library) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: titles(sample.search(SearchRequest("forced labour"))), range(40)))
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("wanted", [(), ("region",), ("form", "topic", "year")])
def test_only_the_facets_that_are_wanted_are_counted(
    sample: Library, wanted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    engine = type(sample._held()[0])
    count = engine.count_facets

    def watched(self: object, node: object, filters: object, facets: list[str]) -> object:
        counted.extend(facets)
        return count(self, node, filters, facets)  # type: ignore[arg-type]  # handed on as it comes

    request = SearchRequest("labour", regions=("asia",))
    whole = sample.search(request).facets
    monkeypatch.setattr(engine, "count_facets", watched)
    assert sample.search(request, facets=wanted).facets == {
        name: whole[name] for name in whole if name in wanted
    }
    assert set(counted) == {"topic" if name == "form" else name for name in wanted}
