"""What documents are sorted by, the same for every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch import analysis

if TYPE_CHECKING:
    from tipsearch.model import IndexDocument

#: Letters of a title that count; engines store the key, and some drop long ones.
_TITLE_CHARACTERS = 200
_LAST = 99_999_999


def newest_key(document: IndexDocument) -> str:
    """Sorts the newest first and the undated last."""
    return f"{_LAST if document.date is None else _LAST - document.date:08d}"


def oldest_key(document: IndexDocument) -> str:
    """Sorts the oldest first and the undated last."""
    return f"{_LAST if document.date is None else document.date:08d}"


def title_key(document: IndexDocument) -> str:
    """Sorts by the folded words of the title, by code point; signs and quotation marks don't count."""
    return " ".join(analysis.words(document.title))[:_TITLE_CHARACTERS]
