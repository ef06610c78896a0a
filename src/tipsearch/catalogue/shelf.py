"""Documents taken from the catalogue many at a time: for exports, feeds and lists of all that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.catalogue.store import Catalogue
    from tipsearch.model import Document


class Shelf:
    """Reads a catalogue; each call sees one consistent state of it. Safe to use from several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def documents(self, ids: Sequence[str]) -> dict[str, Document]:
        """Documents by the ids given, in their order; one found under another id now is found by the old one, too.

        Unknown ids are left out.
        """
        known = [one for one in ids if one.isprintable()]  # half a character can't even be looked up
        with self._catalogue.view() as view:
            found = view.documents(known)
            moved = {one: there for one in known if one not in found and (there := view.shown_as(one))}
            others = view.documents(list(moved.values())) if moved else {}
        found |= {one: others[there] for one, there in moved.items() if there in others}
        return {one: found[one] for one in known if one in found}

    def arrivals(self, ids: Sequence[str]) -> dict[str, str]:
        """By id, when (ISO 8601, UTC) the file that a document's text comes from came in, new or changed."""
        with self._catalogue.view() as view:
            return view.arrivals(ids)

    def roll(self, after: str = "", limit: int = 1_000) -> tuple[tuple[str, str], ...]:
        """The next documents behind an id, in the order of ids, each with when it came in; empty at the end."""
        with self._catalogue.view() as view:
            return view.roll(after, limit)
