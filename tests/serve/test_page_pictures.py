from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tipsearch.serve import page_pictures
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from serve.small_library import Get, SmallLibrary

REPORT = Path(__file__).parents[2] / "corpus.sample" / "reports" / "who-pays-for-the-job.pdf"


@pytest.fixture
def drawing(library: SmallLibrary, tmp_path: Path) -> Iterator[FlaskClient]:
    """The report has a file that can be drawn."""
    library.files["fees"] = REPORT
    app = create_app(library, pictures=tmp_path / "pictures")
    yield app.test_client()
    page_pictures.close(app)


def test_a_page_of_a_pdf_has_its_picture(drawing: FlaskClient, tmp_path: Path) -> None:
    response = drawing.get("/documents/fees/pages/2/picture")
    assert response.status_code == 200
    assert response.content_type == "image/png"
    assert response.headers["Cache-Control"] == "private, no-store"
    (kept,) = (tmp_path / "pictures").iterdir()
    assert kept.read_bytes() == response.data


@pytest.mark.parametrize("address", ["fees/pages/0", "fees/pages/4", "cocoa/pages/1", "none/pages/1"])
def test_where_there_is_no_picture_the_answer_is_words(drawing: FlaskClient, address: str) -> None:
    response = drawing.get(f"/documents/{address}/picture")
    assert response.status_code == 404
    assert response.mimetype == "text/html"


def test_a_broken_file_has_no_picture(client: FlaskClient) -> None:
    response = client.get("/documents/fees/pages/1/picture")
    assert response.status_code == 404
    assert "can’t be drawn" in response.text
    page_pictures.close(client.application)


def test_while_another_is_drawn_a_reader_may_come_again(
    drawing: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tipsearch.pictures.painter._PATIENCE", 0.01)
    with drawing.application.extensions["tipsearch.painter"]._drawing:
        response = drawing.get("/documents/fees/pages/1/picture")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "3"


def test_the_page_shows_it_with_room_kept_and_words_for_it(get: Get) -> None:
    (image,) = get("/documents/fees/pages/2").xpath('//details[@class="scan"]//img')
    assert image.get("src") == "/documents/fees/pages/2/picture"
    assert image.get("loading") == "lazy"
    assert image.get("width")
    assert image.get("height")
    assert image.get("alt").startswith("Page 2 (printed 1)")
    assert not get("/documents/cocoa/pages/1").xpath("//img")
