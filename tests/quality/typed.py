"""Types measured: guessed from titles and files, and the categories of other sites; and dates and publishers' names.

``type_titles.tsv`` has titles with the type that they tell a librarian, ``-`` where they tell none; ``type_names.tsv`` has
categories of sites and repositories; ``types.json`` the types that a librarian would give the sample's PDFs, one of which
must be guessed where nothing but the file speaks. ``publisher_pairs.tsv`` has couples of spellings that are one publisher
or two.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from metrics import Metric, share
from truth import HERE, SAMPLE, reports

from tipsearch.enrich import enrich
from tipsearch.enrich.kind_of_title import kind_of_title
from tipsearch.enrich.kind_words import kind_words
from tipsearch.extract import read
from tipsearch.model import Extraction, Fact, Field, FileState, Origin, Record, RecordKind
from tipsearch.publishers import identify

if TYPE_CHECKING:
    from collections.abc import Iterator

_NONE = "-"


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table beside this file."""
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


@cache
def gold() -> dict[str, list[str]]:
    """Types of the sample's PDFs by name of the document."""
    found: dict[str, list[str]] = json.loads((HERE / "types.json").read_text("utf-8"))
    return found


def measure() -> dict[str, Metric]:
    """All of these measures; they need no library."""
    return _titles() | {
        "types.names": share({name: _meant(name) == _wanted(true) for true, name in rows("type_names.tsv")}),
        "types.guessed": share({name: _guessed(name) in gold()[name] for name in reports()}),
        **_publishers(),
    }


def _titles() -> dict[str, Metric]:
    """Of titles that tell a type the share where it is found, and of those found the share that is right."""
    told: dict[str, bool] = {}
    right: dict[str, bool] = {}
    for true, language, title in rows("type_titles.tsv"):
        named = kind_of_title(title, language)
        found = kind_words().values[named.kind] if named else _NONE
        told |= {title: found == true} if true != _NONE else {}
        right |= {title: found == true} if found != _NONE else {}
    return {"types.titles.recall": share(told), "types.titles.precision": share(right)}


def _wanted(true: str) -> list[str]:
    return [] if true == _NONE else [true]


def _meant(category: str) -> list[str]:
    record = Record(RecordKind.DOCUMENT, (Fact(Field.CATEGORY, category, Origin.SOURCE),))
    return list(enrich(Extraction(FileState.OK, "text/html", (record,))).records[0].all(Field.TYPE))


def _guessed(name: str) -> str | None:
    path = SAMPLE / f"{name}.pdf"
    return enrich(read(path.read_bytes(), path.name)).records[0].first(Field.TYPE)


def _publishers() -> dict[str, Metric]:
    """Of couples that are one publisher the share that is known as one, and of those known as one the share that is."""
    joined: dict[str, bool] = {}
    right: dict[str, bool] = {}
    for true, one, other in rows("publisher_pairs.tsv"):
        couple, found = f"{one} = {other}", identify(one).key == identify(other).key
        joined |= {couple: found} if true == "same" else {}
        right |= {couple: true == "same"} if found else {}
    return {"publishers.joined": share(joined), "publishers.joined-rightly": share(right)}
