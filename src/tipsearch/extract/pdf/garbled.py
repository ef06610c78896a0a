"""Text that is none: fonts whose table of characters is missing or lies."""

from __future__ import annotations

import re
import string

#: More than this share of a page are characters that mean nothing: what it says is unknown.
_MAX_SENSELESS = 0.2
#: Fewer suffice where they outnumber the spaces: then they are the spaces, and the letters are shifted as well.
_MAX_AS_SPACES = 0.05
#: Signs of a subset font without a table begin at ``!``. On 8,500 pages of reports the largest share of such signs among
#: all that isn't white space was 14 % (a list of addresses).
_MAX_SIGNS, _MIN_LENGTH = 0.4, 100
_SAMPLE = 500
#: Private use and the mark for what could not be converted.
_SENSELESS = re.compile("[\ue000-\uf8ff\ufffd]")
#: Letters, digits, white space, and what leads the eye from a heading to its page number.
_USUAL = (string.ascii_letters + string.digits + string.whitespace + ".,-_?").encode()


def is_garbled(text: str, dropped: int) -> bool:
    """Whether nobody could read or find what a page says.

    Args:
        text: of the page, cleaned.
        dropped: how many control characters cleaning has dropped from it.
    """
    if dropped > _MAX_AS_SPACES * (len(text) + dropped) and dropped > text.count(" "):
        return True
    # A font without a table shows in its first words; the whole page is looked at if they are strange.
    sample = text[:_SAMPLE]
    return _is_senseless(sample, dropped) and (len(text) <= _SAMPLE or _is_senseless(text, dropped))


def _is_senseless(text: str, dropped: int) -> bool:
    senseless = dropped if text.isascii() else dropped + len(_SENSELESS.findall(text))
    if senseless > _MAX_SENSELESS * (len(text) + dropped):
        return True
    return len(text) >= _MIN_LENGTH and _signs(text) > _MAX_SIGNS * sum(map(len, text.split()))


def _signs(text: str) -> int:
    # Other scripts become «?», which counts as usual.
    return len(text.encode("ascii", "replace").translate(None, _USUAL))
