from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.cite import FORMATS
from tipsearch.cite import csv as csv_format
from tipsearch.cite.plain import one_line
from tipsearch.model import Document, Origin, Tag


def _read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_each_document_is_a_row() -> None:
    document = Document(
        id="fees",
        title='Who, "really", pays?',
        authors=("Asha Rai", "Example Institute"),
        date="2024",
        regions=(Tag("nepal", Origin.SOURCE), Tag("qatar", Origin.DETECTED)),
        page_count=4,
    )
    (row,) = _read(FORMATS["csv"].write([document]))
    assert tuple(row) == csv_format.COLUMNS
    assert (row["title"], row["authors"]) == ('Who, "really", pays?', "Asha Rai; Example Institute")
    assert (row["regions"], row["pages"], row["url"]) == ("nepal; qatar", "4", "")


def test_lines_end_as_the_standard_says() -> None:
    text = FORMATS["csv"].write([Document(id="a", title="two\nlines")])
    assert text.count("\r\n") == text.count("\n") == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\0=", " =", "＝", "\u202e="])
def test_no_cell_is_a_formula(start: str) -> None:
    (row,) = _read(FORMATS["csv"].write([Document(id="a", title=f"{start}1+1", authors=(f"{start}cmd",))]))
    for cell in (row["title"], row["authors"]):
        assert cell.startswith("'")


@given(st.text(max_size=30).filter(bool))
def test_whatever_a_title_holds_is_read_back(title: str) -> None:
    (row,) = _read(FORMATS["csv"].write([Document(id="a", title=title)]))
    assert row["title"].removeprefix("'") == one_line(title).removeprefix("'")
