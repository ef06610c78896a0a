from __future__ import annotations

import pytest

from tipsearch.extract.pdf.byline import find_byline
from tipsearch.model import Field, Page


def said(text: str) -> dict[Field, str]:
    return {fact.field: fact.value for fact in find_byline(Page(1, text))}


@pytest.mark.parametrize(
    "line",
    ["Ministry of Work · September 2021", "September 2021 | Ministry of Work", "Ministry of Work – 2021-09"],
)
def test_a_name_and_a_month_are_publisher_and_date(line: str) -> None:
    found = said(f"A title of the report\n{line}\nText begins here.")
    assert found == {Field.PUBLISHER: "Ministry of Work", Field.DATE: "2021-09"}


@pytest.mark.parametrize(
    "line",
    ["Chapter 2 – 2019", "The law was changed in May 2019", "Ministry of Work", "12 – 14", "May – June", ""],
)
def test_other_lines_are_no_byline(line: str) -> None:
    assert not said(f"A title\n{line}\nText.")


def test_a_byline_far_down_is_text() -> None:
    assert not said("\n" * 30 + "Ministry of Work · September 2021")


def test_a_latin_name_on_an_arabic_page_is_not_trusted_to_be_in_order() -> None:
    assert said("الاتجار بالأشخاص\n2024-07 · library sample") == {Field.DATE: "2024-07"}


@pytest.mark.parametrize("line", ["Institute of Work 18 April 2023", "Institute of Work 2023-04-18"])
def test_head_of_a_letter_names_an_organisation_and_a_day(line: str) -> None:
    assert said(f"{line}\nDear colleagues,") == {
        Field.PUBLISHER: "Institute of Work",
        Field.DATE: "2023-04-18",
    }


def test_head_of_a_letter_may_name_whom_the_metadata_name() -> None:
    page = Page(1, "sample library 18 April 2023\nDear colleagues,")
    assert [fact.value for fact in find_byline(page, ["sample library"])] == ["2023-04-18", "sample library"]
    assert not list(find_byline(page))


def test_date_to_come_is_no_byline() -> None:
    assert not said("Ministry of Work · September 2999")
