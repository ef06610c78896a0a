"""A publication's page or card and the file that it links to are one document, if they are."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from saying import HTML, PDF, card, document, living, prose, put, remove, rename, set_in, state

from tipsearch.catalogue import Catalogue
from tipsearch.model import FileState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tipsearch.model import Document, Extraction

SITE = "https://library.example"
TITLE = "Nepal: findings on child labour in brick kilns (2021)"
OWN_TITLE = "2021 Findings on Child Labor in Brick Kilns: Nepal"
REPORT = document(set_in(prose("nepal 2021"), 10), title=OWN_TITLE, date="2022")
OTHER_YEAR = document(set_in(prose("nepal 2020"), 10), title=OWN_TITLE.replace("2021", "2020"), date="2021")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.create(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


def page(
    title: str = TITLE, link: str = "/uploads/Nepal.pdf", slug: str = "nepal", **said: str
) -> Extraction:
    text = f"What the report of {slug} says, in short: {' '.join(prose(slug, 60))}"
    facts = {
        "title": title,
        "url": f"{SITE}/{slug}/",
        "abstract": text[:100],
        "publisher": "Kiln Watch",
        **said,
    }
    facts |= {"file_url": f"{SITE}{link}"} if link else {}
    return document([text], media_type=HTML, **facts)


def the_one(catalogue: Catalogue) -> Document:
    (one,) = living(catalogue)
    return one


@pytest.mark.parametrize("page_first", [True, False])
def test_a_page_and_its_file_are_one_whichever_comes_first(catalogue: Catalogue, *, page_first: bool) -> None:
    steps = [("/library/reports/Nepal.pdf", REPORT), ("/library/nepal.html", page(date="2022-09"))]
    for path, extraction in reversed(steps) if page_first else steps:
        put(catalogue, path, extraction)
    one = the_one(catalogue)
    assert (one.path, one.media_type, one.page_count) == ("library/reports/Nepal.pdf", PDF, 2)
    assert (one.title, one.date, one.publisher) == (TITLE, "2022-09", "Kiln Watch")
    assert (one.url, one.file_url) == (f"{SITE}/nepal/", f"{SITE}/uploads/Nepal.pdf")
    assert one.abstract is not None
    assert one.duplicates == ()
    assert state(catalogue, "/library/nepal.html") == (FileState.OK, "")


def test_when_either_goes_the_other_stays_under_the_same_id(catalogue: Catalogue) -> None:
    for gone, left in (("reports/Nepal.pdf", "nepal.html"), ("nepal.html", "reports/Nepal.pdf")):
        put(catalogue, "/library/reports/Nepal.pdf", REPORT)
        put(catalogue, "/library/nepal.html", page())
        before = the_one(catalogue)
        remove(catalogue, f"/library/{gone}")
        after = the_one(catalogue)
        assert (after.id, after.path) == (before.id, f"library/{left}")


def test_when_the_page_changes_its_link_they_part(catalogue: Catalogue) -> None:
    put(catalogue, "/library/reports/Nepal.pdf", REPORT)
    put(catalogue, "/library/nepal.html", page())
    put(catalogue, "/library/nepal.html", page(link="/uploads/India.pdf"))
    assert len(living(catalogue)) == 2
    put(catalogue, "/library/nepal.html", page())
    assert len(living(catalogue)) == 1


def test_when_the_file_is_renamed_they_part_and_meet_again(catalogue: Catalogue) -> None:
    put(catalogue, "/library/reports/download.pdf", REPORT)
    put(catalogue, "/library/nepal.html", page())
    assert len(living(catalogue)) == 2
    rename(catalogue, "/library/reports/download.pdf", "/library/reports/Nepal.pdf")
    assert len(living(catalogue)) == 1
    rename(catalogue, "/library/reports/Nepal.pdf", "/library/reports/download.pdf")
    assert len(living(catalogue)) == 2


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("/uploads/Bosnia-and-Herzegovina.pdf", "Bosnia and Herzegovina.pdf"),
        ("/uploads/T%C3%BCrkiye.pdf", "Türkiye.PDF"),
        ("/uploads/Nepal-1.pdf", "Nepal.pdf"),
        ("/uploads/Nepal.pdf?download=1", "Nepal (1).pdf"),
    ],
)
def test_a_name_is_known_however_it_was_saved(catalogue: Catalogue, link: str, name: str) -> None:
    put(catalogue, f"/library/reports/{name}", REPORT)
    put(catalogue, "/library/nepal.html", page(link=link))
    assert len(living(catalogue)) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Niger: findings on child labour in brick kilns (2021)",
        "Nepal: findings on child labour in brick kilns (2020)",
        "Child labour",
        "Fishing in distant waters of the ocean",
    ],
)
def test_the_same_name_with_another_title_is_another_publication(catalogue: Catalogue, title: str) -> None:
    put(catalogue, "/library/reports/Nepal.pdf", REPORT)
    put(catalogue, "/library/nepal.html", page(title))
    assert len(living(catalogue)) == 2


def test_a_title_on_the_files_first_page_will_do(catalogue: Catalogue) -> None:
    pages = [
        "Kiln papers 7\nWorking children in the brick kilns\nof the Kathmandu valley",
        *set_in(prose("k"), 9),
    ]
    put(catalogue, "/library/kp7.pdf", document(pages, title="Kiln papers 7"))
    put(
        catalogue,
        "/library/p.html",
        page("Working children in the brick kilns of the Kathmandu Valley", link="/files/kp7.pdf"),
    )
    assert len(living(catalogue)) == 1


@pytest.mark.parametrize(
    ("path", "same"),
    [
        ("/library/library.example/uploads/2022/09/n.pdf", True),
        ("/library/mirror/uploads/2022/09/n.pdf", True),
        ("/library/other.example/uploads/2022/09/n.pdf", False),
        ("/library/mirror/2021/09/n.pdf", False),
        ("/library/n.pdf", False),
    ],
)
def test_a_file_where_the_address_says_needs_no_title(catalogue: Catalogue, path: str, *, same: bool) -> None:
    put(catalogue, path, document(set_in(prose("n"), 10), title="Untold"))
    put(catalogue, "/library/nepal.html", page(link="/uploads/2022/09/n.pdf"))
    assert len(living(catalogue)) == (1 if same else 2)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_of_two_years_pages_and_files_each_finds_its_own(
    catalogue: Catalogue, order: tuple[int, ...]
) -> None:
    last_year = page(TITLE.replace("2021", "2020"), link="/uploads/2021/Nepal.pdf", slug="nepal-2020")
    files = [
        ("/library/2021/Nepal.pdf", REPORT),
        ("/library/2020/Nepal.pdf", OTHER_YEAR),
        ("/library/nepal.html", page()),
        ("/library/nepal-2020.html", last_year),
    ]
    for at in order:
        put(catalogue, *files[at])
    assert {one.path: one.url for one in living(catalogue)} == {
        "library/2021/Nepal.pdf": f"{SITE}/nepal/",
        "library/2020/Nepal.pdf": f"{SITE}/nepal-2020/",
    }


def test_of_two_pages_that_fit_equally_well_neither_is_taken_until_one_goes(catalogue: Catalogue) -> None:
    put(catalogue, "/library/Nepal.pdf", REPORT)
    put(catalogue, "/library/a.html", page(slug="nepal"))
    put(catalogue, "/library/b.html", page(slug="nepal-again"))
    assert len(living(catalogue)) == 3
    remove(catalogue, "/library/b.html")
    assert the_one(catalogue).url == f"{SITE}/nepal/"


def test_a_copy_of_the_file_under_the_links_name_will_do(catalogue: Catalogue) -> None:
    put(catalogue, "/library/scan0001.pdf", REPORT, "bytes")
    put(catalogue, "/library/Nepal.pdf", REPORT, "bytes")
    put(catalogue, "/library/nepal.html", page())
    assert len(living(catalogue)) == 1
    remove(catalogue, "/library/Nepal.pdf")
    assert len(living(catalogue)) == 2


@pytest.mark.parametrize("card_first", [True, False])
def test_a_card_that_links_to_a_file_is_completed_by_it(catalogue: Catalogue, *, card_first: bool) -> None:
    steps = [("/library/list.html", card(TITLE, f"{SITE}/uploads/Nepal.pdf")), ("/library/Nepal.pdf", REPORT)]
    for path, extraction in steps if card_first else reversed(steps):
        put(catalogue, path, extraction)
    one = the_one(catalogue)
    assert (one.is_stub, one.path) == (False, "library/Nepal.pdf")
    remove(catalogue, "/library/Nepal.pdf")
    assert the_one(catalogue).is_stub


def test_without_a_link_a_telling_title_and_the_publisher_are_enough(catalogue: Catalogue) -> None:
    put(catalogue, "/library/x.pdf", document(set_in(prose("x"), 10), title=TITLE, publisher="Kiln  watch"))
    put(catalogue, "/library/nepal.html", page(link=""))
    assert len(living(catalogue)) == 1


def test_without_a_link_a_title_alone_is_not(catalogue: Catalogue) -> None:
    put(catalogue, "/library/x.pdf", document(set_in(prose("x"), 10), title=TITLE, publisher="Another"))
    put(catalogue, "/library/nepal.html", page(link=""))
    assert len(living(catalogue)) == 2


def test_without_a_link_a_title_that_several_have_joins_none(catalogue: Catalogue) -> None:
    for name in ("x", "y"):
        said = {"title": TITLE, "publisher": "Kiln Watch"}
        put(catalogue, f"/library/{name}.pdf", document(set_in(prose(name), 10), **said))
    put(catalogue, "/library/nepal.html", page(link=""))
    assert len(living(catalogue)) == 3
    remove(catalogue, "/library/y.pdf")
    assert the_one(catalogue).path == "library/x.pdf"
    put(catalogue, "/library/y.pdf", document(set_in(prose("y"), 10), title=TITLE, publisher="Kiln Watch"))
    assert len(living(catalogue)) == 3


def test_the_words_of_the_page_find_the_document_whose_text_is_the_files(catalogue: Catalogue) -> None:
    put(catalogue, "/library/reports/Nepal.pdf", REPORT)
    put(catalogue, "/library/nepal.html", page())
    put(
        catalogue,
        "/library/reports/copy.txt",
        document([" ".join(prose("nepal 2021"))], media_type="text/plain"),
    )
    with catalogue.view() as view:
        (changed,) = [one for one in view.changes(0) if one.document]
    assert [one.number for one in changed.pages] == [1, 2]
    (beside,) = changed.beside  # and not the copy's, which says nothing else
    assert "in short" in beside.text
