from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.catalogue.linking import file_name, lies_at
from tipsearch.catalogue.titles import agreement, contradict
from tipsearch.catalogue.union import Union


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2021 Findings on Child Labor: Nepal", "Nepal: findings on child labour (2021)"),
        ("Findings on Child Labour: Nepal", "2021 Findings on Child Labor: Nepal"),
    ],
)
def test_titles_agree_in_any_order_with_or_without_their_series(one: str, other: str) -> None:
    assert agreement(one, other) > 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Findings on child labour: Niger", "Findings on child labour: Nigeria"),
        ("Findings on child labour: Nepal 2021", "Findings on child labour: Nepal 2020"),
        ("Child labour", "Findings on child labour: Nepal"),
        ("", ""),
    ],
)
def test_one_other_word_is_another_publication(one: str, other: str) -> None:
    assert agreement(one, other) == 0.0


def test_titles_contradict_by_their_years_only() -> None:
    assert contradict("Report 2019-2020", "Report 2021")
    assert not contradict("Report 2019-2020", "Report 2020")
    assert not contradict("Report", "Report 2020")


@pytest.mark.parametrize(
    ("path", "address", "does"),
    [
        (b"/m/site.org/a/b.pdf", "https://www.site.org/a/b.pdf", True),
        (b"/m/site.org/a/b.pdf", "https://site.com/a/b.pdf", False),
        (b"/m/up/2022/09/b%20c.pdf", "https://site.org/up/2022/09/b%2520c.pdf", True),
        (b"/m/2022/09/b.pdf", "/2022/09/b.pdf", True),
        (b"/m/09/b.pdf", "https://site.org/up/09/b.pdf", False),
        (b"/m/b.pdf", "https://site.org/b.pdf", False),
        (b"/m/b.pdf", "http://[", False),
        (b"/m/b.pdf", "", False),
    ],
)
def test_a_path_ends_as_an_address_does(path: bytes, address: str, *, does: bool) -> None:
    assert lies_at(path, address) is does


@given(st.text(), st.binary())
def test_no_name_or_address_breaks_it(address: str, path: bytes) -> None:
    lies_at(path, address)
    assert "/" not in file_name(address)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))))
def test_what_hangs_together_is_one_part(couples: list[tuple[int, int]]) -> None:
    together: Union[int] = Union()
    for couple in couples:
        together.join(*couple)
    parts = together.parts(range(21))
    assert sorted(one for part in parts for one in part) == list(range(21))
    assert all(any(set(couple) <= set(part) for part in parts) for couple in couples)
    assert len(parts) >= 21 - len({frozenset(couple) for couple in couples if couple[0] != couple[1]})
