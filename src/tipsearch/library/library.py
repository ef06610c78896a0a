"""A library: one folder with its catalogue and its index, and all that can be done with it."""

from __future__ import annotations

import os
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tipsearch import lock
from tipsearch.errors import EngineError, LibraryError, SourceError
from tipsearch.indexing import (
    Follower,
    catch_up,
    forget_broken,
    full_disk_named,
)
from tipsearch.library.holdings import Holdings
from tipsearch.paths import ENGINE
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tipsearch.decisions import Decided, Decision, Desk, Kind, Review
    from tipsearch.model import LibraryStatus
    from tipsearch.pipeline import IndexReport, Options, Progress

#: A decision waits so long (seconds) for a run that is writing; one that only looks for changes takes less.
_PATIENCE = 5.0


class Library(Holdings):
    """A library, opened, and all that can be done with it: what it holds is read, documents come in, librarians decide."""

    # -- getting in -------------------------------------------------------------------------------------------------

    def index(
        self,
        sources: Sequence[str | os.PathLike[str]],
        options: Options | None = None,
        progress: Progress | None = None,
        *,
        engine: str | None = None,
    ) -> IndexReport:
        """Bring sources in and index them; files that haven't changed are not read again.

        Args:
            sources: folders and files; all that were indexed before if there are none.
            options: how to go about it.
            progress: called with each file dealt with.
            engine: the engine to index with; if None the settings', and if these name none the one in use.

        Raises:
            SourceError: a source can't be opened; nothing was done.
            ProgramMissing: OCR is wanted and tesseract isn't there; nothing was done.
            LibraryLocked: another process is writing.
            LibraryError, EngineError: nothing can be written; run again when that is mended.
            MassDeletion: too much of a source is gone; everything else was done.
        """
        from tipsearch import pipeline  # noqa: PLC0415  who only searches needs none of it

        with lock.writing(self.folder), full_disk_named(self.folder):
            forget_broken(self.folder / ENGINE)
            settings = msgspec.structs.replace(self.settings, engine=engine or self.settings.engine)
            run = pipeline.Run(
                self.folder,
                self._catalogue,
                self._generations,
                settings,
                self.vocabularies,
                options=options or pipeline.Options(),
                progress=progress,
            )
            return run.go([Path(one) for one in sources or self.sources()], VERSION)

    def sources(self) -> tuple[Path, ...]:
        """The sources that were indexed before and are there.

        Raises:
            SourceError: there are none.
        """
        with self._catalogue.view() as view:
            known = tuple(Path(os.fsdecode(one)) for one in view.sources())
        if not known:
            raise SourceError("nothing has been indexed yet, so say what: tipsearch index FOLDER")
        return known

    def rebuild(self, engine: str | None = None, progress: Progress | None = None) -> LibraryStatus:
        """Make the index anew beside the one in use, from the catalogue alone, and swap.

        Args:
            engine: the engine to index with; if None the settings', and if these name none the one in use.
            progress: called with each record whose facets are told anew first, as vocabularies or rules have changed.

        Raises:
            LibraryLocked: another process is writing.
            EngineMissing: there is no such engine.
        """
        from tipsearch import pipeline  # noqa: PLC0415  who only searches needs none of it

        with lock.writing(self.folder), full_disk_named(self.folder):
            forget_broken(self.folder / ENGINE)
            name = self._generations.engine(engine or self.settings.engine)
            pipeline.tell_anew(self._catalogue, self.vocabularies, pipeline.Tally(progress))
            with Follower(self._generations, self._catalogue, name, self.vocabularies, rebuild=True) as new:
                new.feed()
                new.finish()
        return self.status()

    # -- deciding ---------------------------------------------------------------------------------------------------

    @cached_property
    def desk(self) -> Desk:
        """Where decisions are made: on several documents at once, on tags, from tables."""
        from tipsearch.decisions import Desk  # noqa: PLC0415  who only searches needs none of it

        return Desk(
            self._catalogue,
            self.vocabularies,
            author=self.settings.author,
            writing=partial(lock.writing, self.folder, patience=_PATIENCE),
            follow=self._follow,
        )

    def decide(
        self, document: str, values: Mapping[str, str | Sequence[str]], *, author: str = ""
    ) -> Decided:
        """Decide what fields of a document are, for ever: ``{"region": ["nepal", "Qatar"], "date": ""}``.

        Raises:
            NotFound, BadDecision: the document or a value can't be understood; nothing was written.
            LibraryLocked, LibraryError: nothing can be written.
        """
        order = self.desk.order(document, values)
        return self.desk.carry_out([order], author=author).decided[0]

    def undecide(self, document: str, fields: Iterable[str] = ("all",), *, author: str = "") -> Decided:
        """Take decisions on fields of a document back, so that detection counts again; errors as of `decide`."""
        order = self.desk.order(document, undo=fields)
        return self.desk.carry_out([order], author=author).decided[0]

    def decisions(self, document: str | None = None) -> tuple[Decision, ...]:
        """All that was ever decided, the oldest first: on one document, or on all."""
        return self.desk.log(document)

    def review(self, kinds: Collection[Kind] = (), limit: int | None = None) -> Review:
        """What wants a decision, the worst first; at most so many of each kind."""
        return self.desk.review(kinds, limit)

    def _follow(self) -> str:
        """Let the index follow a decision, under the lock; why it couldn't, empty if it could."""
        try:
            with full_disk_named(self.folder):
                catch_up(self._generations, self._catalogue, self.vocabularies)
        except (LibraryError, EngineError, OSError) as error:
            return str(error)
        return ""
