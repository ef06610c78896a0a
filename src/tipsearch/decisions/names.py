"""Finds documents by what people have at hand: an id, a file's name or path, an address."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from tipsearch.catalogue.identity import split_address
from tipsearch.errors import BadDecision, NotFound
from tipsearch.model import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tipsearch.catalogue import View
    from tipsearch.model import Document

#: Ids less alike (0..100) than this aren't the same one mistyped.
_MISTYPED = 75
#: Documents named when several are meant.
_NAMED = 3


class Names:
    """Finds documents of one state of the catalogue; all of them are looked at when an id doesn't do.

    Args:
        view: of that state.
    """

    def __init__(self, view: View) -> None:
        self._view = view

    def id_of(self, text: str) -> str:
        """The document that is meant: by its id or one it had, its file's name or path, or its address.

        Raises:
            NotFound: there is none; says what is near.
            BadDecision: there are several.
        """
        wanted = text.strip()
        if not wanted.isprintable():  # half a character can't even be looked up
            raise NotFound(f"there is no document {wanted!a} in this library")
        if wanted in self._ids:
            return wanted
        moved = self._view.shown_as(wanted)
        if moved:
            return moved
        found = self._by_address.get(_address(wanted), []) or self._by_path(wanted)
        if len(found) == 1:
            return found[0]
        if found:
            named = "; ".join(f"{one} ({self._ids[one].path})" for one in found[:_NAMED])
            raise BadDecision(
                f"{wanted!r} may mean {len(found)} documents: {named}{' …' * (len(found) > _NAMED)}; say which by its id"
            )
        raise NotFound(self._missing(wanted))

    def _missing(self, wanted: str) -> str:
        if self._view.decisions(wanted):
            return (
                f"the document {wanted!r} is not in the library now; what was decided on it is kept, and counts again "
                "when its file comes back"
            )
        near = process.extractOne(wanted, list(self._ids), scorer=fuzz.ratio, score_cutoff=_MISTYPED)
        hint = f"did you mean {near[0]} ({self._ids[near[0]].title})?" if near else "a search shows their ids"
        return f"there is no document {wanted!r} in this library; {hint}"

    @cached_property
    def _ids(self) -> Mapping[str, Document]:
        return {one.id: one for one in self._view.living()}

    @cached_property
    def _by_address(self) -> Mapping[str, list[str]]:
        """Documents by address, those that lie there before those that offer it as their file."""
        lying, offered = (self._stated(field) for field in (Field.URL, Field.FILE_URL))
        return offered | lying

    def _stated(self, field: Field) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for document, fact in self._view.stated(field):
            if address := _address(fact.value):
                found[address][document] = None
        return {address: list(some) for address, some in found.items()}

    @cached_property
    def _by_name(self) -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
        """Parts of the paths of documents, by file name."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for path, document in self._view.paths():
            parts = PurePath(path).parts
            found[parts[-1]].append((parts, document))
        return found

    def _by_path(self, wanted: str) -> list[str]:
        """The documents whose path ends as the wanted one does, or the other way round: it may begin at the root."""
        parts = PurePath(wanted).parts
        lying = self._by_name.get(parts[-1], []) if parts else []
        fitting = (one for path, one in lying if all(map(str.__eq__, reversed(path), reversed(parts))))
        return list(dict.fromkeys(fitting))


def _address(url: str | None) -> str:
    """An address as it is compared; empty if it is none."""
    parts = split_address(url.strip()) if url else None
    if parts is None or not parts.netloc:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.casefold().removeprefix('www.')}{parts.path.rstrip('/')}{query}"
