"""Commands of librarians: bring documents in, and see what became of them."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from tipsearch.cli import text
from tipsearch.cli.progress import Progress
from tipsearch.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tipsearch.cli.context import App
    from tipsearch.library import Library
    from tipsearch.model import LibraryStatus
    from tipsearch.pipeline import IndexReport, Options

#: While watching, the sources are looked at this often (seconds): asking works on network shares too, where the system
#: tells of no changes. A file is taken when it hasn't changed for so long.
_LOOK_EVERY = 2.0
_SETTLE_SECONDS = 2.0

as_json = click.option("--json", "json", is_flag=True, help="Answer as JSON.")


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--engine", help="Search engine to index with. [default: the library's, tantivy for a new one]")
@click.option(
    "--jobs", type=click.IntRange(1, 256), help="Files read at the same time. [default: one a core]"
)
@click.option("--retry-failed", is_flag=True, help="Read files again that failed before.")
@click.option(
    "--ocr",
    is_flag=True,
    help="Read pages that are pictures, with tesseract: about a second each, resumable.",
)
@click.option("--prune", is_flag=True, help="Forget files that are gone.")
@click.option("--allow-mass-delete", is_flag=True, help="Remove what is gone even if it is much of a source.")
@click.option("--watch", is_flag=True, help="Go on and index what changes, until stopped with Ctrl-C.")
@click.option("--strict", is_flag=True, help="Exit with 3 if a file read in this run can't be searched.")
@as_json
@click.pass_obj
def index(
    app: App,
    sources: tuple[Path, ...],
    engine: str | None,
    jobs: int | None,
    *,
    retry_failed: bool,
    ocr: bool,
    prune: bool,
    allow_mass_delete: bool,
    watch: bool,
    strict: bool,
    json: bool,
) -> int:
    """Bring documents in and index them.

    A SOURCE is a folder or a file (PDF, HTML, text, JSON lines); without one all sources are looked at that were
    indexed before. Only new and changed files are read; files that are
    gone leave the library. When the thesaurus has changed, facets are told anew from the text that was read before. Safe to
    interrupt: the next run goes on.
    """
    from tipsearch.pipeline import Options  # noqa: PLC0415  `--help` needs no pipeline

    options = Options(
        jobs or 0, retry_failed=retry_failed, prune=prune, allow_mass_delete=allow_mass_delete, ocr=ocr
    )
    progress = Progress()
    with app.library(create=True) as library:
        try:
            report = library.index(sources, options, progress, engine=engine)
        finally:
            progress.close()
        _tell(report, library, json=json)
        if watch:
            _watch(
                lambda changed: library.index(sources, changed, engine=engine), options, library, json=json
            )
    return 3 if strict and report.failed else 0


def _tell(report: IndexReport, library: Library, *, json: bool) -> None:
    if report.rebuilt:
        click.echo(f"The index was made anew: {report.rebuilt}.", err=True)
    click.echo(msgspec.json.encode(asdict(report)) if json else _sentences(report, library.status()))


def _watch(
    index_again: Callable[[Options], IndexReport], options: Options, library: Library, *, json: bool
) -> None:
    """Index again whenever something has changed; what is wrong with a source is said once, and may pass."""
    watching = replace(options, settle_seconds=_SETTLE_SECONDS, watching=True, retry_failed=False)
    said = ""
    while True:
        time.sleep(_LOOK_EVERY)
        try:
            report = index_again(watching)
        except UserError as error:
            if str(error) != said:
                said = str(error)
                click.echo(f"tipsearch: {said}", err=True)
            continue
        said = ""
        if report.did_something:
            _tell(report, library, json=json)


@click.command()
@as_json
@click.pass_obj
def status(app: App, *, json: bool) -> None:
    """Show what the library holds: counts, states of files, engine, generation."""
    with app.library() as library:
        found = library.status()
    if json:
        click.echo(msgspec.json.encode(asdict(found)))
        return
    click.echo(f"{text.counted(found.documents, 'document')} with {text.counted(found.pages, 'page')}")
    for state, count in sorted(found.files.items()):
        click.echo(f"{count:9,} {'file ' if count == 1 else 'files'} {state}")
    click.echo(f"engine {found.engine}, generation {found.generation}")
    if found.waiting:
        waiting = f"{text.counted(found.waiting, 'document')} {'is' if found.waiting == 1 else 'are'}"
        click.echo(f"{waiting} not in the index yet: run tipsearch index again")


@click.command()
@as_json
@click.pass_obj
def failures(app: App, *, json: bool) -> None:
    """List every file and page that can't be searched: why, and what to do."""
    with app.library() as library:
        found = library.failures()
    if json:
        click.echo(msgspec.json.encode([asdict(one) for one in found]))
        return
    for line in text.failures(found):
        click.echo(line)
    if not found:
        click.echo("Everything that was found can be searched.", err=True)


@click.command()
@click.option("--engine", help="Search engine to change over to. [default: the library's]")
@as_json
@click.pass_obj
def rebuild(app: App, engine: str | None, *, json: bool) -> None:
    """Make the index anew from the catalogue, beside the one in use, then swap.

    No file is read again; searches go on meanwhile. Facets are told anew if the thesaurus has changed.
    """
    progress = Progress()
    with app.library() as library:
        try:
            found = library.rebuild(engine, progress)
        finally:
            progress.close()
    if json:
        click.echo(msgspec.json.encode(asdict(found)))
    else:
        click.echo(
            f"{text.counted(found.documents, 'document')} indexed with {found.engine}, generation {found.generation}"
        )


def _sentences(report: IndexReport, found: LibraryStatus) -> str:
    parts = [f"{report.new:,} new", f"{report.changed:,} changed", f"{report.unchanged:,} unchanged"]
    parts += [
        f"{count:,} {name}" for name in ("renamed", "duplicates", "gone") if (count := getattr(report, name))
    ]
    lines = [
        f"{', '.join(parts)} files",
        *([text.throughput(report)] if report.read else []),
        f"The library holds {text.counted(found.documents, 'document')} with {text.counted(found.pages, 'page')}.",
    ]
    if report.ocr_pages:
        is_one = report.ocr_pages == 1
        pictures = "page that is a picture was" if is_one else "pages that are pictures were"
        lines.insert(1, f"{report.ocr_pages:,} {pictures} looked at by OCR.")
    if report.retagged:
        lines.append(
            f"Facets were told anew for {text.counted(report.retagged, 'record')}, as vocabularies or rules have changed."
        )
    if report.failed:
        lines.append(
            f"{text.counted(report.failed, 'file')} can't be searched; for reasons and remedies: tipsearch failures"
        )
    return "\n".join(lines)
