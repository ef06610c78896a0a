from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from serve.small_library import SmallLibrary, listed_guide
from tipsearch.cite import FORMATS
from tipsearch.model import Basis, Evidence, Field, Origin
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from lxml.html import HtmlElement

    from serve.small_library import Get


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_record_is_shown_and_leads_to_its_like(get: Get) -> None:
    page = get("/documents/fees")
    rows = {_text(row.find("dt")): _text(row.find("dd")) for row in page.xpath('//dl[@class="record"]/div')}
    assert rows == {
        "Title": "found in the text Why? “Who pays” by how the page is set; page 1",
        "Authors": "Asha Rai, Example Institute",
        "Publisher": "Example Institute",
        "Date": "2024-03 given by the source",
        "Type": "Publications given by the source",
        "Language": "English set by a librarian",
        "Format": "PDF, 3 pages",
    }
    (publisher,) = page.xpath('//dd/a[contains(., "Example Institute")]')
    assert publisher.get("href") == "/search?publisher=Example+Institute"


def test_a_tag_says_who_gave_it_and_why(get: Get) -> None:
    page = get("/documents/fees")
    nepal, origin, debt, wages = page.xpath('//ul[@class="reasons"]/li')
    assert "found in the text" in _text(nepal)
    assert "“Nepal” in the text, 3 times; pages 1, 2" in _text(nepal)
    assert nepal.xpath(".//details//a/@href")[0] == "/documents/fees/pages/1?q=%22Nepal%22"
    assert "set by a librarian" in _text(debt)
    assert "Why?" not in _text(debt)
    assert _text(origin).startswith("Origin: Nepal found in the text Why? “leave Nepal” in the text, 2 times")
    headings = [_text(one) for one in page.xpath('//div[@class="sheet"]/h3')]
    assert headings == ["Regions", "Countries of origin, transit, destination", "Topics", "Cite"]
    links = [one.xpath("a/@href")[0] for one in (nepal, origin, debt, wages)]
    assert links == [
        "/search?region=nepal",
        "/search?origin=nepal",
        "/search?form=debt-bondage",
        "/search?topic=wages",
    ]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("metadata", "2024-03 from the file’s own data"),
        ("url", "2024-03 worked out by the program"),
        ("text", "2024-03 found in the text"),
    ],
)
def test_what_is_detected_elsewhere_than_in_the_text_says_so(
    get: Get, library: SmallLibrary, where: str, said: str
) -> None:
    document, pages = library.entries["fees"]
    ground = Basis(Field.DATE, Origin.DETECTED, 0.2, (Evidence(where, "2024"),))
    library.entries["fees"] = replace(document, basis=(ground,)), pages
    rows = [_text(row) for row in get("/documents/fees").xpath('//dl[@class="record"]/div/dd')]
    assert any(row.startswith(said) for row in rows)


def test_a_title_made_from_a_name_says_so(get: Get) -> None:
    rows = get("/documents/cocoa").xpath('//dl[@class="record"]/div')
    assert _text(rows[0]) == "Title made from the name of its file or from its address"


def test_the_outline_leads_to_its_pages(get: Get) -> None:
    entries = get("/documents/fees?q=debt").xpath('//ul[@class="outline"]/li')
    assert [(entry.get("class"), entry.find("a").get("href")) for entry in entries] == [
        ("level-0", "/documents/fees/pages/2?q=debt"),
        ("level-1", "/documents/fees/pages/3?q=debt"),
    ]


def test_every_page_is_linked_by_number_and_printed_label(get: Get) -> None:
    links = get("/documents/fees").xpath('//ol[@class="page-list"]//a')
    assert [(link.get("href"), link.get("title")) for link in links] == [
        ("/documents/fees/pages/1", "page 1 (printed i)"),
        ("/documents/fees/pages/2", "page 2 (printed 1)"),
        ("/documents/fees/pages/3", "page 3 (printed 2)"),
    ]


def test_with_a_query_every_page_that_answers_is_listed(get: Get) -> None:
    page = get("/documents/fees?q=debt")
    assert _text(page.xpath('//h2[@id="hits"]')[0]) == "2 pages with “debt”"
    assert page.xpath('//a[@class="place"]/@href') == [
        "/documents/fees/pages/1?q=debt",
        "/documents/fees/pages/2?q=debt",
    ]


def _passages(page: Any) -> list[list[str]]:
    return [
        one.xpath('.//a[@class="place"]/text()')
        for one in page.xpath('//section[@class="document-hits"]//ul[@class="passages"]')
    ]


def test_pages_with_all_of_the_words_come_before_those_with_some(get: Get) -> None:
    page = get("/documents/fees?q=debt+worker")
    assert _text(page.xpath('//h2[@id="hits"]')[0]) == "1 page with all of “debt worker”"
    assert _text(page.xpath('//h3[@id="partial-hits"]')[0]) == "1 page with some of it"
    assert _passages(page) == [["page 2 (printed 1)"], ["page 1 (printed i)"]]


def test_where_no_page_has_all_of_the_words_that_is_said(get: Get) -> None:
    page = get("/documents/fees?q=debt+insurance")
    assert (
        _text(page.xpath('//h2[@id="hits"]')[0])
        == "3 pages with some of “debt insurance”, none with all of it"
    )
    assert _passages(page) == [["page 1 (printed i)", "page 2 (printed 1)", "page 3 (printed 2)"]]


@pytest.mark.parametrize(
    ("number", "query", "note"),
    [
        (2, "debt+worker", "1 page has all of what you asked; this is number 1."),
        (1, "debt+worker", "This page has some of what you asked; 1 page has all of it."),
        (3, "debt+worker", "1 page has all of what you asked; this is not one of them."),
        (2, "debt+insurance", "3 pages have some of what you asked, none has all of it; this is number 2."),
        (
            3,
            "debt+unicorn",
            "2 pages have some of what you asked, none has all of it; this is not one of them.",
        ),
    ],
)
def test_a_page_says_whether_it_has_all_of_the_words(get: Get, number: int, query: str, note: str) -> None:
    page = get(f"/documents/fees/pages/{number}?q={query}")
    assert _text(page.xpath('//p[@class="where"]')[0]).partition(" of 3. ")[2] == note


def test_the_next_hit_is_the_next_page_with_all_of_the_words(get: Get) -> None:
    first = get("/documents/fees/pages/1?q=debt+worker").xpath('//nav[@class="turns"][1]//a')
    assert "Next hit, page 2 (printed 1)" in [_text(link) for link in first]
    second = get("/documents/fees/pages/2?q=debt+worker").xpath('//nav[@class="turns"][1]//a')
    assert not any("hit" in _text(link) for link in second)


def test_the_document_can_be_cited(get: Get, client: FlaskClient, library: SmallLibrary) -> None:
    page = get("/documents/fees")
    assert _text(page.xpath('//p[@class="reference"]')[0]) == (
        "Asha Rai & Example Institute (2024). Who pays for the job? Example Institute. https://example.org/fees"
    )
    for name, extension in (("ris", "ris"), ("bibtex", "bib"), ("csl-json", "json")):
        response = client.get(f"/documents/fees/cite.{extension}")
        assert response.text == FORMATS[name].write([library.document("fees")], library.labels)
        assert response.content_type == f"{FORMATS[name].media_type}; charset=utf-8"
        assert response.headers["Content-Disposition"] == f"attachment; filename=fees.{extension}"


def test_an_unknown_citation_format_is_not_found(client: FlaskClient) -> None:
    assert client.get("/documents/fees/cite.docx").status_code == 404


def test_the_source_and_the_file_are_linked(get: Get) -> None:
    assert get("/documents/fees").xpath('//ul[@class="doors"]//a/@href') == [
        "/documents/fees/file",
        "https://example.org/fees",
    ]


def test_a_file_that_is_gone_is_not_linked(get: Get, library: SmallLibrary) -> None:
    library.files.clear()
    assert "/documents/fees/file" not in get("/documents/fees").xpath("//a/@href")


def test_reference_managers_recognise_the_page(get: Get) -> None:
    page = get("/documents/fees")
    assert page.xpath('//meta[@name="citation_title"]/@content') == ["Who pays for the job?"]
    assert page.xpath('//meta[@name="citation_author"]/@content') == ["Asha Rai", "Example Institute"]


def test_the_text_of_a_page_is_shown_with_the_words_marked(get: Get) -> None:
    page = get("/documents/fees/pages/2?q=debt")
    (leaf,) = page.xpath('//article[@class="leaf"]')
    assert [_text(part) for part in leaf.xpath("p")] == [
        "A worker who pays for a job starts it in debt.",
        "The debt is due first.",
    ]
    assert [mark.text for mark in leaf.xpath(".//mark")] == ["debt", "debt"]
    assert leaf.get("lang") == "en"


def test_a_page_read_by_ocr_says_so_and_the_others_do_not(get: Get, library: SmallLibrary) -> None:
    document, pages = library.entries["fees"]
    library.entries["fees"] = (document, (replace(pages[0], ocr=True), *pages[1:]))
    assert "read by OCR" in get("/documents/fees/pages/1").text_content()
    assert "read by OCR" not in get("/documents/fees/pages/2").text_content()


def test_a_page_leads_to_its_neighbours_and_to_the_neighbouring_hits(get: Get) -> None:
    first = get("/documents/fees/pages/1?q=debt").xpath('//nav[@class="turns"][1]//a')
    assert [(_text(link), link.get("href")) for link in first] == [
        ("Next hit, page 2 (printed 1)", "/documents/fees/pages/2?q=debt"),
        ("page 2 (printed 1) ›", "/documents/fees/pages/2?q=debt"),
    ]
    last = get("/documents/fees/pages/3?q=debt").xpath('//nav[@class="turns"][1]//a')
    assert [_text(link) for link in last] == ["‹ page 2 (printed 1)", "Previous hit, page 2 (printed 1)"]


def test_a_page_says_where_it_stands_and_how_to_cite_it(get: Get) -> None:
    page = get("/documents/fees/pages/2?q=debt")
    assert _text(page.xpath('//p[@class="where"]')[0]) == (
        "Page 2 (printed 1) of 3. 2 pages answer your query; this is number 2."
    )
    assert "Who pays for the job? (p. 1)." in _text(page.xpath('//p[@class="reference"]')[0])


@pytest.mark.parametrize(
    "search",
    [
        "/search?q=recruitment&region=nepal&lang=en&from=2020&sort=newest&page=1&size=25&ui=es",
        "/search?sort=oldest&page=3&size=1",
    ],
)
def test_the_way_back_is_the_whole_search_from_page_to_page(get: Get, search: str) -> None:
    page = get(search)
    results = page.xpath('//link[@rel="canonical"]/@href')[0]
    to_document = page.xpath('//article[@class="result"]/h3/a/@href')[0]
    document = get(to_document)
    assert document.xpath('//p[@class="back"]/a/@href') == [results]
    first = get(document.xpath('//ol[@class="page-list"]//a/@href')[0])
    second = get(first.xpath('//a[@rel="next"]/@href')[0])
    assert second.xpath('//ul[@class="inline back"]/li/a/@href')[:2] == [results, to_document]


def test_a_document_opened_by_itself_leads_back_nowhere(get: Get) -> None:
    assert not get("/documents/fees?ui=es").find_class("back")
    assert get("/documents/fees?ui=es&region=nepal").find_class("back")


def test_a_page_leads_back_and_to_the_same_page_of_the_file(get: Get) -> None:
    links = get("/documents/fees/pages/2?q=debt").xpath('//header[@class="document-head"]//a/@href')
    assert links[:3] == ["/search?q=debt", "/documents/fees?q=debt", "/documents/fees/file#page=2"]


@pytest.mark.parametrize("address", ["/documents/fees/pages/0", "/documents/fees/pages/4", "/documents/none/pages/1", "/documents/none"])  # fmt: skip
def test_what_is_not_there_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_of_a_document_known_from_a_listing_there_is_the_summary_and_the_way_to_it() -> None:
    client = create_app(SmallLibrary([listed_guide()])).test_client()
    page: Any = lxml.html.document_fromstring(client.get("/documents/guide?q=debt").text)
    (notice,) = page.xpath('//p[@class="notices"]')
    assert notice.xpath("a/@href") == ["https://example.org/guide"]
    assert page.xpath('//p[@class="abstract"]')
    assert not page.xpath('//*[@id="hits" or @id="pages"]')
    assert "Form" not in _text(page)


@pytest.mark.parametrize(("language", "between"), [("en", ", "), ("ar", "، ")])
def test_authors_are_set_apart_as_the_readers_language_does(get: Get, language: str, between: str) -> None:
    named = f"Asha Rai{between}Example Institute"
    assert named in get(f"/documents/fees?ui={language}").text_content()
    assert named in get(f"/search?q=fees&ui={language}").text_content()
