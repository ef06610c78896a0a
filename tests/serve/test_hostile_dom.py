"""Titles, tags, passages, queries, publishers, outlines and evidence that attack: a real browser shows them as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from serve.browser import serving, visiting
from serve.small_library import SmallLibrary, fees_report, hostile_page
from tipsearch.model import Basis, Document, Evidence, Field, Origin, Page, Section, Tag
from tipsearch.serve.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from serve.browser import Visitor

pytestmark = pytest.mark.browser

#: Each would tell on itself: a script that runs, an element that is made, an attribute that is left.
_ATTACKS = (
    "<script>window.struck=1</script>",
    "<img src=x onerror=window.struck=1>",
    '"><svg onload=window.struck=1>',
    "'><iframe srcdoc='<script>parent.struck=1</script>'></iframe>",
    "</title></textarea></style><script>alert(1)</script>",
    "<a href=javascript:window.struck=1 id=planted>x</a>",
    '" autofocus onfocus=window.struck=1 x="',
    "{{ 7*7 }}<b id=planted>",
    '-->]]><math><mi//xlink:href="data:x,<script>window.struck=1</script>">',
    "\u202e\u2066<b id=planted>\u2069\u0000",
)
#: What no attack may make: none of these has a place on the pages, or none with such an attribute.
_PLANTED = """
() => [
  ...document.querySelectorAll('#planted, iframe, object, embed, base, math, img[src="x"], svg[onload], script:not([src], [type="application/ld+json"])'),
  ...[...document.querySelectorAll('*')].filter(one => [...one.attributes].some(
      it => it.name.startsWith('on') || /^\\s*(javascript|data):/i.test(it.value)))
].map(one => one.outerHTML.slice(0, 200))
"""


def _attacking(number: int, text: str) -> tuple[Document, tuple[Page, ...]]:
    evidence = (Evidence("text", text, 2, (1,)),)
    document = Document(
        id=f"evil{number}",
        title=f"zebra {text}",
        url="javascript:window.struck=1",
        file_url="data:text/html,<script>window.struck=1</script>",
        publisher=text,
        authors=(text, f"Rai, {text}"),
        date="2020",
        language="en",
        types=(Tag(text, Origin.SOURCE),),
        regions=(Tag("nepal", Origin.DETECTED, 1.0, evidence), Tag(text, Origin.DETECTED, 0.5, evidence)),
        topics=(Tag(text, Origin.SOURCE, 1.0, evidence),),
        roles=(Tag("origin:nepal", Origin.DETECTED, 0.8, evidence),),
        page_count=1,
        path=f"pages/{number}.html",
        media_type="text/html",
        outline=(Section(text, 0, 1),),
        abstract=text,
        basis=(Basis(Field.TITLE, Origin.DETECTED, 0.9, evidence),),
    )
    return document, (Page(1, f"zebra {text} zebra", label=text[:8], language="en"),)


@pytest.fixture(scope="module")
def attacked(chromium: Browser) -> Iterator[Visitor]:
    """A reader of a library in which every word is an attack."""
    documents = [_attacking(number, text) for number, text in enumerate(_ATTACKS)]
    app = create_app(SmallLibrary([*documents, fees_report(), hostile_page()]))
    with serving(app) as address, visiting(chromium, address) as one:
        yield one


@pytest.fixture
def dialogs(attacked: Visitor) -> Iterator[list[Any]]:
    seen: list[Any] = []

    def note(dialog: Any) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    attacked.page.on("dialog", note)
    yield seen
    attacked.page.remove_listener("dialog", note)


def _is_unharmed(visitor: Visitor, dialogs: list[Any]) -> None:
    visitor.open_all()
    assert visitor.page.evaluate("typeof window.struck") == "undefined"
    assert visitor.page.evaluate(_PLANTED) == []
    assert dialogs == []
    assert visitor.outside == []
    # A policy that has to forbid something means that something got in.
    assert [one for one in visitor.complaints if "Content Security Policy" in one] == []


@pytest.mark.parametrize("number", range(len(_ATTACKS)))
def test_what_a_document_says_is_text(attacked: Visitor, dialogs: list[Any], number: int) -> None:
    for address in (f"/documents/evil{number}?q=zebra", f"/documents/evil{number}/pages/1?q=zebra"):
        answer = attacked.page.goto(address)
        assert answer is not None
        assert answer.status == 200
        assert "zebra" in attacked.page.get_by_role("heading", level=1).inner_text()
        _is_unharmed(attacked, dialogs)


@pytest.mark.parametrize("address", ["/", "/search?q=zebra&size=100", "/search?size=100&ui=ar"])
def test_what_lists_and_facets_say_is_text(attacked: Visitor, dialogs: list[Any], address: str) -> None:
    attacked.page.goto(address)
    _is_unharmed(attacked, dialogs)
    shown = attacked.page.evaluate("document.documentElement.innerText")
    assert not {"\u202e", "\u2066"} & set(shown)


@pytest.mark.parametrize("attack", _ATTACKS)
def test_what_a_reader_types_is_text(attacked: Visitor, dialogs: list[Any], attack: str) -> None:
    from urllib.parse import quote

    page = attacked.page
    for address in (
        "/search?q=%s",
        "/search?q=a&publisher=%s",
        "/search?%s=1",
        "/search?page=%s",
        "/%s",
        "/documents/evil0?q=%s",
    ):
        page.goto(address % quote(attack, safe=""))
        _is_unharmed(attacked, dialogs)
    page.goto("/search?q=" + quote(attack, safe=""))
    assert (
        attack.split("<", maxsplit=1)[0].strip("\u202e\u2066") in page.locator("input[name=q]").input_value()
    )
