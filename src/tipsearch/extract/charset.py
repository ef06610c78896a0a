"""Bytes to text: byte order mark, UTF-16 and UTF-8 by their build, what the page declares, a guess.

The order is that of the HTML Standard's encoding sniffing (https://html.spec.whatwg.org/#determining-the-character-encoding),
but that UTF-8 is recognised before any declaration: other text is hardly ever valid UTF-8 by chance, while many pages
declare what they aren't in.
"""

from __future__ import annotations

import codecs
import re

from tipsearch.extract.charset_guess import SAMPLE, charsets, fit, guess

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
_HEAD = 65536
#: So many characters of several bytes are enough to call a text UTF-8 whatever it declares: in double-byte sets, a
#: word or two can look like it by chance.
_ENOUGH_UTF_8 = 4
#: Of text of two bytes a character, at least this share are control bytes: the upper halves of all scripts but the
#: East Asian ones, and a tenth of the lower halves of those.
_LEAST_CONTROLS = 0.02
_CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20)])
#: … and no more than this share are Latin words, as in a page with stray zero bytes.
_MOST_WORDS = 0.3
_WORD = re.compile(rb"[A-Za-z]{3,}")
#: Characters of living scripts, without the rare ideographs and the private ones that any two bytes make.
_LIKELY = re.compile(
    "[\t\n\r -~\u00a0-\u1fff\u2000-\u206f\u20a0-\u20bf\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uff65\ufb50-\ufdff"
    "\ufe70-\ufefe]"
)
_LEAST_LIKELY = 0.95
#: A declared set that explains less than this is not believed if another explains that much more (see `guess`).
_POOR_FIT, _GOOD_FIT = 0.7, 0.94
#: … and only where there are so many bytes above 127: a few «×» and «½» would be letters elsewhere.
_LEAST_EVIDENCE = 30
_HIGH = bytes(range(128, 256))
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]")
#: A UTF-8 sequence read as windows-1252: «Ã©» for «é», «â€™» for «’».
_TWICE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]{1,3}"
)
_LEAST_TWICE = 3
#: Half of a surrogate pair, which old programs write as three bytes.
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
#: Name of the error handler by which single bytes in UTF-8 are read.
_SINGLE_BYTES = "tipsearch.single_bytes"


def decode(data: bytes, *, html: bool = False) -> str:
    """The text of a file, without zero bytes; what cannot be decoded becomes U+FFFD.

    Args:
        data: the file, or its beginning: a character that is cut in two at the end is left out.
        html: look for a declaration in it.
    """
    return _decode(data, html=html).replace("\0", "")


def unmarked_utf_16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: ``utf-16-le`` or ``utf-16-be`` if the text is in it, else None.

    Its many control bytes tell it from text of one byte a character; which of the two it is, the one tells that makes
    characters that texts have of nearly all of it.
    """
    sample = data[: SAMPLE if len(data) > SAMPLE else len(data) // 2 * 2]
    if len(sample) - len(sample.translate(None, _CONTROLS)) < max(2, _LEAST_CONTROLS * len(sample)):
        return None
    if sum(map(len, _WORD.findall(sample))) > _MOST_WORDS * len(sample):
        return None
    if not sample.count(0) and _is_utf_8(sample):
        return None
    texts = {name: sample.decode(name, "replace") for name in ("utf-16-le", "utf-16-be")}
    likely = {name: len(_LIKELY.findall(text)) / len(text) for name, text in texts.items()}
    best = max(likely, key=likely.__getitem__)
    return best if likely[best] > _LEAST_LIKELY and len(set(likely.values())) > 1 else None


def _decode(data: bytes, *, html: bool) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = unmarked_utf_16(data)
    if wide is not None:
        return data.decode(wide, errors="replace")
    # Its bytes are all below 128; anything else may well quote such a sequence.
    if data.isascii() and _ISO_2022_JP.search(data):
        return data.decode("iso2022_jp", "replace")
    declared = _declared(data) if html else None
    text = _utf_8(data, is_declared=declared == "utf-8", is_rival=declared in charsets().double_byte)
    return _mend_twice(text) if text is not None else _old(data, declared)


def _is_utf_8(data: bytes) -> bool:
    try:
        codecs.utf_8_decode(data, "strict", False)  # noqa: FBT003 - it takes no keywords
    except UnicodeDecodeError:
        return False
    return True


def _utf_8(data: bytes, *, is_declared: bool, is_rival: bool) -> str | None:
    """The text if it is UTF-8 but for single bytes, which are taken for windows-1252; None if it is not.

    Args:
        data: the file.
        is_declared: it says that it is UTF-8.
        is_rival: it declares a set whose text can look like UTF-8 by chance.
    """
    try:
        text, used = codecs.utf_8_decode(data, "strict", False)  # noqa: FBT003 - it takes no keywords
    except UnicodeDecodeError:
        return _mostly_utf_8(data, is_declared=is_declared)
    is_cut = used < len(data)
    if (is_rival and _wide(text) < _ENOUGH_UTF_8 and not data.isascii()) or (is_cut and not _wide(text)):
        return None
    return text


def _mostly_utf_8(data: bytes, *, is_declared: bool) -> str | None:
    text = data.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    if _wide(text) - broken < (broken if is_declared else 10 * broken):
        return None
    return data.decode("utf-8", _SINGLE_BYTES)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if _SURROGATE.match(error.object, error.start):
        return "\N{REPLACEMENT CHARACTER}", error.start + 3
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_SINGLE_BYTES, _as_windows_1252)


def _wide(text: str) -> int:
    """How many characters of a text are beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _old(data: bytes, declared: str | None) -> str:
    """Text that is not UTF-8: in the set it declares unless another one explains it far better, else in the best one."""
    if declared is not None and declared != "utf-8" and _is_believed(data, declared):
        return data.decode(declared, "replace")
    return data.decode(guess(data).codec, "replace")


def _is_believed(data: bytes, declared: str) -> bool:
    sample = data[:SAMPLE]
    if len(sample) - len(sample.translate(None, _HIGH)) < _LEAST_EVIDENCE:
        return True
    explained = fit(data, declared)
    return explained is None or explained >= _POOR_FIT or guess(data).fit < _GOOD_FIT


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data, 0, _HEAD)
    if match is None:
        return None
    label = match[1].decode("ascii", errors="replace").lower()
    name = charsets().labels.get(label, label.replace("-", "_"))
    if name == "utf_8":
        return "utf-8"
    return name if name in charsets().codecs else None


def _mend_twice(text: str) -> str:
    """A text that was encoded as UTF-8 twice, made right: «Ã©tÃ©» is «été». Any other text as it is."""
    if text.isascii() or len(_TWICE.findall(text, 0, SAMPLE)) < _LEAST_TWICE:
        return text
    outside = _TWICE.sub("", text[:SAMPLE])
    return text if _wide(outside) else _TWICE.sub(_once, text)


def _once(twice: re.Match[str]) -> str:
    try:
        return twice[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return twice[0]
