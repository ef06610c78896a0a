"""The sources of the sample library: front matter and text of a document or a web page (see FORMAT.md)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

LAYOUTS = ("report", "two-columns", "letter", "scanned")
PAPERS = ("a4", "a5")
CITATIONS = ("full", "short", "website", "none")
#: English names; those of the calendar module depend on the locale.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_FRONT_MATTER = re.compile(r"\+\+\+\n(.*?)\n\+\+\+\n(.*)", re.DOTALL)


class SourceError(Exception):
    """A source file that cannot be used; the message says why, the caller names the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One `text/*.md` file; the fields are the keys of FORMAT.md."""

    slug: str
    body: str
    title: str
    short_title: str
    lang: str
    date: str
    publisher: str
    dir: str
    size: float
    layout: str = "report"
    pages: int = 0
    subtitle: str = ""
    labels: str = ""
    outline: bool = False
    title_in_metadata: bool = True
    cover: bool = False
    paper: str = "a4"

    def __post_init__(self) -> None:
        """Check the keys that are a choice."""
        _check("layout", self.layout, LAYOUTS)
        _check("labels", self.labels, ("", "roman-front"))
        _check("paper", self.paper, PAPERS)

    @property
    def is_letter(self) -> bool:
        """Whether it is set like a letter; a scanned document is one before it is scanned."""
        return self.layout in ("letter", "scanned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The teaser of another publication on a web page."""

    slug: str
    title: str
    categories: list[str]
    teaser: str
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One `web/*.md` file; the fields are the keys of FORMAT.md."""

    slug: str
    body: str
    kind: str
    title: str
    lang: str
    date: str = ""
    publisher: str = ""
    categories: tuple[str, ...] = ()
    region_tag: str = ""
    pdf: str = ""
    citation: str = "full"
    website: str = ""
    leaked: bool = False
    cards: tuple[Card, ...] = ()

    def __post_init__(self) -> None:
        """Check the keys that are a choice or depend on another one."""
        _check("kind", self.kind, ("publication", "listing"))
        _check("citation", self.citation, CITATIONS)
        if self.kind == "publication" and not (self.date and self.publisher):
            raise SourceError("a publication needs date and publisher")


def load_document(path: Path) -> Document:
    """Read one document source.

    Raises SourceError for a value that is none of its choices, TypeError for an unknown or absent key, and
    ValueError for front matter that is no TOML.
    """
    keys, body = _split_front_matter(path.read_text("utf-8"))
    defaults = {
        "dir": "rtl" if keys.get("lang") == "ar" else "ltr",
        "size": 9.0 if keys.get("paper") == "a5" else 10.5,
        "short_title": keys.get("title", ""),
    }
    return Document(slug=path.stem, body=body, **(defaults | keys))


def load_page(path: Path) -> Page:
    """Read one web page source; raises what load_document raises."""
    keys, body = _split_front_matter(path.read_text("utf-8"))
    slug = keys.pop("slug", path.stem)
    if slug != path.stem:
        raise SourceError(f"slug {slug!r} is not the file's name")
    cards = tuple(Card(**card) for card in keys.pop("cards", ()))
    categories = tuple(keys.pop("categories", ()))
    return Page(slug=slug, body=body, cards=cards, categories=categories, **keys)


def has_day(text: str) -> bool:
    """Tell `YYYY-MM-DD` from `YYYY-MM`."""
    return text.count("-") > 1


def parse_date(text: str) -> date:
    """Return the date of `YYYY-MM` (its first day) or `YYYY-MM-DD`; raises ValueError for anything else."""
    return date.fromisoformat(text if has_day(text) else text + "-01")


def _split_front_matter(source: str) -> tuple[dict[str, Any], str]:
    match = _FRONT_MATTER.match(source)
    if not match:
        raise SourceError("no front matter between two lines of +++")
    return tomllib.loads(match[1]), match[2]


def _check(key: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise SourceError(f"{key} {value!r} is none of {', '.join(filter(None, choices))}")
