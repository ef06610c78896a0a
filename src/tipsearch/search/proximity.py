"""Words that belong together in the query: they may stand together in the text, or apart.

Pairs of neighbouring words score as phrases beside the words themselves: the sequential dependence model (Metzler and
Croft, SIGIR 2005). The other way round, parts of a phrase or of a run as ``fault-tolerant`` score as words: a text that
speaks of tolerance to faults is about it too. Both only add to scores; what matches stays the same.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.query.nodes import And, Boost, Node, Or, Phrase, Prefer, Word
from tipsearch.query.words import stop_words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Weight of a pair as a phrase, which is looked up as it is written and so counts about a third of two words: 3 % of them.
#: With none and with twice as much, the mean nDCG@10 of CISI, Cranfield, CACM and NPL is 0.2 to 0.3 % lower. Metzler and
#: Croft give pairs 10 %, in shorter queries.
PAIR_WEIGHT = 0.15
#: Weight of a phrase's part as a word. On the same four it brings 1.3 % in the mean, 4 % on CACM; twice as much brings less.
PART_WEIGHT = 0.5
#: Pairs and parts at most, from the beginning, as each costs time; longer queries are prose.
MAX_PREFERRED = 16


def with_proximity(node: Node) -> Node:
    """The tree with pairs and parts preferred wherever several words are joined."""
    match node:
        case And(children) | Or(children):
            row = list(_row(children))
            better = (*_pairs(row), *_parts(row))
            return Prefer(node, Or(better)) if better else node
        case Prefer(child, better):
            return Prefer(with_proximity(child), better)
        case _:
            return node


def _row(children: Iterable[Node]) -> Iterator[Word | Phrase | None]:
    """What was typed side by side, None where something else stands between."""
    for child in children:
        match child:
            case Word(_, None) | Phrase(_, _, None):
                yield child
            case And(joined):
                yield from _row(joined)
            case Or((typed, *others)) if all(isinstance(one, Boost) for one in others):
                # The name of a topic and, weighted, its other names.
                yield from _row((typed,))
            case _:
                yield None


def _pairs(row: Sequence[Word | Phrase | None]) -> Iterator[Node]:
    pairs = dict.fromkeys(
        (one.text, other.text)
        for one, other in pairwise(row)
        if isinstance(one, Word) and isinstance(other, Word)
    )
    for pair in list(pairs)[:MAX_PREFERRED]:
        yield Boost(Phrase(pair), PAIR_WEIGHT)


def _parts(row: Sequence[Word | Phrase | None]) -> Iterator[Node]:
    phrases = [one.words for one in row if isinstance(one, Phrase)]
    parts = dict.fromkeys(word for words in phrases if len(words) > 1 for word in words)
    common = stop_words_in(list(parts))
    said = [word for word in parts if word not in common and not analysis.has_unspaced_script(word)]
    for word in said[:MAX_PREFERRED]:
        yield Boost(Word(word), PART_WEIGHT)
