"""Every example of ``docs/query.md`` does what is said of it, in the sample library."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tipsearch import SearchRequest
from tipsearch.query import parse
from tipsearch.query.slop import MAX_SLOP

if TYPE_CHECKING:
    from tipsearch import Library

PAGE = (Path(__file__).parents[2] / "docs" / "query.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)
#: What each is a part of: a search that finds no less.
WIDER = {
    "forced labour": "forced",
    '"debt bondage"': '"debt bondage"~3',
    '"recruitment debt"~10': "recruitment debt",
    "kafala AND fees": "kafala",
    "trafficking -smuggling": "trafficking",
    "trafficking NOT smuggling": "trafficking",
    "(kafala OR visa) kuwait": "kafala OR visa",
    "title:handbook": "handbook",
    "title:(fishing OR seafood)": "fishing OR seafood",
    "year:2015..2020": "year:..2020",
    "year:>=2018": "year:>=2015",
    "debt fishing page:1..20": "debt fishing",
    "debt page:3": "debt page:1..3",
    "kafala page:>=2": "kafala",
    "page:(debt wages)": "debt wages",
    'page:"debt bondage"': '"debt bondage"',
}
#: What each finds more of: a search that finds no more.
NARROWER = {
    "fishing OR seafood": "seafood",
    "traffick*": "traffickers",
    "wom?n": "woman",
    "recruter~": '"recruiter"',
    "region:africa region:asia": "region:asia",
}


def total(library: Library, text: str) -> int:
    answer = library.search(SearchRequest(text, expand=False))
    assert not answer.query.notices
    return answer.total


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 25
    assert WIDER.keys() | NARROWER.keys() <= set(EXAMPLES)


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_finds_some_documents_and_not_all(sample: Library, text: str) -> None:
    # The sample library has no such publisher, author and dates.
    if text in {"publisher:ILO", "author:bales", "year:2015..2020"}:
        assert total(sample, text) < sample.status().documents
    else:
        assert 0 < total(sample, text) < sample.status().documents


@pytest.mark.parametrize(("text", "wider"), WIDER.items())
def test_an_example_narrows(sample: Library, text: str, wider: str) -> None:
    assert total(sample, text) <= total(sample, wider)


@pytest.mark.parametrize(("text", "narrower"), NARROWER.items())
def test_an_example_widens(sample: Library, text: str, narrower: str) -> None:
    assert total(sample, text) >= total(sample, narrower)


def test_excluding_and_its_opposite_are_all_there_is(sample: Library) -> None:
    both = total(sample, "trafficking smuggling")
    assert both + total(sample, "trafficking -smuggling") == total(sample, "trafficking")


def test_what_the_page_calls_text_is_text() -> None:
    assert parse("title: a colon").filters == ()
    assert not [remark for remark in parse("title: a colon").remarks if remark.key != "stop_words"]


def test_the_page_names_the_greatest_slop() -> None:
    assert f'"recruitment debt"~{MAX_SLOP}' in EXAMPLES
