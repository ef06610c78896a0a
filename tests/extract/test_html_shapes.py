"""The same publication page as themes of all kinds would write it: without class names, without elements, as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch.extract.web.read import read_html
from tipsearch.extract.web.text import read_text
from tipsearch.extract.words import page_words
from tipsearch.model import Extraction, Field, FileState, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Callable

TITLE = "Owed or owned? Deckhands at sea"
FIRST = (
    "Deckhands told us that they paid a fee before they signed on, and that the skipper kept their papers."
)
SECOND = "Most of them learned what they owed only when the ship was at sea, where nobody could ask for help."
NAMES = sorted(page_words().leaked_post_types)
LABELS = page_words().category_labels


def card(title: str, tag: str = "") -> str:
    tags = f'<div class="tags">TAGS: <a href="/region/europe/">{tag}</a></div>' if tag else ""
    return (
        f'<div class="resource-card"><h3><a href="/{title.lower()}/">{title}</a></h3><div class="cats"><a href="/c/">Guidance</a>'
        f'<a href="/d/">Publications</a></div><p>A teaser about harbours and log- ging that was cut conseq...'
        f'<a class="more" href="/{title.lower()}/">Read More</a></p>{tags}</div>'
    )


PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Owed or owned? Deckhands at sea &#8211; Resource Centre</title></head>'
    '<body class="wp-singular"><header><nav><ul><li><a href="/">Home</a></li><li><a href="/r/">Resource Centre</a></li>'
    f'<li><a href="/a/">About</a></li></ul></nav></header><main><article id="post-7"><h1 class="entry-title">{TITLE}</h1>'
    f'<div class="entry-content"><p>{FIRST}</p><p>{SECOND}</p><p>{TITLE} - NETS., May 2023 <a href="/owed.pdf">DOWNLOAD</a></p>'
    f"</div></article><section>{''.join(f'<p>{name}</p>' for name in NAMES[:13])}{card('Ports', 'Europe')}{card('Fees')}</section>"
    "</main><footer><p>&copy; Resource Centre. All rights reserved. Subscribe to our newsletter.</p></footer></body></html>"
)


def without_names(page: str) -> str:
    return re.sub(r' (class|id)="[^"]*"', "", page)


def as_divs(page: str) -> str:
    return re.sub(r"<(/?)(main|article|section|header|footer|nav)\b", r"<\1div", without_names(page))


def flat(page: str) -> str:
    return re.sub(r"</?(?:div|main|article|section|header|footer|nav)\b[^>]*>", "", without_names(page))


def without_headings(page: str) -> str:
    return re.sub(r"(</?)h[1-6]\b[^>]*>", r"\1p>", flat(page))


def without_leak(page: str) -> str:
    return re.sub(rf"(?:<p>(?:{'|'.join(NAMES)})</p>)+", "", page)


def with_cookies(page: str) -> str:
    notice = "<div><p>We use cookies. By clicking “Accept”, you consent to the use of all of them.</p><p>Accept all</p></div>"
    return re.sub(r"(<body[^>]*>)", rf"\1{notice}", page)


def without_leak_and_elements(page: str) -> str:
    return flat(without_leak(page))


def own(extraction: Extraction) -> Record:
    assert extraction.state is FileState.OK, extraction.reason
    (record,) = (one for one in extraction.records if one.kind is RecordKind.DOCUMENT)
    return record


@pytest.mark.parametrize(
    "change",
    [
        str,
        without_names,
        as_divs,
        flat,
        without_headings,
        without_leak,
        without_leak_and_elements,
        with_cookies,
    ],
)
def test_the_shape_of_a_page_changes_nothing(change: Callable[[str], str]) -> None:
    extraction = read_html(change(PAGE).encode(), "a.html")
    record = own(extraction)
    cards = extraction.records[1:]

    assert record.pages[0].text == f"{FIRST}\n\n{SECOND}"
    assert [record.first(field) for field in (Field.TITLE, Field.PUBLISHER, Field.DATE, Field.FILE_URL)] == [
        TITLE,
        "NETS",
        "2023-05",
        "/owed.pdf",
    ]
    assert record.all(Field.CATEGORY) + record.all(Field.TAG) == ()
    assert [one.first(Field.TITLE) for one in cards] == ["Ports", "Fees"]
    assert [one.all(Field.CATEGORY) for one in cards] == [("Guidance", "Publications")] * 2
    assert [one.all(Field.TAG) for one in cards] == [("Europe",), ()]
    assert {one.pages[0].text for one in cards} == {"A teaser about harbours and logging that was cut"}


@pytest.mark.parametrize("change", [str, without_names, as_divs, flat])
def test_a_listing_is_its_cards_whatever_its_shape(change: Callable[[str], str]) -> None:
    page = re.sub(r"<article.*?</article>", "<h1>Resource Centre</h1>", without_leak(PAGE))
    extraction = read_html(change(page).encode(), "a.html")

    assert [one.kind for one in extraction.records] == [RecordKind.CARD] * 2


def test_a_short_text_above_cards_is_no_heading_of_a_listing() -> None:
    page = as_divs(
        re.sub(r"<div class=\"entry-content\">.*?</div>", "<p>Not covered by the report.</p>", PAGE)
    )

    assert own(read_html(page.encode(), "a.html")).pages[0].text == "Not covered by the report."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{TITLE} - NETS., May 2023 DOWNLOAD", (TITLE, "NETS", "2023-05")),
        (f"{TITLE.upper()} - NETS, May 2023 DOWNLOAD", (TITLE.upper(), "NETS", "2023-05")),
        (f"{TITLE} - NETS, May 2023DOWNLOAD", (TITLE, "NETS", "2023-05")),
        (f"{TITLE} - a second look - NETS 2023 DOWNLOAD", (f"{TITLE} - a second look", "NETS", "2023")),
        (f"{TITLE} - NETS, May 2023 click here to go to the website", (TITLE, "NETS", "2023-05")),
        (f"{TITLE} - NETS, May 2023", (TITLE, "NETS", "2023-05")),
        ("NETS 2023 DOWNLOAD", (None, "NETS", "2023")),
        ("NETS 2023", (None, "NETS", "2023")),
        ("Ministry of the Sea, May 2023", (None, "Ministry of the Sea", "2023-05")),
        ("", (None, None, None)),
    ],
)
@pytest.mark.parametrize("leak", ["", "post\n\npage\n\nattachment\n\nrevision\n\n"], ids=["no leak", "leak"])
def test_all_kinds_of_citation_lines_of_a_dump(line: str, said: tuple[str | None, ...], leak: str) -> None:
    dump = f"{FIRST}\n\n{SECOND}\n\n{line}\n\n{leak}Ports\nGuidance\n\nA teaser that was cut conseq...Read More\n\nTAGS: Asia\n"
    extraction = read_text(dump.encode(), "a.txt")
    record = own(extraction)

    assert record.pages[0].text == f"{FIRST}\n\n{SECOND}"
    assert tuple(record.first(field) for field in (Field.TITLE, Field.PUBLISHER, Field.DATE)) == said
    assert extraction.records[1].first(Field.TITLE) == "Ports"


@pytest.mark.parametrize(
    "last", ["Figures for May 2020", "They signed on in May 2020", "Figures of the ILO: May 2020"]
)
def test_a_last_line_that_ends_in_a_year_is_text_unless_it_names_an_organisation(last: str) -> None:
    dump = f"{FIRST}\n\n{last}\n\nPorts\nGuidance\n\nA teaser that was cut conseq...Read More\n"

    assert own(read_text(dump.encode(), "a.txt")).pages[0].text.endswith(last)


def test_a_title_above_the_text_of_a_dump_is_no_text_if_the_citation_has_it() -> None:
    dump = (
        f"Skip to content\nHome\n\n{TITLE}\n\n{FIRST}\n\n{TITLE} - NETS, May 2023 DOWNLOAD\n\n© Nets Trust\n"
    )

    assert own(read_text(dump.encode(), "a.txt")).pages[0].text == FIRST


@given(
    names=st.lists(st.sampled_from(NAMES), min_size=4, max_size=22, unique=True),
    gap=st.sampled_from(["\n", "\n\n", "\n\n\n", " ", "\r\n\r\n"]),
    labels=st.lists(st.sampled_from(LABELS), min_size=1, max_size=4, unique=True),
    has_tags=st.booleans(),
)
@settings(max_examples=examples(60))
def test_leaked_lists_and_labels_of_any_kind_are_taken_out_of_a_dump(
    names: list[str],
    gap: str,
    labels: list[str],
    has_tags: bool,  # noqa: FBT001 - hypothesis passes it by name
) -> None:
    tags = "TAGS: Europe\n" if has_tags else ""
    cards = "".join(
        f"{title}\n{''.join(labels)}\n\nA teaser cut conseq...Read More\n\n{tags}"
        for title in ("Ports", "Fees")
    )
    # A list whose names are all ordinary words is told by their standing on lines of their own.
    extraction = read_text(f"{FIRST}\n\n{SECOND}\n\n{gap.join(names)}\n\n{cards}".encode(), "a.txt")

    assert own(extraction).pages[0].text == f"{FIRST}\n\n{SECOND}"
    assert [one.first(Field.TITLE) for one in extraction.records[1:]] == ["Ports", "Fees"]
    assert [set(one.all(Field.CATEGORY)) for one in extraction.records[1:]] == [set(labels)] * 2
    assert [one.all(Field.TAG) for one in extraction.records[1:]] == [("Europe",) * has_tags] * 2
