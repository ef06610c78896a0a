"""From what was typed to suggestions: looked up, ordered, and only those that find something."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from tipsearch.engines.base import Sort
from tipsearch.errors import BadRequest
from tipsearch.query.nodes import MATCH_ALL
from tipsearch.search.asking import ask
from tipsearch.search.per_index import PerIndex
from tipsearch.search.request import SearchRequest
from tipsearch.search.suggest.entries import Entry, Kind, entries, quoted
from tipsearch.search.suggest.lookup import Lookup
from tipsearch.search.suggest.typed import plain, readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipsearch.catalogue import Catalogue
    from tipsearch.engines.base import Engine
    from tipsearch.search.suggest.typed import Typed
    from tipsearch.vocabulary import Vocabularies

#: Suggestions at a time, at most.
MOST = 20
#: Of eight suggestions so many are of one kind, unless there are no others.
_SHARE = {Kind.TOPIC: 4, Kind.PLACE: 3, Kind.PUBLISHER: 2, Kind.TERM: 3, Kind.TITLE: 3}
_SHARED = 8
#: Candidates that are searched for and find nothing before it is left at what there is.
_MOST_IN_VAIN = 8
#: Texts of which it is kept how many documents they find: about 2 MB.
_MOST_COUNTED = 10_000
#: What was looked up for an older generation will do until the library has grown or shrunk by this share.
_STALE = 0.02
_ORDER = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that a reader may be about to type.

    Attributes:
        text: what to search for: what was typed, completed.
        kind: ``topic``, ``place``, ``publisher``, ``term`` or ``title``.
        label: what it is called; without what was typed before it.
        count: documents that the text finds.
    """

    text: str
    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    typed: Typed
    entry: Entry
    text: str
    order: tuple[int | bool | str, ...]


class Suggester:
    """Suggests for one library; safe to use from several threads.

    Args:
        catalogue: the library's.
        vocabularies: the library's.
    """

    def __init__(self, catalogue: Catalogue, vocabularies: Vocabularies) -> None:
        self._catalogue = catalogue
        self._vocabularies = vocabularies
        self._lookups = PerIndex(self._make, _will_do)
        self._counts: PerIndex[dict[str, int]] = PerIndex(lambda _engine, _generation: {})

    def suggest(
        self, text: str, limit: int, language: str, engine: Engine, generation: int
    ) -> tuple[Suggestion, ...]:
        """What may be meant by a text that is being typed, the likeliest first.

        Args:
            text: what was typed so far.
            limit: how many suggestions at most.
            language: whose names come first.
            engine: the library's index.
            generation: of the index.

        Raises:
            BadRequest: the limit isn't from 1 to `MOST`.
        """
        if not 1 <= limit <= MOST:
            raise BadRequest("limit", f"limit is a number from 1 to {MOST}, not {limit}")
        text = text.encode("utf-8", "replace").decode()
        kept = self._lookups.of(engine, generation)[0]
        counts = self._counts.of(engine, generation)
        found: dict[str, Suggestion] = {}
        in_vain = 0
        for one in _in_turn(_candidates(text, kept, language), limit):
            count = self._count(one.text, counts, engine, generation)
            if count:
                found.setdefault(
                    plain(one.text), Suggestion(one.text, one.entry.kind.value, one.entry.label, count)
                )
            in_vain += not count
            if len(found) == limit or in_vain == _MOST_IN_VAIN:
                break
        return tuple(found.values())

    def _make(self, engine: Engine, generation: int) -> tuple[Lookup, int]:
        with self._catalogue.view() as view:
            titles = (document.title for document in view.living())
            lookup = Lookup(entries(engine, generation, self._vocabularies, titles))
        return lookup, engine.document_count()

    def _count(self, text: str, counts: dict[str, int], engine: Engine, generation: int) -> int:
        if text not in counts:
            if len(counts) >= _MOST_COUNTED:
                counts.clear()
            counts[text] = self._searched(text, engine, generation)
        return counts[text]

    def _searched(self, text: str, engine: Engine, generation: int) -> int:
        """How many documents a search for the text finds; none if it asks for nothing but all of them."""
        asked = ask(SearchRequest(text), engine, self._vocabularies, generation)
        filters = asked.selection.filters()
        if asked.named == MATCH_ALL and not filters:
            return 0
        # The order is the cheapest one; nobody sees it.
        return engine.search(asked.named, filters, sort=Sort.NEWEST, limit=1).total


def _will_do(known: tuple[Lookup, int], engine: Engine) -> bool:
    documents = known[1]
    return abs(engine.document_count() - documents) <= _STALE * documents


def _candidates(text: str, lookup: Lookup, language: str) -> list[_Candidate]:
    """What could complete the text, the likeliest first, one for each meaning."""
    typed = plain(text).strip()
    found = list(_looked_up(text, lookup, language, mended=False))
    if not any(one.entry.kind is not Kind.TITLE for one in found):
        found += _looked_up(text, lookup, language, mended=True)
    best: dict[tuple[Kind, str], _Candidate] = {}
    for one in sorted(found, key=lambda one: one.order):
        if plain(one.text) != typed:
            best.setdefault((one.entry.kind, one.entry.meaning), one)
    return list(best.values())


def _looked_up(text: str, lookup: Lookup, language: str, *, mended: bool) -> Iterator[_Candidate]:
    for rank, typed in enumerate(readings(text)):
        begun = lookup.corrected(typed.beginning) if mended else (typed.beginning,)
        for nearness, beginning in enumerate(begun):
            for entry, begins in lookup.beginning(beginning):
                if typed.kinds is None or entry.kind in typed.kinds:
                    order = (mended, rank, nearness, not begins, *_order(entry, language))
                    yield _Candidate(typed, entry, _completed(typed, entry), order)


def _order(entry: Entry, language: str) -> tuple[int | bool | str, ...]:
    foreign = 0 if entry.language in (language, "") else 1 if entry.language == "en" else 2
    return _ORDER[entry.kind], foreign, not entry.preferred, -entry.weight, len(entry.name), entry.name


def _completed(typed: Typed, entry: Entry) -> str:
    """The whole text with the beginning completed."""
    if typed.in_quotes:
        return typed.before + quoted(entry.label)
    if typed.bound:
        return typed.before + (quoted(entry.label) if " " in entry.label.strip() else entry.label)
    return typed.before + entry.text


def _in_turn(candidates: Iterable[_Candidate], limit: int) -> Iterator[_Candidate]:
    """The candidates in order, but those beyond their kind's share last."""
    room = {kind: max(1, share * limit // _SHARED) for kind, share in _SHARE.items()}
    late: list[_Candidate] = []
    early: list[_Candidate] = []
    for one in candidates:
        kind = one.entry.kind
        room[kind] -= 1
        (early if room[kind] >= 0 else late).append(one)
    return chain(early, late)
