"""What a library holds: documents, pages, answers to searches; read from its catalogue and its index."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tipsearch import config, vocabulary
from tipsearch.catalogue import Catalogue
from tipsearch.catalogue.failures import Failure, list_failures
from tipsearch.catalogue.shelf import Shelf
from tipsearch.engines.generations import Generations
from tipsearch.errors import DocumentMoved, LibraryError, NotFound
from tipsearch.indexing import (
    OpenIndex,
    catch_up_little,
    open_index,
    rebuild_named,
)
from tipsearch.model import LibraryStatus
from tipsearch.paths import CATALOGUE, ENGINE
from tipsearch.recent import Recent
from tipsearch.search import facets, finding, service
from tipsearch.search.highlight import Highlighter
from tipsearch.search.similar import MoreLikeThis
from tipsearch.search.suggest import Suggester
from tipsearch.thesaurus import in_force

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import TracebackType

    from tipsearch.config import Settings
    from tipsearch.engines.base import Engine
    from tipsearch.engines.generations import Manifest
    from tipsearch.model import Document, Page
    from tipsearch.search.answer import Listing, PageFound, Passage, SearchAnswer
    from tipsearch.search.asking import Asked
    from tipsearch.search.request import SearchRequest
    from tipsearch.search.similar import Similar
    from tipsearch.search.suggest import Suggestion
    from tipsearch.vocabulary import Vocabularies


class Holdings:
    """A library, opened to be read; safe to use from several threads. Use as a context, or `close` it."""

    def __init__(self, folder: Path, catalogue: Catalogue, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self.vocabularies = replace(vocabulary.standard(), topics=in_force(settings.thesaurus, folder))
        self.shelf = Shelf(catalogue)
        self._catalogue = catalogue
        self._generations = Generations(folder / ENGINE)
        self._index: OpenIndex | None = None
        self._opening = threading.Lock()
        # Counting takes as long as a search, and is asked for with every start page.
        self._counts: Recent[tuple[str, int], tuple[int, int]] = Recent(1)
        self._more_like_this = MoreLikeThis(catalogue, self.vocabularies)
        self._suggester = Suggester(catalogue, self.vocabularies)

    @classmethod
    def open(cls, folder: str | os.PathLike[str], *, settings: Settings | None = None) -> Self:
        """Open the library in a folder; an empty one is made by the first `index`.

        Raises:
            LibraryOutdated: it is newer than this program.
            LibraryError: its catalogue is damaged.
            ThesaurusError: its own thesaurus can't be used.
        """
        place, chosen = Path(folder), settings or config.load(None)
        return cls(place, Catalogue.create(place / CATALOGUE), chosen)

    @classmethod
    def open_existing(cls, folder: str | os.PathLike[str], *, settings: Settings | None = None) -> Self:
        """Open a library that is there already, and make nothing.

        Raises:
            LibraryMissing: there is none; says how to make one.
            ThesaurusError: its own thesaurus can't be used.
        """
        place = Path(folder)
        return cls(place, Catalogue(place / CATALOGUE), settings or config.load(None))

    def __enter__(self) -> Self:
        """Ready to use."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give all files back."""
        if self._index:
            self._index.engine.close()
            self._index = None
        self._catalogue.close()

    def search(self, request: SearchRequest, *, facets: Collection[str] | None = None) -> SearchAnswer:
        """Answer a request.

        Args:
            request: the search.
            facets: names of those that the answer is to hold, None for all; to count them can be half of the work.

        Raises:
            BadRequest: a facet value can't be understood.
            LibraryMissing: nothing has been indexed yet.
            EngineFailed: the index is damaged; says how to mend it.
        """
        with rebuild_named():
            return service.search(request, *self._held(), facets=facets)

    def listing(self, request: SearchRequest, limit: int) -> Listing:
        """All that a request finds, `limit` documents at most, as ids in its order; errors as of `search`."""
        with rebuild_named():
            return finding.listing(request, *self._held(), limit)

    def document(self, document_id: str) -> Document:
        """One document.

        Raises:
            DocumentMoved: it is the same as another one, and found under that one's id.
            NotFound: there is none of that id.
        """
        document = moved = None
        if document_id.isprintable():  # half a character can't even be looked up
            with self._catalogue.view() as view:
                document = view.documents([document_id]).get(document_id)
                moved = None if document else view.shown_as(document_id)
        if moved:
            raise DocumentMoved(f"the document {document_id} is now found as {moved}", moved)
        if document is None:
            raise NotFound(f"there is no document {document_id!a} in this library")
        return document

    def page(self, document: Document | str, number: int) -> Page:
        """One page of a document (it or its id), with its text; raises `NotFound`, which says how many pages there are."""
        document, page = self._read(document), None
        if 1 <= number <= document.page_count:
            with self._catalogue.view() as view:
                page = view.pages([(document.id, number)]).get((document.id, number))
        if page is None:
            raise NotFound(
                f"the document {document.id!r} has no page {number}; it has {document.page_count} pages"
            )
        return page if page.language else replace(page, language=document.language)

    def page_labels(self, document_id: str) -> tuple[str, ...]:
        """The printed label of each page, in order; the number where there is none."""
        with self._catalogue.view() as view:
            return tuple(printed or str(number) for number, printed in view.page_list(document_id))

    def ocr_pages(self, document_id: str) -> frozenset[int]:
        """Numbers of the pages whose text was read from a picture."""
        with self._catalogue.view() as view:
            return view.ocr_pages(document_id)

    def pages_found(
        self, document: Document | str, text: str, *, expand: bool = True
    ) -> tuple[PageFound, ...]:
        """The pages of a document (the best 200) that answer a query, by number; raises `NotFound`."""
        asked = self._asked(text, expand=expand)
        return service.pages_found(self._read(document), asked, self._opened().engine)

    def page_hits(self, document: Document | str, text: str, *, expand: bool = True) -> tuple[Passage, ...]:
        """The pages of a document (the best 200) that answer a query, with a passage each; raises `NotFound`."""
        asked = self._asked(text, expand=expand)
        return service.page_hits(self._read(document), asked, self._opened().engine, self._catalogue)

    def best_passages(
        self, document: Document | str, text: str, *, first: int | None = None, expand: bool = True
    ) -> tuple[Passage, ...]:
        """The pages that a search shows of a document, three at most, the best first; page `first` before them; raises `NotFound`."""
        asked = self._asked(text, expand=expand)
        return service.best_passages(
            self._read(document), asked, self._opened().engine, self._catalogue, first
        )

    def similar(self, document: Document | str, limit: int = 10) -> tuple[Similar, ...]:
        """The documents most like one (it or its id): its translations first, then its series, then others about the same.

        Raises `NotFound`, `BadRequest` if the limit isn't from 1 to 100, `LibraryMissing` and `EngineFailed` as `search`.
        """
        index = self._opened()
        return self._more_like_this.find(self._read(document), limit, index.engine, index.manifest.generation)

    def suggest(self, text: str, limit: int = 8, language: str = "en") -> tuple[Suggestion, ...]:
        """What a reader who is typing may mean, at most so many; raises `BadRequest` unless from 1 to 20 are wanted."""
        index = self._opened()
        return self._suggester.suggest(text, limit, language, index.engine, index.manifest.generation)

    def highlight(
        self, text: str, asked: str, language: str | None, *, expand: bool = True
    ) -> tuple[tuple[int, int], ...]:
        """Start and end of everything in a text that answers a query."""
        return Highlighter(self._asked(asked, expand=expand).node).spans(text, language)

    def _held(self) -> tuple[Engine, Catalogue, Vocabularies, int]:
        index = self._opened()
        return index.engine, self._catalogue, self.vocabularies, index.manifest.generation

    def _asked(self, text: str, *, expand: bool) -> Asked:
        engine, generation = (index := self._opened()).engine, index.manifest.generation
        return service.asked_of(text, engine, self.vocabularies, generation, expand=expand)

    def file(self, document_id: str) -> Path | None:
        """The file that a document's text comes from, if it is still there."""
        with self._catalogue.view() as view:
            path = view.file_path(document_id)
        if path is None:
            return None
        file = Path(os.fsdecode(path))
        return file if file.is_file() and not file.is_symlink() else None

    def identity(self) -> str:
        """Tells this library from all others, also from one made anew in its place."""
        with self._catalogue.view() as view:
            return view.identity()

    def labels(self, facet: str, value: str, language: str = "en") -> str:
        """How a value of a facet, or a ``role``, is called in a language; in English where it has no name in that."""
        return facets.label(self.vocabularies, facet, value, language)

    def facet_of(self, topic: str) -> str:
        """The facet that holds a topic besides ``topic`` itself: ``form``, ``context``, ``response``, ``sector``; or that."""
        return facets.facet_of_topic(self.vocabularies, topic)

    def topics_named(self, text: str) -> tuple[str, ...]:
        """The topics that the text is a name of, in any language, each followed by those above it; none if it names none."""
        topics = self.vocabularies.topics
        named = topics.resolve_all(text, fuzzy=False)
        return tuple(dict.fromkeys(above for one in named for above in reversed(topics.path(one))))

    def status(self) -> LibraryStatus:
        """Counts, states, engine and generation."""
        manifest = self._manifest()
        with self._catalogue.view() as view:
            held = view.identity(), view.last_change()
            documents, pages = self._counts.of(held, view.counts)
            return LibraryStatus(
                documents,
                pages,
                dict(view.file_states()),
                manifest.engine if manifest else self._generations.engine(self.settings.engine),
                manifest.generation if manifest else 0,
                view.waiting(manifest.seq if manifest else 0),
                self._generations.changed(),
            )

    def thesaurus(self) -> str:
        """Tells the thesaurus in force from every other one: what topics are called and which stand below which."""
        return self.vocabularies.topics.digest

    def generation(self) -> int:
        """Of the index, 0 where there is none: grows with every change that readers can see. Asks no engine."""
        return manifest.generation if (manifest := self._manifest()) else 0

    def failures(self) -> tuple[Failure, ...]:
        """Every file and page that can't be searched, with the reason and what to do."""
        with self._catalogue.view() as view:
            return tuple(list_failures(view))

    def _read(self, document: Document | str) -> Document:
        """The document, which isn't read again by who has it already."""
        return self.document(document) if isinstance(document, str) else document

    def _manifest(self) -> Manifest | None:
        """What the index holds, None where there is none; raises `LibraryError` if that can't be read."""
        try:
            return self._generations.manifest()
        except (OSError, ValueError) as error:
            raise LibraryError(f"the index is damaged ({error}); mend it with: tipsearch rebuild") from error

    def _opened(self) -> OpenIndex:
        """The index as it is now; opened anew when another generation came into use."""
        with self._opening:
            manifest, index = self._manifest(), self._index
            if index is None or manifest is None or self._generations.current() != index.folder:
                return self._open_anew()
            if manifest.generation == index.manifest.generation:
                return index
            if index.links:  # of the files that there were then
                return self._open_anew()
            index.engine.refresh()
            self._index = replace(index, manifest=manifest)
            return self._index

    def _open_anew(self) -> OpenIndex:
        if self._index is None:
            catch_up_little(
                self.folder, self._manifest(), self._generations, self._catalogue, self.vocabularies
            )
        # The old one is not closed here: another thread may be searching in it, and it closes when let go.
        self._index = open_index(self._generations, self.identity())
        return self._index
