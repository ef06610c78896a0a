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
_PATH = re.compile(r"^(?:[a-z]:[\\/]|[a-z]__|\\\\|/\w+/|file:|https?:|www\.)", re.IGNORECASE)
#: What programs of typesetters call a job: «Txd50049 1..3», «Report.qxp_Layout 1», «cover:Layout 1 12/3/08 10:04».
_JOB = re.compile(r"\d\.\.\d+$|\.(?:qx[dp]|indd|fm|cdr)\b|[:_]layout \d", re.IGNORECASE)
#: A/HRC/41/46, CRC/C/SR.1234, GB.310/5, GE.08-12345, ECE/TRANS/WP.29/343/Rev.12
_SYMBOL = re.compile(r"^(?=.*\d)[A-Z]{1,8}(?:[./-][A-Z0-9()*]+(?:[.-][A-Za-z0-9]+)*)+\*?$")
#: «1.», «2.3», «IV.» before a heading.
_NUMBERING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[ivx]{1,5}\.)\s+")
#: «No. 12», «Vol. 3, Issue 2», «7» after a kind of publication; a year stays, it makes a title of an annual report.
_COUNTING = re.compile(
    r"(?:[\s,–-]*(?:(?:no|nr|num|vol|volume|issue|number|series|part)\b\.?|nº|n°|№|\#)\s*[\divx]+|[\s,–-]+\d{1,3})+$"
)
_MAX_NAME_WORDS, _MAX_SMALL_NAME_WORDS = 9, 5
_CONJUNCTIONS = frozenset({"and", "et", "y", "e", "und"})
_SENTENCE = re.compile(r"[:?!;]|,$|\.\s.*\.\s")
_MAX_DATE_LINE = 100
#: A year, or digits of another script, of which it could be one.
_YEAR = re.compile("(?:19|20)\\d\\d|[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]{4}")
_LEADERS = re.compile(r"[_.…·]{2,}")
_NUMERIC_DATE = re.compile(r"\b\d{1,2}([./-])\s?\d{1,2}\1\s?(?:19|20)\d\d$")
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
    if folded.endswith(lexicon().tool_suffixes):
        return None
    for prefix in lexicon().tool_prefixes:
        if folded.startswith(prefix):
            title = _EXTENSION.sub("", title[len(prefix) :].strip())
            # A file's own name has no spaces, or has other things in their place.
            return None if " " not in title or _is_junk(title) else title
    return None if _is_junk(title) else title


def letters_worth(title: str) -> int:
    """How much a title says, in letters: an ideograph or a syllable says as much as three."""
    return len(title) + 2 * len(_WIDE.findall(title))


def is_furniture(line: str) -> bool:
    """Whether a line of a page is something that stands around titles: a masthead, symbol, barcode, number or date."""
    words = lexicon()
    folded = line.casefold().strip(" :.*•–-")
    if folded in words.mastheads or _PAGE_NUMBER.match(line):
        return True
    return _is_junk(line) or lone_date(line) is not None


def lone_date(line: str) -> str | None:
    """The date in a line that holds nothing else but a weekday, place or number; None if it says more."""
    if len(line) > _MAX_DATE_LINE or _YEAR.search(line) is None:
        return None
    plain = _LEADERS.sub(" , ", line).strip(" ()|•–-")
    date, rest = take_date(plain)
    if date is None:
        return None
    words = [word.strip(",.") for word in rest.split() if any(map(str.isalpha, word))]
    most = _WORDS_BY_NUMERIC_DATE if _NUMERIC_DATE.search(plain) else int(len(date) > len("2023"))
    return date if len(words) <= most and not any(is_label(word) for word in words) else None


def is_label(title: str) -> bool:
    """Whether it only names a kind of publication, as ``Policy brief`` does, or a part of one (``1. Introduction``)."""
    folded = _COUNTING.sub("", _NUMBERING.sub("", title.casefold())).strip(" :.")
    return folded in lexicon().labels or folded in lexicon().sections


def is_organisation(name: str) -> bool:
    """Whether a name is an organisation's, by a word that occurs in no one's own name."""
    return not lexicon().organisation_words.isdisjoint(re.findall(r"\w+", name.casefold()))


def names_organisation(line: str) -> bool:
    """Whether a line is nothing but an organisation's name: ``U.S. Department of Labor``, ``INSTITUTE OF WORK``.

    Its words are capitalised but for small ones, and it begins or ends with the kind of organisation, or goes on with
    ``of`` and the like after it; before the kind stand no small words, as in ``The Role of the Ministry of Work``.
    """
    words = line.removeprefix("The ").split()
    if len(words) > _MAX_NAME_WORDS or any(map(str.isdigit, line)) or _SENTENCE.search(line):
        return False
    small, heads = lexicon().small_words, lexicon().organisation_heads
    plain = [word.casefold().strip("(),.'’") for word in words]
    at = next((at for at, word in enumerate(plain) if word in heads), None)
    # Romance and Slavic names capitalise their first word alone: Ministère du travail, Министерство труда.
    capitalised = all(not word[0].islower() or word in small for word in words)
    if at is None or not (capitalised or (at == 0 and len(words) <= _MAX_SMALL_NAME_WORDS)):
        return False
    if any(word in small for word in plain[:at] if word not in _CONJUNCTIONS):
        return False
    return at in {0, len(plain) - 1} or plain[at + 1] in small - _CONJUNCTIONS


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
    if _EXTENSION.search(title) or _PATH.match(title) or _JOB.search(title):
        return True
    # wcms_123456, A4_report_web, CompanyReport2019
    return " " not in title and ("_" in title or (title.isascii() and any(map(str.isdigit, title))))


def _is_unreadable(title: str) -> bool:
    """Whether it is made of replacement marks or private characters, as of a font without a character table."""
    odd = sum(char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn", "Cc"} for char in title)
    return odd * 5 > len(title)
