"""Menus, share bars, cookie notices and footers around a text, where no markup tells them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.web.edges import trim_edges
from tipsearch.extract.web.lines import Line, Link

OWN = [
    Line("Deckhands told us that they paid a fee before they signed on."),
    Line("Most of them learned what they owed only when the ship was at sea."),
]
COOKIES = "We use cookies on our website. By clicking “Accept”, you consent to the use of all the cookies."


def link(text: str, href: str = "/x/") -> Line:
    return Line(text, links=(Link(text, href),))


ABOVE = {
    "menu": [Line("Skip to content"), Line("Home"), Line("Resource Centre"), Line("About us")],
    "menu on one line": [Line("Home | About | Contact")],
    "links": [link("Ports"), link("Ships and crews"), link("Harbours")],
    "cookie notice": [Line(COOKIES), Line("Cookie settings Accept all")],
    "Spanish cookie notice": [Line("Utilizamos cookies para mejorar su experiencia."), Line("Aceptar")],
    "share bar": [Line("Share this:"), Line("Facebook Twitter LinkedIn"), Line("Email")],
    "breadcrumbs": [Line("Home » Resources » Owed or owned?")],
}
BELOW = {
    "footer": [Line("© Resource Centre. All rights reserved. Subscribe to our newsletter.")],
    "footer with links": [Line("© 2024 Resource Centre"), link("Ports"), link("Harbours")],
    "share bar": [Line("Share on Facebook"), Line("WhatsApp"), Line("Print")],
    "cookie notice": [Line(COOKIES), Line("Reject all")],
    "pager": [Line("Previous"), Line("Next")],
}


@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE.keys())
@pytest.mark.parametrize("below", BELOW.values(), ids=BELOW.keys())
def test_only_the_text_between_them_is_kept(above: list[Line], below: list[Line]) -> None:
    assert trim_edges([*above, *OWN, *below]) == OWN


def test_what_is_short_above_the_title_goes_with_it() -> None:
    lines = [Line("Nets Trust"), Line("For crews"), Line("Owed or owned?"), *OWN]

    assert trim_edges(lines, ["Owed or Owned?"]) == lines[2:]


@pytest.mark.parametrize(
    "lines",
    [
        OWN,
        [*OWN, Line("child labour")],
        [Line("Summary"), *OWN],
        [Line("A report on cookies in factories."), *OWN],
        [link("The law on wages"), *OWN],
        [*OWN, link("DOWNLOAD", "/owed.pdf")],
        [*OWN[:1], Line("Home"), *OWN[1:]],
    ],
    ids=["text", "tag", "heading", "cookies of another kind", "one link", "download", "in the middle"],
)
def test_what_may_be_text_stays(lines: list[Line]) -> None:
    assert trim_edges(lines) == lines


def test_a_word_of_a_menu_behind_many_short_lines_takes_none_of_them_along() -> None:
    lines = [*(Line(f"Ship {number}") for number in range(20)), Line("Home"), *OWN]

    assert trim_edges(lines) == lines


def test_a_page_of_furniture_only_has_no_text() -> None:
    assert trim_edges([Line("Home"), Line("About"), Line("© Nets Trust")]) == []


@given(st.lists(st.sampled_from([*OWN, *ABOVE["menu"], *BELOW["share bar"], Line("Ports")])))
def test_what_is_kept_is_one_piece_of_the_page(lines: list[Line]) -> None:
    kept = trim_edges(lines)

    assert any(lines[at : at + len(kept)] == kept for at in range(len(lines) + 1))
    assert [line for line in kept if line in OWN] == [line for line in lines if line in OWN]
