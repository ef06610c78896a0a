"""Lines of scripts that break them anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import Text, pdf

from tipsearch.extract import read
from tipsearch.extract.pdf.wide import is_wide, join_lines

FULL = "人口贩运是一种严重侵犯人权的犯罪行为"


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ([FULL + "受", "害人", "第二条"], [FULL + "受害人", "第二条"]),
        (["第一条", FULL + "受害人"], ["第一条", FULL + "受害人"]),
        (["中国", "韩国", "日本"], ["中国", "韩国", "日本"]),
        ([FULL + "。", FULL + "。"], [FULL + "。", FULL + "。"]),
        ([FULL + "受", "Tokyo"], [FULL + "受", "Tokyo"]),
        (["ประชาชนทุกคนมีสิทธิในชีวิตและเสร", "ีภาพ"], ["ประชาชนทุกคนมีสิทธิในชีวิตและเสรีภาพ"]),
    ],
)
def test_a_full_line_goes_on_in_the_next(lines: list[str], joined: list[str]) -> None:
    assert join_lines("\r\n".join(lines)).split("\r\n") == joined


def test_a_korean_word_is_whole_again_where_lines_that_end_with_a_word_end_with_a_space() -> None:
    lines = [
        "모든 사람은 헌법 또는 법률이 부여한 기본적 권",
        "리를 침해하는 행위에 대하여 권한 있는 국내 ",
        "법정에서 구제를 받는다.",
    ]
    assert join_lines("\r\n".join(lines)).split("\r\n") == [lines[0] + lines[1], lines[2]]


def test_korean_lines_stay_where_no_space_tells_words_from_parts() -> None:
    lines = ["모든 사람은 헌법 또는 법률이 부여한 기본적", "권리를 침해하는 행위에 대하여 권한 있는 국내"]
    assert join_lines("\r\n".join(lines)).split("\r\n") == lines


@given(st.lists(st.text("a 。人口贩运권리 ก", max_size=30), max_size=8))
def test_nothing_but_line_breaks_is_taken_out(lines: list[str]) -> None:
    text = "\r\n".join(lines)
    assert join_lines(text).replace("\r\n", "") == text.replace("\r\n", "")


def test_scripts_without_spaces_are_known() -> None:
    assert [text for text in ("人", "ก", "권", "Ελλ — é", "שלום") if is_wide(text)] == ["人", "ก", "권"]


def test_a_narrow_gap_beside_han_letters_is_no_space_and_a_wide_one_is() -> None:
    han = {"a": "第", "b": "条", "c": "章"}
    drawn = [
        Text(sign, 12, x=x, y=y, font="U")
        for y, places in ((700, (60, 70.5, 81)), (650, (60, 90, 120)))
        for sign, x in zip(("a", "1", "b"), places, strict=True)
    ]
    pages = read(pdf(tuple(drawn), unicode=han), "x.pdf").records[0].pages
    assert pages[0].text == "第1条\n第 1 条"


def test_a_space_that_somebody_set_beside_han_letters_stays() -> None:
    han = {"a": "第", "b": "条"}
    pages = read(pdf((Text("aba b", 12, font="U"),), unicode=han), "x.pdf").records[0].pages
    assert pages[0].text == "第条第 条"
