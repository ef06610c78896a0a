"""The law of facets, over random libraries and random selections.

Values ticked in one facet are alternatives; facets narrow one another; what is typed in the query narrows all. The
number beside a value is the number of documents that there are when it is the only value ticked in its facet, and every
value that would bring a document is shown. So in a facet without ticks, ticking a value brings exactly its number.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch import SearchRequest
from tipsearch.catalogue import Catalogue
from tipsearch.engines.base import YearRange
from tipsearch.engines.memory import MemoryEngine
from tipsearch.indexing import to_index_document
from tipsearch.model import Document, Origin, Tag
from tipsearch.query.years import year_value
from tipsearch.search import service
from tipsearch.search.facets import FACETS, TOPIC_FACETS
from tipsearch.search.request import SELECTED_IN
from tipsearch.testing.conformance.support import commit
from tipsearch.vocabulary import ConceptData, Vocabulary, standard
from tipsearch.vocabulary.roles import ROLES, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipsearch.engines.base import Engine
    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.shapes import FacetValue

#: Parts that cross (a form below a sector, a sector below a topic of no part) and topics of no part.
TOPICS = [
    ConceptData("trafficking", "Human trafficking", facet="form"),
    ConceptData("labour", "Forced labour", "trafficking", facet="form"),
    ConceptData("fishing", "Fishing", facet="sector"),
    ConceptData("boats", "Forced labour on boats", "fishing", facet="form"),
    ConceptData("nets", "Nets", "fishing"),
    ConceptData("ports", "Ports", "nets", facet="sector"),
    ConceptData("migration", "Migration", facet="context"),
    ConceptData("shelter", "Shelter", facet="response"),
]
OWN = replace(standard(), topics=Vocabulary.of(TOPICS))
REGIONS = ["global", "asia", "southern-asia", "nepal", "qatar", "western-africa", "ghana"]
PART = {concept.value: concept.facet for concept in TOPICS}
#: What can be ticked, by facet; some of it brings nothing in most libraries.
CHOICES = {
    "region": REGIONS,
    **dict.fromkeys(ROLES, REGIONS),
    "topic": list(PART),
    **{part: [topic for topic, its in PART.items() if its == part] for part in TOPIC_FACETS},
    "type": ["guidance", "publication", "covid-19"],
    "language": ["en", "fr", "ar"],
    "publisher": ["A", "a", "B"],
    "year": ["2015", "2018", "2020", "unknown"],
}


@dataclass(frozen=True)
class Asked:
    """A request: a word, filters typed beside it, and what is ticked in which facet."""

    word: str
    typed: tuple[tuple[str, str], ...]
    ticked: dict[str, tuple[str, ...]]

    def request(self) -> SearchRequest:
        chosen = {SELECTED_IN[facet]: values for facet, values in self.ticked.items() if facet != "year"}
        years = self.ticked.get("year", ())
        return SearchRequest(
            " ".join([self.word, *(f"{facet}:{value}" for facet, value in self.typed)]),
            years=tuple(YearRange(int(one), int(one)) for one in years if one.isdecimal()),
            undated="unknown" in years,
            size=1,
            **chosen,  # type: ignore[arg-type]  # tuples all
        )

    def with_ticks(self, facet: str, *values: str) -> Asked:
        """The same with these ticks, and no others, in a facet."""
        return replace(self, ticked={**self.ticked, facet: values})

    def finds(self, document: Document) -> bool:
        """The law itself, by looking at one document."""
        typed = {facet: [value for one, value in self.typed if one == facet] for facet, _ in self.typed}
        wanted = [*typed.items(), *((facet, values) for facet, values in self.ticked.items() if values)]
        return self.word in document.title and all(
            values_of(document, facet) & set(values) for facet, values in wanted
        )


def values_of(document: Document, facet: str) -> set[str]:
    """All values of a document in a facet, those above its tags included."""
    regions, topics = OWN.regions, {above for tag in document.topics for above in OWN.topics.path(tag.value)}
    if facet in ROLES:
        places = [parts(tag.value) for tag in document.roles]
        return {above for role, place in places if role == facet for above in regions.path(place)}
    return {
        "region": {above for tag in document.regions for above in regions.path(tag.value)},
        "topic": topics,
        **{part: {one for one in topics if PART[one] == part} for part in TOPIC_FACETS},
        "type": {tag.value for tag in document.types},
        "language": {document.language or ""} - {""},
        "publisher": {document.publisher or ""} - {""},
        "year": {year_value(document.year)},
    }[facet]


def tags(values: Sequence[str]) -> st.SearchStrategy[tuple[Tag, ...]]:
    chosen = st.lists(st.sampled_from(values), max_size=3, unique=True)
    return chosen.map(lambda some: tuple(Tag(one, Origin.DETECTED) for one in some))


def ticks(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


DOCUMENTS = st.builds(
    Document,
    id=st.uuids().map(str),
    title=st.sampled_from(["sea", "land", "sea and land"]),
    publisher=st.sampled_from([None, "A", "B"]),
    date=st.sampled_from([None, "2015", "2018-05", "2020-01-31"]),
    language=st.sampled_from([None, "en", "fr"]),
    types=tags(CHOICES["type"]),
    regions=tags(REGIONS),
    topics=tags(list(PART)),
    roles=tags([f"{role}:{region}" for role in ROLES for region in REGIONS]),
)
TYPED = [(facet, value) for facet in FACETS if facet != "publisher" for value in CHOICES[facet]]
ASKED = st.builds(
    Asked,
    word=st.sampled_from(["", "sea", "land"]),
    typed=st.just(()) | st.lists(st.sampled_from(TYPED), max_size=2, unique=True).map(tuple),
    # Few facets at a time, or nothing would be left to count.
    ticked=st.lists(st.sampled_from(FACETS), max_size=3, unique=True).flatmap(
        lambda facets: st.fixed_dictionaries({facet: ticks(CHOICES[facet]) for facet in facets})
    ),
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """An empty one: counts come from the engine alone."""
    made = Catalogue.create(tmp_path_factory.mktemp("law") / "catalogue.sqlite")
    yield made
    made.close()


def flat(values: Iterable[FacetValue]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in values:
        found |= {one.value: one.count, **flat(one.children)}
    return found


@settings(max_examples=examples(120))
@given(documents=st.lists(DOCUMENTS, max_size=8), asked=ASKED, data=st.data())
def test_the_number_beside_a_value_is_what_it_brings_alone_in_its_facet(
    catalogue: Catalogue, documents: list[Document], asked: Asked, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as place:
        engine: Engine = MemoryEngine.create(Path(place))
        commit(engine, *(to_index_document(document, OWN) for document in documents))

        def answer(one: Asked) -> SearchAnswer:
            found = service.search(one.request(), engine, catalogue, OWN, 1)
            assert found.total == sum(map(one.finds, documents))
            return found

        shown = answer(asked)
        for facet in FACETS:
            alone = asked.with_ticks(facet)
            brings = {
                value for document in filter(alone.finds, documents) for value in values_of(document, facet)
            }
            numbers = flat(shown.facets[facet])
            assert {value for value, number in numbers.items() if number} == brings
            assert set(asked.ticked.get(facet, ())) <= numbers.keys()
        facet = data.draw(st.sampled_from(FACETS))
        numbers = flat(shown.facets[facet])
        for value, number in numbers.items():
            assert answer(asked.with_ticks(facet, value)).total == number
            # Beside other ticks it is one alternative more, so what it brings lies between nothing and its number.
            ticked = asked.ticked.get(facet, ())
            more = answer(asked.with_ticks(facet, *dict.fromkeys((*ticked, value)))).total
            before = shown.total if ticked else 0
            assert max(before, number) <= more <= before + number
    engine.close()
