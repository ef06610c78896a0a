"""What pages around do to the element, and what goes wrong between it and the library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from serve.widget.host import answer_otherwise, let_go, searches

if TYPE_CHECKING:
    from serve.widget.host import Guest

pytestmark = pytest.mark.browser

_THE_ELEMENT = "document.querySelector('tip-search')"


@pytest.mark.parametrize("lang", ["en_US", "en-", "x", "no language"])
def test_a_language_that_is_none_is_english(guest: Guest, lang: str) -> None:
    guest.open(guest.host.element(), lang=lang)
    guest.find("labour")
    assert guest.titles.count()


def test_a_language_and_country_are_known_with_an_underscore_too(guest: Guest) -> None:
    guest.open(guest.host.element(), lang="es_MX")
    expect(guest.page.get_by_label("Buscar en la biblioteca", exact=True).first).to_be_visible()


def test_who_takes_another_spelling_is_in_the_box_afterwards(guest: Guest) -> None:
    def ask_back(answer: dict[str, dict[str, object]]) -> None:
        if answer["query"]["text"] == "labor":
            answer["query"] |= {"did_you_mean": "labour", "corrected": False}

    answer_otherwise(guest, ask_back)
    guest.open(guest.host.element('preset="q=labor"'))
    guest.page.get_by_role("button", name="Did you mean").press("Enter")
    expect(guest.box).to_have_value("labour")
    expect(guest.page.get_by_role("button", name="Did you mean")).to_have_count(0)
    assert guest.focused("id") == "q"


def test_who_takes_the_last_filter_of_a_list_away_is_where_the_number_is_told(guest: Guest) -> None:
    guest.open(guest.host.element('mode="list" show-preset preset="region=asia"'))
    guest.wait_for_answer()
    guest.page.get_by_role("button", name="Remove filter").press("Enter")
    expect(guest.page.get_by_role("button", name="Remove filter")).to_have_count(0)
    assert guest.focused("part.value") == "status"


def test_the_focus_stays_on_one_of_two_filters_with_the_same_value(guest: Guest) -> None:
    guest.open(guest.host.element('show-preset preset="q=labour&origin=nepal&destination=nepal"'))
    chip = guest.page.locator("[part=chip]").nth(1)
    chip.focus()
    named = chip.get_attribute("aria-label")
    with guest.answering():
        guest.page.evaluate(f"void {_THE_ELEMENT}.search('debt')")
    expect(guest.box).to_have_value("debt")
    guest.page.wait_for_function(f"{_THE_ELEMENT}.shadowRoot.activeElement?.ariaLabel === '{named}'")
    assert len(searches(guest)) == 2


def test_another_look_leaves_the_search_and_the_focus_alone(guest: Guest) -> None:
    guest.open(guest.host.element('preset="q=debt" label="Find"'))
    guest.wait_for_answer()
    guest.find("labour")
    told, asked = guest.status.inner_text(), len(searches(guest))
    guest.page.evaluate(
        f"(one => {{ for (const [name, value] of [['theme', 'dark'], ['label', 'Look'], ['placeholder', 'words'],"
        f" ['preset', 'q=debt']]) one.setAttribute(name, value); }})({_THE_ELEMENT})"
    )
    expect(guest.page.get_by_role("search", name="Look")).to_be_visible()
    assert guest.box.get_attribute("placeholder") == "words"
    scheme = "one => getComputedStyle(one).colorScheme"
    assert guest.page.locator("[part=root]").evaluate(scheme) == "dark"
    assert (guest.box.input_value(), guest.status.inner_text(), len(searches(guest))) == (
        "labour",
        told,
        asked,
    )
    assert guest.focused("id") == "q"


def test_another_number_of_results_keeps_words_and_filters(guest: Guest) -> None:
    guest.open(guest.host.element('show-preset preset="q=debt&region=asia&region=africa"'))
    guest.wait_for_answer()
    guest.page.get_by_role("button", name="Remove filter: Region: Africa").click()
    guest.find("labour")
    guest.page.evaluate(f"{_THE_ELEMENT}.setAttribute('limit', '1')")
    expect(guest.titles).to_have_count(1)
    asked = searches(guest)[-1]
    assert (asked["q"], asked["region"], asked["size"]) == (["labour"], ["asia"], ["1"])


def test_what_is_being_typed_stays_when_something_else_changes(guest: Guest) -> None:
    guest.open(guest.host.element('facets preset="q=labour"'))
    guest.wait_for_answer()
    guest.box.fill("not yet searched f")
    for name, value in (
        ("limit", "1"),
        ("heading", "4"),
        ("mode", ""),
        ("target", "_blank"),
        ("facets", "type"),
    ):
        with guest.answering():
            guest.page.evaluate(
                "pair => document.querySelector('tip-search').setAttribute(...pair)", [name, value]
            )
        assert guest.box.input_value() == "not yet searched f", name
        assert searches(guest)[-1]["q"] == ["labour"]
    assert guest.focused("id") == "q"
    guest.page.evaluate(f"{_THE_ELEMENT}.setAttribute('lang', 'fr')")
    expect(guest.page.get_by_role("button", name="Rechercher")).to_be_visible()
    assert guest.box.input_value() == "not yet searched f"
    with guest.answering():
        guest.page.evaluate(f"{_THE_ELEMENT}.setAttribute('query', 'debt')")
    assert guest.box.input_value() == "debt"


@pytest.mark.parametrize(
    ("lang", "meant", "instead"),
    [
        ("en", "Did you mean “labour”?", "Nothing has “labor”. Shown instead: “labour”"),
        ("es", "¿Quiso decir «labour»?", "No hay nada con «labor». Se muestra: «labour»"),
        ("fr", "Vouliez-vous dire «_labour_»_?", "Rien pour «_labor_». Résultats pour_: «_labour_»"),
        ("ar", "هل تقصد «labour»؟", "لا وثائق عن «labor». البحث عن «labour»"),
    ],
)
def test_a_language_quotes_as_it_does(guest: Guest, lang: str, meant: str, instead: str) -> None:
    corrected = {"is": False}

    def ask_back(answer: dict[str, dict[str, object]]) -> None:
        answer["query"] |= {"did_you_mean": "labour", "corrected": corrected["is"]}

    answer_otherwise(guest, ask_back)
    guest.open(guest.host.element(f'preset="q=labor" lang="{lang}"'))
    note = guest.page.locator(".note")
    # Spaces within quotation marks, and before signs, keep lines together.
    assert (note.text_content() or "").replace("\xa0", "_") == meant
    corrected["is"] = True
    with guest.answering():
        guest.page.evaluate(f"void {_THE_ELEMENT}.search('labor')")
    assert (note.text_content() or "").replace("\xa0", "_").startswith(f"{instead} ")


_MOVE = f"document.body.append({_THE_ELEMENT})"


def test_it_can_be_moved_while_its_words_come(guest: Guest) -> None:
    held = guest.hold("**/locale/fr.json")
    guest.open(guest.host.element('lang="fr"'))
    guest.wait_for_held(held, 1)
    guest.page.evaluate(_MOVE)
    held[0].continue_()
    expect(guest.page.get_by_role("button", name="Rechercher")).to_be_visible()


def test_it_can_be_moved_while_it_searches(guest: Guest) -> None:
    held = guest.hold()
    guest.open(guest.host.element('preset="q=labour"'))
    guest.wait_for_held(held, 1)
    guest.page.evaluate(_MOVE)
    held[0].continue_()
    guest.wait_for_answer()
    assert guest.titles.count()
    assert guest.page.locator("[aria-busy]").count() == 0


def test_words_that_do_not_come_are_english(guest: Guest) -> None:
    guest.page.clock.install()
    held = guest.hold("**/locale/fr.json")
    guest.open(guest.host.element('lang="fr"'))
    guest.wait_for_held(held, 1)
    guest.page.clock.run_for(2100)
    expect(guest.page.get_by_role("button", name="Search", exact=True)).to_be_visible()


def test_words_of_ones_own_that_cannot_be_read_are_left_out(guest: Guest) -> None:
    guest.open(guest.host.element('strings="{oops"'))
    expect(guest.page.get_by_role("button", name="Search", exact=True)).to_be_visible()


def test_a_page_that_shows_the_answer_itself_leaves_no_word_of_searching(guest: Guest) -> None:
    held = guest.hold()
    guest.open(guest.host.element())
    guest.box.wait_for()
    guest.page.evaluate("document.addEventListener('tip-results', event => event.preventDefault())")
    guest.box.fill("labour")
    guest.box.press("Enter")
    expect(guest.status).to_have_text("Searching…")
    guest.wait_for_held(held, 1)
    held[0].continue_()
    expect(guest.status).to_have_text("")
    assert guest.titles.count() == 0


def test_a_library_that_is_asked_too_often_says_so_itself(guest: Guest) -> None:
    said = "Too many requests from your network: ask again in 20 seconds."
    guest.page.route(
        "**/api/v1/search?*",
        lambda route: route.fulfill(
            status=429, json={"detail": said}, headers={"Access-Control-Allow-Origin": "*"}
        ),
    )
    guest.open(guest.host.element('preset="q=labour"'))
    expect(guest.status).to_have_text(said)


def test_more_is_asked_for_where_the_answer_says(guest: Guest) -> None:
    def lead_on(answer: dict[str, dict[str, str]]) -> None:
        answer["links"]["next"] = "https://elsewhere.example/api/v1/search?cursor=c0&facets=none"

    answer_otherwise(guest, lead_on)
    guest.open(guest.host.element('preset="q=labour"'))
    guest.page.get_by_role("button", name="Show more").click()
    expect(guest.status).to_have_text(re.compile("cursor"))
    assert searches(guest)[-1] == {"cursor": ["c0"], "facets": ["none"]}
    assert not [url for url in guest.asked if "elsewhere" in url]


def test_an_answer_to_what_is_asked_no_more_is_not_shown(guest: Guest) -> None:
    held = guest.hold()
    guest.open(guest.host.element('query="labour"'))
    guest.wait_for_held(held, 1)
    guest.page.evaluate(f"{_THE_ELEMENT}.removeAttribute('query')")
    expect(guest.box).to_have_value("")
    let_go(held)
    guest.page.unroute("**/api/v1/search?*")
    guest.page.wait_for_timeout(300)
    assert guest.status.text_content() == ""
    assert not guest.titles.count()


def test_a_search_by_script_is_made_though_an_attribute_changes_right_behind_it(guest: Guest) -> None:
    guest.open(guest.host.element())
    guest.box.wait_for()
    made = guest.page.evaluate(
        f"(one => {{ const made = one.search('labour'); one.setAttribute('lang', 'fr'); return made; }})({_THE_ELEMENT})"
    )
    assert made is True
    assert guest.titles.count()
    expect(guest.status).to_contain_text("document")


def test_an_answer_that_holds_nothing_is_told_as_a_failure(guest: Guest) -> None:
    guest.page.route(
        "**/api/v1/search?*",
        lambda route: route.fulfill(
            content_type="application/json", body="null", headers={"Access-Control-Allow-Origin": "*"}
        ),
    )
    guest.open(guest.host.element('query="labour"'))
    expect(guest.status).to_contain_text("can’t be reached")
    expect(guest.page.get_by_role("link", name="Open this search in the library")).to_be_visible()
