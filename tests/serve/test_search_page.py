from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import lxml.html
import pytest

from serve.small_library import SmallLibrary, fees_report, listed_guide
from tipsearch.model import Page
from tipsearch.serve.app import create_app
from tipsearch.serve.params import PARAMETERS

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from lxml.html import HtmlElement

    from serve.small_library import Get


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _one(page: HtmlElement, selector: str) -> HtmlElement:
    (element,) = page.xpath(selector)
    return element


def _many_documents(count: int) -> FlaskClient:
    document, pages = fees_report()
    copies = [(replace(document, id=f"fees-{number}"), pages) for number in range(count)]
    return create_app(SmallLibrary(copies)).test_client()


def _submitted(page: HtmlElement) -> list[tuple[str, str]]:
    """What a browser would send if the search form were submitted as it stands."""
    sent = []
    for field in page.xpath('//*[@name and (ancestor::form[@id="search"] or @form="search")]'):
        if field.tag == "select":
            sent += [(field.get("name"), option.get("value")) for option in field.xpath("option[@selected]")]
        elif field.get("type") not in ("checkbox", "radio") or field.get("checked") is not None:
            sent.append((field.get("name"), field.get("value")))
    return sent


def test_a_result_shows_what_the_document_is(get: Get) -> None:
    page = get("/search?q=bondage")
    assert _text(_one(page, '//h2[@class="total"]')) == "1 document for “bondage”"
    assert _text(_one(page, "//article//h3/a")) == "Who pays for the job?"
    facts = [_text(fact) for fact in page.xpath('//ul[@class="facts"]/li')]
    assert facts == ["Example Institute", "2024", "Publications", "English", "PDF, 3 pages"]


def test_a_passage_marks_the_words_and_leads_to_its_page(get: Get) -> None:
    page = get("/search?q=worker")
    place = _one(page, '//a[@class="place"]')
    assert _text(place) == "page 2 (printed 1)"
    assert place.get("href") == "/documents/fees/pages/2?q=worker"
    assert [_text(mark) for mark in page.xpath('//span[@class="quote"]/mark')] == ["worker"]


def test_a_page_whose_label_is_its_number_is_named_once(get: Get) -> None:
    assert _text(_one(get("/search?q=heavy"), '//a[@class="place"]')) == "page 1"


def test_what_a_listing_says_is_no_page_and_leads_to_the_document() -> None:
    client = create_app(SmallLibrary([listed_guide()])).test_client()
    page: Any = lxml.html.document_fromstring(client.get("/search?q=debt").text)
    place = _one(page, '//a[@class="place"]')
    assert (_text(place), place.get("href")) == ("From the listing", "/documents/guide?q=debt")
    assert "page" not in _text(_one(page, '//ul[@class="facts"]'))


def test_dots_that_lead_to_a_page_number_do_not_fill_a_passage() -> None:
    document, _ = fees_report()
    pages = (Page(1, "Debt bondage . . . . . . . . . 7 Fees ........... 8 etc... and so on"),)
    client = create_app(SmallLibrary([(document, pages)])).test_client()
    page: Any = lxml.html.document_fromstring(client.get("/search?q=bondage").text)
    assert _text(_one(page, '//span[@class="quote"]')) == "Debt bondage … 7 Fees … 8 etc... and so on"


def test_the_form_keeps_nothing_for_the_way_back(get: Get) -> None:
    assert _one(get("/search?q=worker"), '//form[@id="search"]').get("autocomplete") == "off"


def test_titles_and_passages_say_their_language_and_direction(get: Get) -> None:
    page = get("/search?q=worker")
    for element in (*page.xpath("//article//h3/a"), *page.xpath('//span[@class="quote"]')):
        assert (element.get("lang"), element.get("dir")) == ("en", "auto")


def test_headings_go_down_one_step_at_a_time(get: Get) -> None:
    for address in (
        "/",
        "/search?q=debt&region=asia",
        "/documents/fees?q=debt",
        "/documents/fees/pages/2?q=debt",
    ):
        levels = [int(heading.tag[1]) for heading in get(address).xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_count_is_announced(get: Get) -> None:
    page = get("/search?q=debt")
    assert _text(_one(page, '//div[@class="tools"]/p[1]')) == "1 to 2 of 2"
    # A script says it where a page changes in place; nothing is said twice when one is loaded.
    assert _text(_one(page, '//*[@role="status" and @id="told"]')) == ""
    told = _one(page, '//*[@id="found"]').get("data-told")
    assert told == "2 documents for “debt”. 1 to 2 of 2."


def test_filters_order_and_words_belong_to_one_form(get: Get) -> None:
    page = get("/search?q=debt&region=asia&type=publication&from=2010&to=2024&match=any&sort=title&size=25")
    assert {pair for pair in _submitted(page) if pair[1]} == {
        ("q", "debt"),
        ("region", "asia"),
        ("type", "publication"),
        ("from", "2010"),
        ("to", "2024"),
        ("match", "any"),
        ("sort", "title"),
        ("size", "25"),
    }


def test_submitting_the_form_as_it_stands_repeats_the_search(get: Get, library: SmallLibrary) -> None:
    page = get("/search?q=debt&region=asia&region=nepal&sort=oldest")
    asked = library.requests[-1]
    get("/search?" + "&".join(f"{name}={value or ''}" for name, value in _submitted(page)))
    assert library.requests[-1] == asked


def test_facets_count_and_nest(get: Get) -> None:
    page = get("/search")
    asia = _one(page, '//li[label/input[@name="region" and @value="asia"]]')
    assert _text(_one(asia, "label")) == "Asia (2)"
    assert [box.get("value") for box in asia.xpath("details//input")] == ["southern-asia", "nepal"]


def test_a_branch_is_open_where_something_in_it_is_chosen(get: Get) -> None:
    page = get("/search?region=nepal")
    open_branches = page.xpath('//details[contains(@class, "branch") and @open]')
    assert [_text(branch.find("summary")) for branch in open_branches] == [
        "Within Asia",
        "Within Southern Asia",
    ]


def test_a_chosen_value_without_documents_is_still_shown(get: Get) -> None:
    page = get("/search?q=debt&topic=organs")
    assert _text(_one(page, '//label[input[@value="organs"]]')) == "Organs (0)"


def _many_publishers(count: int) -> FlaskClient:
    document, pages = fees_report()
    copies = [(replace(document, id=f"d{n}", publisher=f"P{n:02}"), pages) for n in range(count)]
    return create_app(SmallLibrary(copies)).test_client()


def test_a_long_facet_shows_eight_values_and_leads_to_all() -> None:
    page: Any = lxml.html.document_fromstring(
        _many_publishers(12).get("/search?q=debt&type=publication").text
    )
    assert len(page.xpath('//input[@name="publisher"]')) == 8
    link = _one(page, '//details[@id="facet-publisher"]//p[@class="every"]/a')
    assert _text(link) == "Show all 12… Publisher"
    assert link.get("href") == "/facets/publisher?q=debt&type=publication"


@pytest.mark.parametrize("path", ["/search", "/facets/publisher"])
def test_other_words_may_be_corrected_again(get: Get, path: str) -> None:
    sent = dict(_submitted(get(f"{path}?q=debt&spell=no&expand=no")))
    assert sent["expand"] == "no"
    assert "spell" not in sent


def test_a_facet_that_is_shown_whole_leads_nowhere(get: Get) -> None:
    assert not get("/search").xpath('//p[@class="every"]')


def test_what_is_chosen_of_a_long_facet_is_shown_first() -> None:
    page: Any = lxml.html.document_fromstring(_many_publishers(12).get("/search?publisher=P11").text)
    boxes = page.xpath('//input[@name="publisher"]')
    assert [(box.get("value"), box.get("checked")) for box in boxes[:2]] == [
        ("P11", "checked"),
        ("P00", None),
    ]


def test_the_page_of_a_facet_has_every_value_and_sends_the_search_along() -> None:
    client = _many_publishers(12)
    address = "/facets/publisher?q=debt&publisher=P03&type=publication&from=2020&match=any&sort=title&size=25"
    page: Any = lxml.html.document_fromstring(client.get(address).text)
    assert len(page.xpath('//input[@name="publisher"]')) == 12
    assert {pair for pair in _submitted(page) if pair[1]} == {
        ("q", "debt"),
        ("publisher", "P03"),
        ("type", "publication"),
        ("from", "2020"),
        ("match", "any"),
        ("sort", "title"),
        ("size", "25"),
    }


def test_the_values_of_a_facet_can_be_put_in_the_order_of_their_names() -> None:
    document, pages = fees_report()
    names = ("Zeta", "Álamo", "Beta", "Beta")
    copies = [(replace(document, id=f"d{n}", publisher=name), pages) for n, name in enumerate(names)]
    client = create_app(SmallLibrary(copies)).test_client()

    def values(address: str) -> list[str]:
        page: Any = lxml.html.document_fromstring(client.get(address).text)
        return [box.get("value") for box in page.xpath('//input[@name="publisher"]')]

    assert values("/facets/publisher")[0] == "Beta"
    assert values("/facets/publisher?order=name") == ["Álamo", "Beta", "Zeta"]


@pytest.mark.parametrize("name", ["region", "year", "lang", "nothing"])
def test_only_facets_have_a_page_of_their_values(client: FlaskClient, name: str) -> None:
    assert client.get(f"/facets/{name}").status_code == (200 if name in ("region", "year") else 404)


def test_the_page_of_all_years_keeps_ranges_that_are_no_single_year(get: Get) -> None:
    page = get("/facets/year?q=debt&year=2019&year=2015..2017&region=asia")
    assert sorted(pair for pair in _submitted(page) if pair[0] in ("year", "region")) == [
        ("region", "asia"),
        ("year", "2015..2017"),
        ("year", "2019"),
    ]


def test_each_filter_has_a_chip_that_removes_it(get: Get) -> None:
    page = get("/search?q=debt&region=asia&type=publication&from=2010")
    chips = {_text(chip): chip.get("href") for chip in page.xpath('//a[@class="chip"]')}
    assert chips == {
        "Remove filter: Region: Asia ×": "/search?q=debt&type=publication&from=2010",
        "Remove filter: Type: Publications ×": "/search?q=debt&region=asia&from=2010",
        "Remove filter: Published: 2010 or later ×": "/search?q=debt&region=asia&type=publication",
    }
    assert _one(page, '//a[@class="clear"]').get("href") == "/search?q=debt"


def test_single_years_can_be_chosen_like_any_value(get: Get) -> None:
    page = get("/search?q=debt&year=2019&year=2015..2017")
    years = {box.get("value"): box.get("checked") for box in page.xpath('//input[@name="year"]')}
    assert years == {"2024": None, "2019": "checked", "2015..2017": None}
    assert sorted(value for name, value in _submitted(page) if name == "year") == ["2015..2017", "2019"]
    chips = [chip.get("href") for chip in page.xpath('//a[@class="chip"]')]
    assert chips == ["/search?q=debt&year=2019", "/search?q=debt&year=2015..2017"]


def test_undated_documents_are_a_choice_beside_the_years(get: Get, library: SmallLibrary) -> None:
    document, pages = library.entries["cocoa"]
    library.entries["cocoa"] = (replace(document, date=None), pages)
    assert _text(_one(get("/search?q=debt"), '//label[input[@value="unknown"]]')) == "Undated (1)"
    page = get("/search?q=debt&from=2024&year=unknown")
    assert _text(_one(page, '//h2[@class="total"]')) == "2 documents for “debt”"
    assert ("year", "unknown") in _submitted(page)
    chips = {_text(chip): chip.get("href") for chip in page.xpath('//a[@class="chip"]')}
    assert chips == {
        "Remove filter: Published: 2024 or later ×": "/search?q=debt&year=unknown",
        "Remove filter: Published: undated ×": "/search?q=debt&from=2024",
    }


def test_places_are_chosen_by_their_role_too(get: Get) -> None:
    page = get("/search?origin=asia&destination=africa")
    assert _text(_one(page, '//h2[@class="total"]')) == "0 documents"
    groups = [_text(heading) for heading in page.xpath("//aside//h3")]
    assert groups == [
        "Year of publication",
        "Country of origin 1 chosen",
        "Country of destination 1 chosen",
    ]
    page = get("/search?origin=asia")
    groups = [_text(heading) for heading in page.xpath("//aside//h3")]
    assert groups[1:3] == ["Region", "Country of origin 1 chosen"]
    assert [box.get("checked") for box in page.xpath('//input[@name="origin"]')] == ["checked", None, None]
    page = get("/search?origin=asia&destination=africa")
    chips = {_text(chip): chip.get("href") for chip in page.xpath('//a[@class="chip"]')}
    assert chips == {
        "Remove filter: Origin: Asia ×": "/search?destination=africa",
        "Remove filter: Destination: Africa ×": "/search?origin=asia",
    }


def test_topics_stand_in_their_part_of_the_thesaurus(get: Get) -> None:
    page = get("/search?form=debt-bondage")
    assert {(box.get("name"), box.get("value")) for box in page.xpath("//input[@type='checkbox']")} >= {
        ("form", "debt-bondage"),
        ("topic", "wages"),
    }
    assert not page.xpath('//input[@name="topic" and @value="debt-bondage"]')
    groups = [_text(heading) for heading in page.xpath("//aside//h3")]
    assert "Form of exploitation 1 chosen" in groups
    assert "Other topics" in groups
    assert _text(_one(page, '//a[@class="chip"]')) == "Remove filter: Form: Debt Bondage ×"
    tags = [tag.get("href") for tag in page.xpath('//ul[@class="tags"]//a')]
    assert tags == ["/search?region=nepal", "/search?form=debt-bondage", "/search?topic=wages"]


def test_without_parts_topics_are_one_list(library: SmallLibrary, get: Get) -> None:
    document, pages = library.entries["fees"]
    library.entries["fees"] = (replace(document, topics=document.topics[1:]), pages)
    assert "Topic" in [_text(heading) for heading in get("/search").xpath("//aside//h3")]


def test_a_topic_that_has_no_box_in_its_list_stays_chosen(get: Get) -> None:
    page = get("/search?topic=debt-bondage&sector=fishing")
    assert sorted(pair for pair in _submitted(page) if pair[1] and pair[0] in ("topic", "sector")) == [
        ("sector", "fishing"),
        ("topic", "debt-bondage"),
    ]
    assert [_text(chip) for chip in page.xpath('//a[@class="chip"]')] == [
        "Remove filter: Topic: Debt Bondage ×",
        "Remove filter: Sector: Fishing ×",
    ]


def test_the_page_says_how_the_query_was_read(get: Get, library: SmallLibrary) -> None:
    library.notices = ("the quotation mark had no partner",)
    page = get("/search?q=debt")
    assert "documents with all of: debt" in _text(_one(page, '//div[@class="reading"]'))
    assert "the quotation mark had no partner" in _text(_one(page, '//ul[@class="notices"]'))


def test_each_part_of_a_query_has_a_link_that_takes_it_away(get: Get) -> None:
    page = get("/search?q=debt+-sport&region=asia&page=1")
    links = page.xpath('//ul[@class="parts"]/li/a')
    assert [(link.get("aria-label"), link.get("href")) for link in links] == [
        ("Remove: “debt”", "/search?q=-sport&region=asia"),
        ("Remove: without “sport”", "/search?q=debt&region=asia"),
    ]
    assert [_text(item) for item in page.xpath('//ul[@class="parts"]/li')] == [
        "“debt” remove",
        "without “sport” remove",
    ]


def test_a_query_of_one_part_is_not_told_twice(get: Get) -> None:
    assert not get("/search?q=debt").xpath('//ul[@class="parts"]')


def test_the_reading_speaks_the_readers_language_in_its_own_direction(client: FlaskClient) -> None:
    def reading(address: str, accepted: str) -> HtmlElement:
        page = client.get(address, headers={"Accept-Language": accepted}).text
        return _one(lxml.html.document_fromstring(page), '//div[@class="reading"]/div')

    arabic = reading("/search?q=debt+-sport", "ar-EG,ar;q=0.9,en;q=0.5")
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert _text(arabic).startswith("هكذا فُهم بحثك:")
    assert "«\u2068debt\u2069»" in _text(_one(arabic, "ul/li[1]/bdi"))
    # The address keeps no language that it didn't have: it may be sent to somebody else.
    assert _one(arabic, "ul/li[1]/a").get("href") == "/search?q=-sport"
    spanish = reading("/search?q=debt+-sport&ui=es", "ar")
    assert spanish.get("lang") == "es"
    assert _one(spanish, "ul/li[1]/a").get("href") == "/search?q=-sport&ui=es"


def test_the_form_keeps_the_language_of_the_address(get: Get) -> None:
    assert ("ui", "fr") in _submitted(get("/search?q=debt&ui=fr"))
    assert not [pair for pair in _submitted(get("/search?q=debt")) if pair[0] == "ui"]


def test_an_unknown_parameter_is_left_out_and_named(get: Get) -> None:
    page = get("/search?q=debt&colour=red")
    assert "“colour”" in _text(_one(page, '//ul[@class="notices"]'))
    assert _one(page, '//link[@rel="canonical"]').get("href") == "/search?q=debt"


def test_without_words_the_newest_come_first_and_the_page_says_so(get: Get) -> None:
    page = get("/search")
    assert [_text(option) for option in page.xpath('//select[@name="sort"]/option')] == [
        "Newest first",
        "Oldest first",
        "Title",
    ]


def test_pages_are_numbered_with_gaps_around_the_present_one() -> None:
    page = _many_documents(95).get("/search?q=debt&page=5").text
    assert 'aria-current="page" href="/search?q=debt&amp;page=5"' in page
    numbers = [f'href="/search?q=debt&amp;page={n}"><span' in page for n in range(1, 11)]
    assert numbers == [False, False, True, True, True, True, True, False, False, True]
    assert 'href="/search?q=debt"><span' in page
    assert 'rel="prev" href="/search?q=debt&amp;page=4"' in page
    assert 'rel="next" href="/search?q=debt&amp;page=6"' in page


def test_one_page_of_results_needs_no_page_numbers(get: Get) -> None:
    assert not get("/search?q=debt").xpath('//nav[@aria-label="Results pages"]')


def test_a_page_past_the_end_leads_back() -> None:
    response = _many_documents(15).get("/search?q=debt&page=9")
    assert response.status_code == 200
    assert "The results end before page 9" in response.text


def test_page_links_stop_where_pages_cannot_be_asked_for() -> None:
    client = _many_documents(120)
    response = client.get("/search?page=10&size=100")
    assert "page=11" not in response.text


def test_an_empty_answer_offers_what_finds_something(get: Get) -> None:
    page = get("/search?q=debt+unicorn&region=africa")
    ways = {_text(way): _text(way.getnext()) for way in page.xpath('//ul[@class="ways"]//a')}
    assert ways == {
        "Find documents with any of the words": "→ 1 document",
        "Find documents with any of the words, without filters": "→ 2 documents",
        "Search without “unicorn”": "→ 1 document",
    }


def test_an_empty_answer_leads_to_the_topic_that_was_named_and_to_broader_ones(get: Get) -> None:
    page = get("/search?q=peonage&region=asia")
    ways = {_text(way): way.get("href") for way in page.xpath('//ul[@class="ways"]//a')}
    assert ways == {
        "Documents about Debt Bondage, in any words and language": "/search?region=asia&form=debt-bondage",
        "Documents about Wages, in any words and language": "/search?region=asia&topic=wages",
    }


def test_an_empty_answer_leads_to_help_for_people(get: Get) -> None:
    assert _one(get("/search?q=unicorn"), '//p[@class="support"]/a').get("href") == "/safety"


def test_a_result_leads_into_its_file_and_to_its_citation(get: Get) -> None:
    page = get("/search?q=worker")
    actions = {_text(link): link.get("href") for link in page.xpath('//ul[@class="actions"]//a')}
    assert actions == {
        "PDF at page 2: Who pays for the job?": "/documents/fees/file#page=2",
        "Cite: Who pays for the job?": "/documents/fees?q=worker#cite",
    }
    assert get("/documents/fees?q=worker").xpath('//*[@id="cite"]')


def test_an_empty_answer_offers_to_drop_the_filter_that_emptied_it(get: Get) -> None:
    page = get("/search?q=heavy&region=nepal&type=guidance")
    ways = {_text(way): way.get("href") for way in page.xpath('//ul[@class="ways"]//a')}
    assert ways == {
        "Remove all filters": "/search?q=heavy",
        "Remove Region: Nepal": "/search?q=heavy&type=guidance",
    }


def test_an_empty_answer_costs_few_searches(client: FlaskClient, library: SmallLibrary) -> None:
    filters = "".join(f"&topic=t{number}" for number in range(50))
    client.get(f"/search?q=unicorn{filters}")
    assert len(library.requests) <= 11


def test_operators_are_not_torn_apart_to_find_something(client: FlaskClient) -> None:
    assert "Search without" not in client.get('/search?q="debt+unicorn"').text
    assert "Search without" not in client.get("/search?q=unicorn+-debt").text


def test_the_words_are_not_in_the_title_that_a_browser_keeps(get: Get) -> None:
    assert "debt" not in _text(_one(get("/search?q=debt"), "/html/head/title"))


def test_every_link_of_the_page_is_canonical(get: Get) -> None:
    page = get("/search?to=2030&q=debt&match=all&region=nepal&region=africa&page=1&sort=relevance")
    for link in page.xpath('//main//a[starts-with(@href, "/search")]'):
        names = [name for name, _ in parse_qsl(urlsplit(link.get("href")).query)]
        assert names == sorted(names, key=PARAMETERS.index)


@pytest.mark.parametrize("address", ["/", "/search?q=debt", "/documents/fees", "/documents/fees/pages/1", "/help", "/safety", "/nowhere"])  # fmt: skip
def test_every_page_has_a_way_out_that_needs_no_script(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert page.count('href="https://www.wikipedia.org/" rel="nofollow noreferrer" data-exit') == 2
    assert page.index("data-exit") < page.index('class="brand"')
