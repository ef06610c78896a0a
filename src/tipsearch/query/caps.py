"""Limits on what is typed, applied before anything parses it, and the characters that mean the same.

The figures are those of the security sheet, section 8: a parser or an engine may take exponential time, or die, beyond
them.
"""

from __future__ import annotations

import re
import unicodedata

from tipsearch.query.wording import Notice

#: Characters of a query, after composition (NFC).
MAX_CHARACTERS = 2_048
#: Levels of a query's tree, brackets or not.
MAX_DEPTH = 20
#: Words, phrases and patterns of a query.
MAX_CLAUSES = 64
#: Patterns and words with typing errors among them: each is looked up in the dictionary and shares in the words that all
#: may stand for.
MAX_PATTERNS = 8
#: Filters typed in a query.
MAX_FILTERS = 32
#: Letters that a pattern must begin with.
MIN_WILDCARD = 3
MIN_PREFIX = 2
#: Letters that a word must have to be searched with typing errors, and how many errors at most.
MIN_FUZZY = 4
MAX_DISTANCE = 2
#: Words that a notice names of those left out.
MAX_SHOWN = 10
#: Characters that a notice shows of the rest left out.
_SHOWN_REST = 40

_SAME = str.maketrans(
    dict.fromkeys("“”„‟«»〝〞＂「」『』", '"') | {"（": "(", "）": ")", "：": ":", "\u3000": " "}
)
#: Marks of direction and the byte order mark: they come along with pasted text and would hide the sign behind them.
_UNSEEN = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_QUOTED = re.compile(r'"[^"]*"')


def prepare(text: str) -> tuple[str, list[Notice]]:
    """The text as the parser may see it, and notices of what was left out or mended.

    Composed, no longer than allowed, one space for any white space or control character, one kind of quotation mark,
    no brackets deeper than allowed, quotation marks in pairs.
    """
    notices: list[Notice] = []
    text = _UNSEEN.sub("", text)
    # Composing can shorten a text threefold at most, so the rest could never count.
    composed = unicodedata.normalize("NFC", text[: 4 * MAX_CHARACTERS]).translate(_SAME)
    if len(composed) > MAX_CHARACTERS or len(text) > 4 * MAX_CHARACTERS:
        start = _plain(composed[MAX_CHARACTERS:][:_SHOWN_REST])
        notices.append(Notice.of("too_long", most=MAX_CHARACTERS, start=start))
        composed = composed[:MAX_CHARACTERS]
    return _balanced(_plain(composed), notices), notices


def _plain(text: str) -> str:
    """The text without control characters, one space for any white space."""
    return " ".join("".join(" " if _is_control(c) else c for c in text).split())


def _is_control(character: str) -> bool:
    """Control characters, lone surrogates and unassigned ones; joiners (Cf) belong to words."""
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}


def _balanced(text: str, notices: list[Notice]) -> str:
    if text.count('"') % 2:
        notices.append(Notice.of("lone_quote"))
        head, _, tail = text.rpartition('"')
        text = f"{head} {tail}"
    depth, deepest, lowest = _bracket_depths(_QUOTED.sub("", text))
    if deepest > MAX_DEPTH:
        notices.append(Notice.of("deep_brackets", most=MAX_DEPTH))
        return _without_brackets(text)
    if depth or lowest < 0:
        notices.append(Notice.of("lone_bracket"))
        return _without_brackets(text)
    return text


def _bracket_depths(text: str) -> tuple[int, int, int]:
    """Depth at the end, greatest and least depth."""
    depth = deepest = lowest = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest, lowest = max(deepest, depth), min(lowest, depth)
    return depth, deepest, lowest


def _without_brackets(text: str) -> str:
    return text.replace("(", " ").replace(")", " ").strip()
