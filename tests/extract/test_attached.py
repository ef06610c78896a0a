"""Files inside a PDF: each that can be read is a document of its own, each that can't is named."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import closing

import pypdfium2
import pytest
from pdfs import Text, pdf

from tipsearch.extract import read
from tipsearch.extract.pdf import attached
from tipsearch.model import Extraction, Field, FileState, RecordKind
from tipsearch.reading import _ENCODER, answer

PARAGRAPH = "Recruitment fees bind workers to their employers\nbefore they have earned a single wage."
INNER = pdf((Text("Hidden chains in fishing", 24), Text(PARAGRAPH.partition("\n")[0], 11, y=600)))
HTML = b"<!doctype html><title>Debts</title><h1>Debts of workers</h1><p>They owe their employer much.</p>"


def portfolio(
    *files: tuple[str, bytes],
    cover: str = PARAGRAPH,
    pinned: tuple[str, bytes] | None = None,
    path: str = "folder/cover.pdf",
) -> Extraction:
    more: dict[int, bytes] = {}
    every = [*files, *([pinned] if pinned else [])]
    for at, (name, data) in enumerate(every):
        more[50 + 2 * at] = f"<</Type/Filespec/F({name})/UF({name})/EF<</F {51 + 2 * at} 0 R>>>>".encode()
        short = zlib.compress(data)
        more[51 + 2 * at] = b"<</Type/EmbeddedFile/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
            len(short),
            short,
        )
    names = " ".join(f"({at:04}) {50 + 2 * at} 0 R" for at in range(len(files)))
    page = (
        f"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[9 9 19 19]/FS {48 + 2 * len(every)} 0 R>>]"
        if pinned
        else ""
    )
    catalog = f"/Names<</EmbeddedFiles<</Names[{names}]>>>>" if files else ""
    return read(pdf(cover, catalog=catalog, more=more, page=page), path)


def identifiers(extraction: Extraction) -> list[str | None]:
    """Those of the attached documents."""
    return [record.first(Field.IDENTIFIER) for record in extraction.records if record.number]


def mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def test_attached_pdf_is_a_document_of_its_own() -> None:
    extraction = portfolio(("chains.pdf", INNER))
    cover, inner = extraction.records
    assert (extraction.state, extraction.issues) == (FileState.OK, ())
    assert cover.pages[0].text == PARAGRAPH
    assert (inner.kind, inner.number) == (RecordKind.DOCUMENT, 1)
    assert inner.first(Field.TITLE) == "Hidden chains in fishing"
    assert identifiers(extraction) == [f"cover.pdf#attachment:{mark(INNER)}:0:chains.pdf"]
    assert answer(_ENCODER.encode(extraction)) == extraction


def test_attachments_of_one_name_in_files_of_one_name_are_different_documents() -> None:
    one, other = (
        portfolio(("annex.txt", f"What the workers of {place} paid".encode()), path=f"{place}/report.pdf")
        for place in ("Ghana", "Nepal")
    )
    assert set(identifiers(one)).isdisjoint(identifiers(other))


def test_different_attachments_of_one_name_are_different_documents() -> None:
    extraction = portfolio(("annex.txt", b"Fees of workers"), ("annex.txt", b"Debts of workers"))
    assert len(set(identifiers(extraction))) == 2


def test_each_line_of_attached_json_lines_is_a_document() -> None:
    lines = b'{"id": 1, "text": "Fees of workers"}\n{"id": 2, "text": "Debts of workers"}'
    assert len(set(identifiers(portfolio(("all.jsonl", lines))))) == 2


def test_same_attachment_keeps_its_identifier() -> None:
    one, other = (portfolio(("annex.txt", b"Fees of workers"), cover=cover) for cover in ("Old", "New"))
    assert identifiers(one) == identifiers(other)


def test_attached_page_and_text_are_documents_too() -> None:
    extraction = portfolio(
        ("debts.html", HTML), ("my_notes.txt", b"Notes\n\nWhat the workers said about their debts.")
    )
    assert [record.number for record in extraction.records] == [0, 1, 2]
    assert extraction.records[1].first(Field.TITLE) == "Debts of workers"
    assert "workers said" in extraction.records[2].pages[0].text


def test_document_without_a_title_is_named_like_its_file() -> None:
    extraction = portfolio(("annual_data.txt", b"1 2 3 aaa bbb ccc\n" * 3))
    assert all(record.first(Field.TITLE) for record in extraction.records[1:])


def test_file_pinned_to_a_page_is_read_once() -> None:
    extraction = portfolio(pinned=("chains.pdf", INNER))
    assert [record.first(Field.TITLE) for record in extraction.records[1:]] == ["Hidden chains in fishing"]
    both = portfolio(("chains.pdf", INNER), pinned=("chains.pdf", INNER))
    assert len(both.records) == len(extraction.records)


def test_cover_without_text_leaves_the_parts() -> None:
    extraction = portfolio(("chains.pdf", INNER), cover="")
    assert extraction.state is FileState.OK
    assert [record.number for record in extraction.records] == [1]


def test_attachment_of_an_attachment_is_left_alone() -> None:
    more = {
        50: b"<</Type/Filespec/F(b.txt)/EF<</F 51 0 R>>>>",
        51: b"<</Length 40>>stream\nThis is deep inside, and nobody asked.  \nendstream",
    }
    nested = pdf(PARAGRAPH, catalog="/Names<</EmbeddedFiles<</Names[(b) 50 0 R]>>>>", more=more)
    assert len(portfolio(("nested.pdf", nested)).records) == 2


@pytest.mark.parametrize(
    ("name", "data", "state"),
    [
        ("song.mp3", b"ID3\3" + b"x" * 99, FileState.UNSUPPORTED),
        ("empty.pdf", pdf(""), FileState.NO_TEXT),
        ("broken.pdf", b"%PDF-1.7 nonsense", FileState.MALFORMED),
    ],
)
def test_attachment_that_cannot_be_read_is_named(name: str, data: bytes, state: FileState) -> None:
    extraction = portfolio((name, data))
    assert (extraction.state, len(extraction.records)) == (FileState.OK, 1)
    assert [(issue.page, issue.state) for issue in extraction.issues] == [(1, state)]
    assert f"«{name}»" in extraction.issues[0].reason


def test_more_attachments_than_are_read_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "MAX_FILES", 2)
    extraction = portfolio(*((f"{at}.pdf", pdf(f"{at} {PARAGRAPH}")) for at in range(5)))
    assert len(extraction.records) == 3
    assert [issue.state for issue in extraction.issues] == [FileState.TOO_BIG]


def test_longer_attachments_than_are_read_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "MAX_BYTES", len(INNER) + 10)
    extraction = portfolio(("one.pdf", INNER), ("two.pdf", INNER.replace(b"fishing", b"farming")))
    assert len(extraction.records) == 2
    (issue,) = extraction.issues
    assert issue.state is FileState.TOO_BIG
    assert "«two.pdf»" in issue.reason


def test_shorter_attachment_behind_a_too_long_one_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "MAX_BYTES", 100)
    extraction = portfolio(("long.txt", b"Fees of workers " * 10), ("short.txt", b"Debts of workers"))
    assert [record.pages[0].text for record in extraction.records] == [PARAGRAPH, "Debts of workers"]


def test_file_pinned_and_listed_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "MAX_BYTES", len(INNER) + 10)
    extraction = portfolio(("chains.pdf", INNER), pinned=("chains.pdf", INNER))
    assert (len(extraction.records), extraction.issues) == (2, ())


def test_pinned_files_share_the_bound_of_the_listed_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "MAX_BYTES", len(INNER) + 10)
    extraction = portfolio(("chains.pdf", INNER), pinned=("other.pdf", INNER))
    assert len(extraction.records) == 2
    assert "«other.pdf»" in extraction.issues[0].reason


def test_many_long_attachments_are_never_in_memory_together() -> None:
    mebibyte = b"Fees of workers\n" * (1 << 16)
    more: dict[int, bytes] = {}
    long = zlib.compress(mebibyte * 40)
    for at in range(21):
        more[50 + 2 * at] = f"<</Type/Filespec/F({at}.bin)/EF<</F {51 + 2 * at} 0 R>>>>".encode()
        more[51 + 2 * at] = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(long), long)
    names = " ".join(f"({at:04}) {50 + 2 * at} 0 R" for at in range(21))
    with closing(
        pypdfium2.PdfDocument(
            pdf(PARAGRAPH, catalog=f"/Names<</EmbeddedFiles<</Names[{names}]>>>>", more=more)
        )
    ) as document:
        found = attached.Attachments()
        found.take_listed(document)
    assert [bool(one.data) for one in found.files] == [True] + 20 * [False]
    assert all(one.is_left_out for one in found.files[1:])


def test_attachments_are_decoded_so_far_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "MAX_BYTES", 100)
    monkeypatch.setattr(attached, "MAX_DECODED", 300)
    long = [(f"{at}.txt", b"Fees of workers " * 10) for at in range(2)]
    extraction = portfolio(*long, ("short.txt", b"Debts of workers"))
    assert [issue.state for issue in extraction.issues] == 3 * [FileState.TOO_BIG]


def test_names_that_lead_elsewhere_keep_their_last_part() -> None:
    extraction = portfolio(("../../etc/chains.pdf", INNER))
    assert identifiers(extraction) == [f"cover.pdf#attachment:{mark(INNER)}:0:chains.pdf"]
