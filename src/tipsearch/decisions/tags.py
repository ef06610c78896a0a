"""Words by which sources describe their documents and that no vocabulary knows, or only by likeness."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipsearch.catalogue.words import words_in
from tipsearch.decisions.near import nearest
from tipsearch.decisions.values import OF_WORDS
from tipsearch.decisions.wanted import Kind, Suggestion, Wanted
from tipsearch.model import Field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from tipsearch.catalogue.words import Carried
    from tipsearch.model import Document
    from tipsearch.vocabulary import Vocabularies

_SUGGESTIONS = 4


@dataclass(slots=True)
class Tag:
    """A word of sources: how it is spelt, and the documents that carry it."""

    folded: str
    spellings: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)

    @property
    def spelt(self) -> str:
        """Its commonest spelling."""
        return min(self.spellings, key=lambda one: (-self.spellings[one], one))


def doubtful_tags(
    carried: Iterable[Carried], decided: Collection[str], vocabularies: Vocabularies
) -> dict[Kind, list[Tag]]:
    """Words that no vocabulary knows, and such as were taken for a name that they look like.

    Args:
        carried: all words with their documents.
        decided: folded words that librarians have decided on.
        vocabularies: the library's.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for one in carried:
        texts[one.text].append(one.document)
    found: dict[Kind, dict[str, Tag]] = {Kind.UNKNOWN_TAG: {}, Kind.GUESSED_TAG: {}}
    for text, documents in texts.items():
        for kind, folded, spelt in _doubtful(text, decided, vocabularies):
            tag = found[kind].setdefault(folded, Tag(folded))
            tag.spellings[spelt] += len(documents)
            tag.documents.update(documents)
    return {
        kind: sorted(tags.values(), key=lambda tag: (-len(tag.documents), tag.folded))
        for kind, tags in found.items()
    }


def _doubtful(
    text: str, decided: Collection[str], vocabularies: Vocabularies
) -> Iterator[tuple[Kind, str, str]]:
    """The words in a tag that nobody knows for sure, with their spelling: it is one word, or a list of some."""
    words = words_in(text)
    kinds = {
        folded: None if folded in decided else _doubt(spelt, vocabularies) for folded, spelt in words.items()
    }
    whole, *parts = words or [""]
    for folded in parts if parts and kinds[whole] is Kind.UNKNOWN_TAG else [whole]:
        if kind := kinds.get(folded):
            yield kind, folded, words[folded]


def _doubt(word: str, vocabularies: Vocabularies) -> Kind | None:
    known = [vocabulary for facet in OF_WORDS if (vocabulary := vocabularies.get(facet))]
    if any(vocabulary.resolve_all(word, fuzzy=False) for vocabulary in known):
        return None
    return Kind.GUESSED_TAG if any(vocabulary.resolve_all(word) for vocabulary in known) else Kind.UNKNOWN_TAG


def wanted_of_tag(
    kind: Kind, tag: Tag, documents: Mapping[str, Document], vocabularies: Vocabularies
) -> Wanted:
    """What wants a decision about a tag, with the names that it may stand for."""
    first = documents[min(tag.documents)]
    suggestions = (_guessed if kind is Kind.GUESSED_TAG else _near)(tag.spelt, vocabularies)
    return Wanted(
        kind,
        first.id,
        first.title,
        first.path,
        tag.spelt,
        _reason(kind, suggestions),
        suggestions,
        f"tipsearch set --tag {shlex.quote(tag.spelt)} {_assignment(kind, suggestions)}",
        len(tag.documents),
    )


def _near(word: str, vocabularies: Vocabularies) -> tuple[Suggestion, ...]:
    found = [
        Suggestion(facet.value, one.value, one.label, one.similarity)
        for facet in OF_WORDS
        if (vocabulary := vocabularies.get(facet))
        for one in nearest(vocabulary, word)
    ]
    return tuple(sorted(found, key=lambda one: -(one.similarity or 0))[:_SUGGESTIONS])


def _guessed(word: str, vocabularies: Vocabularies) -> tuple[Suggestion, ...]:
    """What the word was taken for."""
    return tuple(
        Suggestion(facet.value, value, vocabulary.label(value))
        for facet in OF_WORDS
        if (vocabulary := vocabularies.get(facet))
        for value in vocabulary.resolve_all(word)
    )


def _reason(kind: Kind, suggestions: Iterable[Suggestion]) -> str:
    if kind is Kind.UNKNOWN_TAG:
        return "no vocabulary knows this word"
    return f"taken for {', '.join(one.label for one in suggestions)}, whose name looks like it"


def _assignment(kind: Kind, suggestions: tuple[Suggestion, ...]) -> str:
    if kind is Kind.UNKNOWN_TAG:
        field = suggestions[0].field if suggestions else Field.TOPIC
        return f"{field}=… ({field}= if it is to mean none)"
    return " ".join(f"{one.field}={one.value}" for one in suggestions)
