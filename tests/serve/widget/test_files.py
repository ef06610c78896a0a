"""What is served to pages of others, and the answers of oEmbed."""

from __future__ import annotations

import gzip
import json
import re
import runpy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tipsearch.serve import widget
from tipsearch.serve.squeezing import bare, squeezed
from tipsearch.serve.tongue import LANGUAGES
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient


FOLDER = Path(__file__).parents[3] / "web" / "widget"
ELEMENT = "/widget/v1/tip-search.js"
OTHERS = sorted(set(LANGUAGES) - {"en"})
#: Issue's budgets: bytes after ``gzip -9``.
_ELEMENT_BYTES, _LANGUAGE_BYTES = 8_000, 600


def _packed(client: FlaskClient, address: str) -> int:
    return len(gzip.compress(client.get(address).data, 9))


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
    assert squeezed(bare(source)) == 'let a=(b,c)=>{f("x : y",`${b} (c)`,1 - -1);return[b?c:d]};'
    source = (
        'if (a) {\n  b();\n}\nfor (const [c] of d)\n  e(c)\n    .f(c != " [ "\n      ? 1\n      : 2);\ng();\n'
    )
    assert squeezed(bare(source)) == 'if(a){b()}for(let[c]of d)\ne(c).f(c!=" [ "?1:2);g();'
    styles = "s(`\n.a > .b, c :hover {\n  margin: 0 auto;\n  inset: calc(1px + 2px);\n}\n`);\n"
    assert squeezed(bare(styles)) == "s(`\n.a>.b,c :hover{margin:0 auto;inset:calc(1px + 2px)}`);"


def test_private_names_of_a_script_are_short_and_all_others_and_colours_stay() -> None:
    source = "class A {\n  #one = 1;\n  get #two() {\n    return this.#one + this.#one + `#fff ${this.#two}`;\n  }\n}\n"
    assert squeezed(bare(source)) == "class A{#a=1;get #b(){return this.#a + this.#a + `#fff ${this.#b}`}}"


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
    assert "isn’t released yet" in client.get("/embed/builder").text
    keep = runpy.run_path(str(FOLDER.parents[1] / "tools" / "keep_element.py"))["keep"]
    assert keep(released)
    assert keep(released)
    element = released.parent / "tip-search.js"
    element.write_text(element.read_text("utf-8") + "// changed\nlater();\n", "utf-8")
    widget.asset.cache_clear()
    assert not keep(released)
    after = client.get(address)
    assert after.data == before.data
    assert "isn’t released yet" not in client.get("/embed/builder").text
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
