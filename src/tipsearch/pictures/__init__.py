"""Pictures of pages for readers: drawn in a confined child, kept on disk within bounds.

::

    PDF ─► `ocr.rendering` (nursery: one page to grey pixels) ─► `png` ─► `cache` (a folder of bounded size) ─► reader

As with OCR the untrusted file stays in the child; what comes back are pixels of known size, and the file that a browser
is given is written here, not by the child.
"""

from tipsearch.pictures.cache import PictureCache
from tipsearch.pictures.painter import PagePainter

__all__ = ["PagePainter", "PictureCache"]
