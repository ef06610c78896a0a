"""Leaves of Whoosh's tree turned into ours: words, phrases and patterns, with notices where they aren't read as typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whoosh import query as whoosh

from tipsearch import analysis
from tipsearch.query import caps, words
from tipsearch.query.describe import joined
from tipsearch.query.nodes import Fuzzy, Node, Phrase, Prefix, Wildcard, Word
from tipsearch.query.slop import MAX_PLACEMENTS_TOGETHER, allowed_slop, count_placements

if TYPE_CHECKING:
    from typing import Protocol

    class _Tell(Protocol):
        def __call__(self, key: str, **fields: str | int) -> None: ...


_STARS = re.compile(r"[*?]+")
#: A star beside letters, or a question mark between them: a pattern, were it not between quotation marks.
_QUOTED_PATTERN = re.compile(r"\S*(?:\w\*|\*\w|\w\?\w)\S*")
#: Runs of characters that say the same wherever they are typed, with no sign of the language among them.
_PLAIN = re.compile(r"\w[\w.'’/&+-]*")


class LeafReader:
    """Reads one leaf after another.

    Attributes:
        typed: leaves that were typed otherwise than they would be written (``COVID-19``), and how.
    """

    def __init__(self, tell: _Tell) -> None:
        self._tell = tell
        self._placements = MAX_PLACEMENTS_TOGETHER
        self.typed: dict[Node, str] = {}

    def read(self, leaf: whoosh.Query, field: str | None) -> list[Node]:
        """The leaves for one of Whoosh's: none, one, or one per part around a colon."""
        match leaf:
            case whoosh.Phrase():
                return self._phrase(" ".join(leaf.words), leaf.slop - 1, field)
            case whoosh.FuzzyTerm():
                return self._fuzzy(leaf.text, leaf.maxdist, field)
            case whoosh.Prefix():
                return self._pattern(f"{leaf.text}*", field)
            case whoosh.Wildcard():
                return self._pattern(leaf.text, field)
            case _ if leaf.text in words.OPERATORS:
                self._tell("lone_operator", operator=leaf.text)
                return []
            case _:
                return self._words(leaf.text, field)

    def _words(self, text: str, field: str | None) -> list[Node]:
        found = words.leaves_of(text, field)
        if len(found) == 1 and _PLAIN.fullmatch(text):
            self.typed.setdefault(found[0], text)
        return found

    def _phrase(self, text: str, slop: int, field: str | None) -> list[Node]:
        phrase = words.phrase_of(text, field=field)
        if found := _QUOTED_PATTERN.search(text):
            self._tell("quoted_pattern", pattern=found[0])
        if not isinstance(phrase, Phrase):
            return [] if phrase is None else [phrase]
        count = len(phrase.words)
        allowed = allowed_slop(count, slop, self._placements)
        self._placements -= count_placements(count, allowed) if allowed else 0
        if allowed < slop and count > 1:
            self._tell("wide_phrase", most=allowed, phrase=joined(phrase.words))
        return [Phrase(phrase.words, allowed, field)]

    def _fuzzy(self, text: str, distance: int, field: str | None) -> list[Node]:
        typed = words.leaves_of(text, field)
        if distance < 1 or len(typed) != 1 or not isinstance(typed[0], Word):
            return typed
        word = typed[0].text
        if len(word) < caps.MIN_FUZZY:
            self._tell("short_fuzzy", word=word)
            return typed
        if distance > caps.MAX_DISTANCE:
            self._tell("many_errors", most=caps.MAX_DISTANCE)
        return [Fuzzy(word, min(distance, caps.MAX_DISTANCE), field)]

    def _pattern(self, pattern: str, field: str | None) -> list[Node]:
        """A prefix or wildcard, or its letters as words where it begins with too few."""
        start, *_ = parts = _STARS.split(pattern)
        typed = [leaf for part in parts for leaf in words.leaves_of(part, field)]
        if not typed:
            return []
        if pattern == f"{start}*" and len(start) >= caps.MIN_PREFIX and _is_word(start):
            return [Prefix(start, field)]
        if len(start) >= caps.MIN_WILDCARD and _is_word("".join(parts)):
            return [Wildcard(pattern, field)]
        if start:
            self._tell("short_pattern", pattern=pattern, prefix=caps.MIN_PREFIX, letters=caps.MIN_WILDCARD)
        else:
            self._tell("leading_sign", pattern=pattern)
        return typed


def _is_word(text: str) -> bool:
    found = analysis.tokens(text)
    return len(found) == 1 and found[0][:2] == (0, len(text))
