from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tipsearch.cite import styles
from tipsearch.cite.names import STYLES
from tipsearch.cite.reference import reference
from tipsearch.cite.styles import formatted
from tipsearch.model import Document, Origin, Tag

_DAY = date(2026, 3, 5)
_REPORT = Document(
    id="fees",
    title="Who pays for the job?",
    authors=("Asha Rai", "Example Institute"),
    publisher="Example Press",
    date="2024-03",
    language="en",
    url="https://example.org/fees",
    media_type="application/pdf",
)
_PAGE = replace(
    _REPORT,
    title="Cocoa",
    authors=("Example Institute",),
    publisher="Example Institute",
    date="2023-03-05",
    media_type="text/html",
)
_BARE = Document(id="bare", title="Neither author nor date", url="https://example.org/bare")
_EXPECTED = {
    "apa": "Asha Rai, & Example Institute. (2024). Who pays for the job? (p. iv). Example Press. https://example.org/fees",
    "chicago-author-date": "Asha Rai, and Example Institute. 2024. Who Pays for the Job? Example Press. p. iv. https://example.org/fees.",
    "harvard-cite-them-right": "Asha Rai and Example Institute (2024) Who pays for the job? Example Press, p. iv. Available at: https://example.org/fees (Accessed: 5 March 2026).",
    "modern-language-association": "Asha Rai, and Example Institute. Who Pays for the Job? Example Press, Mar. 2024, p. iv, https://example.org/fees.",
    "nlm-citation-sequence": "Asha Rai, Example Institute. Who pays for the job? [Internet]. Example Press; 2024 [cited 2026 Mar 5]. p. iv. Available from: https://example.org/fees",
    "ieee": "Asha Rai and Example Institute, “Who pays for the job?”, Example Press, Mar. 2024. Accessed: Mar. 05, 2026. [Online]. Available: https://example.org/fees, p. iv.",
}


def test_every_style_writes_a_report_with_the_page() -> None:
    assert {style: formatted(_REPORT, style, "en", "iv", accessed=_DAY) for style in STYLES} == _EXPECTED


@pytest.mark.parametrize("style", STYLES)
def test_an_organisation_that_publishes_itself_is_named_once(style: str) -> None:
    text = formatted(_PAGE, style, "en", accessed=_DAY)
    assert text.count("Example Institute") == 1
    assert text.startswith("Example Institute")


@pytest.mark.parametrize("style", STYLES)
def test_without_an_author_the_publisher_stands_first(style: str) -> None:
    law = Document(
        id="law",
        title="Act against trafficking",
        publisher="Example State",
        date="2000",
        types=(Tag("standards-codes-of-conduct", Origin.SOURCE, 1.0),),
    )
    text = formatted(law, style, "en")
    assert text.startswith("Example State")
    assert "2000" in text


@pytest.mark.parametrize("style", STYLES)
def test_with_nothing_but_a_title_the_title_is_said_once(style: str) -> None:
    assert formatted(_BARE, style, "en", accessed=_DAY).count("Neither author nor date") == 1


@pytest.mark.parametrize("style", STYLES)
def test_titles_in_other_languages_keep_their_letters(style: str) -> None:
    spanish = replace(_REPORT, title="La trata de personas", language="es")
    assert "La trata de personas" in formatted(spanish, style, "en")
    arabic = replace(_REPORT, title="الاتجار بالبشر", authors=("منظمة",), language="ar")
    assert "الاتجار بالبشر" in formatted(arabic, style, "ar", "12")


def test_the_words_around_the_data_are_the_readers() -> None:
    assert "Disponible en: " in formatted(_REPORT, "harvard-cite-them-right", "es")
    assert "Disponible sur: " in formatted(_REPORT, "harvard-cite-them-right", "fr")
    assert "موجود في: " in formatted(_REPORT, "harvard-cite-them-right", "ar")
    assert "Available at: " in formatted(_REPORT, "harvard-cite-them-right", "xx")


@pytest.mark.parametrize("style", STYLES)
def test_markup_and_controls_in_titles_are_text(style: str) -> None:
    evil = replace(_REPORT, title="<i>One</i> & \u202etwo\n{three} $4")
    assert "<i>one</i> & two {three} $4" in formatted(evil, style, "en").lower()


def test_what_no_style_can_write_is_written_plainly() -> None:
    odd = replace(_REPORT, date="2024-99")
    for style in STYLES:
        assert "2024" in formatted(odd, style, "en"), style
    assert reference(odd).startswith("Asha Rai & Example Institute (2024).")


def test_commas_stand_inside_american_quotation_marks() -> None:
    fees = replace(_REPORT, title="Fees")
    assert ", “Fees,” Example Press" in formatted(fees, "ieee", "en")
    assert "«Fees», Example Press" in formatted(fees, "ieee", "es")


def test_a_subtitle_begins_with_a_capital_where_the_style_says_so() -> None:
    parted = replace(_REPORT, title="Fees: who pays")
    assert "Fees: Who pays" in formatted(parted, "apa", "en")
    assert "Fees: who pays" in formatted(parted, "harvard-cite-them-right", "en")


def test_an_unknown_style_is_an_error() -> None:
    with pytest.raises(KeyError):
        formatted(_REPORT, "../apa", "en")


def test_a_page_is_told_where_a_style_has_no_place_for_it() -> None:
    offline = replace(_REPORT, url=None)
    assert formatted(offline, "chicago-author-date", "en", "7").endswith("Example Press. p. 7.")


def test_a_title_without_spaces_takes_no_longer_than_one_with() -> None:
    """Steps that grow with the square of the length would take minutes here."""
    assert styles._with_page("x" * 500_000, "p. 2").endswith("x p. 2.")
