"""Which words become the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.pdf.headline import LayoutLine
from tipsearch.extract.pdf.running import mask
from tipsearch.extract.pdf.tagged import Heading
from tipsearch.extract.pdf.title import FirstPage, Seen, find_title
from tipsearch.extract.pdf.title_words import (
    is_furniture,
    is_label,
    lone_date,
    names_organisation,
    title_case,
    usable_title,
)
from tipsearch.model import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.model import Fact

BODY = "Recruitment fees bind workers to their employers before they have earned a single wage."


def line(
    text: str, size: float = 10, top: float = 0.3, *, bold: bool = False, left: float = 60
) -> LayoutLine:
    return LayoutLine(text, size, bold, top, left, left + len(text) * size / 2)


BODY_LINES = tuple(line(BODY, top=0.4 + at / 50) for at in range(10))


def title_of(
    shown: Sequence[LayoutLine],
    *,
    stated: str = "",
    running: Sequence[str] = (),
    tagged: Sequence[Heading] = (),
) -> Fact | None:
    text = "\n".join([*(part.text for part in shown), *[BODY] * 10, *running])
    page = FirstPage(1, text, frozenset(map(mask, running)))
    return find_title([stated], page, Seen(lambda: tagged, lambda: (*shown, *BODY_LINES)))


def value(title: Fact | None) -> str | None:
    return title.value if title else None


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "untitled",
        "Untitled-1",
        "DRAFT",
        "Document1",
        "Microsoft Word - 12-34567.doc",
        "Microsoft Word - report_final",
        "C:\\Users\\ann\\report.doc",
        "/home/ann/report",
        "https://example.org/report",
        "current.wpf",
        "Annual report 2019.indd",
        "wcms_123456",
        "Txd50049 1..3",
        "Report cover.qxp_Layout 1",
        "Brochure:Layout 1 12/3/08 10:04 Page 1",
        "Untitled - Notepad",
        "Report on ports - Google Docs",
        "C__Documents and Settings_ann_Desktop_report",
        "PowerPoint Presentation",
        "Click to edit Master title style",
        "Título",
        "Документ 1",
        "A/HRC/41/46",
        "CRC/C/SR.1234",
        "GE.08-12345",
        "Name: 00001073",
        "2021",
        "abc",
        "\ufffd\ufffd\ufffd\ufffd report",
        "word " * 90,
    ],
)
def test_junk_is_no_title(junk: str) -> None:
    assert usable_title(junk) is None


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Microsoft Word - Hidden chains in fishing.docx", "Hidden chains in fishing"),
        ("  Hidden \n chains ", "Hidden chains"),
        ("人权报告", "人权报告"),
        ("Тихая торговля", "Тихая торговля"),
        ("COVID-19 and forced labour", "COVID-19 and forced labour"),
    ],
)
def test_usable_title_is_kept_without_its_wrapping(raw: str, title: str) -> None:
    assert usable_title(raw) == title


@given(st.text(max_size=80))
def test_usable_title_stays_usable(raw: str) -> None:
    title = usable_title(raw)
    assert title is None or (usable_title(title) == title and len(title.split("\n")) == 1)


@pytest.mark.parametrize(
    "text",
    [
        "General Assembly",
        "Distr.: General",
        "Page 3 of 8",
        "12",
        "12 March 2019",
        "Geneva, June 2020",
        "A/80/150",
    ],
)
def test_what_stands_around_titles_is_furniture(text: str) -> None:
    assert is_furniture(text)


@pytest.mark.parametrize("text", ["Hidden chains", "Report on 2019", "Newsletter May 2023"])
def test_titles_are_no_furniture(text: str) -> None:
    assert not is_furniture(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("June 2019", "2019-06"),
        ("12 mars 2020", "2020-03-12"),
        ("No. 27______March 23, 2007", "2007-03-23"),
        ("Berlin, den 28.11.2016", "2016-11-28"),
        ("Berlin, den 03.04.2016", "2016"),
        ("No. 28 February 7, 2011", "2011-02-07"),
        ("2024年9月", "2024-09"),
        ("مايو ٢٠٢٣", "2023-05"),
        ("In June 2019 the law changed", None),
        ("3,400 cases in 2019", None),
    ],
)
def test_date_counts_only_where_it_stands_alone(text: str, date: str | None) -> None:
    assert lone_date(text) == date


def refuse() -> Sequence[LayoutLine]:
    raise AssertionError("the page was looked at though the title is confirmed")


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        ("Hidden Chains: Recruitment Fees in Fishing", "HIDDEN CHAINS\nRecruitment fees in fishing"),
        ("2021 Findings on Labour: Cote d'Ivoire", "2021 FINDINGS ON LABOUR\nCôte d’Ivoire"),
        ("人权报告", "人权报告"),
    ],
)
def test_stated_title_that_the_page_confirms_needs_no_further_look(stated: str, text: str) -> None:
    page = FirstPage(1, f"{text}\n{BODY}", frozenset())
    title = find_title(["untitled", stated], page, Seen(lambda: pytest.fail("tags were read"), refuse))
    assert title is not None
    assert (title.value, title.evidence[0].where) == (stated, "metadata")


def test_title_kept_from_the_last_report_of_a_series_is_not_confirmed() -> None:
    running = ["2021 FINDINGS ON THE WORST FORMS OF LABOUR 1"]
    stated = "2021 Findings on the Worst Forms of Labour: Syldavia"
    title = title_of([line("Ruritania", 26, 0.1)], stated=stated, running=running)
    assert value(title) == "2021 Findings on the Worst Forms of Labour: Ruritania"


def test_layout_wins_over_a_stated_title_that_the_page_does_not_confirm() -> None:
    title = title_of([line("Hidden chains", 24)], stated="Template for country papers")
    assert title is not None
    assert (title.value, title.origin) == ("Hidden chains", Origin.SOURCE)


def test_largest_type_is_the_title_over_all_its_lines() -> None:
    shown = [
        line("Policy brief", 30, 0.05),
        line("Hidden chains: recruit-", 24, 0.1),
        line("ment fees in fishing", 24, 0.135),
        line("A study of four ports", 14, 0.2),
    ]
    title = title_of(shown)
    assert title is not None
    assert title.value == "Hidden chains: recruitment fees in fishing"


def test_masthead_and_symbol_are_passed_over() -> None:
    shown = [
        line("General Assembly", 28, 0.05, bold=True),
        line("A/80/150", 28, 0.08),
        line("12 July 2025", 28, 0.1),
        line("Trafficking in persons, especially women", 14, 0.2, bold=True),
    ]
    title = title_of(shown)
    assert title is not None
    assert title.value == "Trafficking in persons, especially women"


def test_organisation_in_the_largest_type_is_the_masthead() -> None:
    shown = [line("Institute of Work", 30, 0.05), line("Hidden chains", 24, 0.2), line("A study", 14, 0.3)]
    assert value(title_of(shown)) == "Hidden chains"
    assert value(title_of(shown[:1])) == "Institute of Work"


def test_organisations_at_the_head_of_a_headline_are_left_out() -> None:
    shown = [
        line("Ministry of Work", 14, 0.10, bold=True),
        line("Office of Fees and Wages", 14, 0.12, bold=True),
        line("Hidden chains", 14, 0.14, bold=True),
    ]
    assert value(title_of(shown)) == "Hidden chains"


def test_second_half_after_a_colon_may_be_smaller() -> None:
    shown = [line("Hidden chains:", 24, 0.1), line("fees in fishing", 18, 0.14), line("Summary", 12, 0.3)]
    assert value(title_of(shown)) == "Hidden chains: fees in fishing"


def test_bold_type_beats_slightly_larger_plain_type() -> None:
    shown = [line("Prepared for the meeting", 15, 0.1), line("Hidden chains", 14, 0.2, bold=True)]
    title = title_of(shown)
    assert title is not None
    assert title.value == "Hidden chains"


def test_heading_of_a_section_is_not_taken_for_the_title_above_it() -> None:
    shown = [
        line("Hidden chains", 12, 0.1, bold=True),
        line(BODY, 10, 0.15),
        line("The first harbour", 18, 0.2),
    ]
    title = title_of(shown)
    assert title is not None
    assert title.value == "Hidden chains"


def test_headline_of_the_next_column_is_not_joined() -> None:
    shown = [
        line("Hidden chains in", 14, 0.1, bold=True),
        line("Article one", 14, 0.1, bold=True, left=320),
        line("the fishing industry", 14, 0.12, bold=True),
    ]
    title = title_of(shown)
    assert title is not None
    assert title.value == "Hidden chains in the fishing industry"


def test_country_alone_takes_the_head_of_its_series() -> None:
    running = ["2018 FINDINGS ON THE WORST FORMS OF LABOUR 1", "OFFICE OF LABOUR AFFAIRS AND STATISTICS"]
    title = title_of([line("Ruritania", 26, 0.1)], running=running)
    assert title is not None
    assert title.value == "2018 Findings on the Worst Forms of Labour: Ruritania"


def test_head_on_every_other_of_four_pages_names_the_series() -> None:
    head, foot = "2018 FINDINGS ON THE WORST FORMS OF LABOUR", "OFFICE OF LABOUR AFFAIRS"
    first = f"{head}\nRuritania\n{BODY}\n1"
    following = (f"{foot}\n2\n{BODY}", f"{head}\n3\n{BODY}", f"{foot}\n4\n{BODY}")
    page = FirstPage(1, first, frozenset(), following)
    shown = [line("Ruritania", 26, 0.1), *BODY_LINES]
    title = find_title([], page, Seen(tuple, lambda: shown))
    assert value(title) == "2018 Findings on the Worst Forms of Labour: Ruritania"


def test_inverted_name_of_a_country_is_put_upright() -> None:
    assert value(title_of([line("Ruritania, Kingdom of the", 26, 0.1)])) == "Kingdom of the Ruritania"
    assert value(title_of([line("Ports, ships and people", 26, 0.1)])) == "Ports, ships and people"


def test_full_title_takes_no_head() -> None:
    running = ["2018 FINDINGS ON THE WORST FORMS OF LABOUR 1"]
    title = title_of(
        [line("Hidden chains and open secrets of the fishing fleets today", 26, 0.1)], running=running
    )
    assert title is not None
    assert title.value == "Hidden chains and open secrets of the fishing fleets today"


def test_tagged_heading_needs_no_layout() -> None:
    page = FirstPage(1, f"Hidden chains\nin fishing\n{BODY}", frozenset())
    title = find_title([], page, Seen(lambda: [Heading("H1", "Hidden chains in fishing", 18)], refuse))
    assert title is not None
    assert (title.value, title.evidence[0].where) == ("Hidden chains in fishing", "tagged heading")


@pytest.mark.parametrize(
    "tagged",
    [
        Heading("H1", "General Assembly", 24),
        Heading("H1", "1. Introduction", 24),
        Heading("H1", "Executive summary", 24),
        Heading("H1", "Policy brief", 24),
        Heading("H1", "12 May 2020", 24),
        Heading("H1", "Ministry of Work", 24),
        Heading("H1", "The first harbour", 14, larger=("Hidden chains",)),
    ],
)
def test_tagged_heading_that_is_no_title_leaves_it_to_the_layout(tagged: Heading) -> None:
    assert value(title_of([line("Hidden chains", 20, 0.1)], tagged=[tagged])) == "Hidden chains"


def test_next_tagged_heading_counts_where_the_first_is_a_masthead() -> None:
    tagged = [
        Heading("H1", "General Assembly", 24),
        Heading("H1", "Hidden chains", 14, ("General Assembly",)),
    ]
    assert value(title_of([line("The first harbour", 20, 0.2)], tagged=tagged)) == "Hidden chains"


def test_tagged_title_may_be_small() -> None:
    tagged = [Heading("Title", "Hidden chains", 12, larger=("The first harbour",))]
    assert value(title_of([line("The first harbour", 20, 0.2)], tagged=tagged)) == "Hidden chains"


def test_page_in_one_type_gives_its_first_plausible_line() -> None:
    page = FirstPage(2, f"12\nA/80/150\nHidden chains in fishing\n{BODY}", frozenset())
    title = find_title([], page, Seen(tuple, lambda: BODY_LINES))
    assert title is not None
    assert (title.value, title.origin, title.evidence[0].pages) == (
        "Hidden chains in fishing",
        Origin.DETECTED,
        (2,),
    )


def test_page_without_any_plausible_line_gives_none() -> None:
    assert find_title(["untitled"], FirstPage(1, "12\n---\nabc", frozenset()), Seen(tuple, tuple)) is None


def test_capitals_become_title_case_but_acronyms_stay() -> None:
    title = title_case("REPORT ON THE ILO (GENEVA) IN SOUTH-EASTERN ASIA", frozenset({"ILO"}))
    assert title == "Report on the ILO (Geneva) in South-Eastern Asia"


@pytest.mark.parametrize(
    "name",
    [
        "International Labour Organization",
        "MINISTRY OF WORK",
        "The U.S. Department of Labor",
        "Министерство труда",
    ],
)
def test_organisations_name_is_known_in_a_line_of_its_own(name: str) -> None:
    assert names_organisation(name)


@pytest.mark.parametrize(
    "line",
    [
        "Hidden chains: a report to the ministry",
        "The ministry did not answer our letter",
        "Ministry of Work, 2019",
    ],
)
def test_line_that_only_mentions_an_organisation_is_no_name(line: str) -> None:
    assert not names_organisation(line)


@pytest.mark.parametrize(
    "text",
    [
        "Policy brief",
        "Policy Brief No. 12",
        "Working paper 7",
        "II. Methodology",
        "3.1 Key findings",
        "Table des matières",
    ],
)
def test_kinds_and_parts_of_publications_are_labels(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize("text", ["Annual report 2019", "Report on fees", "Guidelines for inspectors"])
def test_what_says_more_is_no_label(text: str) -> None:
    assert not is_label(text)
