"""Plain text: dumps of scraped publication pages, and text that is just text."""

from __future__ import annotations

import pytest

from tipsearch.extract.web.size import MAX_CHARACTERS, MAX_LINES
from tipsearch.extract.web.text import read_text
from tipsearch.model import Extraction, Field, FileState, Record, RecordKind

NAMES = ["post", "page", "attachment", "revision", "nav_menu_item", "custom_css", "wp_block"]

ABSTRACT = """This paper asks what deckhands owe, and to whom, when they sign on in one port and land in another (the Route) 1 of many.

The union spoke with 14 deckhands and two skippers. They told of fees that were taken
from wages, and of papers that were kept."""

CITATION = "OWED OR OWNED? Deckhands’ debts on the northern route - NETS., May 2023 DOWNLOAD"

CARDS = """Harbour report 2017
Graphics & InfographicsPublications

The figures in this report stand for calls taken in one harbour in 2017. Conseq...Read More

Ports of call: Stolen Wages- the long way home
News & AnalysisGuidance

Crews wait for their pay in many ports, and most never see the ...Read More

TAGS: Europe
Green nets
Publications

Studies of illegal log- ging near the coast estimate a loss of 50–90...Read More

TAGS: Global"""


def dump(*, leak: str = "\n\n".join(NAMES)) -> bytes:
    return "\n\n".join(part for part in (ABSTRACT, CITATION, leak, CARDS) if part).encode()


def own(extraction: Extraction) -> Record:
    assert extraction.state is FileState.OK
    assert extraction.records[0].kind is RecordKind.DOCUMENT
    return extraction.records[0]


DUMPS = {
    "blank lines": dump(),
    "tight": dump(leak="\n".join(NAMES)),
    "four names": dump(leak="\n".join(NAMES[:4])),
    "no leak": dump(leak=""),
}


@pytest.mark.parametrize("data", DUMPS.values(), ids=DUMPS.keys())
def test_a_dump_is_a_document_and_its_cards(data: bytes) -> None:
    extraction = read_text(data, "seed.txt")

    assert [(record.kind, record.number) for record in extraction.records] == [
        (RecordKind.DOCUMENT, 0),
        (RecordKind.CARD, 1),
        (RecordKind.CARD, 2),
        (RecordKind.CARD, 3),
    ]


@pytest.mark.parametrize("data", DUMPS.values(), ids=DUMPS.keys())
def test_the_text_of_a_dump_is_its_abstract_with_lines_rejoined(data: bytes) -> None:
    first, second = own(read_text(data, "seed.txt")).pages[0].text.split("\n\n")

    assert first == ABSTRACT.split("\n\n", maxsplit=1)[0]
    assert second.endswith("They told of fees that were taken from wages, and of papers that were kept.")


def test_the_citation_line_of_a_dump_is_facts() -> None:
    record = own(read_text(dump(), "seed.txt"))

    assert record.first(Field.TITLE) == "OWED OR OWNED? Deckhands’ debts on the northern route"
    assert record.first(Field.PUBLISHER) == "NETS"
    assert record.first(Field.DATE) == "2023-05"


@pytest.mark.parametrize("data", DUMPS.values(), ids=DUMPS.keys())
def test_the_cards_of_a_dump(data: bytes) -> None:
    cards = read_text(data, "seed.txt").records[1:]

    assert [(card.first(Field.TITLE), card.all(Field.CATEGORY), card.all(Field.TAG)) for card in cards] == [
        ("Harbour report 2017", ("Graphics & Infographics", "Publications"), ()),
        ("Ports of call: Stolen Wages- the long way home", ("News & Analysis", "Guidance"), ("Europe",)),
        ("Green nets", ("Publications",), ("Global",)),
    ]
    assert [card.pages[0].text.split()[-1] for card in cards] == ["2017.", "the", "of"]
    assert "illegal logging near" in cards[2].pages[0].text


def test_a_bare_region_below_a_card_is_its_tag() -> None:
    data = dump().replace(b"TAGS: Europe", b"Europe")

    assert read_text(data, "seed.txt").records[2].all(Field.TAG) == ("Europe",)


def test_a_wrapped_citation_line_is_read_whole() -> None:
    data = dump().replace(b"northern route - NETS., May", b"northern\nroute - NETS.,\nMay")

    assert own(read_text(data, "seed.txt")).first(Field.PUBLISHER) == "NETS"


def test_a_tag_below_the_citation_is_no_text() -> None:
    data = dump().replace(b"DOWNLOAD\n\n", b"DOWNLOAD\n\nchild labour\n\n", 1)
    record = own(read_text(data, "seed.txt"))

    assert record.all(Field.TAG) == ("child labour",)
    assert "child labour" not in record.pages[0].text


def test_a_list_above_the_text_does_not_swallow_it() -> None:
    data = "\n".join([*NAMES, "", "The crew was owed wages for a year."]).encode()

    assert own(read_text(data, "a.txt")).pages[0].text == "The crew was owed wages for a year."


def test_plain_text_is_one_document_with_its_first_line_as_title() -> None:
    record = own(read_text(b"Wages at sea\n\nThe crew was owed\nwages.\n\nIt left.", "a.txt"))

    assert record.first(Field.TITLE) == "Wages at sea"
    assert record.pages[0].text == "Wages at sea\n\nThe crew was owed wages.\n\nIt left."
    assert record.first(Field.ABSTRACT) == "The crew was owed wages. It left."


@pytest.mark.parametrize(
    "text", ["The crew left.\n\nIt was late.", "Only one line", f"{'long ' * 60}\n\nNext."]
)
def test_a_first_line_that_is_a_sentence_or_all_there_is_makes_no_title(text: str) -> None:
    assert own(read_text(text.encode(), "a.txt")).first(Field.TITLE) is None


def test_form_feeds_part_pages() -> None:
    pages = own(read_text(b"One page.\n\f\nAnother.\f\fThe fourth.\f", "a.txt")).pages

    assert [(page.number, page.text) for page in pages] == [
        (1, "One page."),
        (2, "Another."),
        (3, ""),
        (4, "The fourth."),
    ]


@pytest.mark.parametrize("data", [b"   \n", b"123 - 456\n\f", b"..."])
def test_text_without_letters_is_no_text(data: bytes) -> None:
    extraction = read_text(data, "a.txt")

    assert extraction.state is FileState.NO_TEXT
    assert "letters" in extraction.reason


def test_of_a_text_above_the_limit_the_beginning_is_read_and_the_rest_is_named() -> None:
    extraction = read_text(b"owed\n" * (MAX_CHARACTERS // 5 + 1), "a.txt")

    assert extraction.state is FileState.OK
    assert MAX_CHARACTERS - 10 <= len(own(extraction).pages[0].text) <= MAX_CHARACTERS
    assert [issue.state for issue in extraction.issues] == [FileState.TOO_BIG]


def test_a_text_of_very_many_lines_is_read_as_it_is() -> None:
    extraction = read_text(b"owed\n" * (MAX_LINES + 1), "a.txt")

    assert own(extraction).pages[0].text.count("owed") == MAX_LINES + 1


def test_lists_keep_their_lines() -> None:
    assert (
        own(read_text("Owed:\n• wages\n• papers".encode(), "a.txt")).pages[0].text
        == "Owed:\n\n• wages\n\n• papers"
    )
