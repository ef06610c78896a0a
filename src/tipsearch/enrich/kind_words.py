"""The words by which titles and texts say what kind of document they are (`data/kinds.json`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from tipsearch import analysis
from tipsearch.enrich.matcher import Matcher
from tipsearch.paths import data_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Languages whose words stand together without spaces, the name of the kind last.
UNSPACED = frozenset({"zh"})
_WORD = re.compile(r"[^\W_]+|§+")
#: The kinds of the rows of `self`, after the demonstratives.
_SELF_KINDS = ("report", "guidance", "law", "news", "picture", "practice", "tool")
_ARTICLE = "ال"
#: Between the name of a kind and its number.
_COUNTING = frozenset({"no", "nr", "num", "number", "n", "vol", "volume", "issue", "series"})
_DEMONSTRATIVES = frozenset({"this", "its", "our", "their"})


class _File(msgspec.Struct, frozen=True):
    values: dict[str, str]
    titles: dict[str, dict[str, str]]
    anywhere: str
    units: str
    not_suffixes: str
    before: str
    articles: str
    after: str
    self: dict[str, tuple[str, ...]]
    sections: str
    enacting: str
    statutory: dict[str, str]
    obliging: dict[str, str]
    headings: str
    release: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name of a kind of document.

    Attributes:
        words: folded.
        kind: ``report``, ``guidance``, ``law``, …
        language: in which it is one; in English it ends what it belongs to (*survey guidelines*), elsewhere it begins it.
        anywhere: it speaks for the kind wherever it stands in a title.
    """

    words: tuple[str, ...]
    kind: str
    language: str
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """What words of a text speak for.

    Attributes:
        sort: ``self`` (*this handbook*), ``section``, ``enacting``, ``statutory``, ``obliging`` or ``release``.
        kind: of a ``self``: the kind that the text calls itself.
        languages: those in which the words say so; of other sorts than ``statutory`` and ``obliging`` that doesn't matter.
    """

    sort: str
    kind: str = ""
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KindWords:
    """All word lists, ready for use.

    Attributes:
        values: kind to type.
        phrases: names of kinds by their first word, the longest first.
        languages: those of the names of kinds.
        suffixes: ends of titles without spaces, the longest first, with their kind.
        not_suffixes: ends that hold one of them but mean something else.
        units: names of the field that are one word here, though prepositions stand in them.
        before: words that may not stand before the name of a kind: what follows them is what a document is about.
        articles: words that may, at the beginning.
        determiners: words after which no document is named, but one is mentioned (``from the toolkit``).
        after: words that may follow it.
        cues: words of texts.
        headings: numbered headings of laws.
    """

    values: Mapping[str, str]
    phrases: Mapping[str, tuple[Phrase, ...]]
    languages: frozenset[str]
    suffixes: tuple[tuple[str, str], ...]
    not_suffixes: tuple[str, ...]
    units: tuple[str, ...]
    before: frozenset[str]
    articles: frozenset[str]
    determiners: frozenset[str]
    after: frozenset[str]
    cues: Matcher[tuple[Cue, ...]]
    headings: re.Pattern[str]


@cache
def kind_words() -> KindWords:
    """The word lists, read once per process."""
    raw = msgspec.json.decode(data_file("kinds.json").read_bytes(), type=_File)
    articles = frozenset(words_of(raw.articles))
    return KindWords(
        values=raw.values,
        phrases=_phrases(raw),
        languages=frozenset(raw.titles),
        suffixes=_suffixes(raw),
        not_suffixes=tuple(raw.not_suffixes.split("|")),
        units=tuple(raw.units.split("|")),
        before=frozenset(words_of(raw.before)),
        articles=articles,
        determiners=articles | _DEMONSTRATIVES,
        after=frozenset(words_of(raw.after)),
        cues=Matcher(_cues(raw)),
        headings=re.compile(
            rf"^[ \t]*(?:(?:{raw.headings})\s*[\divxlc]|\(\s?(?:\d{{1,2}}|[a-z]{{1,2}}|[ivx]{{1,5}})\)"
            r"|(?:ال)?ماده\b|第[一二三四五六七八九十百零\d]{1,5}[条條])",
            re.MULTILINE,
        ),
    )


def label_kind(line: str) -> str | None:
    """The kind that a line names which says nothing else but a number: ``FACT SHEET``, ``Working paper no. 12``."""
    words = [word for word in words_of(line) if not word.isdigit() and word not in _COUNTING]
    phrases = kind_words().phrases.get(words[0], ()) if words else ()
    return next((phrase.kind for phrase in phrases if list(phrase.words) == words), None)


def words_of(text: str) -> list[str]:
    """The words of a text, folded, those of Arabic without their article."""
    return [_bare(word) for word in _WORD.findall(analysis.fold(text))]


def _bare(word: str) -> str:
    return word.removeprefix(_ARTICLE) if len(word) > len(_ARTICLE) + 2 else word


def _phrases(raw: _File) -> dict[str, tuple[Phrase, ...]]:
    anywhere = {tuple(words_of(one)) for one in raw.anywhere.split("|")}
    found: dict[str, list[Phrase]] = {}
    for language, kinds in raw.titles.items():
        for kind, names in kinds.items() if language not in UNSPACED else ():
            for name in names.split("|"):
                words = tuple(words_of(name))
                free = language == "en" and words in anywhere
                found.setdefault(words[0], []).append(Phrase(words, kind, language, free))
    return {first: tuple(sorted(some, key=lambda one: -len(one.words))) for first, some in found.items()}


def _suffixes(raw: _File) -> tuple[tuple[str, str], ...]:
    found = [
        (name, kind)
        for language in UNSPACED
        for kind, names in raw.titles[language].items()
        for name in names.split("|")
    ]
    return tuple(sorted(found, key=lambda one: -len(one[0])))


def _cues(raw: _File) -> dict[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for words, cue in (*_self(raw), *_plain(raw)):
        found.setdefault(analysis.fold(words), []).append(cue)
    return {words: tuple(cues) for words, cues in found.items()}


def _self(raw: _File) -> Iterator[tuple[str, Cue]]:
    for language, (demonstratives, *rows) in raw.self.items():
        space = "" if language in UNSPACED else " "
        for kind, names in zip(_SELF_KINDS, rows, strict=True):
            for this in demonstratives.split("|"):
                yield from ((f"{this}{space}{name}", Cue("self", kind)) for name in names.split("|"))


def _plain(raw: _File) -> Iterator[tuple[str, Cue]]:
    for sort, names in (("section", raw.sections), ("enacting", raw.enacting), ("release", raw.release)):
        yield from ((name, Cue(sort)) for name in names.split("|"))
    for sort, lists in (("statutory", raw.statutory), ("obliging", raw.obliging)):
        languages: dict[str, set[str]] = {}
        for language, names in lists.items():
            for name in names.split("|"):
                languages.setdefault(name, set()).add(language)
        yield from ((name, Cue(sort, languages=frozenset(some))) for name, some in languages.items())
