from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string

from tipsearch.cite import FORMATS, bibtex
from tipsearch.cite.plain import one_line
from tipsearch.model import Document, Origin, Tag

_ESCAPED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    **{f"\\{sign}": sign for sign in "%#$&_"},
}
_ANY_ESCAPE = re.compile("|".join(map(re.escape, _ESCAPED)))


def _read(*documents: Document) -> BibliographyData:
    """The entries as BibTeX reads them: it counts braces, whatever stands before them."""
    return parse_string(FORMATS["bibtex"].write(documents), "bibtex")


def _title(document: Document) -> str:
    """The only field of the only entry, without the braces around it and its escapes."""
    (entry,) = _read(document).entries.values()
    ((name, value),) = entry.fields.items()
    assert name == "title"
    return _ANY_ESCAPE.sub(lambda match: _ESCAPED[match[0]], value[1:-1])


def test_a_report_is_a_technical_report() -> None:
    document = Document(
        id="doc-7f3a",
        title="Who pays for the job?",
        url="https://example.org/a_b?c=1&d=50%25",
        publisher="Example Institute",
        authors=("Asha Rai", "International Labour Organization"),
        date="2024-03-09",
        language="en",
        types=(Tag("publication", Origin.SOURCE),),
    )
    assert FORMATS["bibtex"].write([document]) == (
        "@techreport{asha-2024-doc-7f3a,\n"
        "  title = {{Who pays for the job?}},\n"
        "  author = {{Asha Rai} and {International Labour Organization}},\n"
        "  institution = {{Example Institute}},\n"
        "  year = {2024},\n"
        "  month = mar,\n"
        "  language = {en},\n"
        "  url = {https://example.org/a_b?c=1&d=50%25}\n"
        "}\n"
    )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip))
def test_whatever_a_title_holds_is_read_back(title: str) -> None:
    assert _title(Document(id="a", title=title)) == one_line(title)


@pytest.mark.parametrize("title", ["An open { brace", "A closed } one", "Both } and {", "\\{", "\\}", "\\"])
def test_a_brace_without_its_other_half_breaks_no_file(title: str) -> None:
    entries = _read(*(Document(id=one, title=title, abstract=title) for one in "abc")).entries
    assert [key[-1] for key in entries] == ["a", "b", "c"]


def test_a_report_of_nobody_is_no_technical_report() -> None:
    document = Document(id="a", title="A", types=(Tag("publication", Origin.SOURCE),))
    assert FORMATS["bibtex"].write([document]).startswith("@misc{")


def test_a_title_cannot_end_its_field() -> None:
    document = Document(id="a", title="A}}, author = {{Nobody}}, note = {{", abstract="\\}")
    (entry,) = _read(document).entries.values()
    assert list(entry.fields) == ["title", "abstract"]


def test_an_address_cannot_end_its_field() -> None:
    document = Document(id="a", title="A", url="https://example.org/}}, note = {{x\\")
    assert "url = {https://example.org/%7D%7D,%20note%20=%20%7B%7Bx%5C}" in FORMATS["bibtex"].write(
        [document]
    )


@pytest.mark.parametrize(
    ("document", "key"),
    [
        (Document(id="x1", title="T", authors=("Élodie Müller",), date="2020"), "elodie-2020-x1"),
        (Document(id="x1", title="T", publisher="{Evil}, Inc."), "evil-x1"),
        (Document(id="x,1}", title="T", publisher="معهد"), "t-x-1-1d7d8a72"),
        (Document(id="x1", title="معهد", publisher="معهد"), "x1"),
        (Document(id="x1", title="T", publisher="U.S. Department of Labor", date="2021"), "us-2021-x1"),
        (Document(id="x1", title="T", publisher="The Example Fund"), "example-x1"),
        (Document(id="x1", title="A guide to fees"), "guide-x1"),
    ],
)
def test_keys_are_plain(document: Document, key: str) -> None:
    assert bibtex.key_of(document) == key
    assert re.fullmatch(r"[a-z0-9-]+", key)


def test_documents_with_like_ids_have_keys_of_their_own() -> None:
    like = [Document(id=one, title="T") for one in ("a-b", "A_b", "a_b", "A-B", "a--b", "é", "è", "_")]
    assert len(_read(*like).entries) == len({bibtex.key_of(one) for one in like}) == len(like)
