from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

import pytest

from serve.browser import visiting
from tipsearch.config import WebSettings
from tipsearch.search.request import SearchRequest
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser

    from serve.small_library import SmallLibrary
    from tipsearch import Library


@pytest.fixture
def viewing(library: SmallLibrary) -> FlaskClient:
    return create_app(library, WebSettings(pdf_viewer="pdfjs")).test_client()


def test_without_the_setting_there_is_no_view_and_no_link_to_it(client: FlaskClient) -> None:
    assert client.get("/documents/fees/view").status_code == 404
    assert client.get("/pdfjs/any/pdf.min.mjs").status_code == 404
    assert "/view" not in client.get("/documents/fees?q=debt").text
    assert "/view" not in client.get("/documents/fees/pages/2").text


def test_with_it_pages_lead_there(viewing: FlaskClient) -> None:
    assert 'href="/documents/fees/view?page=1&amp;q=debt"' in viewing.get("/documents/fees?q=debt").text
    assert 'href="/documents/fees/view?page=2"' in viewing.get("/documents/fees/pages/2").text


def test_the_way_back_through_the_view_is_to_the_same_page_of_results(viewing: FlaskClient) -> None:
    def hrefs(address: str) -> list[str]:
        return [html.unescape(one) for one in re.findall('href="([^"]*)"', viewing.get(address).text)]

    results = "/search?sort=oldest&page=2&size=1"
    (view,) = (one for one in hrefs("/documents/fees?sort=oldest&page=2&size=1") if "/view" in one)
    assert view == "/documents/fees/view?page=1&sort=oldest&size=1&results=2"
    of_the_page, of_the_document = (one for one in hrefs(view) if "page=2" in one)
    assert results in hrefs(of_the_page)
    assert results in hrefs(of_the_document)


def test_a_page_of_results_that_cannot_be_is_left_out(viewing: FlaskClient) -> None:
    page = viewing.get("/documents/fees/view?page=3&q=debt&results=x")
    assert 'data-page="3"' in page.text
    assert 'href="/documents/fees?q=debt"' in page.text


def test_the_view_knows_the_page_and_what_to_mark(viewing: FlaskClient) -> None:
    response = viewing.get("/documents/fees/view?page=2&q=debt")
    assert 'data-page="2"' in response.text
    assert _found(viewing, "/documents/fees/view?page=2&q=debt") == ["debt"]
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "worker-src 'self'" in policy
    assert "unsafe" not in policy


def _found(client: FlaskClient, address: str) -> list[str]:
    found = re.search('data-find="([^"]*)"', client.get(address).text)
    assert found
    marked: list[str] = json.loads(html.unescape(found[1]))
    return marked


def test_only_what_was_typed_is_marked_where_that_is_wanted(viewing: FlaskClient, sample: Library) -> None:
    page = viewing.get("/documents/fees?q=debt&expand=no").text
    assert 'href="/documents/fees/view?page=1&amp;q=debt&amp;expand=no"' in page
    found = sample.search(SearchRequest("forced labour", languages=("es",), size=50)).results
    report = next(one.document for one in found if one.document.media_type == "application/pdf")
    client = create_app(sample, WebSettings(pdf_viewer="pdfjs")).test_client()
    address = f"/documents/{report.id}/view?q=forced+labour"
    assert "trabajo forzoso" in _found(client, address)
    assert "trabajo forzoso" not in _found(client, f"{address}&expand=no")


@pytest.mark.parametrize("page", ["0", "-3", "99999999999999999999", "x", ""])
def test_any_page_number_leads_to_a_page(viewing: FlaskClient, page: str) -> None:
    response = viewing.get(f"/documents/fees/view?page={page}")
    assert response.status_code == 200
    assert re.search('data-page="[123]"', response.text)


def test_what_is_no_pdf_has_no_view(viewing: FlaskClient) -> None:
    assert viewing.get("/documents/cocoa/view").status_code == 404
    assert "/view" not in viewing.get("/documents/cocoa").text


def test_only_the_views_own_files_are_given(viewing: FlaskClient) -> None:
    page = viewing.get("/documents/fees/view").text
    asset = re.search("/pdfjs/[0-9a-f]{12}", page)
    assert asset
    worker = viewing.get(f"{asset[0]}/pdf.worker.min.mjs", buffered=True)
    assert worker.content_type.startswith("text/javascript")
    assert "immutable" in worker.headers["Cache-Control"]
    assert viewing.get("/pdfjs/older/viewer.css", buffered=True).headers["Cache-Control"] == "no-cache"
    for name in ("LICENSE", "..%2fstatic%2fstyle.css", "pdf_viewer.mjs.map"):
        assert viewing.get(f"{asset[0]}/{name}").status_code == 404


@pytest.mark.browser
def test_the_view_opens_at_the_page_with_the_phrase_marked(
    chromium: Browser, view_server: str, sample: Library
) -> None:
    (handbook,) = (
        result.document
        for result in sample.search(SearchRequest("pocket handbook", size=50)).results
        if result.document.path and result.document.path.endswith("pocket-handbook-human-trafficking.pdf")
    )
    phrase = "freedom to leave"
    assert phrase in sample.page(handbook.id, 12).text
    with visiting(chromium, view_server) as visitor:
        page = visitor.page
        page.goto(f'/documents/{handbook.id}/view?page=12&q="{phrase}"')
        page.locator(".page[data-page-number='12'] .textLayer .highlight").first.wait_for()
        marked = page.locator(".page[data-page-number='12'] .textLayer .highlight").all_inner_texts()
        assert phrase in " ".join(" ".join(marked).split()).lower()
        assert page.locator("[data-pdf-status]").inner_text() == f"Page 12 of {handbook.page_count}"
        page.get_by_role("button", name="Next page").click()
        page.get_by_text(f"Page 13 of {handbook.page_count}").wait_for()
        page.locator("[data-pdf]").press("p")
        page.get_by_text(f"Page 12 of {handbook.page_count}").wait_for()
        assert page.get_by_role("link", name="Leave this site").first.is_visible()
        assert not visitor.complaints
        assert not visitor.outside
