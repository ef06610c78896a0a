"""The labels of a concept: what is shown, what is matched, and how strongly.

Whatever order a file has them in, they come out in the same one, so that what is written out and read again is the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Self, TypeAlias

import msgspec

from tipsearch.thesaurus.parsing import Text
from tipsearch.thesaurus.source import Kind
from tipsearch.vocabulary import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tipsearch.thesaurus.findings import Findings
    from tipsearch.thesaurus.source import SourceConcept
    from tipsearch.vocabulary import ConceptData

    #: Words by language.
    Terms: TypeAlias = Mapping[str, tuple[str, ...]]

#: Kinds of labels that are strong signs.
_STRONG = frozenset({Kind.ALTERNATIVE, Kind.HIDDEN})
#: Labels in capitals are matched with their case.
_ACRONYM = re.compile(r"(?=[0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{1,6}")


@dataclass(slots=True)
class Words:
    """All labels of a concept, in no order.

    Attributes:
        preferred: by language tag.
        others: all others by kind and language, acronyms among them.
    """

    preferred: dict[str, str] = field(default_factory=dict)
    others: dict[Kind, dict[str, set[str]]] = field(
        default_factory=lambda: {kind: defaultdict(set) for kind in Kind}
    )

    @classmethod
    def of_source(cls, one: SourceConcept, name: str, findings: Findings) -> Self:
        """As a file has them; `name` is what findings call the concept. A second preferred label becomes an alternative."""
        found = cls()
        for kind in Kind:
            for text in sorted(_tagged(text, name, findings) for text in one.labels[kind]):
                if kind is not Kind.PREFERRED:
                    found.others[kind][language_of(text.language)].add(text.words)
                elif found.preferred.setdefault(text.language, text.words) != text.words:
                    findings.warn(
                        "of several preferred labels in one language the first by alphabet counts", name
                    )
                    found.others[Kind.ALTERNATIVE][language_of(text.language)].add(text.words)
        return found

    @classmethod
    def of_concept(cls, concept: ConceptData) -> Self:
        """As a concept has them."""
        found = cls(dict(concept.labels or ({"en": concept.label} if concept.label else {})))
        for language, terms in concept.terms.items():
            hidden = concept.hidden.get(language, ())
            found.others[Kind.HIDDEN][language] |= set(hidden)
            found.others[Kind.ALTERNATIVE][language] |= set(terms) - set(hidden)
        for kind, table in ((Kind.WEAK, concept.bare), (Kind.NEAR, concept.near), (Kind.NOT, concept.other)):
            for language, terms in table.items():
                found.others[kind][language] |= set(terms)
        found.others[Kind.ALTERNATIVE]["en"] |= set(concept.acronyms)
        return found

    def join(self, more: Words) -> None:
        """Take in those of another description, whose preferred labels replace these in their language."""
        for tag, label in more.preferred.items():
            if tag in self.preferred:
                self.others[Kind.ALTERNATIVE][language_of(tag)].add(self.preferred[tag])
            self.preferred[tag] = label
        for kind, table in more.others.items():
            for language, labels in table.items():
                self.others[kind][language] |= labels

    def give_up(self, claimed: Callable[[str, str], bool]) -> None:
        """Lose the strong words of which that is true: language and word; the preferred ones stay."""
        for kind in (Kind.ALTERNATIVE, Kind.HIDDEN):
            for language, labels in self.others[kind].items():
                self.others[kind][language] = {label for label in labels if not claimed(language, label)}

    def said(self) -> Iterator[tuple[Kind, str, str]]:
        """Each label once, with its kind before and its language tag; a weak one may be another as well."""
        for tag, label in self.preferred.items():
            yield Kind.PREFERRED, tag, label
        for kind, table in self.others.items():
            for language, labels in table.items():
                known = self._preferred(language) if kind in _STRONG else set()
                for label in labels - known:
                    yield kind, language, label

    def _preferred(self, language: str) -> set[str]:
        """The preferred labels in a language, and those that are acronyms."""
        return {
            label
            for tag, label in self.preferred.items()
            if language_of(tag) == language or is_acronym(label)
        }

    def of(self, concept: ConceptData) -> ConceptData:
        """The concept with these labels and no others. A label that is a weak one too is no strong one, whatever else it is."""
        bare = _without(self.others[Kind.WEAK], {})
        shown = _without(self._shown(), bare)
        hidden = _without(_without(self.others[Kind.HIDDEN], bare), shown)
        terms = {
            language: (*shown.get(language, ()), *hidden.get(language, ()))
            for language in sorted({*shown, *hidden})
        }
        return msgspec.structs.replace(
            concept,
            label=self._label(),
            labels=dict(sorted(self.preferred.items())),
            terms=terms,
            hidden=hidden,
            bare=bare,
            near=_without(self.others[Kind.NEAR], {}),
            other=_without(self.others[Kind.NOT], {}),
            acronyms=self._acronyms(),
        )

    def _label(self) -> str:
        """What is shown where no language is asked for: in English if there is such, empty if there is none at all."""
        tags = sorted(self.preferred, key=lambda tag: (tag != "en", language_of(tag) != "en", tag))
        return self.preferred[tags[0]] if tags else ""

    def _acronyms(self) -> tuple[str, ...]:
        tables = (self.others[Kind.ALTERNATIVE], self.others[Kind.HIDDEN])
        strong = (label for table in tables for labels in table.values() for label in labels)
        return tuple(sorted({label for label in (*self.preferred.values(), *strong) if is_acronym(label)}))

    def _shown(self) -> dict[str, list[str]]:
        preferred: dict[str, list[str]] = defaultdict(list)
        for tag in sorted(self.preferred, key=lambda tag: ("-" in tag, tag)):
            preferred[language_of(tag)].append(self.preferred[tag])
        alternative = self.others[Kind.ALTERNATIVE]
        return {
            language: [*preferred[language], *sorted(alternative.get(language, ()), key=_by_alphabet)]
            for language in {*preferred, *alternative}
        }


def is_acronym(label: str) -> bool:
    """Is it to be matched with its case: two to seven capitals, digits and hyphens?"""
    return _ACRONYM.fullmatch(label) is not None


@cache
def language_of(tag: str) -> str:
    """The language of a tag as texts have it: ``zh`` of ``zh-hant``, ``tl`` of ``fil``."""
    code = tag.partition("-")[0]
    return languages().resolve(code) or code


def _tagged(text: Text, name: str, findings: Findings) -> Text:
    if text.language:
        return text
    findings.warn("labels without a language are taken for English", name)
    return Text("en", text.words)


def _without(table: Mapping[str, Iterable[str]], others: Terms) -> dict[str, tuple[str, ...]]:
    """The words by language without acronyms and those of the other table, each once, sets by alphabet."""
    found: dict[str, tuple[str, ...]] = {}
    for language in sorted(table):
        known = {label.casefold() for label in others.get(language, ())}
        kept: dict[str, str] = {}
        labels = table[language]
        for label in sorted(labels, key=_by_alphabet) if isinstance(labels, set) else labels:
            if label.casefold() not in known and not is_acronym(label):
                kept.setdefault(label.casefold(), label)
        if kept:
            found[language] = tuple(kept.values())
    return found


def _by_alphabet(label: str) -> tuple[str, str]:
    return label.casefold(), label
