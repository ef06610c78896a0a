from __future__ import annotations

from tipsearch.serve.links import PathLinks
from tipsearch.serve.presenters.page_list import page_groups


def _labels(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def test_few_pages_stand_there_at_once() -> None:
    (group,) = page_groups("a", _labels(60), (), "", PathLinks())
    assert group.name == ""
    assert [page.number for page in group.pages] == list(range(1, 61))


def test_many_pages_come_in_groups_that_say_where_hits_are() -> None:
    groups = page_groups("a", _labels(312), {1, 7, 51}, "debt", PathLinks())
    assert [(group.name, group.note, len(group.pages)) for group in groups[:2]] == [
        ("Pages 1 to 50", "2 hits", 50),
        ("Pages 51 to 100", "1 hit", 50),
    ]
    assert groups[-1].name == "Pages 301 to 312"
    assert [page.number for group in groups for page in group.pages] == list(range(1, 313))
    assert [page.number for page in groups[0].pages if page.is_hit] == [1, 7]


def test_each_address_is_that_of_its_page() -> None:
    links = PathLinks("/under", ui="es")
    (group,) = page_groups("a/pages/0", _labels(3), (), "/pages/0", links)
    assert [page.url for page in group.pages] == [
        links.page("a/pages/0", number, "/pages/0") for number in (1, 2, 3)
    ]


def test_a_document_without_pages_has_no_groups() -> None:
    assert page_groups("a", (), (), "", PathLinks()) == ()
