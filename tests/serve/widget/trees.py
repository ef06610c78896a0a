"""What is served as trees: whole pages, and what is pasted into one."""

from __future__ import annotations

from typing import Any

import lxml.html


def tree(text: str) -> Any:
    """A page."""
    return lxml.html.document_fromstring(text)


def parts(text: str) -> Any:
    """Pieces of a page."""
    return lxml.html.fragments_fromstring(text)
