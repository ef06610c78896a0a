"""Every page in every dress: axe, two widths, light and dark, English and Arabic; large text, forced colours, keyboard alone."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from serve.browser import WIDTH, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from serve.browser import Visitor
    from tipsearch import Library

pytestmark = pytest.mark.browser

_NARROW = 320
#: What axe checks: WCAG 2.2 A and AA, and what its makers hold to be good practice.
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: Another scheme is other colours and nothing else.
_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
_KINDS = (
    "home",
    "results",
    "browse",
    "filtered",
    "empty",
    "meant",
    "document",
    "page",
    "listed",
    "help",
    "safety",
    "missing",
    "wrong",
)
#: All that can have the focus, is shown, and isn't one of several radio buttons that are one stop.
_STOPS = """
() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.type !== 'hidden')
  .filter(one => one.type !== 'radio' || one.checked)
  .filter(one => one.getAttribute('tabindex') !== '-1')
  .length
"""
_SEEN = """
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  at.dataset.seen ??= String(document.querySelectorAll('[data-seen]').length);
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  return {
    number: at.dataset.seen, name: at.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
    shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}
"""
#: Adds up what has moved while the page was loading.
_SHIFTS = """
window.__shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { window.__shift += one.value; }))
  .observe({type: 'layout-shift', buffered: true});
"""


@pytest.fixture(scope="module")
def addresses(sample: Library) -> dict[str, str]:
    """An address of each kind of page, with a question mark in it."""
    from tipsearch import SearchRequest

    found = sample.search(SearchRequest("forced labour sea", size=10)).results
    report = next(one.document.id for one in found if one.document.page_count > 1)
    every = sample.search(SearchRequest(size=100)).results
    listed = next(one.document.id for one in every if one.document.is_stub)
    return {
        "home": "/?",
        "results": "/search?q=forced+labour+fishing",
        "browse": "/search?",
        "filtered": "/search?q=labour&region=asia&region=europe&topic=fishing&from=2018&year=unknown",
        "empty": "/search?q=kafala+unicorn&region=asia",
        "meant": "/search?q=forsed+labour",
        "document": f"/documents/{report}?q=forced+labour",
        "page": f"/documents/{report}/pages/1?q=forced+labour",
        "listed": f"/documents/{listed}?",
        "help": "/help?",
        "safety": "/safety?country=bg&",
        "missing": "/nowhere?",
        "wrong": "/search?q=labour&region=atlantis",
    }


@pytest.fixture(scope="module")
def reader(chromium: Browser, server: str) -> Iterator[Visitor]:
    """One reader for all who only look."""
    with visiting(chromium, server) as one:
        one.page.add_init_script(_SHIFTS)
        yield one


@pytest.fixture
def plain(reader: Visitor) -> Iterator[Visitor]:
    """The same with the usual window and colours, whatever was tried before."""
    reader.resize(WIDTH)
    reader.page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
    yield reader
    reader.resize(WIDTH)
    reader.page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")


def _violations(reader: Visitor, rules: dict[str, Any]) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: make setup")
    if not reader.page.evaluate("typeof window.axe === 'object'"):
        reader.page.evaluate(axe.AXE_SCRIPT)
    found = axe.AxeResults(reader.page.evaluate("options => axe.run(options)", rules))
    return [] if not found.violations_count else [found.generate_report()]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", _KINDS)
def test_axe_finds_nothing(plain: Visitor, addresses: dict[str, str], kind: str, language: str) -> None:
    plain.page.goto(f"{addresses[kind]}&ui={language}")
    assert plain.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    # As it comes in a wide window, with all opened in a narrow one; the language changes no colours.
    found = _violations(plain, _RULES)
    plain.open_all()
    for width, dark in product((_NARROW, WIDTH), (False, True) if language == "en" else (False,)):
        plain.resize(width)
        plain.page.emulate_media(color_scheme="dark" if dark else "light")
        rules = _COLOURS if dark else _RULES
        found += [f"{width} pixels, {dark=}: {one}" for one in _violations(plain, rules)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", _KINDS)
def test_nothing_scrolls_sideways(
    plain: Visitor, addresses: dict[str, str], kind: str, language: str
) -> None:
    """At 320 pixels, and with text of twice the size in a usual window."""
    page = plain.page
    plain.resize(_NARROW)
    page.goto(f"{addresses[kind]}&ui={language}")
    plain.open_all()
    assert page.evaluate("document.documentElement.scrollWidth") <= _NARROW
    plain.resize(WIDTH)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


@pytest.mark.parametrize("width", [WIDTH, _NARROW])
@pytest.mark.parametrize("kind", _KINDS)
def test_nothing_moves_while_a_page_loads(
    plain: Visitor, addresses: dict[str, str], kind: str, width: int
) -> None:
    plain.resize(width)
    plain.page.goto(addresses[kind], wait_until="load")
    plain.page.wait_for_function("document.fonts.status === 'loaded'")
    assert plain.page.evaluate("new Promise(done => requestAnimationFrame(() => done(window.__shift)))") == 0


@pytest.mark.parametrize("kind", _KINDS)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    plain: Visitor, addresses: dict[str, str], kind: str
) -> None:
    page = plain.page
    page.goto(addresses[kind])
    stops = page.evaluate(_STOPS)
    seen: dict[str, dict[str, Any]] = {}
    for _ in range(stops + 5):
        page.keyboard.press("Tab")
        at = page.evaluate(_SEEN)
        if (
            at is None or at["number"] in seen
        ):  # out in the browser's own bars, or round; a trap leaves some unseen
            break
        assert at["ring"], at["name"]
        assert at["shown"], at["name"]
        seen[at["number"]] = at
    assert len(seen) == stops


@pytest.mark.parametrize("kind", _KINDS)
def test_nothing_moves_for_who_wants_no_motion(plain: Visitor, addresses: dict[str, str], kind: str) -> None:
    plain.page.goto(addresses[kind])
    moving = (
        "document.getAnimations().filter(one => one.effect.getComputedTiming().activeDuration > 1).length"
    )
    plain.open_all()
    assert plain.page.evaluate(moving) == 0


@pytest.mark.parametrize("kind", ["home", "filtered", "document", "page"])
def test_forced_colours_leave_boxes_and_focus_to_be_seen(
    plain: Visitor, addresses: dict[str, str], kind: str
) -> None:
    """Backgrounds are gone then, so what marks a place must be a line."""
    page = plain.page
    page.emulate_media(forced_colors="active")
    page.goto(addresses[kind])
    for _ in range(6):
        page.keyboard.press("Tab")
        at = page.evaluate(_SEEN)
        assert at["ring"], at["name"]
    bare = page.evaluate("""
      () => [...document.querySelectorAll('button, input[type=search], select')]
        .filter(one => one.checkVisibility() && parseFloat(getComputedStyle(one).borderTopWidth) === 0)
        .map(one => one.outerHTML.slice(0, 120))
    """)
    assert bare == []
