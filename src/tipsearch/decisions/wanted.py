"""What wants a librarian's decision: carriers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Why a decision is wanted, the worst first."""

    UNKNOWN_TAG = "unknown_tag"
    DOUBTFUL_TITLE = "doubtful_title"
    DOUBTFUL_DATE = "doubtful_date"
    CONFLICTING_DATES = "conflicting_dates"
    NO_REGION = "no_region"
    NO_TOPIC = "no_topic"
    NO_DATE = "no_date"
    NO_LANGUAGE = "no_language"
    GUESSED_TAG = "guessed_tag"
    NO_TYPE = "no_type"
    NO_PUBLISHER = "no_publisher"


#: Listed only when asked for: most files say nothing of it, and readers can do without.
QUIET = frozenset({Kind.NO_TYPE, Kind.NO_PUBLISHER})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that may be meant; nobody has applied it.

    Attributes:
        similarity: how much its name looks like the word, in percent; None where that isn't what it rests on.
    """

    field: str
    value: str
    label: str
    similarity: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that wants a decision.

    Attributes:
        document: id of the document; of a tag the first that carries it.
        title, path: that document's.
        value: what there is now: the tag, title or date in doubt; None where there is nothing.
        reason: why it is in doubt, in a sentence.
        suggestions: the likeliest first.
        todo: the command that decides, ``…`` where a value is to be put in.
        documents: how many documents it is about.
    """

    kind: Kind
    document: str
    title: str
    path: str | None
    value: str | None
    reason: str
    suggestions: tuple[Suggestion, ...]
    todo: str
    documents: int = 1
