"""Every page for everybody: narrow windows, large text, forced colours, no motion, the keyboard alone; `test_axe` has the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from serve.browser import NARROW, WIDTH, visiting
from serve.kinds import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from serve.browser import Visitor

pytestmark = pytest.mark.browser

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
def reader(chromium: Browser, server: str) -> Iterator[Visitor]:
    """One reader for all who only look."""
    with visiting(chromium, server) as one:
        one.page.add_init_script(_SHIFTS)
        yield one


@pytest.fixture
def plain(reader: Visitor) -> Visitor:
    """The same with the usual window and colours, whatever was tried before."""
    reader.resize(WIDTH)
    reader.page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
    return reader


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", PAGES)
def test_nothing_scrolls_sideways(
    plain: Visitor, addresses: dict[str, str], kind: str, language: str
) -> None:
    """At 320 pixels, and with text of twice the size in a usual window."""
    page = plain.page
    plain.resize(NARROW)
    page.goto(f"{addresses[kind]}&ui={language}")
    plain.open_all()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    plain.resize(WIDTH)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


@pytest.mark.parametrize("width", [WIDTH, NARROW])
@pytest.mark.parametrize("kind", PAGES)
def test_nothing_moves_while_a_page_loads(
    plain: Visitor, addresses: dict[str, str], kind: str, width: int
) -> None:
    plain.resize(width)
    plain.page.goto(addresses[kind], wait_until="load")
    plain.page.evaluate("document.fonts.ready.then(() => true)")
    assert plain.page.evaluate("new Promise(done => requestAnimationFrame(() => done(window.__shift)))") == 0


@pytest.mark.parametrize("kind", PAGES)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    plain: Visitor, addresses: dict[str, str], kind: str
) -> None:
    page = plain.page
    page.goto(addresses[kind])
    # What comes once it is seen is to be there.
    page.evaluate("document.querySelector('[data-from]')?.scrollIntoView()")
    page.locator("[data-from]").wait_for(state="detached")
    page.evaluate("scrollTo(0, 0)")
    stops = page.evaluate(_STOPS)
    seen: dict[str, dict[str, Any]] = {}
    for _ in range(stops + 5):
        page.keyboard.press("Tab")
        at = page.evaluate(_SEEN)
        # Out in the browser's own bars, or round; a trap leaves some unseen.
        if at is None or at["number"] in seen:
            break
        assert at["ring"], at["name"]
        assert at["shown"], at["name"]
        seen[at["number"]] = at
    assert len(seen) == stops


@pytest.mark.parametrize("kind", PAGES)
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
