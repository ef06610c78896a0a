"""The answers of oEmbed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import pytest

from serve.small_library import SmallLibrary, fees_report
from serve.widget.trees import parts, tree
from tipsearch.config import WebSettings
from tipsearch.serve.app import create_app
from tipsearch.serve.context import render
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def _oembed(client: FlaskClient, url: str, **more: str) -> Any:
    return client.get("/oembed", query_string={"url": url, **more})


def test_oembed_answers_with_a_quotation_and_a_frame(client: FlaskClient) -> None:
    answer = _oembed(client, "http://localhost/search?q=debt&region=asia&page=2").json
    assert (answer["version"], answer["type"], answer["provider_name"]) == ("1.0", "rich", "tipsearch")
    quotation, frame = parts(answer["html"])
    assert quotation.find("a").get("href") == "http://localhost/search?q=debt&region=asia&page=2"
    assert frame.get("src") == "http://localhost/embed?q=debt&region=asia&facets=region+topic+type&shown=yes"
    assert frame.get("title") == answer["title"] == "“debt” in tipsearch"
    assert (frame.get("width"), frame.get("height")) == (str(answer["width"]), str(answer["height"]))


def test_oembed_keeps_to_the_size_that_was_asked_for(client: FlaskClient) -> None:
    answer = _oembed(client, "http://localhost/", maxwidth="400", maxheight="300").json
    assert (answer["width"], answer["height"]) == (400, 300)
    answer = _oembed(client, "http://localhost/", maxwidth="99999", maxheight="-3").json
    assert (answer["width"], answer["height"]) == (640, 480)
    answer = _oembed(client, "http://localhost/", maxwidth="100", maxheight="0").json
    assert (answer["width"], answer["height"]) == (100, 480)


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        (
            "/embed?q=debt&facets=type&size=3&passages=1&mode=list&theme=dark&label=New&shown=yes",
            "/search?q=debt",
        ),
        ("/embed?sort=newest&mode=list", "/search?sort=newest"),
        ("/embed/documents/fees?page=2&q=debt&theme=dark", "/documents/fees?q=debt"),
    ],
)
def test_oembed_of_a_frame_is_that_frame_with_a_link_into_the_library(
    client: FlaskClient, path: str, leads: str
) -> None:
    """So settings go with an address that is pasted into WordPress, which asks the page where it is described."""
    head = tree(client.get(path).text).xpath("//head/link[@type='application/json+oembed']")
    answer = client.get(head[0].get("href").removeprefix("http://localhost")).json
    assert answer is not None
    quotation, frame = parts(answer["html"])
    assert quotation.find("a").get("href") == f"http://localhost{leads}"
    asked, framed = (dict(parse_qsl(urlsplit(url).query)) for url in (path, frame.get("src")))
    assert framed == asked
    assert urlsplit(frame.get("src")).path == urlsplit(path).path


def test_oembed_answers_in_xml_too(client: FlaskClient) -> None:
    url = "http://localhost/documents/evil"
    response = _oembed(client, url, format="xml")
    assert response.content_type == "text/xml; charset=utf-8"
    tree = ET.fromstring(response.data)  # noqa: S314  our own answer
    assert {one.tag: one.text for one in tree} == {
        name: str(value) for name, value in _oembed(client, url).json.items()
    }


def test_oembed_in_xml_is_well_formed_whatever_the_address_holds(client: FlaskClient) -> None:
    response = _oembed(client, "http://localhost/search?q=debt%00%1F%EF%BF%BE\x0b", format="xml")
    assert response.status_code == 200
    assert ET.fromstring(response.data).findtext("type") == "rich"  # noqa: S314  our own answer


def test_oembed_of_a_hostile_document_holds_nothing_that_runs(client: FlaskClient) -> None:
    answer = _oembed(client, "http://localhost/documents/evil?q=zebra").json
    tags = [element.tag for part in parts(answer["html"]) for element in part.iter()]
    assert tags == ["blockquote", "a", "iframe"]
    assert "\u202e" not in answer["title"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://elsewhere.example/search?q=x",
        "javascript:alert(1)",
        "http://localhost/help",
        "http://localhost/documents/none",
        "http://localhost/documents/fees/view/1",
        "http://localhost/documents/fees/pages/4",
        "http://localhost/embed/builder",
        "http://localhost/embed/documents/fees/pages/1",
        "http://localhost/search?q=debt&region=atlantis",
        "http://localhost/search?q=debt&from=soon",
        "http://[",
        "ftp://localhost/search",
    ],
)
def test_oembed_has_no_answer_for_other_addresses_and_for_searches_that_cannot_be(
    client: FlaskClient, url: str
) -> None:
    answer = _oembed(client, url)
    assert (answer.status_code, answer.content_type) == (404, "text/plain; charset=utf-8")
    assert answer.text.count("\n") == 1


def test_oembed_leaves_out_what_a_page_of_results_leaves_out(client: FlaskClient) -> None:
    answer = _oembed(client, "http://localhost/search?q=debt&utm_source=mail").json
    assert "/embed?q=debt&amp;facets" in answer["html"]


def test_with_neutral_titles_oembed_does_not_tell_what_is_searched_for_or_read() -> None:
    settings = WebSettings(name="Trafficking library", neutral_titles=True)
    neutral = create_app(SmallLibrary([fees_report()]), settings).test_client()
    for path in ("search?q=debt", "documents/fees"):
        answer = _oembed(neutral, f"http://localhost/{path}").json
        assert (answer["title"], answer["provider_name"]) == ("Library", "Library")
        quotation, frame = parts(answer["html"])
        assert (quotation.text_content(), frame.get("title")) == ("Library", "Library")


def test_oembed_keeps_the_language_of_the_address(client: FlaskClient) -> None:
    answer = _oembed(client, "http://localhost/documents/fees/pages/1?ui=es&q=debt&page=2").json
    assert parts(answer["html"])[1].get("src") == "http://localhost/embed/documents/fees?page=1&q=debt&ui=es"
    answer = _oembed(client, "http://localhost/search?ui=es&q=debt").json
    assert "&ui=es" in parts(answer["html"])[1].get("src")


def test_oembed_has_no_other_format(client: FlaskClient) -> None:
    answer = _oembed(client, "http://localhost/", format="yaml")
    assert answer.status_code == 501
    assert answer.text == "There is no format “yaml”, only these: json, xml.\n"


def test_a_library_behind_a_proxy_is_told_by_the_address_in_its_settings() -> None:
    settings = WebSettings(base_url="https://library.example/tips/")
    outside = create_app(SmallLibrary([fees_report()]), settings).test_client()
    answer = _oembed(outside, "https://library.example/tips/search?q=debt").json
    assert 'src="https://library.example/tips/embed?q=debt' in answer["html"]
    assert answer["provider_url"] == "https://library.example/tips/"
    assert (
        "src=&#34;https://library.example/tips/widget/v1/tip-search.js" in outside.get("/embed/builder").text
    )


def test_a_page_names_where_it_is_described(client: FlaskClient) -> None:
    with client.application.test_request_context("/search?q=debt&region=asia"):
        head = parts(render("oembed.html"))
    assert [link.get("type") for link in head] == ["application/json+oembed", "text/xml+oembed"]
    answer = client.get(head[0].get("href").removeprefix("http://localhost"))
    assert answer.json is not None
    assert "/embed?q=debt&amp;region=asia" in answer.json["html"]


def test_where_the_library_is_mounted_all_addresses_say_so(client: FlaskClient) -> None:
    mounted = {"SCRIPT_NAME": "/library"}
    answer = client.get("/oembed?url=http://localhost/library/search?q=debt", environ_overrides=mounted).json
    assert answer is not None
    assert 'src="http://localhost/library/embed?q=debt' in answer["html"]
    page = tree(client.get("/embed/builder?url=debt", environ_overrides=mounted).text)
    pasted = [one.text for one in page.xpath("//textarea")]
    assert f'src="http://localhost/library/widget/{VERSION}/tip-search.js"' in pasted[0]
    assert 'endpoint="http://localhost/library/"' in pasted[0]
    assert 'action="http://localhost/library/search"' in pasted[0]
    assert 'src="http://localhost/library/embed?q=debt' in pasted[2]
    assert pasted[3] == "http://localhost/library/embed?q=debt&theme=light"
