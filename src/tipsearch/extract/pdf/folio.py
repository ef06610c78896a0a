"""Page numbers as they are printed: ``12``, ``- xiv -``, ``Page 3 of 20``, ``3 | P a g e``."""

from __future__ import annotations

import json
import re

from tipsearch.paths import data_file

#: Longer lines hold more than a number.
_LONGEST = 40
_ROMAN_LETTERS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
#: Roman numbers as they are written, up to 399 (so ``civil`` and ``mix`` are none).
_ROMAN = re.compile(r"c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


def folio(line: str) -> str | None:
    """The number in a line that is nothing but a page number, as it is printed; None if the line is more or less."""
    if len(line) > _LONGEST:
        return None
    found = _FOLIO.fullmatch(line.strip().casefold())
    if found is None:
        return None
    number = found["number"]
    return number if number.isdecimal() or _ROMAN.fullmatch(number) else None


def value(number: str) -> int:
    """What a printed number counts, in any script's decimal digits or in roman ones."""
    if number.isdecimal():
        return int(number)
    total = 0
    for letter, after in zip(number, [*number[1:], ""], strict=True):
        one = _ROMAN_LETTERS[letter]
        total += -one if after and _ROMAN_LETTERS[after] > one else one
    return total


def _pattern() -> re.Pattern[str]:
    raw = json.loads(data_file("page_numbers.json").read_text(encoding="utf-8"))
    words = "|".join(re.escape(word) for word in sorted(raw["words"], key=len, reverse=True))
    between = "|".join(re.escape(word) for word in sorted(raw["of"], key=len, reverse=True))
    mark = r"[\s|•·.:()\[\]<>~=*_–—―-]*"
    return re.compile(
        rf"{mark}(?:(?:{words}){mark})?(?P<number>\d{{1,4}}|[ivxlc]{{1,8}})"
        rf"(?:{mark}(?:{between}){mark}\d{{1,4}})?{mark}(?:(?:{words}){mark})?"
    )


# Made now: short documents don't come so far, and a child may open no files by then.
_FOLIO = _pattern()
