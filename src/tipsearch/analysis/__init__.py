"""Text analysis: what counts as a word, when two words are the same, and what a word's stem is.

Every engine indexes what this package says and looks up what it says, and the highlighter marks by it, so the three
can't disagree. It knows no engine.

::

    text ─► surfaces ─► fold  ─► word of the dictionary   "Explotación" ─► explotacion
                   └──► stem  ─► stem of its language     "Explotación" ─► explot
"""

from tipsearch.analysis.fold import fold
from tipsearch.analysis.stems import SNOWBALL_VERSION, STEMMED, stem, stems, stop_words
from tipsearch.analysis.words import (
    Token,
    folded,
    has_unspaced_script,
    spelt,
    surfaces,
    tokens,
    word_at,
    words,
)

#: Changes whenever the same text would give other words or stems: an index made before must be made again.
VERSION = f"3-{SNOWBALL_VERSION}"

__all__ = [
    "STEMMED",
    "VERSION",
    "Token",
    "fold",
    "folded",
    "has_unspaced_script",
    "spelt",
    "stem",
    "stems",
    "stop_words",
    "surfaces",
    "tokens",
    "word_at",
    "words",
]
