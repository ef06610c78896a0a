"""Whether and how well a document or a page answers a tree, worked out leaf by leaf."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.errors import UnsupportedQuery
from tipsearch.query.nodes import (
    And,
    Boost,
    Fuzzy,
    Leaf,
    Node,
    Not,
    OnPage,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Wildcard,
    Word,
)
from tipsearch.query.slop import allowed_slop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.engines.wanted import Numbers

#: What a leaf found only by its stem counts beside one found as typed.
_STEM_WEIGHT = 0.5
#: What a page gets for each leaf it holds, so much that the rest only decides among pages that hold equally many.
_PAGE_BONUS = 64.0


@dataclass(frozen=True, slots=True)
class Text:
    """What a leaf is looked up in.

    Attributes:
        runs: words that no phrase crosses.
        stems: in them, as (language, stem).
        spelt: words with accents, as they are written.
    """

    runs: tuple[tuple[str, ...], ...]
    stems: tuple[tuple[str, str], ...] = ()
    spelt: tuple[str, ...] = ()


def analysed(text: str, language: str | None) -> Text:
    """A text as it is looked up: one run, stemmed in its language."""
    surfaces = analysis.surfaces(text)
    stems = tuple((language, stem) for stem in analysis.stems(surfaces, language)) if language else ()
    return Text((tuple(analysis.folded(surfaces)),), stems, tuple(analysis.spelt(surfaces)))


def matches(node: Node, fields: Mapping[str | None, Text], pages: Mapping[int, Text]) -> bool:
    """Whether a document with these fields (None: title and text) and pages by number matches an expanded tree."""
    match node:
        case And(children):
            return all(matches(child, fields, pages) for child in children)
        case Or(children):
            return any(matches(child, fields, pages) for child in children)
        case Not(child):
            return not matches(child, fields, pages)
        case Boost(child) | Prefer(child):
            return matches(child, fields, pages)
        case OnPage(child, first, last):
            return any(
                (first or 0) <= number
                and (last is None or number <= last)
                and matches(child, {None: text}, {number: text})
                for number, text in pages.items()
            )
        case _:
            return count_of(node, fields) > 0


def count_of(leaf: Leaf, fields: Mapping[str | None, Text]) -> float:
    """How often a leaf occurs: 1 for each time as typed, less for each time by its stem."""
    text = fields.get(leaf.field)
    match leaf:
        case _ if text is None:
            return 0.0
        case Word(typed):
            words = tuple(analysis.words(typed))
            exact = sum(_phrases(words, 0, run) for run in text.runs)
            if len(words) != 1:
                return exact
            surface = analysis.surfaces(typed)[0]
            stems = {(language, analysis.stem(surface, language)) for language in analysis.STEMMED}
            spelt = sum(text.spelt.count(one) for one in analysis.spelt([surface]))
            return exact + spelt + _STEM_WEIGHT * sum(stem in stems for stem in text.stems)
        case Phrase(typed_words, slop):
            words = tuple(word for typed in typed_words for word in analysis.words(typed))
            return sum(_phrases(words, allowed_slop(len(words), slop), run) for run in text.runs)
        case Prefix() | Wildcard() | Fuzzy():
            raise UnsupportedQuery("memory", type(leaf).__name__, f"{leaf!r} must be expanded first")


def _phrases(words: Sequence[str], slop: int, run: Sequence[str]) -> int:
    """At how many places of a run the words stand in order, with `slop` others between them in all."""
    return sum(_stands_at(words, slop, run, place) for place in range(len(run))) if words else 0


def _stands_at(words: Sequence[str], slop: int, run: Sequence[str], place: int) -> bool:
    if not words:
        return True
    if place >= len(run) or run[place] != words[0]:
        return False
    return any(
        _stands_at(words[1:], slop - skipped, run, place + 1 + skipped)
        for skipped in range(slop + 1 if len(words) > 1 else 1)
    )


def weighted(node: Node, weight: float) -> Iterator[tuple[Leaf, float]]:
    """The leaves that are asked for or preferred, with their boosts."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from weighted(child, weight)
        case Boost(child, factor):
            yield from weighted(child, weight * factor)
        case Prefer(child, better):
            for one in (child, better):
                yield from weighted(one, weight)
        case OnPage(child):
            yield from weighted(child, weight)
        case Not():
            return
        case _:
            yield node, weight


def score_of(node: Node, fields: Mapping[str | None, Text], idf: Mapping[Leaf, float]) -> float:
    """Sum of weighted tf-idf, for a document or a page."""
    score = 0.0
    for leaf, weight in weighted(node, 1.0):
        # What stands in the title is found in the text already and counts again.
        count = count_of(leaf, fields) + (
            count_of(replace(leaf, field="title"), fields) if leaf.field is None else 0.0
        )
        score += weight * count / (count + 1) * idf[leaf]
    return score


def page_score(
    asked: Sequence[tuple[Node, float, Numbers]], number: int, text: Text, idf: Mapping[Leaf, float]
) -> float:
    """What the page of that number is worth: something for each leaf as of `wanted` that it holds, and how well it does.

    Each leaf is expanded by itself, so that a page gains nothing by holding many words of one pattern.
    """
    fields: dict[str | None, Text] = {None: text}
    return sum(
        _PAGE_BONUS * weight + score_of(leaf, fields, idf)
        for leaf, weight, (first, last) in asked
        if (first or 0) <= number
        and (last is None or number <= last)
        and matches(leaf, fields, {number: text})
    )
