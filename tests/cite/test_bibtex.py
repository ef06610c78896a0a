from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.cite import bibtex
from tipsearch.cite.plain import one_line
from tipsearch.model import Document, Origin, Tag

_ESCAPED = {
    r"\textbackslash{}": "\\",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    **{f"\\{sign}": sign for sign in "{}%#$&_"},
}
_ANY_ESCAPE = re.compile("|".join(map(re.escape, _ESCAPED)))


def _read(text: str) -> tuple[str, dict[str, str]]:
    """Entry type and key, and the fields with their outer braces and escapes taken off, as BibTeX reads them."""
    head = re.match(r"@(\w+\{[^,\s]*),\n", text)
    assert head is not None
    fields = {}
    at = head.end()
    while match := re.compile(r"  (\w+) = ").match(text, at):
        end = _end_of_value(text, match.end())
        fields[match[1]] = _unescaped(text[match.end() : end].strip("{}") if text[end - 1] == "}" else text[match.end() : end])  # fmt: skip
        at = end + len(",\n")
    assert text[at - 1 :] in ("}\n", "\n}\n"), text[at - 1 :]
    return head[1], fields


def _end_of_value(text: str, start: int) -> int:
    depth = 0
    at = start
    while True:
        if text[at] == "\\":
            at += 1
        elif text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
        at += 1
        if depth == 0 and text[at] in ",\n":
            return at


def _unescaped(text: str) -> str:
    return _ANY_ESCAPE.sub(lambda match: _ESCAPED[match[0]], text)


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
    assert bibtex.write([document]) == (
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
    # Braces of the title's own at its ends would be taken off with the outer ones by this little reader.
    text = f"x {title} x"
    assert _read(bibtex.write([Document(id="a", title=text)]))[1] == {"title": one_line(text)}


def test_a_report_of_nobody_is_no_technical_report() -> None:
    document = Document(id="a", title="A", types=(Tag("publication", Origin.SOURCE),))
    assert bibtex.write([document]).startswith("@misc{")


def test_a_title_cannot_end_its_field() -> None:
    document = Document(id="a", title="A}}, author = {{Nobody}}, note = {{", abstract="\\}")
    text = bibtex.write([document])
    assert r"\}\}, author = \{\{Nobody\}\}, note = \{\{" in text
    assert text.count("\n") == 4


def test_an_address_cannot_end_its_field() -> None:
    document = Document(id="a", title="A", url="https://example.org/}}, note = {{x\\")
    assert "url = {https://example.org/%7D%7D,%20note%20=%20%7B%7Bx%5C}" in bibtex.write([document])


@pytest.mark.parametrize(
    ("document", "key"),
    [
        (Document(id="x1", title="T", authors=("Élodie Müller",), date="2020"), "elodie-2020-x1"),
        (Document(id="x1", title="T", publisher="{Evil}, Inc."), "evil-x1"),
        (Document(id="x,1}", title="T", publisher="معهد"), "t-x-1"),
        (Document(id="x1", title="معهد", publisher="معهد"), "x1"),
        (Document(id="x1", title="T", publisher="U.S. Department of Labor", date="2021"), "us-2021-x1"),
        (Document(id="x1", title="T", publisher="The Example Fund"), "example-x1"),
        (Document(id="x1", title="A guide to fees"), "guide-x1"),
    ],
)
def test_keys_are_plain(document: Document, key: str) -> None:
    assert bibtex.key_of(document) == key
    assert re.fullmatch(r"[a-z0-9-]+", key)
