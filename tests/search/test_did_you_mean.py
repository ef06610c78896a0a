"""Did you mean: what is offered for misspelt words, when it is searched for, and what is left alone."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch import Library, SearchRequest, query
from tipsearch.query.nodes import Phrase
from tipsearch.search.dictionary import Dictionary, is_correctable
from tipsearch.search.spelling import Speller
from tipsearch.vocabulary import standard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.engines.base import Engine, Hits
    from tipsearch.query.nodes import Node
    from tipsearch.search.answer import SearchAnswer

TEXTS = [
    "Forced labour and trafficking of children in Bangladesh: recruitment fees, debt bondage and brick kilns.",
    "Human trafficking of children. Child labour in the brick kilns of Nepal; forced labour at sea.",
    "Trafficking for forced labour. The recruitment of women and children for domestic work in Kuwait.",
    "La explotación sexual de niños y la trata de personas; el trabajo forzoso.",
    "Принудительный труд и торговля людьми.",
    "The casual work of a martial artist, forced to leave; the dairy and the diary. Szilvia Mukherjee wrote it.",
    "Debt bondage in Bangladesh, of which a mother and her hija tell.",
    *(f"Those whom we met relate what their victims saw, part {number}." for number in range(3)),
]
#: Of a word that is as frequent as it is here, one that differs in a slip is a misspelling, if it is as rare.
MANY = [f"Human trafficking, report {number}" for number in range(110)]
RARE = ["A leaflet on traficking", "A leaflet on tracking", "A leaflet that was trafficked"]


@pytest.fixture(scope="module", params=["tantivy", "whoosh", "memory"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("spelling")
    source = folder / "texts.jsonl"
    lines = [
        json.dumps({"id": str(number), "title": f"Text {number}", "text": text})
        for number, text in enumerate([*TEXTS, *MANY, *RARE])
    ]
    source.write_text("\n".join(lines), "utf-8")
    with Library.open(folder / "library") as opened:
        opened.index([source], engine=request.param)
        yield opened


class _Counting:
    """An engine that notes what it is asked for."""

    def __init__(self, engine: Engine) -> None:
        self.asked: list[Node] = []
        self._engine = engine

    def search(self, node: Node, *more: Any, **named: Any) -> Hits:
        self.asked.append(node)
        return self._engine.search(node, *more, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def asked(library: Library, text: str, **more: object) -> SearchAnswer:
    return library.search(replace(SearchRequest(text), **more))  # type: ignore[arg-type]  # attributes of requests


def better(library: Library, text: str, **more: object) -> str | None:
    return asked(library, text, **more).query.did_you_mean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("forcd labour", "forced labour"),
        ("traficking of childern", "trafficking of children"),
        ("humantrafficking", "human trafficking"),
        ("traf ficking", "trafficking"),
        ("Bangaldesh", "Bangladesh"),
        ("BANGALDESH kilns", "BANGLADESH kilns"),
        ("rafficking", "trafficking"),
        ("принудителный труд", "принудительный труд"),
        ("debt bondge in brik kilns", "debt bondage in brick kilns"),
    ],
)
def test_misspelt_words_are_understood(library: Library, typed: str, meant: str) -> None:
    assert better(library, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"forcd labour" lang:en', '"forced labour" lang:en'),
        ("title:Txet", "title:Text"),
        ("(forcd OR zeppelin) labour", "(forced OR zeppelin) labour"),
        ("forcd, labour!", "forced, labour!"),
        ("traff* bondge", "traff* bondage"),
        ("forcd labour -zeppelni", "forced labour -zeppelni"),
        ('"forcd labour"~3', '"forced labour"~3'),
        ("l'explotacoin sexual", "l'explotacion sexual"),
        ("Explótacoin sexual", "Explótacion sexual"),
    ],
)
def test_all_else_stays_as_it_was_typed(library: Library, typed: str, meant: str) -> None:
    assert better(library, typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "forced labour",
        "martial diary",
        "szilvia mukherjee",
        "tracking",
        "trafficked",
        "trafficks",
        "onto Gambia",
        "gambia",
        "xyzzyq",
        "C4011 2035",
        "forcd~ labour",
        "forc?d labour",
        "publisher:forcd",
        "ILOO",
        "强迫劳功",
        "labour -forcd",
        "zzzz qqqq wwww yyyy kkkk forcd",
    ],
)
def test_nothing_is_offered_for_what_is_right_or_no_word(library: Library, text: str) -> None:
    assert better(library, text) is None


def test_nothing_found_is_answered_with_what_was_meant(library: Library) -> None:
    answer = asked(library, "bondge kilns")
    assert (answer.query.corrected, answer.query.searched, answer.query.text) == (
        True,
        "bondage kilns",
        "bondge kilns",
    )
    assert answer.total == asked(library, "bondage kilns").total == 1
    assert answer.query.words == asked(library, "bondage kilns").query.words
    assert answer.results[0].pages[0].spans


def test_what_was_typed_can_be_insisted_on(library: Library) -> None:
    answer = asked(library, "bondge kilns", spell=False)
    assert (answer.total, answer.query.corrected, answer.query.did_you_mean) == (0, False, "bondage kilns")


def test_where_something_is_found_the_other_spelling_is_only_offered(library: Library) -> None:
    answer = asked(library, "bondge kilns", match="any")
    assert answer.total > 0
    assert (answer.query.corrected, answer.query.did_you_mean) == (False, "bondage kilns")


@pytest.mark.parametrize("typed", ["humantrafficking", "traficking of childern", "Bangaldesh", "brik kilms"])
def test_common_slips_are_corrected_where_nothing_is_found(library: Library, typed: str) -> None:
    answer = asked(library, typed)
    assert answer.query.corrected
    assert answer.total


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("rescate", "relate"),  # two letters, and none of them doubled or in the other's place
        ("hijra", "hija"),  # one letter, but one document among many
        ("zilvia", "szilvia"),
    ],
)
def test_what_may_be_another_word_is_offered_but_not_searched_for(
    library: Library, typed: str, offered: str
) -> None:
    answer = asked(library, typed)
    assert (answer.total, answer.query.did_you_mean, answer.query.corrected) == (0, offered, False)


def test_stop_words_of_other_languages_are_right(library: Library) -> None:
    assert better(library, "zart") == "part"
    assert better(library, "vart") is None  # Swedish


def test_neighbours_are_counted_once_however_often_they_are_repeated(library: Library) -> None:
    engine = _Counting(library._opened().engine)
    speller = Speller(engine, 1, library.vocabularies)
    text = "labuor brcik" + " forced labuor" * 2 + " forced" * 250
    found = speller.better(text, query.parse(text).node)
    assert found
    assert found.text == text.replace("labuor", "labour").replace("brcik", "brick")
    phrases = [one for one in engine.asked if isinstance(one, Phrase)]
    assert len(phrases) == len(set(phrases))
    assert 0 < len(phrases) <= 16


def test_a_rare_word_one_slip_from_a_frequent_one_is_offered_that(library: Library) -> None:
    answer = asked(library, "traficking")
    assert (answer.total, answer.query.did_you_mean, answer.query.corrected) == (1, "trafficking", False)


def test_only_what_finds_something_is_offered(library: Library) -> None:
    assert better(library, "bondge zeppelin") is None
    assert better(library, "bondge", languages=("ru",)) is None
    assert better(library, "bondge Szilvia") is None


def test_of_several_spellings_the_one_that_is_said_with_the_other_words_is_offered(library: Library) -> None:
    assert better(library, "dairry casual") == "dairy casual"
    assert better(library, "brick kilms") == "brick kilns"


@settings(max_examples=examples(60))
@given(st.text(max_size=40))
def test_any_text_gets_an_answer(library: Library, text: str) -> None:
    answer = asked(library, text)
    assert answer.query.corrected == (answer.query.searched != text)


@settings(max_examples=examples(40))
@given(st.data())
def test_words_that_the_library_has_are_right(library: Library, data: st.DataObject) -> None:
    words = sorted({word for text in TEXTS for word in text.lower().split() if word.isalpha()})
    typed = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=4)))
    assert better(library, typed) is None


def misspelt(word: str, chance: random.Random) -> str:
    """The word with one error anywhere but in its first letter: a letter more, less, another, or two swapped."""
    place = chance.randrange(1, len(word))
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    before, after = word[:place], word[place:]
    swapped = before[:-1] + after[0] + before[-1] + after[1:]
    return chance.choice([before + letter + after, before + after[1:], before + letter + after[1:], swapped])


def test_of_words_with_one_error_nine_in_ten_are_told_at_first(sample: Library) -> None:
    engine = sample._opened().engine
    dictionary = Dictionary(engine.terms("", 100_000), engine.document_count())
    chance = random.Random(2026)
    words = sorted(
        word for word, count in dictionary.counts.items() if count > 2 and len(word) > 5 and word.isascii()
    )
    asked_for = [(word, misspelt(word, chance)) for word in chance.sample(words, 400)]
    wrong = [(word, typed) for word, typed in asked_for if typed not in dictionary.counts]
    right = [word for word, typed in wrong if [one.word for one in dictionary.similar(typed)[:1]] == [word]]
    assert len(wrong) > 300
    assert len(right) / len(wrong) >= 0.9


def test_rare_words_of_a_library_are_left_alone(sample: Library) -> None:
    engine = sample._opened().engine
    rare = [word for word, count in engine.terms("", 100_000) if count == 1 and is_correctable(word)]
    offered = {word: found for word in rare[::20] if (found := better(sample, word))}
    assert not offered


def test_a_big_dictionary_is_bounded_and_small_words_are_no_candidates() -> None:
    dictionary = Dictionary([("trafficking", 9), ("men", 9), ("abc1", 9), ("强迫", 9), ("rarely", 1)], 500)
    assert set(dictionary.counts) == {"trafficking"}
    assert [one.word for one in dictionary.similar("trafikcing")] == ["trafficking"]
    assert dictionary.similar("trafficking") == []


def test_names_of_places_and_topics_are_known(library: Library) -> None:
    assert library.vocabularies.regions is standard().regions
    for word in ("Zambia", "Ouagadougou", "kafala", "Lieferketten"):
        assert better(library, word) is None
