"""Settings: defaults, overlaid by ``tipsearch.toml``.

A key that is unknown or of the wrong type is an error that names the key, not a setting silently ignored.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from tipsearch.errors import ConfigError

Positive = Annotated[int, msgspec.Meta(ge=1)]


class ReadingSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bounds on reading one file.

    Attributes:
        max_file_mb: larger files get the state ``too_big``.
        memory_mb: address space of the child process that reads a file.
        cpu_seconds: its processor time.
        wall_seconds: its time on the clock.
    """

    max_file_mb: Positive = 256
    memory_mb: Positive = 1024
    cpu_seconds: Positive = 20
    wall_seconds: Positive = 30


class OcrSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How pages that are pictures are read (``--ocr``).

    Attributes:
        languages: ISO 639 codes; what a page is first read in when nothing is known of its document.
        dpi: dots an inch that a page is drawn with. Clean print reads as well with 150, small print in old scans doesn't.
        cpu_seconds: processor time for one page.
        wall_seconds: its time on the clock.
        min_confidence: percent; what tesseract is less sure of isn't taken for the page's text.
    """

    languages: tuple[str, ...] = ("en",)
    dpi: Annotated[int, msgspec.Meta(ge=72, le=600)] = 200
    cpu_seconds: Positive = 60
    wall_seconds: Positive = 120
    min_confidence: Annotated[int, msgspec.Meta(ge=0, le=100)] = 60


class ThesaurusSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thesaurus of the library's own.

    Attributes:
        file: a SKOS file, relative to the settings file; empty if there is none.
        mode: whether its concepts join the program's or take their place.
    """

    file: str = ""
    mode: Literal["extend", "replace"] = "extend"


class WebSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the web pages say and where they lead.

    Attributes:
        name: the library's name in headings and page titles.
        exit_url: where the quick exit leads: a fast, neutral site.
        trusted_hosts: host names that the server answers to; empty answers to all.
        contact: who runs the library and takes complaints: a web address, a mail address, or a line of text.
        helplines: a file with helplines by country instead of the program's own; beside the settings file if relative.
        neutral_titles: titles of pages and their icon, and names of files to save, don't tell what is read.
        neutral_name: the title of all pages then, and the library's name to browsers and feed readers.
        base_url: the address of the start page for feeds, exports and others that need whole addresses; empty: as it was
            asked for.
        requests_per_minute: searches that one network may ask for, in pages, feeds, exports and the API, and ten times as many
            suggestions; 0 doesn't count.
        trusted_proxies: proxies between the reader and this server, whose X-Forwarded headers are believed.
        metrics: figures for Prometheus at ``/metrics``, open to whoever can ask.
        pdf_viewer: what shows PDF files: the reader's browser alone, or a page of the library's own as well.
    """

    name: str = "tipsearch"
    exit_url: str = "https://www.wikipedia.org/"
    trusted_hosts: tuple[str, ...] = ()
    contact: str = ""
    helplines: str = ""
    neutral_titles: bool = False
    neutral_name: str = "Library"
    base_url: str = ""
    requests_per_minute: Annotated[int, msgspec.Meta(ge=0)] = 0
    trusted_proxies: Annotated[int, msgspec.Meta(ge=0, le=9)] = 0
    metrics: bool = False
    pdf_viewer: Literal["browser", "pdfjs"] = "browser"

    @property
    def kept_name(self) -> str:
        """The library's name where browsers keep it for others to see: titles, downloads, feeds, search engines."""
        return self.neutral_name if self.neutral_titles else self.name


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings, by table of ``tipsearch.toml``.

    Attributes:
        engine: search engine for index and rebuild; empty: the one the library uses, tantivy for a new one.
        author: who makes decisions (``tipsearch set``), for their log; the system's name of the user if empty.
    """

    engine: str = ""
    author: str = ""
    reading: ReadingSettings = ReadingSettings()
    ocr: OcrSettings = OcrSettings()
    thesaurus: ThesaurusSettings = ThesaurusSettings()
    web: WebSettings = WebSettings()


def load(path: Path | None) -> Settings:
    """Read settings from that file; from ``./tipsearch.toml`` if None and there is one; else the defaults.

    Raises:
        ConfigError: the file is missing (when named), no TOML, or has an unknown key or a wrong value.
    """
    file = path or Path("tipsearch.toml")
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError as error:
        if path is None:
            return Settings()
        raise ConfigError(f"there is no settings file {file}; check --config or TIPSEARCH_CONFIG") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the settings file {file} cannot be read: {error}") from error
    try:
        settings = msgspec.convert(tomllib.loads(text), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{file}: {error}") from error
    return _beside(file, settings)


def _beside(file: Path, settings: Settings) -> Settings:
    """The settings with what lies beside their file found from everywhere."""
    thesaurus, web = settings.thesaurus, settings.web
    if thesaurus.file:
        thesaurus = msgspec.structs.replace(thesaurus, file=_from(file, thesaurus.file))
    if web.helplines:
        web = msgspec.structs.replace(web, helplines=_from(file, web.helplines))
    return msgspec.structs.replace(settings, thesaurus=thesaurus, web=web)


def _from(file: Path, named: str) -> str:
    return str(file.absolute().parent / Path(named).expanduser())
