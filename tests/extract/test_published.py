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
    return list(find_dates(said, of, own, imprint_pages(own)))


def best(facts: Sequence[Fact]) -> str | None:
    ranked = sorted(facts, key=lambda fact: (fact.origin is Origin.SOURCE, fact.weight))
    return ranked[-1].value if ranked else None


def date(text: str = "", *, created: str = "", of: Fact | None = None, stated: str = "") -> str | None:
    return best(dated([f"{text}\n{BODY}{known(created)}"], created=created, of=of, stated=stated))


def known(created: str) -> str:
    """Words of a text that knows the year in which its file was made."""
    return f"In {created[2:6]} it was still so." if created else ""


def imprint(text: str, created: str = "D:20220909") -> str | None:
    """The date of a document whose second page bears that imprint."""
    return best(dated([BODY + known(created), f"{text}\n{RIGHTS}"], created=created))


def test_creation_date_is_the_last_resort() -> None:
    assert date(created="D:20220909") == "2022-09"
    (fact,) = dated([BODY + known("D:20220909")], created="D:20220909")
    assert (fact.origin, fact.weight) == (Origin.DETECTED, 0.3)
    assert fact.evidence == (Evidence("metadata", "D:20220909"),)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2021 Findings on the Worst Forms of Labour", "2021"),
        ("Trends 2015-2018", "2018"),
        ("Trends 2015–18", "2018"),
        ("Strategic Plan 2018-2022", "2018"),
        ("Plan nacional contra la trata 2019-2021", "2019"),
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
        "Updated 12 May 2023",
        "Mis à jour 12 mai 2023",
        "http://www.example.org/a.htm 5/28/2023",
        "http://www.example.org/a.htm\n5/28/2023",
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


def test_what_is_stated_beside_the_day_of_a_visit_counts_without_it() -> None:
    assert imprint("Published online 3 May 2018, accessed 12 June 2021") == "2018-05-03"
    assert imprint("Published online, last updated 12 June 2021") == "2022-09"


def test_a_copyright_that_is_renewed_each_year_is_a_weak_word() -> None:
    facts = dated([BODY, f"© 1995–2024 Institute of Work\n{RIGHTS}"])
    assert [(fact.value, fact.origin, fact.weight) for fact in facts] == [("2024", Origin.DETECTED, 0.3)]


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
    assert best(dated([BODY, text + BODY + known("D:20220909")], created="D:20220909")) == "2022-09"


def test_year_of_a_series_head_yields_to_a_creation_date_that_fits_it() -> None:
    head = title("2018 Findings: Ruritania", where="running head")
    assert date(of=head, created="D:20190912") == "2019-09"
    assert date(of=head, created="D:20240912") == "2018"


@pytest.mark.parametrize("words", ["In 2007 it was so.", "From 2019–2022 and until 2022000 it was so."])
def test_a_file_much_younger_than_the_years_of_its_text_tells_no_date(words: str) -> None:
    assert dated([BODY + words], created="D:20220909") == []


def test_a_file_whose_text_names_no_year_tells_a_doubtful_date() -> None:
    assert [(fact.value, fact.weight) for fact in dated([BODY], created="D:20220909")] == [("2022-09", 0.2)]


def test_the_age_of_a_scan_is_no_date() -> None:
    page = Page(1, BODY + known("D:20220909"), ocr=True)
    said = Declared(created="2022-09-09", created_quote="CreationDate: D:20220909")
    assert list(find_dates(said, None, [page], ())) == []


def test_a_title_s_years_long_before_those_of_the_text_are_history() -> None:
    mines = title("The mines of Ruritania 1930–1953")
    text = "Sources of 2014 and 2015 were read, and of 2014 again. "
    assert best(dated([BODY + text], created="D:20150909", of=mines)) == "2015-09"
    assert best(dated([BODY], created="D:20150909", of=mines)) == "1953"
    assert best(dated([BODY + text], created="D:20150909", of=title("Survey 2011"))) == "2011"


def test_date_that_the_metadata_state_beats_the_creation_date_only() -> None:
    assert date(stated="2019-05-02", created="D:20220909") == "2019-05-02"
    assert date("12 July 2018", stated="2019-05-02") == "2018-07-12"
