from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from serve.small_library import SmallLibrary


def test_a_pdf_is_shown_but_framed_by_nobody(client: FlaskClient) -> None:
    response = client.get("/documents/fees/file")
    assert response.data.startswith(b"%PDF-")
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == "inline; filename=Who-pays-for-the-job.pdf"
    assert response.headers["Content-Security-Policy"] == "frame-ancestors 'none'"


def test_html_is_only_to_be_saved(client: FlaskClient) -> None:
    response = client.get("/documents/cocoa/file")
    assert response.headers["Content-Disposition"] == "attachment; filename=Child-labour-on-cocoa-farms.html"
    assert response.headers["Content-Security-Policy"] == "sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_part_of_a_file_can_be_asked_for(client: FlaskClient) -> None:
    response = client.get("/documents/fees/file", headers={"Range": "bytes=0-4"})
    assert (response.status_code, response.data) == (206, b"%PDF-")


def test_a_file_that_is_gone_is_not_found(client: FlaskClient, library: SmallLibrary) -> None:
    library.files["fees"].unlink()
    assert client.get("/documents/fees/file").status_code == 404
    del library.files["cocoa"]
    assert client.get("/documents/cocoa/file").status_code == 404


def test_a_title_cannot_break_out_of_the_file_name(client: FlaskClient, library: SmallLibrary) -> None:
    library.files["evil"] = library.files["cocoa"]
    disposition = client.get("/documents/evil/file").headers["Content-Disposition"]
    assert disposition == "attachment; filename=script-alert-1-script-gnp-exe.html"
