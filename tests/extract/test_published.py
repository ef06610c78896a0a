"""Which date is taken for that of publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.extract.pdf.meta import Declared, parse_info_date
from tipsearch.extract.pdf.published import find_dates, imprint_pages
from tipsearch.model import Evidence, Fact, Field, Origin, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

BODY = "Recruitment fees bind workers to their employers. " * 30
RIGHTS = "All rights reserved."


def title(value: str, where: str = "metadata") -> Fact:
    return Fact(Field.TITLE, value, Origin.SOURCE, 0.9, (Evidence(where, value),))


def dated(pages: Sequence[str], *, created: str = "", of: Fact | None = None, stated: str = "") -> list[Fact]:
    own = [Page(number, text) for number, text in enumerate(pages, 1)]
    said = Declared(published=stated, created=parse_info_date(created), created_quote=created)
    return list(find_dates(said, of, own[0], imprint_pages(own)))


def best(facts: Sequence[Fact]) -> str | None:
    ranked = sorted(facts, key=lambda fact: (fact.origin is Origin.SOURCE, fact.weight))
    return ranked[-1].value if ranked else None


def date(text: str = "", *, created: str = "", of: Fact | None = None, stated: str = "") -> str | None:
    return best(dated([f"{text}\n{BODY}"], created=created, of=of, stated=stated))


def imprint(text: str, created: str = "D:20220909") -> str | None:
    """The date of a document whose second page bears that imprint."""
    return best(dated([BODY, f"{text}\n{RIGHTS}"], created=created))


def test_creation_date_is_the_last_resort() -> None:
    assert date(created="D:20220909") == "2022-09"
    (fact,) = dated([BODY], created="D:20220909")
    assert (fact.origin, fact.weight < 0.5, fact.evidence[0].where) == (Origin.DETECTED, True, "metadata")


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2021 Findings on the Worst Forms of Labour", "2021"),
        ("Trends 2015-2018", "2018"),
        ("Trends 2015–18", "2018"),
        ("Implementing the Modern Slavery Act 2015", None),
        ("The Convention of 1930 revisited", None),
        ("La loi française du 27 mars 2017", None),
        ("Agenda 2999", None),
    ],
)
def test_year_of_a_title_is_strong_unless_it_is_a_laws_or_to_come(name: str, year: str | None) -> None:
    assert date(of=title(name)) == year
    assert date(of=title(name), created="D:20220909") == (year or "2022-09")


def test_date_alone_in_a_line_of_the_first_page_is_strongest() -> None:
    assert date("12 July 2019", of=title("Trends 2018"), created="D:20220909") == "2019-07-12"


@pytest.mark.parametrize(
    "line",
    [
        "Downloaded 12 May 2023",
        "Printed 12 May 2023",
        "14:33 12 May 2023",
        "In June 2019 the law changed",
        "2019",
        "May 2999",
        "03/04/1899",
    ],
)
def test_other_dates_on_a_full_page_do_not_count(line: str) -> None:
    assert date(line, created="D:20200101") == "2020-01"


def test_year_alone_on_a_cover_counts() -> None:
    assert best(dated(["Hidden chains\n2019"])) == "2019"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("First published in 2019", "2019"),
        ("Published in Great Britain in September 2021 by the Institute", "2021-09"),
        ("First published 2010\nSecond edition published 2015", "2015"),
        ("Publication date: 28/04/2020", "2020-04-28"),
        ("Publié en mars 2018", "2018-03"),
        ("出版日期：2017年3月", "2017-03"),
        ("Geneva, September 2021", "2021-09"),
        ("© Institute of Work 2017", "2017"),
        ("Copyright © 2014–2016 Institute of Work", "2016"),
        ("Cover photo © Agency 2009\n© Institute of Work 2017", "2017"),
        ("© UN0123/2009/Smith\n© Institute of Work 2017", "2017"),
    ],
)
def test_imprint_beats_the_creation_date(text: str, expected: str) -> None:
    assert imprint(text) == expected


def test_imprint_may_stand_on_the_last_page() -> None:
    pages = [BODY] * 8 + [f"© Institute of Work 2017\n{RIGHTS}"]
    assert best(dated(pages, created="D:20220909")) == "2017"


@pytest.mark.parametrize(
    "text",
    [
        "Published data of 2011 show the contrary.",
        "A study published in 2012 found more.",
        "Published in 2999",
    ],
)
def test_body_text_is_no_imprint(text: str) -> None:
    assert best(dated([BODY, text + BODY], created="D:20220909")) == "2022-09"


def test_year_of_a_series_head_yields_to_a_creation_date_that_fits_it() -> None:
    head = title("2018 Findings: Ruritania", where="running head")
    assert date(of=head, created="D:20190912") == "2019-09"
    assert date(of=head, created="D:20240912") == "2018"


def test_date_that_the_metadata_state_beats_the_creation_date_only() -> None:
    assert date(stated="2019-05-02", created="D:20220909") == "2019-05-02"
    assert date("12 July 2018", stated="2019-05-02") == "2018-07-12"
