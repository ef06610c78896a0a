"""Decisions outlive whatever happens to files, readers, indexes and processes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tipsearch import Library, Options, SearchRequest
from tipsearch.pipeline import ledger, plan

SAMPLE = Path(__file__).parents[2] / "corpus.sample"


@pytest.fixture
def decided(library: Library, papers: Path) -> str:
    """The id of a document in the library on which something was decided."""
    library.index([papers])
    one = library.decide(
        "notes.txt", {"title": "Bound by fees", "region": ["qatar"], "topic": ""}, author="anna"
    )
    assert one.document
    return one.document


def stands(library: Library, document: str) -> None:
    """What was decided is what the record says and what searches find."""
    found = library.document(document)
    assert (found.title, found.topics) == ("Bound by fees", ())
    assert [(tag.value, tag.origin) for tag in found.regions] == [("qatar", "librarian")]
    answer = library.search(SearchRequest('title:"bound by fees"', regions=("qatar",)))
    assert [result.document.id for result in answer.results] == [document]
    assert library.search(SearchRequest(regions=("nepal",))).total == 0


def test_a_file_that_changed_keeps_its_decisions(library: Library, papers: Path, decided: str) -> None:
    (papers / "notes.txt").write_text(
        "Another title\n\nIn Nepal debt bondage goes on, and fees are paid.\n", "utf-8"
    )
    assert library.index([papers]).changed == 1
    stands(library, decided)


def test_a_newer_reader_keeps_decisions(
    library: Library, papers: Path, decided: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (plan, ledger):
        monkeypatch.setattr(module, "READER_VERSION", "another")
    assert library.index([papers]).read == 3
    stands(library, decided)


def test_an_index_made_anew_has_the_decisions(library: Library, decided: str) -> None:
    library.rebuild("memory")
    stands(library, decided)


def test_a_renamed_file_keeps_its_decisions(library: Library, papers: Path, decided: str) -> None:
    (papers / "deep").mkdir()
    (papers / "notes.txt").rename(papers / "deep" / "letters.txt")
    assert library.index([papers]).renamed == 1
    stands(library, decided)


@pytest.mark.parametrize("prune", [False, True])
def test_a_file_that_is_gone_for_a_while_comes_back_with_its_decisions(
    library: Library, papers: Path, decided: str, *, prune: bool
) -> None:
    data = (papers / "notes.txt").read_bytes()
    (papers / "notes.txt").unlink()
    library.index([papers], Options(prune=prune))
    assert library.search(SearchRequest("fees")).total == 0
    with pytest.raises(Exception, match="not in the library now; what was decided on it is kept"):
        library.decide(decided, {"region": "asia"})
    (papers / "notes.txt").write_bytes(data)
    library.index([papers])
    stands(library, decided)


def test_a_copy_shares_the_decisions_and_keeps_them_when_the_first_goes(
    library: Library, papers: Path, decided: str
) -> None:
    (papers / "copy.txt").write_bytes((papers / "notes.txt").read_bytes())
    library.index([papers])
    (papers / "notes.txt").unlink()
    library.index([papers])
    stands(library, decided)


def test_decisions_on_a_page_count_for_the_document_that_it_becomes_with_its_file(
    library: Library, papers: Path
) -> None:
    for path in papers.iterdir():
        path.unlink()
    shutil.copy(SAMPLE / "pages" / "counting-what-is-hidden.html", papers)
    library.index([papers])
    of_page = library.decide("counting-what-is-hidden.html", {"region": "qatar"}).document
    (papers / "reports").mkdir()
    shutil.copy(SAMPLE / "reports" / "counting-what-is-hidden.pdf", papers / "reports")
    library.index([papers])
    (one,) = (result.document for result in library.search(SearchRequest(regions=("qatar",))).results)
    assert one.path == "papers/reports/counting-what-is-hidden.pdf"
    assert [(tag.value, tag.origin) for tag in one.regions] == [("qatar", "librarian")]
    assert of_page
    library.decide(of_page, {"topic": ""})  # goes by either id, and by either file
    library.decide("counting-what-is-hidden.html", {"date": ""})
    assert (library.document(one.id).topics, library.document(one.id).date) == ((), None)
    (papers / "counting-what-is-hidden.html").unlink()
    library.index([papers])
    library.rebuild()
    (left,) = (result.document for result in library.search(SearchRequest(regions=("qatar",))).results)
    assert (left.id, left.topics, left.date) == (one.id, (), None)


def test_a_tags_meaning_reaches_what_is_read_later(library: Library, papers: Path) -> None:
    page = '<html><head><title>{0}</title><meta property="article:tag" content="Sea slavery"></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>'
    (papers / "a.html").write_text(page.format("Bound at sea", "Crews tell of debts. " * 10), "utf-8")
    library.index([papers])
    library.desk.carry_out([library.desk.order(tag="sea slavery", values={"topic": "fishing"})])
    (papers / "b.html").write_text(page.format("Held on board", "Others tell of passports. " * 10), "utf-8")
    library.index([papers])
    library.rebuild()
    answer = library.search(SearchRequest(topics=("fishing",)))
    assert {result.document.path for result in answer.results} == {"papers/a.html", "papers/b.html"}


DYING = """
import os, signal, sys
from tipsearch.cli import main
from tipsearch.indexing import follow
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(follow.Follower, sys.argv.pop(1), die)
main()
"""


@pytest.mark.parametrize("step", ["feed", "finish"])
def test_killed_between_catalogue_and_index_a_decision_shows_in_the_next_search(
    library: Library, papers: Path, tmp_path: Path, step: str
) -> None:
    library.index([papers])
    place = tmp_path / "library"
    command = [sys.executable, "-c", DYING, step, "--index", str(place), "set", "notes.txt", "region=qatar"]
    assert subprocess.run(command, check=False, capture_output=True, timeout=60).returncode < 0
    with Library.open_existing(place) as reader:
        assert reader.search(SearchRequest(regions=("qatar",))).total == 1
