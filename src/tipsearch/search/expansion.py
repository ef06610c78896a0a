"""Words of a query that are a topic's name find what else that topic is called, in any language.

The tree is rewritten before an engine sees it: ``forced labour fishing`` becomes (*forced* and *labour*, or one of the
other names of forced labour) and *fishing*. The longest name wins, in the order of typing. What stands between quotation
marks, in a field or behind a minus sign is taken as it is. Only names that the index holds are added.

A name weighs `NAME_WEIGHT`, and less where it is rarer than what was typed: rare words score high, and the few documents
in another language would else come before all those that say what was typed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tipsearch import analysis
from tipsearch.query import caps
from tipsearch.query.nodes import And, Boost, Node, Not, Or, Phrase, Word, with_children
from tipsearch.search.per_index import PerIndex
from tipsearch.search.phrasebook import Name, Rank, phrasebook, stems_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tipsearch.engines.base import Engine
    from tipsearch.search.phrasebook import Match, Phrasebook
    from tipsearch.vocabulary import Vocabulary

#: Weight of a name beside 1 for the words typed: a document must say three other names as often to come up with one
#: that says what was typed.
NAME_WEIGHT = 0.3
#: Names added for one concept, at most: the preferred ones, then the most frequent.
MOST_NAMES = 40
#: Words that may stand between the words of a name as typed, such as stop words.
_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class Expanded:
    """A tree with other names in it, and for each term of the query those that were added, as readers may see them."""

    node: Node
    added: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    """A name that the index holds: in how many documents, and how rare it and its words are."""

    name: Name
    count: int
    rarity: float


class _Bare(NamedTuple):
    """A part of the query that may belong to a name: the node and its words."""

    node: Node
    words: tuple[str, ...]


def expand(
    node: Node, text: str, *, match: str, topics: Vocabulary, engine: Engine, generation: int
) -> Expanded:
    """Add other names to a query's tree.

    Args:
        node: the tree.
        text: of the query, as typed.
        match: whether ``all`` or ``any`` of the words side by side must be found.
        topics: the library's.
        engine: its index.
        generation: of the index.

    Raises:
        EngineFailed: the engine broke.
    """
    names = _HELD.of(engine, generation)
    expander = _Expander(phrasebook(topics), names, engine, caps.prepare(text)[0], match=match)
    return Expanded(expander.rewritten(node), tuple(expander.added.items()))


class _NamesHeld:
    """Which names of a concept one index holds; looked up when first wanted.

    The engine comes with each question: what is kept for an engine must not keep it.
    """

    def __init__(self, documents: int) -> None:
        self._documents = documents
        self._known: dict[tuple[Phrasebook, str], tuple[_Held, ...]] = {}

    def of(self, engine: Engine, book: Phrasebook, concept: str) -> tuple[_Held, ...]:
        """The names of a concept that are there, the preferred ones first, then the most frequent."""
        key = book, concept
        if key not in self._known:
            found = self._found(engine, book.names(concept))
            self._known[key] = tuple(sorted(found, key=lambda one: (one.name.rank > 0, -one.count)))
        return self._known[key]

    def rarity(self, engine: Engine, words: Sequence[str]) -> float:
        """BM25's inverse document frequency of some words together."""
        return sum(map(self._rarity, engine.frequencies(words).values()))

    def _found(self, engine: Engine, names: Sequence[Name]) -> Iterator[_Held]:
        words = dict.fromkeys(word for name in names for word in name.words)
        frequencies = engine.frequencies(list(words))
        for name in names:
            if not all(frequencies[word] for word in name.words):
                continue
            if count := engine.search(Phrase(name.words), limit=0).total:
                apart = sum(self._rarity(frequencies[word]) for word in name.words)
                yield _Held(name, count, max(apart, self._rarity(count)))

    def _rarity(self, count: int) -> float:
        count = min(count, self._documents)
        return math.log(1 + (self._documents - count + 0.5) / (count + 0.5))


_HELD: PerIndex[_NamesHeld] = PerIndex(lambda engine, _: _NamesHeld(engine.document_count()))


class _Expander:
    """Rewrites one query; `added` fills on the way."""

    def __init__(self, book: Phrasebook, held: _NamesHeld, engine: Engine, text: str, *, match: str) -> None:
        self.added: dict[str, tuple[str, ...]] = {}
        self._book = book
        self._held = held
        self._engine = engine
        self._text = text
        self._match = match
        # The text is prepared: quotation marks come in pairs.
        self._quoted = {tuple(analysis.words(part)) for part in text.split('"')[1::2]}

    def rewritten(self, node: Node) -> Node:
        """The tree with other names."""
        match node:
            case Not():
                return node
            case And(children):
                found = tuple(self._row(children))
                return found[0] if len(found) == 1 and not isinstance(found[0], Not) else And(found)
            case Or(children) if self._match == "any":
                return Or((*self._apart(children),))
            case Word() | Phrase():
                return next(self._row((node,)))
            case _:
                return with_children(node, self.rewritten)

    def _row(self, children: Sequence[Node]) -> Iterator[Node]:
        """The parts that must all be found, those that are a name drawn together with its other names."""
        for parts, match in self._split(children):
            if match is None:
                yield self._below(parts[0])
                continue
            typed = parts[0] if len(parts) == 1 else And(parts)
            names = self._names(parts, match)
            yield Or((typed, *names)) if names else typed

    def _apart(self, children: Sequence[Node]) -> Iterator[Node]:
        """The parts any of which is enough, and after them the other names of what is a name among them."""
        names: list[Node] = []
        for parts, match in self._split(children):
            yield from map(self._below, parts)
            names += self._names(parts, match) if match else ()
        yield from names

    def _below(self, node: Node) -> Node:
        """A part that is no name, with the names within it."""
        return node if isinstance(node, Word | Phrase) else self.rewritten(node)

    def _split(self, children: Sequence[Node]) -> Iterator[tuple[tuple[Node, ...], Match | None]]:
        """The children from left to right: together where they are a name, one by one elsewhere."""
        place = 0
        while place < len(children):
            run = list(self._run(children[place:]))
            words = [word for one in run for word in one.words]
            ends = _ends(run)
            match = self._book.longest(words, ends) if run else None
            taken = ends[match.length] if match else 1
            yield tuple(children[place : place + taken]), match
            place += taken

    def _run(self, children: Sequence[Node]) -> Iterator[_Bare]:
        for child in children:
            bare = self._bare(child)
            if bare is None:
                return
            yield bare

    def _bare(self, node: Node) -> _Bare | None:
        """The words of a part that was typed without quotation marks, field or operator."""
        match node:
            case Word(text, None):
                return _Bare(node, (text,))
            case Phrase(words, 0, None) if tuple(map(analysis.fold, words)) not in self._quoted:
                return _Bare(node, words)
            case _:
                return None

    def _names(self, parts: Sequence[Node], match: Match) -> list[Node]:
        """The other names of what is typed, weighted; told in `added`."""
        words = tuple(word for part in parts if (bare := self._bare(part)) for word in bare.words)
        folded = tuple(map(analysis.fold, words))
        held = [one for concept in match.concepts for one in self._held.of(self._engine, self._book, concept)]
        implied = {language: stems_of(words, language) for language in match.languages}
        kept = [one for one in held if one.name.words != folded and not _implies(one.name, implied)]
        if not kept:
            return []
        rarity = self._held.rarity(self._engine, list(dict.fromkeys(folded)))
        kept = kept[:MOST_NAMES]
        self.added[self._as_typed(folded)] = _shown([one.name for one in kept], held, self._book, match)
        return [Boost(Phrase(one.name.words), NAME_WEIGHT * min(1.0, rarity / one.rarity)) for one in kept]

    def _as_typed(self, folded: tuple[str, ...]) -> str:
        """The piece of the text that holds these words, with what stands between them."""
        tokens = analysis.tokens(self._text)
        for first, (start, _, word) in enumerate(tokens):
            if word != folded[0]:
                continue
            place = first
            for wanted in folded[1:]:
                near = range(place + 1, min(place + 2 + _BETWEEN, len(tokens)))
                place = next((one for one in near if tokens[one][2] == wanted), -1)
                if place < 0:
                    break
            if place >= 0:
                return self._text[start : tokens[place][1]]
        return " ".join(folded)


def _ends(run: Sequence[_Bare]) -> Mapping[int, int]:
    """Number of words to number of parts that hold them."""
    ends, words = {}, 0
    for parts, one in enumerate(run, 1):
        words += len(one.words)
        ends[words] = parts
    return ends


def _implies(name: Name, typed: Mapping[str, frozenset[str]]) -> bool:
    """Whether who says this name says all the words that were typed anyway."""
    wanted = typed.get(name.language)
    return wanted is not None and wanted <= stems_of(name.words, name.language)


def _shown(names: Sequence[Name], held: Sequence[_Held], book: Phrasebook, match: Match) -> tuple[str, ...]:
    """Names as readers see them; for those never shown the preferred one of their language."""
    listed = [name for name in names if name.rank is not Rank.HIDDEN]
    told = {one.name.language for one in held if one.name.rank is not Rank.HIDDEN} | set(match.languages)
    every = [name for concept in match.concepts for name in book.names(concept)]
    for name in names:
        if name.language not in told:
            told.add(name.language)
            listed.append(next((one for one in every if one.language == name.language), name))
    return tuple(dict.fromkeys(name.text for name in listed))
