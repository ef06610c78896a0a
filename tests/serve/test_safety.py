"""The page on searching safely: helplines by choice, in four languages, and what else helps; the file behind it."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from babel import Locale

from tipsearch.config import WebSettings, load
from tipsearch.errors import ConfigError
from tipsearch.serve.app import create_app
from tipsearch.serve.helplines import load_helplines
from tipsearch.serve.presenters.safety import SafetyPage, safety_page
from tipsearch.serve.tongue import LANGUAGES

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from serve.small_library import Get, SmallLibrary

KNOWN = load_helplines()
ROOT = Path(__file__).resolve().parents[2]


def words(tree: lxml.html.HtmlElement) -> str:
    return " ".join(tree.text_content().split())


def shown(page: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    return page.find_class("lines")[0]


# ---- the program's own file ----


def told(app: Flask, tag: str) -> dict[str, SafetyPage]:
    """What the page tells of each country in that language."""
    with app.test_request_context(f"/safety?ui={tag}"):
        return {country: safety_page(KNOWN, country) for country in KNOWN.countries()}


def test_every_helpline_says_where_and_when_its_number_was_compared() -> None:
    for line in KNOWN.lines:
        assert line.source.startswith("https://")
        assert line.page
        assert line.checked is not None
        assert line.dated[:4] <= str(line.checked.year)


def test_every_helpline_is_in_a_country_that_has_a_name() -> None:
    for tag in LANGUAGES:
        named = Locale.parse(tag).territories
        assert {code.upper() for code in KNOWN.countries()} <= set(named)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_hours_and_languages_are_in_forms_that_are_translated(app: Flask, tag: str) -> None:
    names = Locale.parse(tag).languages
    pages = told(app, tag)
    for country in KNOWN.countries():
        for line, view in zip(KNOWN.of(country), pages[country].lines, strict=True):
            assert not line.note
            assert not line.hours or line.hours not in view.hours
            assert all(names[code] in view.languages for code in line.languages.split(", ") if code)


def test_every_number_leads_to_a_call_or_message_of_as_many_digits(app: Flask) -> None:
    for page in told(app, "en").values():
        links = [(line.phone, line.link) for line in page.lines]
        links += [
            (way.to, way.link) for line in page.lines for way in line.ways if way.link[:4] in {"tel:", "sms:"}
        ]
        links += [(page.emergency.phone, page.emergency.link)] if page.emergency else []
        for number, link in links:
            assert re.fullmatch(r"(tel|sms):\+?[0-9]{3,15}", link)
            assert re.sub("[^0-9]", "", number) == re.sub("[^0-9]", "", link)


def test_lines_stand_by_country_and_no_number_twice_in_one() -> None:
    assert all(one.country <= other.country for one, other in pairwise(KNOWN.lines))
    numbers = [(one.country, one.phone) for one in KNOWN.lines]
    assert len(set(numbers)) == len(numbers)


def test_countries_of_all_continents_and_all_languages_of_the_pages_have_lines() -> None:
    having = {one.country for one in KNOWN.lines}
    assert {
        "eg",
        "ma",
        "tn",
        "ae",
        "mx",
        "ar",
        "br",
        "fr",
        "es",
        "et",
        "ng",
        "za",
        "np",
        "bd",
        "ph",
        "vn",
        "au",
        "us",
    } <= having


# ---- the page ----


def test_a_country_that_is_chosen_shows_its_lines_with_source_and_day(get: Get) -> None:
    page = get("/safety?country=tn")
    lines = words(shown(page))
    assert "80 104 748" in lines
    assert "Compared on November 29, 2026 with a news report. Date of that page: January 24, 2018." in lines
    assert "It is old: make sure of the number before you rely on it." in lines
    assert any(link.get("href", "").startswith("https://kapitalis.com/") for link in shown(page).iter("a"))
    chosen = [one.get("value") for one in page.iter("option") if one.get("selected") is not None]
    assert chosen == ["tn"]


def test_numbers_can_be_called_by_a_click(get: Get) -> None:
    links = [link.get("href") for link in shown(get("/safety?country=bg")).iter("a")]
    assert {"tel:112", "tel:080020100", "tel:080018676", "tel:+35929817686"} <= set(links)


def test_ways_beside_the_call_are_told_in_words_and_lead_there(get: Get) -> None:
    lines = shown(get("/safety?country=us&ui=es"))
    assert "Por mensaje de texto: 233733" in words(lines)
    assert "sms:233733" in [link.get("href") for link in lines.iter("a")]
    assert "mailto:trata@policia.es" in [
        link.get("href") for link in shown(get("/safety?country=es")).iter("a")
    ]


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        (
            "en",
            [
                "English, Spanish; more than 200 others through interpreters",
                "day and night, every day",
                "Nobody called",
            ],
        ),
        (
            "es",
            [
                "español, inglés; más de 200 otros, con intérpretes",
                "día y noche, todos los días",
                "Nadie ha llamado",
            ],
        ),
        (
            "fr",
            [
                "anglais, espagnol ; plus de 200 autres, avec des interprètes",
                "jour et nuit",
                "Personne n’a appelé",
            ],
        ),
        (
            "ar",
            [
                "الإسبانية والإنجليزية؛ أكثر من 200 لغة أخرى",
                "ليلًا ونهارًا، كل يوم",
                "لم يتصل أحد بهذه الأرقام",
            ],
        ),
    ],
)
def test_a_line_is_told_in_the_readers_language(get: Get, tag: str, says: list[str]) -> None:
    lines = words(shown(get(f"/safety?country=us&ui={tag}")))
    assert [text for text in says if text not in lines] == []


@pytest.mark.parametrize("tag", ["es", "fr", "ar"])
def test_no_english_is_left_on_the_page_but_names(get: Get, tag: str) -> None:
    page, english = get(f"/safety?country=nl&ui={tag}"), get("/safety?country=nl&ui=en")

    def texts(tree: lxml.html.HtmlElement) -> set[str]:
        body = tree.get_element_by_id("content")
        for choice in body.xpath(".//select"):
            choice.clear()
        return {text for text in map(str.strip, body.itertext()) if re.search("[a-z]{4}", text)}

    names = {
        "CoMensha",
        "Nederlandse Arbeidsinspectie",
        "info@comensha.nl",
        "La Strada International",
        "Shift",
    }
    assert texts(page) & texts(english) <= names


def test_hours_are_told_by_names_of_days(get: Get) -> None:
    assert "Monday to Friday, from 09:00 to 17:00" in words(shown(get("/safety?country=nl")))
    assert "du lundi au mardi, de 10:00 à 16:00 ; mercredi, de 12:00 à 20:00" in words(
        shown(get("/safety?country=cz&ui=fr"))
    )


def test_a_name_says_its_own_language_and_a_number_runs_from_left_to_right(get: Get) -> None:
    lines = shown(get("/safety?country=eg&ui=en"))
    assert {name.get("lang") for name in lines.findall(".//strong/bdi")} == {"ar"}
    numbers = shown(get("/safety?country=eg&ui=ar")).find_class("dial")
    assert {number.get("dir") for number in numbers} == {"ltr"}


def test_no_country_is_chosen_for_the_reader(client: FlaskClient) -> None:
    page = client.get("/safety", headers={"Accept-Language": "fil-PH", "X-Forwarded-For": "203.0.113.7"}).text
    assert 'class="lines"' not in page
    assert "selected" not in page


def test_a_country_without_lines_says_so_and_what_else_helps(get: Get) -> None:
    page = get("/safety?country=aq")
    assert "No helpline is known here for that country." in words(page)
    assert page.get_element_by_id("elsewhere") is not None
    assert "https://www.iom.int/" in [link.get("href") for link in page.iter("a")]


def test_countries_are_called_and_sorted_in_the_readers_language(get: Get) -> None:
    names = {one.get("value"): one.text for one in get("/safety?ui=es").iter("option")}
    assert names["de"] == "Alemania"
    french = [one.get("value") for one in get("/safety?ui=fr").iter("option")]
    assert french.index("be") < french.index("eg") < french.index("es") < french.index("za") + len(french)
    assert french.index("eg") < french.index("fr") < french.index("us") + len(french)


def test_a_number_that_was_not_compared_says_so(library: SmallLibrary, tmp_path: Path) -> None:
    line = {
        "country": "np",
        "name": "Example line",
        "phone": "0 00",
        "source": "https://example.org/",
        "hours": "at noon",
    }
    page = with_own(
        library, tmp_path, {"how": "Called.", "emergency": {"np": {"phone": "100"}}, "lines": [line]}
    )
    text = words(shown(lxml.html.document_fromstring(page)))
    assert "Emergency number: 100 Not compared with its source." in text
    assert "Hours: at noon" in text
    assert "Called." in text
    assert "Nobody called" not in text


# ---- an operator's file ----


def with_own(library: SmallLibrary, folder: Path, content: dict[str, Any]) -> str:
    (folder / "lines.json").write_text(json.dumps(content))
    (folder / "tipsearch.toml").write_text('[web]\nhelplines = "lines.json"\n')
    app = create_app(library, load(folder / "tipsearch.toml").web)
    return app.test_client().get("/safety?country=np").text


def test_an_operator_brings_their_own_helplines(library: SmallLibrary, tmp_path: Path) -> None:
    line = {"country": "np", "name": "Example line", "phone": "0 00", "source": "https://example.org/"}
    page = with_own(library, tmp_path, {"how": "Called.", "emergency": {}, "lines": [line]})
    assert "Example line" in page
    assert 'value="ph"' not in page


def test_the_file_that_the_documentation_shows_is_one(library: SmallLibrary, tmp_path: Path) -> None:
    shown_there = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "settings.md").read_text(), re.DOTALL)
    page = with_own(library, tmp_path, json.loads(shown_there[-1]))
    said = words(shown(lxml.html.document_fromstring(page)))
    assert "We called these numbers" in said
    assert "English, Nepali; others through interpreters" in said
    assert "Date of that page: October 2026." in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "helplines"),
        ('{"emergency": {}, "lines": [{"country": "NPL"}]}', r"\$\.lines\[0\]"),
        (
            '{"emergency": {}, "lines": [{"country": "np", "name": "A", "phone": "1", "source": "x"}]}',
            "source of 'A' is a web address",
        ),
        (
            '{"emergency": {}, "lines": [{"country": "np", "name": "A", "phone": "call us", "source": "https://a.example/"}]}',
            r"\$\.lines\[0\]\.phone",
        ),
        (
            '{"emergency": {"np": {"phone": "1", "source": "x"}}, "lines": []}',
            "source of '1' is a web address",
        ),
        ('{"emergency": {}, "lines": []}', "how its numbers were checked"),
    ],
)
def test_a_file_of_helplines_that_is_wrong_stops_the_start(
    library: SmallLibrary, tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "lines.json"
    file.write_text(text)
    with pytest.raises(ConfigError, match=says):
        create_app(library, WebSettings(helplines=str(file)))


def test_a_file_of_helplines_that_is_missing_stops_the_start(library: SmallLibrary, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.json cannot be read"):
        create_app(library, WebSettings(helplines=str(tmp_path / "nowhere.json")))
