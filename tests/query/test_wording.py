"""What is said to readers is said in all our languages."""

from __future__ import annotations

import json
import re
from string import Formatter

import pytest

from tipsearch.paths import data_file
from tipsearch.query import accepted_language, parse, read, spoken_language
from tipsearch.query.wording import LANGUAGES, Notice, wording

ENGLISH = wording("en").templates
FOLDER = data_file("reading")
#: Fields that are the same in every language need no letters of it.
_SHARED = {"direction", "thousands", "quoted", "comma", "semicolon", "brackets", "on_page", "filter"}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_there_is_a_file_for_each_language() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: str) -> None:
    spoken = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    assert list(spoken) == list(ENGLISH)
    assert {key: fields(one) for key, one in spoken.items()} == {
        key: fields(one) for key, one in ENGLISH.items()
    }


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_nothing_is_left_untranslated(language: str) -> None:
    spoken = wording(language).templates
    same = {key for key, one in spoken.items() if one == ENGLISH[key]} - _SHARED
    assert same <= {"facet_sector", "or", "without", "facet_type"}


def test_every_key_that_the_code_names_is_there() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted(FOLDER.parent.parent.rglob("*.py")))
    named = set(re.findall(r'(?:Notice\.of|notice|_tell|say|_say|joined)\(\s*"(\w+)"', source))
    assert named <= set(ENGLISH)
    assert len(named) > 40


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "“debt” and the phrase “forced labour”, without “sport”; region: asia"),
        ("en-GB", "“debt” and the phrase “forced labour”, without “sport”; region: asia"),
        ("tlh", "“debt” and the phrase “forced labour”, without “sport”; region: asia"),
        ("es", "«debt» y la frase «forced labour», sin «sport»; región: asia"),
        ("fr_CA.UTF-8", "« debt » et l’expression « forced labour », sans « sport » ; région : asia"),
        ("pt", "“debt” e a expressão “forced labour”, sem “sport”; região: asia"),
        ("ru", "«debt» и фраза «forced labour»; исключено: «sport»; регион: asia"),
        ("zh-Hans", "“debt”和词组“forced labour”，不含“sport”；地区：asia"),
        (
            "ar",
            (
                "«\u2068debt\u2069» والعبارة «\u2068forced labour\u2069»، من دون «\u2068sport\u2069»؛ "
                "المنطقة: \u2068asia\u2069"
            ),
        ),
    ],
)
def test_a_reading_in_each_language(language: str, words: str) -> None:
    reading = read(parse('debt "forced labour" -sport region:asia'), language)
    assert reading.words.replace("\u00a0", " ") == words


def test_words_of_the_other_direction_are_isolated_and_others_left_alone() -> None:
    assert read(parse("كفالة fees")).words == "“\u2068كفالة\u2069” and “fees”"


def test_marks_of_direction_among_what_was_typed_turn_nothing() -> None:
    told = Notice.of("no_year", value="\u202e2015\u2069")
    assert "“2015”" in str(told)
    assert wording("ar").notice(told).count("\u2069") == wording("ar").notice(told).count("\u2068") == 1


def test_notices_come_in_the_readers_language() -> None:
    (remark,) = parse("year:soon").remarks
    assert wording("es").notice(remark).startswith("«soon» no es un año")
    (longer,) = parse("a" * 3_000).remarks
    assert "2.048" in wording("es").notice(longer)
    assert "2,048" in str(longer)


def test_what_was_typed_is_cut_where_it_is_long() -> None:
    (remark,) = parse("year:" + "x" * 500).remarks
    assert len(str(remark)) < 250


def test_braces_that_were_typed_are_no_fields() -> None:
    assert "{value}" in str(Notice.of("no_year", value="{value}"))
    assert "“{0}”" in read(parse('"{0}" title:{x}')).words.replace("the phrase ", "").replace("“0”", "“{0}”")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr"),
        ("de, es;q=0.4, pt;q=0.6", "pt"),
        ("en;q=0.1, ar;q=0", "en"),
        ("zh-Hant-TW", "zh"),
        ("ru;q=2, es;q=abc", "en"),
        (";;,,=,q=", "en"),
        ("x" * 10_000, "en"),
        ("de," * 10_000 + "fr", "en"),
    ],
)
def test_the_language_that_a_browser_likes_best(header: str, language: str) -> None:
    assert accepted_language(header) == language


@pytest.mark.parametrize("tag", ["", "C", "C.UTF-8", "POSIX", "de_DE", "\x00", "../../x"])
def test_english_is_for_all_others(tag: str) -> None:
    assert spoken_language(tag) == "en"
