from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tipsearch.cite import FORMATS
from tipsearch.model import Document, Origin, Tag

_REPORT = Document(
    id="fees",
    title="Who pays for the job?",
    url="https://example.org/fees",
    file_url="https://example.org/fees.pdf",
    publisher="Example Institute",
    authors=("Asha Rai", "International Labour Organization"),
    date="2024-03",
    language="en",
    types=(Tag("publication", Origin.SOURCE),),
    topics=(Tag("debt-bondage", Origin.SOURCE),),
    abstract="Fees\nand debts.",
)


def _fields(text: str) -> list[tuple[str, str]]:
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert all(line[2:6] == "  - " for line in lines)
    return [(line[:2], line[6:]) for line in lines]


def test_a_report_is_written_field_by_field() -> None:
    assert _fields(FORMATS["ris"].write([_REPORT])) == [
        ("TY", "RPRT"),
        ("ID", "fees"),
        ("TI", "Who pays for the job?"),
        ("AU", "Asha Rai"),
        ("AU", "International Labour Organization"),
        ("PY", "2024"),
        ("DA", "2024/03//"),
        ("PB", "Example Institute"),
        ("LA", "en"),
        ("AB", "Fees and debts."),
        ("KW", "debt bondage"),
        ("UR", "https://example.org/fees"),
        ("L1", "https://example.org/fees.pdf"),
        ("ER", ""),
    ]


def test_records_follow_one_another() -> None:
    tags = [tag for tag, _ in _fields(FORMATS["ris"].write([_REPORT, Document(id="b", title="B")]))]
    assert (tags.count("TY"), tags.count("ER"), tags[0], tags[-1]) == (2, 2, "TY", "ER")


def test_a_web_page_is_not_a_report() -> None:
    page = Document(id="a", title="A", media_type="text/html")
    assert _fields(FORMATS["ris"].write([page]))[0] == ("TY", "ELEC")


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=2))
def test_no_text_can_begin_a_field_of_its_own(title: str, authors: list[str]) -> None:
    document = Document(id="a", title=title or "x", authors=tuple(authors), publisher=title)
    tags = [tag for tag, _ in _fields(FORMATS["ris"].write([document]))]
    assert tags[0] == "TY"
    assert tags[-1] == "ER"
    assert set(tags) <= {"TY", "ID", "TI", "AU", "PB", "ER"}


def test_only_web_addresses_are_handed_on() -> None:
    document = Document(id="a", title="A", url="javascript:alert(1)", file_url="file:///etc/passwd")
    assert {"UR", "L1"}.isdisjoint(tag for tag, _ in _fields(FORMATS["ris"].write([document])))
