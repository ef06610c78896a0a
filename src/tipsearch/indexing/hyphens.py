"""Hyphens at line ends that a document can't decide by itself, decided by what the collection writes elsewhere.

A report that breaks ``gender-responsive`` at the end of a line, and writes the word nowhere else, says neither
*genderresponsive* nor *gender-responsive*. Such words are joined when they are read (so are most of them: of 4,546
breaks in 62 reports 80 % occur joined, 8 % only with their hyphen). Here the index is asked: if no document writes the
word in one piece, and some write the two parts in a row, it gets its hyphen back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from tipsearch import analysis
from tipsearch.catalogue.breaks import OpenBreaks
from tipsearch.query.nodes import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.catalogue import Catalogue
    from tipsearch.engines.base import Engine

    #: What stands before and after a break, folded.
    Halves: TypeAlias = tuple[str, str]

#: The parts of a word are looked for in so many characters on each side of its break.
_LONGEST_HALF = 40
#: Pages written in one transaction.
_PAGES_AT_ONCE = 500


def settle_hyphens(catalogue: Catalogue, engine: Engine, after: int) -> int:
    """Put hyphens back into documents that changed after that number; how many pages got one.

    What nobody knows stays joined and open, until the whole index is made anew or the document is read again.
    """
    hyphenated = _hyphenated(catalogue, engine, after)
    if not hyphenated:
        return 0
    count, batch = 0, list[OpenBreaks]()
    with catalogue.view() as view:
        for page in view.open_breaks(after):
            mended = _mend(page, hyphenated)
            if mended != page:
                batch.append(mended)
                count += 1
            if len(batch) == _PAGES_AT_ONCE:
                _write(catalogue, batch)
                batch.clear()
    _write(catalogue, batch)
    return count


def _write(catalogue: Catalogue, pages: Sequence[OpenBreaks]) -> None:
    with catalogue.change() as change:
        for page in pages:
            change.settle_breaks(page)
        change.settle()


def _hyphenated(catalogue: Catalogue, engine: Engine, after: int) -> frozenset[Halves]:
    """The words that get their hyphen."""
    holders: dict[Halves, set[str]] = defaultdict(set)
    with catalogue.view() as view:
        for page in view.open_breaks(after):
            for pair in _pairs(page):
                holders[pair].add(page.document_id)
    return frozenset(
        pair
        for pair, documents in holders.items()
        if all(pair) and _count(engine, "".join(pair)) <= len(documents) and _count(engine, *pair)
    )


def _count(engine: Engine, *words: str) -> int:
    """Documents with these words in a row. Those that hold the word joined by guess are among them."""
    return engine.search(Phrase(words), limit=1).total


def _mend(page: OpenBreaks, hyphenated: frozenset[Halves]) -> OpenBreaks:
    """The page with the hyphens that are known by now."""
    text, still_open, shift = page.text, list[int](), 0
    for at, pair in zip(page.positions, _pairs(page), strict=True):
        if pair in hyphenated:
            text = f"{text[: at + shift]}-{text[at + shift :]}"
            shift += 1
        else:
            still_open.append(at + shift)
    return replace(page, text=text, positions=tuple(still_open))


def _pairs(page: OpenBreaks) -> list[Halves]:
    return [_halves(page.text, at) for at in page.positions]


def _halves(text: str, at: int) -> Halves:
    """The parts of the word around a position, as the index spells them; empty where there is no word."""
    before, after = (
        analysis.words(text[max(0, at - _LONGEST_HALF) : at]),
        analysis.words(text[at : at + _LONGEST_HALF]),
    )
    return (before[-1] if before else "", after[0] if after else "")
