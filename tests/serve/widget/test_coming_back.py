"""Who follows a result and comes back finds the search as it was left, where the browser keeps the page before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from serve.browser import find_chromium
from serve.widget.host import guest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from serve.widget.host import Guest, Host

pytestmark = pytest.mark.browser

_NOTE = "addEventListener('pageshow', event => { window.isKept = event.persisted; })"


@pytest.fixture(scope="module")
def keeping(chromium: Browser) -> Iterator[Browser]:
    """A browser that keeps pages for those who come back, as readers' do and those of tests otherwise don't."""
    browser = chromium.browser_type.launch(
        executable_path=find_chromium(),
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture
def guest(keeping: Browser, host: Host) -> Iterator[Guest]:
    with guest_of(host, keeping) as one:
        one.page.add_init_script(_NOTE)
        yield one


def _go_back(guest: Guest) -> None:
    """Comes back to the page of the site, which the browser must have kept."""
    # Of such a page nothing is loaded that could be waited for.
    guest.page.go_back(wait_until="commit")
    guest.page.wait_for_url(f"{guest.host.address}/**", wait_until="commit")
    guest.page.wait_for_function("window.isKept")


def test_the_element_keeps_words_results_and_filters(guest: Guest) -> None:
    guest.open(guest.host.element('facets="region" show-preset preset="region=asia"'))
    guest.wait_for_answer()
    guest.find("labour")
    told, asked = guest.status.inner_text(), len(guest.asked)
    guest.titles.first.click()
    guest.page.wait_for_url(f"{guest.host.library}/documents/*")
    _go_back(guest)
    assert (guest.box.input_value(), guest.status.inner_text()) == ("labour", told)
    expect(guest.page.get_by_role("button", name="Remove filter: Region: Asia")).to_be_visible()
    assert not [url for url in guest.asked[asked:] if "/api/" in url]
    # It goes on from there.
    guest.find("fishing")
    assert guest.titles.count()


def test_a_page_with_a_frame_is_kept_too(guest: Guest) -> None:
    library = guest.host.library
    frame = f'<iframe class="tip-search" src="{library}/embed?q=kafala" width="600" height="600"></iframe>'
    guest.open(frame, script=f'<script type="module" src="{library}/widget/v1/frame.js"></script>')
    guest.page.frame_locator("iframe").locator("[part=title] a").first.click()
    guest.page.wait_for_url(f"{library}/documents/*")
    _go_back(guest)
