"""One publisher has one name, in whatever spelling its documents give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from saying import TEXT, document, living, prose, put, remove

from tipsearch.catalogue import Catalogue
from tipsearch.model import Evidence, Extraction, Fact, Field, FileState, Origin, Page, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.create(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


def bring(catalogue: Catalogue, *names: str) -> None:
    for number, name in enumerate(names):
        said = document([" ".join(prose(name))], media_type=TEXT, title=f"Report {number}", publisher=name)
        put(catalogue, f"/library/{name} {number}", said)


def shown(catalogue: Catalogue) -> list[str | None]:
    return [one.publisher for one in sorted(living(catalogue), key=lambda one: one.title)]


def test_listed_publishers_go_by_their_listed_name(catalogue: Catalogue) -> None:
    bring(
        catalogue,
        "UNODC",
        "UNODC, Vienna",
        "Oficina de las Naciones Unidas contra la Droga y el Delito",
        "IOM",
    )
    unodc = "United Nations Office on Drugs and Crime"
    assert shown(catalogue) == [unodc, unodc, unodc, "International Organization for Migration"]


def test_the_source_s_spelling_stays_as_evidence(catalogue: Catalogue) -> None:
    evidence = (Evidence("citation", "Hidden fees - UNODC, Vienna, May 2023"),)
    fact = Fact(Field.PUBLISHER, "UNODC, Vienna", Origin.SOURCE, 1.0, evidence)
    record = Record(RecordKind.DOCUMENT, (fact,), (Page(1, "Fees"),))
    put(catalogue, "/library/a", Extraction(FileState.OK, TEXT, (record,)))
    (found,) = living(catalogue)
    assert found.publisher == "United Nations Office on Drugs and Crime"
    assert [(one.field, one.evidence) for one in found.basis] == [(Field.PUBLISHER, evidence)]


def test_spellings_of_one_publisher_that_nobody_listed_show_the_usual_one(catalogue: Catalogue) -> None:
    bring(catalogue, "KILN WATCH", "The Kiln Watch, Inc.", "Kiln Watch e.V.", "Kiln-watch")
    assert shown(catalogue) == ["Kiln Watch"] * 4


def test_a_document_that_comes_later_can_change_the_name_of_earlier_ones(catalogue: Catalogue) -> None:
    bring(catalogue, "KILN WATCH")
    assert shown(catalogue) == ["KILN WATCH"]
    bring(catalogue, "KILN WATCH", "Kiln Watch")
    assert shown(catalogue) == ["Kiln Watch", "Kiln Watch"]
    remove(catalogue, "/library/Kiln Watch 1")
    assert shown(catalogue) == ["KILN WATCH"]


def test_an_acronym_is_the_publisher_that_is_named_with_it(catalogue: Catalogue) -> None:
    bring(catalogue, "KWN", "Kiln Workers' Network (KWN)")
    assert shown(catalogue) == ["Kiln Workers' Network"] * 2


def test_an_acronym_of_two_publishers_is_neither(catalogue: Catalogue) -> None:
    bring(catalogue, "KWN", "Kiln Workers' Network (KWN)", "Karachi Weavers' Network (KWN)")
    assert shown(catalogue) == ["KWN", "Kiln Workers' Network", "Karachi Weavers' Network"]


def test_ministries_of_two_countries_stay_apart(catalogue: Catalogue) -> None:
    names = ["Ministry of Labour, Ghana", "Ministry of Labour, Kenya", "Ministry of Labour"]
    bring(catalogue, *names)
    assert shown(catalogue) == names


def test_a_librarian_s_spelling_is_that_of_all_documents_of_the_publisher(catalogue: Catalogue) -> None:
    bring(catalogue, "Kiln Watch", "Kiln Watch", "Kiln Watch Inc.")
    chosen = next(one.id for one in living(catalogue) if one.title == "Report 2")
    with catalogue.change() as change:
        change.decide(chosen, Field.PUBLISHER, ["KilnWatch"], "a librarian")
        change.settle()
    assert shown(catalogue) == ["KilnWatch"] * 3


def test_changing_one_document_leaves_those_of_other_publishers_alone(catalogue: Catalogue) -> None:
    bring(catalogue, "KILN WATCH", "Nets Trust")
    with catalogue.view() as view:
        before = view.state()[1]
    bring(catalogue, "KILN WATCH", "Nets Trust", "Kiln Watch")
    with catalogue.view() as view:
        changed = {one.document.title for one in view.changes(before) if one.document}
    assert "Report 2" in changed
    assert "Report 0" in changed
    assert shown(catalogue) == ["Kiln Watch", "Nets Trust", "Kiln Watch"]
