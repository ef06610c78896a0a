"""However much an address asks for, what answers it stays small."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tipsearch.serve.declared import MOST_TEXT, MOST_VALUES
from tipsearch.serve.params import read

if TYPE_CHECKING:
    from flask.testing import FlaskClient

_LARGEST = 1_000_000
_PUBLISHERS = urlencode([("publisher", f"Publisher {number} of many") for number in range(400)])
_YEARS = urlencode([("year", f"{1000 + number}..{1001 + number}") for number in range(900)])
_LONG = urlencode([("publisher", f"{number} " + "of a long name" * 200) for number in range(20)])
_WORDS = "q=" + "bondage+" * 3_000


@pytest.mark.parametrize("asked", [_PUBLISHERS, _YEARS, _LONG, _WORDS, f"{_WORDS}&{_PUBLISHERS}&{_YEARS}"])
@pytest.mark.parametrize("path", ["/search", "/facets/publisher", "/map"])
def test_no_address_makes_a_large_page(client: FlaskClient, path: str, asked: str) -> None:
    answer = client.get(f"{path}?{asked}")
    assert answer.status_code == 200
    assert len(answer.data) < _LARGEST


@pytest.mark.parametrize("path", ["/documents/fees", "/documents/fees/pages/1"])
def test_no_words_make_a_large_page_of_a_document(client: FlaskClient, path: str) -> None:
    assert len(client.get(f"{path}?{_WORDS}").data) < _LARGEST


@pytest.mark.parametrize("path", ["/", "/search", "/api/v1/search"])
def test_parameters_that_there_are_not_make_no_large_answer(client: FlaskClient, path: str) -> None:
    asked = "&".join(f"x{number}=" for number in range(8_000))
    assert len(client.get(f"{path}?{asked}").data) < _LARGEST


def test_what_was_left_out_is_said_on_the_page(client: FlaskClient) -> None:
    page = client.get(f"/search?{_WORDS}&{_PUBLISHERS}&{_YEARS}").text
    assert page.count("only its first 1,000 characters count") == 1
    assert page.count("Too many filters are chosen; only the first 50 count.") == 1


@pytest.mark.parametrize("asked", [_PUBLISHERS, _YEARS, _LONG, _WORDS])
@pytest.mark.parametrize("path", ["/api/v1/search", "/export.csv", "/feed.atom", "/search/record"])
def test_where_a_program_reads_too_much_is_an_error(client: FlaskClient, path: str, asked: str) -> None:
    answer = client.get(f"{path}?{asked}")
    assert answer.status_code == 422
    said = ("at most", "only its first 1,000 characters count", "only the first 50 count")
    assert any(one in answer.text for one in said)


def test_as_much_as_there_may_be_is_taken_whole() -> None:
    most = [("publisher", f"P{number:02}") for number in range(MOST_VALUES - 1)]
    reading = read([("q", "x" * MOST_TEXT), *most, *most, ("year", "2020"), ("from", "2000")])
    assert reading.wrong == ()
    assert len(reading.request.publishers) == MOST_VALUES - 1
    assert len(reading.request.years) == 1
    assert read([*most, ("year", "2020"), ("year", "2021")]).request.years == reading.request.years
