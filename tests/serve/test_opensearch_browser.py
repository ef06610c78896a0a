"""Chromium itself learns from the pages how to search in the library from its address bar."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from serve.browser import find_chromium

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
#: Visits after which a browser that learns from them has learnt.
_TURNS = 6
#: The whole browser, as the one that tests otherwise use has no address bar.
_WHOLE = {
    "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"],
    "ignore_default_args": ["--headless"],
}


def test_chromium_offers_to_search_here_with_suggestions(
    chromium: Browser, server: str, tmp_path: Path
) -> None:
    for _ in range(_TURNS):
        context = chromium.browser_type.launch_persistent_context(
            tmp_path,
            executable_path=find_chromium(),
            **_WHOLE,  # type: ignore[arg-type]  # keywords of several types
        )
        page = context.new_page()
        page.goto(server, wait_until="networkidle")
        page.wait_for_timeout(1_000)
        context.close()
        if offered := _offered(tmp_path, server.rstrip("/")):
            break
    ((search, suggestions),) = offered
    assert search.startswith(f"{server.rstrip('/')}/search?q={{searchTerms}}")
    assert suggestions == f"{server.rstrip('/')}/suggest?q={{searchTerms}}"


def _offered(profile: Path, server: str) -> list[tuple[str, str]]:
    """Addresses of the search engines of that profile that lie on the server, and of their suggestions."""
    with sqlite3.connect(profile / "Default" / "Web Data") as kept:
        rows: list[tuple[str, str]] = kept.execute("select url, suggest_url from keywords").fetchall()
    return [row for row in rows if row[0].startswith(server)]
