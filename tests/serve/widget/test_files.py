"""What is served to pages of others, and the answers of oEmbed."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
import runpy
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import lxml.html
import pytest

from serve.small_library import SmallLibrary, cocoa_page, fees_report, hostile_page
from tipsearch.config import WebSettings
from tipsearch.errors import LibraryError
from tipsearch.serve import widget
from tipsearch.serve.app import create_app
from tipsearch.serve.context import render
from tipsearch.serve.tongue import LANGUAGES
from tipsearch.serve.widget import bare, squeezed
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from tipsearch.model import Document

FOLDER = Path(__file__).parents[3] / "web" / "widget"
ELEMENT = "/widget/v1/tip-search.js"
OTHERS = sorted(set(LANGUAGES) - {"en"})
#: Issue's budgets: bytes after ``gzip -9``.
_ELEMENT_BYTES, _LANGUAGE_BYTES = 8_000, 600


@pytest.fixture
def client() -> FlaskClient:
    return create_app(SmallLibrary([fees_report(), cocoa_page(), hostile_page()])).test_client()


def _packed(client: FlaskClient, address: str) -> int:
    return len(gzip.compress(client.get(address).data, 9))


def _tree(text: str) -> Any:
    return lxml.html.document_fromstring(text)


def _parts(text: str) -> Any:
    return lxml.html.fragments_fromstring(text)


def _oembed(client: FlaskClient, url: str, **more: str) -> Any:
    return client.get("/oembed", query_string={"url": url, **more})


def test_the_element_with_its_styles_and_english_weighs_8_kilobytes_at_most(client: FlaskClient) -> None:
    assert 4_000 < _packed(client, ELEMENT) <= _ELEMENT_BYTES


@pytest.mark.parametrize("lang", OTHERS)
def test_a_further_language_weighs_600_bytes_at_most(client: FlaskClient, lang: str) -> None:
    assert 200 < _packed(client, f"/widget/v1/locale/{lang}.json") <= _LANGUAGE_BYTES


@pytest.mark.parametrize("lang", OTHERS)
def test_a_language_says_all_that_english_says_with_the_same_places(lang: str) -> None:
    source = (FOLDER / "tip-search.js").read_text("utf-8")
    facets, english = re.findall(
        r"const (?:FACETS|ENGLISH) = \{\n(.*?)^\};", source, re.DOTALL | re.MULTILINE
    )
    said = dict(re.findall(r"^  (\w+): (.*),$", facets + english, re.MULTILINE))
    words = json.loads((FOLDER / "locale" / f"{lang}.json").read_text("utf-8"))
    assert words.keys() == said.keys()
    for name, text in words.items():
        forms = text if isinstance(text, dict) else {"other": text}
        assert set(re.findall(r"\{\w\}", forms["other"])) == set(re.findall(r"\{\w\}", said[name])), name


def test_only_lines_of_comment_indentation_and_empty_lines_are_left_out() -> None:
    source = '// why\nconst a = "// text";\n\n  if (a) {\n    // more\n    b("http://x");  // kept\n  }\n'
    assert bare(source) == 'const a = "// text";\nif (a) {\nb("http://x");  // kept\n}\n'


def test_a_script_loses_spaces_that_mean_nothing_and_keeps_its_texts_and_operators() -> None:
    source = (
        'const a = (b, c) => {\n  f("x : y", `${b} (c)`, 1 - -1);\n  return [\n    b ? c : d,\n  ];\n};\n'
    )
    assert squeezed(bare(source)) == 'const a=(b,c)=>{f("x : y",`${b} (c)`,1 - -1);return [b?c:d]};'
    styles = "s(`\n.a > .b, c :hover {\n  margin: 0 auto;\n  inset: calc(1px + 2px);\n}\n`);\n"
    assert squeezed(bare(styles)) == "s(`\n.a>.b,c :hover{margin:0 auto;inset:calc(1px + 2px)}`);"


def test_everybody_may_fetch_the_element_and_its_languages(client: FlaskClient) -> None:
    for address in (
        ELEMENT,
        f"/widget/{VERSION}/tip-search.js",
        "/widget/v1/locale/ar.json",
        "/widget/v1/embed.css",
    ):
        headers = client.get(address).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(ELEMENT).content_type == "text/javascript; charset=utf-8"


def test_the_newest_element_is_asked_about_again(client: FlaskClient) -> None:
    newest = client.get(ELEMENT)
    assert "max-age=3600" in newest.headers["Cache-Control"]
    again = client.get(ELEMENT, headers={"If-None-Match": newest.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert newest.data == client.get(f"/widget/{VERSION}/tip-search.js").data


@pytest.fixture
def released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of released versions, empty, beside the element as it is."""
    shutil.copytree(FOLDER, tmp_path / "widget", ignore=shutil.ignore_patterns("released"))
    monkeypatch.setattr(widget, "web_folder", lambda: tmp_path)
    widget.asset.cache_clear()
    yield tmp_path / "widget" / "released"
    widget.asset.cache_clear()


def test_an_earlier_version_is_served_as_it_was(client: FlaskClient, released: Path) -> None:
    released.mkdir()
    (released / "0.0.7.js").write_text("  // as it was\n", "utf-8")
    response = client.get("/widget/0.0.7/tip-search.js")
    assert response.data == b"  // as it was\n"
    assert "immutable" in response.headers["Cache-Control"]


def test_a_version_changes_until_it_is_released_and_never_again(client: FlaskClient, released: Path) -> None:
    address = f"/widget/{VERSION}/tip-search.js"
    before = client.get(address)
    assert before.headers["Cache-Control"] == "no-cache"
    keep = runpy.run_path(str(FOLDER.parents[1] / "tools" / "keep_element.py"))["keep"]
    assert keep(released)
    assert keep(released)
    element = released.parent / "tip-search.js"
    element.write_text(element.read_text("utf-8") + "// changed\nlater();\n", "utf-8")
    widget.asset.cache_clear()
    assert not keep(released)
    after = client.get(address)
    assert after.data == before.data
    assert "immutable" in after.headers["Cache-Control"]
    assert client.get(ELEMENT).data.endswith(b"later();")


def test_the_element_is_that_of_its_version_if_that_was_released() -> None:
    kept = {path.stem: path.read_bytes() for path in (FOLDER / "released").glob("*")}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in kept)
    changed = "the element has changed since this version was released: raise it in src/tipsearch/version.py"
    assert kept.get(VERSION, widget.asset("tip-search.js").body) == widget.asset("tip-search.js").body, (
        changed
    )
    told = re.findall(
        r"^## (\d+\.\d+\.\d+)", (FOLDER.parents[1] / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert set(told) <= set(kept), "a release keeps its element: python tools/keep_element.py"


@pytest.mark.parametrize(
    "address",
    [
        "/widget/0.0.1/tip-search.js",
        "/widget/x/tip-search.js",
        "/widget/v1/demo.html",
        "/widget/v1/nothing.js",
        "/widget/v1/..%2fdemo.html",
        "/widget/v1/locale/xx.json",
        "/widget/v1/locale/..%2ftip-search.js",
    ],
)
def test_nothing_else_is_there(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_it_is_sent_packed_to_those_who_can_unpack(client: FlaskClient) -> None:
    packed = client.get(ELEMENT, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == client.get(ELEMENT).data
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_the_snippet_has_the_hash_of_what_is_served(client: FlaskClient) -> None:
    page = client.get("/embed/builder").text
    served = client.get(f"/widget/{VERSION}/tip-search.js").data
    expected = base64.b64encode(hashlib.sha384(served).digest()).decode()
    assert f"sha384-{expected}" in page


def test_the_snippet_holds_the_search_its_settings_and_a_form_for_browsers_without_scripts(
    client: FlaskClient,
) -> None:
    asked = {
        "url": "http://x.example/search?q=debt&region=asia&page=4&nonsense=1",
        "facets": "type",
        "size": "3",
        "shown": "yes",
    }
    page = _tree(client.get("/embed/builder", query_string=asked).text)
    pasted = page.xpath("//textarea")[0].text
    assert 'preset="q=debt&amp;region=asia" facets="type" limit="3" show-preset' in pasted
    assert 'crossorigin="anonymous" referrerpolicy="no-referrer"' in pasted
    form = _parts(pasted)[1].find("form")
    assert form.get("action") == "http://localhost/search"
    assert form.fields["region"] == "asia"
    assert "nonsense" in page.get_element_by_id("made").text_content()
    assert page.xpath("//textarea")[3].text == "http://localhost/search?q=debt&region=asia"


def test_hostile_settings_stay_text_in_the_snippet(client: FlaskClient) -> None:
    evil = '"><script>alert(1)</script>'
    text = client.get(
        "/embed/builder", query_string={"url": evil, "label": evil, "theme": evil, "facets": evil}
    ).text
    assert "<script>alert" not in text
    pasted = html.unescape(_tree(text).xpath("//textarea")[0].text)
    assert 'label="&quot;' in _tree(text).xpath("//textarea")[0].text
    assert "theme" not in pasted


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
        (link,) = _tree(response.text).xpath("//main//a")
        assert (link.get("href"), link.get("target")) == ("/", "_top")
    assert broken.headers["Retry-After"]


def test_the_card_of_a_document_shows_where_the_words_stand(client: FlaskClient) -> None:
    card = _tree(client.get("/embed/documents/fees?q=debt").text)
    assert card.xpath("//h1")[0].text_content() == "Who pays for the job?"
    assert [mark.text.lower() for mark in card.xpath("//mark")][:1] == ["debt"]
    assert card.xpath("//p/a/@href")[0] == "/documents/fees/pages/1?q=debt"


@pytest.mark.parametrize(("query", "hidden"), [("?q=debt", "debt"), ("", "What workers pay")])
def test_the_card_of_a_document_shows_what_it_is_warned_of_first(query: str, hidden: str) -> None:
    document, pages = fees_report()
    warned = replace(document, warning="Violence <b>in detail</b>", abstract="What workers pay")
    page = create_app(SmallLibrary([(warned, pages)])).test_client().get(f"/embed/documents/fees{query}")
    [caution] = _tree(page.text).xpath("//details[not(@open)]")
    assert caution.findtext("summary") == "Content warning: Violence <b>in detail</b>"
    assert hidden in caution.text_content()
    assert not _tree(page.text).xpath("//main//p[not(ancestor::details)]//mark")


def test_a_card_without_text_warns_too() -> None:
    document, pages = fees_report()
    bare_one = replace(document, warning="Violence", abstract=None)
    page = create_app(SmallLibrary([(bare_one, pages)])).test_client().get("/embed/documents/fees")
    assert [one.text for one in _tree(page.text).find_class("caution")] == ["Content warning: Violence"]


def test_oembed_answers_with_a_quotation_and_a_frame(client: FlaskClient) -> None:
    answer = _oembed(client, "http://localhost/search?q=debt&region=asia&page=2").json
    assert (answer["version"], answer["type"], answer["provider_name"]) == ("1.0", "rich", "tipsearch")
    quotation, frame = _parts(answer["html"])
    assert quotation.find("a").get("href") == "http://localhost/search?q=debt&region=asia&page=2"
    assert frame.get("src") == "http://localhost/embed?q=debt&region=asia&facets=region+topic+type&shown=yes"
    assert frame.get("title") == answer["title"] == "“debt” in tipsearch"
    assert (frame.get("width"), frame.get("height")) == (str(answer["width"]), str(answer["height"]))


def test_oembed_keeps_to_the_size_that_was_asked_for(client: FlaskClient) -> None:
    answer = _oembed(client, "http://localhost/", maxwidth="400", maxheight="300").json
    assert (answer["width"], answer["height"]) == (400, 300)
    answer = _oembed(client, "http://localhost/", maxwidth="99999", maxheight="-3").json
    assert (answer["width"], answer["height"]) == (640, 480)


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
    tags = [element.tag for part in _parts(answer["html"]) for element in part.iter()]
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
        "http://[",
        "ftp://localhost/search",
    ],
)
def test_oembed_knows_nothing_of_other_addresses(client: FlaskClient, url: str) -> None:
    assert _oembed(client, url).status_code == 404


def test_oembed_keeps_the_language_of_the_address(client: FlaskClient) -> None:
    answer = _oembed(client, "http://localhost/documents/fees/pages/1?ui=es&q=debt&page=2").json
    assert _parts(answer["html"])[1].get("src") == "http://localhost/embed/documents/fees?q=debt&ui=es"
    answer = _oembed(client, "http://localhost/search?ui=es&q=debt").json
    assert "&ui=es" in _parts(answer["html"])[1].get("src")


def test_oembed_has_no_other_format(client: FlaskClient) -> None:
    assert _oembed(client, "http://localhost/", format="yaml").status_code == 501


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
        head = _parts(render("oembed.html"))
    assert [link.get("type") for link in head] == ["application/json+oembed", "text/xml+oembed"]
    answer = client.get(head[0].get("href").removeprefix("http://localhost"))
    assert answer.json is not None
    assert "/embed?q=debt&amp;region=asia" in answer.json["html"]


def test_where_the_library_is_mounted_all_addresses_say_so(client: FlaskClient) -> None:
    mounted = {"SCRIPT_NAME": "/library"}
    answer = client.get("/oembed?url=http://localhost/library/search?q=debt", environ_overrides=mounted).json
    assert answer is not None
    assert 'src="http://localhost/library/embed?q=debt' in answer["html"]
    page = _tree(client.get("/embed/builder?url=debt", environ_overrides=mounted).text)
    pasted = [one.text for one in page.xpath("//textarea")]
    assert f'src="http://localhost/library/widget/{VERSION}/tip-search.js"' in pasted[0]
    assert 'endpoint="http://localhost/library/"' in pasted[0]
    assert 'action="http://localhost/library/search"' in pasted[0]
    assert 'src="http://localhost/library/embed?q=debt' in pasted[2]
    assert pasted[3] == "http://localhost/library/search?q=debt"


def test_the_documentation_names_all_attributes_events_styles_and_parts() -> None:
    source = (FOLDER / "tip-search.js").read_text("utf-8")
    document = (FOLDER.parents[1] / "docs" / "widget.md").read_text("utf-8")
    named = set(re.findall(r"`([\w-]+)(?:\([\w ]*\))?`", document))
    listed = re.search(r"static observedAttributes = \[(.*?)\]", source, re.DOTALL)
    assert listed
    attributes = set(re.findall(r'"([\w-]+)"', listed[1])) | {"eager"}
    parts = set(re.findall(r'\bpart: "([\w-]+)"', source))
    events = set(re.findall(r'"(tip-(?:search|results|select|error))"', source))
    styles = set(re.findall(r"var\((--tip-[\w-]+)", source))
    assert len(attributes) > 10
    assert len(parts) > 10
    assert attributes | parts | events | styles <= named
