from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serve.widget.host import guest_of, running_host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from serve.widget.host import Guest, Host


@pytest.fixture(scope="session")
def host(server: str) -> Iterator[Host]:
    """Somebody's site beside the sample library's server."""
    with running_host(server) as site:
        yield site


@pytest.fixture
def guest(chromium: Browser, host: Host) -> Iterator[Guest]:
    from playwright.sync_api import expect

    # As long as everything else waits, on a machine that is busy.
    expect.set_options(timeout=10_000)
    with guest_of(host, chromium) as one:
        yield one
