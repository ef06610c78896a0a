from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch.errors import SourceError
from tipsearch.model import Candidate
from tipsearch.sources import open_file, walk


def names(folder: Path) -> list[str]:
    return [os.path.relpath(one.path, folder) for one in walk(folder).candidates]


def test_files_come_in_the_same_order_every_time(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf", "sub/c.pdf", "Z.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert names(tmp_path) == ["Z.pdf", "a.pdf", "b.pdf", "sub/c.pdf"]


def test_one_file_is_a_source_too(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    assert [one.size for one in walk(tmp_path / "a.pdf").candidates] == [1]


def test_hidden_and_lock_files_are_no_documents(tmp_path: Path) -> None:
    for name in (".DS_Store", "~$report.docx", "report.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert names(tmp_path) == ["report.docx"]


def test_what_is_no_regular_file_is_refused_with_a_reason_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(tmp_path / "socket.pdf"))
        found = walk(tmp_path)
    assert not found.candidates
    assert [Path(one.path).name for one in found.refused] == ["pipe.pdf", "socket.pdf"]
    assert all("no regular file" in one.reason for one in found.refused)


def test_links_are_refused_so_that_loops_end_and_nothing_outside_comes_in(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "loop").symlink_to(tmp_path)
    (tmp_path / "inside" / "passwd.txt").symlink_to("/etc/passwd")
    found = walk(tmp_path / "inside")
    assert not found.candidates
    assert len(found.refused) == 2


def test_a_folder_named_like_a_document_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    (tmp_path / "x.pdf" / "y.pdf").write_bytes(b"x")
    assert names(tmp_path) == ["x.pdf/y.pdf"]


def test_a_missing_source_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no-such-place.*No such file"):
        walk(tmp_path / "no-such-place")


def test_a_device_is_no_source() -> None:
    with pytest.raises(SourceError, match="neither a folder nor a file"):
        walk(Path("/dev/null"))


def test_a_pipe_put_in_a_files_place_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "was-a-file.pdf")
    with pytest.raises(OSError, match="not a regular file"):
        open_file(Candidate(str(tmp_path / "was-a-file.pdf"), 1, 1, 1))


def test_a_link_put_in_a_files_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "was-a-file.pdf").symlink_to("/etc/passwd")
    with pytest.raises(OSError, match="symbolic links"):
        open_file(Candidate(str(tmp_path / "was-a-file.pdf"), 1, 1, 1))


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1, max_size=80).filter(lambda name: b"/" not in name and b"\0" not in name))
def test_any_name_that_the_system_takes_is_found_and_opened(tmp_path: Path, name: bytes) -> None:
    if name in {b".", b".."} or name.startswith((b".", b"~$")):
        return
    folder = tmp_path / str(len(os.listdir(tmp_path)))
    folder.mkdir()
    path = os.path.join(os.fsencode(folder), name)
    with open(path, "wb") as file:
        file.write(b"x")
    (found,) = walk(folder).candidates
    assert os.fsencode(found.path) == path
    os.close(open_file(found))
