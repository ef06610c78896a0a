"""axe finds nothing on any page in any state: two widths, light, dark and forced colours, English and Arabic.

Everything is opened first, and a narrow window shows all that a wide one does and the handles of its drawers: there
axe looks for all that it knows. In other windows and colours it looks for what these can change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest

from serve.axe import COLOURS, RULES, SIZES, violations
from serve.browser import NARROW, WIDTH, visiting
from serve.kinds import PAGES, STATES, arrive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from serve.browser import Visitor

pytestmark = pytest.mark.browser

_LANGUAGES = {"en": "ltr", "ar": "rtl"}
#: What is otherwise in the state of a page that is looked at as a whole.
_PLACES = {"meant": ".meant", "suggesting": "#search", "undated": "#facet-year", "cited": ".sheet"}


class Dress(NamedTuple):
    """A window of so many pixels, the colours in it, and the rules that these can break."""

    width: int
    scheme: Literal["light", "dark"] = "light"
    forced: bool = False
    rules: tuple[str, ...] = COLOURS


_AS_IT_COMES = (Dress(WIDTH, rules=SIZES), Dress(NARROW, rules=RULES))
#: Another language changes no colours.
_DRESSES = {
    "en": (*_AS_IT_COMES, Dress(NARROW, "dark"), Dress(NARROW, forced=True)),
    "ar": _AS_IT_COMES,
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
    if kind != "suggesting":  # what opens would lie below the list
        reader.open_all()
    for dress in _DRESSES[language]:
        _put_on(reader, dress)
        assert not violations(reader.page, dress.rules, _PLACES.get(kind)), dress


def test_a_picture_without_words_is_found(reader: Visitor) -> None:
    reader.page.goto("/help")
    reader.page.evaluate("document.querySelector('main').prepend(new Image())")
    (found,) = violations(reader.page, ("image-alt",))
    assert found.startswith("image-alt: ['img']")
