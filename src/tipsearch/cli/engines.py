"""The command that shows which search engines there are and what they can do."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click
import msgspec

from tipsearch.engines import registry
from tipsearch.errors import LibraryMissing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tipsearch.cli.context import App
    from tipsearch.engines.base import Capabilities
    from tipsearch.engines.table import Row

#: What is asked of an engine in the table: names of `Capabilities` that are yes or no.
_QUESTIONS = ("distributed", "concurrent_readers", "durable_commit", "ordered_slop")


@click.command()
@click.option("--json", "json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def engines(app: App, *, json: bool) -> None:
    """List the search engines: which can be used here, what each can do, and which one this library uses.

    Where there is no library yet, that is the one it would get. Change over with `tipsearch rebuild --engine NAME`; no
    file is read again.
    """
    from tipsearch.cli.text import plain  # noqa: PLC0415  the same
    from tipsearch.engines.table import engine_table  # noqa: PLC0415  `--help` needs no engine

    used, rows = _used(app), list(engine_table())
    if json:
        click.echo(msgspec.json.encode([_as_object(row, used) for row in rows]))
        return
    for line in _lines(rows, used):
        click.echo(plain(line))


def _used(app: App) -> str:
    try:
        with app.library() as library:
            return library.status().engine
    except LibraryMissing:
        return app.settings.engine or registry.DEFAULT


def _as_object(row: Row, used: str) -> dict[str, object]:
    facts: dict[str, object] = {"name": row.name, "used": row.name == used, "installed": row.installed}
    if row.capabilities is None:
        return {**facts, "install": row.install, "problem": row.problem}
    gaps = [{"case": case, "reason": reason} for case, reason in row.capabilities.gaps]
    return {**facts, **asdict(row.capabilities), "gaps": gaps}


def _lines(rows: Sequence[Row], used: str) -> Iterator[str]:
    """A table of the engines that can be used, then their gaps, then those that can't."""
    able = [row.capabilities for row in rows if row.capabilities]
    table = list(_cells(able, used))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for cells in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
    yield from (f"{one.name} is {one.purpose}" for one in able if one.purpose)
    for one in able:
        yield from (f"{one.name} does not keep {case}: {reason}" for case, reason in one.gaps)
    for row in rows:
        if not row.installed:
            yield f"{row.name} is not installed: {row.install}"
        elif row.problem:
            yield f"{row.name} can't be used here: {row.problem}"
    yield "* is the engine of this library; change over with: tipsearch rebuild --engine NAME"


def _cells(able: Sequence[Capabilities], used: str) -> Iterator[list[str]]:
    yield ["", "engine", "version", *(question.replace("_", " ") for question in _QUESTIONS)]
    for one in able:
        answers = ("yes" if getattr(one, question) else "no" for question in _QUESTIONS)
        yield ["*" if one.name == used else "", one.name, one.version, *answers]
