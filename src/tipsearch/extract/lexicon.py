"""The words by which publications speak about themselves (`data/imprint.json`): months, mastheads, kinds of organisation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from tipsearch.paths import data_file


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists, all in lower case.

    Attributes:
        months: name of a month in any language to its number.
        not_publication: words beside a date that is not the date of publication (``downloaded``).
        remaking_programs: parts of the names of programs that make a PDF of what was published before: scanners, browsers.
        plan_words: words of a title whose span of years begins when it comes out (``strategy``).
        published_on: words before a date of publication (``first published``).
        published_by: phrases before a publisher's name.
        written_by: phrases before authors' names.
        imprint_marks: what only imprints say (``isbn``, ``all rights reserved``).
        picture_credits: words beside the copyright of a picture (``photo``).
        organisation_words: words that occur in names of organisations only.
        organisation_heads: words that say what kind of organisation it is (``ministry``, ``council``).
        user_names: authors that are no people (``administrator``).
        name_particles: words that stay small within names of people (``van``).
        typesetters: words in names of firms that only set or print (``prepress``).
        tool_prefixes: what programs put before a file's name (``microsoft word -``).
        tool_suffixes: what programs put after it (``- notepad``).
        junk_titles: titles that say nothing (``untitled``).
        mastheads: lines above a title that are not the title (``general assembly``).
        labels: kinds of publication (``policy brief``); too little for a title.
        sections: headings that many publications have (``executive summary``).
        law_words: words before the year of a law (``convention``).
        small_words: words that stay in lower case within a title.
    """

    months: dict[str, int]
    not_publication: tuple[str, ...]
    remaking_programs: tuple[str, ...]
    plan_words: frozenset[str]
    published_on: tuple[str, ...]
    published_by: tuple[str, ...]
    written_by: tuple[str, ...]
    imprint_marks: tuple[str, ...]
    picture_credits: tuple[str, ...]
    organisation_words: frozenset[str]
    organisation_heads: frozenset[str]
    user_names: frozenset[str]
    name_particles: frozenset[str]
    typesetters: frozenset[str]
    tool_prefixes: tuple[str, ...]
    tool_suffixes: tuple[str, ...]
    junk_titles: frozenset[str]
    mastheads: frozenset[str]
    labels: frozenset[str]
    sections: frozenset[str]
    law_words: frozenset[str]
    small_words: frozenset[str]


#: Lists that are gone through in their order; the others are only asked for membership.
_IN_ORDER = (
    "not_publication",
    "remaking_programs",
    "published_on",
    "published_by",
    "written_by",
    "imprint_marks",
    "picture_credits",
    "tool_prefixes",
    "tool_suffixes",
)


@cache
def lexicon() -> Lexicon:
    """The word lists, read once per process."""
    raw: dict[str, Any] = json.loads(data_file("imprint.json").read_text(encoding="utf-8"))
    del raw["_about"]
    months = {
        spelling: number
        for names in raw.pop("months").values()
        for number, name in enumerate(names, start=1)
        for spelling in name.split("|")
    }
    lists: dict[str, Any] = {
        name: tuple(words) if name in _IN_ORDER else frozenset(words) for name, words in raw.items()
    }
    return Lexicon(months=months, **lists)
