"""Programs and libraries that tipsearch stands on, and their versions."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from tipsearch.doctor.finding import Finding, State
from tipsearch.engines import registry
from tipsearch.errors import EngineError, ProgramMissing
from tipsearch.extract.versions import pdfium
from tipsearch.ocr.languages import install_command, packs_of
from tipsearch.ocr.tesseract import ORIENTATION, Tesseract
from tipsearch.version import VERSION
from tipsearch.vocabulary import languages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tipsearch.config import OcrSettings

#: The libraries that documents and queries pass through.
_PACKAGES = ("tantivy", "pypdfium2", "pdfminer.six", "lxml", "sqlalchemy")
_REINSTALL = "install tipsearch again, with what it needs: python -m pip install --force-reinstall tipsearch"


def look_at_programs(engine: str) -> Iterator[Finding]:
    """Versions, and whether the engine that the next run will write with can be loaded."""
    yield Finding("tipsearch", State.OK, VERSION)
    yield Finding("python", State.OK, platform.python_version())
    yield Finding("sqlite", State.OK, sqlite3.sqlite_version)
    for name in _PACKAGES:
        try:
            yield Finding(name, State.OK, version(name))
        except PackageNotFoundError:
            yield Finding(name, State.BROKEN, "not installed", _REINSTALL)
    try:
        yield Finding("pdfium", State.OK, pdfium())
    except (ImportError, OSError) as error:
        yield Finding("pdfium", State.BROKEN, f"cannot be loaded ({error})", _REINSTALL)
    try:
        registry.load(engine)
    except EngineError as error:
        yield Finding(
            "engine", State.BROKEN, str(error), "install it, or name another one: engine in tipsearch.toml"
        )
    else:
        yield Finding("engine", State.OK, engine)


def look_at_ocr(settings: OcrSettings, spoken: Mapping[str, int]) -> Iterator[Finding]:
    """Tesseract and its language packs.

    Args:
        settings: of OCR.
        spoken: languages of the library's pages (ISO 639) with the number of pages.
    """
    try:
        program = Tesseract.find()
    except ProgramMissing as error:
        what, _, command = str(error).partition("; ")
        yield Finding("tesseract", State.MISSING, f"{what}: pages that are pictures can't be read", command)
        return
    yield Finding("tesseract", State.OK, program.version)
    yield _language_packs(program.packs, [*dict.fromkeys((*settings.languages, *spoken))])
    if ORIENTATION in program.packs:
        yield Finding("tesseract orientation", State.OK, "pages that lie on their side or head are turned")
    else:
        yield Finding(
            "tesseract orientation",
            State.MISSING,
            "pages that lie on their head, or in an unexpected script, can't be read",
            "sudo apt-get install tesseract-ocr-osd",
        )


def _language_packs(installed: Collection[str], wanted: Sequence[str]) -> Finding:
    name = "tesseract languages"
    lacking = [one for one in wanted if packs_of(one) and not set(packs_of(one)) & set(installed)]
    if not lacking:
        there = ", ".join(sorted(set(installed) - {ORIENTATION}))
        return Finding(name, State.OK, f"{there}; a pack for every language that the library has")
    called = ", ".join(languages().label(one) for one in lacking)
    return Finding(
        name,
        State.MISSING,
        f"there is no language pack for {called}: pictures of such pages are read badly or not at all",
        install_command(lacking),
    )
