"""Figures of a text, the same in whatever language they are written."""

from __future__ import annotations

import re
import unicodedata

#: Digits in groups of three, or with a decimal part: ``1,234``, ``1.234`` and ``1 234`` are one figure, ``2.5`` and ``2,5``.
FIGURE = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:[.,’' \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)")
_GROUPED = re.compile(r"\d{1,3}(?:[^\d]\d{3})+")
_NO_DIGIT = re.compile(r"\D")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: Numbers of so many digits count articles, chapters and notes.
SMALL = 2


def figure(text: str) -> str:
    """A figure as it is compared: no separators of thousands, a full stop before decimals, ASCII digits."""
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(one, one)) for one in text)
    if _GROUPED.fullmatch(text):
        return _NO_DIGIT.sub("", text)
    return text.replace(",", ".")


def figures_in(text: str) -> tuple[str, ...]:
    """Distinct figures of two characters and more, in the order in which they come first."""
    found = dict.fromkeys(map(figure, FIGURE.findall(text)))
    return tuple(one for one in found if len(one) > 1)


def is_telling(compared: str) -> bool:
    """Does a figure hardly stand in two texts by chance: is it neither small nor a year?"""
    return len(compared) > SMALL and not _YEAR.fullmatch(compared)
