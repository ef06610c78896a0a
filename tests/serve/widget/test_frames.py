"""Pages for a frame: who may frame them, what they show, and how they speak with the page around."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from serve.small_library import SmallLibrary, fees_report
from serve.widget.host import ADDRESS
from serve.widget.trees import tree
from tipsearch.errors import LibraryError
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser

    from serve.widget.host import Guest
    from tipsearch.model import Document

#: A page that treats frames as the wp-embed.js of WordPress 6 does: sandbox, secret, "ready", heights, links.
_WORDPRESS = """
const frame = document.querySelector("iframe");
window.told = [];
addEventListener("load", () =>
  frame.contentWindow.postMessage({ message: "ready", secret: frame.dataset.secret }, "*"));
addEventListener("message", ({ data, source }) => {
  if (!data || !(data.secret || data.message || data.value) || /[^a-zA-Z0-9]/.test(data.secret)) return;
  if (data.secret !== frame.dataset.secret || source !== frame.contentWindow) return;
  told.push(data);
  if (data.message === "height") frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)));
  if (data.message === "link") {
    const target = new URL(data.value);
    if (/^https?:$/.test(target.protocol) && target.host === new URL(frame.src).host && document.activeElement === frame)
      window.top.location.href = data.value;
  }
});
"""


@pytest.mark.parametrize(
    "address", ["/embed?q=debt", "/embed", "/embed?q=%22%3E%3Cscript%3E", "/embed/documents/fees?q=debt"]
)
def test_only_pages_for_a_frame_may_be_framed(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "unsafe" not in policy
    assert "<script>" not in response.text
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Cache-Control"] == "no-store"
    for other in ("/embed/builder", "/widget/demo", "/search?q=debt", "/documents/nothing"):
        assert "frame-ancestors 'none'" in client.get(other).headers["Content-Security-Policy"]


@pytest.mark.browser
def test_a_frame_without_scripts_searches_as_it_was_set_up(guest: Guest, chromium: Browser) -> None:
    address = "/embed?q=labour&region=asia&sort=newest&ui=es&label=Buscar+aqu%C3%AD&facets=topic"
    guest.host.put(
        f'<iframe src="{guest.host.library}{address}" width="600" height="400"></iframe>', script=""
    )
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for is_by_link in (False, True):
            page.goto(f"{guest.host.address}{ADDRESS}")
            inside = page.frame_locator("iframe")
            expect(inside.get_by_label("Buscar aquí")).to_have_value("labour")
            if is_by_link:
                inside.get_by_role("link", name="Abrir esta búsqueda en la biblioteca").click()
            else:
                inside.get_by_label("Buscar aquí").press("Enter")
            page.wait_for_url(f"{guest.host.library}/search?*")
            asked = parse_qs(urlsplit(page.url).query)
            assert asked == {"q": ["labour"], "region": ["asia"], "sort": ["newest"], "ui": ["es"]}


@pytest.mark.parametrize("host", ["x; script-src *", "a b", "x,y"])
def test_a_host_that_is_none_stands_in_no_policy(client: FlaskClient, host: str) -> None:
    policy = client.get("/embed", headers={"Host": host}).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")


class _Unavailable(SmallLibrary):
    def document(self, document_id: str) -> Document:
        raise LibraryError(document_id)


def test_what_goes_wrong_in_a_frame_is_told_in_the_frame_with_a_way_to_the_library(
    client: FlaskClient,
) -> None:
    missing = client.get("/embed/documents/nothing")
    broken = create_app(_Unavailable([])).test_client().get("/embed/documents/fees")
    for response, status in ((missing, 404), (broken, 503)):
        assert response.status_code == status
        assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
        (link,) = tree(response.text).xpath("//main//a")
        assert (link.get("href"), link.get("target")) == ("/", "_top")
    assert broken.headers["Retry-After"]


def test_the_card_of_a_document_shows_where_the_words_stand(client: FlaskClient) -> None:
    card = tree(client.get("/embed/documents/fees?q=debt").text)
    assert card.xpath("//h1")[0].text_content() == "Who pays for the job?"
    assert [mark.text.lower() for mark in card.xpath("//mark")][:1] == ["debt"]
    # The page that answers best comes first, as in a search.
    assert card.xpath("//p/a/@href") == ["/documents/fees/pages/2?q=debt", "/documents/fees/pages/1?q=debt"]


@pytest.mark.parametrize("page", ["3", "1"])
def test_the_card_of_a_page_shows_that_page_first(client: FlaskClient, page: str) -> None:
    shown = tree(client.get(f"/embed/documents/fees?q=debt&page={page}").text).xpath("//p/a/@href")
    assert shown[0] == f"/documents/fees/pages/{page}?q=debt"
    assert shown[1] == "/documents/fees/pages/2?q=debt"
    assert len(set(shown)) == len(shown)
    for none in ("0", "99", "x"):
        card = client.get(f"/embed/documents/fees?q=debt&page={none}").text
        assert tree(card).xpath("//p/a/@href")[0] == "/documents/fees/pages/2?q=debt"


def test_a_list_in_a_frame_holds_a_link_to_it_for_those_without_scripts(client: FlaskClient) -> None:
    page = tree(client.get("/embed?sort=newest&mode=list&label=The+newest&passages=0").text)
    [element] = page.xpath("//tip-search")
    assert (element.get("mode"), element.get("passages")) == ("list", "0")
    assert element.xpath(".//input") == []
    [link] = element.xpath(".//a")
    assert (link.get("href"), link.get("target"), link.text) == ("/search?sort=newest", "_top", "The newest")
    assert not page.find("body").get("class")


@pytest.mark.parametrize(("query", "hidden"), [("?q=debt", "debt"), ("", "What workers pay")])
def test_the_card_of_a_document_shows_what_it_is_warned_of_first(query: str, hidden: str) -> None:
    document, pages = fees_report()
    warned = replace(document, warning="Violence <b>in detail</b>", abstract="What workers pay")
    page = create_app(SmallLibrary([(warned, pages)])).test_client().get(f"/embed/documents/fees{query}")
    [caution] = tree(page.text).xpath("//details[not(@open)]")
    assert caution.findtext("summary") == "Content warning: Violence <b>in detail</b>"
    assert hidden in caution.text_content()
    assert not tree(page.text).xpath("//main//p[not(ancestor::details)]//mark")


def test_a_card_without_text_warns_too() -> None:
    document, pages = fees_report()
    bare_one = replace(document, warning="Violence", abstract=None)
    page = create_app(SmallLibrary([(bare_one, pages)])).test_client().get("/embed/documents/fees")
    assert [one.text for one in tree(page.text).find_class("caution")] == ["Content warning: Violence"]


def _wordpress(guest: Guest, url: str) -> Any:
    """Embeds what oEmbed answers for an address as WordPress does; gives the frame's content."""
    answer = guest.page.request.get(f"{guest.host.library}/oembed", params={"url": url}).json()
    inside = re.search(r"<iframe (.*?)></iframe>", answer["html"])
    assert inside
    # The secret is written into the page by the server.
    address = inside[1].replace('" width', '#?secret=s3cr3tAB12" data-secret="s3cr3tAB12" width', 1)
    assert address != inside[1]
    frame = f'<iframe {address} sandbox="allow-scripts" security="restricted"></iframe>'
    guest.host.pages["/wp-embed.js"] = (_WORDPRESS, {"Content-Type": "text/javascript"})
    guest.open(frame, script='<script defer src="/wp-embed.js"></script>')
    return guest.page.frame_locator("iframe")


@pytest.mark.browser
def test_wordpress_embeds_a_pasted_search_in_its_sandbox(guest: Guest) -> None:
    inside = _wordpress(guest, f"{guest.host.library}/search?q=labour&region=asia")
    expect(inside.locator("[part=status]")).to_have_text(re.compile("document"))
    expect(inside.get_by_role("button", name="Remove filter: Region: Asia")).to_be_visible()
    inside.get_by_role("combobox").fill("fishing")
    inside.get_by_role("combobox").press("Enter")
    expect(inside.get_by_role("combobox")).to_have_value("fishing")
    expect(inside.locator("mark").first).to_have_text(re.compile("fish", re.IGNORECASE))
    told = guest.page.evaluate("told.filter(one => one.message === 'height').map(one => one.value)")
    assert told
    assert all(200 <= value <= 1000 for value in told)
    assert int(guest.page.locator("iframe").get_attribute("height") or 0) == told[-1]
    inside.locator("[part=title] a").first.click()
    guest.page.wait_for_url(f"{guest.host.library}/documents/*")


@pytest.mark.browser
def test_wordpress_embeds_a_pasted_document_as_a_card(guest: Guest) -> None:
    found = guest.page.request.get(f"{guest.host.library}/api/v1/search?q=kafala").json()["results"][0]
    inside = _wordpress(guest, f"{guest.host.library}/documents/{found['id']}?q=kafala")
    expect(inside.get_by_role("heading")).to_have_text(found["title"])
    inside.get_by_role("link", name=re.compile("^Page")).first.click()
    guest.page.wait_for_url(f"{guest.host.library}/documents/*/pages/*")


@pytest.mark.browser
@pytest.mark.parametrize("query", ["?q=kafala&ui=ar", "?ui=ar"])
def test_all_of_a_card_begins_on_the_side_on_which_its_title_does(guest: Guest, query: str) -> None:
    library = guest.host.library
    answer = guest.page.request.get(f"{library}/api/v1/search?q=kafala&lang=en").json()
    guest.page.goto(f"{library}/embed/documents/{answer['results'][0]['id']}{query}")
    directions = guest.page.locator(".card > div :is(h1, p)").evaluate_all(
        "all => all.map(one => getComputedStyle(one).direction)"
    )
    assert len(directions) > 1
    assert set(directions) == {"ltr"}
    assert guest.page.locator(".card > p").evaluate("one => getComputedStyle(one).direction") == "rtl"


@pytest.mark.browser
def test_a_frame_without_wordpress_gets_its_height_and_its_links_lead_out(guest: Guest) -> None:
    library = guest.host.library
    built = guest.page.request.get(f"{library}/embed/builder?url=q%3Dkafala").text()
    pasted = re.search(r"&lt;iframe.*?(?=</textarea>)", built, re.DOTALL)
    assert pasted
    from html import unescape

    guest.open(unescape(pasted[0]), script="")
    inside = guest.page.frame_locator("iframe")
    expect(inside.locator("[part=title]").first).to_be_visible()
    guest.page.wait_for_function("document.querySelector('iframe').height !== '480'")
    height = guest.page.locator("iframe").evaluate("one => Number(one.height)")
    assert 200 <= height <= 1000
    inside.locator("[part=title] a").first.click()
    guest.page.wait_for_url(f"{library}/documents/*")


@pytest.mark.browser
def test_a_frame_gets_its_height_from_a_script_that_comes_later_and_one_added_then_too(guest: Guest) -> None:
    library = guest.host.library
    frame = f'<iframe class="tip-search" src="{library}/embed?q=kafala" width="600" height="480"></iframe>'
    guest.open(frame, script="")
    expect(guest.page.frame_locator("iframe").locator("[part=title]").first).to_be_visible()
    told = guest.page.frames[1].evaluate("document.body.getBoundingClientRect().height")
    fitting = str(min(1000, max(200, math.ceil(told))))
    assert fitting != "480"
    guest.page.add_script_tag(url=f"{library}/widget/v1/frame.js", type="module")
    expect(guest.page.locator("iframe")).to_have_attribute("height", fitting)
    guest.page.evaluate(
        "frame => document.querySelector('main').insertAdjacentHTML('beforeend', frame)", frame
    )
    expect(guest.page.locator("iframe").nth(1)).to_have_attribute("height", fitting)
