"""Running heads and feet: what goes, and above all what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.clean import HYPHEN_MARK
from tipsearch.extract.pdf.folio import folio, value
from tipsearch.extract.pdf.running import drop_running, find_running, mask

WORDS = [
    "Fishing",
    "Mining",
    "Farming",
    "Building",
    "Cooking",
    "Weaving",
    "Cleaning",
    "Driving",
    "Nursing",
    "Baking",
]
BODY = [
    "Workers pay for the job",
    "and owe their employer",
    "for a year or more",
    "before the first wage",
] * 2


def document(count: int, head: str = "", foot: str = "") -> list[str]:
    """Pages of eight lines of their own between a head and a foot, in which # is the page's number."""
    pages = []
    for number in range(1, count + 1):
        own = "\n".join(f"{WORDS[number % 10]} {'x' * number} {line}" for line in BODY)
        lines = [head.replace("#", str(number)), own, foot.replace("#", str(number))]
        pages.append("\n".join(line for line in lines if line))
    return pages


def cleaned(pages: list[str]) -> list[str]:
    return drop_running(pages, find_running(pages))


@pytest.mark.parametrize("count", [3, 4, 10])
@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Annual report", ""),
        ("Annual report\nof the labour inspectorate", "All rights reserved\nGeneva 2020"),
        ("Annual report | #", ""),
        ("", "# BUREAU OF LABOR"),
    ],
)
def test_of_heads_and_feet_one_copy_stays(head: str, foot: str, count: int) -> None:
    pages = document(count, head, foot)
    assert cleaned(pages) == [pages[0], *document(count)[1:]]


@pytest.mark.parametrize("count", [3, 10])
@pytest.mark.parametrize(
    "foot", ["#", "- # -", "Page #", "Page # of 40", "# | P a g e", "стр. #", "第 # 页", "صفحة #"]
)
def test_page_numbers_go_altogether_and_become_labels(foot: str, count: int) -> None:
    pages = document(count, foot=foot)
    running = find_running(pages)
    assert drop_running(pages, running) == document(count)
    assert running.labels == {page: str(page + 1) for page in range(count)}


def test_page_number_below_a_head_goes_as_well() -> None:
    pages = document(8, "List of goods\nPage # of 8")
    assert cleaned(pages) == [document(1, "List of goods")[0], *document(8)[1:]]


def test_roman_numbers_count_the_pages_of_a_preface() -> None:
    roman = ["i", "ii", "iii", "iv", "v", "vi"]
    pages = [f"{page}\n{number}" for page, number in zip(document(6), roman, strict=True)]
    assert cleaned(pages) == document(6)
    assert list(find_running(pages).labels.values()) == roman


def test_numbers_that_begin_anew_after_a_preface_are_page_numbers_too() -> None:
    numbers = ["i", "ii", "iii", "1", "2", "3", "4", "5"]
    pages = [f"{page}\n{number}" for page, number in zip(document(8), numbers, strict=True)]
    assert cleaned(pages) == document(8)


def test_heads_of_left_and_right_pages_are_two_heads() -> None:
    heads = ["Annual report", "Labour inspectorate"] * 5
    pages = [f"{head}\n{page}" for head, page in zip(heads, document(10), strict=True)]
    assert cleaned(pages) == [*pages[:2], *document(10)[2:]]


def test_heads_of_chapters_go_but_for_one_copy_each() -> None:
    heads = ["The law"] * 5 + ["Its enforcement"] * 6 + ["Remedies for victims"] * 9
    pages = [f"{head}\n{page}" for head, page in zip(heads, document(20), strict=True)]
    firsts = {0, 5, 11}
    assert cleaned(pages) == [pages[at] if at in firsts else page for at, page in enumerate(document(20))]


@pytest.mark.parametrize(
    "heads",
    [
        ["Case 12 of 2019: the brick kilns"] * 6 + ["Case 13 of 2019: the brick kilns"] * 6,
        ["Findings of 2018"] * 5 + ["Findings of 2019"] * 7,
        ["Chapter 1"] * 4 + ["Chapter 2"] * 4 + ["Chapter 3"] * 4,
    ],
)
@pytest.mark.parametrize("number", ["", " | #"])
def test_of_heads_that_differ_in_a_number_of_their_own_each_stays_once(heads: list[str], number: str) -> None:
    bare = document(12)
    printed = [f"{head}{number.replace('#', str(at))}" for at, head in enumerate(heads, 1)]
    pages = [f"{head}\n{page}" for head, page in zip(printed, bare, strict=True)]
    firsts = {heads.index(head) for head in heads}
    assert cleaned(pages) == [pages[at] if at in firsts else page for at, page in enumerate(bare)]


def test_foot_behind_a_parted_word_goes_and_the_word_can_be_joined() -> None:
    pages = document(4)
    broken = [f"{page} compi{HYPHEN_MARK}Page {number}" for number, page in enumerate(pages, 1)]
    assert cleaned(broken) == [f"{page} compi{HYPHEN_MARK}" for page in pages]


@pytest.mark.parametrize(
    "heads",
    [
        ["Article 7", "Article 18", "Article 26", "Article 30"],
        ["Annex 1", "Annex 2", "Annex 3", "", "", "", "", ""],
        ["12", "7", "3", "88", "41"],
        ["Table 1 continues", "", "", "Table 1 continues", "", "", "", "", "", "", ""],
    ],
)
def test_headings_and_cells_at_the_edge_of_a_page_stay(heads: list[str]) -> None:
    own = document(len(heads))
    pages = [f"{head}\n{page}" if head else page for head, page in zip(heads, own, strict=True)]
    assert cleaned(pages) == pages


def test_two_pages_that_begin_with_successive_articles_keep_them() -> None:
    pages = [
        f"{head}\n{page}" for head, page in zip(["Article 10", "Article 11", "End"], document(3), strict=True)
    ]
    assert cleaned(pages) == pages


def test_single_page_keeps_all() -> None:
    pages = document(1, "Annual report", "Page #")
    assert cleaned(pages) == pages


@given(
    st.lists(
        st.lists(st.sampled_from(["a line", "another", "7", "Page 3", ""]), max_size=8).map("\n".join),
        max_size=6,
    )
)
def test_only_whole_lines_ever_go_and_each_kind_stays_once(pages: list[str]) -> None:
    running = find_running(pages)
    left = drop_running(pages, running)
    for before, after in zip(pages, left, strict=True):
        kept = iter(before.split("\n"))
        assert after == "" or all(line in kept for line in after.split("\n"))
    remaining = {mask(line) for page in left for line in page.split("\n")}
    assert running.masks <= remaining


@given(st.lists(st.text("ab \n1-", max_size=40), max_size=6))
def test_what_stands_in_the_middle_of_a_page_stays(bodies: list[str]) -> None:
    pages = [f"head\n1\n2\n{body}\n3\n4\nfoot" for body in bodies]
    assert all(body in page for body, page in zip(bodies, cleaned(pages), strict=True))


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("12", "12"),
        ("[ 12 ]", "12"),
        ("xiv", "xiv"),
        ("Page 3 of 20", "3"),
        ("3/20", "3"),
        ("P.7", "7"),
        ("۱۲", "۱۲"),
        ("civil", None),
        ("Article 7", None),
        ("12 345", None),
        ("", None),
        ("page", None),
        ("12 May", None),
        ("iiii", None),
        ("1" * 50, None),
    ],
)
def test_a_line_is_a_page_number_or_more(line: str, number: str | None) -> None:
    assert folio(line) == number


@pytest.mark.parametrize(
    ("number", "counts"), [("12", 12), ("۱۲", 12), ("iv", 4), ("xix", 19), ("cxl", 140), ("xcix", 99)]
)
def test_what_a_printed_number_counts(number: str, counts: int) -> None:
    assert value(number) == counts
