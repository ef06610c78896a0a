"""Which words can be a title: the rules that refuse file names, document symbols, mastheads and the like."""

from __future__ import annotations

import re
import unicodedata

from tipsearch.extract.dates import take_date
from tipsearch.extract.lexicon import lexicon

_MIN_LETTERS = 4
#: Two ideographs or syllables are a word (人权, 인권).
_MIN_WIDE_LETTERS = 2
_MAX_LENGTH = 300
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EXTENSION = re.compile(
    r"\.(?:docx?|pdf|indd|qx[dp]|pptx?|xlsx?|rtf|odt|odp|x?html?|wp[df5]?|tex|dvi|cdr|p65|pmd|pub|e?ps|ai|txt|tiff?|jpe?g)$",
    re.IGNORECASE,
)
_PATH = re.compile(r"^(?:[a-z]:[\\/]|\\\\|/\w+/|file:|https?:|www\.)", re.IGNORECASE)
#: A/HRC/41/46, CRC/C/SR.1234, GB.310/5, GE.08-12345, ECE/TRANS/WP.29/343/Rev.12
_SYMBOL = re.compile(r"^(?=.*\d)[A-Z]{1,8}(?:[./-][A-Z0-9()*]+(?:[.-][A-Za-z0-9]+)*)+\*?$")
_MAX_DATE_LINE = 100
_LEADERS = re.compile(r"[_.…·]{2,}")
#: Of 28.11.2016 or 11/28/2016 only the year is sure.
_NUMERIC_DATE = re.compile(r"\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?((?:19|20)\d\d)$")
#: «Berlin, den» before a date in numbers.
_WORDS_BY_NUMERIC_DATE = 2
#: Parts of a word that each begin with a capital (South-Eastern), but for what follows an apostrophe.
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PAGE_NUMBER = re.compile(
    r"^(?:page|seite|p\.|página|стр\.?)?\s*\d+\s*(?:(?:of|de|von|sur|/|из)\s*\d+)?$", re.IGNORECASE
)


def usable_title(raw: str) -> str | None:
    """A title as it can be shown, or None if it says nothing about the document.

    What a word processor puts before a file's name is cut off, and the name's extension with it.
    """
    title = " ".join(raw.split())
    folded = title.casefold()
    for prefix in lexicon().tool_prefixes:
        if folded.startswith(prefix):
            title = _EXTENSION.sub("", title[len(prefix) :].strip())
            # A file's own name has no spaces, or has other things in their place.
            return None if " " not in title or _is_junk(title) else title
    return None if _is_junk(title) else title


def is_furniture(line: str) -> bool:
    """Whether a line of a page is something that stands around titles: a masthead, symbol, barcode, number or date."""
    words = lexicon()
    folded = line.casefold().strip(" :.*•–-")
    if folded in words.mastheads or _PAGE_NUMBER.match(line):
        return True
    return _is_junk(line) or lone_date(line) is not None


def lone_date(line: str) -> str | None:
    """The date in a line that holds nothing else but a weekday, place or number; None if it says more."""
    if len(line) > _MAX_DATE_LINE or not any(map(str.isdigit, line)):
        return None
    plain, numeric = _NUMERIC_DATE.subn(r"\1", _LEADERS.sub(" , ", line).strip(" ()|•–-"))
    date, rest = take_date(plain)
    words = [word.strip(",.") for word in rest.split() if any(map(str.isalpha, word))]
    exact = date is not None and len(date) > len("2023")
    most = _WORDS_BY_NUMERIC_DATE if numeric else int(exact)
    return date if len(words) <= most and not any(is_label(word) for word in words) else None


def is_label(title: str) -> bool:
    """Whether it only names a kind of publication, as ``Policy brief`` does."""
    return title.casefold().strip(" :.") in lexicon().labels


def is_organisation(name: str) -> bool:
    """Whether a name is an organisation's, by a word that occurs in no one's own name."""
    return not lexicon().organisation_words.isdisjoint(re.findall(r"\w+", name.casefold()))


def title_case(capitals: str, acronyms: frozenset[str]) -> str:
    """A line in capitals as a title: words capitalised, small words (``of``, ``de``) small, acronyms kept.

    Args:
        capitals: the line.
        acronyms: words that the document writes in capitals also in the middle of a sentence.
    """
    words: list[str] = []
    for word in capitals.split():
        bare = word.strip("()[],;:.!?'’\"")
        if words and bare.casefold() in lexicon().small_words:
            words.append(word.casefold())
        else:
            words.append(word if bare in acronyms else _PART.sub(lambda part: part[0].capitalize(), word))
    return " ".join(words)


def _is_junk(title: str) -> bool:
    letters = sum(map(str.isalpha, title))
    least = _MIN_WIDE_LETTERS if _WIDE.search(title) else _MIN_LETTERS
    if letters < least or len(title) > _MAX_LENGTH or sum(map(str.isdigit, title)) > letters:
        return True
    if title.casefold().strip(" .:-_0123456789") in lexicon().junk_titles:
        return True
    return _is_file_name(title) or _SYMBOL.match(title) is not None or _is_unreadable(title)


def _is_file_name(title: str) -> bool:
    if _EXTENSION.search(title) or _PATH.match(title):
        return True
    # wcms_123456, A4_report_web, CompanyReport2019
    return " " not in title and ("_" in title or (title.isascii() and any(map(str.isdigit, title))))


def _is_unreadable(title: str) -> bool:
    """Whether it is made of replacement marks or private characters, as of a font without a character table."""
    odd = sum(char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn", "Cc"} for char in title)
    return odd * 5 > len(title)
