"""Languages as sources name them: codes, tags and names in the languages in which catalogues are kept."""

from __future__ import annotations

import pytest

from tipsearch.extract.facts import language_code
from tipsearch.extract.jsonl import read_jsonl
from tipsearch.extract.web.read import read_html
from tipsearch.model import Field
from tipsearch.vocabulary import languages

#: ISO 639-1, 639-2/T, 639-2/B, then names in English, Spanish, French, Arabic, Russian and Chinese.
NAMES = [
    "en eng eng English inglés anglais الإنجليزية английский 英语",
    "es spa spa Spanish español espagnol الإسبانية испанский 西班牙语",
    "fr fra fre French francés français الفرنسية французский 法语",
    "ar ara ara Arabic árabe arabe العربية арабский 阿拉伯语",
    "ru rus rus Russian ruso russe الروسية русский 俄语",
    "zh zho chi Chinese chino chinois الصينية китайский 中文",
    "pt por por Portuguese portugués portugais البرتغالية португальский 葡萄牙语",
    "de deu ger German alemán allemand الألمانية немецкий 德语",
    "nl nld dut Dutch neerlandés néerlandais الهولندية нидерландский 荷兰语",
    "fa fas per Persian persa persan الفارسية персидский 波斯语",
    "my mya bur Burmese birmano birman البورمية бирманский 缅甸语",
    "ro ron rum Romanian rumano roumain الرومانية румынский 罗马尼亚语",
    "sq sqi alb Albanian albanés albanais الألبانية албанский 阿尔巴尼亚语",
    "th tha tha Thai tailandés thaï التايلاندية тайский 泰语",
    "vi vie vie Vietnamese vietnamita vietnamien الفيتنامية вьетнамский 越南语",
    "ne nep nep Nepali nepalí népalais النيبالية непальский 尼泊尔语",
]


@pytest.mark.parametrize("names", NAMES, ids=[one.split()[3] for one in NAMES])
def test_a_language_is_known_by_its_codes_and_by_its_names(names: str) -> None:
    value, *others = names.split()
    assert [languages().resolve(name) for name in (value, *others)] == [value] * (1 + len(others))
    given = [language_code(name) or "" for name in others]
    assert [languages().resolve(code) for code in given] == [value] * len(others)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("en-US", "en"),
        ("pt_BR", "pt"),
        (" EN ", "en"),
        ("ESPAÑOL", "es"),
        ("Portuguese (Brazil)", "pt"),
        ("English; French", "en"),
        ("unknown, Français", "fr"),
        ("русский язык", "ru"),
        ("qqx", "qqx"),
        ("und", None),
        ("Klingonish", None),
        ("", None),
    ],
)
def test_what_a_source_gives_becomes_the_code_of_the_first_language_that_is_known(
    text: str, code: str | None
) -> None:
    assert language_code(text) == code


def test_a_name_counts_wherever_a_source_gives_a_language() -> None:
    line = '{"id": 1, "title": "Owed", "text": "Nets", "lang": "Español"}'
    page = '<meta name="DC.language" content="Anglais"><h1>Owed</h1><p>Deckhands paid a fee before they signed on.</p>'

    assert read_jsonl(line.encode(), "a.jsonl").records[0].first(Field.LANGUAGE) == "es"
    assert read_html(page.encode(), "a.html").records[0].first(Field.LANGUAGE) == "en"


def test_no_name_is_that_of_two_languages() -> None:
    seen: dict[str, str] = {}
    for concept in languages().data:
        for name in (concept.value, concept.label, *concept.codes, *concept.names):
            assert seen.setdefault(name.casefold(), concept.value) == concept.value
