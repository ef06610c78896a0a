"""A page of results: what it says of each document, its form, its numbers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import lxml.html
import pytest

from serve.small_library import SmallLibrary, fees_report, listed_guide
from serve.trees import one, submitted, text
from tipsearch.model import Page
from tipsearch.serve.app import create_app
from tipsearch.serve.params import PARAMETERS

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from lxml.html import HtmlElement

    from serve.small_library import Get


def _many_documents(count: int) -> FlaskClient:
    document, pages = fees_report()
    copies = [(replace(document, id=f"fees-{number}"), pages) for number in range(count)]
    return create_app(SmallLibrary(copies)).test_client()


def test_a_result_shows_what_the_document_is(get: Get) -> None:
    page = get("/search?q=bondage")
    assert text(one(page, '//h2[@class="total"]')) == "1 document for “bondage”"
    assert text(one(page, "//article//h3/a")) == "Who pays for the job?"
    facts = [text(fact) for fact in page.xpath('//ul[@class="facts"]/li')]
    assert facts == ["Example Institute", "2024", "Publications", "English", "PDF, 3 pages"]


def test_a_passage_marks_the_words_and_leads_to_its_page(get: Get) -> None:
    page = get("/search?q=worker")
    place = one(page, '//a[@class="place"]')
    assert text(place) == "page 2 (printed 1)"
    assert place.get("href") == "/documents/fees/pages/2?q=worker"
    assert [text(mark) for mark in page.xpath('//span[@class="quote"]/mark')] == ["worker"]


def test_a_page_whose_label_is_its_number_is_named_once(get: Get) -> None:
    assert text(one(get("/search?q=heavy"), '//a[@class="place"]')) == "page 1"


def test_what_a_listing_says_is_no_page_and_leads_to_the_document() -> None:
    client = create_app(SmallLibrary([listed_guide()])).test_client()
    page: Any = lxml.html.document_fromstring(client.get("/search?q=debt").text)
    place = one(page, '//a[@class="place"]')
    assert (text(place), place.get("href")) == ("From the listing", "/documents/guide?q=debt")
    assert "page" not in text(one(page, '//ul[@class="facts"]'))


def test_dots_that_lead_to_a_page_number_do_not_fill_a_passage() -> None:
    document, _ = fees_report()
    pages = (Page(1, "Debt bondage . . . . . . . . . 7 Fees ........... 8 etc... and so on"),)
    client = create_app(SmallLibrary([(document, pages)])).test_client()
    page: Any = lxml.html.document_fromstring(client.get("/search?q=bondage").text)
    assert text(one(page, '//span[@class="quote"]')) == "Debt bondage … 7 Fees … 8 etc... and so on"


def test_the_form_keeps_nothing_for_the_way_back(get: Get) -> None:
    assert one(get("/search?q=worker"), '//form[@id="search"]').get("autocomplete") == "off"


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
    assert text(one(page, '//div[@class="tools"]/p[1]')) == "1 to 2 of 2"
    # A script says it where a page changes in place; nothing is said twice when one is loaded.
    assert text(one(page, '//*[@role="status" and @id="told"]')) == ""
    told = one(page, '//*[@id="found"]').get("data-told")
    assert told == "2 documents for “debt”. 1 to 2 of 2."


def test_filters_order_and_words_belong_to_one_form(get: Get) -> None:
    page = get("/search?q=debt&region=asia&type=publication&from=2010&to=2024&match=any&sort=title&size=25")
    assert {pair for pair in submitted(page) if pair[1]} == {
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
    get("/search?" + "&".join(f"{name}={value or ''}" for name, value in submitted(page)))
    assert library.requests[-1] == asked


@pytest.mark.parametrize("path", ["/search", "/facets/publisher"])
def test_other_words_may_be_corrected_again(get: Get, path: str) -> None:
    sent = dict(submitted(get(f"{path}?q=debt&spell=no&expand=no")))
    assert sent["expand"] == "no"
    assert "spell" not in sent


def test_the_page_says_how_the_query_was_read(get: Get, library: SmallLibrary) -> None:
    library.notices = ("the quotation mark had no partner",)
    page = get("/search?q=debt")
    assert "documents with all of: debt" in text(one(page, '//div[@class="reading"]'))
    assert "the quotation mark had no partner" in text(one(page, '//ul[@class="notices"]'))


def test_each_part_of_a_query_has_a_link_that_takes_it_away(get: Get) -> None:
    page = get("/search?q=debt+-sport&region=asia&page=1")
    links = page.xpath('//ul[@class="parts"]/li/a')
    assert [(link.get("aria-label"), link.get("href")) for link in links] == [
        ("Remove: “debt”", "/search?q=-sport&region=asia"),
        ("Remove: without “sport”", "/search?q=debt&region=asia"),
    ]
    assert [text(item) for item in page.xpath('//ul[@class="parts"]/li')] == [
        "“debt” remove",
        "without “sport” remove",
    ]


def test_a_query_of_one_part_is_not_told_twice(get: Get) -> None:
    assert not get("/search?q=debt").xpath('//ul[@class="parts"]')


def test_the_reading_speaks_the_readers_language_in_its_own_direction(client: FlaskClient) -> None:
    def reading(address: str, accepted: str) -> HtmlElement:
        page = client.get(address, headers={"Accept-Language": accepted}).text
        return one(lxml.html.document_fromstring(page), '//div[@class="reading"]/div')

    arabic = reading("/search?q=debt+-sport", "ar-EG,ar;q=0.9,en;q=0.5")
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert text(arabic).startswith("هكذا فُهم بحثك:")
    assert "«\u2068debt\u2069»" in text(one(arabic, "ul/li[1]/bdi"))
    # The address keeps no language that it didn't have: it may be sent to somebody else.
    assert one(arabic, "ul/li[1]/a").get("href") == "/search?q=-sport"
    spanish = reading("/search?q=debt+-sport&ui=es", "ar")
    assert spanish.get("lang") == "es"
    assert one(spanish, "ul/li[1]/a").get("href") == "/search?q=-sport&ui=es"


def test_the_form_keeps_the_language_of_the_address(get: Get) -> None:
    assert ("ui", "fr") in submitted(get("/search?q=debt&ui=fr"))
    assert not [pair for pair in submitted(get("/search?q=debt")) if pair[0] == "ui"]


def test_an_unknown_parameter_is_left_out_and_named(get: Get) -> None:
    page = get("/search?q=debt&colour=red")
    assert "“colour”" in text(one(page, '//ul[@class="notices"]'))
    assert one(page, '//link[@rel="canonical"]').get("href") == "/search?q=debt"


def test_without_words_the_newest_come_first_and_the_page_says_so(get: Get) -> None:
    page = get("/search")
    assert [text(option) for option in page.xpath('//select[@name="sort"]/option')] == [
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


def test_a_result_leads_into_its_file_and_to_its_citation(get: Get) -> None:
    page = get("/search?q=worker")
    actions = {text(link): link.get("href") for link in page.xpath('//ul[@class="actions"]//a')}
    assert actions == {
        "PDF at page 2: Who pays for the job?": "/documents/fees/file#page=2",
        "Cite: Who pays for the job?": "/documents/fees?q=worker#cite",
    }
    assert get("/documents/fees?q=worker").xpath('//*[@id="cite"]')


def test_the_words_are_not_in_the_title_that_a_browser_keeps(get: Get) -> None:
    assert "debt" not in text(one(get("/search?q=debt"), "/html/head/title"))


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
