"""Which page or card goes with which file, among groups of records that are one publication already."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from tipsearch.analysis.sameness import letters
from tipsearch.catalogue import codec, linking
from tipsearch.catalogue.linking import Side
from tipsearch.catalogue.schema import facts, pages
from tipsearch.model import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from tipsearch.catalogue.around import Around, Member

    Group = Sequence[Member]
    Rank = tuple[int, float]

_OPENING_PAGES = 2
_SAID = (Field.TITLE, Field.PUBLISHER, Field.DATE, Field.LANGUAGE, Field.FILE_URL, Field.URL)


def matches(connection: Connection, around: Around, groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """The groups that go together, by their index: a page or card, and its file.

    A file has one page and a page one file, so each must fit the other best; a card has nothing of its own to lose.
    """
    likely = _likely(around, groups)
    if not likely:
        return
    ranks = _ranks(connection, around, groups, likely)
    best_file = _best(ranks)
    is_page = {page for page, _ in ranks if any(member.is_document for member in groups[page])}
    best_page = _best({(file, page): rank for (page, file), rank in ranks.items() if page in is_page})
    for page, file in best_file.items():
        if page not in is_page or best_page.get(file) == page:
            yield page, file


def _best(ranks: Mapping[tuple[int, int], Rank]) -> dict[int, int]:
    """For each one the other that fits it best, if that is only one."""
    found: dict[int, list[tuple[Rank, int]]] = defaultdict(list)
    for (one, other), rank in ranks.items():
        found[one].append((rank, other))
    best = {one: sorted(some, reverse=True) for one, some in found.items()}
    return {one: some[0][1] for one, some in best.items() if len(some) == 1 or some[0][0] > some[1][0]}


def _likely(around: Around, groups: Sequence[Group]) -> dict[tuple[int, int], bool]:
    """Couples of a page or card and a file that share a name or a title, and whether no third has that title."""
    place = {member.id: index for index, group in enumerate(groups) for member in group}
    is_file = [any(member.is_file for member in group) for group in groups]
    is_own = [any(member.id in around.own for member in group) for group in groups]
    found: dict[tuple[int, int], bool] = {}
    for name, holders in around.names.items():
        there = {place[holder] for holder in holders}
        if name.startswith("title:"):
            found |= dict.fromkeys(_couple(there, is_file, is_own), True)
            continue
        for index, group in enumerate(groups):
            if is_file[index] and not is_own[index] and name in _links(around, group):
                pages_ = (page for page in there if not is_file[page] and not is_own[page])
                found |= {(page, index): found.get((page, index), False) for page in pages_}
    return found


def _couple(there: set[int], is_file: Sequence[bool], is_own: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """A page and a file that alone have a title."""
    some = [index for index in there if not is_own[index]]
    of_page, of_file = ([one for one in some if is_file[one] is kind] for kind in (False, True))
    if len(there) == len(some) == 2 and of_page and of_file:  # noqa: PLR2004  a couple
        yield of_page[0], of_file[0]


def _links(around: Around, group: Group) -> set[str]:
    """What a link to one of this group's files would be called."""
    lying = (around.lying.get(member.file_id, ()) for member in group if member.is_file)
    return {f"link:{name}" for some in lying for name, _ in some if name}


def _ranks(
    connection: Connection,
    around: Around,
    groups: Sequence[Group],
    likely: Mapping[tuple[int, int], bool],
) -> dict[tuple[int, int], Rank]:
    sides = _Sides(connection, around, groups, {index for couple in likely for index in couple})
    ranks = {
        (page, file): linking.fit(sides.page(page), sides.file(file), distinctive=alone)
        for (page, file), alone in likely.items()
    }
    return {couple: rank for couple, rank in ranks.items() if rank[0]}


class _Sides:
    """What groups say, read at once."""

    def __init__(
        self, connection: Connection, around: Around, groups: Sequence[Group], wanted: Iterable[int]
    ) -> None:
        self._connection = connection
        self._around = around
        self._groups = groups
        self._said: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        ids = [member.id for index in wanted for member in groups[index]]
        query = select(facts.c.record_id, facts.c.field, facts.c.value)
        query = query.where(facts.c.record_id.in_(ids), facts.c.field.in_([one.value for one in _SAID]))
        for record, name, value in connection.execute(query):
            self._said[record][name].append(value)

    def page(self, index: int) -> Side:
        """A page, or a card without one, with its links."""
        group = self._groups[index]
        telling = [member for member in group if member.is_document] or group
        links = [
            address
            for member in group
            for address in linking.addresses(
                self._said[member.id][Field.FILE_URL],
                self._said[member.id][Field.URL],
                is_card=not member.is_document,
            )
        ]
        return self._side(telling, addresses=tuple(links))

    def file(self, index: int) -> Side:
        """A file, with where it and its copies lie."""
        own = [member for member in self._groups[index] if member.is_file]
        lying = [path for member in own for _, path in self._around.lying.get(member.file_id, ())]
        return self._side(own, paths=tuple(lying), opening=self._opening(own[0].id))

    def _side(
        self,
        members: Group,
        *,
        addresses: tuple[str, ...] = (),
        paths: tuple[bytes, ...] = (),
        opening: str = "",
    ) -> Side:
        def said(field: Field) -> tuple[str, ...]:
            return tuple(dict.fromkeys(value for one in members for value in self._said[one.id][field]))

        return Side(
            titles=said(Field.TITLE),
            addresses=addresses,
            paths=paths,
            publishers=said(Field.PUBLISHER),
            dates=said(Field.DATE),
            languages=said(Field.LANGUAGE),
            opening=opening,
        )

    def _opening(self, record: int) -> str:
        query = select(pages.c.text).where(pages.c.record_id == record, pages.c.number <= _OPENING_PAGES)
        packed = self._connection.scalars(query.order_by(pages.c.number))
        return "".join(letters(codec.unpack_text(one)) for one in packed)
