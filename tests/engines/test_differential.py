"""All engines find what the reference engine finds, for any tree over a library that has been changed a lot."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch.engines.base import FACETS, Filter, Sort, YearRange
from tipsearch.engines.registry import load
from tipsearch.model import IndexDocument, Page
from tipsearch.query.nodes import (
    And,
    Boost,
    Fuzzy,
    Node,
    Not,
    OnPage,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Wildcard,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.engines.base import Engine

VOCABULARY = [
    "labour", "labours", "labouring", "Lábour", "worker", "workers", "explotación", "explotaciones", "travailleur",
    "travailleurs", "policy", "policies", "police", "child's", "COVID-19", "强迫劳动", "劳动强迫", "노동을", "работник",
    "работника", "العاملين", "عامل", "the", "of",
]  # fmt: skip
LANGUAGES = ["en", "es", "fr", "ru", "ar", "zh", None]
REGIONS, TOPICS = ["asia", "africa", "europe"], ["bonded-labour", "fishing"]
ROLES = ["origin:asia", "transit:asia", "destination:europe"]


def make_document(chance: random.Random, number: int) -> IndexDocument:
    def text(most: int) -> str:
        return " ".join(chance.choices(VOCABULARY, k=chance.randint(0, most)))

    year = chance.choice([None, 2010, 2015, 2020])
    return IndexDocument(
        id=f"d{number:02}",
        title=text(4),
        language=chance.choice(LANGUAGES),
        pages=tuple(
            Page(n, text(10), language=chance.choice(LANGUAGES)) for n in range(1, chance.randint(1, 4))
        ),
        facets=(
            ("region", tuple(chance.sample(REGIONS, chance.randint(0, 2)))),
            ("topic", tuple(chance.sample(TOPICS, chance.randint(0, 2)))),
            ("role", tuple(chance.sample(ROLES, chance.randint(0, 2)))),
        ),
        year=year,
        date=year and year * 10_000 + chance.choice([0, 101, 1231]),
        publisher_text=text(2),
        authors_text=text(2),
    )


def change(engine: Engine, seed: int) -> None:
    """Additions, replacements and deletions in several commits: some segments, some dead documents."""
    chance = random.Random(seed)
    for _ in range(4):
        with engine.writer() as writer:
            for _ in range(20):
                writer.add(make_document(chance, chance.randrange(40)))
            for _ in range(3):
                writer.delete(f"d{chance.randrange(40):02}")
            writer.commit()
    engine.refresh()


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from made("memory", tmp_path_factory)


@pytest.fixture(scope="module", params=["tantivy", "whoosh", "whoosh, nothing merged"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    name, _, unmerged = request.param.partition(", ")
    with pytest.MonkeyPatch.context() as patch:
        if unmerged:
            patch.setattr("tipsearch.engines.whoosh.segments._to_merge", lambda *_: [])
        yield from made(name, tmp_path_factory)


def made(name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = load(name).create(tmp_path_factory.mktemp("differential") / "index")
    change(engine, seed=7)
    yield engine
    engine.close()


WORDS = st.sampled_from([*VOCABULARY, "absent", "trabajo", "劳动", "노동"])
FIELDS = st.sampled_from([None, None, None, "title", "publisher", "author"])
LEAVES = st.one_of(
    st.builds(Word, WORDS, FIELDS),
    st.builds(Phrase, st.lists(WORDS, max_size=3).map(tuple), st.integers(0, 3), FIELDS),
    st.builds(Prefix, st.sampled_from(["labo", "polic", "trav", "强", "раб", "x"]), FIELDS),
    st.builds(Wildcard, st.sampled_from(["labo*s", "polic?", "work*", "exp*ion"]), FIELDS),
    st.builds(
        Fuzzy, st.sampled_from(["labuor", "polici", "workres", "expltacion"]), st.integers(1, 2), FIELDS
    ),
)
NUMBERS = st.one_of(st.none(), st.integers(0, 4))
TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda children: st.one_of(
        st.lists(children, max_size=4).map(lambda nodes: And(tuple(nodes))),
        st.lists(children, max_size=4).map(lambda nodes: Or(tuple(nodes))),
        children.map(Not),
        st.builds(Boost, children, st.floats(0.1, 10)),
        st.builds(Prefer, children, children),
        st.builds(OnPage, children, NUMBERS, NUMBERS),
    ),
    max_leaves=10,
)
YEARS = st.one_of(st.none(), st.integers(2_008, 2_022))
FILTERS = st.lists(
    st.one_of(
        st.builds(Filter, st.just("region"), st.lists(st.sampled_from(REGIONS)).map(tuple)),
        st.builds(Filter, st.just("topic"), st.lists(st.sampled_from(TOPICS)).map(tuple)),
        st.builds(Filter, st.just("role"), st.lists(st.sampled_from(ROLES)).map(tuple)),
        st.builds(Filter, st.just("year"), st.lists(st.sampled_from(["2010", "2020", "unknown"])).map(tuple)),
        st.builds(YearRange, YEARS, YEARS),
    ),
    max_size=2,
)
often = settings(max_examples=examples(150))


@often
@given(node=TREES, filters=FILTERS)
def test_same_documents_in_the_same_order(
    engine: Engine, reference: Engine, node: Node, filters: list[Filter | YearRange]
) -> None:
    for sort in (Sort.NEWEST, Sort.OLDEST, Sort.TITLE):
        assert engine.search(node, filters, sort=sort, limit=50) == reference.search(
            node, filters, sort=sort, limit=50
        )
    by_score = engine.search(node, filters, limit=50)
    assert {hit.id for hit in by_score.hits} == {
        hit.id for hit in reference.search(node, filters, limit=50).hits
    }
    assert by_score.hits == tuple(sorted(by_score.hits, key=lambda hit: (-hit.score, hit.id)))


@often
@given(node=TREES, filters=FILTERS)
def test_same_counts(
    engine: Engine, reference: Engine, node: Node, filters: list[Filter | YearRange]
) -> None:
    assert engine.count_facets(node, filters, FACETS) == reference.count_facets(node, filters, FACETS)


@often
@given(node=TREES)
def test_same_pages(engine: Engine, reference: Engine, node: Node) -> None:
    ids = [f"d{number:02}" for number in range(0, 40, 5)]

    def numbers(engine: Engine) -> dict[str, set[int]]:
        return {
            one: {page.number for page in pages} for one, pages in engine.best_pages(node, ids, 20).items()
        }

    assert numbers(engine) == numbers(reference)


@often
@given(node=TREES, offset=st.integers(0, 45), limit=st.integers(0, 12))
def test_windows_are_cut_from_the_whole(engine: Engine, node: Node, offset: int, limit: int) -> None:
    whole = engine.search(node, limit=50)
    window = engine.search(node, offset=offset, limit=limit)
    assert (window.total, window.hits) == (whole.total, whole.hits[offset : offset + limit])


def test_the_library_is_worth_comparing(engine: Engine, reference: Engine) -> None:
    assert engine.document_count() == reference.document_count() > 20
    assert engine.search(Word("labour")).total > 5
