"""From what was typed to suggestions: looked up, ordered, and only those that find something."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from tipsearch.errors import BadRequest
from tipsearch.query.wording import LANGUAGES
from tipsearch.search.per_index import PerIndex
from tipsearch.search.suggest.counting import Counts
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
#: Candidates that are searched for and find nothing before it is left at what there is; fewer behind other words.
_MOST_IN_VAIN = 8
#: … as each of them counts for so many.
_IN_VAIN_BEHIND = 3
#: With fewer suggestions, words are taken for misspelt.
_ENOUGH = 3
#: Letters that forms of one word have in common.
_STEM = 4
#: What was made for an older generation of a library of more documents will do until it has grown or shrunk by this share.
_SMALL, _STALE = 1_000, 0.02
_ORDER = {kind: rank for rank, kind in enumerate((Kind.TOPIC, Kind.PLACE, Kind.PUBLISHER, Kind.TERM))}
#: Names in languages that are neither the reader's nor English come before titles only.
_FOREIGN = len(_ORDER)
_ORDER[Kind.TITLE] = _FOREIGN + 1
_SPOKEN = {language: rank for rank, language in enumerate(LANGUAGES, start=1)}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that a reader may be about to type.

    Attributes:
        text: what to search for: what was typed, completed.
        kind: ``topic``, ``place``, ``publisher``, ``term`` or ``title``.
        label: what it is called; without what was typed before it.
        count: documents that the text finds; other names of a topic in it may find more.
    """

    text: str
    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of an index: the lookup, the generation it is of, and how many documents there were."""

    lookup: Lookup
    generation: int
    documents: int


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
        self._counts = PerIndex(partial(Counts, vocabularies=vocabularies))

    def suggest(
        self, text: str, limit: int, language: str, engine: Engine, generation: int
    ) -> tuple[Suggestion, ...]:
        """What may be meant by a text that is being typed, the likeliest first; nothing while another asks for the first time.

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
        made = self._lookups.at_hand(engine, generation)
        if made is None:
            return ()
        counts = self._counts.of(engine, generation)
        found: list[Suggestion] = []
        for mended in (False, True):
            in_vain = 0
            enough = len(found) >= min(_ENOUGH, limit)
            candidates = () if enough else _candidates(text, made.lookup, language, mended=mended)
            for one in _in_turn(candidates, limit):
                if len(found) == limit or in_vain >= _MOST_IN_VAIN:
                    break
                current = made.generation == generation
                count = counts.of(one.typed, one.entry, one.text, current=current)
                offered = Suggestion(one.text, one.entry.kind.value, one.entry.label, count)
                in_vain += 0 if count else _IN_VAIN_BEHIND if one.typed.before else 1
                if count and not any(_alike(offered, other) for other in found):
                    found.append(offered)
        return tuple(found)

    def _make(self, engine: Engine, generation: int) -> _Made:
        with self._catalogue.view() as view:
            titles = (document.title for document in view.living())
            lookup = Lookup(entries(engine, generation, self._vocabularies, titles))
        return _Made(lookup, generation, engine.document_count())


def _will_do(known: _Made, engine: Engine) -> bool:
    change = abs(engine.document_count() - known.documents)
    return known.documents > _SMALL and change <= _STALE * known.documents


def _alike(one: Suggestion, other: Suggestion) -> bool:
    """Are both the same text, or two forms of a word that find the same?"""
    if plain(one.text) == plain(other.text):
        return True
    words = one.kind == other.kind == Kind.TERM and one.count == other.count
    return words and one.label[:_STEM] == other.label[:_STEM]


def _candidates(text: str, lookup: Lookup, language: str, *, mended: bool) -> list[_Candidate]:
    """What could complete the text, or what was meant by it, the likeliest first, one for each meaning."""
    typed = plain(text).strip()
    found = _looked_up(text, lookup, language, mended=mended)
    best: dict[tuple[Kind, str], _Candidate] = {}
    for one in sorted(found, key=lambda one: one.order):
        if plain(one.text) != typed:
            best.setdefault((one.entry.kind, one.entry.meaning), one)
    return list(best.values())


def _looked_up(text: str, lookup: Lookup, language: str, *, mended: bool) -> Iterator[_Candidate]:
    for rank, typed in enumerate(readings(text)):
        begun = lookup.corrected(typed.beginning) if mended else (typed.beginning,)
        for nearness, beginning in enumerate(begun):
            for entry, begins in lookup.beginning(beginning, language):
                if typed.kinds is None or entry.kind in typed.kinds:
                    order = (rank, nearness, *_order(entry, language, begins=begins))
                    yield _Candidate(typed, entry, _completed(typed, entry), order)


def _order(entry: Entry, language: str, *, begins: bool) -> tuple[int | bool | str, ...]:
    spoken = 0 if entry.language in (language, "") else _SPOKEN.get(entry.language, len(_SPOKEN) + 1)
    kind = _ORDER[entry.kind] if spoken <= 1 else _FOREIGN
    return kind, spoken, not entry.preferred, not begins, -entry.weight, len(entry.name), entry.name


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
