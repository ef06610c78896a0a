"""A query's tree in words, in the reader's language, so that people can see how they were understood."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tipsearch.analysis import has_unspaced_script
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
from tipsearch.query.wording import wording
from tipsearch.query.years import UNDATED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tipsearch.query.wording import Wording

    #: Facet and value of a filter to what it is called.
    Labels = Mapping[tuple[str, str], str]


def describe(
    node: Node,
    filters: Sequence[tuple[str, str]] = (),
    language: str = "en",
    labels: Labels | None = None,
) -> str:
    """The query in words: ``“forced” and the phrase “child labour”, without “sport”; region: africa or asia``.

    Args:
        node: the tree.
        filters: facet and value of each filter.
        language: of the reader.
        labels: what the filters' values are called; those without are called as they were typed.
    """
    told = Describer(wording(language), labels or {})
    grouped: dict[str, list[str]] = {}
    for facet, value in filters:
        grouped.setdefault(facet, []).append(value)
    clauses = (told.words(node), *(told.filter(facet, values) for facet, values in grouped.items()))
    return told.wording.joined("semicolon", clauses)


class Describer:
    """Puts trees in words of one language."""

    def __init__(self, spoken: Wording, labels: Labels) -> None:
        self.wording = spoken
        self._labels = labels

    def words(self, node: Node) -> str:
        """A tree in words."""
        match node:
            case And(children):
                return self._all(children)
            case Or(children):
                return self.wording.joined("or", map(self.grouped, children)) or self._say("nothing")
            case Not(child):
                return self._say("everything_without", excluded=self.grouped(child))
            case Boost(child) | Prefer(child):
                return self.words(child)
            case OnPage(child, first, last):
                return self._say("on_page", pages=self.pages(first, last), words=self.words(child))
            case _:
                return self._leaf_in_field(node)

    def grouped(self, node: Node) -> str:
        """A tree in words, between brackets where it has several parts."""
        compound = isinstance(node, OnPage) or (isinstance(node, And | Or) and len(node.children) > 1)
        return self._say("brackets", words=self.words(node)) if compound else self.words(node)

    def excluded(self, node: Node) -> str:
        """That something is excluded."""
        return self._say("without", excluded=self.grouped(node))

    def pages(self, first: int | None, last: int | None) -> str:
        """On which pages: ``on page 12``."""
        if last is None:
            return self._say("pages_from", first=str(first)) if (first or 1) > 1 else self._say("any_page")
        if (first or 1) == last:
            return self._say("page", first=str(last))
        return self._say("pages", first=str(first or 1), last=str(last))

    def filter(self, facet: str, values: Sequence[str]) -> str:
        """A filter: ``region: Africa or Asia``."""
        named = self.wording.joined("or", (self._value(facet, value) for value in values))
        return self._say("filter", facet=self._say(f"facet_{facet}"), values=named)

    def _say(self, key: str, **fields: str) -> str:
        return self.wording.say(key, **fields)

    def _value(self, facet: str, value: str) -> str:
        if facet == "year" and value == UNDATED:
            return self._say("undated")
        return self.wording.isolated(self._labels.get((facet, value), value))

    def _all(self, children: Sequence[Node]) -> str:
        positive = [child for child in children if not isinstance(child, Not)]
        shown = self.words if len(positive) == 1 else self.grouped
        wanted = self.wording.joined("and", map(shown, positive))
        excluded = self.wording.joined(
            "or", (self.grouped(child.child) for child in children if isinstance(child, Not))
        )
        if not excluded:
            return wanted or self._say("everything")
        key = "but_without" if wanted else "everything_without"
        return self._say(key, **({"wanted": wanted} if wanted else {}), excluded=excluded)

    def _leaf_in_field(self, leaf: Leaf) -> str:
        said = self._leaf(leaf)
        return self._say(f"in_{leaf.field}", words=said) if leaf.field else said

    def _leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Word(text):
                return self.wording.quoted(text)
            case Phrase(words, slop):
                phrase = self._say("phrase", text=self.wording.quoted(joined(words)))
                key = "apart_one" if slop == 1 else "apart"
                return (
                    self._say(key, phrase=phrase, **({} if slop == 1 else {"most": str(slop)}))
                    if slop
                    else phrase
                )
            case Prefix(text):
                return self._say("prefix", text=self.wording.quoted(text))
            case Wildcard(pattern):
                return self._say("wildcard", text=self.wording.quoted(pattern))
            case Fuzzy(text, distance):
                return self._say(f"fuzzy_{distance}", text=self.wording.quoted(text))


def joined(words: Sequence[str]) -> str:
    """A phrase as it was typed: pairs of characters that overlap are drawn together again, as is what begins no word.

    Where a script without spaces meets another, a word may begin with what clings to the letter before (a mark, a soft
    hyphen). Behind a space that would be lost.
    """
    text = words[0]
    for before, word in pairwise(words):
        shorter = min(len(before), len(word))  # a whole word is no part of the next pair
        overlap = next((n for n in range(shorter - 1, 0, -1) if before.endswith(word[:n])), 0)
        pairs = overlap > 0 and has_unspaced_script(before) and has_unspaced_script(word)
        clings = not word[0].isalnum()
        text += word[overlap:] if pairs else word if clings else f" {word}"
    return text
