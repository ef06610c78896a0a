"""The command that says what of the machine is missing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

if TYPE_CHECKING:
    from tipsearch.cli.context import App


@click.command()
@click.option("--json", "json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def doctor(app: App, *, json: bool) -> int:
    """Say what of the machine is missing or ailing, and the command that mends it.

    Looks at programs and their versions, the sandbox, tesseract and its language packs, the thesaurus, the library's folder,
    catalogue and index, and the clock. Works without a library too. Exit status 1 if something is broken that everything needs.
    """
    from tipsearch.cli.text import plain  # noqa: PLC0415  the same
    from tipsearch.doctor import State, examine  # noqa: PLC0415  `--help` needs no libraries

    found = examine(Path(app.folder), app.settings)
    if json:
        click.echo(msgspec.json.encode([asdict(one) for one in found]))
    else:
        for one in found:
            click.echo(plain(f"{one.state:8} {one.name}: {one.detail}"))
            if one.todo:
                click.echo(plain(f"{'':8} to do: {one.todo}"))
    return int(any(one.state is State.BROKEN for one in found))
