"""What kind of document a title names: ``Guidelines on …``, ``Modern Slavery Act 2015``, ``… : a literature review``.

The name of a kind is what the title's head says, not whatever occurs in it: *Implementing the Modern Slavery Act* is no
act, *survey guidelines* are no survey. In English the head ends its group of words, which ends before a preposition; in
most other languages it begins it; in Chinese it ends the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tipsearch.enrich.kind_words import Phrase, kind_words, words_of
from tipsearch.enrich.matcher import lower

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What parts a title from its subtitle.
_PARTS = re.compile(r"\s*[:;!?|•–—。：；]\s*|\s-\s|(?<=[^\W\d_]{4})\.\s")
_BRACKETS = re.compile(r"[(\[（【][^()\[\]（）【】]*[)\]）】]")
#: «(b) Report» is the heading of a part, whose text must tell what it is a part of.
_SUBSECTION = re.compile(r"\s*\(\w{1,4}\)")
_TOKEN = re.compile(r"[^\W_]+(?:[/.-]\d+)*|§+|,")
#: A unit of the field stands in a title as this word.
_UNIT = "Thing"
_WIDE = re.compile("[\u3400-\u9fff]$")
_LAST_YEAR = re.compile(r"(?:[\s,]*(?:19|20)\d\d\s*[年版]*)+$")
_ROMAN = re.compile(r"[ivx]+|\d+")
#: In languages where the name of the kind comes first, so many words may stand before it (*Национальный доклад*).
_MOST_BEFORE = {"ru": 2, "de": 2}
#: Kinds that a title only names where it begins: behind a colon a law is what the document is about.
INSTRUMENTS = frozenset({"law", "policy"})
_MAX_TITLE = 400


@dataclass(frozen=True, slots=True)
class Naming:
    """A kind (see `KindWords.values`) and the words of the title that name it."""

    kind: str
    words: str


def kind_of_title(title: str, language: str | None = None) -> Naming | None:
    """The kind of document that a title names; None if it names none.

    Args:
        title: as written.
        language: ISO 639 code of the text; the title may also be in English. None, or one without words of kinds: any.
    """
    if _SUBSECTION.match(title):
        return None
    text = _with_units(_BRACKETS.sub(" ", title[:_MAX_TITLE]))
    for number, part in enumerate(_PARTS.split(text)):
        is_wide = _WIDE.search(_LAST_YEAR.sub("", part.strip()))
        found = _ending(part) if is_wide else _head(part, language)
        if found and not (number and found.kind in INSTRUMENTS):
            return found
    return None


def _with_units(title: str) -> str:
    """The title with each unit of the field as one word."""
    lowered = lower(title)
    for unit in kind_words().units:
        if (at := lowered.find(unit)) >= 0:
            title, lowered = (f"{one[:at]}{_UNIT}{one[at + len(unit) :]}" for one in (title, lowered))
    return title


def _ending(part: str) -> Naming | None:
    """The kind that a part written without spaces ends in."""
    text = _LAST_YEAR.sub("", part.strip())
    if text.endswith(kind_words().not_suffixes):
        return None
    return next((Naming(kind, name) for name, kind in kind_words().suffixes if text.endswith(name)), None)


def _head(part: str, language: str | None) -> Naming | None:
    written = _TOKEN.findall(part)
    words = ["," if one == "," else "".join(words_of(one)) for one in written]
    if words[:1] and words[0].startswith("§"):
        return Naming("law", written[0])
    known = {language, "en"} if language in kind_words().languages else kind_words().languages
    for at in range(len(words)):
        for phrase in _phrases_at(words, at):
            if phrase.language in known and _is_head(phrase, words, written, at):
                return Naming(phrase.kind, " ".join(written[at : at + len(phrase.words)]))
    return None


def _phrases_at(words: Sequence[str], at: int) -> Iterator[Phrase]:
    for phrase in kind_words().phrases.get(words[at], ()):
        if tuple(words[at : at + len(phrase.words)]) == phrase.words:
            yield phrase


def _is_head(phrase: Phrase, words: Sequence[str], written: Sequence[str], at: int) -> bool:
    known = kind_words()
    if phrase.anywhere:
        return at <= 1 or words[at - 1] not in known.determiners
    begin = next((place for place, word in enumerate(words) if word not in known.articles), 0)
    before = [word for word in words[begin:at] if not _ROMAN.fullmatch(word)]
    if phrase.language == "en":
        return _is_english_head(phrase, words, written, slice(begin, at))
    if phrase.kind in INSTRUMENTS:
        return not before and begin == 0
    return len(before) <= _MOST_BEFORE.get(phrase.language, 1) and not _blocks(before)


def _is_english_head(phrase: Phrase, words: Sequence[str], written: Sequence[str], before: slice) -> bool:
    end = before.stop + len(phrase.words)
    behind = words[end] if end < len(words) else ""
    if not _may_follow(behind, written[end : end + 1]) and phrase.words[-1] not in kind_words().after:
        return False
    if phrase.kind == "law" and not _is_name(written[before.stop], behind):
        return False
    if not _blocks(words[before]):
        return True
    is_dated = any(word[:2] in {"19", "20"} and word.isdigit() for word in words[end : end + 2])
    return phrase.kind == "law" and _is_name_before(words[before], written[before], is_dated=is_dated)


def _blocks(before: Sequence[str]) -> bool:
    return any(word in kind_words().before or word == "," for word in before)


def _may_follow(word: str, written: Sequence[str]) -> bool:
    """Whether the name of a kind can end before this word: nothing, a comma, a number, an acronym, a preposition."""
    is_acronym = bool(written) and written[0].isupper() and len(written[0]) > 1
    return word in {"", ","} or word[:1].isdigit() or is_acronym or word in kind_words().after


def _is_name(written: str, behind: str) -> bool:
    """Whether ``Act`` is that of a name: capitalised, or with a number behind it."""
    return written[:1].isupper() or behind[:1].isdigit()


def _is_name_before(words: Sequence[str], written: Sequence[str], *, is_dated: bool) -> bool:
    """Whether what stands before ``Convention`` is a name as well: *Council of Europe*, not *Evaluation of the*.

    That of an act with its year may hold more: *Transparency in Supply Chains Act of 2010*.
    """
    small = {word for word in words if word in kind_words().before}
    allowed = {"of", "and"} | ({"in", "to", "for", "on", "against"} if is_dated else set())
    return small <= allowed and written[-1][:1].isupper() and not words[0].endswith("ing")
