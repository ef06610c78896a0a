"""The bars of the years: none is left out, each leads to its own years, and what is chosen stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import lxml.html
import pytest

from tipsearch.engines.base import YearRange
from tipsearch.search.request import SearchRequest
from tipsearch.search.shapes import FacetValue
from tipsearch.serve.links import PathLinks
from tipsearch.serve.presenters.charts import NARROW, YearChart, year_chart

if TYPE_CHECKING:
    from flask import Flask

LINKS = PathLinks()


def values(counts: dict[str, int]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(year, year, count, selected=False, children=()) for year, count in counts.items())


def chart(counts: dict[str, int], request: SearchRequest | None = None) -> YearChart:
    made = year_chart(values(counts), request or SearchRequest(), LINKS)
    assert made is not None
    return made


def asked(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query)


def test_every_year_between_the_first_and_the_last_has_its_place() -> None:
    made = chart({"2021": 4, "2018": 2})
    assert [(bar.label, bar.count) for bar in made.bars] == [
        ("2018", 2),
        ("2019", 0),
        ("2020", 0),
        ("2021", 4),
    ]
    places = [bar.left for bar in made.bars]
    assert places == pytest.approx([0, 68, 136, 204])
    assert made.bars[3].tall == 2 * made.bars[0].tall


def test_a_bar_leads_to_the_same_search_in_its_year() -> None:
    asking = SearchRequest("debt", types=("report",), page=3, years=(YearRange(2018, 2018),))
    made = chart({"2021": 4, "2018": 2}, asking)
    assert asked(made.bars[3].url) == [("q", "debt"), ("type", "report"), ("year", "2021")]


def test_the_bar_that_is_chosen_leads_back_to_all_years() -> None:
    made = chart({"2021": 4, "2018": 2}, SearchRequest("debt", years=(YearRange(2018, 2018),)))
    assert made.bars[0].selected
    assert not made.bars[3].selected
    assert asked(made.bars[0].url) == [("q", "debt")]


def test_a_range_of_years_is_highlighted() -> None:
    made = chart(dict.fromkeys(map(str, range(2010, 2020)), 1), SearchRequest(year_from=2013, year_to=2015))
    assert made.narrowed
    assert [bar.label for bar in made.bars if bar.selected] == ["2013", "2014", "2015"]


def test_many_years_share_bars_and_the_chart_says_so() -> None:
    made = chart({"1953": 1, "1957": 2, "2024": 5})
    assert made.step == 5
    assert made.note == "Each bar stands for 5 years."
    assert [(made.bars[0].label, made.bars[0].count), (made.bars[1].label, made.bars[1].count)] == [
        ("1950–1954", 1),
        ("1955–1959", 2),
    ]
    assert asked(made.bars[0].url) == [("year", "1950..1954")]


@pytest.mark.parametrize("first", [1, 1066, 1500, 1865, 1990, 2020])
def test_the_bars_always_fit(first: int) -> None:
    made = chart({str(first): 1, "2024": 1200})
    assert 2 <= len(made.bars) <= NARROW.bars
    assert sum(bar.count for bar in made.bars) == 1201
    assert all(bar.x >= 0 and bar.x + bar.width <= NARROW.width for bar in made.bars)
    assert all(bar.tall > 0 for bar in made.bars if bar.count)
    assert 2 <= len(made.ticks) <= 6


def test_documents_without_a_year_are_told_beside_it() -> None:
    made = chart({"2021": 4, "2018": 2, "unknown": 1234})
    assert made.undated_told == "No date (1,234)"
    assert asked(made.undated_url) == [("year", "unknown")]
    assert sum(bar.count for bar in made.bars) == 6


def test_one_year_alone_makes_no_chart() -> None:
    assert year_chart(values({"2021": 4, "unknown": 3}), SearchRequest(), LINKS) is None


def test_every_bar_can_be_clicked_from_top_to_bottom_and_says_what_it_is(app: Flask) -> None:
    with app.test_request_context():
        template = app.jinja_env.get_template("charts.html")
        drawn = lxml.html.fromstring(template.module.year_chart(chart({"2021": 4, "2018": 1})))  # type: ignore[attr-defined]  # the macro
    bars = list(drawn.iter("a"))
    assert [bar.findtext("title") for bar in bars] == ["2018: 1 document", "2021: 4 documents"]
    assert [one.get("height") for one in drawn.iter("rect") if one.get("class") == "hit"] == [
        str(NARROW.height)
    ] * 2
    assert not drawn.xpath("//@style")
