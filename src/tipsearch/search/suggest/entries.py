"""All that can be suggested: names of topics and places, publishers, titles, and the library's own words and phrases."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from typing import TYPE_CHECKING

from tipsearch import analysis
from tipsearch.publishers.authority import names_of
from tipsearch.query.nodes import MATCH_ALL
from tipsearch.search.dictionary import DICTIONARIES
from tipsearch.vocabulary.gazetteer import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tipsearch.engines.base import Engine
    from tipsearch.vocabulary import ConceptData, Vocabularies, Vocabulary

#: Titles and words that are offered, at most: about 40 MB with all that leads to them.
MOST_TITLES, MOST_WORDS = 50_000, 20_000
#: Longer titles fit no list.
_LONGEST = 160
#: Phrases of so many words that so many titles have.
_PHRASES, _TITLES_OF_A_PHRASE, _MOST_PHRASES = (2, 3), 2, 5_000
#: … and whose first and last word are as long.
_SHORTEST = 3
#: What of a title the query language would understand otherwise.
_SIGNS = re.compile(r"[\"()*?~:]|(?<!\S)[-+]|\b(?:AND|OR|NOT)\b")


class Kind(StrEnum):
    """What a suggestion is."""

    TOPIC = "topic"
    PLACE = "place"
    PUBLISHER = "publisher"
    TERM = "term"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be suggested.

    Attributes:
        kind: what it is.
        name: by which it is found.
        label: what is shown.
        text: what is searched for.
        meaning: the same for all names of one thing.
        language: of the name, empty if it belongs to none.
        preferred: the name is the thing's label in that language.
        weight: documents that have it.
        is_counted: searching for the text finds so many at least; otherwise it is only likely to find many.
    """

    kind: Kind
    name: str
    label: str
    text: str
    meaning: str
    language: str = ""
    preferred: bool = True
    weight: int = 1
    is_counted: bool = False


def entries(
    engine: Engine, generation: int, vocabularies: Vocabularies, titles: Iterable[str]
) -> Iterator[Entry]:
    """All that an index and its vocabularies offer.

    Args:
        engine: the index.
        generation: of the index.
        vocabularies: the library's.
        titles: of its documents.
    """
    counted = engine.count_facets(MATCH_ALL, (), ("topic", "region", "publisher"))
    names: set[str] = set()
    topics = _topics(vocabularies.topics, counted["topic"])
    for entry in chain(topics, _places(vocabularies.regions, counted["region"])):
        names.add(analysis.fold(entry.name))
        yield entry
    for name, count in counted["publisher"].items():
        yield from _publisher(name, count)
    known = [title for title in islice(titles, MOST_TITLES) if title.strip()]
    yield from _titles(known)
    terms = chain(_terms(DICTIONARIES.of(engine, generation).counts, _spellings(known)), _phrases(known))
    yield from (entry for entry in terms if entry.meaning not in names)


def quoted(text: str) -> str:
    """The text as a phrase."""
    return '"' + text.replace('"', " ").strip() + '"'


def _topics(topics: Vocabulary, counts: Mapping[str, int]) -> Iterator[Entry]:
    for concept in topics.data:
        weight = counts.get(concept.value, 0)
        for language, name, preferred in _names(concept):
            text = _small(name) if language != "de" else name
            yield Entry(Kind.TOPIC, name, name, text, concept.value, language, preferred, weight)


def _names(concept: ConceptData) -> Iterator[tuple[str, str, bool]]:
    """Language and name of a topic, and whether it is its label, without the names that are never shown."""
    labels = {"en": concept.label, **concept.labels}
    for language in labels.keys() | concept.terms.keys():
        hidden = set(concept.hidden.get(language, ()))
        shown = [name for name in concept.terms.get(language, ()) if name not in hidden]
        label = labels.get(language)
        yield from (
            (language, name, name == label) for name in dict.fromkeys((*filter(None, (label,)), *shown))
        )
    yield from (("en", name, False) for name in (*concept.names, *concept.acronyms))


def _small(name: str) -> str:
    """The name as it stands inside a sentence: acronyms and names of persons keep their capitals."""
    first = name.split(" ", 1)[0]
    return name[0].lower() + name[1:] if first[1:].islower() else name


def _places(regions: Vocabulary, counts: Mapping[str, int]) -> Iterator[Entry]:
    """Names of places that documents are about. A foreign name stands for the place, whatever texts call it."""
    for concept in regions.data:
        weight = counts.get(concept.value, 0)
        if not weight:
            continue
        english = dict.fromkeys((concept.label, *concept.names))
        for name in english:
            yield Entry(Kind.PLACE, name, name, name, concept.value, "en", name == concept.label, weight)
        for language, table in gazetteer().names.items():
            for place, name in enumerate(table.get(concept.value, ())):
                if name not in english:
                    text = f"region:{quoted(name) if ' ' in name else name}"
                    yield Entry(
                        Kind.PLACE,
                        name,
                        name,
                        text,
                        concept.value,
                        language,
                        not place,
                        weight,
                        is_counted=True,
                    )


def _publisher(name: str, count: int) -> Iterator[Entry]:
    for other in dict.fromkeys((name, *names_of(name))):
        text = f"publisher:{quoted(name)}"
        yield Entry(Kind.PUBLISHER, other, name, text, name, preferred=other == name, weight=count)


def _titles(titles: Sequence[str]) -> Iterator[Entry]:
    for title in titles:
        if len(title) <= _LONGEST:
            text = quoted(title) if _SIGNS.search(title) else title
            yield Entry(Kind.TITLE, title, title, text, title, is_counted=True)


def _spellings(titles: Sequence[str]) -> Mapping[str, str]:
    """Folded words of titles to how they are written there most often."""
    found: Counter[str] = Counter(word for title in titles for word in analysis.surfaces(title))
    spelt: dict[str, str] = {}
    for word, _ in found.most_common():
        spelt.setdefault(analysis.fold(word), word)
    return spelt


def _terms(counts: Mapping[str, int], spelt: Mapping[str, str]) -> Iterator[Entry]:
    for word, count in islice(counts.items(), MOST_WORDS):
        shown = spelt.get(word, word)
        yield Entry(Kind.TERM, word, shown, shown, word, weight=count)


def _phrases(titles: Sequence[str]) -> Iterator[Entry]:
    """Neighbouring words that several titles have."""
    found: Counter[str] = Counter()
    small = frozenset(word for language in ("en", "es", "fr", "pt") for word in analysis.stop_words(language))
    for title in dict.fromkeys(titles):
        words = analysis.surfaces(title)
        runs = {
            tuple(words[start : start + length])
            for length in _PHRASES
            for start in range(len(words) - length + 1)
        }
        found.update(" ".join(run) for run in runs if _is_phrase(run, small))
    for phrase, count in found.most_common(_MOST_PHRASES):
        if count >= _TITLES_OF_A_PHRASE:
            yield Entry(Kind.TERM, phrase, phrase, phrase, analysis.fold(phrase), weight=count)


def _is_phrase(words: tuple[str, ...], small: frozenset[str]) -> bool:
    ends = (words[0], words[-1])
    return all(len(word) >= _SHORTEST and word.isalpha() and word not in small for word in ends) and not any(
        analysis.has_unspaced_script(word) for word in words
    )
