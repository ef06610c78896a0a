"""One run over some sources, from looking to the report."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from tipsearch import reading, sources
from tipsearch.enrich import Tagger
from tipsearch.errors import MassDeletion
from tipsearch.indexing import Follower
from tipsearch.isolation import Limits, Nursery
from tipsearch.pipeline.intake import Intake
from tipsearch.pipeline.ledger import Ledger
from tipsearch.pipeline.plan import Plan, Planner, below
from tipsearch.pipeline.quarantine import Quarantine
from tipsearch.pipeline.retagging import tell_anew
from tipsearch.pipeline.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from tipsearch.catalogue import Catalogue
    from tipsearch.config import Settings
    from tipsearch.engines.generations import Generations
    from tipsearch.ocr import PageReader
    from tipsearch.pipeline.report import IndexReport, Options, Progress
    from tipsearch.vocabulary import Vocabularies

#: Languages of most of the literature; with so many files it pays to have made ready for all of them (a second).
_LANGUAGES, _MANY_FILES = ("en", "es", "fr", "pt", "ar", "ru", "zh"), 16
#: A language is to be expected if it has so much of a library's pages.
_MIN_LANGUAGE = 0.02
#: Without a confirmation a run removes at most this share of a source's files, or this number if that is more.
_MOST_GONE_SHARE, _MOST_GONE_FILES = 0.2, 50
#: … nor more than half of it, if it has so many files at least: that looks like a disk that isn't mounted.
_HALF_OF = 10


class Run:
    """One run over some sources; `go` does it."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        generations: Generations,
        settings: Settings,
        vocabularies: Vocabularies,
        *,
        options: Options,
        progress: Progress | None = None,
    ) -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._generations = generations
        self._settings = settings
        self._vocabularies = vocabularies
        self._options = options
        self._tally = Tally(progress)
        self._most_bytes = settings.reading.max_file_mb << 20

    def go(self, places: Sequence[Path], version: str) -> IndexReport:
        """Bring these sources in.

        Raises:
            SourceError: one of them can't be opened; nothing was done.
            ProgramMissing: OCR is wanted and tesseract isn't there; nothing was done.
            MassDeletion: too much of a source is gone; everything else was done.
            LibraryError, EngineError: writing failed; run again.
        """
        begin = time.monotonic()
        plan = self._look(places)
        self._tally.add("unchanged", plan.unchanged)
        if self._options.watching and plan.is_empty:
            return self._tally.report(0.0)
        reader = self._page_reader() if self._options.ocr else None
        with self._catalogue.change() as change:
            run = change.start_run(version)
            numbers = [change.source(os.path.abspath(place)) for place in places]  # noqa: PTH100  as `walk` names them
        with ExitStack() as stack:
            # Warms up while the index is opened.
            nursery = stack.enter_context(self._make_nursery(len(plan.examine))) if plan.examine else None
            engine = self._generations.engine(self._settings.engine)
            follower = Follower(self._generations, self._catalogue, engine, self._vocabularies)
            stack.enter_context(follower)
            rebuilt = follower.rebuilt if follower.generation else ""
            ledger = Ledger(
                self._catalogue,
                follower,
                stamp=Tagger(self._vocabularies).stamp,
                run=run,
                sources=numbers,
                tally=self._tally,
            )
            failed = self._bring_in(plan, nursery, ledger)
            tell_anew(self._catalogue, self._vocabularies, self._tally)
            self._remove(plan, ledger)
            if reader:
                ledger.finish()  # OCR takes its time; what has text can be found meanwhile
                self._scan(reader, ledger, places, failed)
            ledger.finish()
        report = self._tally.report(time.monotonic() - begin, rebuilt)
        with self._catalogue.change() as change:
            change.finish_run(run, msgspec.json.encode(report).decode())
        return report

    def _look(self, places: Sequence[Path]) -> Plan:
        own = self._folder
        found = [(number, place, sources.walk(place, without=own)) for number, place in enumerate(places)]
        with self._catalogue.view() as view:
            self._known = view.known_files()
        self._quarantine = Quarantine(self._catalogue)
        settle = self._options.settle_seconds
        self._planner = Planner(
            self._known,
            retry_failed=self._options.retry_failed,
            max_bytes=self._most_bytes,
            set_aside=self._quarantine,
            unsettled_from=time.time_ns() - int(settle * 1e9) if settle else None,
        )
        return self._planner.look(found)

    def _bring_in(self, plan: Plan, nursery: Nursery | None, ledger: Ledger) -> Collection[str]:
        """Read what the plan wants examined; returns the paths of the files that were counted as failed."""
        self._tally.total = len(plan.examine) + len(plan.refused)
        intake = Intake(
            self._catalogue,
            known=self._known,
            planner=self._planner,
            quarantine=self._quarantine,
            ledger=ledger,
            tally=self._tally,
            most_bytes=self._most_bytes,
        )
        for candidate, reason, source in plan.refused:
            intake.refuse(candidate, source, reason)
        if nursery:
            intake.read(nursery, plan)
        ledger.flush()
        return intake.failed

    def _make_nursery(self, files: int) -> Nursery:
        return Nursery(
            "tipsearch.reading",
            keepers=min(self._options.places, files),
            limits=self._limits(),
            argument=reading.instruction(self._vocabularies, self._languages(files)),
        )

    def _languages(self, files: int) -> tuple[str, ...]:
        """The languages that files are to be expected in: those of the library; of many first ones, those of most literature."""
        with self._catalogue.view() as view:
            pages = view.languages()
        if not pages:
            return _LANGUAGES if files >= _MANY_FILES else _LANGUAGES[:1]
        enough = _MIN_LANGUAGE * sum(pages.values())
        return tuple(language for language, count in pages.items() if count >= enough)

    def _limits(self) -> Limits:
        return Limits(
            memory_bytes=self._settings.reading.memory_mb << 20,
            cpu_seconds=self._settings.reading.cpu_seconds,
            wall_seconds=self._settings.reading.wall_seconds,
        )

    def _page_reader(self) -> PageReader:
        from tipsearch.pipeline.scanning import page_reader  # noqa: PLC0415  40 ms that most runs don't need

        return page_reader(self._settings.ocr)

    def _scan(
        self, reader: PageReader, ledger: Ledger, places: Sequence[Path], failed: Collection[str]
    ) -> None:
        from tipsearch.pipeline.scanning import Scanning  # noqa: PLC0415  as above

        scanning = Scanning(
            self._catalogue,
            reader,
            ledger,
            self._tally,
            places=[os.fsencode(os.path.abspath(place)) for place in places],  # noqa: PTH100  as `walk` names them
            failed=failed,
            retry_failed=self._options.retry_failed,
        )
        scanning.go(
            partial(self._make_nursery, 1),
            self._limits(),
            pages_at_once=self._options.places,
            dpi=self._settings.ocr.dpi,
            most_bytes=self._most_bytes,
        )

    def _remove(self, plan: Plan, ledger: Ledger) -> None:
        for known in plan.forgotten if self._options.prune else ():
            ledger.gone(known, prune=True)
        emptied = None if self._options.allow_mass_delete else _emptied(plan)
        if emptied:
            place, gone, total = emptied
            ledger.finish()
            raise MassDeletion(
                f"{gone} of {total} files of the source {place} are not there any more; is "
                "a disk or share not mounted? Nothing was removed, all else was indexed. If they are really gone, "
                "run again with --allow-mass-delete"
            )
        for known in plan.gone.values():
            ledger.gone(known, prune=self._options.prune)
        self._tally.add("gone", len(plan.gone))
        ledger.flush()


def _emptied(plan: Plan) -> tuple[str, int, int] | None:
    """A source of which too much is gone: where it is, how much, of how much."""
    for place, present in plan.present.items():
        gone = sum(below([known.path], [os.fsencode(place)]) for known in plan.gone.values())
        total = gone + present
        if gone > max(_MOST_GONE_FILES, _MOST_GONE_SHARE * total) or (total >= _HALF_OF and gone * 2 > total):
            return place, gone, total
    return None
