"""Reads pages that are pictures: drawn by PDFium in a limited child, read by the program tesseract in another.

::

    PDF ─► rendering (nursery: one page to grey pixels) ─► tesseract (a process a page) ─► Scan (text, confidence)

The untrusted file is never shown to tesseract, only pixels of known size; what it answers is text with confidences, judged
by `reader`. Which pages are to be read, and what becomes of their texts, is `tipsearch.pipeline.scanning`'s business.
"""

from tipsearch.ocr.reader import PageReader
from tipsearch.ocr.scanner import Wanted, painters, scan
from tipsearch.ocr.tesseract import Limits, Tesseract

__all__ = ["Limits", "PageReader", "Tesseract", "Wanted", "painters", "scan"]
