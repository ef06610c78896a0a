"""The last few answers, kept because the same is asked again and again: by one search, by each reader of a start page."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Question = TypeVar("Question", bound="Hashable")
Answer = TypeVar("Answer")


class Recent(Generic[Question, Answer]):
    """Keeps the answers to the questions asked last, for many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._known: dict[Question, Answer] = {}

    def __len__(self) -> int:
        return len(self._known)

    def of(self, question: Question, work_out: Callable[[], Answer]) -> Answer:
        """The answer to a question, worked out if it hasn't been of late; what that raises is raised here."""
        with self._lock:
            if question in self._known:
                found = self._known[question] = self._known.pop(question)
                return found
        # Two threads may work out the same; neither waits for the other.
        found = work_out()
        with self._lock:
            self._known[question] = found
            if len(self._known) > self._most:
                del self._known[next(iter(self._known))]
        return found
