"""Finds what a text says a country is to trafficked people: origin, transit or destination.

Roles are read clause by clause from what stands around the names of places: "Nepal is a source and transit country",
"women from Nepal", "trafficked to Qatar", "Nepali women in Qatar", "via India". A clause that speaks of no exploitation
gives none, nor does one whose subject isn't told. The words are those of ``roles.json``, in English, Spanish and French.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from tipsearch.enrich.places import Kind
from tipsearch.model import Evidence, Fact, Field, Origin
from tipsearch.paths import data_file
from tipsearch.vocabulary.roles import ROLES, valued

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipsearch.enrich.places import Mention
    from tipsearch.enrich.survey import Survey
    from tipsearch.enrich.zones import Body

ORIGIN, TRANSIT, DESTINATION = ROLES
#: Roles a document, at most: the States of the world in one role each.
MAX_ROLES = 250
#: Half of what is missing to certainty is added by each clause that states a role.
_DOUBT = 0.5
_MAX_QUOTE = 200
_MAX_PAGES = 10
#: Characters before a name in which what leads to it is looked for, and between a subject and what it is.
_NEAR = 80
_DECLARATION_LENGTH = 160
#: Characters before its first name that a clause has at most.
_LONGEST_CLAUSE = 300
_CLAUSE_END = re.compile(r"[;:•]|[.!?](?=[\s\"'”’)\]\d(]+(?:[\"“(]?[A-ZÀ-Þ\d•]|$))|\n\s*\n")


class _Words(msgspec.Struct, frozen=True):
    """The words of one language, as regular expressions; see the keys' own names and this module's head."""

    exploitation: tuple[str, ...]
    movement: tuple[str, ...]
    people: tuple[str, ...]
    states: tuple[str, ...]
    culprits: tuple[str, ...]
    from_: tuple[str, ...] = msgspec.field(name="from")
    through: tuple[str, ...]
    to: tuple[str, ...]
    in_: tuple[str, ...] = msgspec.field(name="in")
    between: tuple[str, ...]
    join: tuple[str, ...]
    being: tuple[str, ...]
    declaring: tuple[str, ...]
    origin: tuple[str, ...]
    transit: tuple[str, ...]
    destination: tuple[str, ...]
    unsaid: tuple[str, ...]
    abroad: tuple[str, ...]
    foreign: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Speech:
    """How a language says it, as patterns. Those named `leads_…` end where the name of a place begins."""

    exploitation: re.Pattern[str]
    movement: re.Pattern[str]
    people_after: re.Pattern[str]
    states_after: re.Pattern[str]
    culprits_after: re.Pattern[str]
    leads_from: re.Pattern[str]
    leads_through: re.Pattern[str]
    leads_to: re.Pattern[str]
    leads_in: re.Pattern[str]
    join: re.Pattern[str]
    declaration: re.Pattern[str]
    declared: tuple[tuple[str, re.Pattern[str]], ...]
    unsaid: re.Pattern[str]
    abroad: re.Pattern[str]
    foreign: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Named:
    """Places named in a row ("Nepal, India and Bangladesh")."""

    values: tuple[str, ...]
    start: int
    end: int
    is_people: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a sentence with the places that it names; positions are the text's."""

    text: str
    start: int
    end: int
    groups: tuple[_Named, ...]

    def before(self, group: _Named) -> str:
        return self.text[max(self.start, group.start - _NEAR) : group.start]

    def after(self, group: _Named) -> str:
        return self.text[group.end : min(self.end, group.end + _NEAR)]

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]


def warm_up() -> None:
    """Read the words and build the patterns."""
    for language in _words():
        _speech(language)


def detect(seen: Survey, main: str | None) -> tuple[Fact, ...]:
    """The roles that a document states, as facts: ``origin:nepal``; the surest first.

    Args:
        seen: its mentions of places.
        main: the country that it mostly speaks of, None if there is none.
    """
    stated: dict[str, list[tuple[str, int]]] = {}
    for body, mentions in seen.mentions:
        for clause in _clauses(body, mentions, seen):
            words = " ".join(clause.words.split()).rstrip(".")[:_MAX_QUOTE]
            for role, value in dict.fromkeys(_read(clause, _speech(body.language or ""), main)):
                stated.setdefault(valued(role, value), []).append((words, body.page))
    found = [_fact(value, places) for value, places in stated.items()]
    return tuple(sorted(found, key=lambda fact: (-fact.weight, fact.value))[:MAX_ROLES])


def _fact(value: str, clauses: Sequence[tuple[str, int]]) -> Fact:
    pages = tuple(dict.fromkeys(page for _, page in clauses))[:_MAX_PAGES]
    evidence = Evidence("text", clauses[0][0], len(clauses), pages)
    return Fact(Field.ROLE, value, Origin.DETECTED, round(1 - _DOUBT ** len(clauses), 3), (evidence,))


def _clauses(body: Body, mentions: Sequence[Mention], seen: Survey) -> Iterator[_Clause]:
    """The clauses that name a place."""
    speech, place = _speech(body.language or ""), 0
    start = 0
    while place < len(mentions):
        end, after = _clause_end(body.lines, mentions, place)
        inside = [one for one in mentions[place:after] if one.start >= start]
        start = max(start, _clause_start(body.lines, mentions[place].start, start))
        yield _Clause(body.text, start, end, tuple(_groups(body.text, inside, seen, speech)))
        start, place = end, after


def _clause_end(text: str, mentions: Sequence[Mention], place: int) -> tuple[int, int]:
    """Where the clause of a mention ends, and the first mention after it; a name ("U.S.") holds no end."""
    position = mentions[place].end
    while True:
        found = _CLAUSE_END.search(text, position)
        end = found.start() if found else len(text)
        after = bisect_left(mentions, end, place, key=attrgetter("start"))
        if mentions[after - 1].end <= end:
            return end, after
        position = mentions[after - 1].end


def _clause_start(text: str, position: int, earliest: int) -> int:
    """The end of the last clause that ends before a position."""
    earliest = max(earliest, position - _LONGEST_CLAUSE)
    ends = [found.end() for found in _CLAUSE_END.finditer(text, earliest, position)]
    return ends[-1] if ends else earliest


def _groups(text: str, mentions: Sequence[Mention], seen: Survey, speech: _Speech) -> Iterator[_Named]:
    row: list[Mention] = []
    for mention in mentions:
        if row and not _continues(text, row[-1], mention, speech):
            yield _named(row, seen)
            row = []
        row.append(mention)
    if row:
        yield _named(row, seen)


def _continues(text: str, one: Mention, other: Mention, speech: _Speech) -> bool:
    same = (one.name.kind is Kind.PEOPLE) == (other.name.kind is Kind.PEOPLE)
    return same and speech.join.fullmatch(text, one.end, other.start) is not None


def _named(row: Sequence[Mention], seen: Survey) -> _Named:
    values = dict.fromkeys(value for mention in row for value in seen.values(mention))
    return _Named(tuple(values), row[0].start, row[-1].end, row[0].name.kind is Kind.PEOPLE)


def _read(clause: _Clause, speech: _Speech, main: str | None) -> Iterator[tuple[str, str]]:
    """The roles that one clause states."""
    yield from _declared(clause, speech)
    is_about_others = any(value != main for group in clause.groups for value in group.values)
    # Most clauses name the document's own country only, and say nothing of here or there.
    if not (is_about_others or speech.abroad.search(clause.words)):
        return
    if not speech.exploitation.search(clause.words):
        return
    origins, through, there, here = _sorted(clause, speech)
    yield from ((TRANSIT, value) for value in through)
    own = [value for value in dict.fromkeys(origins) if value == main]
    others = [value for value in origins if value != main]
    abroad = [value for value in (*there, *here) if value not in origins]
    yield from ((ORIGIN, value) for value in others)
    if own and (abroad or speech.abroad.search(clause.words)):
        yield from ((ORIGIN, value) for value in own)
    if origins or there:
        yield from ((DESTINATION, value) for value in abroad if value in there or others or own)
    elif speech.foreign.search(clause.words):
        yield from ((DESTINATION, value) for value in here)
    if main and others and not abroad and not own:
        yield (DESTINATION, main)
    if main and there and not origins:
        yield from ((ORIGIN, value) for value in [main] if main not in {*there, *through})


def _declared(clause: _Clause, speech: _Speech) -> Iterator[tuple[str, str]]:
    """What a clause says outright: X is a source, transit and destination country."""
    for group in clause.groups:
        if group.is_people:
            continue
        reach = min(clause.end, group.end + _DECLARATION_LENGTH)
        found = speech.declaration.match(clause.text, group.end, reach)
        if (
            found
            and not speech.unsaid.search(found[0])
            and not speech.unsaid.search(_rest(clause, found.end()))
        ):
            said = found[0]
            yield from (
                (role, value)
                for role, words in speech.declared
                if words.search(said)
                for value in group.values
            )


def _rest(clause: _Clause, end: int) -> str:
    """What a country is said to be a source or destination of."""
    return clause.text[end : min(clause.end, end + _NEAR // 2)]


def _sorted(clause: _Clause, speech: _Speech) -> tuple[list[str], list[str], list[str], list[str]]:
    """The places of a clause: whence, through, whither, and where."""
    origins: list[str] = []
    through: list[str] = []
    there: list[str] = []
    here: list[str] = []
    for group in clause.groups:
        before, after = clause.before(group), clause.after(group)
        if group.is_people and not speech.states_after.match(after):
            if speech.people_after.match(after) and not speech.culprits_after.search(after):
                origins += group.values
        elif speech.leads_from.search(before):
            origins += group.values
        elif speech.leads_through.search(before):
            through += group.values
        elif speech.leads_to.search(before) and speech.movement.search(clause.words):
            there += group.values
        elif speech.leads_in.search(before):
            here += group.values
    return origins, through, there, here


@cache
def _words() -> dict[str, _Words]:
    return msgspec.json.decode(data_file("roles.json").read_bytes(), type=dict[str, _Words])


@cache
def _speech(language: str) -> _Speech:
    words = _words().get(language) or _words()["en"]
    between = rf"(?:\s*{_any(words.between)})"
    kinds = (words.origin, words.transit, words.destination)
    gap = r"[\s,()]"
    being, declaring = _any(words.being), _any(words.declaring)
    role = _any((*words.origin, *words.transit, *words.destination))
    return _Speech(
        exploitation=_whole(words.exploitation),
        movement=_whole(words.movement),
        people_after=re.compile(
            rf"(?:[\s,]+[\w’'-]+){{0,4}}?[\s,]+{_any(words.people)}\b|\s+{_any(words.people)}\b"
        ),
        states_after=re.compile(rf"\s+(?:and\s+other\s+)?{_any(words.states)}\b"),
        culprits_after=_whole(words.culprits),
        leads_from=re.compile(rf"\b{_any(words.from_)}{between}{{0,8}}\s*$"),
        leads_through=re.compile(rf"\b{_any(words.through)}{between}{{0,6}}\s*$"),
        leads_to=re.compile(rf"\b{_any(words.to)}{between}{{0,8}}\s*$"),
        leads_in=re.compile(rf"\b{_any(words.in_)}{between}{{0,6}}\s*$"),
        join=re.compile(rf"(?:{gap}|/|&|–|—|\b{_any(words.join)}\b){{1,24}}"),
        declaration=re.compile(
            rf"[^.;:]{{0,40}}?\b{being}\b[^.;:]{{0,90}}?(?:\b{role}\b[^.;:]{{0,60}}?\b{declaring}\b"
            rf"|\b{declaring}\b[^.;:]{{0,12}}?\b{role}\b[^.;:]{{0,50}})"
        ),
        declared=tuple((name, _whole(some)) for name, some in zip(ROLES, kinds, strict=True)),
        unsaid=_whole(words.unsaid),
        abroad=_whole(words.abroad),
        foreign=_whole(words.foreign),
    )


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words, also where a sentence begins with it; to ignore case costs four times as much."""
    both = (form for word in words for form in (word, word[0].upper() + word[1:]))
    return re.compile(rf"\b{_any(dict.fromkeys(both))}(?!\w)")
