"""The command that measures how well searches are ranked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from tipsearch.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tipsearch.cli.context import App
    from tipsearch.engines.base import Hit


@click.command("eval")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--run", "file", type=click.Path(path_type=Path), help="Write the ranked lists to this file.")
@click.option(
    "--engine", help="Search engine to measure. [default: the settings', tantivy if they name none]"
)
@click.option("--json", "json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def evaluate(app: App, folder: Path, file: Path | None, engine: str | None, *, json: bool) -> None:
    """Measure the ranking on a test collection.

    DIR holds corpus.jsonl (_id, title, text), queries.jsonl (_id, text) and qrels.tsv (query, document, grade), as BEIR
    and TREC have them. They are indexed for the moment; each query is searched for any of its words and ranked as a reader's,
    and its first 1,000 documents are compared with the judgements. The library isn't touched.
    """
    from tipsearch import evaluation  # noqa: PLC0415  `--help` needs none of it

    evaluation.check_installed()
    collection = evaluation.read_collection(folder)
    for warning in collection.warnings:
        click.echo(warning, err=True)
    settings = msgspec.structs.replace(app.settings, engine=engine or app.settings.engine)
    with evaluation.trial(collection, settings) as trial:
        asked = collection.queries if file else collection.judgements
        found = {name: trial.answer(collection.queries[name]) for name in asked}
    if file:
        _write_run(file, found)
    measures = evaluation.measure(collection.judgements, found).named()
    if json:
        click.echo(msgspec.json.encode(measures))
        return
    for name, value in measures.items():
        click.echo(f"{name:8} {value:.4f}" if isinstance(value, float) else f"{name:8} {value}")


def _write_run(file: Path, found: Mapping[str, Sequence[Hit]]) -> None:
    """Query, document and score a line, the best document of each query first."""
    lines = (f"{name}\t{hit.id}\t{hit.score!r}\n" for name, hits in found.items() for hit in hits)
    try:
        with file.open("w", encoding="utf-8", newline="\n") as opened:
            opened.writelines(lines)
    except OSError as error:
        raise SourceError(f"the run can't be written to {file}: {error.strerror}") from error
