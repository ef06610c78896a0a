"""The law of facets as a reader meets it: the number beside a box is what ticking it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import lxml.html
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tipsearch import Library

Pairs = tuple[tuple[str, str], ...]

_NAMES = (
    *("region", "origin", "transit", "destination", "topic", "form", "context", "response", "sector"),
    *("type", "lang", "publisher", "year"),
)
#: What may be ticked in other facets already.
_TICKED = (
    ("region", "asia"),
    ("region", "europe"),
    ("lang", "en"),
    ("type", "publication"),
    ("year", "unknown"),
    ("sector", "fishing"),
)


@pytest.fixture(scope="module")
def shelf(sample: Library) -> FlaskClient:
    """The pages of the sample library."""
    return create_app(sample).test_client()


def _page(client: FlaskClient, pairs: Pairs) -> lxml.html.HtmlElement:
    response = client.get(f"/search?{urlencode(pairs)}")
    assert response.status_code == 200, response.text
    return lxml.html.document_fromstring(response.text)


def _total(client: FlaskClient, pairs: Pairs) -> int:
    """As the API counts, which has no boxes."""
    found = client.get(f"/api/v1/search?{urlencode(pairs)}").get_json()
    return int(found["total"])


def _boxes(page: lxml.html.HtmlElement) -> dict[tuple[str, str], int]:
    """Parameter and value of each box, and the number that stands beside it."""
    found = {}
    for box in page.xpath("//input[@type='checkbox'][@form='search']"):
        if box.get("name") not in _NAMES:
            continue
        (label,) = box.xpath("ancestor::label")
        number = "".join(label.text_content().split("(")[-1]).rstrip(") \n")
        found[box.get("name"), box.get("value")] = int(number.replace(",", ""))
    return found


@settings(max_examples=examples(25))
@given(
    words=st.sampled_from(["", "labour", "debt children", "الاتجار"]),
    ticked=st.lists(st.sampled_from(_TICKED), max_size=2, unique=True),
    data=st.data(),
)
def test_ticking_a_box_brings_the_number_beside_it(
    shelf: FlaskClient, words: str, ticked: list[tuple[str, str]], data: st.DataObject
) -> None:
    asked: Pairs = (*((("q", words),) if words else ()), *ticked)
    boxes = _boxes(_page(shelf, asked))
    assert set(ticked) <= boxes.keys()
    name, value = data.draw(st.sampled_from(sorted(boxes)))
    others = tuple(pair for pair in asked if pair[0] != name)
    alone = (*others, (name, value))
    assert _total(shelf, alone) == boxes[name, value]
    # Beside others of its facet it is one alternative more.
    chosen = tuple(pair for pair in asked if pair[0] == name and pair[1] != value)
    if chosen:
        both = _total(shelf, (*alone, *chosen))
        parts = [_total(shelf, (*others, pair)) for pair in (*chosen, (name, value))]
        assert max(parts) <= both <= sum(parts)


@settings(max_examples=examples(25))
@given(
    words=st.sampled_from(["", "labour", "debt children", "الاتجار"]),
    ticked=st.lists(st.sampled_from([("lang", "en"), ("sector", "fishing")]), max_size=2, unique=True),
    chart=st.sampled_from(["/map", "/search"]),
    data=st.data(),
)
def test_a_country_of_the_map_and_a_bar_of_the_years_bring_the_number_they_tell(
    shelf: FlaskClient, words: str, ticked: list[tuple[str, str]], chart: str, data: st.DataObject
) -> None:
    asked = urlencode([*((("q", words),) if words else ()), *ticked])
    page = lxml.html.document_fromstring(shelf.get(f"{chart}?{asked}").text)
    links: Any = page.xpath("//svg//a")
    told: dict[str, str] = {link.get("href"): link.xpath("string(*[local-name()='title'])") for link in links}
    assume(told)  # few documents of one year have no chart
    address = data.draw(st.sampled_from(sorted(told)))
    number = told[address].rpartition(": ")[2].split()[0].replace(",", "")
    assert shelf.get(address.replace("/search", "/api/v1/search")).get_json()["total"] == int(number)


def test_every_facet_has_boxes(shelf: FlaskClient) -> None:
    names = {name for name, _ in _boxes(_page(shelf, ()))}
    assert {"region", "type", "lang", "year", "publisher"} <= names
