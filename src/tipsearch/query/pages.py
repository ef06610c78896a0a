"""``page:12``: on which page the words of a query must stand together."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tipsearch.query.nodes import OnPage
from tipsearch.query.trees import clauses, is_text, together

if TYPE_CHECKING:
    from tipsearch.query.nodes import Node

    #: First and last page, both included; None is open.
    Range = tuple[int | None, int | None]

_NUMBER = r"(\d{1,6})"
_ONE = re.compile(_NUMBER)
_BETWEEN = re.compile(rf"{_NUMBER}?\s*(?:\.\.+|…|[-–—])\s*{_NUMBER}?")
_FROM = re.compile(rf"(>=?|=>)\s*{_NUMBER}")
_UNTIL = re.compile(rf"(<=?|=<)\s*{_NUMBER}")


def parse_pages(text: str) -> Range | None:
    """First and last page, both included, None for an open end; None alone if it is no range of pages.

    >>> parse_pages("12"), parse_pages("1..20"), parse_pages(">=5"), parse_pages("..3"), parse_pages("debt")
    ((12, 12), (1, 20), (5, None), (None, 3), None)
    """
    text = text.strip()
    if found := _ONE.fullmatch(text):
        return int(found[1]), int(found[1])
    if (found := _BETWEEN.fullmatch(text)) and (found[1] or found[2]):
        ends = [int(one) for one in found.groups() if one]
        return (min(ends), max(ends)) if len(ends) > 1 else (_number(found[1]), _number(found[2]))
    if found := _FROM.fullmatch(text):
        return int(found[2]) + (found[1] == ">"), None
    if found := _UNTIL.fullmatch(text):
        return None, int(found[2]) - (found[1] == "<")
    return None


def format_pages(first: int | None, last: int | None) -> str:
    """A range in the one form that rests of queries use: ``12``, ``1..20``, ``5..``, ``..3``."""
    if first is not None and first == last:
        return str(first)
    return f"{'' if first is None else first}..{'' if last is None else last}"


def both(one: Range, other: Range) -> Range | None:
    """The pages that are in both ranges; None if there are none."""
    firsts = [first for first, _ in (one, other) if first is not None]
    lasts = [last for _, last in (one, other) if last is not None]
    first, last = max(firsts, default=None), min(lasts, default=None)
    return None if first is not None and last is not None and first > last else (first, last)


def on_pages(node: Node, pages: Range) -> Node | None:
    """The tree with all that is asked of the text on one page of the range; None if nothing is.

    What is asked of one page already is asked of a page of the range. What is excluded stays excluded from the whole
    document, and fields are the document's.
    """
    first, last = pages
    text = [one for one in clauses(node) if is_text(one)]
    placed = [OnPage(together(text), first, last)] if text else []
    placed += [replace(one, first=first, last=last) for one in clauses(node) if isinstance(one, OnPage)]
    rest = (one for one in clauses(node) if not is_text(one) and not isinstance(one, OnPage))
    return together((*placed, *rest)) if placed else None


def pages_of(node: Node) -> Range | None:
    """The pages on which a tree asks for words, as `on_pages` has made it; None if it leaves that open."""
    ranges = {(one.first, one.last) for one in clauses(node) if isinstance(one, OnPage)} - {(None, None)}
    return ranges.pop() if ranges else None


def on_any_page(node: Node) -> Node:
    """The tree without its range of pages: what `on_pages` was given, or what comes to the same."""
    conditions = [one for one in clauses(node) if isinstance(one, OnPage)]
    if len(conditions) == 1 and all(map(is_text, clauses(conditions[0].child))):
        rest = (one for one in clauses(node) if one is not conditions[0])
        return together((*clauses(conditions[0].child), *rest))
    return together(OnPage(one.child) if isinstance(one, OnPage) else one for one in clauses(node))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
