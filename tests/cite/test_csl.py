from __future__ import annotations

import json

import pytest

from tipsearch.cite import FORMATS, csl
from tipsearch.model import Document, Origin, Tag


def test_a_report_becomes_a_csl_item() -> None:
    document = Document(
        id="fees",
        title="Who pays\nfor the job?",
        url="https://example.org/fees",
        publisher="Example Institute",
        authors=("Asha Rai",),
        date="2024-03",
        language="en",
        types=(Tag("guidance", Origin.SOURCE),),
        page_count=4,
    )
    assert json.loads(FORMATS["csl-json"].write([document])) == [
        {
            "id": "fees",
            "type": "report",
            "title": "Who pays for the job?",
            "author": [{"literal": "Asha Rai"}],
            "issued": {"date-parts": [[2024, 3]]},
            "publisher": "Example Institute",
            "language": "en",
            "number-of-pages": "4",
            "URL": "https://example.org/fees",
        }
    ]


def test_what_is_unknown_is_left_out() -> None:
    assert csl.item(Document(id="a", title="A")) == {"id": "a", "type": "document", "title": "A"}


def test_other_scripts_stay_readable() -> None:
    assert "السخرة" in FORMATS["csl-json"].write([Document(id="a", title="السخرة")])


@pytest.mark.parametrize(
    ("types", "media_type", "kind"),
    [
        (("covid-19", "guidance"), "text/html", "report"),
        (("news-analysis",), "text/html", "article-newspaper"),
        ((), "text/html", "webpage"),
        (("covid-19",), "application/pdf", "report"),
    ],
)
def test_the_kind_comes_from_the_first_known_type_or_the_file(
    types: tuple[str, ...], media_type: str, kind: str
) -> None:
    tags = tuple(Tag(name, Origin.SOURCE) for name in types)
    assert csl.item(Document(id="a", title="A", types=tags, media_type=media_type))["type"] == kind
