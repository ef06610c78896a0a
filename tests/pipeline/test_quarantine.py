"""Content that a parser dies of is tried twice and then set aside, until there is another parser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tipsearch import Library, Options, SearchRequest
from tipsearch.isolation import Nursery
from tipsearch.model import Extraction, FileState, Page, Record, RecordKind
from tipsearch.pipeline import intake, quarantine
from tipsearch.pipeline import run as pipeline_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from tipsearch.isolation import Outcome, Task


class Fragile(Nursery):
    """The real nursery with a parser that dies of some files; counts what it is given."""

    given = 0

    def __init__(self, _job: str, **rest: Any) -> None:
        super().__init__("fragile", **rest)

    def run(self, tasks: Iterable[Task[Any]]) -> Iterator[Outcome[Any]]:
        def counted() -> Iterator[Task[Any]]:
            for task in tasks:
                Fragile.given += 1
                yield task

        return super().run(counted())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pipeline_run, "Nursery", Fragile)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    Fragile.given = 0
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "good.txt").write_text("Recruiters keep the passports of workers at sea.\n", "utf-8")
    (folder / "bad.txt").write_text("DEADLY content for a parser.\n", "utf-8")
    return folder


def failure(library: Library) -> tuple[str, str]:
    (one,) = library.failures()
    return one.state, one.reason


def test_what_crashed_twice_is_set_aside_and_all_else_is_indexed(library: Library, folder: Path) -> None:
    report = library.index([folder])
    assert (report.new, report.failed, Fragile.given) == (2, 1, 3)
    assert library.search(SearchRequest("passports")).total == 1
    state, reason = failure(library)
    assert state == "crashed"
    assert "SIGSEGV" in reason
    assert "2 times" in reason


def test_what_is_set_aside_is_not_tried_again_under_any_name(library: Library, folder: Path) -> None:
    library.index([folder])
    (folder / "bad.txt").rename(folder / "worse.txt")
    (folder / "copy.txt").write_bytes((folder / "worse.txt").read_bytes())
    library.index([folder], Options(retry_failed=True))
    assert Fragile.given == 3
    assert [one.state for one in library.failures()] == ["crashed", "crashed"]


def test_another_parser_tries_it_again(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.index([folder])
    newer = lambda: "a newer parser"  # noqa: E731  stands in for two functions
    monkeypatch.setattr(quarantine, "parser", newer)
    monkeypatch.setattr(intake, "parser", newer)
    library.index([folder])
    assert Fragile.given == 5
    library.index([folder])
    assert Fragile.given == 5


def test_a_child_that_lies_costs_its_own_file_only(library: Library, folder: Path) -> None:
    (folder / "bad.txt").write_text("LYING content that takes the parser over.\n", "utf-8")
    report = library.index([folder])
    assert (report.new, report.failed) == (2, 1)
    assert "no sound answer" in failure(library)[1]


@pytest.mark.parametrize(
    "records",
    [
        (Record(RecordKind.DOCUMENT, number=0), Record(RecordKind.CARD, number=0)),
        (Record(RecordKind.DOCUMENT, pages=(Page(1, "a"), Page(1, "b"))),),
        (Record(RecordKind.DOCUMENT, pages=(Page(1, "a", breaks=(7,)),)),),
        (Record(RecordKind.DOCUMENT, number=-1),),
    ],
)
def test_an_answer_with_impossible_numbers_is_refused(records: tuple[Record, ...]) -> None:
    import msgspec

    from tipsearch import reading

    with pytest.raises(ValueError, match="it has"):
        reading.answer(msgspec.msgpack.encode(Extraction(FileState.OK, records=records)))


def test_the_parser_names_the_libraries_that_parse() -> None:
    assert "pypdfium2 " in quarantine.parser()
