"""The command that serves the web pages and the API."""

from __future__ import annotations

import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from tipsearch.paths import PICTURES

if TYPE_CHECKING:
    from tipsearch.cli.context import App


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on."
)
@click.option(
    "--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Requests at a time."
)
@click.pass_obj
def serve(app: App, host: str, port: int, threads: int) -> None:
    """Serve the web pages and the API of the library. Stop with Ctrl-C or SIGTERM: requests at work are answered first."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):  # it may come before there is anything to serve
        from tipsearch.serve.server import serve as run  # noqa: PLC0415  `--help` needs no web server

        with app.library() as library:
            run(
                library,
                app.settings.web,
                host=host,
                port=port,
                threads=threads,
                pictures=library.folder / PICTURES,
            )
    click.echo("Stopped.", err=True)
