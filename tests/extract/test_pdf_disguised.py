"""Locked files, files with other names than they deserve, and messages in place of documents."""

from __future__ import annotations

import hashlib

import pytest
from pdfs import FIRST_FREE, Text, pdf

from tipsearch.extract import read
from tipsearch.model import FileState

PARAGRAPH = "Recruitment fees bind workers to their employers"
#: What passwords are filled up with (PDF 1.7, 7.6.3.3).
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
OWNER, IDENTITY, PERMISSIONS = b"O" * 32, b"i" * 16, -4


def rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked(password: bytes) -> bytes:
    """A PDF of one page, encrypted with RC4 and a key of 40 bits (revision 2) so that this password opens it."""
    padded = (password + PADDING)[:32]
    key = hashlib.md5(padded + OWNER + PERMISSIONS.to_bytes(4, "little", signed=True) + IDENTITY).digest()[:5]  # noqa: S324 - the format wants it
    entry = (
        f"/Encrypt<</Filter/Standard/V 1/R 2/P {PERMISSIONS}/O<{OWNER.hex()}>/U<{rc4(key, PADDING).hex()}>>>"
        f"/ID[<{IDENTITY.hex()}><{IDENTITY.hex()}>]"
    )
    content = f"BT /R 11 Tf 60 700 Td ({PARAGRAPH}) Tj ET\n".encode()
    number = FIRST_FREE + 1
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]  # noqa: S324 - as above
    plain = pdf((Text(PARAGRAPH),), trailer=entry)
    start = plain.index(b"stream\n", plain.index(b"%d 0 obj" % number)) + len(b"stream\n")
    length = plain.index(b"\nendstream", start) - start
    return plain[:start] + rc4(own, content.ljust(length)) + plain[start + length :]


def test_encrypted_document_without_a_password_is_read() -> None:
    assert read(locked(b""), "report.pdf").records[0].pages[0].text == PARAGRAPH


def test_document_with_a_password_says_so() -> None:
    extraction = read(locked(b"secret"), "report.pdf")
    assert extraction.state is FileState.ENCRYPTED
    assert "password" in extraction.reason


@pytest.mark.parametrize(
    "junk", [b"\r\n" * 20, b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n", b"\0" * 900]
)
def test_junk_before_the_header_is_passed_over(junk: bytes) -> None:
    extraction = read(junk + pdf(PARAGRAPH), "report.pdf")
    assert extraction.state is FileState.OK
    assert extraction.records[0].pages[0].text == PARAGRAPH


def test_web_page_named_like_a_pdf_is_read_as_one() -> None:
    page = f"<!doctype html><title>Debts</title><h1>Debts</h1><p>{PARAGRAPH}.</p>".encode()
    extraction = read(page, "report.pdf")
    assert (extraction.state, extraction.media_type) == (FileState.OK, "text/html")


def test_word_document_named_like_a_pdf_says_what_to_do() -> None:
    data = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    extraction = read(data, "report.pdf")
    assert extraction.state is FileState.UNSUPPORTED
    assert "Word" in extraction.reason


@pytest.mark.parametrize(
    "message", ["404 Not Found\nnginx", "The document you requested\ndoes not exist.", "Página no encontrada"]
)
def test_message_in_place_of_a_document_is_pointed_out_and_stays_searchable(message: str) -> None:
    extraction = read(pdf(message), "report.pdf")
    assert extraction.state is FileState.OK
    assert [(issue.page, issue.state) for issue in extraction.issues] == [(1, FileState.MALFORMED)]


@pytest.mark.parametrize(
    "pages",
    [
        ["Our website could not be reached: 404 not found", "was the answer that the workers got"],
        [
            f"Page not found was what the browser said.\n{PARAGRAPH}\n"
            + "A sentence of a report follows here.\n" * 12
        ],
        ["A short notice of the ministry"],
    ],
)
def test_document_that_speaks_of_missing_pages_is_none(pages: list[str]) -> None:
    assert read(pdf(*pages), "report.pdf").issues == ()
