"""What a page around forbids, what a frame's sandbox forbids, and what a hostile library may not do."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from serve.widget.host import Guest

pytestmark = pytest.mark.browser

#: The page of somebody whose pages take and embed nothing but what is named.
_STRICT = (
    "default-src 'none'; script-src {0}; connect-src {0}; style-src 'self'; form-action {0}; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_SCRIPT = "<img src=x onerror=alert(1)></script><script>alert(1)</script>"


def test_it_runs_in_a_page_that_forbids_all_else_with_its_hash(guest: Guest) -> None:
    library = guest.host.library
    built = guest.page.request.get(f"{library}/embed/builder").text()
    integrity = re.search(r"sha384-[\w+/=]+", built)
    assert integrity
    script = (
        f'<script type="module" src="{library}/widget/0.1.0/tip-search.js" integrity="{integrity[0]}" '
        'crossorigin="anonymous" referrerpolicy="no-referrer"></script>'
    )
    policy = {"Content-Security-Policy": _STRICT.format(library)}
    guest.open(guest.host.element('facets lang="fr"'), script=script, headers=policy)
    guest.box.wait_for()
    guest.box.fill("kafala")
    guest.box.press("Enter")
    expect(guest.titles.first).to_be_visible()
    colour = "getComputedStyle(document.querySelector('tip-search').shadowRoot.querySelector('button')).backgroundColor"
    assert guest.page.evaluate(colour) == "rgb(11, 90, 96)"
    assert guest.complaints == []


def test_another_script_than_the_one_with_that_hash_does_not_run_and_the_form_stays(guest: Guest) -> None:
    script = (
        f'<script type="module" src="{guest.host.library}/widget/0.1.0/tip-search.js" '
        f'integrity="sha384-{"A" * 64}" crossorigin="anonymous"></script>'
    )
    guest.open(guest.host.element("", '<form><label>Plain <input name="q"></label></form>'), script=script)
    guest.page.wait_for_timeout(200)
    assert guest.page.get_by_label("Plain").is_visible()
    assert any("integrity" in said for said in guest.complaints)


def test_what_a_hostile_library_answers_is_text_and_leads_nowhere(guest: Guest) -> None:
    document = {
        "id": "evil",
        "title": f"{_SCRIPT}\u202egnp.exe",
        "publisher": _SCRIPT,
        "authors": [_SCRIPT],
        "year": None,
        "language": '"><script>',
        "page_count": 1,
        "pages": [
            {
                "number": 1,
                "label": _SCRIPT,
                "text": f"𝔘nicode {_SCRIPT}",
                "spans": [[0, 8], [4, 6], [9, 12], [900, 950]],
                "link": "javascript:alert(1)",
            }
        ],
        "links": {"html": "javascript:alert(1)"},
    }
    facet = {"value": _SCRIPT, "label": _SCRIPT, "count": 1, "selected": False, "children": []}
    answer = {
        "query": {"text": _SCRIPT, "did_you_mean": _SCRIPT, "corrected": True, "notices": [_SCRIPT]},
        "total": 1,
        "results": [document],
        "facets": {"region": [facet]},
        "links": {"next": None},
    }
    guest.page.route(
        "**/api/v1/search?*",
        lambda route: route.fulfill(json=answer, headers={"Access-Control-Allow-Origin": "*"}),
    )
    guest.page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    guest.open(guest.host.element('facets="region" preset="q=x"'))
    guest.wait_for_answer()
    inside = "document.querySelector('tip-search').shadowRoot"
    assert guest.page.evaluate(f"{inside}.querySelectorAll('img, script').length") == 0
    assert (
        guest.page.evaluate(
            f"[...{inside}.querySelectorAll('a')].filter(one => one.protocol !== 'http:').length"
        )
        == 0
    )
    title = guest.page.locator("[part=title]")
    assert title.text_content() == f"{_SCRIPT}gnp.exe"
    title.click()
    marks = guest.page.locator("mark").all_text_contents()
    assert marks == ["𝔘nicode ", "img", ""]


def test_the_demo_page_forbids_all_it_can_and_complains_of_nothing(guest: Guest) -> None:
    answer = guest.page.goto(f"{guest.host.library}/widget/demo")
    assert answer is not None
    assert "require-trusted-types-for 'script'" in answer.headers["content-security-policy"]
    for name in ("filters", "newest", "arabic"):
        guest.page.locator(f"#{name}").scroll_into_view_if_needed()
        expect(guest.page.locator(f"#{name} [part=result]").first).to_be_visible()
    guest.page.locator("#dark").scroll_into_view_if_needed()
    expect(guest.page.locator("#dark").get_by_role("button")).to_be_visible()
    assert guest.complaints == []


def test_rude_styles_of_the_page_do_not_reach_inside(guest: Guest) -> None:
    guest.page.goto(f"{guest.host.library}/widget/demo")
    button = guest.page.locator("#filters").get_by_role("button", name="Search", exact=True)
    style = json.loads(
        button.evaluate(
            "one => { const s = getComputedStyle(one); return JSON.stringify([s.float, s.opacity, s.textTransform,"
            " s.letterSpacing, s.fontStyle, one.offsetHeight >= 24 && one.offsetWidth >= 24]); }"
        )
    )
    assert style == ["none", "1", "none", "normal", "normal", True]


def test_no_trace_is_left_no_referrer_sent_and_nobody_else_asked(guest: Guest) -> None:
    sent: list[dict[str, str]] = []
    guest.page.on(
        "request", lambda request: sent.append(request.all_headers()) if "/api/" in request.url else None
    )
    guest.open(guest.host.element('lang="fr" facets'))
    guest.box.wait_for()
    guest.box.fill("debt")
    guest.box.press("Enter")
    expect(guest.status).to_have_text(re.compile("document"))
    assert sent
    # A browser may say of a header that it has left out that it is empty.
    assert not [headers for headers in sent if headers.get("referer") or headers.get("cookie")]
    # So neither side keeps an answer: the browser is told to store none, and says so wherever its headers are known in time.
    assert {headers["cache-control"] for headers in sent if "cache-control" in headers} == {"no-cache"}
    places = {urlsplit(url).netloc for url in guest.asked}
    assert places == {urlsplit(guest.host.address).netloc, urlsplit(guest.host.library).netloc}
    assert guest.page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    assert guest.page.context.cookies() == []
    assert {link.get_attribute("referrerpolicy") for link in guest.titles.all()} == {"no-referrer"}
