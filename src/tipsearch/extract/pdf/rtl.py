"""Right-to-left text that an extractor read from left to right, as pdfminer.six does (its issues #515 and #850)."""

from __future__ import annotations

import re

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
# From a right-to-left letter to the last one before any left-to-right letter; digits between them and the punctuation
# that touches them belong to the run.
_RUN = re.compile(rf"[^\w\s]{{0,3}}[{_RTL}](?:[^A-Za-z\u00c0-\u058f\n]*[{_RTL}])?[^\w\s]{{0,3}}")
_NUMBER = re.compile(r"\d[\d.,:/%-]*\d|\d")
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")


def logical_order(visual: str) -> str:
    """Text whose right-to-left runs stand in the order in which the eye meets them, in the order in which they are read.

    Rules L2 and L4 of the Unicode Bidirectional Algorithm (UAX #9) backwards, for lines whose runs keep their places.
    Never call it on text that is already in logical order, as PDFium's is: it would be destroyed.
    """
    return _RUN.sub(lambda run: _reverse(run[0]), visual)


def _reverse(run: str) -> str:
    turned = run[::-1].translate(_MIRRORED)
    return _NUMBER.sub(lambda number: number[0][::-1], turned)
