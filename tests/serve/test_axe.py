"""axe finds nothing on any page in any state: two widths, light, dark and forced colours, English and Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest

from serve.axe import COLOURS, RULES, violations
from serve.browser import NARROW, WIDTH, visiting
from serve.kinds import PAGES, STATES, arrive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from serve.browser import Visitor

pytestmark = pytest.mark.browser

_LANGUAGES = {"en": "ltr", "ar": "rtl"}


class Dress(NamedTuple):
    """A window of so many pixels, the colours in it, and the rules that these can break."""

    width: int
    scheme: Literal["light", "dark"] = "light"
    forced: bool = False
    rules: tuple[str, ...] = COLOURS


#: After the usual window as it comes; another language changes no colours.
_DRESSES = {
    "en": (
        Dress(NARROW, rules=RULES),
        Dress(NARROW, "dark"),
        Dress(WIDTH, "dark"),
        Dress(WIDTH, forced=True),
    ),
    "ar": (Dress(NARROW, rules=RULES),),
}


@pytest.fixture(scope="module")
def reader(chromium: Browser, server: str, view_server: str) -> Iterator[Visitor]:
    """One reader for all, as none changes anything."""
    with visiting(chromium, server, known=(view_server,)) as one:
        yield one


@pytest.fixture(scope="module")
def every_address(addresses: dict[str, str], view_server: str) -> dict[str, str]:
    """Those of all kinds, the library's own view of PDF files among them."""
    path, _, query = addresses["page"].partition("/pages/1")
    return {**addresses, "view": f"{view_server}{path}/view{query}&page=1"}


def _put_on(reader: Visitor, dress: Dress) -> None:
    reader.resize(dress.width)
    reader.page.emulate_media(color_scheme=dress.scheme, forced_colors="active" if dress.forced else "none")


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("kind", [*PAGES, *STATES, "view"])
def test_axe_finds_nothing(reader: Visitor, every_address: dict[str, str], kind: str, language: str) -> None:
    _put_on(reader, Dress(WIDTH))
    arrive(reader, kind, f"{every_address[kind]}&ui={language}")
    assert reader.page.locator("html").get_attribute("dir") == _LANGUAGES[language]
    assert not violations(reader.page)
    if kind != "suggesting":  # what opens would lie below the list
        reader.open_all()
    for dress in _DRESSES[language]:
        _put_on(reader, dress)
        assert not violations(reader.page, dress.rules), dress


def test_a_picture_without_words_is_found(reader: Visitor) -> None:
    reader.page.goto("/help")
    reader.page.evaluate("document.querySelector('main').prepend(new Image())")
    (found,) = violations(reader.page, ("image-alt",))
    assert found.startswith("image-alt: ['img']")
