"""The element in pages of somebody else: a real library, a site of another origin, a real Chromium."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from serve.widget.host import answer_otherwise, let_go, searches

if TYPE_CHECKING:
    from serve.widget.host import Guest

pytestmark = pytest.mark.browser


def test_a_search_shows_titles_and_marked_passages_with_links_to_pages(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.find("kafala")
    assert re.fullmatch(r"\d+ documents?", guest.status.inner_text())
    address = guest.titles.first.get_attribute("href") or ""
    assert address.startswith(f"{guest.host.library}/documents/")
    passage = guest.page.locator("[part=passage]").first
    assert passage.locator("mark").first.inner_text().lower() == "kafala"
    assert re.search(r"/pages/\d+\?q=kafala", passage.get_by_role("link").get_attribute("href") or "")


def test_passages_wait_behind_a_content_warning(guest: Guest) -> None:
    def warn(answer: Any) -> None:
        answer["results"][0]["warning"] = "violence <b>in detail</b>"
        answer["results"][1] |= {"warning": "grief", "pages": []}

    answer_otherwise(guest, warn)
    guest.open(guest.host.element('preset="q=labour"'))
    guest.wait_for_answer()
    result = guest.page.locator("[part=result]").first
    expect(result.locator("mark").first).to_be_hidden()
    result.get_by_text("Content warning: violence <b>in detail</b>", exact=True).click()
    expect(result.locator("mark").first).to_be_visible()
    expect(guest.page.locator("[part=warning]").nth(1)).to_have_text("Content warning: grief")
    assert guest.page.locator("[part=warning]").count() == 2


def test_the_keyboard_alone_goes_from_the_box_to_the_last_result(guest: Guest) -> None:
    guest.open(guest.host.element('facets="region" limit="2"'))
    page = guest.page
    page.keyboard.press("Tab")
    page.keyboard.type("labour")
    page.keyboard.press("Enter")
    guest.wait_for_answer()
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(guest.focused())
        if seen[-1] == "Show more":
            break
    assert seen[0] == "Search"
    assert seen[1] == "Filters"
    assert guest.titles.first.inner_text() in seen
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('tip-search').shadowRoot.querySelectorAll('[part=result]').length === 4"
    )
    assert guest.focused() == guest.titles.nth(2).inner_text()
    assert re.fullmatch(r"4 / \d+ documents", guest.status.inner_text())


def test_only_the_newest_answer_is_shown_whichever_comes_last(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.box.wait_for()
    held = guest.hold()
    for words in ("debt bondage", "fishing"):
        guest.box.fill(words)
        guest.box.press("Enter")
    guest.wait_for_held(held, 2)
    held[1].continue_()
    guest.wait_for_answer()
    shown = guest.titles.all_inner_texts()
    told = guest.status.inner_text()
    let_go(held[:1])
    guest.page.wait_for_timeout(200)
    assert guest.titles.all_inner_texts() == shown
    assert guest.status.inner_text() == told
    assert guest.box.input_value() == "fishing"


def test_a_slow_library_is_told_of_and_given_up_with_a_link_there(guest: Guest) -> None:
    guest.page.clock.install()
    guest.open(guest.host.element())
    guest.box.wait_for()
    guest.hold()
    guest.box.fill("debt")
    guest.box.press("Enter")
    guest.page.clock.run_for(400)
    expect(guest.status).to_have_text("Searching…")
    guest.page.clock.run_for(4000)
    expect(guest.status).to_have_text("The library takes longer than usual.")
    link = guest.page.get_by_role("link", name="Open this search in the library")
    assert link.get_attribute("href") == f"{guest.host.library}/search?q=debt&ui=en"
    guest.page.clock.run_for(11000)
    expect(guest.status).to_have_text("The library can’t be reached at the moment.")
    assert link.is_visible()


def test_a_library_that_is_down_leaves_a_message_and_a_link(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.find("debt")
    guest.page.route("**/api/**", lambda route: route.abort())
    guest.box.fill("fishing")
    guest.box.press("Enter")
    expect(guest.status).to_have_text("The library can’t be reached at the moment.")
    link = guest.page.get_by_role("link", name="Open this search in the library").first
    assert "q=fishing" in (link.get_attribute("href") or "")
    assert guest.titles.count() == 0


def test_a_value_that_the_library_does_not_know_is_told_as_it_says(guest: Guest) -> None:
    guest.open(guest.host.element('preset="q=debt&region=atlantis"'))
    expect(guest.status).to_contain_text("atlantis")


def test_without_scripts_the_form_inside_searches_the_library(guest: Guest) -> None:
    form = f'<form action="{guest.host.library}/search"><label>Words <input name="q"></label> <button>Go</button></form>'
    guest.open(guest.host.element("", form), script="")
    guest.page.get_by_label("Words").fill("debt")
    guest.page.get_by_role("button", name="Go").click()
    guest.page.wait_for_url(f"{guest.host.library}/search?q=debt")


def test_a_ticked_filter_narrows_keeps_the_focus_and_its_chip_takes_it_back(guest: Guest) -> None:
    guest.open(guest.host.element('facets="region"'))
    guest.find("labour")
    before = guest.status.inner_text()
    for title in ("Filters", "Region"):
        guest.page.get_by_text(title, exact=True).click()
    guest.page.get_by_role("checkbox", name="Asia").focus()
    guest.page.keyboard.press("Space")
    expect(guest.status).not_to_have_text(before)
    narrowed = guest.status.inner_text()
    assert int(narrowed.split()[0]) < int(before.split()[0])
    assert guest.focused("type") == "checkbox"
    assert guest.page.get_by_role("checkbox", name="Asia").is_checked()
    guest.page.get_by_role("button", name="Remove filter: Region: Asia").press("Enter")
    expect(guest.status).to_have_text(before)
    assert guest.focused("id") == "q"


def test_the_count_beside_a_filter_is_what_it_finds(guest: Guest) -> None:
    guest.open(guest.host.element('facets="type"'))
    guest.find("labour")
    for title in ("Filters", "Type"):
        guest.page.get_by_text(title, exact=True).click()
    label = guest.page.locator("label", has=guest.page.get_by_role("checkbox")).first
    count = re.search(r"\((\d+)\)", label.inner_text())
    assert count
    label.click()
    expect(guest.status).to_have_text(re.compile(rf"^{count[1]} documents?$"))


@pytest.mark.parametrize(
    ("attributes", "facets"),
    [
        ("", ["none"]),
        ("facets", ["region", "topic", "type"]),
        ('facets="year colour"', ["year"]),
        ('show-preset preset="lang=en"', ["language"]),
        ('facets="language" preset="lang=en"', ["none"]),
    ],
)
def test_only_facets_that_are_shown_are_asked_for(guest: Guest, attributes: str, facets: list[str]) -> None:
    guest.open(guest.host.element(attributes))
    guest.find("labour")
    assert searches(guest)[-1]["facets"] == facets


def test_a_misspelt_word_is_asked_about_and_searched_for_as_typed_on_demand(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.find("forsed labour")
    button = guest.page.get_by_role("button", name=re.compile("forsed labour|forced labour"))
    assert guest.titles.count()
    button.click()
    expect(guest.page.locator("[part=status]")).not_to_have_text("Searching…")
    assert searches(guest)[-1].get("spell") == ["no"] or searches(guest)[-1]["q"] == ["forced labour"]


@pytest.mark.parametrize(
    ("lang", "label", "direction"),
    [
        ("es-MX", "Buscar en la biblioteca", "ltr"),
        ("fr", "Rechercher dans la bibliothèque", "ltr"),
        ("ar", "ابحث في المكتبة", "rtl"),
        ("de", "Search the library", "ltr"),
    ],
)
def test_it_speaks_the_language_of_the_attribute_or_else_english(
    guest: Guest, lang: str, label: str, direction: str
) -> None:
    guest.open(guest.host.element(f'lang="{lang}"'))
    expect(guest.page.get_by_label(label, exact=True).first).to_be_visible()
    assert guest.page.locator("[part=root]").get_attribute("dir") == direction


def test_it_speaks_the_language_of_the_page_and_takes_other_words(guest: Guest) -> None:
    words = "{&quot;search&quot;: &quot;Suchen&quot;, &quot;results&quot;: {&quot;one&quot;: &quot;{n} Dokument&quot;, &quot;other&quot;: &quot;{n} Dokumente&quot;}}"
    guest.open(guest.host.element() + guest.host.element(f'lang="de" strings="{words}"'), lang="fr")
    page = guest.page
    expect(page.get_by_role("button", name="Rechercher")).to_be_visible()
    page.get_by_role("button", name="Suchen").click()
    expect(page.locator("[part=status]").nth(1)).to_have_text(re.compile(r"^\d+ Dokumente$"))


def test_several_on_one_page_and_a_second_copy_of_the_script_do_not_meet(guest: Guest) -> None:
    library = guest.host.library
    twice = "".join(
        f'<script type="module" src="{library}/widget/{path}"></script>'
        for path in ("v1/tip-search.js", "v1/tip-search.js?again", "0.1.0/tip-search.js")
    )
    guest.open(guest.host.element('id="a"') + guest.host.element('id="b"'), script=twice)
    guest.box.nth(0).wait_for()
    boxes = guest.page.get_by_role("combobox")
    boxes.nth(1).fill("fishing")
    boxes.nth(1).press("Enter")
    expect(guest.page.locator("#b [part=status]")).to_have_text(re.compile("document"))
    assert guest.page.locator("#a [part=result]").count() == 0
    assert guest.page.get_by_role("search").count() == 2
    assert guest.complaints == []


def test_nothing_is_asked_before_it_comes_near(guest: Guest) -> None:
    far = f'<p style="height: 4000px"></p><tip-search endpoint="{guest.host.library}" preset="q=debt"></tip-search>'
    guest.open(far)
    guest.page.wait_for_timeout(200)
    assert searches(guest) == []
    guest.page.locator("tip-search").scroll_into_view_if_needed()
    guest.wait_for_answer()
    assert len(searches(guest)) == 1


def test_the_page_around_hears_of_everything_and_may_take_over(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.box.wait_for()
    guest.page.evaluate(
        """() => {
          window.heard = [];
          for (const name of ["tip-search", "tip-results", "tip-select", "tip-error"])
            document.addEventListener(name, event => {
              heard.push([name, event.detail.total ?? event.detail.url]);
              if (name === "tip-select" || window.taken === name) event.preventDefault();
            });
        }"""
    )
    guest.page.evaluate("document.querySelector('tip-search').search('debt')")
    guest.wait_for_answer()
    guest.titles.first.click()
    heard = guest.page.evaluate("heard")
    assert [name for name, _ in heard] == ["tip-search", "tip-results", "tip-select"]
    assert heard[1][1] > 0
    assert heard[2][1] == guest.titles.first.get_attribute("href")
    assert guest.page.url.startswith(guest.host.address)
    guest.page.evaluate("taken = 'tip-search'; document.querySelector('tip-search').search('fishing')")
    guest.page.wait_for_timeout(100)
    assert len(searches(guest)) == 1


def test_links_that_open_a_new_tab_say_so(guest: Guest) -> None:
    guest.open(guest.host.element('target="_blank" preset="q=debt"'))
    guest.wait_for_answer()
    link = guest.titles.first
    assert link.get_attribute("rel") == "noopener"
    assert (link.text_content() or "").endswith(" (opens in a new tab)")


def test_a_list_has_no_box(guest: Guest) -> None:
    guest.open(guest.host.element('mode="list" preset="sort=newest" limit="3"'))
    guest.wait_for_answer()
    assert guest.titles.count() == 3
    assert guest.page.get_by_role("combobox").count() == 0
    assert guest.page.locator("[part=label]").is_hidden()


def test_a_list_stands_under_its_label(guest: Guest) -> None:
    guest.open(guest.host.element('mode="list" preset="sort=newest" label="The newest"'))
    guest.wait_for_answer()
    expect(guest.page.locator("[part=label]")).to_have_text("The newest")
    assert guest.page.locator("[part=label]").is_visible()
    guest.page.evaluate("document.querySelector('tip-search').removeAttribute('label')")
    expect(guest.page.locator("[part=label]")).to_be_hidden()


def test_it_looks_again_when_an_attribute_changes(guest: Guest) -> None:
    guest.open(guest.host.element('preset="q=debt"'))
    guest.wait_for_answer()
    with guest.answering():
        guest.page.evaluate("document.querySelector('tip-search').setAttribute('preset', 'q=fishing')")
    expect(guest.box).to_have_value("fishing")
    assert searches(guest)[-1]["q"] == ["fishing"]
