"""Names of topics in a query find what else these topics are called."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch import Library, SearchRequest, config
from tipsearch.query.nodes import Boost, Phrase, leaves
from tipsearch.search.asking import ask
from tipsearch.search.expansion import MOST_NAMES
from tipsearch.search.phrasebook import Phrasebook
from tipsearch.vocabulary import ConceptData, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tipsearch.query.nodes import Node

#: Each document says one name of forced labour, and in its language that it is about a harbour.
TEXTS = {
    "en": "Ships wait in the harbour. Forced labour was found on board.",
    "us": "Ships wait in the harbor. Forced labor was found on board.",
    "es": "Los barcos esperan en el puerto. Hubo trabajo forzoso a bordo.",
    "fr": "Les navires attendent au port. Il y avait du travail forcé à bord.",
    "ru": "Корабли ждут в порту. На борту был принудительный труд.",
    "ar": "السفن تنتظر في الميناء. كانت السخرة على متنها.",
    "zh": "船在港口等待。船上有强迫劳动。",
    "debt": "Men were held in debt bondage at the kiln. Peonage is an old word for it.",
    "slavery": "Modern slavery is a wide term.",
    "people": "Trafficking in persons, also called human trafficking, is a crime.",
    "trata": "La trata de personas es un delito en México.",
    "children": "The sexual exploitation of children is punished.",
    "niños": "La explotación sexual comercial infantil se castiga.",
    "adults": "La explotación sexual se castiga.",
    "none": "Labour is not always forced upon the tip of an iceberg.",
}


def made(folder: Path, texts: Mapping[str, str], engine: str = "tantivy") -> Library:
    """A library of these texts; each document has its key for a title."""
    source = folder / "texts.jsonl"
    lines = [json.dumps({"id": name, "title": name, "text": text}) for name, text in texts.items()]
    source.write_text("\n".join(lines), "utf-8")
    library = Library.open(folder / "library")
    library.index([source], engine=engine)
    return library


@pytest.fixture(scope="module", params=["tantivy", "whoosh", "memory"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made(tmp_path_factory.mktemp("names"), TEXTS, request.param) as opened:
        yield opened


def found(library: Library, text: str, **more: object) -> list[str]:
    """Titles of what is found, the first first."""
    request = replace(SearchRequest(text, size=100), **more)  # type: ignore[arg-type]  # attributes of requests
    return [result.document.title for result in library.search(request).results]


def added(library: Library, text: str) -> dict[str, tuple[str, ...]]:
    return dict(library.search(SearchRequest(text)).query.expansions)


def node_of(library: Library, text: str, match: str = "all") -> Node:
    engine = library._opened().engine
    return ask(SearchRequest(text, match=match), engine, library.vocabularies, 1).node


def test_a_topic_is_found_by_its_names_in_all_languages(library: Library) -> None:
    names = ["en", "us", "es", "fr", "ru", "ar", "zh"]
    assert set(names) <= set(found(library, "forced labour"))
    assert not {"es", "fr", "ru", "ar", "zh"} & set(found(library, "forced labour", expand=False))


@pytest.mark.parametrize(
    "text",
    [
        "trabajo forzoso",
        "TRAVAIL FORCE",
        "принудительного труда",
        "السخرة",
        "强迫劳动",
        "forced labor",
        "forced-labour",
    ],
)
def test_from_any_language_to_all_others(library: Library, text: str) -> None:
    assert {"en", "es", "fr", "ru", "ar", "zh"} <= set(found(library, text))


def test_what_was_typed_comes_first(library: Library) -> None:
    assert set(found(library, "forced labour")[:2]) <= {"en", "us", "none"}
    assert found(library, "trabajo forzoso")[0] == "es"
    assert found(library, "强迫劳动")[0] == "zh"


def test_the_names_that_were_added_are_told_and_no_others(library: Library) -> None:
    told = added(library, "forced labour")
    assert set(told) == {"forced labour"}
    assert set(told["forced labour"]) == {
        "trabajo forzoso",
        "travail forcé",
        "принудительный труд",
        "السخرة",
        "强迫劳动",
    }


def test_what_is_found_by_another_name_is_marked_on_its_page(library: Library) -> None:
    answer = library.search(SearchRequest("forced labour", size=100))
    (spanish,) = [result for result in answer.results if result.document.title == "es"]
    (passage,) = spanish.pages
    assert [passage.text[start:end] for start, end in passage.spans] == ["trabajo forzoso"]
    identity = spanish.document.id
    assert [hit.number for hit in library.page_hits(identity, "forced labour")] == [1]
    assert not library.page_hits(identity, "forced labour", expand=False)
    assert library.highlight(TEXTS["es"], "forced labour", "es")
    assert not library.highlight(TEXTS["es"], "forced labour", "es", expand=False)


@pytest.mark.parametrize(
    "text",
    [
        '"forced labour"',
        '"peonage"',
        "title:forced title:labour",
        "slavery -peonage",
        "labour forced",
        "forced the labour OR nothing",
        "tip",
    ],
)
def test_what_is_quoted_excluded_in_a_field_or_no_name_is_taken_as_it_is(library: Library, text: str) -> None:
    assert not added(library, text)
    assert set(found(library, text)) == set(found(library, text, expand=False))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("peonage", "peonage"),
        ("TIP", "TIP"),
        ("trafficking in persons", "trafficking in persons"),
        ("what is trafficking in persons?", "trafficking in persons"),
        ("trata de personas in Mexico", "trata de personas"),
        ("(forced labour) harbour", "forced labour"),
        ("harbour ((forced labour) OR seal)", "forced labour"),
        ("forced labour -iceberg", "forced labour"),
    ],
)
def test_names_are_found_among_other_words(library: Library, text: str, term: str) -> None:
    assert term in added(library, text)


def test_other_words_of_the_query_stay_required(library: Library) -> None:
    assert set(found(library, "forced labour puerto")) == {"es"}
    assert not found(library, "forced labour zeppelin")
    assert "es" not in found(library, "forced labour -puerto")


def test_the_longest_name_counts_and_none_within_it(library: Library) -> None:
    assert set(added(library, "sexual exploitation of children")) == {"sexual exploitation of children"}
    names = found(library, "sexual exploitation of children")
    assert "niños" in names
    assert "adults" not in names


def test_with_any_word_wanted_names_are_one_more_way_to_match(library: Library) -> None:
    any_word = set(found(library, "forced labour", match="any"))
    assert {"es", "zh", "none"} <= any_word
    assert "zh" not in found(library, "forced labour", match="any", expand=False)


def test_a_name_that_holds_the_words_typed_is_not_added(library: Library) -> None:
    assert "trafficking in persons" in added(library, "human trafficking")["human trafficking"]
    assert added(library, "forced labour").keys() == {"forced labour"}
    assert not any("forced labour" in name for name in added(library, "forced labour")["forced labour"])


def test_no_concept_adds_more_than_its_share(library: Library) -> None:
    node = node_of(library, "human trafficking")
    assert sum(isinstance(leaf, Phrase) for leaf in leaves(node)) <= MOST_NAMES


def test_words_that_several_things_are_called_by_are_not_expanded() -> None:
    shared = [
        ConceptData(name, name.title(), terms={"en": ("common name", name)})
        for name in ("one", "two", "three")
    ]
    assert Phrasebook(Vocabulary.of(shared)).longest(["common", "name"], {2}) is None
    match = Phrasebook(Vocabulary.of(shared[:2])).longest(["common", "names"], {1, 2})
    assert match is not None
    assert match.concepts == ("one", "two")


def test_a_librarys_own_thesaurus_has_its_own_names(tmp_path: Path) -> None:
    thesaurus = tmp_path / "own.ttl"
    thesaurus.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:x:gang> a skos:Concept; skos:prefLabel "Gangmaster"@en, "Caporale"@it; skos:altLabel "crew boss"@en .\n',
        "utf-8",
    )
    source = tmp_path / "a.jsonl"
    source.write_text(
        json.dumps({"id": "a", "title": "Campi", "text": "Il caporale prende i soldi."}), "utf-8"
    )
    settings_of = config.Settings(thesaurus=config.ThesaurusSettings(file=str(thesaurus)))
    with Library.open(tmp_path / "library", settings=settings_of) as own:
        own.index([source])
        assert added(own, "crew boss") == {"crew boss": ("caporale",)}
        assert found(own, "crew bosses") == ["Campi"]


WORDS = [
    "forced",
    "labour",
    "labor",
    "trata",
    "de",
    "personas",
    "human",
    "trafficking",
    "debt",
    "bondage",
    "harbour",
    "OR",
]


@settings(max_examples=examples(60))
@given(
    st.lists(
        st.sampled_from([*WORDS, '"forced labour"', "(forced labour)", "强迫劳动", "title:us"]), max_size=6
    )
)
def test_with_other_names_nothing_is_lost(library: Library, words: list[str]) -> None:
    text = " ".join(words)
    for match in ("all", "any"):
        with_names = found(library, text, match=match)
        assert set(with_names) >= set(found(library, text, match=match, expand=False))
        assert len(with_names) == library.search(SearchRequest(text, match=match)).total


@settings(max_examples=examples(15))
@given(
    times=st.integers(1, 3),
    others=st.integers(0, 6),
    common=st.booleans(),
    engine=st.sampled_from(["tantivy", "memory"]),
)
def test_said_as_often_the_words_typed_outrank_another_name(
    tmp_path_factory: pytest.TempPathFactory, times: int, others: int, engine: str, *, common: bool
) -> None:
    typed, other = "forced labour here ", "trabajo forzoso here "
    texts = {"typed": typed * times, "other": other * times}
    texts |= {f"more {number}": typed if common else "nothing of this here" for number in range(others)}
    with made(tmp_path_factory.mktemp("rank"), texts, engine) as library:
        hits = found(library, "forced labour")
    assert hits.index("typed") < hits.index("other")


def test_rare_names_weigh_less_than_frequent_words_typed(library: Library) -> None:
    node = node_of(library, "forced labour")
    factors = {
        child.child: child.factor for child in getattr(node, "children", ()) if isinstance(child, Boost)
    }
    assert factors
    assert all(0 < factor < 1 for factor in factors.values())
