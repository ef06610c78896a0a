"""Bytes to text: byte order mark, then what the page declares, then UTF-8, then a guess.

The order is that of the HTML Standard's encoding sniffing (https://html.spec.whatwg.org/#determining-the-character-encoding),
but for UTF-8, which is tried before any guess, as other encodings hardly ever are valid UTF-8 by chance.
"""

from __future__ import annotations

import codecs
import re

# Before those of UTF-16, as the UTF-32 one begins with it.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
#: The standard looks for a declaration in the first 1,024 bytes; real pages put scripts before it.
_HEAD = 8192
#: A guess is made from the first bytes: it takes time, and more of them change nothing.
_SAMPLE = 65536
#: Encodings that old pages have, as Python names them; of equally likely ones the first is taken (in Spanish text,
#: nothing tells cp1250 from cp1252).
_OLD_ENCODINGS = (
    "cp1252",
    "cp1251",
    "cp1250",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp1258",
    "cp874",
    "koi8_r",
    "gb18030",
    "big5",
    "cp932",
    "euc_jp",
    "cp949",
    "utf_16_le",
    "utf_16_be",
)
# Python loads an encoding when it is first wanted, which an extraction process that may open no files can't do.
for _name in (*_OLD_ENCODINGS, *(encoding for _, encoding in _MARKS)):
    codecs.lookup(_name)

#: What pages mean by these names, by the Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-user-defined": "cp1252",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}


def decode(data: bytes, *, html: bool = False) -> str:
    """The text of a file, without zero bytes; what cannot be decoded becomes U+FFFD.

    Args:
        data: the file.
        html: look for a declaration in it.
    """
    return _decode(data, html=html).replace("\0", "")


def _decode(data: bytes, *, html: bool) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    for encoding in (*_declared(data, html=html), "utf-8"):
        try:
            return data.decode(encoding)
        except (
            UnicodeDecodeError,
            LookupError,
        ):  # LookupError: no such encoding, or one like base64 that is none of text
            continue
    return data.decode(_guess(data), errors="replace")


def _declared(data: bytes, *, html: bool) -> tuple[str, ...]:
    match = _DECLARED.search(data[:_HEAD]) if html else None
    if match is None:
        return ()
    name = match[1].decode("ascii", errors="replace").lower()
    return (_MEANT.get(name, name),)


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 20 ms to load, and wanted for old pages only

    matches = from_bytes(data[:_SAMPLE], cp_isolation=list(_OLD_ENCODINGS))
    best = matches.best()
    if best is None:
        return _OLD_ENCODINGS[0]
    as_good = [
        match.encoding for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)
    ]
    return next(
        encoding for encoding in (*_OLD_ENCODINGS, best.encoding) if encoding in {best.encoding, *as_good}
    )
