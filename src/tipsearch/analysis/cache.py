"""A cache of what has been worked out per word: texts repeat their words, so most are met again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")

#: Words kept; about 30 MB when full. Beyond it the cache starts anew, which costs less than keeping count of use.
MAX_WORDS = 200_000


class BoundedCache(dict[str, Value], Generic[Value]):
    """``cache[word]`` is ``function(word)``, worked out once. A plain dictionary look-up when the word is known."""

    def __init__(self, function: Callable[[str], Value]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> Value:
        if len(self) >= MAX_WORDS:
            self.clear()
        value = self[word] = self._function(word)
        return value
