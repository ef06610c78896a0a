"""What the metadata of PDFs declare."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from pdfs import pdf

from tipsearch.extract import read
from tipsearch.extract.dates import has_come
from tipsearch.extract.pdf.about import find_facts
from tipsearch.extract.pdf.meta import declared, parse_info_date
from tipsearch.extract.pdf.xmp import Xmp
from tipsearch.model import Fact, Field, Origin, Page


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("D:20220909125005-04'00'", "2022-09-09"),
        ("D:202209", "2022-09"),
        ("D:2022", "2022"),
        ("D:20221399", "2022"),
        ("2022-09-09T12:50:05Z", "2022-09-09"),
        ("D:19700101000000Z", None),
        ("D:19000101", None),
        ("D:20000101000000", None),
        ("D:19800101", None),
        ("1904-01-01T00:00:00Z", None),
        ("D:29990101", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_information_dates_are_read_as_far_as_they_are_dates(raw: str, iso: str | None) -> None:
    assert parse_info_date(raw) == iso


def test_dates_to_come_are_told_by_month_and_day() -> None:
    today = dt.datetime.now(tz=dt.UTC).date()
    later = today + dt.timedelta(days=40)
    assert has_come(today.isoformat())
    assert has_come(str(today.year))
    assert not has_come(later.isoformat())
    assert not has_come(later.isoformat()[:7])
    assert not has_come("1899")


def test_information_comes_before_the_packet_and_each_statement_once() -> None:
    info = {"Title": "Hidden  chains", "Author": "Ana Pérez", "CreationDate": "D:20210830"}
    xmp = Xmp(title="Hidden chains", creators=("Ana Pérez", "Bo Li"), publishers=("Institute of Work",))
    said = declared(info, xmp)
    assert (said.titles, said.authors) == (("Hidden chains",), ("Ana Pérez", "Bo Li"))
    assert (said.publishers, said.created) == (("Institute of Work",), "2021-08-30")


def test_packet_fills_what_the_information_lacks() -> None:
    said = declared({}, Xmp(title="Hidden chains", created="2021-08-30T10:00:00Z", languages=("fr-CA",)))
    assert (said.titles, said.created, said.language) == (("Hidden chains",), "2021-08-30", "fr")


def test_title_that_is_the_authors_name_as_well_is_none() -> None:
    assert declared({"Title": "Institute of Work", "Author": "Institute of Work"}, Xmp()).titles == ()


@pytest.mark.parametrize(
    ("stated", "published"),
    [("2019-05-02", "2019-05-02"), ("2021-08-30T10:00:00Z", ""), ("2999", ""), ("soon", "")],
)
def test_date_of_the_packet_counts_unless_it_is_that_of_creation(stated: str, published: str) -> None:
    assert declared({"CreationDate": "D:20210830"}, Xmp(published=stated)).published == published


def test_date_of_the_packet_counts_unless_it_is_that_of_the_last_change() -> None:
    assert declared({"ModDate": "D:20210830"}, Xmp(published="2021-08-30")).published == ""
    assert declared({}, Xmp(published="2021-08-30", changed="2021-08-30T09:00:00Z")).published == ""


def test_a_digitised_book_has_the_date_that_is_stated() -> None:
    assert declared({"CreationDate": "D:20210830"}, Xmp(published="1927-03")).published == "1927-03"


@pytest.mark.parametrize(
    ("info", "tool"),
    [
        ({"Creator": "Hewlett-Packard MFP"}, ""),
        ({"Producer": "Adobe Acrobat 9 Paper Capture Plug-in"}, ""),
        ({"Creator": "Mozilla/5.0 (X11)", "Producer": "Skia/PDF m91"}, ""),
        ({"Producer": "pdftk-java 3.2.2"}, ""),
        ({}, "ScanSoft PDF Create! 4"),
    ],
)
def test_what_scanners_browsers_and_splitters_make_has_no_age_of_its_own(
    info: dict[str, str], tool: str
) -> None:
    made = {"CreationDate": "D:20210830"}
    assert declared(made, Xmp()).created == "2021-08-30"
    assert declared(made, Xmp()).created_quote == "CreationDate: D:20210830"
    assert declared(made | info, Xmp(tool=tool)).created is None


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-US", "en"), ("PT_br", "pt"), ("eng", "en"), ("x-unknown", None), ("qqx", None), ("", None)],
)
def test_declared_language_is_one_that_exists(tag: str, language: str | None) -> None:
    assert declared({"Lang": tag}, Xmp()).language == language


def facts(data: bytes) -> list[Fact]:
    return list(read(data, "a.pdf").records[0].facts)


def test_declared_language_is_a_light_word_of_the_source() -> None:
    (fact,) = [
        one for one in facts(pdf("A page of text", catalog="/Lang(es-MX)")) if one.field is Field.LANGUAGE
    ]
    assert (fact.value, fact.origin, fact.weight < 0.5) == ("es", Origin.SOURCE, True)


def test_facts_of_a_file_carry_their_evidence() -> None:
    info = {"Title": "2021 Findings: Ruritania", "Author": "Ministry of Work", "CreationDate": "D:20220909"}
    found = facts(pdf("2021 FINDINGS\nRuritania\n" + "It made progress. " * 4, info=info))
    assert [(fact.field, fact.value, fact.evidence[0].where) for fact in found] == [
        (Field.TITLE, "2021 Findings: Ruritania", "metadata"),
        (Field.DATE, "2021", "title"),
        (Field.DATE, "2022-09", "metadata"),
        (Field.PUBLISHER, "Ministry of Work", "metadata"),
    ]


def test_page_without_end_costs_no_more_than_its_beginning() -> None:
    endless = "published © " * 300_000
    started = time.process_time()
    found = find_facts(b"", {"Title": "Hidden chains"}, [Page(1, f"Hidden chains\n{endless}")], frozenset())
    assert found[0].value == "Hidden chains"
    assert time.process_time() - started < 1
