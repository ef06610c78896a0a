from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from serve.small_library import SmallLibrary, fees_report
from tipsearch.config import WebSettings
from tipsearch.serve.app import create_app
from tipsearch.serve.limits import COUNTED, Limiter, network

if TYPE_CHECKING:
    from flask.testing import FlaskClient


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limited() -> FlaskClient:
    app = create_app(SmallLibrary([fees_report()]), WebSettings(requests_per_minute=2))
    return app.test_client()


def test_as_many_requests_as_are_allowed_may_come_at_once(clock: Clock) -> None:
    limiter = Limiter(3, clock)
    assert [limiter.ask("192.0.2.1").allowed for _ in range(4)] == [True, True, True, False]


def test_a_bucket_fills_as_time_goes_by(clock: Clock) -> None:
    limiter = Limiter(3, clock)
    for _ in range(3):
        limiter.ask("192.0.2.1")
    assert limiter.ask("192.0.2.1").wait == 20
    clock.now += 19
    assert not limiter.ask("192.0.2.1").allowed
    clock.now += 1
    standing = limiter.ask("192.0.2.1")
    assert (standing.allowed, standing.left, standing.wait, standing.full) == (True, 0, 20, 60)


def test_a_refused_request_costs_nothing(clock: Clock) -> None:
    limiter = Limiter(1, clock)
    limiter.ask("192.0.2.1")
    for _ in range(6):
        clock.now += 9.9
        limiter.ask("192.0.2.1")
    clock.now += 1
    assert limiter.ask("192.0.2.1").allowed


def test_silence_saves_no_more_than_a_minute(clock: Clock) -> None:
    limiter = Limiter(2, clock)
    clock.now += 3600
    assert [limiter.ask("192.0.2.1").allowed for _ in range(3)] == [True, True, False]


def test_a_network_is_counted_and_not_a_reader(clock: Clock) -> None:
    limiter = Limiter(1, clock)
    assert limiter.ask("192.0.2.1").allowed
    assert not limiter.ask("192.0.2.200").allowed
    assert limiter.ask("192.0.3.1").allowed


def test_oembed_is_refused_by_a_line(library: SmallLibrary) -> None:
    client = create_app(library, WebSettings(requests_per_minute=1)).test_client()
    answers = [client.get("/oembed?url=http://localhost/search&ui=fr") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 429]
    assert answers[1].mimetype == "text/plain"
    assert answers[1].text.startswith("Plus de ")
    assert answers[1].text.count("\n") == 1


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "?"),
        ("unix:", "?"),
        ("192.0.2.77:5678", "192.0.2.0/24"),
        ("[2001:db8:1:2::3]:443", "2001:db8:1::/48"),
    ],
)
def test_of_an_address_only_the_network_is_taken(address: str, known_as: str) -> None:
    assert network(address) == known_as


def test_each_day_begins_anew(clock: Clock) -> None:
    limiter = Limiter(1, clock)
    limiter.ask("192.0.2.1")
    kept = dict(limiter._buckets)
    clock.now += 24 * 3600
    limiter.ask("192.0.2.1")
    assert not kept.keys() & limiter._buckets.keys()


def test_nothing_that_is_kept_holds_an_address(clock: Clock) -> None:
    limiter = Limiter(1, clock)
    limiter.ask("192.0.2.1")
    assert b"192.0.2" not in b"".join(limiter._buckets)


def test_memory_is_bounded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tipsearch.serve.limits._MOST_BUCKETS", 3)
    limiter = Limiter(1, clock)
    for part in range(9):
        limiter.ask(f"192.0.{part}.1")
    assert len(limiter._buckets) == 3
    assert not limiter.ask("192.0.8.1").allowed


def test_who_asks_too_often_is_told_when_to_ask_again(limited: FlaskClient) -> None:
    first = limited.get("/api/v1/search?q=debt")
    assert first.headers["RateLimit-Policy"] == '"requests";q=2;w=60'
    assert first.headers["RateLimit"].startswith('"requests";r=1;t=')
    limited.get("/search?q=debt")
    refused = limited.get("/api/v1/search?q=debt")
    assert (refused.status_code, refused.content_type) == (429, "application/problem+json")
    assert 1 <= int(refused.headers["Retry-After"]) <= 30
    assert refused.headers["RateLimit"].startswith('"requests";r=0;')
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    page = limited.get("/search?q=debt")
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert "<h1>Too many requests</h1>" in page.text
    assert "More than 2 requests a minute came from your network." in page.text


def test_who_asks_too_often_is_told_so_in_their_language(limited: FlaskClient) -> None:
    for _ in range(2):
        limited.get("/search?q=debt")
    refused: Any = limited.get("/api/v1/search?q=debt&ui=es")
    assert refused.json["detail"].startswith("Desde su red llegaron más de 2 peticiones por minuto.")
    assert "<h1>Trop de requêtes</h1>" in limited.get("/search?q=debt&ui=fr").text


@pytest.mark.parametrize("address", ["/", "/documents/fees", "/help", "/healthz", "/static/style.css"])
def test_what_costs_little_is_not_counted(limited: FlaskClient, address: str) -> None:
    for _ in range(4):
        with limited.get(address) as response:
            assert response.status_code == 200
            assert "RateLimit" not in response.headers


#: What only reads a document or a file, or says the same to everybody.
_CHEAP = {
    "about.about", "about.safety", "about.search_help", "discovery.opensearch", "discovery.robots", "discovery.sitemap",
    "discovery.sitemap_part", "documents.cite", "files.file", "health.alive", "health.ready", "openapi.description",
    "openapi.docs", "page_pictures.picture", "pages.home", "static", "unapi.unapi", "viewer.asset",
    "widget.demo", "widget.embed", "widget.locale", "widget.newest", "widget.pinned",
}  # fmt: skip


def test_each_address_is_counted_or_known_to_cost_little(limited: FlaskClient) -> None:
    endpoints = {rule.endpoint for rule in limited.application.url_map.iter_rules()}
    assert endpoints == {*COUNTED, *_CHEAP}
    assert not _CHEAP & COUNTED.keys()


@pytest.mark.parametrize(
    "address",
    [
        "/search/record",
        "/search/record.json",
        "/map",
        "/facets/region",
        "/documents/fees?q=debt",
        "/documents/fees/pages/1?q=debt",
        "/documents/fees/similar",
        "/embed/documents/fees?q=debt",
        "/oembed?url=http://localhost/search",
        "/embed/builder",
        "/api/v1/facets/region",
    ],
)
def test_what_searches_is_counted(limited: FlaskClient, address: str) -> None:
    assert [limited.get(address).status_code for _ in range(3)] == [200, 200, 429]


def test_who_types_can_still_search(limited: FlaskClient) -> None:
    addresses = ("/api/v1/suggest?q=deb", "/suggest?q=deb")
    got = [limited.get(addresses[number % 2]) for number in range(21)]
    assert [one.status_code for one in got] == [200] * 20 + [429]
    assert got[0].headers["RateLimit-Policy"] == '"suggestions";q=20;w=60'
    assert limited.get("/search?q=debt").status_code == 200


def test_without_a_setting_nobody_is_counted(client: FlaskClient) -> None:
    assert "RateLimit" not in client.get("/api/v1/search?q=debt").headers


def test_behind_a_proxy_that_is_trusted_readers_are_told_apart() -> None:
    app = create_app(SmallLibrary([fees_report()]), WebSettings(requests_per_minute=1, trusted_proxies=1))
    client = app.test_client()

    def status(forwarded: str) -> int:
        return client.get("/api/v1/search", headers={"X-Forwarded-For": forwarded}).status_code

    assert [status("192.0.2.1"), status("198.51.100.1"), status("192.0.2.1")] == [200, 200, 429]
    # What a reader pretends stands before what the proxy has added.
    assert status("203.0.113.9, 198.51.100.1") == 429


def test_a_header_that_no_proxy_is_trusted_for_is_not_believed() -> None:
    app = create_app(SmallLibrary([fees_report()]), WebSettings(requests_per_minute=1))
    client = app.test_client()
    answers = [client.get("/api/v1/search", headers={"X-Forwarded-For": f"192.0.{n}.1"}) for n in range(2)]
    assert [one.status_code for one in answers] == [200, 429]
