"""Signs that stand for nothing where they were typed: a lone ``*``, a third ``~``, an emoji."""

from __future__ import annotations

import re
import unicodedata

_QUOTED = re.compile(r'"[^"]*"(?:~[0-9]+)?')
_BREAKS = re.compile(r"[\s()]+")
#: A word takes one ``~``.
_TOO_MANY = re.compile(r"~{2,}[0-9]*$")
#: Signs of the language. A lone ``?`` ends a question, a lone ``-`` or ``&`` joins words, and nobody means more by them.
_SIGNS = frozenset("*~")
#: Emoji and the like (Unicode: Symbol, other).
_SYMBOL = "So"
#: Signs that a notice names.
_MOST_SHOWN = 10


def stray_signs(text: str) -> tuple[str, ...]:
    """The signs in a prepared query that can't be meant, each once, in order.

    >>> stray_signs("trafficking~~~ * 😀 traffick* debt~")
    ('~~~', '*', '😀')
    """
    found = (sign for part in _BREAKS.split(_QUOTED.sub(" ", text)) if (sign := _stray(part)))
    return tuple(dict.fromkeys(found))[:_MOST_SHOWN]


def _stray(part: str) -> str:
    value = part.rpartition(":")[2]
    if any(map(str.isalnum, value)):
        ends = _TOO_MANY.search(value)
        return ends[0] if ends else ""
    return value if any(one in _SIGNS or unicodedata.category(one) == _SYMBOL for one in value) else ""
