"""The command line: thin clothes over `tipsearch.library.Library`.

Data goes to standard output, progress and messages to standard error. Exit status: 0 done, 1 failed, 2 the user can
fix it (one line, no traceback), 3 done but with ``--strict`` some files failed, 130 interrupted, 143 asked to end.
"""

from __future__ import annotations

import os
import signal
import sys

import click

from tipsearch.cli.context import App
from tipsearch.cli.deciding import decisions, review, set_
from tipsearch.cli.doctor import doctor
from tipsearch.cli.engines import engines
from tipsearch.cli.evaluating import evaluate
from tipsearch.cli.getting_in import failures, index, rebuild, status
from tipsearch.cli.getting_out import search, show, similar
from tipsearch.cli.serving import serve
from tipsearch.cli.thesaurus import thesaurus
from tipsearch.errors import TipsearchError, UserError
from tipsearch.version import VERSION

_INTERRUPTED = "Interrupted; what was done so far is kept. Run the same command to go on."


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="tipsearch")
@click.option(
    "--index",
    "folder",
    envvar="TIPSEARCH_INDEX",
    default="index",
    show_default=True,
    metavar="DIR",
    help="Folder of the library (catalogue and index).",
)
@click.option(
    "--config",
    "settings",
    envvar="TIPSEARCH_CONFIG",
    metavar="FILE",
    help="Settings file. [default: ./tipsearch.toml if there is one]",
)
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
@click.pass_context
def program(context: click.Context, folder: str, settings: str | None, *, debug: bool) -> None:
    """Page-exact full-text search for the literature on human trafficking."""
    context.obj = App(folder, settings, debug=debug)


for command in (
    index,
    search,
    show,
    similar,
    status,
    failures,
    review,
    set_,
    decisions,
    thesaurus,
    doctor,
    engines,
    rebuild,
    evaluate,
    serve,
):
    program.add_command(command)


class _Terminated(BaseException):
    """Somebody asked the process to end (SIGTERM)."""


def _terminated(_: int, __: object) -> None:
    raise _Terminated


def main() -> None:
    """Run the program; the entry point of ``tipsearch``."""
    debug = "--debug" in sys.argv
    signal.signal(signal.SIGTERM, _terminated)
    try:
        sys.exit(program.main(standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(_INTERRUPTED, err=True)
        sys.exit(130)
    except _Terminated:
        click.echo(_INTERRUPTED, err=True)
        sys.exit(143)
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except TipsearchError as error:
        if debug:
            raise
        click.echo(f"tipsearch: {error}", err=True)
        sys.exit(2 if isinstance(error, UserError) else 1)
    except OSError as error:
        if debug:
            raise
        click.echo(f"tipsearch: {error.strerror or error}: {error.filename or 'the disk'}", err=True)
        sys.exit(1)
