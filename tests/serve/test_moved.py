"""A document that has turned out to be the same as another one is found at both addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch import Library, SearchRequest
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Recruiters keep the passports of workers at sea until the fees are paid. " * 30


def test_old_addresses_lead_to_the_document_as_which_it_is_found_now(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "one.txt").write_text(TEXT, "utf-8")
    (papers / "other.txt").write_text("Children who weave carpets by night, and who buys them.", "utf-8")
    with Library.open(tmp_path / "library") as library:
        library.index([papers])
        ids = {result.document.id for result in library.search(SearchRequest("")).results}
        (papers / "other.txt").write_text(f"{TEXT}\n", "utf-8")
        library.index([papers])
        (kept,) = (result.document.id for result in library.search(SearchRequest("")).results)
        (old,) = ids - {kept}
        client = create_app(library).test_client()
        page = client.get(f"/documents/{old}/pages/1?q=passports")
        assert page.status_code == 302
        assert page.headers["Location"] == f"/documents/{kept}/pages/1?q=passports"
        odd = client.get(f"/documents/{old}?endpoint=x&_anchor=y&_scheme=z&q=%C3%BC")
        assert odd.headers["Location"] == f"/documents/{kept}?endpoint=x&_anchor=y&_scheme=z&q=%C3%BC"
        assert client.get(f"/api/v1/documents/{old}", follow_redirects=True).get_json()["id"] == kept
        record = client.get(f"/unapi?id={old}&format=csl-json")
        assert (record.status_code, [item["id"] for item in record.get_json(force=True)]) == (200, [kept])
        for form in ("json", "xml"):
            shown = client.get(f"/oembed?url=http://localhost/documents/{old}&format={form}")
            assert shown.status_code == 200
            assert f"/embed/documents/{kept}" in shown.text
        assert client.get("/documents/nobody").status_code == 404
