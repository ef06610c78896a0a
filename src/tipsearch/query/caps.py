"""Limits on what is typed, applied before anything parses it, and the characters that mean the same.

The figures are those of the security sheet, section 8: a parser or an engine may take exponential time, or die, beyond
them.
"""

from __future__ import annotations

import re
import unicodedata

#: Characters of a query, after composition (NFC).
MAX_CHARACTERS = 2_048
#: Levels of a query's tree, brackets or not.
MAX_DEPTH = 20
#: Words, phrases and patterns of a query.
MAX_CLAUSES = 64
#: Letters that a pattern must begin with.
MIN_WILDCARD = 3
MIN_PREFIX = 2
#: Letters that a word must have to be searched with typing errors, and how many errors at most.
MIN_FUZZY = 4
MAX_DISTANCE = 2

_QUOTES = str.maketrans(
    dict.fromkeys("“”„‟«»〝〞＂「」『』", '"') | {"（": "(", "）": ")", "：": ":", "\u3000": " "}
)
_QUOTED = re.compile(r'"[^"]*"')


def prepare(text: str) -> tuple[str, list[str]]:
    """The text as the parser may see it, and notices of what was left out or mended.

    Composed, no longer than allowed, one space for any white space or control character, one kind of quotation mark,
    no brackets deeper than allowed, quotation marks in pairs.
    """
    notices: list[str] = []
    # Composing can shorten a text threefold at most, so the rest could never count.
    composed = unicodedata.normalize("NFC", text[: 4 * MAX_CHARACTERS]).translate(_QUOTES)
    if len(composed) > MAX_CHARACTERS or len(text) > 4 * MAX_CHARACTERS:
        notices.append(f"the query is longer than {MAX_CHARACTERS:,} characters; the rest was left out")
        composed = composed[:MAX_CHARACTERS]
    plain = " ".join("".join(" " if _is_control(c) else c for c in composed).split())
    return _balanced(plain, notices), notices


def _is_control(character: str) -> bool:
    """Control characters, lone surrogates and unassigned ones; joiners (Cf) belong to words."""
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}


def _balanced(text: str, notices: list[str]) -> str:
    if text.count('"') % 2:
        notices.append("a quotation mark without its partner was left out")
        head, _, tail = text.rpartition('"')
        text = f"{head} {tail}"
    depth, deepest, lowest = _bracket_depths(_QUOTED.sub("", text))
    if deepest > MAX_DEPTH:
        notices.append(f"brackets may be nested {MAX_DEPTH} deep; they were left out")
        return _without_brackets(text)
    if depth or lowest < 0:
        notices.append("a bracket without its partner was left out")
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
