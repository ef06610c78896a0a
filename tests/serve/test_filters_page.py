"""Filters on a page of results and on the pages of all values: boxes, their lists, chips."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from serve.small_library import SmallLibrary, fees_report
from serve.trees import one, submitted, text
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import Get


def test_facets_count_and_nest(get: Get) -> None:
    page = get("/search")
    asia = one(page, '//li[label/input[@name="region" and @value="asia"]]')
    assert text(one(asia, "label")) == "Asia (2)"
    assert [box.get("value") for box in asia.xpath("details//input")] == ["southern-asia", "nepal"]


def test_a_branch_is_open_where_something_in_it_is_chosen(get: Get) -> None:
    page = get("/search?region=nepal")
    open_branches = page.xpath('//details[contains(@class, "branch") and @open]')
    assert [text(branch.find("summary")) for branch in open_branches] == [
        "Within Asia",
        "Within Southern Asia",
    ]


def test_a_chosen_value_without_documents_is_still_shown(get: Get) -> None:
    page = get("/search?q=debt&topic=organs")
    assert text(one(page, '//label[input[@value="organs"]]')) == "Organs (0)"


def _many_publishers(count: int) -> FlaskClient:
    document, pages = fees_report()
    copies = [(replace(document, id=f"d{n}", publisher=f"P{n:02}"), pages) for n in range(count)]
    return create_app(SmallLibrary(copies)).test_client()


def test_a_long_facet_shows_eight_values_and_leads_to_all() -> None:
    page: Any = lxml.html.document_fromstring(
        _many_publishers(12).get("/search?q=debt&type=publication").text
    )
    assert len(page.xpath('//input[@name="publisher"]')) == 8
    link = one(page, '//details[@id="facet-publisher"]//p[@class="every"]/a')
    assert text(link) == "Show all 12… Publisher"
    assert link.get("href") == "/facets/publisher?q=debt&type=publication"


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
    assert {pair for pair in submitted(page) if pair[1]} == {
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
    assert sorted(pair for pair in submitted(page) if pair[0] in ("year", "region")) == [
        ("region", "asia"),
        ("year", "2015..2017"),
        ("year", "2019"),
    ]


def test_each_filter_has_a_chip_that_removes_it(get: Get) -> None:
    page = get("/search?q=debt&region=asia&type=publication&from=2010")
    chips = {text(chip): chip.get("href") for chip in page.xpath('//a[@class="chip"]')}
    assert chips == {
        "Remove filter: Region: Asia ×": "/search?q=debt&type=publication&from=2010",
        "Remove filter: Type: Publications ×": "/search?q=debt&region=asia&from=2010",
        "Remove filter: Published: 2010 or later ×": "/search?q=debt&region=asia&type=publication",
    }
    assert one(page, '//a[@class="clear"]').get("href") == "/search?q=debt"


def test_single_years_can_be_chosen_like_any_value(get: Get) -> None:
    page = get("/search?q=debt&year=2019&year=2015..2017")
    years = {box.get("value"): box.get("checked") for box in page.xpath('//input[@name="year"]')}
    assert years == {"2024": None, "2019": "checked", "2015..2017": None}
    assert sorted(value for name, value in submitted(page) if name == "year") == ["2015..2017", "2019"]
    chips = [chip.get("href") for chip in page.xpath('//a[@class="chip"]')]
    assert chips == ["/search?q=debt&year=2019", "/search?q=debt&year=2015..2017"]


def test_undated_documents_are_a_choice_beside_the_years(get: Get, library: SmallLibrary) -> None:
    document, pages = library.entries["cocoa"]
    library.entries["cocoa"] = (replace(document, date=None), pages)
    assert text(one(get("/search?q=debt"), '//label[input[@value="unknown"]]')) == "Undated (1)"
    page = get("/search?q=debt&from=2024&year=unknown")
    assert text(one(page, '//h2[@class="total"]')) == "2 documents for “debt”"
    assert ("year", "unknown") in submitted(page)
    chips = {text(chip): chip.get("href") for chip in page.xpath('//a[@class="chip"]')}
    assert chips == {
        "Remove filter: Published: 2024 or later ×": "/search?q=debt&year=unknown",
        "Remove filter: Published: undated ×": "/search?q=debt&from=2024",
    }


def test_places_are_chosen_by_their_role_too(get: Get) -> None:
    page = get("/search?origin=asia&destination=africa")
    assert text(one(page, '//h2[@class="total"]')) == "0 documents"
    groups = [text(heading) for heading in page.xpath("//aside//h3")]
    assert groups == [
        "Year of publication",
        "Country of origin 1 chosen",
        "Country of destination 1 chosen",
    ]
    page = get("/search?origin=asia")
    groups = [text(heading) for heading in page.xpath("//aside//h3")]
    assert groups[1:3] == ["Region", "Country of origin 1 chosen"]
    assert [box.get("checked") for box in page.xpath('//input[@name="origin"]')] == ["checked", None, None]
    page = get("/search?origin=asia&destination=africa")
    chips = {text(chip): chip.get("href") for chip in page.xpath('//a[@class="chip"]')}
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
    groups = [text(heading) for heading in page.xpath("//aside//h3")]
    assert "Form of exploitation 1 chosen" in groups
    assert "Other topics" in groups
    assert text(one(page, '//a[@class="chip"]')) == "Remove filter: Form: Debt Bondage ×"
    tags = [tag.get("href") for tag in page.xpath('//ul[@class="tags"]//a')]
    assert tags == ["/search?region=nepal", "/search?form=debt-bondage", "/search?topic=wages"]


def test_without_parts_topics_are_one_list(library: SmallLibrary, get: Get) -> None:
    document, pages = library.entries["fees"]
    library.entries["fees"] = (replace(document, topics=document.topics[1:]), pages)
    assert "Topic" in [text(heading) for heading in get("/search").xpath("//aside//h3")]


def test_a_topic_that_has_no_box_in_its_list_stays_chosen(get: Get) -> None:
    page = get("/search?topic=debt-bondage&sector=fishing")
    assert sorted(pair for pair in submitted(page) if pair[1] and pair[0] in ("topic", "sector")) == [
        ("sector", "fishing"),
        ("topic", "debt-bondage"),
    ]
    assert [text(chip) for chip in page.xpath('//a[@class="chip"]')] == [
        "Remove filter: Topic: Debt Bondage ×",
        "Remove filter: Sector: Fishing ×",
    ]
