from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import pytest

from serve.small_library import SmallLibrary, fees_report
from tipsearch.config import WebSettings
from tipsearch.errors import ConfigError, EngineFailed, LibraryError
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("part", "name", "error"),
    [
        ("catalogue", "identity", LibraryError("secret")),
        ("index", "generation", LibraryError("secret")),
        ("engine", "search", EngineFailed("secret")),
    ],
)
def test_a_server_that_cannot_answer_says_which_part_cannot(
    client: FlaskClient,
    library: SmallLibrary,
    monkeypatch: pytest.MonkeyPatch,
    part: str,
    name: str,
    error: Exception,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(library, name, fail)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.get_json() == {"ready": False, "part": part, "reason": type(error).__name__}


def test_a_library_without_an_index_is_not_ready(client: FlaskClient, library: SmallLibrary) -> None:
    library.state = 0
    assert client.get("/readyz").get_json()["part"] == "index"


@pytest.fixture
def counted() -> FlaskClient:
    return create_app(SmallLibrary([fees_report()]), WebSettings(metrics=True)).test_client()


def test_figures_count_requests_by_route_and_tell_what_the_library_holds(counted: FlaskClient) -> None:
    counted.get("/api/v1/search?q=debt")
    counted.get("/api/v1/search?q=labour")
    counted.get("/documents/none")
    told = counted.get("/metrics").text
    assert 'tipsearch_requests_total{method="GET",route="/api/v1/search",status="200"} 2.0' in told
    assert 'route="/documents/<document_id>",status="404"} 1.0' in told
    assert 'tipsearch_request_seconds_count{route="/api/v1/search"} 2.0' in told
    assert "tipsearch_documents 1.0" in told


def test_figures_tell_nothing_of_what_was_asked_or_by_whom(counted: FlaskClient) -> None:
    counted.get("/search?q=secretword", environ_overrides={"REMOTE_ADDR": "192.0.2.77"})
    counted.get("/secretword")
    counted.get("/documents/secretword?q=secretword")
    counted.open("/search", method="SECRETWORD")
    told = counted.get("/metrics").text
    assert "secretword" not in told.lower()
    assert "192.0.2" not in told


def test_figures_are_off_unless_they_are_wanted(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_what_figures_want_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("prometheus_client"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigError, match=r"tipsearch\[metrics\]"):
        create_app(SmallLibrary([]), WebSettings(metrics=True))
