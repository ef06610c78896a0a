"""Titles that need the running head of their series: ``Albania`` below ``2021 FINDINGS ON …``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tipsearch.extract.pdf.running import mask
from tipsearch.extract.pdf.title_words import is_organisation, title_case, usable_title

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A headline of so few words is a name that needs its running head; more of them if the head bears a year.
_NAME_WORDS, _NAME_WORDS_OF_SERIES = 2, 7
_MIN_HEAD_WORDS = 4
#: So many lines from a page's end a running head may stand.
_EDGE = 3
_WORDS = re.compile(r"\w+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: A page number after or before a running head; years stay.
_FOLIO = re.compile(r"(?:\s+[|–-]?\s*(?:page\s+)?\d{1,3})+$|^\d{1,3}\s+[|–-]?\s*", re.IGNORECASE)


def series_head(title: str, text: str, running: frozenset[str], following: Sequence[str] = ()) -> str | None:
    """The running head that a title needs to say what it is about, None if it needs or has none.

    Args:
        title: as the page shows it.
        text: of the page.
        running: the masked running lines of the document; one that bears a year is preferred.
        following: texts of further pages. In a document of four, a head on every other page stands on two only, which
            is too little to be left out as a running line but enough to name the series.
    """
    if len(_WORDS.findall(title)) > _NAME_WORDS_OF_SERIES:
        return None
    known = running | (_edges(text) & frozenset().union(*map(_edges, following)))
    lines = [line.strip() for line in text.split("\n") if mask(line) in known]
    heads = [head for line in lines if _names_series(head := _FOLIO.sub("", line), title)]
    best = min(heads, key=lambda head: _YEAR.search(head) is None, default=None)
    return title_case(best, acronyms(text)) if best and best.isupper() else best


def _edges(text: str) -> frozenset[str]:
    """The masked first and last lines of a page."""
    lines = text.split("\n")
    return frozenset(map(mask, (*lines[:_EDGE], *lines[-_EDGE:])))


def _names_series(head: str, title: str) -> bool:
    most = _NAME_WORDS_OF_SERIES if _YEAR.search(head) else _NAME_WORDS
    if len(_WORDS.findall(title)) > most or len(_WORDS.findall(head)) < _MIN_HEAD_WORDS:
        return False
    return (
        title.casefold() not in head.casefold()
        and not is_organisation(head)
        and usable_title(head) is not None
    )


def acronyms(text: str) -> frozenset[str]:
    """The words that a text writes in capitals within lines that aren't, such as ``ILO``."""
    lines = (line for line in text.split("\n") if not line.isupper())
    return frozenset(
        word for line in lines for word in _WORDS.findall(line) if word.isupper() and len(word) > 1
    )
