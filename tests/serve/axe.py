"""axe-core 4.14 (MPL-2.0), as its makers ship it in `axe-core/`: what keeps people out of a page.

It lies here because no package on PyPI brings this release for every Python that tipsearch runs on. A newer one is put
in its place by `npm pack axe-core`, whose `axe.min.js` and licences are all that is wanted; its source is at
https://github.com/dequelabs/axe-core.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_SCRIPT = (Path(__file__).parent / "axe-core" / "axe.min.js").read_text("utf-8")
#: WCAG 2.2 A and AA, and what its makers hold to be good practice.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
#: Another scheme is other colours and nothing else.
COLOURS = ("color-contrast", "link-in-text-block")
#: A wider window shows nothing more and in the same colours, only elsewhere and in other sizes.
SIZES = ("target-size", "scrollable-region-focusable")


def load(page: Page) -> None:
    """Let the page have ``axe``, if it hasn't yet."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_SCRIPT)


def violations(page: Page, rules: tuple[str, ...] = RULES, place: str | None = None) -> list[str]:
    """What is wrong with the page as it stands, or a place of it, a line each: the rule, the element, and why."""
    load(page)
    options = {"runOnly": list(rules), "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate(
        "([place, options]) => axe.run(place ?? document, options)", [place, options]
    )
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
