"""Languages by their script and its letters, where these say it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tipsearch.enrich import frequent, hints

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Chinese has no kana; Japanese has this share of them even where it is mostly written in Han characters.
MIN_KANA = 0.05


def main_script(letters: Sequence[str]) -> str | None:
    """The script of most letters; None if there is none that we know."""
    if len("".join(letters).encode("ascii", "ignore")) * 2 > len(letters):
        return "Latin"  # as most texts are, without looking at each letter
    blocks = hints.blocks()
    counts = Counter(blocks.get(ord(c) >> 4) for c in letters)
    counts.pop(None, None)
    return max(counts, key=lambda script: counts[script]) if counts else None


def language_of(script: str, letters: Sequence[str], sample: str) -> str | None:
    """The language of a text in a script; None for one in Latin letters that has none of a single language."""
    if script == "Han" and _is_kana(letters):
        return "ja"
    if script == "Latin" and sample.isascii():
        return None
    counts = Counter(letters) if script in hints.hints().letters else Counter()
    for names, own, percent in hints.hints().letters.get(script, ()):
        if sum(counts[letter] for letter in own) * 100 >= percent * len(letters):
            return _one_of(names.split(), sample)
    return hints.hints().by_script.get(script)


def _one_of(languages: Sequence[str], sample: str) -> str:
    return languages[0] if len(languages) == 1 else frequent.likeliest(frequent.words_of(sample), languages)


def _is_kana(letters: Sequence[str]) -> bool:
    return sum(hints.blocks().get(ord(c) >> 4) == "Kana" for c in letters) >= MIN_KANA * len(letters)
