"""The words by which publication pages are read (`data/publication_pages.json`, months from `lexicon`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from tipsearch.extract.lexicon import lexicon
from tipsearch.paths import data_file


@dataclass(frozen=True, slots=True)
class PageWords:
    """Word lists; all in lower case but the labels.

    Attributes:
        category_labels: as written, longest first.
        leaked_post_types: names that some themes print into the page.
        region_tags: regions that stand alone on a line, without «TAGS:».
        tag_prefixes: words before the colon of a line of tags.
        download_words: texts of a link to the publication's file.
        website_phrases: texts of a link to another site in its place.
        read_more: texts of the link at the end of a teaser.
        months: name or abbreviation in any language to number.
        publisher_abbreviations: last words of a name that keep their full stop.
    """

    category_labels: tuple[str, ...]
    leaked_post_types: frozenset[str]
    region_tags: frozenset[str]
    tag_prefixes: tuple[str, ...]
    download_words: tuple[str, ...]
    website_phrases: tuple[str, ...]
    read_more: tuple[str, ...]
    months: dict[str, int]
    publisher_abbreviations: frozenset[str]


@cache
def page_words() -> PageWords:
    """The word lists, read once per process."""
    raw = json.loads(data_file("publication_pages.json").read_text(encoding="utf-8"))
    short = {
        name: number for number, names in enumerate(raw["month_abbreviations"], start=1) for name in names
    }
    return PageWords(
        category_labels=tuple(sorted(raw["category_labels"], key=len, reverse=True)),
        leaked_post_types=frozenset(raw["leaked_post_types"]),
        region_tags=frozenset(tag.casefold() for tag in raw["region_tags"]),
        tag_prefixes=tuple(raw["tag_prefixes"]),
        download_words=tuple(raw["download_words"]),
        website_phrases=tuple(raw["website_phrases"]),
        read_more=tuple(raw["read_more"]),
        months=short | lexicon().months,
        publisher_abbreviations=frozenset(raw["publisher_abbreviations"]),
    )
