"""All pages of a document as links, in groups where there are many, with those marked that answer the query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.serve.presenters.results import page_name
from tipsearch.serve.tongue import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tipsearch.serve.links import PathLinks

#: So many pages are shown as they are; of longer documents groups of so many open on demand.
_AT_ONCE = 60
_A_GROUP = 50


@dataclass(frozen=True, slots=True)
class PageRef:
    """A link to a page: as its number alone (for lists), and in words; does it answer the query?"""

    number: int
    name: str
    url: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Pages that follow one another: what they are called (empty if they are all), and how many answer the query."""

    name: str
    note: str
    pages: tuple[PageRef, ...]


def page_groups(
    document_id: str, labels: Sequence[str], hits: Collection[int], text: str, links: PathLinks
) -> tuple[PageGroup, ...]:
    """The pages of a document with these printed labels; `hits` are the numbers of those that answer `text`."""
    # Addresses differ by the number alone; making one takes as long as all else that is done for a page.
    before, after = links.page(document_id, 0, text).split("/pages/0", 1)

    def ref(number: int) -> PageRef:
        url = f"{before}/pages/{number}{after}"
        return PageRef(number, page_name(number, labels[number - 1]), url, number in hits)

    size = len(labels) if len(labels) <= _AT_ONCE else _A_GROUP
    return tuple(
        _group(tuple(map(ref, range(first, min(first + size, len(labels) + 1)))), all_of=len(labels))
        for first in range(1, len(labels) + 1, size or 1)
    )


def _group(pages: tuple[PageRef, ...], *, all_of: int) -> PageGroup:
    found = sum(page.is_hit for page in pages)
    return PageGroup(
        name=""
        if len(pages) == all_of
        else gettext("Pages %(first)s to %(last)s", first=pages[0].number, last=pages[-1].number),
        note=ngettext("%(count)s hit", "%(count)s hits", found) if found else "",
        pages=pages,
    )
