from __future__ import annotations

import os
import stat
import threading
import time
from typing import TYPE_CHECKING

import pytest

from ocr.scans import noise, picture_of, tesseract
from tipsearch.errors import ProgramMissing, UserError
from tipsearch.extract.pdf.picture import Picture
from tipsearch.ocr import Limits, Tesseract
from tipsearch.ocr.picture import turned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Install = Callable[[str], None]

SENTENCE = "Recruitment fees bind a worker to the job.\nA debt that grows is a chain."


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a program called tesseract on the path that answers two questions well and ends badly otherwise."""

    def write(rest: str) -> None:
        program = tmp_path / "tesseract"
        program.write_text(
            "#!/bin/sh\ncase $1 in --version) echo tesseract 9.9;; --list-langs) echo Some; echo eng;;\n"
            f"*) {rest};; esac\n",
            "utf-8",
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    return write


@pytest.fixture(scope="module")
def page() -> Picture:
    return picture_of(SENTENCE)


def test_print_is_read_word_by_word(page: Picture) -> None:
    found = tesseract().read(page, ["eng"])
    assert found.text == SENTENCE
    assert found.confidence > 90
    assert (found.kept, found.trouble) == (1.0, "")


def test_it_knows_its_version_and_packs() -> None:
    found = tesseract()
    assert found.version[0].isdigit()
    assert "eng" in found.packs


def test_a_page_on_its_head_is_seen_to_be() -> None:
    picture = picture_of("\n".join([SENTENCE] * 12))
    program = tesseract("osd")
    looks = [program.look(turned(picture, degrees)) for degrees in (0, 180)]
    assert [look.turn for look in looks if look] == [0, 180]
    assert looks[0]
    assert looks[0].script == "Latin"


def test_a_page_without_text_has_no_orientation() -> None:
    assert tesseract("osd").look(Picture(300, 300, 150, b"\xff" * 90_000)) is None


def test_noise_is_no_text_and_no_harm() -> None:
    found = tesseract().read(noise(), ["eng"])
    assert found.sureness < 50
    assert not found.trouble


@pytest.mark.parametrize("side", [1, 2, 9])
def test_the_smallest_pictures_are_no_trouble(side: int) -> None:
    assert tesseract().read(Picture(side, side, 200, bytes(side * side)), ["eng"]).text == ""


def test_without_the_program_the_user_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissing, match="apt-get install tesseract-ocr") as caught:
        Tesseract.find()
    assert isinstance(caught.value, UserError)


def test_a_program_without_language_packs_is_as_good_as_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tesseract()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(ProgramMissing, match="no language pack"):
        Tesseract.find()


@pytest.mark.parametrize(
    ("rest", "limits", "words"),
    [
        ("exec sleep 60", Limits(wall_seconds=0.3), "no answer within 0.3 seconds"),
        ("while :; do :; done", Limits(cpu_seconds=1), "more than 1 seconds of processor time"),
        ("trap '' XCPU; while :; do :; done", Limits(cpu_seconds=1), "more than 1 seconds of processor time"),
        ("kill -KILL $$", Limits(), "killed by the system, most likely for want of memory"),
        ("exec >&-; exec sleep 60", Limits(wall_seconds=0.3), "no answer within 0.3 seconds"),
        ("exec cat /dev/zero", Limits(wall_seconds=10), "no answer"),
        ("exit 3", Limits(), "exit status 3"),
        ("kill -SEGV $$", Limits(), "exit status -11"),
    ],
)
def test_a_bad_end_of_the_program_costs_one_page(
    install: Install, rest: str, limits: Limits, words: str
) -> None:
    install(rest)
    found = Tesseract.find(limits).read(Picture(2, 2, 200, b"abcd"), ["eng"])
    assert words in found.trouble
    assert found.text == ""


def test_the_program_can_write_no_file(install: Install, tmp_path: Path) -> None:
    install(f"echo x > {tmp_path}/written")
    Tesseract.find().read(Picture(2, 2, 200, b"abcd"), ["eng"])
    written = tmp_path / "written"
    assert not written.exists() or written.stat().st_size == 0


def test_the_real_program_is_held_to_its_time() -> None:
    text = "\n".join([SENTENCE] * 20)
    found = tesseract(limits=Limits(wall_seconds=0.1)).read(picture_of(text), ["eng"])
    assert "no answer" in found.trouble


def test_stopping_ends_what_runs_and_begins_nothing_more(install: Install) -> None:
    install("exec sleep 60")
    program = Tesseract.find()
    troubles: list[str] = []

    def read() -> None:
        troubles.append(program.read(Picture(2, 2, 200, b"abcd"), ["eng"]).trouble)

    thread = threading.Thread(target=read)
    thread.start()
    time.sleep(0.2)
    program.stop()
    thread.join(60)
    read()
    assert troubles == ["OCR was stopped"] * 2


def test_descriptors_are_given_back(install: Install) -> None:
    install("exit 0")
    program = Tesseract.find()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        program.read(Picture(2, 2, 200, b"abcd"), ["eng"])
    assert len(os.listdir("/proc/self/fd")) == before
