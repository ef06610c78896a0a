"""The production server: waitress, in one process with several threads. It writes no access log."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import waitress

from tipsearch.config import WebSettings
from tipsearch.errors import ConfigError, EngineError, LibraryError, TipsearchError
from tipsearch.search.request import SearchRequest
from tipsearch.serve import page_pictures
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

    from waitress.server import BaseWSGIServer

    from tipsearch.serve.library import Library

#: Bytes of a request's head; the longest sensible query is far shorter.
_MAX_HEAD = 64 * 1024
#: Bytes of a request's body that are taken in. The application refuses far fewer, and says so as programs expect it.
_MAX_BODY = 1024 * 1024
#: New objects after which the collector looks for cycles among them: more than an answer has, and looked through in 5 ms.
_NEW_OBJECTS = 10_000


def serve(
    library: Library,
    settings: WebSettings | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    threads: int = 4,
    pictures: Path | None = None,
) -> None:
    """Serve a library until interrupted (Ctrl-C or SIGTERM). Says on stderr where, once requests are taken.

    Requests at work are then answered first, if that takes no more than five seconds; a second interruption ends the process.

    Args:
        library: an open library; it stays the caller's to close.
        settings: settings of the pages; None for the defaults.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        threads: requests answered at the same time.
        pictures: a folder in which pictures of pages are kept; None to draw them each time.

    Raises:
        ConfigError: that address or port can't be listened on, or a setting is wrong.
    """
    _on_signals(signal.default_int_handler, signal.SIGTERM)
    settings = settings or WebSettings()
    app = create_app(library, settings, pictures=pictures)
    listening = _listen(host, port)
    server = waitress.create_server(
        app,
        sockets=[listening],
        threads=threads,
        # Links lead below the start page's path, whether or not a proxy takes that away from what it passes on.
        url_prefix=urlsplit(settings.base_url).path.rstrip("/"),
        # No "Server" header: nobody needs to know what answers.
        ident="",
        max_request_header_size=_MAX_HEAD,
        max_request_body_size=_MAX_BODY,
        # What trusted proxies say is read by the application, which knows how many there are.
        clear_untrusted_proxy_headers=not settings.trusted_proxies,
    )
    # It warns of every request that waits for a thread, or that no thread took in the end; a queue is there for that.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    state = _state(library)
    settle()
    place = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
    warming = threading.Thread(target=_warm_up, args=(library,), name="warm-up")
    warming.start()
    _on_signals(partial(_stop, server), signal.SIGINT, signal.SIGTERM)
    try:
        sys.stderr.write(f"{state} at {place} (Ctrl-C stops)\n")
        sys.stderr.flush()
        # Returns on KeyboardInterrupt, after the requests at work have been answered.
        server.run()
    except KeyboardInterrupt:  # before there was any
        pass
    finally:
        # Threads that are still at work find all closed, which is no news.
        logging.getLogger("waitress").setLevel(logging.CRITICAL)
        server.close()
        page_pictures.close(app)
        warming.join()


def settle() -> None:
    """Have the collector of cycles look seldom, and never again at what is there now.

    Vocabularies, templates and the index stay until the end. An answer is some thousand objects without cycles, which go as
    soon as it is sent; with Python's own threshold (700) looking through them took 7 % of a search's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def _warm_up(library: Library) -> None:
    """Have made what suggestions are looked up in, a second's work in a large library, before a reader types."""
    with suppress(TipsearchError, OSError):
        library.suggest("a")


def _state(library: Library) -> str:
    """What is served, with a warning before it where nothing can be searched: documents can be read even then."""
    warning = ""
    try:
        library.search(SearchRequest(size=1), facets=())
    except (LibraryError, EngineError) as error:
        warning = (
            f"tipsearch: {error}\n"
            "Until then searches are answered with an error; pages of documents and their files can be read.\n"
        )
    try:
        count = library.status().documents
    except LibraryError:
        return f"{warning}Serving"
    return f"{warning}Serving {count:,} document{'s' * (count != 1)}"


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Made here, as waitress leaves one open where it can't listen."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:  # the latter of names that can't be one
        raise ConfigError(
            f"there is no address to listen on called {host!r}; choose another --host"
        ) from error
    try:
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else error
        raise ConfigError(
            f"can't listen on {host} port {port}: {reason}; choose another --host or --port"
        ) from error


def _on_signals(handler: Callable[[int, FrameType | None], object], *signals: signal.Signals) -> None:
    """Have these signals handled so; only the main thread can."""
    if threading.current_thread() is threading.main_thread():
        for one in signals:
            signal.signal(one, handler)


def _stop(server: BaseWSGIServer, _signal: int, _frame: FrameType | None) -> None:
    """End the server so that its caller can close the library."""
    _on_signals(_stop_at_once, signal.SIGINT, signal.SIGTERM)
    waiting = sum(bool(channel.requests) for channel in server.active_channels.values())
    # A thread that has only just begun counts as active, too.
    if number := min(waiting, server.task_dispatcher.active_count):
        sys.stderr.write(
            f"Answering {number} request{'s' * (number != 1)} first; stop again to end at once.\n"
        )
    raise KeyboardInterrupt


def _stop_at_once(number: int, _frame: FrameType | None) -> None:
    """End the process, as nothing that it does must be finished: it only reads."""
    os._exit(128 + number)
