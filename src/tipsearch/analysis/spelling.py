"""British and American spellings of English words, brought to one form before stemming."""

from __future__ import annotations

import json
import re
from functools import cache

from tipsearch.paths import data_file


def american(word: str) -> str:
    """The word in American spelling, if it looks British.

    Only ever compared with other results of this function: *promise* may well become *promize*, as it does everywhere.
    """
    for letters, pattern, form in _rules():
        if letters in word and (found := pattern.sub(form, word)) != word:
            return found
    return word


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    known = json.loads(data_file("spelling_en.json").read_text("utf-8"))
    before = "|".join(known["our"])
    ours = ("our", re.compile(rf"^((?:dis|un|mis)?(?:{before}))our"), r"\1or")
    return (ours, *((letters, re.compile(pattern), form) for letters, pattern, form in known["endings"]))
