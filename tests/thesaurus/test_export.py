from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from files import WHOLE, compiled
from hypothesis import given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch.thesaurus import FORMATS, compile_skos, extended, to_skos
from tipsearch.thesaurus.tree import arranged
from tipsearch.thesaurus.words import Words
from tipsearch.vocabulary import ConceptData, VocabularyData, topics

ENDINGS = {"turtle": ".ttl", "json-ld": ".jsonld", "rdf-xml": ".rdf"}


def again(content: VocabularyData, form: str = "turtle") -> VocabularyData:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"again{ENDINGS[form]}")
        path.write_bytes(to_skos(content, form))
        return compile_skos(path).content


@pytest.mark.parametrize("form", FORMATS)
def test_the_program_s_own_thesaurus_comes_back_as_it_was(form: str) -> None:
    assert again(topics().content, form) == topics().content


def test_an_extended_thesaurus_comes_back_as_it_was(tmp_path: Path) -> None:
    base = compiled(tmp_path, WHOLE).content
    text = (
        'my:peonage a skos:Concept ; skos:prefLabel "Peonage"@en ; skos:narrower :debt-bondage ; skos:related :migration .'
        ':servitude skos:prefLabel "Unfreedom"@en , "奴役制度"@zh-Hant ; skos:altLabel "unfree"@en ; skos:hiddenLabel "x"@fr .'
    )
    own = compiled(tmp_path, text, known=tuple(one.value for one in base.concepts))
    whole = extended(base, own, tmp_path)
    assert again(whole) == whole


def test_turtle_is_written_the_same_each_time_and_for_people() -> None:
    first = to_skos(topics().content).decode()
    assert first == to_skos(topics().content).decode()
    assert ":debt-bondage a skos:Concept ;" in first


words = st.sampled_from(
    [
        "Levy",
        "levy",
        "LEVY",
        "levies",
        "Abgabe",
        "L",
        "TIP",
        "征费",
        "徵費",
        "сбор",
        'the "fee"',
        "a\\b",
        "ß",
        "ẞ",
    ]
)
tags = st.sampled_from(["en", "en-gb", "de", "zh", "zh-hant", "fil", "tl", "x-own"])
by_language = st.dictionaries(
    st.sampled_from(["en", "de", "zh", "tl"]), st.lists(words, max_size=3).map(tuple)
)


@st.composite
def thesauri(draw: st.DrawFn) -> VocabularyData:
    values = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5, unique=True))
    concepts = []
    for number, value in enumerate(values):
        parent = draw(st.sampled_from([None, *values[:number]]))
        bare = ConceptData(
            value, "", parent, facet="" if parent else draw(st.sampled_from(["", "form", "own"]))
        )
        said = ConceptData(
            value,
            "",
            labels=draw(st.dictionaries(tags, words, min_size=1)),
            terms=draw(by_language),
            bare=draw(by_language),
            acronyms=draw(st.sampled_from([(), ("TIP",)])),
        )
        concepts.append(Words.of_concept(said).of(bare))
    facets = {one.facet: {"en": one.facet.title()} for one in concepts if one.facet}
    return VocabularyData(arranged(concepts), facets=dict(sorted(facets.items())))


@settings(max_examples=examples(60))
@given(thesauri())
def test_any_thesaurus_comes_back_as_it_was(content: VocabularyData) -> None:
    assert again(content) == content
