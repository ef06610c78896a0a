"""The pages around the search: the library in numbers, the map, neutral titles, help."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest

from serve.small_library import Status
from tipsearch.config import WebSettings
from tipsearch.serve.app import create_app
from tipsearch.serve.presenters.map import world
from tipsearch.vocabulary.standard import regions

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import Get, SmallLibrary

ADDRESSES = ("/", "/search?q=debt", "/help", "/safety?country=ph", "/about", "/map?q=debt", "/documents/fees")


def words(tree: lxml.html.HtmlElement) -> str:
    return " ".join(tree.text_content().split())


# ---- about ----


def test_about_tells_how_much_there_is_and_since_when(get: Get) -> None:
    page = get("/about")
    sums = {one.findtext("dt"): words(one.find("dd")) for one in page.find_class("sums")[0].iter("div")}
    assert sums["Documents"] == "3"
    assert sums["Last change of the index"] == "2026-11-29"


def test_the_bars_of_about_lead_to_as_many_documents_as_they_say(get: Get) -> None:
    rows = get("/about").find_class("bars")[0].findall("li")
    assert rows
    for row in rows:
        link = row.find("a")
        assert link is not None
        found = get(link.attrib["href"]).find_class("total")[0]
        assert words(found).split()[0] == words(row.find_class("count")[0])


def test_about_says_what_cannot_be_searched_without_naming_files(
    library: SmallLibrary, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = Status(3, 5, {"ok": 5, "malformed": 2, "encrypted": 1})
    monkeypatch.setattr(library, "status", lambda: status)
    table = get("/about").find_class("figures")[-1]
    rows = [words(row) for row in table.iter("tr")][1:]
    assert rows == ["They are damaged.2", "They are locked with a password.1"]


@pytest.mark.parametrize(
    ("contact", "leads_to"),
    [
        ("library@example.org", "mailto:library@example.org"),
        ("https://example.org/contact", "https://example.org/contact"),
        ("mailto:library@example.org", "mailto:library@example.org"),
        ("mailto:library@example.org?bcc=x@example.org", None),
        ("javascript:alert(1)", None),
        ("Room 7, weekdays", None),
    ],
)
def test_about_names_who_runs_the_library(library: SmallLibrary, contact: str, leads_to: str | None) -> None:
    client = create_app(library, WebSettings(contact=contact)).test_client()
    page = lxml.html.document_fromstring(client.get("/about").text)
    assert contact.removeprefix("mailto:") in words(page)
    assert (leads_to in [link.get("href") for link in page.iter("a")]) == (leads_to is not None)
    assert not [link for link in page.iter("a") if link.get("href", "").startswith("javascript")]


# ---- map ----


def test_every_shape_and_spot_of_the_map_is_a_region_of_ours() -> None:
    drawn = world()
    known = regions()
    assert all(value in known for value in (*drawn.shapes, *drawn.spots))
    assert not drawn.shapes.keys() & drawn.spots.keys()
    assert {"nepal", "kosovo", "taiwan", "western-sahara", "state-of-palestine"} <= drawn.shapes.keys()
    assert {"singapore", "malta", "hong-kong", "maldives"} <= drawn.spots.keys()
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in drawn.spots.values())


def test_a_country_on_the_map_says_its_number_and_switches_its_filter(get: Get) -> None:
    page = get("/map?q=debt&sort=newest")
    nepal = [
        a for a in page.find_class("map")[0].iter("a") if (a.findtext("title") or "").startswith("Nepal")
    ]
    assert [a.findtext("title") for a in nepal] == ["Nepal: 1 document"]
    asked = parse_qs(urlsplit(nepal[0].attrib["href"]).query)
    assert asked == {"q": ["debt"], "region": ["nepal"], "sort": ["newest"]}


def test_a_chosen_country_stands_out_on_the_map_and_is_left_by_clicking(get: Get) -> None:
    page = get("/map?q=debt&region=nepal")
    on = page.find_class("map")[0].find_class("on")
    assert [a.findtext("title") for a in on] == ["Nepal: 1 document"]
    assert on[0].get("href") == "/search?q=debt"


def test_the_list_beside_the_map_has_the_same_numbers_for_everybody(get: Get) -> None:
    page = get("/map?q=debt")
    listed = {
        words(a): words(a.getparent().find_class("count")[0])
        for one in page.find_class("regions")
        for a in one.iter("a")
    }
    assert listed["Nepal"] == "(1)"
    drawn = page.find_class("map")[0]
    assert all(a.get("tabindex") == "-1" for a in drawn.iter("a"))
    assert drawn.find("svg").get("aria-hidden") == "true"


def test_the_map_of_nothing_is_still_a_page(get: Get) -> None:
    assert "No document found names a country or region." in words(get("/map?q=zzzz"))


def test_the_map_refuses_what_the_search_refuses(client: FlaskClient) -> None:
    assert client.get("/map?from=abc").status_code == 422
    assert client.get("/map?region=atlantis").status_code == 422


def test_what_was_searched_for_is_not_kept_by_search_engines(client: FlaskClient) -> None:
    assert client.get("/map?region=nepal").headers["X-Robots-Tag"] == "noindex, nofollow"


# ---- titles, frame ----


@pytest.mark.parametrize("address", [*ADDRESSES, "/nowhere"])
def test_neutral_titles_and_icons_tell_nothing(library: SmallLibrary, address: str) -> None:
    settings = WebSettings(name="Trafficking library", neutral_titles=True, neutral_name="Notes")
    head = lxml.html.document_fromstring(create_app(library, settings).test_client().get(address).text).find(
        "head"
    )
    assert head is not None
    assert head.findtext("title") == "Notes"
    assert "/plain.svg" in lxml.html.tostring(head, encoding="unicode")
    assert "/icon.svg" not in lxml.html.tostring(head, encoding="unicode")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_leads_to_safety_about_and_out(get: Get, address: str) -> None:
    page = get(address)
    targets = {link.get("href") for link in page.iter("a")}
    assert {"/safety", "/about", "/help", "https://www.wikipedia.org/"} <= targets
    assert not page.xpath("//@style")


@pytest.mark.parametrize("address", ["/about", "/safety", "/help", "/map?q=debt"])
def test_links_keep_the_language_that_the_address_names(get: Get, address: str) -> None:
    page = get(f"{address}{'&' if '?' in address else '?'}ui=fr")
    inside = [
        a.attrib["href"]
        for a in page.iter("a")
        if a.get("href", "").startswith("/") and not a.get("hreflang")
    ]
    assert inside
    assert all("ui=fr" in href for href in inside)


def test_a_percent_sign_in_an_error_is_shown_as_it_is(client: FlaskClient) -> None:
    page = client.get("/search/record?%25d%25s=1")
    assert page.status_code == 422
    assert "%d%s" in page.text
