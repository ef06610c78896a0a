from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tipsearch.enrich import regions, zones
from tipsearch.model import Field, Origin, Page

FILLER = "Employers kept the documents of the workers and withheld their wages. " * 15


def detect(title: str, *texts: str, language: str = "en") -> list[str]:
    pages = [Page(number, text, language=language) for number, text in enumerate(texts, 1)]
    found = regions.detect([title] if title else [], zones.bodies(pages), language)
    return [fact.value for fact in found if fact.field is Field.REGION]


def test_the_title_decides() -> None:
    pages = ["Thailand is a neighbour. " + FILLER] * 4
    assert detect("Child labour in Cambodia", *pages)[0] == "cambodia"


def test_several_places_of_a_title_all_count() -> None:
    assert set(detect("Migrant workers from Nepal and India in Qatar", FILLER)) == {"nepal", "india", "qatar"}


def test_without_a_title_the_text_decides() -> None:
    pages = [
        f"In Ghana, children work. The law of Ghana. {FILLER}",
        f"Ghana and Togo. {FILLER}",
        f"Ghana. {FILLER}",
    ]
    assert detect("", *pages) == ["ghana"]


def test_a_country_of_a_footnote_is_no_region() -> None:
    assert detect("Wages withheld", *[FILLER] * 4, f"{FILLER} See a study from Norway.") == []


def test_the_agency_that_reports_is_no_region() -> None:
    notes = "1 U.S. Embassy- Accra. Reporting. 2 U.S. Department of Labor. 3 ILO, Geneva, Switzerland. " * 10
    assert detect(
        "", f"In Ghana, children work. Ghana has laws. {FILLER}", f"Ghana. {FILLER}", notes + "Ghana."
    ) == ["ghana"]


def test_two_leading_countries_are_both_regions() -> None:
    pages = [f"Myanmar and Thailand. {FILLER} Workers from Myanmar in Thailand."] * 4
    assert set(detect("Fishing vessels", *pages)) == {"myanmar", "thailand"}


def test_many_countries_of_many_continents_are_the_world() -> None:
    names = "Ghana, Peru, Nepal, France, Fiji, Kenya, Chile, Japan, Poland and Tonga"
    assert detect("Wages withheld", *[f"{names}. {FILLER}"] * 3) == ["global"]


def test_many_countries_of_one_region_are_that_region() -> None:
    names = "Ghana, Togo, Benin, Nigeria, Mali, Senegal and Guinea"
    assert detect("Wages withheld", *[f"{names}. {FILLER}"] * 3) == ["western-africa"]


def test_a_global_title_without_a_place_is_the_world() -> None:
    assert detect("Global estimates of forced labour", FILLER) == ["global"]


def test_a_region_that_leads_is_a_region() -> None:
    pages = [f"Southeast Asia has many ports. In Southeast Asia, {FILLER} Manila. Indonesia."] * 3
    assert detect("Wages withheld", *pages)[0] == "south-eastern-asia"


def test_a_region_of_the_title_stays_beside_its_countries() -> None:
    assert detect("Scams in Southeast Asia", *[f"Cambodia. Cambodia. {FILLER}"] * 3) == [
        "south-eastern-asia",
        "cambodia",
    ]


def test_an_ambiguous_name_goes_to_the_place_named_otherwise() -> None:
    pages = [f"The Democratic Republic of the Congo mines cobalt. The Congo exports it. {FILLER}"] * 3
    assert detect("Cobalt", *pages) == ["democratic-republic-of-the-congo"]
    assert detect("Timber from the Congo", FILLER) == ["congo"]


def test_the_first_line_stands_for_a_missing_title() -> None:
    pages = [f"Western Sahara\nMorocco administers it. Morocco has laws. {FILLER}"] + [
        f"Morocco. {FILLER}"
    ] * 3
    assert detect("", *pages)[0] == "western-sahara"


def test_a_fact_tells_why() -> None:
    pages = [
        Page(1, "Nothing here."),
        Page(2, f"Ghana. {FILLER}", language="en"),
        Page(3, "In Ghana.", language="en"),
    ]
    (fact,) = regions.detect(["Ghana"], zones.bodies(pages), "en")
    assert (fact.field, fact.value, fact.origin, fact.weight) == (Field.REGION, "ghana", Origin.DETECTED, 1.0)
    title, beginning, text = fact.evidence
    assert (title.where, title.quote) == ("title", "Ghana")
    assert (beginning.where, beginning.count, beginning.pages) == ("beginning", 1, (2,))
    assert (text.where, text.count, text.pages) == ("text", 1, (3,))


def test_never_more_than_eight() -> None:
    title = "Ghana, Peru, Nepal, France, Fiji, Kenya, Chile, Japan, Poland and Tonga"
    assert len(detect(title, FILLER)) == regions.MAX_REGIONS


@given(st.lists(st.text(alphabet="Ghan aPeru.\nIdi", max_size=60), max_size=4), st.text(max_size=30))
def test_any_text_gives_weights_from_one_down(texts: list[str], title: str) -> None:
    pages = [Page(number, text) for number, text in enumerate(texts, 1)]
    found = regions.detect([title], zones.bodies(pages), None)
    weights = [fact.weight for fact in found if fact.field is Field.REGION]
    assert weights == sorted(weights, reverse=True)
    assert not weights or (weights[0] == 1.0 and weights[-1] >= 0)


def test_a_paragraph_in_one_line_is_no_affiliation() -> None:
    text = f"Nepal has laws. The corresponding figures of Nepal are in the annex. Write to info@example.org. {FILLER * 3}"
    assert detect("Wages withheld", text) == ["nepal"]


def test_a_text_without_line_ends_is_told_like_any_other() -> None:
    assert detect("Wages withheld", "Nepal saw it and wrote it down. " * 20_000) == ["nepal"]


def test_notes_of_a_chapter_end_with_it() -> None:
    notes = (
        "Notes\n1. Smith, A. Oslo, 2019.\n2. https://example.org/a\n3. Doe, B. 2020, p. 12.\n"
        + "4. Ibid. 2021.\n" * 60
    )
    chapters = [f"In Pakistan, children work. Pakistan has laws. {FILLER}"] * 4
    first = [f"In Nepal, children work. {FILLER}"] * 2
    assert "pakistan" in detect("Wages withheld", *first, f"{FILLER}\n{notes}", *chapters)
