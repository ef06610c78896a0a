from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.dates import iso_date, take_date
from tipsearch.extract.web.citation import Citation, parse_citation, says_download
from tipsearch.extract.words import page_words

MONTHS = sorted(page_words().months.items())

# Words that no citation line could mistake for its own marks: no digits, dashes or names of months.
words = st.sampled_from(
    ["Fees", "and", "Wages", "at", "Sea:", "Who", "Pays?", "Él", "travail", "LABOUR", "(draft)", "劳动"]
)
phrases = st.lists(words, min_size=1, max_size=6).map(" ".join).filter(lambda text: not text.endswith(")"))
publishers = st.lists(
    st.sampled_from(["Harbour", "Watch", "Union", "of", "Crews"]), min_size=1, max_size=4
).map(" ".join)
dashes = st.sampled_from([" - ", " – ", " — "])
years = st.integers(1900, 2099)
links = st.sampled_from([" DOWNLOAD", " Download report (PDF)", " DESCARGAR", " TÉLÉCHARGER", " Baixar", ""])


@given(phrases, publishers, years, st.sampled_from(MONTHS), st.tuples(dashes, links))
def test_what_a_citation_line_is_made_of_is_read_back(
    title: str, publisher: str, year: int, month: tuple[str, int], marks: tuple[str, str]
) -> None:
    dash, link = marks
    line = f"{title}{dash}{publisher}, {month[0].capitalize()} {year}{link}"

    assert parse_citation(line) == Citation(title, publisher, f"{year}-{month[1]:02d}", marked=bool(link))


@given(phrases, publishers, years, links)
def test_the_month_may_be_missing(title: str, publisher: str, year: int, link: str) -> None:
    assert parse_citation(f"{title} - {publisher} {year}{link}") == Citation(
        title, publisher, str(year), marked=bool(link)
    )


@given(publishers, years)
def test_the_title_may_be_missing(publisher: str, year: int) -> None:
    assert parse_citation(f"{publisher} {year} DOWNLOAD") == Citation(None, publisher, str(year), marked=True)


@given(st.text(max_size=500))
def test_no_line_breaks_the_parser(line: str) -> None:
    citation = parse_citation(line, known_title=line[:20])

    assert citation.date is None or len(citation.date) in {4, 7, 10}
    assert citation.publisher != ""
    assert citation.title != ""


@pytest.mark.parametrize(
    ("line", "title", "publisher", "date"),
    [
        (
            "OWED OR OWNED? Deckhands at sea - NETS., May 2023 DOWNLOAD",
            "OWED OR OWNED? Deckhands at sea",
            "NETS",
            "2023-05",
        ),
        (
            "Wages (2021) - U.S. Office of Wages, June 2020 DOWNLOAD",
            "Wages (2021)",
            "U.S. Office of Wages",
            "2020-06",
        ),
        ("Wages - Office of the U.S., 3 mars 2020 TÉLÉCHARGER", "Wages", "Office of the U.S.", "2020-03-03"),
        ("Ports - Crew Union Inc., 2020 DOWNLOAD", "Ports", "Crew Union Inc.", "2020"),
        ("Salarios - Red Norte, 12 de mayo de 2020 DESCARGAR", "Salarios", "Red Norte", "2020-05-12"),
        ("Ports - Crew Union, May/June 2020 DOWNLOAD", "Ports", "Crew Union", "2020-05"),
        ("Ports - Crew Union, 2019-2020 DOWNLOAD", "Ports", "Crew Union", "2020"),
        ("Ports - Crew Union (2020)", "Ports", "Crew Union", "2020"),
        ("Ports - Crew Union, Sept. 2020 Click here to go to the website.", "Ports", "Crew Union", "2020-09"),
        ("Ports - Crew Union DOWNLOAD", "Ports", "Crew Union", None),
        ("Ports - May 2020 DOWNLOAD", "Ports", None, "2020-05"),
        ("Anti-Slavery law - a guide - Crew Union, 2020", "Anti-Slavery law - a guide", "Crew Union", "2020"),
        ("Wages in ports (2021) DOWNLOAD", "Wages in ports (2021)", None, None),
        ("DOWNLOAD", None, None, None),
        ("", None, None, None),
    ],
)
def test_real_variants(line: str, title: str | None, publisher: str | None, date: str | None) -> None:
    citation = parse_citation(line)

    assert (citation.title, citation.publisher, citation.date) == (title, publisher, date)


def test_a_known_title_keeps_its_dashes_and_leaves_those_of_the_publisher() -> None:
    citation = parse_citation("Ports - a guide - Crew Union - West, 2020", known_title="Ports - A guide")

    assert (citation.title, citation.publisher) == ("Ports - a guide", "Crew Union - West")


def test_a_line_that_is_only_the_known_title_names_no_publisher() -> None:
    citation = parse_citation("Ports of call, 2020 DOWNLOAD", known_title="Ports of call")

    assert (citation.title, citation.publisher, citation.date) == ("Ports of call", None, "2020")


def test_a_paragraph_that_ends_in_a_link_is_no_citation() -> None:
    assert not parse_citation(f"{'The crew told us - at last - of it. ' * 20}DOWNLOAD").is_telling


@pytest.mark.parametrize(
    "text", ["DOWNLOAD", "Download the full report", "download (PDF, 2.3 MB)", " Descargar "]
)
def test_words_that_promise_a_file(text: str) -> None:
    assert says_download(text)


@pytest.mark.parametrize("text", ["Click here", "Downloading is theft, says the union", "Report", ""])
def test_words_that_promise_none(text: str) -> None:
    assert not says_download(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020-09-08T10:00:00+00:00", "2020-09-08"),
        ("2019/05/03", "2019-05-03"),
        ("20190503", "2019-05-03"),
        ("2019-02-30", "2019-02"),
        ("2019-13", "2019"),
        ("2019", "2019"),
        ("May 3, 2019", "2019-05-03"),
        ("3rd of May 2019", "2019-05-03"),
        ("Agenda 21", None),
        ("", None),
    ],
)
def test_dates_in_any_notation_become_iso(text: str, date: str | None) -> None:
    assert iso_date(text) == date


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_an_iso_date_stays_what_it_is(date: dt.date) -> None:
    assert iso_date(str(date)) == str(date)


def test_the_text_before_a_date_is_left() -> None:
    assert take_date("Crew Union, May 2020") == ("2020-05", "Crew Union, ")
