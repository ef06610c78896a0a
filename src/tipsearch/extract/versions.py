"""Versions of the libraries in native code that read documents, as far as packages don't tell them."""

from __future__ import annotations


def pdfium() -> str:
    """The version of PDFium that pypdfium2 brings along (``151.0.7891.0``).

    Raises:
        ImportError, OSError: it can't be loaded.
    """
    from pypdfium2.version import PDFIUM_INFO  # noqa: PLC0415  loads a library of 7 MB

    return str(PDFIUM_INFO)
