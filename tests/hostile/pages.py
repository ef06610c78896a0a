"""Hostile web pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES: dict[str, Callable[[], str]] = {
    "attributes": lambda: "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">wages</p>",
    "links": lambda: "".join(f"<a href=/x{number}>wages</a> " for number in range(100_000)),
    "nested": lambda: "<div>" * 200_000 + "wages",
    "attribute": lambda: f"<p title='{'x' * 50_000_000}'>wages</p>",
    "paragraph": lambda: f"<p>{'wages ' * 3_500_000}</p>",
    "laughs": lambda: (
        "<!DOCTYPE html [<!ENTITY a 'ha'>"
        + "".join(
            f"<!ENTITY {one} '{f'&{two};' * 10}'>" for two, one in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "]><html><body><p>wages &i;</p></body></html>"
    ),
    "entity_file": lambda: (
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>wages &x;</p></body></html>"
    ),
    "inline": lambda: "<b><i>" * 50_000 + "wages",
    "tables": lambda: "<table><tr><td>" * 50_000 + "wages",
    "deep_frames": lambda: "<iframe srcdoc='" * 10_000 + "wages",
    "selects": lambda: "<select><option>wages" * 20_000,
    "numbers": lambda: "<p>wages " + "&#x10ffff;&#0;&#99999999999;" * 200_000,
    "json_ld": lambda: f"<script type='application/ld+json'>{'[' * 200_000}</script><p>wages</p>",
    "meta": lambda: "<meta name='citation_author' content='wages'>" * 20_000 + "<p>wages</p>",
    "script": lambda: f"<script>{'x' * 30_000_000}</script><p>wages</p>",
    "no_end": lambda: '<p title="' + "wages " * 2_000_000,
    "comments": lambda: "<html><p>wages</p>" + "<!--" * 100_000,
}
