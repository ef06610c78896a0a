from __future__ import annotations

import pytest

from tipsearch.cite.reference import reference
from tipsearch.model import Document

_REPORT = Document(
    id="a",
    title="Who pays for the job?",
    publisher="Example Institute",
    authors=("Asha Rai",),
    date="2024-03",
    url="https://example.org/a",
)


def test_a_reference_names_author_year_title_publisher_and_address() -> None:
    assert reference(_REPORT) == (
        "Asha Rai (2024). Who pays for the job? Example Institute. https://example.org/a"
    )


def test_a_page_is_named_as_it_is_printed() -> None:
    assert reference(_REPORT, "iv").startswith("Asha Rai (2024). Who pays for the job? (p. iv). Example")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (Document(id="a", title="T", publisher="P"), "P (n.d.). T."),
        (Document(id="a", title="T", date="2020"), "T (2020)."),
        (Document(id="a", title="T", authors=("P",), publisher="P", date="2020"), "P (2020). T."),
        (Document(id="a", title="T", authors=("A", "B", "C"), date="2020"), "A, B & C (2020). T."),
        (Document(id="a", title="T", authors=tuple("ABCDEFG"), date="2020"), "A et al. (2020). T."),
        (Document(id="a", title="A\nB", url="javascript:x", date="2020"), "A B (2020)."),
    ],
)
def test_what_is_unknown_leaves_no_hole(document: Document, expected: str) -> None:
    assert reference(document) == expected
