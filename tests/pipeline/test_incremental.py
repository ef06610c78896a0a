"""A second run does what its user expects of new, changed, renamed, copied and removed files."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tipsearch import Library, Options, SearchRequest, sources
from tipsearch.errors import LibraryLocked, MassDeletion, NotFound, SourceError
from tipsearch.model import Field

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.model import Candidate


def found(library: Library, text: str) -> list[str]:
    return [result.document.id for result in library.search(SearchRequest(text)).results]


def test_an_unchanged_folder_is_not_read_again(library: Library, papers: Path) -> None:
    first = library.index([papers])
    second = library.index([papers])
    assert (first.new, first.read, first.pages) == (3, 3, 4)
    assert (second.new, second.read, second.unchanged, second.pages) == (0, 0, 3, 0)
    assert library.status().generation == 1


def test_a_new_time_stamp_alone_changes_nothing(library: Library, papers: Path) -> None:
    library.index([papers])
    os.utime(papers / "notes.txt", (1, 1))
    report = library.index([papers])
    assert (report.unchanged, report.read) == (3, 0)
    os.utime(papers / "notes.txt", (4e9, 4e9))
    assert library.index([papers]).read == 0


def test_a_changed_file_is_found_by_its_new_words_only_and_keeps_its_id(
    library: Library, papers: Path
) -> None:
    library.index([papers])
    (before,) = found(library, "nepal fees")
    (papers / "notes.txt").write_text(
        "Seafarers\n\nAbandoned seafarers in a foreign harbour wait for wages.\n", "utf-8"
    )
    report = library.index([papers])
    assert (report.changed, report.read) == (1, 1)
    assert found(library, "abandoned seafarers") == [before]
    assert found(library, "nepal fees") == []


def test_a_new_file_is_found(library: Library, papers: Path) -> None:
    library.index([papers])
    (papers / "new.txt").write_text(
        "Begging\n\nForced begging of children in the streets of a city.\n", "utf-8"
    )
    assert library.index([papers]).new == 1
    assert len(found(library, "forced begging streets")) == 1


def test_a_renamed_file_is_not_read_again_and_keeps_its_id(library: Library, papers: Path) -> None:
    library.index([papers])
    (before,) = found(library, "nepal fees")
    (papers / "notes.txt").rename(papers / "renamed.txt")
    report = library.index([papers])
    assert (report.renamed, report.read, report.gone) == (1, 0, 0)
    assert found(library, "nepal fees") == [before]
    assert library.document(before).path == "papers/renamed.txt"
    assert library.status().files == {"ok": 3}


def test_a_removed_file_leaves_the_library_and_comes_back_under_its_id(
    library: Library, papers: Path
) -> None:
    library.index([papers])
    (before,) = found(library, "nepal fees")
    text = (papers / "notes.txt").read_bytes()
    (papers / "notes.txt").unlink()
    assert library.index([papers]).gone == 1
    assert found(library, "nepal fees") == []
    assert library.status().files == {"gone": 1, "ok": 2}
    (papers / "notes.txt").write_bytes(text)
    assert library.index([papers]).new == 1
    assert found(library, "nepal fees") == [before]


def test_pruning_forgets_what_is_gone(library: Library, papers: Path) -> None:
    library.index([papers])
    (papers / "notes.txt").unlink()
    library.index([papers], Options(prune=True))
    assert library.status().files == {"ok": 2}


def test_the_same_bytes_under_two_names_are_one_document(library: Library, papers: Path) -> None:
    shutil.copy(papers / "notes.txt", papers / "copy.txt")
    report = library.index([papers])
    assert (report.duplicates, report.read) == (1, 3)
    (one,) = found(library, "nepal fees")
    assert library.document(one).duplicates == ("papers/notes.txt",)
    assert library.status().files == {"duplicate": 1, "ok": 3}


def test_the_copy_takes_over_when_the_original_goes(library: Library, papers: Path) -> None:
    shutil.copy(papers / "notes.txt", papers / "copy.txt")
    library.index([papers])
    (before,) = found(library, "nepal fees")
    (papers / "copy.txt").unlink()
    report = library.index([papers])
    assert (report.gone, report.read) == (1, 0)
    assert found(library, "nepal fees") == [before]
    assert library.document(before).path == "papers/notes.txt"


def test_a_file_copied_over_another_takes_its_content(library: Library, papers: Path) -> None:
    library.index([papers])
    shutil.copy(papers / "notes.txt", papers / "trafficking-for-organ-removal.pdf")
    library.index([papers])
    assert found(library, "organ removal tissue") == []
    assert len(found(library, "nepal fees")) == 1


def test_another_source_leaves_the_first_alone(library: Library, papers: Path, tmp_path: Path) -> None:
    library.index([papers])
    other = tmp_path / "other"
    other.mkdir()
    (other / "more.txt").write_text("Begging\n\nForced begging of children in the streets.\n", "utf-8")
    report = library.index([other])
    assert (report.new, report.gone) == (1, 0)
    assert library.status().documents == 4


def test_an_emptied_folder_removes_nothing_without_a_word(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(
            f"Paper {number}\n\nWords of paper {number} about debt.\n", "utf-8"
        )
    library.index([folder])
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(MassDeletion, match="--allow-mass-delete"):
        library.index([folder])
    assert library.status().documents == 60
    assert library.index([folder], Options(allow_mass_delete=True)).gone == 60
    assert library.status().documents == 0


def test_a_missing_source_is_an_error_and_nothing_happens(library: Library, papers: Path) -> None:
    library.index([papers])
    with pytest.raises(SourceError):
        library.index([papers, papers / "none"])
    assert library.status().documents == 3


def test_two_writers_do_not_meet(library: Library, papers: Path, tmp_path: Path) -> None:
    library.index([papers])
    with Library.open(tmp_path / "library") as other:

        def try_to_write(_: object) -> None:
            with pytest.raises(LibraryLocked, match=str(os.getpid())):
                other.index([papers])

        (papers / "notes.txt").write_text("Changed\n\nAnother text about debt bondage in kilns.\n", "utf-8")
        library.index([papers], progress=try_to_write)


def test_a_reader_sees_what_a_writer_adds(library: Library, papers: Path, tmp_path: Path) -> None:
    library.index([papers])
    with Library.open_existing(tmp_path / "library") as reader:
        assert len(found(reader, "organ removal")) >= 1
        (papers / "new.txt").write_text("Kilns\n\nSeasonal brick kilns bind whole families.\n", "utf-8")
        library.index([papers])
        assert len(found(reader, "seasonal kilns")) == 1
        library.rebuild()
        assert len(found(reader, "seasonal kilns")) == 1


def test_a_file_that_failed_is_tried_again_only_when_asked(library: Library, papers: Path) -> None:
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a document")
    assert library.index([papers]).failed == 1
    assert library.index([papers]).read == 0
    again = library.index([papers], Options(retry_failed=True))
    assert (again.read, again.failed) == (1, 1)


def test_every_kind_of_odd_file_ends_in_a_named_state(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "zip.pdf").write_bytes(b"PK\x03\x04" + bytes(100))
    (folder / "letters.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "link.pdf").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.pdf")
    (folder / "locked.txt").write_text("Nobody may read this text here.", "utf-8")
    report = library.index([folder])
    assert report.failed >= 5
    assert sum(library.status().files.values()) == 6
    failures = {os.path.basename(one.path): one for one in library.failures()}
    assert all(one.reason and one.todo for one in failures.values())
    assert failures["empty.pdf"].state == "malformed"
    assert failures["zip.pdf"].state == "unsupported"


def test_a_file_above_the_limit_is_named_and_not_read(tmp_path: Path, papers: Path) -> None:
    from tipsearch.config import ReadingSettings, Settings

    with open(papers / "huge.pdf", "wb") as file:
        file.truncate(2 << 30)
    with Library.open(tmp_path / "l", settings=Settings(reading=ReadingSettings(max_file_mb=1))) as library:
        library.index([papers])
        (failure,) = library.failures()
    assert failure.state == "too_big"
    assert "2,147 MB" in failure.reason


def test_reports_of_the_same_title_stay_apart(library: Library, papers: Path) -> None:
    for year, word in ((2019, "kilns"), (2020, "vessels")):
        (papers / f"{year}.txt").write_text(
            f"Annual report on trafficking in persons\n\nIn {year} the police inspected {word}.\n", "utf-8"
        )
    library.index([papers])
    assert len(found(library, "police kilns")) == len(found(library, "police vessels")) == 1
    assert found(library, "police kilns") != found(library, "police vessels")


def test_an_old_version_kept_beside_the_new_one_is_found_as_well(library: Library, papers: Path) -> None:
    library.index([papers])
    (before,) = found(library, "nepal fees")
    shutil.copy(papers / "notes.txt", papers / "notes-old.txt")
    (papers / "notes.txt").write_text(
        "Seafarers\n\nAbandoned seafarers in a foreign harbour wait.\n", "utf-8"
    )
    library.index([papers])
    assert found(library, "abandoned seafarers") == [before]
    (old,) = found(library, "nepal fees")
    assert library.document(old).path == "papers/notes-old.txt"


def test_files_that_swap_their_names_keep_their_texts(library: Library, papers: Path) -> None:
    (papers / "other.txt").write_text("Kilns\n\nSeasonal brick kilns bind whole families.\n", "utf-8")
    library.index([papers])
    (papers / "other.txt").rename(papers / "between")
    (papers / "notes.txt").rename(papers / "other.txt")
    (papers / "between").rename(papers / "notes.txt")
    library.index([papers])
    for text, name in (("nepal fees", "other.txt"), ("seasonal kilns", "notes.txt")):
        (one,) = found(library, text)
        assert library.document(one).path == f"papers/{name}"


def test_lines_of_a_list_keep_their_ids_when_others_come_and_go(library: Library, papers: Path) -> None:
    def write(*ids: str) -> None:
        lines = (
            f'{{"id": "{one}", "title": "Item {one * 20}", "text": "item{one} of debts"}}\n' for one in ids
        )
        (papers / "list.jsonl").write_text("".join(lines), "utf-8")
        library.index([papers])

    write("a", "b")
    before = [*found(library, "itema"), *found(library, "itemb")]
    write("x", "b", "a")
    assert [*found(library, "itema"), *found(library, "itemb")] == before
    (new,) = found(library, "itemx")
    write("y", "x")
    assert found(library, "itemx") == [new]
    assert not {*found(library, "itemy")} & {*before, new}


def test_a_line_that_makes_no_sense_costs_its_document_at_most(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "lines"
    folder.mkdir()
    (folder / "a.jsonl").write_text(
        '{"id":"one","title":"A good title about boats","text":"Forced labour at sea.","url":"http://[bad"}\n',
        "utf-8",
    )
    (folder / "b.txt").write_text("Kilns\n\nSeasonal kilns bind families.\n", "utf-8")
    library.index([folder])
    assert found(library, "forced labour") == ["one"]
    assert library.document("one").url is None
    assert len(found(library, "kilns")) == 1


def test_the_library_never_indexes_itself(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Kilns\n\nSeasonal kilns bind families.\n", "utf-8")
    with Library.open(tmp_path / "index") as library:
        assert library.index([tmp_path]).new == 1
        again = library.index([tmp_path])
        assert (again.new, again.changed, again.unchanged) == (0, 0, 1)


def test_without_a_source_all_known_ones_are_looked_at(library: Library, papers: Path) -> None:
    with pytest.raises(SourceError, match="say what"):
        library.index([])
    library.index([papers])
    (papers / "new.txt").write_text("Kilns\n\nSeasonal kilns bind families.\n", "utf-8")
    assert library.index([]).new == 1


def test_most_of_a_small_source_gone_is_asked_about_too(
    library: Library, papers: Path, tmp_path: Path
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    for number in range(12):
        (small / f"{number}.txt").write_text(f"Paper {number}\n\nWords of paper {number}.\n", "utf-8")
    library.index([papers, small])
    for path in list(small.iterdir())[:9]:
        path.unlink()
    with pytest.raises(MassDeletion, match="9 of 12 files of the source"):
        library.index([papers, small])


def test_a_copy_of_a_broken_file_fails_like_it(library: Library, papers: Path) -> None:
    for name in ("broken.pdf", "copy.pdf"):
        (papers / name).write_bytes(b"%PDF-1.7\nnothing of a document")
    report = library.index([papers])
    assert (report.failed, report.duplicates) == (2, 0)


def test_what_a_killed_run_left_is_fed_on_the_next_search(
    library: Library, papers: Path, tmp_path: Path
) -> None:
    library.index([papers])
    catalogue = library._catalogue
    with catalogue.change() as change:
        change.decide(found(library, "nepal fees")[0], Field.TITLE, ["Bound by fees"], "librarian")
        change.settle()
    assert library.status().waiting == 1
    with Library.open_existing(tmp_path / "library") as reader:
        assert len(found(reader, 'title:"bound by fees"')) == 1
        assert reader.status().waiting == 0


def test_a_page_number_beyond_all_bounds_is_not_found(library: Library, papers: Path) -> None:
    library.index([papers])
    (document,) = found(library, "nepal fees")
    for number in (0, -1, 10**30):
        with pytest.raises(NotFound):
            library.page(document, number)


def test_half_characters_from_a_command_line_find_nothing_and_break_nothing(
    library: Library, papers: Path
) -> None:
    library.index([papers])
    found(library, "\udcff forced")
    with pytest.raises(NotFound):
        library.document("\udcff")


def test_what_was_read_of_a_file_stays_while_its_disk_fails(
    library: Library, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.index([papers])
    (before,) = found(library, "nepal fees")
    really = sources.open_file

    def failing(candidate: Candidate) -> int:
        if candidate.path.endswith("notes.txt"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return really(candidate)

    os.utime(papers / "notes.txt", (1, 1))
    with monkeypatch.context() as patched:
        patched.setattr(sources, "open_file", failing)
        report = library.index([papers])
        assert (report.failed, report.changed) == (1, 0)
        (failure,) = library.failures()
        assert "Input/output error" in failure.reason
        assert found(library, "nepal fees") == [before]
    library.index([papers])
    assert library.failures() == ()
    assert found(library, "nepal fees") == [before]


def test_what_was_gone_before_is_forgotten_when_asked(library: Library, papers: Path) -> None:
    library.index([papers])
    (papers / "notes.txt").unlink()
    library.index([papers])
    assert [failure.state for failure in library.failures()] == ["gone"]
    library.index([papers], Options(prune=True))
    assert library.failures() == ()
    assert library.status().files.get("gone", 0) == 0
