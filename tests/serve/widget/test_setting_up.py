"""How pages around set the element up: properties, attributes that can't be read, frames in which they stand themselves."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from serve.widget.host import answer_otherwise, searches

if TYPE_CHECKING:
    from typing import Any

    from serve.widget.host import Guest

pytestmark = pytest.mark.browser

_THE_ELEMENT = "document.querySelector('tip-search')"


def test_words_that_are_set_before_the_script_has_run_count_and_can_be_changed_afterwards(
    guest: Guest,
) -> None:
    library = guest.host.library
    guest.host.pages["/words.js"] = (
        f"{_THE_ELEMENT}.strings = {{ search: 'Suchen' }};",
        {"Content-Type": "text/javascript"},
    )
    late = f'<script src="/words.js"></script><script type="module" src="{library}/widget/v1/tip-search.js"></script>'
    guest.open(guest.host.element() + late, script="")
    expect(guest.page.get_by_role("button", name="Suchen")).to_be_visible()
    assert guest.page.evaluate(f"Object.hasOwn({_THE_ELEMENT}, 'strings')") is False
    guest.page.evaluate(f"{_THE_ELEMENT}.strings = {{ search: 'Finden' }}")
    expect(guest.page.get_by_role("button", name="Finden")).to_be_visible()


@pytest.mark.parametrize(
    "words",
    [
        {"page": 5, "results": None, "search": "Suchen"},
        {"results": {}, "page": ["x"], "search": "Suchen"},
        {"results": {"few": "x"}, "page": {"other": 5}, "search": {"other": "Suchen"}},
    ],
)
def test_words_of_ones_own_that_are_none_are_those_of_the_language(guest: Guest, words: object) -> None:
    guest.open(guest.host.element(f'preset="q=labour" strings="{escape(json.dumps(words))}"'))
    expect(guest.status).to_have_text(re.compile(r"^\d+ documents$"))
    expect(guest.page.locator("[part=passage] a").first).to_have_text(re.compile(r"^Page \w+"))
    expect(guest.page.get_by_role("button", name="Suchen")).to_be_visible()
    assert guest.complaints == []


@pytest.mark.parametrize("words", ["null", "5", '"text"', "[]"])
def test_words_of_ones_own_may_be_anything(guest: Guest, words: str) -> None:
    guest.open(guest.host.element(f'preset="q=labour" strings="{escape(words)}"'))
    expect(guest.status).to_have_text(re.compile(r"^\d+ documents$"))
    expect(guest.page.get_by_role("button", name="Search", exact=True)).to_be_visible()


def test_an_answer_that_cannot_be_shown_is_not_told_as_a_library_that_is_down(guest: Guest) -> None:
    def spoil(answer: Any) -> None:
        answer["results"][0]["pages"] = None

    answer_otherwise(guest, spoil)
    guest.open(guest.host.element('preset="q=labour"'))
    guest.box.wait_for()
    guest.page.wait_for_event("pageerror", lambda _: True) if not guest.complaints else None
    expect(guest.status).to_have_text("")
    assert guest.page.locator("[aria-busy]").count() == 0
    assert any("TypeError" in said or "null" in said for said in guest.complaints)


@pytest.mark.parametrize(
    ("limit", "size"),
    [("0", "1"), ("-3", "1"), ("500", "100"), ("many", "5"), ("", "5"), ("1e9", "1"), ("7", "7")],
)
def test_results_at_a_time_are_from_1_to_100(guest: Guest, limit: str, size: str) -> None:
    guest.open(guest.host.element(f'preset="q=labour" limit="{limit}"'))
    guest.wait_for_answer()
    assert searches(guest)[-1]["size"] == [size]


@pytest.mark.parametrize(("passages", "most"), [("0", 0), ("1", 1), ("9", 3), ("some", 3)])
def test_as_many_passages_are_shown_as_are_wanted(guest: Guest, passages: str, most: int) -> None:
    guest.open(guest.host.element(f'preset="q=labour" passages="{passages}"'))
    guest.wait_for_answer()
    counts = guest.page.locator("[part=result]").evaluate_all(
        "all => all.map(one => one.querySelectorAll('[part=passage]').length)"
    )
    assert max(counts) == most


@pytest.mark.parametrize(
    ("lang", "dates"), [("en", ["March 2024", "March 5, 2024", "2024"]), ("fr", ["mars 2024"])]
)
def test_where_the_newest_come_first_dates_are_told_as_far_as_they_are_known(
    guest: Guest, lang: str, dates: list[str]
) -> None:
    def date(answer: Any) -> None:
        for result, known in zip(answer["results"], ("2024-03", "2024-03-05", "2024", None), strict=False):
            result |= {"date": known, "year": known and 2024, "authors": [], "publisher": None}

    answer_otherwise(guest, date)
    guest.open(guest.host.element(f'mode="list" preset="sort=newest" limit="4" lang="{lang}"'))
    expect(guest.titles).to_have_count(4)
    shown = guest.page.locator("[part=facts]").all_text_contents()
    assert shown[: len(dates)] == dates
    assert shown[3] == ""
    guest.page.evaluate(f"{_THE_ELEMENT}.setAttribute('preset', 'q=labour')")
    expect(guest.page.locator("[part=facts]").nth(1)).to_have_text("2024")


@pytest.mark.parametrize("endpoint", ["http://[", "localhost:8000", "javascript:alert(1)"])
def test_an_endpoint_that_is_no_address_is_told_to_the_author_and_to_readers_as_a_library_out_of_reach(
    guest: Guest, endpoint: str
) -> None:
    guest.open(f'<tip-search endpoint="{endpoint}" eager preset="q=labour"></tip-search>')
    expect(guest.status).to_have_text("The library can’t be reached at the moment.")
    assert guest.page.locator("tip-search a").count() == 0
    assert [said for said in guest.complaints if f"“{endpoint}”" in said]
    assert not [said for said in guest.complaints if "TypeError" in said or "Invalid URL" in said]


def test_who_asks_for_the_focus_or_a_search_starts_it(guest: Guest) -> None:
    far = f'<p style="height: 4000px"></p><tip-search endpoint="{guest.host.library}"></tip-search>'
    guest.open(far)
    guest.page.evaluate(f"{_THE_ELEMENT}.focus({{ preventScroll: true }})")
    guest.page.wait_for_function(f"{_THE_ELEMENT}.shadowRoot?.activeElement?.id === 'q'")
    assert guest.page.evaluate("scrollY") == 0
    assert guest.page.evaluate(f"{_THE_ELEMENT}.search('labour')") is True
    assert guest.titles.count()


def test_a_search_by_script_tells_whether_an_answer_has_come(guest: Guest) -> None:
    guest.open(guest.host.element())
    search = f"{_THE_ELEMENT}.search('labour')"
    assert guest.page.evaluate(search) is True
    # Of two that are asked at once only the newer is answered.
    assert guest.page.evaluate(f"Promise.all([{search}, {search}])") == [False, True]
    guest.page.evaluate("addEventListener('tip-search', event => event.preventDefault(), { once: true })")
    assert guest.page.evaluate(search) is False
    guest.page.route("**/api/**", lambda route: route.abort())
    assert guest.page.evaluate(search) is False


@pytest.mark.parametrize(("attributes", "target"), [("", "_top"), ('target="_self"', "_self")])
def test_in_a_page_that_is_framed_itself_links_open_in_the_whole_window(
    guest: Guest, attributes: str, target: str
) -> None:
    inner = guest.host.put(guest.host.element(f'preset="q=kafala" {attributes}'), path="/inner")
    guest.open(f'<iframe src="{inner}" width="600" height="600"></iframe>', script="")
    link = guest.page.frame_locator("iframe").locator("[part=title] a").first
    expect(link).to_have_attribute("target", target)
    if target == "_top":
        link.click()
        guest.page.wait_for_url(f"{guest.host.library}/documents/*")


def test_links_of_a_page_that_is_not_framed_open_in_the_same_tab(guest: Guest) -> None:
    guest.open(guest.host.element('preset="q=kafala"'))
    guest.wait_for_answer()
    assert guest.titles.first.get_attribute("target") is None


@pytest.mark.parametrize(
    ("heading", "over", "results"),
    [("", "H2", "H3"), ("4", "H3", "H4"), ("2", "H2", "H2"), ("6", "H5", "H6")],
)
def test_the_label_of_a_list_is_a_heading_above_those_of_its_results(
    guest: Guest, heading: str, over: str, results: str
) -> None:
    guest.open(guest.host.element(f'mode="list" preset="sort=newest" label="The newest" heading="{heading}"'))
    guest.wait_for_answer()
    assert guest.page.locator("[part=label]").evaluate("one => one.tagName") == over
    assert guest.page.locator("[part=title]").first.evaluate("one => one.tagName") == results


def test_other_names_that_were_searched_for_too_are_told_and_can_be_left_out(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.find("debt bondage")
    told = guest.page.locator(".note", has_text="Also searched:")
    assert told.locator("bdi").count() >= 1
    with guest.answering():
        told.get_by_role("button", name="Search only what was typed").click()
    asked = searches(guest)[-1]
    assert (asked["q"], asked["expand"]) == (["debt bondage"], ["no"])
    expect(told).to_have_count(0)
    assert guest.focused("id") == "q"
    guest.find("debt bondage")
    assert "expand" not in searches(guest)[-1]
    expect(told).to_be_visible()


def test_a_list_does_not_tell_of_words_that_its_readers_have_not_typed(guest: Guest) -> None:
    guest.open(guest.host.element('mode="list" preset="q=debt bondage"'))
    guest.wait_for_answer()
    assert guest.page.locator(".note").count() == 0


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_all_of_a_result_begins_on_the_side_on_which_its_title_does(guest: Guest, lang: str) -> None:
    def mix(answer: Any) -> None:
        answer["results"][0] |= {"title": "Debt bondage", "language": "en", "authors": ["منظمة"]}
        answer["results"][1] |= {"title": "إسار الدين", "language": "ar", "publisher": "Institute"}

    answer_otherwise(guest, mix)
    guest.open(guest.host.element(f'preset="q=labour" lang="{lang}"'))
    guest.titles.first.wait_for()
    directions = guest.page.locator("[part=result]").evaluate_all(
        "all => all.slice(0, 2).map(one => [one, ...one.querySelectorAll('h2, div')]"
        ".map(part => getComputedStyle(part).direction))"
    )
    assert [set(one) for one in directions] == [{"ltr"}, {"rtl"}]
