"""The words by which publications speak about themselves (`data/imprint.json`): months, mastheads, kinds of organisation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from tipsearch.paths import data_file


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists, all in lower case.

    Attributes:
        months: name of a month in any language to its number.
        not_publication: words beside a date that is not the date of publication (``downloaded``).
        published_by: phrases before a publisher's name.
        organisation_words: words that occur in names of organisations only.
        user_names: authors that are no people (``administrator``).
        tool_prefixes: what programs put before a file's name (``microsoft word -``).
        junk_titles: titles that say nothing (``untitled``).
        mastheads: lines above a title that are not the title (``general assembly``).
        labels: kinds of publication (``policy brief``); too little for a title.
        law_words: words before the year of a law (``convention``).
        small_words: words that stay in lower case within a title.
    """

    months: dict[str, int]
    not_publication: frozenset[str]
    published_by: tuple[str, ...]
    organisation_words: frozenset[str]
    user_names: frozenset[str]
    tool_prefixes: tuple[str, ...]
    junk_titles: frozenset[str]
    mastheads: frozenset[str]
    labels: frozenset[str]
    law_words: frozenset[str]
    small_words: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The word lists, read once per process."""
    raw = json.loads(data_file("imprint.json").read_text(encoding="utf-8"))
    months = {
        spelling: number
        for names in raw["months"].values()
        for number, name in enumerate(names, start=1)
        for spelling in name.split("|")
    }
    return Lexicon(
        months=months,
        published_by=tuple(raw["published_by"]),
        tool_prefixes=tuple(raw["tool_prefixes"]),
        **{
            name: frozenset(raw[name])
            for name in (
                "not_publication",
                "organisation_words",
                "user_names",
                "junk_titles",
                "mastheads",
                "labels",
                "law_words",
                "small_words",
            )
        },
    )
