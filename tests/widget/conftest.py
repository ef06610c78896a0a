from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serve.browser import driver_runs, find_chromium, running_chromium, running_server
from widget.host import guest_of, running_host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from widget.host import Guest, Host


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    pytest.importorskip("playwright", reason="playwright is not installed: make setup")
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium here: sudo apt-get install chromium")
    if not driver_runs():
        pytest.skip("playwright's driver can't run here: sudo apt-get install libatomic1")
    from playwright.sync_api import expect

    # As long as everything else waits, on a machine that is busy.
    expect.set_options(timeout=10_000)
    with running_chromium(path) as browser:
        yield browser


@pytest.fixture(scope="module")
def host(chromium: Browser, sample_folder: Path) -> Iterator[Host]:  # noqa: ARG001  no server without a browser
    """Somebody's site beside the sample library's server."""
    with running_server(sample_folder) as library, running_host(library) as site:
        yield site


@pytest.fixture
def guest(chromium: Browser, host: Host) -> Iterator[Guest]:
    with guest_of(host, chromium) as one:
        yield one
