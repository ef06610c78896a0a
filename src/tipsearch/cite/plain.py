"""Text that is safe to hand on: without control characters, on one line, with links that can only be web links."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: C0 and C1 controls but tab and newline; bidirectional embeddings, overrides and isolates; the byte order mark;
#: lone surrogates (undecodable file names). They can reorder or hide text on a screen (Unicode TR 36, section 2.6).
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
#: Schemes that a link from a document's metadata may have (OWASP ASVS 5.0, 1.2.2).
_SCHEMES = ("http", "https")


def without_controls(text: str) -> str:
    """The text without control, bidirectional-override and surrogate characters; tabs and newlines stay."""
    return _CONTROLS.sub("", text)


def one_line(text: str) -> str:
    """The text without controls, each run of white space (line ends, too) being one space."""
    # Nearly all is on one line already, and a page asks it of hundreds of labels; what is printable has spaces and no other gaps.
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    return " ".join(without_controls(text.replace("\r", " ")).split())


def shortened(text: str, most: int) -> str:
    """The text on one line, in `most` characters; one that is longer ends with a whole word and an ellipsis."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 2].rsplit(maxsplit=1)[0]} …"


def web_url(url: str | None) -> str | None:
    """The URL if it is an ``http`` or ``https`` one with a host, None otherwise (``javascript:``, a file, nonsense)."""
    if url is None:
        return None
    cleaned = without_controls(url).strip()
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        # Such as an unclosed "[" of an IPv6 address.
        return None
    return cleaned if parts.scheme in _SCHEMES and parts.hostname else None
