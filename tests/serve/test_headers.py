from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tipsearch.serve.headers import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ADDRESSES = [
    "/",
    "/search?q=debt",
    "/search?page=x",
    "/documents/fees?q=debt",
    "/documents/fees/pages/2?q=debt",
    "/documents/fees/cite.ris",
    "/documents/fees/file",
    "/documents/cocoa/file",
    "/help",
    "/safety",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/static/style.css",
    "/static/exit.js",
    "/api/v1/search?q=debt",
    "/api/v1/search?x=1",
    "/api/v1/documents/fees",
    "/nowhere",
    "/documents/nothing",
    "/api/v1/nothing",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_has_the_safety_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    stored = address.endswith("/file")
    expected = {"sandbox", "frame-ancestors 'none'"} if stored else {CONTENT_SECURITY_POLICY}
    assert headers["Content-Security-Policy"] in expected
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_response_sets_a_cookie(client: FlaskClient, address: str) -> None:
    assert "Set-Cookie" not in client.get(address).headers


def test_the_policy_lets_nothing_inline_run() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=debt",
        "/search",
        "/map",
        "/documents/fees?q=debt",
        "/api/v1/search",
        "/export.ris",
        "/feed.atom",
        "/search/record",
        "/search/record.json",
        "/unapi?id=fees&format=ris",
    ],
)
def test_what_was_searched_for_is_kept_out_of_search_engines(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_documents_may_be_found_by_search_engines(client: FlaskClient) -> None:
    assert "X-Robots-Tag" not in client.get("/documents/fees").headers
    robots = client.get("/robots.txt")
    assert robots.content_type == "text/plain; charset=utf-8"
    assert "Disallow: /search" in robots.text
    assert "Disallow: /documents" not in robots.text


@pytest.mark.parametrize("address", ["/api/v1/search?q=debt", "/api/v1/documents/fees", "/api/v1/search?x=1"])
def test_the_api_may_be_read_from_any_site_without_credentials(client: FlaskClient, address: str) -> None:
    headers = client.get(address, headers={"Origin": "https://elsewhere.example"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers


def test_pages_may_not_be_read_from_other_sites(client: FlaskClient) -> None:
    for address in ("/", "/search?q=debt", "/documents/fees", "/documents/fees/file"):
        headers = client.get(address, headers={"Origin": "https://elsewhere.example"}).headers
        assert "Access-Control-Allow-Origin" not in headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in client.post("/search").headers


def test_pages_leave_no_copy_on_the_device(client: FlaskClient) -> None:
    for address in ("/", "/search?q=debt", "/documents/fees?q=debt", "/documents/fees/pages/1?q=debt"):
        assert client.get(address).headers["Cache-Control"] == "no-store"


def test_a_version_of_a_static_file_may_stay_for_a_year(client: FlaskClient) -> None:
    version = client.application.extensions["tipsearch"].static_versions["style.css"]
    assert "immutable" in client.get(f"/static/style.css?v={version}").headers["Cache-Control"]
    for other in ("1", "", version[:-1], f"{version}&v=1".upper()):
        assert client.get(f"/static/style.css?v={other}").headers["Cache-Control"] == "no-cache"
    assert client.get("/static/style.css").headers["Cache-Control"] == "no-cache"
    assert client.get("/static/nothing.css?v=1").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/api/v1/search", "/api/v1/documents/fees", "/api/openapi.json"])
def test_browsers_that_ask_first_are_told_what_scripts_of_other_sites_may_do(
    client: FlaskClient, address: str
) -> None:
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = client.options(address, headers=asked)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "content-type" in response.headers["Access-Control-Allow-Headers"].lower()
    assert response.headers["Access-Control-Max-Age"] == "86400"
    assert "Access-Control-Allow-Credentials" not in response.headers
    for closed in ("/search", "/documents/fees", "/healthz"):
        assert "Access-Control-Allow-Origin" not in client.options(closed, headers=asked).headers


def test_scripts_of_other_sites_may_see_the_tag_and_how_they_stand(client: FlaskClient) -> None:
    shown = client.get("/api/v1/search").headers["Access-Control-Expose-Headers"]
    assert {"ETag", "RateLimit", "Retry-After"} <= set(shown.split(", "))
