"""Countries of origin, of transit and of destination, from the catalogue to the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tipsearch import Library, SearchRequest, vocabulary
from tipsearch.catalogue import Catalogue
from tipsearch.cli import text
from tipsearch.engines.generations import Generations
from tipsearch.indexing import Follower
from tipsearch.model import (
    Candidate,
    Evidence,
    Extraction,
    Fact,
    Field,
    FileState,
    Origin,
    Page,
    Record,
    RecordKind,
)
from tipsearch.paths import CATALOGUE, ENGINE
from tipsearch.search.json import answer_to_json, document_to_json
from tipsearch.serve.links import PathLinks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAPERS = {
    "both": ("origin:nepal", "destination:qatar"),
    "from": ("origin:nepal", "origin:india"),
    "to": ("destination:qatar", "transit:india"),
    "none": (),
}
SEEN = (Evidence("text", "workers from Nepal", 2, (1,)),)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Four papers that say different things of countries."""
    catalogue = Catalogue.create(tmp_path / CATALOGUE)
    with catalogue.change() as change:
        run, source = change.start_run("test"), change.source("/papers")
        for name, roles in PAPERS.items():
            facts = [Fact(Field.ROLE, role, Origin.DETECTED, 0.5, SEEN) for role in roles]
            record = Record(
                RecordKind.DOCUMENT,
                (Fact(Field.TITLE, name, Origin.SOURCE), *facts),
                (Page(1, f"Workers {name}"),),
            )
            file = Candidate(f"/papers/{name}.pdf", 1, 1, 1)
            found = Extraction(FileState.OK, "application/pdf", (record,))
            change.put_file(file, found, source=source, run=run, reader="1", sha256=name)
        change.settle()
    with Follower(Generations(tmp_path / ENGINE), catalogue, "tantivy", vocabulary.standard()) as follower:
        follower.feed()
        follower.finish()
    catalogue.close()
    with Library.open_existing(tmp_path) as opened:
        yield opened


def titles(library: Library, request: SearchRequest) -> set[str]:
    answer = library.search(request)
    assert not answer.query.notices
    return {result.document.title for result in answer.results}


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (SearchRequest(origins=("NP",)), {"both", "from"}),
        (SearchRequest(origins=("Southern Asia",)), {"both", "from"}),
        (SearchRequest(destinations=("asia",)), {"both", "to"}),
        (SearchRequest(origins=("nepal",), destinations=("qatar",)), {"both"}),
        (SearchRequest(transits=("india", "nepal")), {"to"}),
        (SearchRequest(origins=("qatar",)), set()),
        (SearchRequest("origin:nepal destination:qatar"), {"both"}),
        (SearchRequest("workers origin:(india OR nepal)"), {"both", "from"}),
        (SearchRequest("origin:india", destinations=("qatar",)), set()),
    ],
)
def test_within_a_role_places_are_alternatives_and_roles_narrow_one_another(
    library: Library, request_: SearchRequest, expected: set[str]
) -> None:
    assert titles(library, request_) == expected


def test_roles_are_counted_up_the_tree_of_regions(library: Library) -> None:
    facets = library.search(SearchRequest(destinations=("qatar",))).facets
    (asia,) = facets["origin"]
    assert (asia.value, asia.label, asia.count) == ("asia", "Asia", 1)
    (asia,) = facets["destination"]
    assert (asia.count, asia.selected) == (2, False)
    (qatar,) = asia.children[0].children
    assert (qatar.value, qatar.label, qatar.count, qatar.selected) == ("qatar", "Qatar", 2, True)


def _decoded(shape: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(shape))


def test_an_answer_and_a_document_tell_roles_with_their_labels(library: Library) -> None:
    answer = library.search(SearchRequest("title:to"))
    answered: Any = _decoded(answer_to_json(answer, PathLinks()))
    (told,) = answered["results"]
    assert told["roles"][0] == {
        "value": "destination:qatar",
        "role": "destination",
        "region": "qatar",
        "label": "Destination: Qatar",
        "path": ["asia", "western-asia", "qatar"],
        "origin": "detected",
    }
    document = answer.results[0].document
    shown: Any = _decoded(document_to_json(document, ("1",), library.labels, PathLinks()))
    assert shown["roles"][0] == {
        "value": "destination:qatar",
        "role": "destination",
        "region": "qatar",
        "label": "Destination: Qatar",
        "origin": "detected",
        "evidence": [{"where": "text", "quote": "workers from Nepal", "count": 2, "pages": [1]}],
    }


def test_the_command_line_tells_roles_and_counts_them(library: Library) -> None:
    answer = library.search(SearchRequest("title:to"))
    shown = text.answer(answer, library, colour=False).splitlines()
    assert "Destination: Qatar 1" in shown
    record = text.document(answer.results[0].document, library)
    assert "roles:     Destination: Qatar (detected), Transit: India (detected)" in record.splitlines()
