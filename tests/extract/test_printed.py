"""The words of headlines, put right by the page's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.facts import as_spelt
from tipsearch.extract.pdf.printed import as_printed

BODY = "Recruitment fees bind workers to their employers."


@pytest.mark.parametrize(
    ("lines", "page", "title"),
    [
        (["Hid den chains", "in fish ing"], "Hidden chains\nin fishing", "Hidden chains in fishing"),
        (["Hidden chains in fishing"], "Hidden chains\nin fishing", "Hidden chains in fishing"),
        (["E cient inspections"], "Efficient inspections", "Efficient inspections"),
        (["رشبلا قوقح"], "حقوق البشر", "حقوق البشر"),
        (["Hidden chains of recruit-", "ment"], "another text", "Hidden chains of recruitment"),
        (["家庭傭工：", "仲介費"], "家庭傭工:\n仲介費", "家庭傭工：仲介費"),
        (["Hidden chains"], "hidden-chains.example.org", "Hidden chains"),
    ],
)
def test_headline_takes_the_words_of_the_page(lines: list[str], page: str, title: str) -> None:
    assert as_printed(lines, f"{page}\n{BODY}") == title


def test_full_width_punctuation_is_kept_and_all_else_cleaned() -> None:
    assert as_spelt("家庭傭工：\u200b ﬁsh  （ＡＢ） ") == "家庭傭工： fish （AB）"


@given(st.lists(st.text("ab-é家： \u0627", max_size=8), max_size=4), st.text("ab-é家: \u0627\n", max_size=30))
def test_any_lines_can_be_joined(lines: list[str], page: str) -> None:
    assert "\n" not in as_printed(lines, page)
