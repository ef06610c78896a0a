"""Commands of librarians: decide, see what was decided, and what wants a decision."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from tipsearch.durable import replace_file
from tipsearch.errors import BadDecision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.cli.context import App
    from tipsearch.decisions import Desk, Order, Outcome

#: As `tipsearch.decisions.Kind`, which `--help` needn't load.
KINDS = (
    "unknown_tag",
    "doubtful_title",
    "doubtful_date",
    "conflicting_dates",
    "no_region",
    "no_topic",
    "no_date",
    "no_language",
    "guessed_tag",
    "no_type",
    "no_publisher",
)
#: Entries of a kind that `review` shows on a terminal.
_SHOWN = 10
#: What is wrong with a table is named up to so often.
_PROBLEMS = 50
_ASSIGNMENT = re.compile(r"\s*(\w+)\s*([+-]?)=(.*)", re.DOTALL)

as_json = click.option("--json", "json", is_flag=True, help="Answer as JSON.")


@click.command("set")
@click.argument("words", metavar="ID FIELD=VALUE...", nargs=-1)
@click.option(
    "--undo", multiple=True, metavar="FIELD", help="Take the decision on a field back; all for every one."
)
@click.option("--tag", default="", metavar="WORD", help="Say what a source's tag means, wherever it stands.")
@click.option("--csv", "table", metavar="FILE", help="Take decisions from a table; - for standard input.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option(
    "--keep-going", is_flag=True, help="With --csv: leave out rows that are wrong, and exit with 3."
)
@click.option(
    "--author",
    default="",
    envvar="TIPSEARCH_AUTHOR",
    metavar="NAME",
    help="Who decides, for the log. [default: the settings' author, else the system's name of the user]",
)
@as_json
@click.pass_obj
def set_(
    app: App,
    words: tuple[str, ...],
    undo: tuple[str, ...],
    *,
    tag: str,
    table: str | None,
    author: str,
    dry_run: bool,
    keep_going: bool,
    json: bool,
) -> int:
    """Decide what a document's fields are, for ever: it wins over what was found or given, now and when files are read again.

    ID is a document's id, its file's name or path, or its address. Fields: title, date (2021, 2021-03, 2021-03-28), publisher,
    author, language, type, region, topic, role (origin:nepal, transit:…, destination:…), warning (what in it may distress
    readers). Values go by any name or code: region=HK,"South Asia". Regions, topics, types and roles are separated by commas, authors by semicolons; or say
    region=… twice. FIELD+=VALUE adds, FIELD-=VALUE removes (either way all
    that then stands is decided), FIELD= says that there is none.

    A person among the authors is written family name first, with a comma: author="Doe, Jane; van der Berg, Pieter; Example Institute".
    References give such names their initials, and reference managers their parts; a name without a comma stays in one piece.

    Decisions show in searches at once. All are logged (tipsearch decisions), --undo takes them back, and then what was found counts
    again.

    With --tag "Sea slavery" topic=forced-labour a source's own word gets a meaning, for all documents that carry it now or later.

    A table (--csv; CSV in UTF-8) has a column id, or file or url, or tag, and columns named as fields. An empty cell says nothing,
    (none) that there is no value, (undo) takes a decision back. If one row is wrong, nothing is written.
    """
    with app.library() as library:
        desk = library.desk
        if table is not None:
            if words or undo or tag:
                raise BadDecision("with --csv all that is decided stands in the table: leave the rest away")
            orders, left_out = _from_table(table, desk, keep_going=keep_going)
        else:
            orders, left_out = [_from_words(words, undo, tag, desk)], 0
        outcome = desk.carry_out(orders, author=author, dry_run=dry_run)
        if json:
            click.echo(msgspec.json.encode(asdict(outcome)))
        else:
            for line in _told(outcome, desk, dry_run=dry_run, brief=table is not None):
                click.echo(line)
        if outcome.waiting:
            click.echo(
                f"tipsearch: the decision is kept, but searches don't show it yet: {outcome.waiting}",
                err=True,
            )
    return 3 if left_out else 0


@click.command()
@click.argument("document", metavar="ID", required=False)
@click.option(
    "--csv",
    "table",
    metavar="FILE",
    help="Write what stands as a table for set --csv; - for standard output.",
)
@as_json
@click.pass_obj
def decisions(app: App, document: str | None, table: str | None, *, json: bool) -> None:
    """List every decision ever made, the oldest first: when, by whom, on what. With ID those on one document.

    The table holds what stands now, a row a document or tag: edit it in a spreadsheet and read it back with tipsearch set --csv, or
    keep it as a backup.
    """
    from tipsearch.cli import text  # noqa: PLC0415  `--help` needs no output

    with app.library() as library:
        if table is not None:
            if document is not None or json:
                raise BadDecision("a table holds what stands on all documents: leave ID and --json away")
            _write_table(table, library.desk.table())
            return
        found = library.decisions(document)
        if json:
            click.echo(msgspec.json.encode([asdict(one) for one in found]))
            return
        for one in found:
            values = "taken back" if one.values is None else library.desk.values.labels(one.field, one.values)
            what = one.document or f"tag “{one.tag}”"
            click.echo(
                text.plain(
                    f"{one.made[:16].replace('T', ' ')} UTC  {one.author}  {what}  {one.field}: {values}"
                )
            )
        if not found:
            click.echo("Nothing has been decided yet.", err=True)


@click.command()
@click.option("--kind", multiple=True, type=click.Choice(KINDS), help="Only this kind. Repeat for several.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    help="So many of each kind. [default: 10, as JSON all]",
)
@as_json
@click.pass_obj
def review(app: App, kind: tuple[str, ...], limit: int | None, *, json: bool) -> None:
    """List what wants a librarian's decision, the worst first, each with the command that decides.

    Tags of sources that no vocabulary knows, titles and dates that rest on little, documents without region, topic, date or
    language. What was decided, also that there is none, is listed no more. Kinds no_type and no_publisher are listed when asked for.
    """
    from tipsearch.cli import text  # noqa: PLC0415  `--help` needs no output
    from tipsearch.decisions import Kind  # noqa: PLC0415  the same

    with app.library() as library:
        most = limit or (None if json else _SHOWN)
        found = library.review([Kind(one) for one in kind], most)
    if json:
        click.echo(msgspec.json.encode([asdict(one) for one in found.wanted]))
        return
    for line in text.review(found):
        click.echo(line)
    if not found.wanted:
        click.echo("Nothing wants a decision.", err=True)


def _from_words(words: Sequence[str], undo: Sequence[str], tag: str, desk: Desk) -> Order:
    """What is decided on the command line."""
    document, assignments = ("", words) if tag else ("".join(words[:1]), words[1:])
    if not document and not tag:
        raise BadDecision("say which document: tipsearch set ID region=nepal (or --tag WORD, or --csv FILE)")
    if not assignments and not undo:
        raise BadDecision(
            "say what to decide: FIELD=VALUE, or --undo FIELD; tipsearch set --help names the fields"
        )
    said: dict[str, dict[str, list[str]]] = {"": {}, "+": {}, "-": {}}
    for one in assignments:
        match = _ASSIGNMENT.fullmatch(one)
        if match is None:
            raise BadDecision(f"{one!r} is no decision; it is written FIELD=VALUE, such as region=nepal")
        said[match[2]].setdefault(match[1], []).append(match[3])
    return desk.order(document, said[""], tag=tag, add=said["+"], remove=said["-"], undo=undo)


def _from_table(file: str, desk: Desk, *, keep_going: bool) -> tuple[Sequence[Order], int]:
    """What a table says, and how many rows are wrong."""
    name = "standard input" if file == "-" else file
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadDecision(f"the table {name} can't be read: {error.strerror}") from error
    found = desk.read_table(data)
    wrong = [f"  {one}" for one in found.problems[:_PROBLEMS]]
    if len(found.problems) > _PROBLEMS:
        wrong.append(f"  … and {len(found.problems) - _PROBLEMS:,} more")
    if wrong and (not keep_going or not found.orders):
        raise BadDecision("\n".join([f"{name}: nothing was written, for this is wrong:", *wrong]))
    if wrong:
        click.echo("\n".join([f"tipsearch: {name}: left out, for this is wrong:", *wrong]), err=True)
    return found.orders, len({one.row for one in found.problems})


def _told(outcome: Outcome, desk: Desk, *, dry_run: bool, brief: bool) -> list[str]:
    from tipsearch.cli import text  # noqa: PLC0415  `--help` needs no output

    lines = [line for one in outcome.decided for line in text.decided(one, desk.values, only_changes=brief)]
    count = sum(change.decided for one in outcome.decided for change in one.changes)
    if dry_run:
        lines.append(f"{_number(count, 'decision')} would be made; nothing was written.")
    elif not count:
        lines.append("Nothing has changed: this is how it stood.")
    elif not outcome.waiting:
        lines.append(
            f"{_number(count, 'decision')} made; searches show {'it' if count == 1 else 'them'} from now on."
        )
    return lines


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _write_table(file: str, table: str) -> None:
    """To a file with a byte order mark, by which spreadsheets know UTF-8."""
    if file == "-":
        click.echo(table, nl=False)
        return
    try:
        replace_file(Path(file).absolute(), table.encode("utf-8-sig"))
    except OSError as error:
        raise BadDecision(f"the table {file} can't be written: {error.strerror}") from error
    click.echo(f"{file} holds all decisions that stand; tipsearch set --csv reads it back.", err=True)
