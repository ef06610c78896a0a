"""The parts of a query, each in words and with the query that is left without it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tipsearch.query.caps import MAX_CHARACTERS
from tipsearch.query.describe import Describer, describe
from tipsearch.query.nodes import And, Fuzzy, Node, Not, OnPage, Or, Phrase, Prefix, Wildcard, Word
from tipsearch.query.pages import on_any_page, on_pages, pages_of
from tipsearch.query.render import Renderer
from tipsearch.query.trees import clauses, together
from tipsearch.query.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.query.describe import Labels
    from tipsearch.query.pages import Range
    from tipsearch.query.parse import Parsed

#: Parts told one by one, from the beginning: each brings the whole rest of the query along, and nobody looks through more.
MAX_PARTS = 16

_KINDS: dict[type, str] = {
    Word: "word",
    Phrase: "phrase",
    Prefix: "prefix",
    Wildcard: "wildcard",
    Fuzzy: "fuzzy",
    Not: "excluded",
    OnPage: "page",
    And: "group",
    Or: "group",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a query that can be taken away.

    Attributes:
        words: what it asks, in the reader's language.
        kind: ``word``, ``phrase``, ``prefix``, ``wildcard``, ``fuzzy``, ``field`` (any of these in a title, publisher or
            author), ``group``, ``excluded``, ``page`` or ``filter``.
        without: the query that is left when this part is taken away; None where it would be too long to be typed.
    """

    words: str
    kind: str
    without: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A query in words, as a whole, and its first `MAX_PARTS` parts."""

    words: str
    parts: tuple[Part, ...]


def read(parsed: Parsed, language: str = "en", labels: Labels | None = None) -> Reading:
    """How a query was read, in the reader's language.

    Args:
        parsed: the query.
        language: as a tag; English where we don't speak it.
        labels: facet and value of each filter to what it is called; filters that aren't in it didn't count and are left
            out. None counts all of them, and calls them as they were typed.
    """
    filters = tuple(one for one in parsed.filters if labels is None or one in labels)
    told = Describer(wording(language), labels or {})
    renderer = Renderer(parsed.match, parsed.typed)
    parts = (
        Part(words, kind, rest if len(rest := renderer.query(*left)) <= MAX_CHARACTERS else None)
        for words, kind, left in islice(_parts(parsed, filters, told), MAX_PARTS)
    )
    return Reading(describe(parsed.node, filters, language, labels), tuple(parts))


def _parts(
    parsed: Parsed, filters: Sequence[tuple[str, str]], told: Describer
) -> Iterator[tuple[str, str, tuple[Node, Sequence[tuple[str, str]]]]]:
    """Each part in words, its kind, and tree and filters without it."""
    for words, kind, node in _parts_of_tree(parsed.node, told):
        yield words, kind, (node, filters)
    for place, (facet, value) in enumerate(filters):
        rest = (*filters[:place], *filters[place + 1 :])
        yield told.filter(facet, [value]), "filter", (parsed.node, rest)


def _parts_of_tree(node: Node, told: Describer) -> Iterator[tuple[str, str, Node]]:
    """Each part of a tree in words, its kind, and the tree without it."""
    if pages := pages_of(node):
        yield from _parts_on_pages(node, pages, told)
        return
    for place, clause in enumerate(clauses(node)):
        before, behind = clauses(node)[:place], clauses(node)[place + 1 :]
        if isinstance(clause, Or) and all(isinstance(one, Not | OnPage) for one in (*before, *behind)):
            for at, alternative in enumerate(clause.children):
                others = (*clause.children[:at], *clause.children[at + 1 :])
                left = others[0] if len(others) == 1 else Or(others)
                yield _words(alternative, told), _kind(alternative), together((*before, left, *behind))
        else:
            yield _words(clause, told), _kind(clause), together((*before, *behind))


def _parts_on_pages(node: Node, pages: Range, told: Describer) -> Iterator[tuple[str, str, Node]]:
    """The same where words must stand on certain pages: the parts without that, and then the pages."""
    anywhere = on_any_page(node)
    for words, kind, left in _parts_of_tree(anywhere, told):
        # Without words there is nothing to be asked of the pages.
        yield words, kind, on_pages(left, pages) or left
    yield told.pages(*pages), "page", anywhere


def _words(node: Node, told: Describer) -> str:
    return told.excluded(node.child) if isinstance(node, Not) else told.words(node)


def _kind(node: Node) -> str:
    return "field" if getattr(node, "field", None) else _KINDS[type(node)]
