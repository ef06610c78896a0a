"""What a file is told by its content."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import pdf

from tipsearch.extract import read
from tipsearch.extract.sniff import HTML, PDF, TEXT, sniff
from tipsearch.model import JSONL, FileState


def zipped(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "text")
    return out.getvalue()


OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize("junk", [b"", b"\n", b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1000])
def test_pdf_header_counts_anywhere_in_the_first_kilobyte(junk: bytes) -> None:
    assert sniff(junk + pdf("A page"), "a.bin").media_type == PDF


def test_pdf_header_beyond_the_first_kilobyte_does_not_count() -> None:
    assert sniff(b"x " * 600 + b"%PDF-1.4", "a.txt").media_type == TEXT


def test_page_that_only_speaks_of_a_pdf_header_is_a_web_page() -> None:
    assert sniff(b"<!doctype html><p>Files begin with %PDF-1.4.</p>", "a.pdf").media_type == HTML


def test_pdf_whose_beginning_is_lost_is_still_a_pdf() -> None:
    assert sniff(pdf("A page")[12:], "cut.pdf").media_type == PDF


@pytest.mark.parametrize(
    "start",
    [
        b"<!DOCTYPE html>",
        b"  \n<HTML lang='en'>",
        b"\xef\xbb\xbf<html>",
        b"<!-- saved -->\n<body>",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
        "<html>".encode("utf-16"),
        b"<div class='page'>",
    ],
)
def test_web_page_is_recognised_under_any_name(start: bytes) -> None:
    assert sniff(start, "report.pdf").media_type == HTML


def test_text_is_text_even_if_it_is_called_a_pdf() -> None:
    assert sniff("Übersicht: access denied".encode(), "report.pdf").media_type == TEXT


def test_name_decides_only_between_kinds_of_text() -> None:
    assert sniff(b'{"id": "a"}\n', "a.jsonl").media_type == JSONL
    assert sniff(b'{"id": "a"}\n', "a.txt").media_type == TEXT
    assert sniff(b"Just words", "a.html").media_type == HTML
    assert sniff(OLE2, "a.html").media_type == "application/x-ole-storage"


@pytest.mark.parametrize(
    ("data", "media_type", "words"),
    [
        (OLE2 + "WordDocument".encode("utf-16-le"), "application/msword", "Word document (.doc)"),
        (OLE2, "application/x-ole-storage", "old Office"),
        (
            zipped("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "(.docx)",
        ),
        (zipped("a.pdf"), "application/zip", "unpack it"),
        (gzip.compress(b"%PDF-1.4", mtime=0), "application/gzip", "unpack it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png", "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "image/jpeg", "OCR"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp", "OCR"),
        (b"{\\rtf1 text}", "application/rtf", "save it as PDF"),
        (b"%!PS-Adobe-3.0", "application/postscript", "convert it to PDF"),
        (b"<?xml version='1.0'?><rss/>", "application/xml", "XML"),
        (b"TY  - RPRT\nTI  - A\nER  - \n", "application/x-research-info-systems", "references"),
        (bytes(range(256)) * 4, "application/octet-stream", "unknown kind"),
    ],
)
def test_unreadable_type_is_named_with_what_to_do(data: bytes, media_type: str, words: str) -> None:
    extraction = read(data, "report.pdf")
    assert (extraction.state, extraction.media_type) == (FileState.UNSUPPORTED, media_type)
    assert words in extraction.reason


@pytest.mark.parametrize("data", [b"", bytes(5000)])
def test_file_without_content_is_malformed(data: bytes) -> None:
    extraction = read(data, "report.pdf")
    assert extraction.state is FileState.MALFORMED
    assert "get it again" in extraction.reason


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_text(encoding: str) -> None:
    assert sniff("<html><p>Wages owed".encode(encoding), "a.bin").media_type == HTML
    assert sniff("Работникам не заплатили за работу".encode(encoding), "a.bin").media_type == TEXT


def test_zero_bytes_make_a_page_no_unknown_data() -> None:
    assert (
        sniff(b"<html><body><p>Wages owed</p>" + bytes(500) + b"</body></html>", "a.html").media_type == HTML
    )


def test_many_comments_before_a_page_cost_no_time() -> None:
    # Ways to part them would be more than there are atoms, were the pattern allowed to try them.
    assert sniff(b"<!-- x -->" * 400 + b"wages", "a.html").media_type == HTML


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["a.pdf", "a.html", "a", "a.jsonl"]))
def test_any_bytes_have_a_type(data: bytes, name: str) -> None:
    assert "/" in sniff(data, name).media_type


def test_a_page_saved_as_a_web_archive_is_not_read_as_its_source() -> None:
    archive = (
        b"From: <Saved by Blink>\r\nSubject: A page\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\r\n<html lang=3D"en"><p>Debt=20bondage</p>'
    )
    found = sniff(archive, "saved.mhtml")
    assert found.media_type == "multipart/related"
    assert "HTML" in found.todo
