"""What all formats say alike: dates that can be cited, keywords in words, summaries that say where they break off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tipsearch.cite import FORMATS, said
from tipsearch.cite.names import STYLES
from tipsearch.cite.reference import reference
from tipsearch.cite.styles import formatted
from tipsearch.model import Basis, Document, Evidence, Field, Origin, Tag

_CLOCK = (Evidence("metadata", "CreationDate: D:20260412"),)
_UNDATED = Document(
    id="d",
    title="Declaration",
    publisher="Example Institute",
    date="2026-04",
    basis=(Basis(Field.DATE, Origin.DETECTED, 0.2, _CLOCK),),
    media_type="application/pdf",
)
_RECORDS = [name for name in FORMATS if name != "csv"]


@pytest.mark.parametrize("name", _RECORDS)
def test_the_clock_of_a_file_alone_is_no_year_to_cite(name: str) -> None:
    assert "2026" not in FORMATS[name].write([_UNDATED])


@pytest.mark.parametrize("style", STYLES)
def test_no_style_cites_the_clock_of_a_file(style: str) -> None:
    assert "2026" not in formatted(_UNDATED, style, "en")
    assert "Declaration" in formatted(_UNDATED, style, "en")


def test_the_short_reference_says_that_there_is_no_date() -> None:
    assert reference(_UNDATED) == "Example Institute (n.d.). Declaration."


@pytest.mark.parametrize(
    "ground",
    [
        Basis(Field.DATE, Origin.DETECTED, 0.3, _CLOCK),
        Basis(Field.DATE, Origin.DETECTED, 0.2, (Evidence("title", "Report 2026"),)),
        Basis(Field.DATE, Origin.SOURCE, 0.62, (Evidence("metadata", "dc:date: 2026"),)),
        Basis(Field.DATE, Origin.LIBRARIAN),
    ],
    ids=["the text knows that year", "the title names it", "the source says so", "a librarian says so"],
)
def test_what_anything_else_speaks_for_is_cited(ground: Basis) -> None:
    assert said.date_of(replace(_UNDATED, basis=(ground,))) == "2026-04"


def test_keywords_are_what_values_are_called() -> None:
    document = Document(
        id="d",
        title="D",
        topics=(Tag("debt-bondage", Origin.SOURCE),),
        regions=(Tag("cote-d-ivoire", Origin.SOURCE),),
    )
    names = {("topic", "debt-bondage"): "Debt bondage", ("region", "cote-d-ivoire"): "Côte d’Ivoire"}
    written = {
        name: FORMATS[name].write([document], lambda facet, value: names[facet, value]) for name in FORMATS
    }
    assert "KW  - Debt bondage\r\nKW  - Côte d’Ivoire\r\n" in written["ris"]
    assert "keywords = {Debt bondage, Côte d’Ivoire}" in written["bibtex"]
    assert '"keyword": "Debt bondage, Côte d’Ivoire"' in written["csl-json"]
    assert "cote-d-ivoire" in written["csv"]


def test_a_summary_that_breaks_off_says_so() -> None:
    cut = replace(_UNDATED, abstract="word " * 60 + "and then")
    for name in _RECORDS:
        assert "and then …" in FORMATS[name].write([cut])
    whole = ("word " * 60 + "and then.", "word " * 60 + "“and then?”", "A guide for inspectors")
    assert [said.summary_of(replace(cut, abstract=one)) for one in whole] == list(whole)
