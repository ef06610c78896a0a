"""Answers of `find` that are kept, as the same document is opened again and again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from tipsearch.errors import BadRequest
from tipsearch.search.request import MAX_SIZE
from tipsearch.search.similar.find import find_similar

if TYPE_CHECKING:
    from tipsearch.catalogue import Catalogue
    from tipsearch.engines.base import Engine
    from tipsearch.model import Document
    from tipsearch.search.similar.find import Similar
    from tipsearch.vocabulary import Vocabularies

#: Documents in the answers that are kept: about 10 MB.
_MOST_KEPT = 1_000


class MoreLikeThis:
    """Finds the documents most like one of a library, and keeps what was asked for last; safe to use from several threads."""

    def __init__(self, catalogue: Catalogue, vocabularies: Vocabularies) -> None:
        self._catalogue = catalogue
        self._vocabularies = vocabularies
        self._kept: OrderedDict[tuple[str, int, str, int], tuple[Similar, ...]] = OrderedDict()
        self._documents = 0
        self._keeping = Lock()

    def find(self, document: Document, limit: int, engine: Engine, generation: int) -> tuple[Similar, ...]:
        """The documents most like one.

        Args:
            document: the one.
            limit: how many at most.
            engine: the library's index.
            generation: of the index; what is kept holds for this one.

        Raises:
            BadRequest: so many can't be asked for.
        """
        if not 1 <= limit <= MAX_SIZE:
            raise BadRequest("size", f"size is a number from 1 to {MAX_SIZE}, not {limit}")
        with self._catalogue.view() as view:
            # A library made anew in the same place counts its generations from the first one again.
            asked = (view.identity(), generation, document.id, limit)
            with self._keeping:
                if asked in self._kept:
                    self._kept.move_to_end(asked)
                    return self._kept[asked]
            found = find_similar(document, limit, engine, view, self._vocabularies)
        self._keep(asked, found)
        return found

    def _keep(self, asked: tuple[str, int, str, int], found: tuple[Similar, ...]) -> None:
        """Keep an answer, and let those go that were asked for least lately; each counts as one document more."""
        with self._keeping:
            if asked in self._kept:  # by another thread meanwhile
                return
            self._kept[asked] = found
            self._documents += 1 + len(found)
            while self._documents > _MOST_KEPT:
                _, gone = self._kept.popitem(last=False)
                self._documents -= 1 + len(gone)
