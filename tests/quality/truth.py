"""What the sample library's files truly say: read from their sources (tools/corpus/FORMAT.md), never from the files.

A document is called by its file in corpus.sample without the ending: ``reports/the-brick-season``.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SAMPLE = ROOT / "corpus.sample"
SOURCES = ROOT / "tools" / "corpus"
#: The labels of FORMAT.md and the values they stand for.
TYPES = {
    "Guidance": "guidance",
    "Publications": "publication",
    "News & Analysis": "news-analysis",
    "Graphics & Infographics": "graphics-infographics",
    "Good Practices": "good-practice",
    "Standards & Codes of Conduct": "standards-codes-of-conduct",
    "Online Tools": "online-tool",
    "COVID-19 resources": "covid-19",
}
#: The region tags that the sample uses; MENA is two regions of UN M49.
REGIONS = {
    "Global": {"global"},
    "Africa": {"africa"},
    "Asia": {"asia"},
    "Europe": {"europe"},
    "Latin America": {"latin-america-and-the-caribbean"},
    "MENA": {"western-asia", "northern-africa"},
}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_HEADING = re.compile(r"^(#{1,3}) (.*)$", re.MULTILINE)
#: Marks that are not printed: heading and quotation marks, bullets, table rules, footnote marks, page breaks.
_MARKS = re.compile(
    r"^#{1,3} |^> ?|^- |^\|[-|]+\|$|^(?:---|===|\[\[contents\]\])$|\[\^\w+\]:?|\*+|\\(?=[\\*\[|])",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Front matter and text of one file's source."""

    name: str
    keys: dict[str, Any]
    body: str

    @property
    def is_scanned(self) -> bool:
        """Whether the file has no text layer."""
        return bool(self.keys.get("layout") == "scanned")

    @property
    def own_text(self) -> str:
        """What a reader of the file reads of its own text: of a report also its title lines and table of contents."""
        text = _MARKS.sub("", self.body)
        if self.name.startswith("pages/"):
            return text
        front = [self.keys.get(key, "") for key in ("title", "subtitle", "publisher")]
        contents = [heading for _, heading in self.headings] if "[[contents]]" in self.body else []
        return "\n".join([*front, *contents, text])

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Depth (from 0) and text of each heading, in order."""
        return [(len(marks) - 1, _MARKS.sub("", text)) for marks, text in _HEADING.findall(self.body)]

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The cards of a web page, in order."""
        return list(self.keys.get("cards", ()))

    def labels(self, count: int) -> tuple[str, ...]:
        """The printed labels of so many pages."""
        if self.keys.get("labels") != "roman-front":
            return tuple(str(number) for number in range(1, count + 1))
        front = self.body.split("\n===\n")[0].count("\n---\n") + 1 + bool(self.keys.get("cover"))
        return (*_ROMAN[:front], *(str(number) for number in range(1, count - front + 1)))


@cache
def reports() -> dict[str, Source]:
    """The sources of the PDF documents that have text, by name."""
    found = _sources("text", "reports")
    return {name: source for name, source in found.items() if not source.is_scanned}


def scans() -> dict[str, Source]:
    """The sources of the PDF documents that are pictures only, by name."""
    return {name: source for name, source in _sources("text", "reports").items() if source.is_scanned}


@cache
def pages() -> dict[str, Source]:
    """The sources of all web pages, by name."""
    return _sources("web", "pages")


def publications() -> dict[str, Source]:
    """The sources of the web pages that are publications."""
    return {name: source for name, source in pages().items() if source.keys["kind"] == "publication"}


def document_of(name: str) -> str:
    """The document that a file belongs to: a publication page and the PDF that it offers are one, called by its PDF."""
    source = pages().get(name)
    return source.keys.get("pdf", name).removesuffix(".pdf") if source else name


def listings() -> dict[str, Source]:
    """The sources of the web pages that only list cards."""
    return {name: source for name, source in pages().items() if source.keys["kind"] == "listing"}


def files() -> list[Path]:
    """Everything that the measured values depend on besides the program: the sample, its sources, the gold."""
    places = [*SAMPLE.rglob("*"), *SOURCES.glob("text/*.md"), *SOURCES.glob("web/*.md")]
    named = (
        *("tags.json", "types.json", "queries.tsv", "region_spellings.tsv", "publisher_pairs.tsv"),
        *("type_names.tsv", "type_titles.tsv"),
    )
    gold = [HERE / name for name in named]
    return sorted(path for path in (*places, *gold) if path.is_file())


def digest() -> str:
    """SHA-256 over names and contents of `files`."""
    total = hashlib.sha256()
    for path in files():
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(ROOT).as_posix()} {content}\n".encode())
    return total.hexdigest()


def _sources(folder: str, prefix: str) -> dict[str, Source]:
    found = {}
    for path in sorted((SOURCES / folder).glob("*.md")):
        _, front_matter, body = path.read_text("utf-8").split("+++\n", 2)
        name = f"{prefix}/{path.stem}"
        found[name] = Source(name, tomllib.loads(front_matter), body)
    return found
